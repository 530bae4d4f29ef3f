//! Words by which people are told in a list: titles, honorifics, parts in a meeting, presence.
//!
//! Offices mix languages (`Lead:`, `CEO`, `Afbud:` on one page), so the words of all are used
//! together.

use std::collections::HashSet;

use serde::Deserialize;

use super::data::{Data, Table, kept};
use super::table_names::TableName;
use super::words::Words;

/// The words of one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {
    /// Titles as they stand.
    titles: HashSet<String>,
    /// Ends of words that are titles.
    endings: Vec<String>,
    /// Words that go with the title after them.
    qualifiers: HashSet<String>,
    /// Titles of address, which say nothing of the office.
    honorifics: HashSet<String>,
    /// Titles of those who lead a body, by rank: the first lead before the second.
    heads: Vec<Vec<String>>,
    /// Who leads the meeting itself.
    leads: Vec<String>,
    /// Who takes the minutes.
    minutes: Vec<String>,
    /// Sent apologies.
    absent: Vec<String>,
    /// Takes part from elsewhere.
    remote: Vec<String>,
    /// Takes part.
    present: Vec<String>,
    /// Copies go to these; they do not take part.
    copied: Vec<String>,
    /// How a note beside a name begins that is neither title nor part.
    notes: Vec<String>,
    /// Parties by their short names; single letters are parties without being listed.
    parties: HashSet<String>,
    /// Words for the writer of a mail.
    own: HashSet<String>,
    /// Words between two people.
    and: HashSet<String>,
    /// Words that begin or end an organisation's name.
    organisations: HashSet<String>,
    /// Small words inside names.
    particles: HashSet<String>,
    /// Capitalised words of lists that are no names.
    not_names: HashSet<String>,
    /// What stands where nobody is named.
    nobody: HashSet<String>,
    /// Beginnings of titles that a number may stand before.
    counted: Vec<String>,
    /// Ends of titles in the plural, each with that of the singular; the longest first.
    plurals: Vec<[String; 2]>,
    /// Words between a title and what it is of.
    of: HashSet<String>,
    /// Which of them show that a title is no other's.
    of_one: Vec<String>,
    /// Before whom somebody stands in for.
    stands_for: Vec<String>,
    /// Words of speech before the writer's word for oneself.
    own_before: HashSet<String>,
}

pub(super) static DATA: Data<PeopleWords> = Data::new(TableName::People);

impl Table for PeopleWords {
    type Raw = Self;

    fn ready(raw: Self) -> Result<Self, String> {
        Ok(raw)
    }

    fn check(&self, _: &Self, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl PeopleWords {
    /// Returns the words of every language of the vocabulary that `language` is of: documents
    /// mix them.
    pub fn all(language: Words<'_>) -> &Self {
        kept(language.joined(TableName::People), || {
            let mut all = Self::default();
            for one in language.vocabulary().all() {
                all.add(DATA.of(one).clone());
            }
            all
        })
    }

    fn add(&mut self, other: Self) {
        self.titles.extend(other.titles);
        self.endings.extend(other.endings);
        self.qualifiers.extend(other.qualifiers);
        self.honorifics.extend(other.honorifics);
        for (rank, words) in other.heads.into_iter().enumerate() {
            match self.heads.get_mut(rank) {
                Some(mine) => mine.extend(words),
                None => self.heads.push(words),
            }
        }
        self.leads.extend(other.leads);
        self.minutes.extend(other.minutes);
        self.absent.extend(other.absent);
        self.remote.extend(other.remote);
        self.present.extend(other.present);
        self.copied.extend(other.copied);
        self.notes.extend(other.notes);
        self.parties.extend(other.parties);
        self.own.extend(other.own);
        self.and.extend(other.and);
        self.organisations.extend(other.organisations);
        self.particles.extend(other.particles);
        self.not_names.extend(other.not_names);
        self.nobody.extend(other.nobody);
        self.counted.extend(other.counted);
        self.plurals.extend(other.plurals);
        self.of.extend(other.of);
        self.of_one.extend(other.of_one);
        self.stands_for.extend(other.stands_for);
        self.own_before.extend(other.own_before);
    }

    /// Tells whether a text begins with a title that is counted: `1. viceborgmester`.
    pub fn is_counted(&self, text: &str) -> bool {
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        self.counted.iter().any(|office| first.starts_with(office.as_str()))
    }

    /// Returns a title in the singular: `borgmestrene` is `borgmester`.
    pub fn singular(&self, word: &str) -> Option<String> {
        self.plurals
            .iter()
            .find_map(|[many, one]| Some(word.strip_suffix(many.as_str())?.to_owned() + one))
    }

    /// Tells whether a word stands between a title and what it is of.
    pub fn is_of(&self, word: &str) -> bool {
        self.of.contains(&word.to_lowercase())
    }

    /// Tells whether a text holds a word by which its title is no other's.
    pub fn is_of_one(&self, text: &str) -> bool {
        self.of_one.iter().any(|of| text.contains(&format!(" {of} ")))
    }

    /// Returns what stands before and behind a word for standing in.
    pub fn stood_for<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        self.stands_for.iter().find_map(|word| text.split_once(word.as_str()))
    }

    /// Tells whether the writer may be meant behind a word.
    pub fn leads_to_own(&self, word: &str) -> bool {
        self.own.contains(&plain(word)) || self.own_before.contains(word)
    }

    /// Tells whether a single word is a title: `kommunaldirektør`, `Cllr`.
    pub fn is_title_word(&self, word: &str) -> bool {
        let word = plain(word);
        let word = word.as_str();
        self.titles.contains(word)
            || self.honorifics.contains(word)
            || self.endings.iter().any(|end| {
                word.strip_suffix(end.as_str())
                    .is_some_and(|start| start.chars().count() >= 2 || start.is_empty())
            })
    }

    /// Tells whether a phrase is a title: `konst. leder af PPR`, `Rådets sekretær`.
    pub fn is_title(&self, text: &str) -> bool {
        let words: Vec<String> = text.split_whitespace().map(plain).collect();
        let Some(first) = words.iter().position(|word| !self.qualifiers.contains(word)) else {
            return !words.is_empty();
        };
        let whole = words.join(" ");
        if self.titles.contains(&whole)
            || words[..=first].iter().any(|word| self.is_title_word(word))
        {
            return true;
        }
        // `Rådets sekretær`, `Head of Grid`, `IT- og digitaliseringschef`; no sentence.
        let shown: Vec<&str> = text.split_whitespace().collect();
        let leads = |at: usize| {
            let word = &words[at];
            self.qualifiers.contains(word)
                || word.ends_with(['s', '-'])
                || self.and.contains(word)
                || shown[at].starts_with(char::is_uppercase)
                || self.is_title_word(word)
        };
        let last = words.len() - 1;
        self.is_title_word(&words[last]) && words.len() <= 7 && (0..last).all(leads)
    }

    /// Tells whether a word goes with the title after it.
    pub fn is_qualifier(&self, word: &str) -> bool {
        self.qualifiers.contains(&plain(word))
    }

    /// Tells whether a title is one of address only: `Ms`, `Hr.`
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains(&plain(word))
    }

    /// Returns the rank of a title among those who lead a body, 0 for its head.
    pub fn head_rank(&self, title: &str) -> Option<usize> {
        let title = plain(title);
        let first = title.split([',', '(']).next().unwrap_or_default().trim().to_owned();
        self.heads.iter().position(|heads| {
            heads.iter().any(|head| {
                has(&title, head)
                    || (head.chars().count() > 5
                        && first
                            .split(' ')
                            .next()
                            .is_some_and(|word| word.ends_with(head.as_str())))
            })
        })
    }

    /// Tells whether a text says that somebody leads the meeting.
    pub fn tells_lead(&self, text: &str) -> bool {
        tells(&self.leads, text)
    }

    /// Tells whether a text says that somebody takes the minutes.
    pub fn tells_minutes(&self, text: &str) -> bool {
        tells(&self.minutes, text)
    }

    /// Tells whether a text is a part in the meeting and nothing more: `referent`, `mødeleder`.
    pub fn is_part(&self, text: &str) -> bool {
        let text = plain(text);
        self.leads.contains(&text) || self.minutes.contains(&text)
    }

    /// Tells whether a text says that somebody does not come.
    pub fn tells_absent(&self, text: &str) -> bool {
        tells(&self.absent, text)
    }

    /// Tells whether a text says that somebody takes part from elsewhere.
    pub fn tells_remote(&self, text: &str) -> bool {
        tells(&self.remote, text)
    }

    /// Tells whether a text says that somebody takes part.
    pub fn tells_present(&self, text: &str) -> bool {
        tells(&self.present, text)
    }

    /// Tells whether a label heads those who only get a copy.
    pub fn tells_copy(&self, text: &str) -> bool {
        tells(&self.copied, text)
    }

    /// Tells whether what stands beside a name is a note: `kun pkt. 3`, `9.b`.
    pub fn is_note(&self, text: &str) -> bool {
        let text = plain(text);
        text.starts_with(|c: char| c.is_ascii_digit()) && !self.is_title(&text)
            || self.notes.iter().any(|note| {
                text.strip_prefix(note.as_str())
                    .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
            })
    }

    /// Tells whether a text is a party's short name: `(V)`, `SF`.
    pub fn is_party(&self, text: &str) -> bool {
        let text = text.trim();
        let mut letters = text.chars();
        let one = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        one || self.parties.contains(&text.to_lowercase())
    }

    /// Tells whether a word means the writer: `mig`, `undertegnede`.
    pub fn is_own(&self, word: &str) -> bool {
        self.own.contains(&plain(word))
    }

    /// Tells whether a word joins two people: `og`, `and`.
    pub fn is_and(&self, word: &str) -> bool {
        self.and.contains(&word.to_lowercase())
    }

    /// Tells whether a word belongs to an organisation's name.
    pub fn is_organisation(&self, word: &str) -> bool {
        self.organisations.contains(&plain(word))
    }

    /// Tells whether a small word may stand inside a name.
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Tells whether a capitalised word is known to be no name.
    pub fn is_no_name(&self, word: &str) -> bool {
        self.not_names.contains(&plain(word))
    }

    /// Tells whether a text says that there is nobody: `ingen`, `alle`.
    pub fn is_nobody(&self, text: &str) -> bool {
        let text = plain(text);
        text.is_empty() || self.nobody.contains(&text)
    }
}

fn plain(text: &str) -> String {
    text.trim()
        .trim_matches(|c: char| ",;:()[]*\"“”".contains(c))
        .trim_end_matches('.')
        .to_lowercase()
}

fn tells(phrases: &[String], text: &str) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|phrase| has(&text, phrase))
}

/// Tells whether `text` holds `phrase` as whole words; `…` at its end lets the word go on.
fn has(text: &str, phrase: &str) -> bool {
    let (phrase, open) = match phrase.strip_suffix('…') {
        Some(start) => (start, true),
        None => (phrase, false),
    };
    // Most phrases are ruled out by their first letter, which is cheaper than to search for them.
    let first = phrase.as_bytes().first();
    if first.is_some_and(|first| phrase.len() > text.len() || !text.as_bytes().contains(first)) {
        return false;
    }
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + phrase.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && (open || after)
    })
}
