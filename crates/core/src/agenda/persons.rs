//! Whom a presenter or owner as printed means.

use crate::domain::meeting::Participant;
use crate::language::pages::PagePhrases;
use crate::language::people_words::PeopleWords;
use crate::names::entry;
use crate::names::resolver::Resolver;

use super::words::PageWords;

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
    page: &'v PagePhrases,
}

impl<'v> Persons<'v> {
    /// Returns those of a list; `called` are nicknames of the people at these places.
    pub(super) fn new(
        people: &[Participant],
        called: &[(usize, String)],
        words: PageWords<'v>,
    ) -> Self {
        let PageWords { people: known, page, .. } = words;
        let mut resolver = Resolver::new(people, known);
        for (index, name) in called {
            resolver.call(*index, name);
        }
        let names = people.iter().map(|it| it.name.clone()).collect();
        Self { names, resolver, known, page }
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
            || self.acts(&rest)
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
        let text = self.strip_mark(text);
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
                && (length == words.len() || self.says(&words[length..]) || head.ends_with(','))
            {
                return Some(found);
            }
        }
        None
    }

    /// Reads who presents an item from a sentence under it.
    pub(super) fn presents(&self, text: &str) -> Option<Found> {
        if let Some(found) = self.page.patterns.presenter.captures(text) {
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
        super::prose::split(bare, self.known, self.page)
            .iter()
            .find_map(|sentence| self.acting(sentence))
    }

    /// Returns who a sentence says does something about the item.
    fn acting(&self, sentence: &str) -> Option<Found> {
        let sentence = sentence.trim_end_matches(['.', '!']);
        let words: Vec<&str> = sentence.split_whitespace().collect();
        for length in (1..=words.len().min(9)).rev() {
            let head = words[..length].join(" ");
            if !(length == words.len() && words.len() <= 3 || self.acts(&words[length..])) {
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
                    entry::read(self.page.presenter.of.cut(&head), false, self.known)
                        .filter(|it| it.sure && it.name.contains(' '))
            {
                return self.found(&guest.name).or(Some(Found { name: guest.name, known: false }));
            }
        }
        None
    }

    /// Returns a text without the presenter's mark that it begins with.
    fn strip_mark<'t>(&self, text: &'t str) -> &'t str {
        let mut marks = self.page.presenter.before.iter();
        let found = marks.find(|mark| {
            text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
        });
        found.map_or(text, |mark| text[mark.len()..].trim())
    }

    /// Tells whether words say that somebody does something about an item.
    fn acts(&self, words: &[&str]) -> bool {
        let text = words.join(" ").to_lowercase();
        self.page.presenter.verbs.iter().any(|verb| {
            text.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
    }

    /// Tells whether words in brackets say something of the person before them.
    fn says(&self, words: &[&str]) -> bool {
        let first = words.first().map(|word| word.to_lowercase());
        self.acts(words) || first.is_some_and(|word| self.page.presenter.said.has(&word))
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
