//! The grammar of a line: what it begins, and what carries on the line before it.
//!
//! This is no CommonMark: a line all in bold is a block, a short line ended on purpose, numbers
//! such as `4.1.` and `4a)` begin entries, and no line is code or HTML.

use std::sync::LazyLock;

use referat_core::language::pattern::regex;
use regex::Regex;

use super::inline;
use crate::text::Text;

/// The shortest line, in characters, that is taken for one wrapped by an editor: its end is
/// a space. A shorter line was ended on purpose, as in a list of names.
const WRAPPED: usize = 60;

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStart<'a> {
    /// Nothing stands on it.
    Blank,
    /// A heading of so many `#`, and its words.
    Heading(u8, &'a str),
    /// A horizontal rule.
    Rule,
    /// An entry of a list: the columns before its mark, and what follows that.
    Bullet(usize, &'a str),
    /// An entry of a numbered list: its number, and what follows that.
    Number(&'a str, &'a str),
    /// A row of a table.
    Row,
    /// A quoted line.
    Quote,
    /// A comment.
    Comment,
    /// Words.
    Words,
}

static RULE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$"));
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\s*)[-*+]\s+(\S.*)$"));
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(\d{1,9}(?:\.\d{1,9}){0,3}[a-zæøå]?)[.)]\s+(\S.*)$"));
static DELIMITER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$"));

impl<'a> LineStart<'a> {
    /// Returns what `line` begins.
    pub(super) fn of(line: &'a str) -> Self {
        let groups = |pattern: &Regex| -> Option<(&'a str, &'a str)> {
            let found = pattern.captures(line)?;
            Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
        };
        let inner = line.trim_start();
        if inner.is_empty() {
            return Self::Blank;
        }
        if inner.starts_with("<!--") {
            return Self::Comment;
        }
        if RULE.is_match(line) {
            return Self::Rule;
        }
        if let Some((marks, words)) = groups(&HEADING) {
            return Self::Heading(u8::try_from(marks.len()).unwrap_or(6), words);
        }
        if inner.starts_with('|') {
            return Self::Row;
        }
        if let Some((space, words)) = groups(&BULLET) {
            return Self::Bullet(width(space), words);
        }
        if let Some((number, words)) = groups(&NUMBER) {
            return Self::Number(number, words);
        }
        if inner.starts_with('>') { Self::Quote } else { Self::Words }
    }
}

/// Returns whether `line` carries on a block whose last line is `last`.
pub(super) fn carries_on(last: &str, line: &str) -> bool {
    LineStart::of(line) == LineStart::Words && (whole(line).is_none() || ends_hard(last))
}

/// Returns whether a line parts a table's head from its rows.
pub(super) fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && DELIMITER.is_match(line)
}

/// Returns the columns that white space takes up; a tab counts four.
pub(super) fn width(space: &str) -> usize {
    space.chars().map(|letter| if letter == '\t' { 4 } else { 1 }).sum()
}

/// Returns the line's text when all of it is bold: a label.
pub(super) fn whole(line: &str) -> Option<Text> {
    let line = line.trim();
    if !line.starts_with("**") && !line.starts_with("__") {
        return None;
    }
    let text = inline::text(line);
    text.all(|style| style.strong).then_some(text)
}

/// Returns whether a line ends with the mark of a break.
pub(super) fn ends_hard(line: &str) -> bool {
    line.ends_with("  ") || (line.ends_with('\\') && !line.ends_with("\\\\"))
}

/// Joins the lines of one block: a line feed stands where the break is meant.
pub(super) fn joined<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut source = String::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let hard = ends_hard(line);
        let text = if hard { line.strip_suffix('\\').unwrap_or(line) } else { line };
        if lines.peek().is_none() {
            source.push_str(line.trim());
            break;
        }
        source.push_str(text.trim());
        source.push(if hard || line.trim_start().chars().count() < WRAPPED { '\n' } else { ' ' });
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_what_it_begins_with() {
        assert_eq!(LineStart::of("### Ad 1 ##"), LineStart::Heading(3, "Ad 1"));
        assert_eq!(LineStart::of("  - a"), LineStart::Bullet(2, "a"));
        assert_eq!(LineStart::of("4.1. Valg"), LineStart::Number("4.1", "Valg"));
        assert_eq!(LineStart::of("4a) Valg"), LineStart::Number("4a", "Valg"));
        assert_eq!(LineStart::of("- - -"), LineStart::Rule);
        assert_eq!(LineStart::of("1.5 procent"), LineStart::Words);
        assert_eq!(LineStart::of("#hashtag"), LineStart::Words);
        assert_eq!(LineStart::of("  > a"), LineStart::Quote);
    }

    #[test]
    fn a_short_line_was_ended_on_purpose_and_a_long_one_wrapped() {
        assert_eq!(joined(["Anna Bech", "Bo Lund"]), "Anna Bech\nBo Lund");
        let long = "Et afsnit, der er så langt, at editoren har brudt linjen et sted, hvor den";
        assert_eq!(joined([long, "fortsætter"]), format!("{long} fortsætter"));
        assert_eq!(joined([format!("{long}  ").as_str(), "b"]), format!("{long}\nb"));
    }
}
