//! Who leads the meeting, when the dagsorden does not say.

use crate::domain::meeting::Meeting;
use crate::language::cues::{Cues, Heard};
use crate::language::lexicon::Lexicon;
use crate::language::names::Names;

/// Returns the participant who leads the meeting, if it is clear.
pub(super) fn chair(meeting: &Meeting, names: &Names) -> Option<usize> {
    if let Some(chair) = &meeting.header.chair {
        return names.find(chair);
    }
    let lexicon = Lexicon::of(names.language());
    let attending = meeting.header.attending().count();
    let presiding =
        |text: &Option<String>| text.as_ref().is_some_and(|text| lexicon.presides(text));
    let mut by_role = (0..attending).filter(|person| presiding(&names.people()[*person].role));
    if let (Some(person), None) = (by_role.next(), by_role.next()) {
        return Some(person);
    }
    let heads =
        |person: &usize| names.people()[*person].title.as_ref().is_some_and(|t| lexicon.leads(t));
    let mut by_title = (0..attending).filter(heads);
    match (by_title.next(), by_title.next()) {
        (Some(person), None) => Some(person),
        (Some(_), Some(_)) => None,
        _ => opener(meeting, names),
    }
}

/// Returns the presenter of the first item, when that item opens the meeting.
fn opener(meeting: &Meeting, names: &Names) -> Option<usize> {
    let first = meeting.agenda.items.first()?;
    let opening = Cues::of(names.language()).opens_meeting(&Heard::new(&first.title));
    first.presenter.as_ref().filter(|_| opening).and_then(|presenter| names.find(presenter))
}
