//! What stands beneath a statement: the speaker's sentences with their times, those that are
//! folded into one line, and the referent's own bullets.

use std::sync::LazyLock;

use regex::Regex;

use super::inline;
use crate::document::{Beneath, Said};
use referat_core::language::headings::Headings;
use referat_core::language::pattern::regex;
use referat_core::language::words::Vocabulary;

static TIMED: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{2,4}:\d{2}:\d{2})\s+(?s:(.+))$"));
static TIME: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\s)(\d{2,4}:\d{2}:\d{2})\s"));

/// Reads what follows a bullet beneath a statement, line breaks as line feeds; before the bullet
/// stand `indent` columns of white space.
pub(super) fn read(indent: usize, source: &str, vocabulary: &Vocabulary) -> Beneath {
    if let Some(found) = TIMED.captures(source) {
        return Beneath::Said(said(&found[1], &found[2]));
    }
    for language in vocabulary.all() {
        let label = Headings::of(language).more.as_str();
        let rest = source.strip_prefix(label).map(str::trim_start);
        if let Some(said) = rest.and_then(folded) {
            return Beneath::More { label: label.to_owned(), said };
        }
    }
    let depth = u8::try_from((indent / 2).clamp(1, 8)).unwrap_or(1);
    Beneath::Point { depth, text: inline::text(source) }
}

/// Returns the sentences of a folded line, which begins with a time.
fn folded(source: &str) -> Option<Vec<Said>> {
    let times: Vec<_> = TIME.captures_iter(source).filter_map(|found| found.get(1)).collect();
    if times.first()?.start() != 0 {
        return None;
    }
    let ends = times.iter().skip(1).map(regex::Match::start).chain([source.len()]);
    let sentences = times.iter().zip(ends);
    Some(sentences.map(|(at, end)| said(at.as_str(), &source[at.end()..end])).collect())
}

fn said(at: &str, source: &str) -> Said {
    Said { at: at.to_owned(), text: inline::text(&source.replace('\n', " ")) }
}
