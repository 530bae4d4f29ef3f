//! The words a recording is likely to hold, from its dagsorden.

use crate::speech::prompt::Prompt;
use referat_core::domain::meeting::Meeting;

/// Returns the word list of a meeting: the agenda's titles, then the participants' names.
pub fn prompt(meeting: &Meeting) -> Prompt {
    let items = &meeting.agenda.items;
    let titles = items.iter().flat_map(|item| {
        std::iter::once(item.title.clone()).chain(item.sub.iter().map(|sub| sub.title.clone()))
    });
    Prompt::new(titles, meeting.header.everybody().map(|person| person.name.clone()))
}
