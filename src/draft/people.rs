//! The people of the meeting: whom a name that was said means, and who leads the meeting.

use crate::model::meeting::{Header, Participant};

/// The participants, found by how they are spoken of.
pub(super) struct People<'a> {
    everybody: Vec<&'a Participant>,
    chair: Option<&'a str>,
}

impl<'a> People<'a> {
    /// Returns the people named in `header`.
    pub(super) fn new(header: &'a Header) -> Self {
        Self { everybody: header.everybody().collect(), chair: header.chair.as_deref() }
    }

    /// Returns the full name of the only participant whose first or last name is `word`.
    pub(super) fn named(&self, word: &str) -> Option<&'a str> {
        let mut found = self.everybody.iter().filter(|person| {
            let mut parts = person.name.split_whitespace();
            parts.any(|part| part.to_lowercase() == word.to_lowercase())
        });
        let first = found.next()?;
        found.next().is_none().then_some(first.name.as_str())
    }

    /// Returns `name` when it is a participant's.
    pub(super) fn known(&self, name: &str) -> Option<&'a str> {
        self.everybody.iter().map(|person| person.name.as_str()).find(|known| *known == name)
    }

    /// Returns whether the speaker leads the meeting; when nobody is known to, anyone may.
    pub(super) fn may_lead(&self, speaker: Option<&str>) -> bool {
        match (self.chair, speaker) {
            (Some(chair), Some(speaker)) => chair == speaker,
            _ => true,
        }
    }
}
