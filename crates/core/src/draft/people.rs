//! The people of the meeting: whom a name that was said means, and who leads the meeting.

use crate::domain::meeting::{Header, Participant};

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

    /// Returns the full name of the only participant whose title or role is what `office` calls
    /// (`kassereren`).
    pub(super) fn in_office(&self, office: &str) -> Option<&'a str> {
        let office = office.to_lowercase();
        let holds = |title: &String| {
            let title = title.to_lowercase();
            title.chars().count() > 4
                && office.strip_prefix(title.as_str()).is_some_and(|end| end.len() <= 2)
        };
        let mut found = self.everybody.iter().filter(|person| {
            person.title.as_ref().is_some_and(holds) || person.role.as_ref().is_some_and(holds)
        });
        let first = found.next()?;
        found.next().is_none().then_some(first.name.as_str())
    }

    /// Returns whether `word` is part of a participant's name, written as one.
    pub(super) fn is_name(&self, word: &str) -> bool {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.chars().next().is_some_and(char::is_uppercase)
            && self.everybody.iter().any(|one| one.name.split(' ').any(|part| part == word))
    }

    /// Returns whether `name` is the chair's.
    pub(super) fn chairs(&self, name: Option<&str>) -> bool {
        self.chair.is_some() && self.chair == name
    }

    /// Returns the full names of the participants that `text` names, in the header's order: by
    /// their whole names, else by a first or last name that only one of them has.
    pub(super) fn all_in(&self, text: &str) -> Vec<&'a str> {
        let whole = self.everybody.iter().map(|person| person.name.as_str());
        let whole: Vec<&str> = whole.filter(|name| text.contains(name)).collect();
        if !whole.is_empty() {
            return whole;
        }
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
        let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        let mut found: Vec<&str> = Vec::new();
        for name in words.filter(capital).filter_map(|word| self.named(word)) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// Returns `text` without the name of the one it was said to (`… konference, Lis`, `Lis, …`).
    /// Where several names stand, they may be a list and stay.
    pub(super) fn unaddressed(&self, text: &str) -> String {
        let first_names = || self.everybody.iter().filter_map(|one| one.name.split(' ').next());
        let mut named: Vec<&str> = first_names().filter(|name| text.contains(*name)).collect();
        named.dedup();
        let [name] = named.as_slice() else { return text.to_owned() };
        if let Some(rest) = text.strip_prefix(&format!("{name}, ")) {
            return crate::language::headings::capitalised(rest);
        }
        let address = format!(", {name}");
        match text.split_once(&address) {
            Some((before, after))
                if after.is_empty() || after.starts_with(['.', ',', '?', '!']) =>
            {
                format!("{before}{after}")
            }
            _ => text.to_owned(),
        }
    }

    /// Returns `text` with the whole name of a participant where it is no more than one of their
    /// names: `Mogens` is `Mogens Thorhauge`.
    pub(super) fn in_full(&self, text: &str) -> String {
        let alone = text.starts_with(char::is_uppercase) && !text.contains(' ');
        alone.then(|| self.named(text)).flatten().unwrap_or(text).to_owned()
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
