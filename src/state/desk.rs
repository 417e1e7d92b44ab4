//! The message desk: this week's queue, one shop after the other, and the message in hand. What was sent is a contact like any other; what
//! was skipped and what is half written is one draft on the disk, so that the desk goes on where it stopped.

use super::app::{App, Refused};
use super::clock;
use super::preferences::Language;
use crate::archive::record;
use crate::domain::blocks;
use crate::domain::channel::Channel;
use crate::domain::desk::{self, Candidate, Kept, Queue, Round};
use crate::domain::id::{CustomerId, PersonId, TouchId};
use crate::domain::linter::{Other, Twin};
use crate::domain::message::{self, Frame};
use crate::domain::pairs::Pairs;
use crate::domain::person::Person;
use crate::domain::placeholder::Fillings;
use crate::domain::template::TemplateFields;
use crate::domain::tongue::Tongue;
use crate::domain::touch::{TouchOutcome, TouchPurpose, standing};
use crate::domain::touch_draft::{TouchDraft, TouchField, TouchProblem};
use crate::store::error::StoreError;
use leptos::prelude::*;

/// The key of what the desk keeps between two openings.
pub const KEY: &str = "desk:week";

/// What a message to one shop is written with.
#[derive(Clone, Debug)]
pub struct Writing {
    pub customer: CustomerId,
    /// To whom: who decides, else the first with a number.
    pub person: Option<Person>,
    pub frame: Frame,
    pub fillings: Fillings,
    /// Bodies to begin with and to change to, filled in.
    pub bodies: Vec<String>,
    /// Taken out before it is compared.
    pub names: Vec<String>,
    /// What it must not be too like: other drafts of this week, and the last one to this shop.
    pub others: Vec<Other>,
    /// As it was left.
    pub text: Option<String>,
}

/// The desk as it stands.
#[derive(Clone, Debug)]
pub struct DeskState {
    pub round: Round,
    pub queue: Queue,
    pub kept: Kept,
    /// What went out in this round, and to whom.
    pub sent: Vec<(CustomerId, String)>,
    /// The rep's own blocks and the app's.
    pub blocks: Vec<TemplateFields>,
}

impl App {
    /// The queue of this week, as it stands now.
    pub async fn desk(self) -> Result<DeskState, StoreError> {
        let follow = self.day().follow.get_untracked();
        let round = Round::at(clock::now(), follow.desk_weekday, follow.desk_hour);
        let touches = self.store.get_value().touches_since(round.from.date()).await?.records;
        let out =
            standing(&touches).filter(|touch| desk::greeting(touch).is_some_and(|(_, at)| round.holds(at)) && !touch.message.is_empty());
        let texts = out.map(|touch| (self.shop_of(touch.customer), touch.message.clone())).collect();
        let sent: Vec<_> = standing(&touches).filter_map(desk::greeting).map(|(shop, at)| (self.shop_of(shop), at)).collect();
        let kept = Kept::of(self.form_draft::<Kept>(KEY), round);
        let queue = untrack(|| {
            self.known(|known| {
                let candidate = |shop: &'_ std::sync::Arc<crate::domain::customer::Customer>| {
                    let profile = known.profile(shop.id).filter(|profile| profile.given_up.is_none());
                    let stage = profile.and_then(|profile| profile.stage);
                    (shop.id, shop.fields.name.clone(), stage, known.head(shop.id).map(|head| head.weekly))
                };
                let shops: Vec<_> = known.book.active_customers().map(candidate).collect();
                let candidates: Vec<Candidate<'_>> = shops
                    .iter()
                    .map(|(customer, name, stage, weekly)| Candidate { customer: *customer, name, stage: *stage, weekly: *weekly })
                    .collect();
                Queue::of(round, &candidates, &sent, &kept)
            })
        });
        let own = self.templates().await?;
        let blocks = blocks::at_hand(&own.iter().collect::<Vec<_>>(), self.tongue());
        Ok(DeskState { round, queue, kept, sent: texts, blocks })
    }

    /// The language that messages are written in: the interface's.
    pub fn tongue(self) -> Tongue {
        match self.language.get_untracked() {
            Language::Chinese => Tongue::Chinese,
            Language::English => Tongue::English,
        }
    }

    /// What the message to one shop is written with. `turn`: its place in the queue, so that neighbours begin with other words; `day`: the
    /// festival or special day to be greeted for, in words, empty where there is none.
    pub async fn writing(self, desk: &DeskState, customer: CustomerId, turn: usize, day: &str) -> Result<Writing, StoreError> {
        let people = self.people(customer).await?;
        let person = people
            .iter()
            .filter(|person| person.is_active())
            .min_by_key(|person| {
                let fields = &person.fields;
                (fields.phones.is_empty(), fields.decides != crate::domain::person::Decides::Yes)
            })
            .cloned();
        let touches = self.store.get_value().touches_of(&self.book.with_untracked(|book| book.event_ids(customer))).await?.records;
        let last = standing(&touches).filter(|touch| !touch.message.is_empty()).max_by_key(|touch| touch.at).cloned();
        let shop = self.book.with_untracked(|book| book.customer(customer).cloned());
        let (name, contact) =
            shop.map(|shop| (shop.fields.name.clone(), (shop.fields.salutation.clone(), shop.fields.contact.clone()))).unwrap_or_default();
        let (address, person_name) = match &person {
            Some(person) => {
                let fields = &person.fields;
                (message::address(&fields.salutation, &fields.name, &fields.title), fields.name.clone())
            }
            None => (message::address(&contact.0, &contact.1, ""), contact.1.clone()),
        };
        let (rep, tongue) = (self.book.with_untracked(|book| book.rep()), self.tongue());
        let follow = self.day().follow.get_untracked();
        let closing = if follow.closing.is_empty() { message::closing(tongue).to_owned() } else { follow.closing };
        let fillings = Fillings {
            name: address.clone(),
            shop: name.clone(),
            company: rep.company.clone(),
            rep: rep.name.clone(),
            day: day.to_owned(),
        };
        let frame = Frame { tongue, address: address.clone(), closing, company: rep.company, name: rep.name };
        let names: Vec<String> = [address, person_name, name].into_iter().filter(|name| !name.is_empty()).collect();
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        let drafts = desk.kept.drafts.iter().chain(&desk.sent).filter(|(shop, _)| *shop != customer);
        let others = drafts.map(|(shop, text)| {
            let names = self.names_at(*shop);
            Other { pairs: Pairs::of(text, &names.iter().map(String::as_str).collect::<Vec<_>>()), twin: Twin::Draft(*shop) }
        });
        let last = last.map(|last| Other { pairs: Pairs::of(&last.message, &words), twin: Twin::Last });
        let others = others.chain(last).collect();
        let bodies = blocks::bodies(&desk.blocks, &fillings, tongue, turn);
        let text = desk.kept.draft(customer).map(str::to_owned);
        Ok(Writing { customer, person, frame, fillings, bodies, names, others, text })
    }

    /// How a shop and its people are called.
    fn names_at(self, id: CustomerId) -> Vec<String> {
        let ids = self.book.with_untracked(|book| book.event_ids(id));
        let shop = self.book.with_untracked(|book| book.customer(id).cloned());
        let of_shop =
            shop.into_iter().flat_map(|shop| [shop.fields.name.clone(), shop.fields.contact.clone(), shop.fields.salutation.clone()]);
        let mut names: Vec<String> = of_shop.collect();
        self.day().people.with_untracked(|people| {
            for person in people.iter().filter(|person| ids.contains(&person.customer)) {
                let fields = &person.fields;
                names.extend([
                    fields.name.clone(),
                    fields.salutation.clone(),
                    message::address(&fields.salutation, &fields.name, &fields.title),
                ]);
            }
        });
        names.retain(|name| !name.is_empty());
        names
    }

    /// Keeps the text of a message as it is written; an empty one is forgotten.
    pub async fn keep_message(self, customer: CustomerId, text: &str) -> Result<(), StoreError> {
        self.change_kept(|kept| kept.write(customer, text)).await
    }

    /// Not this week.
    pub async fn skip_shop(self, customer: CustomerId) -> Result<(), StoreError> {
        self.change_kept(|kept| kept.skip(customer)).await
    }

    /// This week after all.
    pub async fn unskip_shop(self, customer: CustomerId) -> Result<(), StoreError> {
        self.change_kept(|kept| kept.take_back(customer)).await
    }

    async fn change_kept(self, change: impl FnOnce(&mut Kept)) -> Result<(), StoreError> {
        let follow = self.day().follow.get_untracked();
        let round = Round::at(clock::now(), follow.desk_weekday, follow.desk_hour);
        let mut kept = Kept::of(self.form_draft::<Kept>(KEY), round);
        change(&mut kept);
        let written = self.put_draft(KEY, &record::body(&kept)?, false, None).await.map(drop);
        self.note_draft(&written);
        written
    }

    /// A message went out: noted as a contact with its text and the minutes it took, and its draft is over.
    pub async fn message_sent(
        self,
        customer: CustomerId,
        person: Option<PersonId>,
        channel: Channel,
        text: &str,
        minutes: u16,
    ) -> Result<TouchId, Refused<(TouchField, TouchProblem)>> {
        let draft = TouchDraft {
            person,
            channel,
            purpose: TouchPurpose::Greeting,
            outcome: TouchOutcome::Left,
            message: text.to_owned(),
            minutes: minutes.to_string(),
            ..TouchDraft::default()
        };
        let id = self.log_touch(customer, &draft).await?;
        self.dismiss_offer();
        // The contact stands; a draft that stays costs a look.
        let _ = self.keep_message(customer, "").await;
        Ok(id)
    }
}
