//! A document's text as lines whose markup is read: what is a heading, a bullet, a cell, bold.
//! Line numbers stay those of the input, so that a remark finds its place.

use std::sync::LazyLock;

use crate::language::pattern::regex;
use regex::Regex;

use super::latex;

/// The longest text that is read, in bytes; the rest of a longer one is left out.
pub const MAX_TEXT: usize = 4 << 20;
/// The longest line that is read whole, in bytes: numbers, labels and names stand at its start.
const MAX_LINE: usize = 4000;
/// The most lines that are read.
const MAX_LINES: usize = 50_000;

/// One line that is not blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Line of the input, counted from 1.
    pub(super) number: usize,
    /// Columns of white space before the text.
    pub(super) indent: usize,
    /// The text without markup; runs of spaces inside are kept, as they may divide columns.
    pub(super) text: String,
    /// Level of a heading, 0 for none.
    pub(super) heading: u8,
    /// Whether a bullet stood before the text.
    pub(super) bullet: bool,
    /// Whether all of the text is bold.
    pub(super) bold: bool,
    /// Whether a blank line, a rule or the document's start stands before it.
    pub(super) after_blank: bool,
    /// Whether an empty line stands before it.
    pub(super) after_empty: bool,
    /// Whether a ruled line stands before it.
    pub(super) after_rule: bool,
    /// Whether the line before ends with a hard break.
    pub(super) after_break: bool,
    /// The cells of a table's row; empty outside tables.
    pub(super) cells: Vec<String>,
}

impl Line {
    /// Returns the text with single spaces.
    pub(super) fn squeezed(&self) -> String {
        squeeze(&self.text)
    }
}

/// Returns the text with every run of white space as one space.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a text into lines, and says whether all of it was read.
pub(super) fn read(text: &str) -> (Vec<Line>, bool) {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let whole = &text[..end];
    let plain;
    let whole = if latex::is_latex(whole) {
        plain = latex::to_plain(whole);
        plain.as_str()
    } else {
        whole
    };
    let mut lines = Vec::new();
    let (mut blank, mut broken, mut ruled, mut empty) = (true, false, false, false);
    let mut count = 0;
    for (at, raw) in whole.split(['\n', '\u{c}', '\u{2028}']).enumerate().take(MAX_LINES) {
        count = at;
        match read_line(raw) {
            Some(line) => {
                lines.push(Line {
                    number: at + 1,
                    after_blank: blank,
                    after_rule: ruled,
                    after_empty: empty,
                    after_break: broken,
                    ..line
                });
                let ended = raw.trim_end_matches('\r');
                broken = ended.ends_with("  ") || ended.ends_with('\\') || ended.ends_with("<br>");
                (blank, ruled, empty) = (false, false, false);
            }
            None => {
                blank = true;
                empty |= raw.trim().is_empty();
                ruled |=
                    raw.trim().len() >= 3 && raw.trim().starts_with(['-', '_', '=', '*', '+', '|']);
            }
        }
    }
    (lines, end == text.len() && count + 1 < MAX_LINES)
}

/// Reads one line; blank lines, rules and comments are none.
fn read_line(raw: &str) -> Option<Line> {
    static RULE: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\s_=*#|:+-]*$"));
    static BULLET: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:[-*+•·▪‣◦–●o]|\u{f0b7})\s+"));
    static CHECK: LazyLock<Regex> = LazyLock::new(|| regex(r"^\[[ xX]\]\s+"));
    let cut = (0..=MAX_LINE.min(raw.len())).rev().find(|at| raw.is_char_boundary(*at))?;
    let raw = raw[..cut].trim_end();
    let indent =
        raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 });
    let mut line = Line { indent: indent.sum(), ..Line::default() };
    let mut text = raw.trim();
    if RULE.is_match(text) {
        return None;
    }
    while let Some(rest) = text.strip_prefix('>') {
        text = rest.trim_start();
    }
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&level) && text[level..].starts_with(char::is_whitespace) {
        line.heading = u8::try_from(level).unwrap_or(6);
        text = text[level..].trim().trim_end_matches('#').trim_end();
    } else if text.starts_with('|') && text.len() > 1 || text.matches(" |").count() >= 2 {
        let row = text.strip_prefix('|').unwrap_or(text);
        let row = row.strip_suffix('|').unwrap_or(row);
        line.cells = row.split('|').map(cell).collect();
        text = row;
    } else if let Some(found) = BULLET.find(text) {
        line.bullet = true;
        text = &text[found.end()..];
        text = CHECK.find(text).map_or(text, |found| &text[found.end()..]);
    }
    let strong = |mark| text.len() > 4 && text.starts_with(mark) && text.ends_with(mark);
    line.bold = strong("**") || strong("__") || (text.starts_with("<b>") && text.ends_with("</b>"));
    line.text = clean(text).trim().to_owned();
    let said = line.text.chars().any(char::is_alphanumeric);
    (said && !line.text.starts_with("<!--")).then_some(line)
}

/// Reads a cell; breaks in it stay.
fn cell(text: &str) -> String {
    let parts = text.split("<br>").map(|part| squeeze(&clean(part)));
    parts.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Takes emphasis, escapes, tags, links and invisible characters out of a line's text.
fn clean(text: &str) -> String {
    static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\]]*)\]\([^)]*\)"));
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"</?(?:[bi]|em|strong|p|u|br|span|div|li|ul|ol|h\d|font|td|tr|table|tbody|th|a|small|sup|sub)\b[^>]*>",
        )
    });
    let mut text = text.replace(
        [
            '\u{ad}', '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}',
            '\u{2060}', '\0',
        ],
        "",
    );
    text = text.replace(['\u{a0}', '\u{2007}', '\u{202f}'], " ");
    if text.contains('[') {
        text = LINK.replace_all(&text, "$1").into_owned();
    }
    if text.contains('<') {
        text = TAG.replace_all(&text, "").into_owned();
    }
    if text.contains('&') {
        let entities = [
            ("&nbsp;", " "),
            ("&amp;", "&"),
            ("&aelig;", "æ"),
            ("&oslash;", "ø"),
            ("&aring;", "å"),
        ];
        for (entity, with) in entities {
            text = text.replace(entity, with);
        }
    }
    text = text.replace("**", "").replace("__", "").replace("~~", "").replace("<br>", " ");
    if text.contains('\\') {
        for mark in [".", ")", "(", "-", "*", "_", "#", "[", "]", "+", "&", "|"] {
            text = text.replace(&format!("\\{mark}"), mark);
        }
        text = text.trim_end_matches('\\').to_owned();
    }
    let whole = text.trim();
    let wrapped = |mark: char| {
        whole.len() > 2
            && whole.starts_with(mark)
            && whole.ends_with(mark)
            && whole.matches(mark).count() == 2
    };
    if wrapped('*') || wrapped('_') {
        return whole[1..whole.len() - 1].to_owned();
    }
    // `*Til stede*: …`, with the label alone in italics.
    if let Some(rest) = whole.strip_prefix('*').filter(|rest| rest.matches('*').count() == 1) {
        return rest.replacen('*', "", 1);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Line {
        read(text).0.remove(0)
    }

    #[test]
    fn markup_is_read_and_removed() {
        assert_eq!(
            (one("## **Ad 1 Valg**").heading, one("## **Ad 1 Valg**").text),
            (2, "Ad 1 Valg".into())
        );
        assert!(one("**Tid:**").bold);
        assert!(one("- Bo Bech").bullet);
        assert_eq!(one("1\\. Valg").text, "1. Valg");
        assert_eq!(one("| Sted | Salen |").cells, ["Sted", "Salen"]);
        assert_eq!(one("Se [siden](http://x.dk)").text, "Se siden");
    }

    #[test]
    fn rules_and_blank_lines_are_no_lines_but_leave_a_mark() {
        let (lines, _) = read("A\n---\nB  \nC");
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3, 4]);
        assert!(lines[1].after_blank && lines[2].after_break && !lines[2].after_blank);
    }

    #[test]
    fn a_cut_is_told() {
        assert!(!read(&"\n".repeat(MAX_LINES + 1)).1);
        assert!(read("A\n").1);
    }
}
