//! Writes a document as Markdown that reads well in a plain text editor.
//!
//! Everything that comes from a transcript or a dagsorden is text, never markup: what Markdown
//! or HTML would read as an instruction is escaped, and control characters are dropped.

use std::fmt::Write as _;

use crate::model::language::Language;
use crate::model::referat::{Material, Referat};
use crate::render::document::{Block, Document, StatementBlock};
use crate::render::layout::{self, Part};
use crate::render::profile::Profile;

/// Returns `referat.md`: the draft without what was said under closed items.
pub fn referat_md(referat: &Referat, language: Language, profile: &Profile) -> String {
    markdown(&layout::document(referat, language, profile, Part::Open))
}

/// Returns `referat-lukket.md`, or `None` when no item is closed.
pub fn closed_md(referat: &Referat, language: Language, profile: &Profile) -> Option<String> {
    referat
        .agenda
        .items
        .iter()
        .any(|item| item.closed)
        .then(|| markdown(&layout::document(referat, language, profile, Part::Closed)))
}

/// Writes any document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    let mut previous: Option<&Block> = None;
    for block in &document.blocks {
        let joined = matches!((previous, block), (Some(Block::Statement(_)), Block::Statement(_)));
        if previous.is_some() && !joined {
            out.push('\n');
        }
        write_block(&mut out, block);
        previous = Some(block);
    }
    out
}

/// Appends one block, its last line ended. Writing to a `String` cannot fail.
fn write_block(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading { level, text, bold } => {
            let marks = "#".repeat(usize::from(*level) + 1);
            let text = inline(text);
            if *bold {
                writeln!(out, "{marks} **{text}**")
            } else {
                writeln!(out, "{marks} {text}")
            }
        }
        Block::Rule => writeln!(out, "---"),
        Block::Label(text) => writeln!(out, "**{}**", inline(text)),
        Block::Paragraph(text) => writeln!(out, "{}", at_line_start(text)),
        Block::Note(text) => writeln!(out, "*{}*", inline(text)),
        Block::Numbered(entries) => entries.iter().try_for_each(|entry| {
            let lines: Vec<String> = entry.lines.iter().map(|line| at_line_start(line)).collect();
            writeln!(out, "{}. {}", inline(&entry.number), lines.join("  \n"))
        }),
        Block::Statement(statement) => write_statement(out, statement),
        Block::Table { head, rows } => {
            let row = |cells: &[String]| {
                let cells: Vec<String> =
                    cells.iter().map(|cell| inline(cell).replace('|', "\\|")).collect();
                format!("| {} |", cells.join(" | "))
            };
            let _ = writeln!(out, "{}", row(head));
            let _ = writeln!(out, "|{}", " --- |".repeat(head.len()));
            rows.iter().try_for_each(|cells| writeln!(out, "{}", row(cells)))
        }
    };
}

fn write_statement(out: &mut String, statement: &StatementBlock) -> std::fmt::Result {
    let text = at_line_start(&statement.text);
    writeln!(out, "- {text} <!-- {} {} -->", statement.id.0, statement.at)?;
    for sentence in &statement.shown {
        writeln!(out, "  - {}", timed(sentence))?;
    }
    if !statement.folded.is_empty() {
        let rest: Vec<String> = statement.folded.iter().map(timed).collect();
        writeln!(out, "  - {} {}", inline(&statement.folded_label), rest.join(" "))?;
    }
    Ok(())
}

fn timed(sentence: &Material) -> String {
    format!("{} {}", sentence.at_ms, inline(&sentence.text))
}

/// Returns `text` as inline Markdown that shows exactly these characters.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.trim();
    let links = ["](", "][", "]:"].iter().any(|mark| rest.contains(mark));
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '\\' | '*' | '_' | '`' | '<' | '~' | '$' => out.extend(['\\', letter]),
            // The draft's own marks `[?]` and `[ukendt taler]` stay readable: brackets are a link
            // only before `(`, `[` or `:`.
            '[' if links => out.push_str("\\["),
            '&' if is_entity(after) => out.push_str("\\&"),
            '>' if out.ends_with('-') => out.push_str("\\>"),
            _ if letter.is_whitespace() => {
                // What was dropped before a space must not leave it in front: ` #` begins a heading.
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ if letter.is_control() || is_invisible(letter) => {}
            _ => out.push(letter),
        }
        rest = after;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns `text` as [`inline`] does, and so that its first characters begin no list, heading,
/// quote, rule or code block.
fn at_line_start(text: &str) -> String {
    let text = inline(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(text.as_bytes().get(digits), Some(b'.' | b')')) {
        // Only a space after the mark makes a list entry of it.
        if matches!(text.as_bytes().get(digits + 1), None | Some(b' ')) {
            return format!("{}\\{}", &text[..digits], &text[digits..]);
        }
        return text;
    }
    if text.starts_with(['#', '-', '+', '>', '=', '|', ':']) { format!("\\{text}") } else { text }
}

/// Returns whether the text after an `&` makes it a character reference.
fn is_entity(after: &str) -> bool {
    let name = after.split(';').next().unwrap_or_default();
    name.len() < after.len()
        && !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '#')
}

/// Returns whether a character changes what is shown without being seen.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_the_text_is_shown_not_obeyed() {
        assert_eq!(inline("<script>*a*</script>"), "\\<script>\\*a\\*\\</script>");
        assert_eq!(inline("[klik](http://x)"), "\\[klik](http://x)");
        assert_eq!(inline("a --> b <!-- c"), "a --\\> b \\<!-- c");
        assert_eq!(inline("&lt;b&gt; & co"), "\\&lt;b\\&gt; & co");
    }

    #[test]
    fn the_drafts_own_marks_stay_readable() {
        assert_eq!(
            inline("[ukendt taler] talte om stien [?]"),
            "[ukendt taler] talte om stien [?]"
        );
    }

    #[test]
    fn a_line_cannot_begin_a_block_of_its_own() {
        assert_eq!(at_line_start("# overskrift"), "\\# overskrift");
        assert_eq!(at_line_start("1. punkt"), "1\\. punkt");
        assert_eq!(at_line_start("1.5 procent"), "1.5 procent");
        assert_eq!(at_line_start("- punkt\n- mere"), "\\- punkt - mere");
        assert_eq!(at_line_start("---"), "\\---");
    }

    #[test]
    fn characters_that_are_not_seen_are_dropped() {
        assert_eq!(inline("a\u{202e}b\u{0}c\u{200b}"), "abc");
        assert_eq!(at_line_start("\u{202e} # overskrift \u{0}"), "\\# overskrift");
    }
}
