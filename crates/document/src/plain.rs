//! Writes a document as plain text for a mail or a case system: no markup, one line per
//! statement, headings underlined.

use std::fmt::Write as _;

use crate::document::{Beneath, Block, Document, Said, short_time};
use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};
use crate::text::Text;

/// Plain text.
pub const FORMAT: Format = Format {
    ending: "txt",
    name: FormatName { da: "Ren tekst", en: "Plain text" },
    media_type: "text/plain; charset=utf-8",
    is_text: true,
    write: exported,
};

fn exported(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    Ok(plain(export.document).into_bytes().into())
}

/// Returns the document as plain text.
pub fn plain(document: &Document) -> String {
    let together = |before: &Block, block: &Block| {
        matches!(
            (before, block),
            (Block::Statement(_), Block::Statement(_))
                | (Block::Paragraph(_) | Block::Label(_), Block::Paragraph(_))
        )
    };
    document.written(together, write_block)
}

/// Writing to a `String` cannot fail.
fn write_block(out: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading { level, text, .. } => {
            let text = line(text);
            let mark = if *level == 1 { "=" } else { "-" };
            let under =
                if *level <= 2 { mark.repeat(text.chars().count()) + "\n" } else { String::new() };
            write!(out, "{text}\n{under}")
        }
        Block::Rule => writeln!(out, "{}", "-".repeat(40)),
        Block::Label(text) | Block::Note(text) => writeln!(out, "{}", line(text)),
        Block::Paragraph(text) => writeln!(out, "{}", indented(text, "")),
        Block::Numbered(entries) => entries.iter().try_for_each(|entry| {
            let indent = " ".repeat(entry.number.chars().count() + 2);
            let lines: Vec<String> = entry.lines.iter().map(line).collect();
            writeln!(out, "{}. {}", entry.number, lines.join(&format!("\n{indent}")))
        }),
        Block::Statement(statement) => {
            let _ = write!(out, "- {}", indented(&statement.text, "  "));
            if !statement.at.is_empty() {
                let _ = write!(out, " [{}]", statement.at);
            }
            out.push('\n');
            statement.beneath.iter().try_for_each(|beneath| match beneath {
                Beneath::Said(said) => writeln!(out, "  - {}", timed(said)),
                Beneath::More { label, said } => {
                    let said: Vec<String> = said.iter().map(timed).collect();
                    writeln!(out, "  - {label} {}", said.join(" "))
                }
                Beneath::Point { depth, text } => {
                    let indent = "  ".repeat(usize::from(*depth));
                    writeln!(out, "{indent}- {}", indented(text, &format!("{indent}  ")))
                }
            })
        }
        Block::Table { head, rows } => std::iter::once(head).chain(rows).try_for_each(|row| {
            let cells: Vec<String> = row.iter().map(line).collect();
            writeln!(out, "{}", cells.join(" | "))
        }),
        Block::Comment(words) => writeln!(out, "({words})"),
    };
}

fn timed(said: &Said) -> String {
    format!("[{}] {}", short_time(&said.at), line(&said.text))
}

fn line(text: &Text) -> String {
    indented(text, "").replace('\n', " ")
}

/// Returns the text with its lines after the first indented; comments in parentheses.
fn indented(text: &Text, indent: &str) -> String {
    let mut out = String::new();
    for run in text.runs() {
        if run.style.comment {
            let _ = write!(out, "({})", run.text);
        } else {
            out.push_str(&run.text.replace('\n', &format!("\n{indent}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{NumberedEntry, StatementBlock};

    #[test]
    fn a_document_reads_well_without_markup() {
        let entry =
            NumberedEntry { number: "1".into(), lines: vec!["Valg".into(), "af to".into()] };
        let blocks = vec![
            Block::Heading { level: 1, text: "Referat".into(), bold: false },
            Block::Label("Sted:".into()),
            Block::Paragraph("Salen".into()),
            Block::Numbered(vec![entry]),
            Block::Statement(StatementBlock { text: "*Bo* talte.".into(), ..<_>::default() }),
        ];
        let expected = "Referat\n=======\n\nSted:\nSalen\n\n1. Valg\n   af to\n\n- *Bo* talte.\n";
        assert_eq!(plain(&Document { blocks }), expected);
    }
}
