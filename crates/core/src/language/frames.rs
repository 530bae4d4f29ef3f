//! Lists of phrases, each with examples of what it fits and what it does not, of which one pass
//! over a sentence tells the few that may fit.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::{Input, PatternSet};
use serde::Deserialize;

use super::data::expect;
use super::pattern::{self, Pattern};

/// An entry of the language data that is found by a pattern.
pub trait Framed {
    /// Returns the pattern.
    fn pattern(&self) -> &Pattern;
    /// Returns what it must fit.
    fn yes(&self) -> &[String];
    /// Returns what it must not fit.
    fn no(&self) -> &[String];
}

/// Makes types [`Framed`] that have their pattern and examples in fields of these names.
macro_rules! framed {
    ($($frame:ty),+) => {$(
        impl $crate::language::frames::Framed for $frame {
            fn pattern(&self) -> &$crate::language::pattern::Pattern {
                &self.pattern
            }
            fn yes(&self) -> &[String] {
                &self.yes
            }
            fn no(&self) -> &[String] {
                &self.no
            }
        }
    )+};
}
pub(super) use framed;

/// Entries in order of precedence.
#[derive(Debug)]
pub struct Frames<F> {
    frames: Vec<F>,
    sieve: OnceLock<Option<Regex>>,
}

impl<'de, F: Deserialize<'de>> Deserialize<'de> for Frames<F> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|frames| Self { frames, sieve: OnceLock::new() })
    }
}

impl<F: Framed> Frames<F> {
    /// Returns the entries that may fit `text`, in their order; all others do not.
    pub fn near<'f>(&'f self, text: &str) -> impl Iterator<Item = &'f F> + use<'f, F> {
        let sieve = self.sieve.get_or_init(|| {
            let loose: Vec<_> = self.iter().map(|frame| frame.pattern().loosened()).collect();
            pattern::sieve(&loose)
        });
        let places: Vec<usize> = match sieve {
            Some(sieve) => {
                let mut passing = PatternSet::new(sieve.pattern_len());
                sieve.which_overlapping_matches(&Input::new(text), &mut passing);
                passing.iter().map(|place| place.as_usize()).collect()
            }
            None => (0..self.frames.len()).collect(),
        };
        places.into_iter().filter_map(|place| self.frames.get(place))
    }

    /// Tells the first entry that does not live up to its examples. What `stops` takes out
    /// counts as not fitting.
    pub(super) fn check(&self, stops: impl Fn(&str) -> bool) -> Result<(), String> {
        for frame in &self.frames {
            let pattern = frame.pattern();
            let written = pattern.as_str();
            pattern.check().map_err(|reason| format!("`{written}`: {reason}"))?;
            expect(!frame.yes().is_empty(), || format!("`{written}` has no example of `yes`"))?;
            for yes in frame.yes() {
                expect(pattern.is_in(yes), || format!("`{written}` should fit `{yes}`"))?;
            }
            for no in frame.no() {
                let fits = pattern.is_in(no) && !stops(no);
                expect(!fits, || format!("`{written}` should not fit `{no}`"))?;
            }
        }
        Ok(())
    }

    /// Returns all entries.
    pub fn iter(&self) -> std::slice::Iter<'_, F> {
        self.frames.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Framed for Pattern {
        fn pattern(&self) -> &Pattern {
            self
        }
        fn yes(&self) -> &[String] {
            &[]
        }
        fn no(&self) -> &[String] {
            &[]
        }
    }

    #[test]
    fn only_entries_that_may_fit_come_near() {
        let frames = [r"\btaget\b", r"^vi \p{L}+ det\b", r"\bpenge\b"].map(Pattern::new);
        let frames = Frames { frames: frames.into(), sieve: OnceLock::new() };
        let near = |text| frames.near(text).map(Pattern::as_str).collect::<Vec<_>>();
        assert_eq!(near("Vi når det ikke, taget er dyrt"), [r"\btaget\b", r"^vi \p{L}+ det\b"]);
        assert_eq!(near("Taget, det koster penge"), [r"\btaget\b", r"\bpenge\b"]);
        assert!(near("Skolen ligger på bakken").is_empty());
    }
}
