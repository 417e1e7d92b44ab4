//! News between tabs: which records one tab wrote, so that the others read them again.

use crate::archive::record::Kind;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// What another tab did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// These records were written.
    Wrote(Vec<(Kind, String)>),
    /// Too many to name: read everything again.
    WroteMany,
    /// A visit was finished or discarded: its draft is gone.
    DraftGone(String),
    /// It wants to write: whoever does, let go.
    HandOver,
    /// It lets go once it is done.
    Busy,
}

/// More records than this are announced as [`News::WroteMany`].
const NAMED_AT_MOST: usize = 50;

/// A tab's end of the channel; without one (an old browser) news are neither sent nor heard.
#[derive(Clone, Debug)]
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Joins the channel; `hear` gets every message of the other tabs.
    #[inline(never)]
    pub fn join(name: &str, hear: Box<dyn Fn(News)>) -> Tabs {
        let Ok(channel) = BroadcastChannel::new(name) else { return Tabs(None) };
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = event.data().as_string().and_then(|text| parse(&text)) {
                hear(news);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        Tabs(Some(channel))
    }

    pub fn tell(&self, news: &News) {
        if let Some(channel) = &self.0 {
            // A channel that is closed means the page is going away.
            let _ = channel.post_message(&write(news).into());
        }
    }
}

fn write(news: &News) -> String {
    match news {
        News::Wrote(ids) if ids.len() > NAMED_AT_MOST => "many".to_owned(),
        News::Wrote(ids) => {
            let names = Kind::ALL.map(|kind| (kind, super::layout::store_of(kind)));
            let name = |kind: Kind| names.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| name);
            let words: Vec<String> = ids.iter().map(|(kind, id)| format!("{}/{id}", name(*kind))).collect();
            format!("wrote {}", words.join(" "))
        }
        News::WroteMany => "many".to_owned(),
        News::HandOver => "hand over".to_owned(),
        News::Busy => "busy".to_owned(),
        News::DraftGone(key) => format!("gone {key}"),
    }
}

fn parse(text: &str) -> Option<News> {
    if text == "many" {
        return Some(News::WroteMany);
    }
    match text {
        "hand over" => return Some(News::HandOver),
        "busy" => return Some(News::Busy),
        _ => {}
    }
    let (verb, rest) = text.split_once(' ')?;
    match verb {
        "gone" => Some(News::DraftGone(rest.to_owned())),
        "wrote" => rest
            .split(' ')
            .map(|word| {
                let (name, id) = word.split_once('/')?;
                let kind = Kind::ALL.into_iter().find(|kind| super::layout::store_of(*kind) == name)?;
                Some((kind, id.to_owned()))
            })
            .collect::<Option<Vec<_>>>()
            .map(News::Wrote),
        _ => None,
    }
}
