//! A head after one more contact, without reading what happened before: the two taps of a logged call then cost two writes and no
//! reads. Where the head alone cannot tell what the events would say, there is no answer and the head is made anew.

use super::channel::Channel;
use super::head::{Head, RECENT_DAYS};
use super::stamp::Stamp;
use super::touch::Touch;
use chrono::Days;

impl Head {
    /// This head with `touch` added; none where the head has to be made from the shop's events ([`Head::of`]).
    pub fn after(&self, touch: &Touch, stamp: Stamp) -> Option<Head> {
        let on = touch.at.date();
        let is_plain = touch.corrects.is_none() && !touch.withdrawn && !touch.envelope.deleted;
        let is_known = match touch.channel {
            // It may belong to a visit that was counted.
            Channel::Visit => false,
            // It may be the call at which an order was taken.
            Channel::Phone => self.called_on.is_none_or(|called| called < on),
            Channel::Sms | Channel::Chat | Channel::Email | Channel::Letter => true,
        };
        let recent_from = |last: chrono::NaiveDate| last.checked_sub_days(Days::new(RECENT_DAYS.into())).unwrap_or(last);
        // Whether an older day had a contact already is not in the head.
        let is_recent = self.touched_on.is_none_or(|last| on > recent_from(last));
        if !is_plain || !is_known || !is_recent {
            return None;
        }
        let mut next = Head { envelope: self.envelope.next(stamp), ..self.clone() };
        let is_new_day = !next.touches.contains(&on);
        if self.touched_on.is_some() && is_new_day {
            next.follow_ups = next.follow_ups.saturating_add(1);
        }
        if touch.channel == Channel::Phone {
            next.called_on = next.called_on.max(Some(on));
        }
        next.touched_on = next.touched_on.max(Some(on));
        next.touches.push(on);
        next.touches.sort_unstable();
        let from = recent_from(next.touched_on.unwrap_or(on));
        next.touches.retain(|day| *day > from);
        Some(next)
    }
}
