//! What stands beneath a statement: the speaker's sentences with their times, those that are
//! folded into one line, and the referent's own bullets.

use std::sync::LazyLock;

use regex::Regex;

use super::inline;
use crate::document::{Beneath, Said};
use referat_core::domain::language::Language;
use referat_core::language::headings::Headings;

/// A bullet as it stands: its depth and its inline Markdown.
pub(super) struct Bullet<'a> {
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// What follows the bullet, line breaks as line feeds.
    pub(super) source: &'a str,
}

fn regex(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program and tested")]
    Regex::new(pattern).expect("built-in pattern is well formed")
}

static TIMED: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\d{2,4}:\d{2}:\d{2})\s+(?s:(.+))$"));
static TIME: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\s)(\d{2,4}:\d{2}:\d{2})\s"));

/// Reads a bullet that stands beneath a statement.
pub(super) fn read(bullet: Bullet<'_>) -> Beneath {
    if let Some(found) = TIMED.captures(bullet.source) {
        return Beneath::Said(said(&found[1], &found[2]));
    }
    for language in Language::ALL {
        let label = Headings::of(language).more.as_str();
        let rest = bullet.source.strip_prefix(label).map(str::trim_start);
        if let Some(said) = rest.and_then(folded) {
            return Beneath::More { label: label.to_owned(), said };
        }
    }
    let depth = u8::try_from((bullet.indent / 2).clamp(1, 8)).unwrap_or(1);
    Beneath::Point { depth, text: inline::text(bullet.source) }
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
    Said { at: at.to_owned(), text: inline::text(source) }
}

/// Returns the columns that white space takes up; a tab counts four.
pub(super) fn width(space: &str) -> usize {
    space.chars().map(|letter| if letter == '\t' { 4 } else { 1 }).sum()
}
