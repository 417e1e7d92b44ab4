//! How people and profiles are said: parts in a purchase, channels, days, clocks, and what is wrong with what was typed.

use crate::domain::cadence::ClockKind;
use crate::domain::channel::Channel;
use crate::domain::customer::FieldProblem;
use crate::domain::person::{Ask, BuyingRole, Decides, HandleKind, Person, PersonFields};
use crate::domain::person_draft::PersonProblem;
use crate::domain::phone::PhoneProblem;
use crate::domain::profile::{Approach, BuyerStyle, CoolReason, EVERY_MAX, Stage, Tier};
use crate::domain::profile_draft::ProfileProblem;
use crate::domain::special_day::{Calendar, DayKind, SpecialDay};
use crate::domain::typed::NumberProblem;
use crate::state::app::App;
use crate::state::profiles::ProfileRefusal;
use crate::ui::parts::form::Worded;
use crate::ui::say;
use crate::ui::texts::tr;

/// What they are called to their face, else their name.
pub fn called(person: &Person) -> String {
    let fields = &person.fields;
    if fields.salutation.is_empty() { fields.name.clone() } else { fields.salutation.clone() }
}

/// Name and title beside what they are called, and whether they decide.
pub fn beside(app: App, fields: &PersonFields) -> String {
    let name = (!fields.salutation.is_empty()).then(|| fields.name.clone());
    let decides = (fields.decides != Decides::Unknown).then(|| decides(app, fields.decides).to_owned());
    let parts = [name, Some(fields.title.clone()), decides];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

pub fn role(app: App, role: BuyingRole) -> &'static str {
    match role {
        BuyingRole::User => tr!(app, people_role_user),
        BuyingRole::Influencer => tr!(app, people_role_influencer),
        BuyingRole::Decider => tr!(app, people_role_decider),
        BuyingRole::Approver => tr!(app, people_role_approver),
        BuyingRole::Buyer => tr!(app, people_role_buyer),
        BuyingRole::Gatekeeper => tr!(app, people_role_gatekeeper),
    }
}

pub fn decides(app: App, decides: Decides) -> &'static str {
    match decides {
        Decides::Yes => tr!(app, people_decides_yes),
        Decides::No => tr!(app, people_decides_no),
        Decides::Unknown => tr!(app, people_decides_unknown),
    }
}

pub fn handle_kind(app: App, kind: HandleKind) -> &'static str {
    match kind {
        HandleKind::Wechat => tr!(app, people_handle_wechat),
        HandleKind::Qq => tr!(app, people_handle_qq),
        HandleKind::Whatsapp => tr!(app, people_handle_whatsapp),
        HandleKind::Email => tr!(app, people_handle_email),
        HandleKind::Other => tr!(app, people_handle_other),
    }
}

pub fn preferred(app: App, channel: Option<Channel>) -> &'static str {
    match channel {
        None => tr!(app, people_decides_unknown),
        Some(Channel::Visit) => tr!(app, people_channel_visit),
        Some(Channel::Phone) => tr!(app, people_channel_phone),
        Some(Channel::Sms) => tr!(app, people_channel_sms),
        Some(Channel::Chat) => tr!(app, people_channel_chat),
        Some(Channel::Email) => tr!(app, people_channel_email),
        Some(Channel::Letter) => tr!(app, people_channel_letter),
    }
}

pub fn ask(app: App, ask: Ask) -> &'static str {
    match ask {
        Ask::Salutation => tr!(app, people_ask_salutation),
        Ask::Phone => tr!(app, people_ask_phone),
        Ask::SecondChannel => tr!(app, people_ask_second),
        Ask::Role => tr!(app, people_ask_role),
        Ask::Decides => tr!(app, people_ask_decides),
        Ask::Birthday => tr!(app, people_ask_birthday),
        Ask::Interests => tr!(app, people_ask_interests),
        Ask::Preferred => tr!(app, people_ask_preferred),
    }
}

/// "5 of 8 known; ask next: their birthday".
pub fn known(app: App, fields: &PersonFields) -> String {
    let found = crate::domain::person::completeness(fields);
    match found.next {
        Some(next) => tr!(app, people_known_next, known = found.known, of = found.of, next = ask(app, next)),
        None => tr!(app, people_known_all, of = found.of),
    }
}

pub fn day_kind(app: App, kind: DayKind) -> &'static str {
    match kind {
        DayKind::Birthday => tr!(app, people_day_birthday),
        DayKind::Anniversary => tr!(app, people_day_anniversary),
        DayKind::Other => tr!(app, people_day_other),
    }
}

pub fn calendar(app: App, calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Solar => tr!(app, people_calendar_solar),
        Calendar::Lunar => tr!(app, people_calendar_lunar),
    }
}

/// What a day is called.
pub fn day_name(app: App, day: &SpecialDay) -> String {
    if day.label.is_empty() { day_kind(app, day.kind).to_owned() } else { day.label.clone() }
}

/// A day with its calendar, and with the year where it is known.
pub fn special_day(app: App, day: &SpecialDay) -> String {
    let name = day_name(app, day);
    let on = match day.calendar {
        Calendar::Solar => tr!(app, people_day_solar, month = day.month, day = day.day),
        Calendar::Lunar => tr!(app, people_day_lunar, month = day.month, day = day.day),
    };
    match day.year {
        Some(year) => tr!(app, people_day_year, name = name, on = on, year = year),
        None => format!("{name} {on}"),
    }
}

pub fn stage(app: App, stage: Stage) -> &'static str {
    match stage {
        Stage::Prospect => tr!(app, profile_stage_prospect),
        Stage::AboutToSign => tr!(app, profile_stage_about),
        Stage::Signed => tr!(app, profile_stage_signed),
        Stage::Key => tr!(app, profile_stage_key),
        Stage::LongTerm => tr!(app, profile_stage_long),
        Stage::Closed => tr!(app, profile_stage_closed),
    }
}

pub fn tier(app: App, tier: Option<Tier>) -> &'static str {
    match tier {
        None => tr!(app, profile_tier_none),
        Some(Tier::First) => tr!(app, profile_tier_first),
        Some(Tier::Second) => tr!(app, profile_tier_second),
        Some(Tier::Third) => tr!(app, profile_tier_third),
    }
}

pub fn approach(app: App, approach: Option<Approach>) -> &'static str {
    match approach {
        None => tr!(app, people_decides_unknown),
        Some(Approach::Product) => tr!(app, profile_approach_product),
        Some(Approach::Service) => tr!(app, profile_approach_service),
        Some(Approach::Charm) => tr!(app, profile_approach_charm),
        Some(Approach::Interest) => tr!(app, profile_approach_interest),
    }
}

pub fn style(app: App, style: Option<BuyerStyle>) -> &'static str {
    match style {
        None => tr!(app, people_decides_unknown),
        Some(BuyerStyle::Economic) => tr!(app, profile_style_economic),
        Some(BuyerStyle::Ethical) => tr!(app, profile_style_ethical),
        Some(BuyerStyle::Individual) => tr!(app, profile_style_individual),
        Some(BuyerStyle::Convenient) => tr!(app, profile_style_convenient),
    }
}

pub fn cool_reason(app: App, reason: CoolReason) -> &'static str {
    match reason {
        CoolReason::SlippedAway => tr!(app, profile_cool_slipped),
        CoolReason::IdeaCooled => tr!(app, profile_cool_idea),
        CoolReason::NotInterested => tr!(app, profile_cool_interest),
        CoolReason::NotWorthIt => tr!(app, profile_cool_worth),
        CoolReason::Other => tr!(app, profile_cool_other),
    }
}

pub fn clock(app: App, kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Contact => tr!(app, profile_clock_contact),
        ClockKind::Greeting => tr!(app, profile_clock_greeting),
        ClockKind::Call => tr!(app, profile_clock_call),
        ClockKind::Visit => tr!(app, profile_clock_visit),
    }
}

impl Worded for PersonProblem {
    fn worded(self, app: App) -> String {
        match self {
            PersonProblem::Text(problem) => say::field_problem(app, FieldProblem::Text(problem)),
            PersonProblem::Phone(PhoneProblem::NotANumber) => tr!(app, people_phone_letters).to_owned(),
            PersonProblem::Phone(PhoneProblem::TooShort) => tr!(app, people_phone_short).to_owned(),
            PersonProblem::Phone(PhoneProblem::TooLong) => tr!(app, people_phone_long).to_owned(),
            PersonProblem::NotAnEmail => tr!(app, people_email_wrong).to_owned(),
            PersonProblem::NotADay => tr!(app, people_day_wrong).to_owned(),
            PersonProblem::Year(NumberProblem::TooSmall | NumberProblem::TooLarge) => tr!(app, people_year_wrong).to_owned(),
            PersonProblem::Year(problem) => say::number_problem(app, problem),
            PersonProblem::NotADate => tr!(app, people_date_wrong).to_owned(),
            PersonProblem::TooMany(most) => tr!(app, people_too_many, most = most),
        }
    }
}

impl Worded for ProfileProblem {
    fn worded(self, app: App) -> String {
        match self {
            ProfileProblem::NotDays => tr!(app, profile_days_wrong, most = EVERY_MAX),
            ProfileProblem::Day(problem) => problem.worded(app),
            ProfileProblem::TooMany(most) => tr!(app, people_too_many, most = most),
            ProfileProblem::NotADay => tr!(app, profile_met_wrong).to_owned(),
        }
    }
}

impl Worded for ProfileRefusal {
    fn worded(self, app: App) -> String {
        match self {
            ProfileRefusal::Text(problem) => say::field_problem(app, FieldProblem::Text(problem)),
            ProfileRefusal::InThePast => tr!(app, profile_past).to_owned(),
            ProfileRefusal::WithoutReason => tr!(app, profile_say_why).to_owned(),
        }
    }
}
