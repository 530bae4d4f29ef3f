//! Who is there and who is not, as it is said: phrases of a roll call, of coming and of leaving.

use serde::Deserialize;

use super::data::{Data, Table};
use super::frames::{Frames, framed};
use super::pattern::Pattern;
use super::table_names::TableName;
use super::words::Words;

/// The phrases of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    phrase: Frames<Phrase>,
    /// How minutes tell it.
    #[serde(rename = "words")]
    pub phrases: PresencePhrases,
    own: Own,
}

/// How minutes tell who came, left, or was said to be there or not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the phrase that its name says; the data shows it")]
pub struct PresencePhrases {
    pub arrives: String,
    pub leaves: String,
    pub at: String,
    pub said_absent: String,
    pub said_present: String,
    pub said_remote: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    first_person: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    kind: PresenceKind,
    pattern: Pattern,
    yes: Vec<String>,
    no: Vec<String>,
}

/// What a phrase tells of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PresenceKind {
    /// Is not there.
    Absent,
    /// Takes part from elsewhere.
    Remote,
    /// Is there after all.
    Present,
    /// Comes during the meeting.
    Arrives,
    /// Leaves before the end.
    Leaves,
}

/// Somebody's presence as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'t> {
    /// What is told.
    pub kind: PresenceKind,
    /// The words that name whom; `None` when the speaker tells of themselves.
    pub who: Option<&'t str>,
}

framed!(Phrase);

pub(super) static DATA: Data<Presence> = Data::new(TableName::Presence);

impl Table for Presence {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        self.phrase.check(|_| false)
    }
}

impl Presence {
    /// Returns the phrases of `language`.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    /// Returns what a cleaned sentence tells of somebody's presence.
    pub fn read<'t>(&self, sentence: &'t str) -> Option<Told<'t>> {
        let bare = sentence.trim_end_matches(['.', '!', ' ']);
        if bare.ends_with('?') {
            return None;
        }
        self.phrase.near(bare).find_map(|phrase| {
            let found = phrase.pattern.find(bare)?;
            let who = phrase.pattern.group(&found, "who");
            let own = who.is_none_or(|who| {
                let last = who.split_whitespace().next_back().unwrap_or("").to_lowercase();
                self.own.first_person.contains(&last)
            });
            Some(Told { kind: phrase.kind, who: who.filter(|_| !own) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_meant_is_told_from_the_speaker() {
        let words = Presence::of(Words::danish());
        let told = words.read("Nu forlader Bo Kjær mødet.").unwrap();
        assert_eq!((told.kind, told.who), (PresenceKind::Leaves, Some("Bo Kjær")));
        let told = words.read("Jeg bliver desværre nødt til at gå nu.").unwrap();
        assert_eq!((told.kind, told.who), (PresenceKind::Leaves, None));
        assert_eq!(words.read("Er Bo Kjær her?"), None);
    }
}
