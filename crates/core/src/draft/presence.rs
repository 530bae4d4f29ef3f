//! Who came, who left, and whose presence was told otherwise than the dagsorden has it.

use crate::domain::meeting::Header;
use crate::language::dates::DateWords;
use crate::language::presence::{Presence, PresenceKind};
use crate::language::words::Words;
use crate::time::Timestamp;

use super::people::People;

/// A sentence that names more people than this is about something else.
const MOST_PEOPLE: usize = 6;

/// Coming and leaving is told in at most this many words.
const MOST_WORDS: usize = 12;

/// Returns the line of a sentence that tells of somebody's coming or leaving, its time in it
/// where it was said; `None` for any other sentence.
pub(super) fn movement(
    sentence: &str,
    speaker: Option<&str>,
    people: &People<'_>,
    language: Words<'_>,
) -> Option<String> {
    if sentence.split_whitespace().nth(MOST_WORDS).is_some() {
        return None;
    }
    let words = Presence::of(language);
    let told = words.read(sentence)?;
    let phrase = match told.kind {
        PresenceKind::Arrives => &words.phrases.arrives,
        PresenceKind::Leaves => &words.phrases.leaves,
        PresenceKind::Absent | PresenceKind::Remote | PresenceKind::Present => return None,
    };
    let who = match told.who {
        Some(who) => match people.all_in(who).as_slice() {
            [one] => *one,
            _ => return None,
        },
        None => people.known(speaker?)?,
    };
    let time = DateWords::of(language).time(sentence, true);
    let at = time.map_or_else(String::new, |time| {
        words.phrases.at.replace("{time}", &time.start.to_string())
    });
    Some(phrase.replace("{who}", who).replace("{at}", &at))
}

/// Returns what a sentence of the roll call tells against the header, in the referat's language:
/// one note for each person.
pub(super) fn against_header(
    sentence: &str,
    at: Timestamp,
    header: &Header,
    people: &People<'_>,
    language: Words<'_>,
) -> Vec<String> {
    let words = Presence::of(language);
    let Some(told) = words.read(sentence) else { return Vec::new() };
    let Some(who) = told.who.map(|who| people.all_in(who)) else { return Vec::new() };
    let is_in = |people: &[crate::domain::meeting::Participant], name: &str| {
        people.iter().any(|person| person.name == name)
    };
    let phrase = match told.kind {
        PresenceKind::Absent => &words.phrases.said_absent,
        PresenceKind::Present => &words.phrases.said_present,
        PresenceKind::Remote => &words.phrases.said_remote,
        PresenceKind::Arrives | PresenceKind::Leaves => return Vec::new(),
    };
    let differs = |name: &&&str| match told.kind {
        PresenceKind::Absent => !is_in(&header.absent, name),
        PresenceKind::Present => is_in(&header.absent, name),
        _ => !is_in(&header.remote, name),
    };
    if who.len() > MOST_PEOPLE {
        return Vec::new();
    }
    who.iter()
        .filter(differs)
        .map(|who| phrase.replace("{who}", who).replace("{at}", &at.to_string()))
        .collect()
}
