//! Whom a presenter or owner as printed means.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::meeting::Participant;
use crate::language::people_words::PeopleWords;
use crate::names::entry;
use crate::names::resolver::Resolver;

use crate::language::pattern::regex;

/// Somebody who was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Full name of the participant, or the name as printed.
    pub(super) name: String,
    /// Whether it is one of the participants.
    pub(super) known: bool,
}

/// The participants, by whatever they are called.
#[derive(Debug)]
pub(super) struct Persons<'v> {
    names: Vec<String>,
    resolver: Resolver<'v>,
    pub(super) known: &'v PeopleWords,
}

impl<'v> Persons<'v> {
    /// Returns those of a list; `called` are nicknames of the people at these places.
    pub(super) fn new(
        people: &[Participant],
        called: &[(usize, String)],
        known: &'v PeopleWords,
    ) -> Self {
        let mut resolver = Resolver::new(people, known);
        for (index, name) in called {
            resolver.call(*index, name);
        }
        let names = people.iter().map(|it| it.name.clone()).collect();
        Self { names, resolver, known }
    }

    /// Returns the participant whom a text means as a whole.
    pub(super) fn find(&self, text: &str) -> Option<&str> {
        self.resolver.find(text).and_then(|at| self.names.get(at)).map(String::as_str)
    }

    fn found(&self, text: &str) -> Option<Found> {
        let text = text.trim().trim_matches(|c: char| ",;:.()[] *".contains(c));
        if text.is_empty() || !text.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        self.find(text).map(|name| Found { name: name.to_owned(), known: true })
    }

    /// Reads one or several people; of several the first is taken. Somebody who is not among the
    /// participants is taken where the text says that it is a person (`trusted`).
    pub(super) fn read(&self, text: &str, trusted: bool) -> Option<Found> {
        let text = text.trim();
        if text.is_empty() || self.known.is_nobody(text) {
            return None;
        }
        if let Some(found) = self.found(text) {
            return Some(found);
        }
        let first = first_of(text, self.known);
        if let Some(found) = first.as_ref().and_then(|it| self.found(it)) {
            return Some(found);
        }
        let one = first.unwrap_or_else(|| text.to_owned());
        let comma = one.split(',').next().unwrap_or_default().trim();
        if let Some(found) = self.found(comma) {
            return Some(found);
        }
        let written = entry::read(comma, false, self.known).filter(|it| it.sure);
        if let Some(written) = written {
            let name = written.name.clone();
            if let Some(found) = self.found(&name) {
                return Some(found);
            }
            return (trusted || name.contains(' ')).then_some(Found { name, known: false });
        }
        let short = comma.split_whitespace().count() <= 4 && comma.starts_with(char::is_uppercase);
        (trusted && short).then(|| Found { name: comma.to_owned(), known: false })
    }

    /// Reads people who alone are meant, or who do something about the item.
    pub(super) fn read_acting(&self, text: &str) -> Option<Found> {
        let first =
            text.split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)).count();
        let rest: Vec<&str> = text.split_whitespace().skip(first).collect();
        let found = self.read_open(text)?;
        let joined = rest.first().is_some_and(|word| self.known.is_and(word));
        let meant = rest.is_empty()
            || joined
            || first == 0
            || acts(&rest)
            || rest.first().is_some_and(|word| word.ends_with(')'));
        meant.then_some(found)
    }

    /// Reads people of whom something is said: `Gitte og Amina B. fortæller`,
    /// `Finn, kommer kl. 9.40`. Only participants count.
    pub(super) fn read_open(&self, text: &str) -> Option<Found> {
        if text.chars().next().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let whole =
            self.found(text).or_else(|| first_of(text, self.known).and_then(|it| self.found(&it)));
        if whole.is_some() {
            return whole;
        }
        let text = strip_mark(text);
        if let Some(found) = self.found(text) {
            return Some(found);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        for length in (1..=words.len().min(5)).rev() {
            let head = words[..length].join(" ");
            let goes_on = words.get(length).is_none_or(|word| {
                word.starts_with(|c: char| c.is_lowercase() || c == '-' || c == '–')
            }) || head.ends_with(',');
            if goes_on
                && let Some(found) = self
                    .found(&head)
                    .or_else(|| first_of(&head, self.known).and_then(|it| self.found(&it)))
                && (length == words.len() || says(&words[length..]) || head.ends_with(','))
            {
                return Some(found);
            }
        }
        None
    }

    /// Reads who presents an item from a sentence under it.
    pub(super) fn presents(&self, text: &str) -> Option<Found> {
        static MARK: LazyLock<Regex> = LazyLock::new(|| {
            regex(
                r"(?i)(?:^|[\s(·.*])(?:oplæg(?:sholder)?\s*(?:ved|v/|v\.|af|:)|oplæg\s+v/|fremlægges\s+(?:af|ved)|forelægges\s+(?:af|ved)|indledes\s+(?:af|ved)|ansvarlig(?:e)?\s*:|ansv\.?\s*:|ved\s*:|v/|/v\.?|forslagsstiller\s*:|stillet\s+(?:af|ved)|presented by|presenter\s*:|led by|lead\s*:|owner\s*:|by\s*:|ordfører\s*:)\s*(\S.*)$",
            )
        });
        if let Some(found) = MARK.captures(text) {
            let named = found.get(1)?.as_str();
            let cut = named.find([';', '·', '(']).unwrap_or(named.len());
            let cut = sentence_end(&named[..cut], self.known);
            let named = named[..cut].trim();
            return self.read(named, true).filter(|it| {
                it.known
                    || it.name.contains(' ')
                        && entry::read(&it.name, false, self.known).is_some_and(|it| it.sure)
            });
        }
        let bare = text.trim().trim_matches(['(', ')', '*']);
        super::prose::split(bare, self.known).iter().find_map(|sentence| self.acting(sentence))
    }

    /// Returns who a sentence says does something about the item.
    fn acting(&self, sentence: &str) -> Option<Found> {
        let sentence = sentence.trim_end_matches(['.', '!']);
        let words: Vec<&str> = sentence.split_whitespace().collect();
        for length in (1..=words.len().min(9)).rev() {
            let head = words[..length].join(" ");
            if !(length == words.len() && words.len() <= 3 || acts(&words[length..])) {
                continue;
            }
            if let Some(found) = self
                .found(&head)
                .or_else(|| first_of(&head, self.known).and_then(|it| self.found(&it)))
            {
                return Some(found);
            }
            // A guest in full: `Afdelingslæge Mikkel Storgaard fra … giver et oplæg`.
            if length < words.len()
                && let Some(guest) =
                    entry::read(head.split(" fra ").next().unwrap_or(&head), false, self.known)
                        .filter(|it| it.sure && it.name.contains(' '))
            {
                return self.found(&guest.name).or(Some(Found { name: guest.name, known: false }));
            }
        }
        None
    }
}

/// Returns where the first sentence of a text ends.
fn sentence_end(text: &str, known: &PeopleWords) -> usize {
    let shortened = |at: usize| {
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() <= 3 || known.is_qualifier(word) || known.is_honorific(word)
    };
    text.match_indices(". ").map(|it| it.0).find(|at| !shortened(*at)).unwrap_or(text.len())
}

fn strip_mark(text: &str) -> &str {
    ["v/", "/v.", "/v", "ved ", "v. ", "by ", "owner: ", "ansvarlig: ", "oplæg: ", "oplæg ved "]
        .iter()
        .find_map(|mark| {
            let start = text.get(..mark.len())?;
            start.eq_ignore_ascii_case(mark).then(|| text[mark.len()..].trim())
        })
        .unwrap_or(text)
}

/// Returns the first of several people: `KHV og SEJ`, `SLI/HBN`.
fn first_of(text: &str, known: &PeopleWords) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let and = words.iter().position(|word| known.is_and(word));
    if let Some(at) = and.filter(|at| *at > 0) {
        return Some(words[..at].join(" "));
    }
    text.split_once(['/', '&', '+', ';'])
        .map(|it| it.0.trim().to_owned())
        .filter(|it| !it.is_empty())
}

/// Tells whether words say that somebody does something about an item.
fn acts(words: &[&str]) -> bool {
    const VERBS: [&str; 22] = [
        "orienterer",
        "fortæller",
        "deltager",
        "giver",
        "gennemgår",
        "fremlægger",
        "forelægger",
        "præsenterer",
        "begynder",
        "indleder",
        "holder",
        "viser",
        "kommer",
        "presents",
        "reports",
        "introduces",
        "leads",
        "will",
        "har ordet",
        "har bedt",
        "har lovet",
        "redegør",
    ];
    let text = words.join(" ").to_lowercase();
    VERBS.iter().any(|verb| {
        text.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// Tells whether words in brackets say something of the person before them.
fn says(words: &[&str]) -> bool {
    acts(words)
        || words.first().is_some_and(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "har"
                    | "er"
                    | "fra"
                    | "spørger"
                    | "undersøger"
                    | "-"
                    | "–"
                    | "om"
                    | "has"
                    | "is"
                    | "on"
            )
        })
}
