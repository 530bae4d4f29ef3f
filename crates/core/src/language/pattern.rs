//! Phrases as regular expressions, read without regard to case and fast enough for every
//! sentence of a long meeting.
//!
//! Two things make such expressions slow on Danish: a word boundary turns the fast automaton off
//! wherever a letter beyond ASCII stands, and a class of all the world's letters takes a
//! millisecond to build. So every pattern is first asked in a looser form, which fits wherever
//! the pattern fits and seldom elsewhere, and only then as it is written. Of 65 frames and 10,000
//! sentences that takes an eighth of the time of asking them one by one, and the patterns that a
//! meeting never comes near are never built (2026-11-25).

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};
use regex_automata::{MatchKind, meta};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Look, Repetition};
use serde::Deserialize;

/// A class of more ranges than this is taken for all letters beyond ASCII.
const RANGES: usize = 12;

/// A count above this is taken for any number.
const COUNT: u32 = 3;

/// What an automaton may take, in bytes: too small a one is built again and again.
const AUTOMATON: usize = 16 << 20;

/// A regular expression read without regard to case.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    loose: OnceLock<Option<meta::Regex>>,
    exact: OnceLock<Option<Regex>>,
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

impl Pattern {
    /// Returns the pattern of `text`, which is not read before it is needed: see
    /// [`Pattern::check`].
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), loose: OnceLock::new(), exact: OnceLock::new() }
    }

    /// Returns the pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells what is wrong with the pattern; one that is wrong fits nothing.
    pub fn check(&self) -> Result<(), String> {
        build(&self.text).map(|_| ()).map_err(|error| {
            let error = error.to_string();
            error.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned()
        })
    }

    /// Returns whether the pattern occurs in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.fitting(text).is_some()
    }

    /// Returns the groups of the first occurrence.
    pub fn find<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.fitting(text)?.captures(text)
    }

    /// Returns `text` without the first occurrence.
    pub fn without(&self, text: &str) -> String {
        self.fitting(text).map_or_else(|| text.to_owned(), |exact| exact.replace(text, "").into())
    }

    /// Returns what the group `name`, or a numbered one of its alternatives, caught.
    pub fn group<'t>(&self, found: &Captures<'t>, name: &str) -> Option<&'t str> {
        let exact = self.exact()?;
        exact
            .capture_names()
            .flatten()
            .filter(|known| known.trim_end_matches(|digit: char| digit.is_ascii_digit()) == name)
            .find_map(|known| found.name(known))
            .map(|group| group.as_str())
    }

    /// Returns an expression over bytes that fits wherever this one does: without word boundaries,
    /// with any letter beyond ASCII for those of a large class, and with open counts.
    pub(super) fn loosened(&self) -> Hir {
        let mut parser = ParserBuilder::new().case_insensitive(true).build();
        // What cannot be read fits nothing, and neither does its looser form matter.
        parser.parse(&self.text).map_or_else(|_| Hir::empty(), |hir| loose(&hir))
    }

    fn exact(&self) -> Option<&Regex> {
        self.exact.get_or_init(|| build(&self.text).ok()).as_ref()
    }

    /// Returns the expression when it fits somewhere in `text`.
    fn fitting(&self, text: &str) -> Option<&Regex> {
        let loose = self.loose.get_or_init(|| sieve(&[self.loosened()]));
        if loose.as_ref().is_some_and(|loose| !loose.is_match(text)) {
            return None;
        }
        // Asking whether a pattern fits is far cheaper than asking what it caught.
        self.exact().filter(|exact| exact.is_match(text))
    }
}

/// Returns one automaton for several looser expressions; they are not written out and read again,
/// since `regex-syntax` 0.8 writes `(?:a+)?` as `a+?`.
pub(super) fn sieve(loose: &[Hir]) -> Option<meta::Regex> {
    // All matches: else one expression that fits would hide those after it.
    let config = meta::Config::new()
        .match_kind(MatchKind::All)
        .utf8_empty(false)
        .hybrid_cache_capacity(AUTOMATON);
    meta::Builder::new().configure(config).build_many_from_hir(loose).ok()
}

/// Returns a pattern that is part of the program.
///
/// # Panics
/// The pattern cannot be read; which one, and why, is told.
#[track_caller]
pub fn regex(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("the pattern `{text}` cannot be read: {error}"))
}

fn build(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).case_insensitive(true).build()
}

fn loose(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Look(Look::Start | Look::End) | HirKind::Empty | HirKind::Literal(_) => {
            hir.clone()
        }
        HirKind::Look(_) => Hir::empty(),
        HirKind::Class(class) => loose_class(class),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            min: repetition.min.min(COUNT),
            max: repetition.max.filter(|max| *max <= COUNT),
            greedy: repetition.greedy,
            sub: Box::new(loose(&repetition.sub)),
        }),
        HirKind::Capture(capture) => loose(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loose).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loose).collect()),
    }
}

fn loose_class(class: &Class) -> Hir {
    let Class::Unicode(unicode) = class else { return Hir::class(class.clone()) };
    if unicode.ranges().len() <= RANGES && unicode.ranges().iter().all(|range| range.len() < 200) {
        return Hir::class(class.clone());
    }
    let ascii = unicode.ranges().iter().filter(|range| range.start().is_ascii()).map(|range| {
        let end = u8::try_from(range.end()).unwrap_or(0x7f).min(0x7f);
        ClassBytesRange::new(range.start() as u8, end)
    });
    let mut bytes = ClassBytes::new(ascii);
    bytes.push(ClassBytesRange::new(0x80, 0xff));
    // A letter beyond ASCII is two to four bytes, and counts as one.
    let beyond = Hir::class(Class::Bytes(ClassBytes::new([ClassBytesRange::new(0x80, 0xff)])));
    let rest = Repetition { min: 0, max: Some(3), greedy: true, sub: Box::new(beyond) };
    Hir::concat(vec![Hir::class(Class::Bytes(bytes)), Hir::repetition(rest)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_looser_form_fits_wherever_the_pattern_does() {
        let patterns = [
            r"\bå\w{2,5}\b",
            r"^(?P<who>(?-i:\p{Lu})\p{L}+) har .{3,40}?ø\S+$",
            r"[\p{L} \d]{2,6}\. (?:mål|[a-zæøå]{4})\b",
            r"(?:^|\s)\d+(?: kr\.?)?$",
            r"^(?:(?:det|kostede)[ ,]*)+\d+(?:[ \p{L}]+)?$",
        ];
        let texts = [
            "Åse har spist et æble og en rød grød",
            "åben og ærlig",
            "Ærø. Måltid",
            "det kostede 300 kr",
            "ØSTER. mål",
            "İ. mål",
        ];
        let mut fitted = 0;
        for pattern in patterns.map(Pattern::new) {
            let exact = build(pattern.as_str()).unwrap();
            let loose = sieve(&[pattern.loosened()]).unwrap();
            for text in texts {
                assert_eq!(pattern.is_in(text), exact.is_match(text), "{pattern:?} in {text}");
                if exact.is_match(text) {
                    fitted += 1;
                    assert!(loose.is_match(text), "{pattern:?} in {text}");
                }
            }
        }
        assert!(fitted >= 5, "{fitted}");
    }

    #[test]
    #[should_panic(expected = "the pattern `(tak` cannot be read")]
    fn a_pattern_of_the_programs_own_that_is_wrong_is_named() {
        regex("(tak");
    }

    #[test]
    fn what_is_wrong_with_a_pattern_is_told() {
        assert!(Pattern::new(r"\b(?:tak|nej)\b").check().is_ok());
        let wrong = Pattern::new(r"(tak");
        assert_eq!(wrong.check().unwrap_err(), "unclosed group");
        assert!(!wrong.is_in("tak"));
    }
}
