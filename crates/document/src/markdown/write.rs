//! Writes a document as Markdown that reads well in a plain text editor.
//!
//! Everything that comes from a transcript or a dagsorden is text, never markup: what Markdown
//! or HTML would read as an instruction is escaped, and control characters are dropped.

use std::fmt::Write as _;

use crate::document::{Beneath, Block, Document, Said, StatementBlock};
use crate::layout::{self, Part};
use crate::profile::Profile;
use crate::text::{Run, Style, Text};
use referat_core::domain::referat::Referat;
use referat_core::language::words::Words;

/// Returns `referat.md`: the draft without what was said under closed items.
pub fn referat_md(referat: &Referat, language: Words<'_>, profile: &Profile) -> String {
    markdown(&layout::document(referat, language, profile, Part::Open))
}

/// Returns `referat-lukket.md`, or `None` when no item is closed.
pub fn closed_md(referat: &Referat, language: Words<'_>, profile: &Profile) -> Option<String> {
    referat
        .agenda
        .items
        .iter()
        .any(|item| item.closed)
        .then(|| markdown(&layout::document(referat, language, profile, Part::Closed)))
}

/// Writes any document as Markdown.
pub fn markdown(document: &Document) -> String {
    let together = |before: &Block, block: &Block| {
        matches!((before, block), (Block::Statement(_), Block::Statement(_)))
    };
    document.written(together, write_block)
}

/// Appends one block, its last line ended. Writing to a `String` cannot fail.
fn write_block(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading { level, text, bold } => {
            let marks = "#".repeat(usize::from(*level) + 1);
            let text = if *bold { strong(text) } else { text.clone() };
            writeln!(out, "{marks} {}", inline(&one_line(&text)))
        }
        Block::Rule => writeln!(out, "---"),
        Block::Label(text) => writeln!(out, "{}", inline(&strong(text))),
        Block::Paragraph(text) => writeln!(out, "{}", lines(text, "")),
        Block::Note(text) => {
            let slanted = text.restyled(|style| Style { emphasis: true, ..style });
            writeln!(out, "{}", inline(&slanted))
        }
        Block::Numbered(entries) => entries.iter().try_for_each(|entry| {
            // The first line begins a block too: that of the list entry.
            let text = entry.lines.iter().map(|line| at_line_start(&one_line(line)));
            let number = at_line_start(&entry.number.as_str().into());
            writeln!(out, "{number}. {}", text.collect::<Vec<_>>().join("  \n"))
        }),
        Block::Statement(statement) => write_statement(out, statement),
        Block::Table { head, rows } => {
            let row = |cells: &[Text]| {
                let cells: Vec<String> = cells.iter().map(cell).collect();
                format!("| {} |", cells.join(" | "))
            };
            let _ = writeln!(out, "{}", row(head));
            let _ = writeln!(out, "|{}", " --- |".repeat(head.len()));
            rows.iter().try_for_each(|cells| writeln!(out, "{}", row(cells)))
        }
        Block::Comment(words) => writeln!(out, "<!-- {} -->", words.replace("-->", "-- >")),
    };
}

fn write_statement(out: &mut String, statement: &StatementBlock) -> std::fmt::Result {
    let text = lines(&statement.text, "  ");
    write!(out, "-{}{text}", if text.is_empty() { "" } else { " " })?;
    match &statement.id {
        Some(id) if statement.at.is_empty() => writeln!(out, " <!-- {} -->", id.0)?,
        Some(id) => writeln!(out, " <!-- {} {} -->", id.0, statement.at)?,
        None => writeln!(out)?,
    }
    for line in &statement.beneath {
        match line {
            Beneath::Said(said) => writeln!(out, "  - {}", timed(said))?,
            Beneath::More { label, said } => {
                let rest: Vec<String> = said.iter().map(timed).collect();
                writeln!(out, "  - {} {}", inline(&label.as_str().into()), rest.join(" "))?;
            }
            Beneath::Point { depth, text } => {
                let indent = "  ".repeat(usize::from(*depth));
                writeln!(out, "{indent}- {}", lines(text, &format!("{indent}  ")))?;
            }
        }
    }
    Ok(())
}

fn timed(said: &Said) -> String {
    format!("{} {}", said.at, inline(&one_line(&said.text)))
}

fn strong(text: &Text) -> Text {
    text.restyled(|style| Style { strong: true, ..style })
}

/// Returns a string as Markdown that shows exactly its characters, wherever it stands.
pub(crate) fn escaped(text: &str) -> String {
    let run = Run { text: text.to_owned(), style: Style::default() };
    lines(&vec![run].into(), "")
}

/// Returns the text with its line breaks as spaces.
fn one_line(text: &Text) -> Text {
    let runs =
        text.runs().iter().map(|run| Run { text: run.text.replace('\n', " "), ..run.clone() });
    runs.collect::<Vec<_>>().into()
}

/// Returns a table's cell: a break is `<br>`, a bar is escaped.
fn cell(text: &Text) -> String {
    let lines: Vec<String> = text.lines().iter().map(|line| marked(line, true)).collect();
    lines.join("<br>")
}

/// Returns the text's lines with hard breaks between them, none of which begins a block.
fn lines(text: &Text, indent: &str) -> String {
    let lines: Vec<String> = text.lines().iter().map(at_line_start).collect();
    lines.join(&format!("  \n{indent}"))
}

/// Returns one line as inline Markdown that shows exactly these characters in their style.
fn inline(text: &Text) -> String {
    marked(text, false)
}

/// Does what [`inline`] does; in a table's cell a bar is escaped too.
fn marked(text: &Text, in_cell: bool) -> String {
    let plain = text.plain();
    let links = ["](", "][", "]:"].iter().any(|mark| plain.contains(mark));
    let mut out = String::with_capacity(plain.len() + 8);
    let mut open = Style::default();
    for run in text.runs() {
        let style = if run.style.comment { Style::default() } else { run.style };
        let mut marks = |change: bool, mark| out.push_str(if change { mark } else { "" });
        marks(open.strong && !style.strong, "**");
        marks(open.emphasis && !style.emphasis, "*");
        marks(style.strong && !open.strong, "**");
        marks(style.emphasis && !open.emphasis, "*");
        open = style;
        if run.style.comment {
            let _ = write!(out, "<!-- {} -->", run.text);
        } else {
            escape(&mut out, &run.text, (links, in_cell));
        }
    }
    out.push_str(if open.strong { "**" } else { "" });
    out.push_str(if open.emphasis { "*" } else { "" });
    out
}

fn escape(out: &mut String, text: &str, (links, bars): (bool, bool)) {
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '\\' | '*' | '_' | '`' | '<' | '~' | '$' => out.extend(['\\', letter]),
            // The draft's own marks `[?]` and `[ukendt taler]` stay readable: brackets are a link
            // only before `(`, `[` or `:`.
            '[' if links => out.push_str("\\["),
            '|' if bars => out.push_str("\\|"),
            '&' if is_entity(after) => out.push_str("\\&"),
            '>' if out.ends_with('-') => out.push_str("\\>"),
            '\n' => out.push(' '),
            _ => out.push(letter),
        }
        rest = after;
    }
}

/// Returns a line as [`inline`] does, and so that its first characters begin no list, heading,
/// quote, rule or code block.
fn at_line_start(text: &Text) -> String {
    let text = inline(text);
    let number = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let letter = text[number..].chars().next().filter(|c| number > 0 && c.is_lowercase());
    let end = number + letter.map_or(0, char::len_utf8);
    // The mark that makes a list entry is the last: `1.`, `4.1.`, `4a)`; a space follows it.
    let mark = match text.as_bytes().get(end) {
        Some(b')') if end > 0 => Some(end),
        Some(b'.') if letter.is_some() => Some(end),
        _ if letter.is_none() && text[..end].ends_with('.') => Some(end - 1),
        _ => None,
    };
    if let Some(mark) = mark {
        // Only a space after the mark makes a list entry of it.
        return match text.as_bytes().get(mark + 1) {
            None | Some(b' ') => format!("{}\\{}", &text[..mark], &text[mark..]),
            Some(_) => text,
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_the_text_is_shown_not_obeyed() {
        assert_eq!(inline(&"<script>*a*</script>".into()), "\\<script>\\*a\\*\\</script>");
        assert_eq!(inline(&"[klik](http://x)".into()), "\\[klik](http://x)");
        assert_eq!(inline(&"a --> b <!-- c".into()), "a --\\> b \\<!-- c");
        assert_eq!(inline(&"&lt;b&gt; & co".into()), "\\&lt;b\\&gt; & co");
    }

    #[test]
    fn the_drafts_own_marks_stay_readable() {
        assert_eq!(
            inline(&"[ukendt taler] talte om stien [?]".into()),
            "[ukendt taler] talte om stien [?]"
        );
    }

    #[test]
    fn a_line_cannot_begin_a_block_of_its_own() {
        assert_eq!(at_line_start(&"# overskrift".into()), "\\# overskrift");
        assert_eq!(at_line_start(&"1. punkt".into()), "1\\. punkt");
        assert_eq!(at_line_start(&"1.5 procent".into()), "1.5 procent");
        assert_eq!(at_line_start(&"- punkt\n- mere".into()), "\\- punkt - mere");
        assert_eq!(at_line_start(&"---".into()), "\\---");
    }

    #[test]
    fn an_agenda_items_title_cannot_begin_a_block_either() {
        use crate::document::NumberedEntry;
        let entry = |number: &str, line: &str| NumberedEntry {
            number: number.into(),
            lines: vec![line.into()],
        };
        let entries = vec![entry("1", "> citat"), entry("- 2", "# overskrift")];
        let document = Document { blocks: vec![Block::Numbered(entries)] };
        assert_eq!(markdown(&document), "1. \\> citat\n\\- 2. \\# overskrift\n");
    }

    #[test]
    fn characters_that_are_not_seen_are_dropped() {
        assert_eq!(inline(&"a\u{202e}b\u{0}c\u{200b}".into()), "abc");
        assert_eq!(at_line_start(&"\u{202e} # overskrift \u{0}".into()), "\\# overskrift");
    }
}
