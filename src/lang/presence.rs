//! Who is there and who is not, as it is said: phrases of a roll call, of coming and of leaving.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lang::outcomes::Pattern;
use crate::model::language::Language;

/// The phrases of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    phrase: Vec<Phrase>,
    words: HashMap<String, String>,
    own: Own,
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
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the data's own test"))]
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

impl Presence {
    /// Returns the phrases of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DA,
            Language::En => &EN,
        }
    }

    /// Returns what a cleaned sentence tells of somebody's presence.
    pub fn read<'t>(&self, sentence: &'t str) -> Option<Told<'t>> {
        let bare = sentence.trim_end_matches(['.', '!', ' ']);
        if bare.ends_with('?') {
            return None;
        }
        self.phrase.iter().find_map(|phrase| {
            // Asking whether a phrase fits is far cheaper than asking what it caught.
            let found = phrase.pattern.is_in(bare).then(|| phrase.pattern.find(bare))??;
            let who = phrase.pattern.group(&found, "who");
            let own = who.is_none_or(|who| {
                let last = who.split_whitespace().next_back().unwrap_or("").to_lowercase();
                self.own.first_person.contains(&last)
            });
            Some(Told { kind: phrase.kind, who: who.filter(|_| !own) })
        })
    }

    /// Returns the fixed words called `name`, as in `leaves`.
    pub fn words(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }
}

#[expect(clippy::expect_used, reason = "the data is compiled in, and a test reads it")]
fn parse(text: &str) -> Presence {
    toml::from_str(text).expect("presence.toml is compiled in and valid")
}

static DA: LazyLock<Presence> = LazyLock::new(|| parse(include_str!("da/presence.toml")));
static EN: LazyLock<Presence> = LazyLock::new(|| parse(include_str!("en/presence.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_knows_its_examples() {
        for language in Language::ALL {
            for phrase in &Presence::of(language).phrase {
                assert!(!phrase.yes.is_empty(), "no example of {:?}", phrase.pattern);
                for yes in &phrase.yes {
                    assert!(phrase.pattern.is_in(yes), "`{yes}` should fit {:?}", phrase.pattern);
                }
                for no in &phrase.no {
                    assert!(
                        !phrase.pattern.is_in(no),
                        "`{no}` should not fit {:?}",
                        phrase.pattern
                    );
                }
            }
        }
    }

    #[test]
    fn who_is_meant_is_told_from_the_speaker() {
        let words = Presence::of(Language::Da);
        let told = words.read("Nu forlader Bo Kjær mødet.").unwrap();
        assert_eq!((told.kind, told.who), (PresenceKind::Leaves, Some("Bo Kjær")));
        let told = words.read("Jeg bliver desværre nødt til at gå nu.").unwrap();
        assert_eq!((told.kind, told.who), (PresenceKind::Leaves, None));
        assert_eq!(words.read("Er Bo Kjær her?"), None);
    }
}
