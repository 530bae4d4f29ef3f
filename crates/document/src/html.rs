//! Writes a document as one HTML file that a screen reader and a printer take well: language,
//! headings in order, landmarks, table heads, no script and nothing fetched.

use std::fmt::Write as _;

use crate::document::{Beneath, Block, Document, NumberedEntry, Said, StatementBlock, short_time};
use crate::format::{Export, ExportedFile, Format, FormatName, WriteError};
use crate::outline;
use crate::text::{Run, Text};
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;

/// HTML.
pub const FORMAT: Format = Format {
    ending: "html",
    name: FormatName { da: "Webside", en: "Web page" },
    media_type: "text/html; charset=utf-8",
    is_text: true,
    write: exported,
};

fn exported(export: &Export<'_>) -> Result<ExportedFile, WriteError> {
    Ok(html(export.document, export.language, export.draft).into_bytes().into())
}

/// Returns the document as HTML; `draft` marks it as one.
pub fn html(document: &Document, language: Words<'_>, draft: bool) -> String {
    let words = Headings::of(language);
    let title = document.title().unwrap_or_else(|| words.referat.clone());
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        language.language(),
        escaped(&title),
        include_str!("html/style.css"),
    );
    let mut page = Page { out, levels: outline::levels(&document.blocks).into_iter() };
    // What stands before the second heading is the document's own: title, time, people.
    let second = document.blocks.iter().enumerate().skip(1);
    let second = second.filter(|(_, block)| matches!(block, Block::Heading { .. })).map(|it| it.0);
    let second = second.into_iter().next().unwrap_or(document.blocks.len());
    let (head, body) = document.blocks.split_at(second);
    page.out.push_str("<header>\n");
    if draft {
        let _ = writeln!(page.out, "<p class=\"draft\">{}</p>", escaped(&words.draft_mark));
    }
    page.blocks(head);
    page.out.push_str("</header>\n<main>\n");
    page.blocks(body);
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

struct Page {
    out: String,
    levels: std::vec::IntoIter<u8>,
}

impl Page {
    fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some(block) = rest.first() {
            let statements = rest.iter().take_while(|it| matches!(it, Block::Statement(_))).count();
            if statements > 0 {
                self.out.push_str("<ul>\n");
                for block in &rest[..statements] {
                    if let Block::Statement(statement) = block {
                        self.statement(statement);
                    }
                }
                self.out.push_str("</ul>\n");
                rest = &rest[statements..];
                continue;
            }
            self.block(block);
            rest = &rest[1..];
        }
    }

    fn block(&mut self, block: &Block) {
        let out = &mut self.out;
        let _ = match block {
            Block::Heading { text, .. } => {
                let level = self.levels.next().unwrap_or(2);
                writeln!(out, "<h{level}>{}</h{level}>", inline(text))
            }
            Block::Rule => writeln!(out, "<hr>"),
            Block::Label(text) => {
                writeln!(out, "<p class=\"label\"><strong>{}</strong></p>", inline(text))
            }
            Block::Paragraph(text) => writeln!(out, "<p>{}</p>", inline(text)),
            Block::Note(text) => writeln!(out, "<p class=\"note\"><em>{}</em></p>", inline(text)),
            Block::Numbered(entries) => {
                numbered(out, entries);
                Ok(())
            }
            Block::Statement(_) => Ok(()),
            Block::Table { head, rows } => {
                table(out, head, rows);
                Ok(())
            }
            Block::Comment(words) => {
                writeln!(out, "<p class=\"comment\">{}</p>", escaped(words).replace('\n', "<br>"))
            }
        };
    }

    fn statement(&mut self, statement: &StatementBlock) {
        let out = &mut self.out;
        let _ = write!(out, "<li>{}", inline(&statement.text));
        if !statement.at.is_empty() {
            let _ = write!(out, " <small>[{}]</small>", escaped(short_time(&statement.at)));
        }
        if !statement.beneath.is_empty() {
            out.push_str("\n<ul>\n");
            let mut depth = 1;
            for (index, line) in statement.beneath.iter().enumerate() {
                let wanted = match line {
                    Beneath::Point { depth, .. } => (*depth).clamp(1, 8),
                    Beneath::Said(_) | Beneath::More { .. } => 1,
                };
                // A deeper list stands within the entry before it.
                let wanted = if index == 0 { 1 } else { wanted.min(depth + 1) };
                match wanted.cmp(&depth) {
                    std::cmp::Ordering::Greater => out.push_str("\n<ul>\n"),
                    _ if index == 0 => {}
                    _ => {
                        out.push_str("</li>\n");
                        out.push_str(&"</ul></li>\n".repeat(usize::from(depth - wanted)));
                    }
                }
                depth = wanted;
                match line {
                    Beneath::Said(one) => {
                        let _ = write!(out, "<li class=\"said\">{}", said(one));
                    }
                    Beneath::More { label, said: more } => {
                        let more: Vec<String> = more.iter().map(said).collect();
                        let label = escaped(label);
                        let _ = write!(out, "<li class=\"said\">{label} {}", more.join(" "));
                    }
                    Beneath::Point { text, .. } => {
                        let _ = write!(out, "<li>{}", inline(text));
                    }
                }
            }
            out.push_str("</li>\n");
            out.push_str(&"</ul></li>\n".repeat(usize::from(depth - 1)));
            out.push_str("</ul>\n");
        }
        out.push_str("</li>\n");
    }
}

fn said(one: &Said) -> String {
    format!("<small>[{}]</small> {}", escaped(short_time(&one.at)), inline(&one.text))
}

fn numbered(out: &mut String, entries: &[NumberedEntry]) {
    out.push_str("<ol>\n");
    for entry in entries {
        let lines: Vec<String> = entry.lines.iter().map(inline).collect();
        let text = lines.join("<br>");
        let _ = match entry.number.parse::<u32>() {
            Ok(number) => writeln!(out, "<li value=\"{number}\">{text}</li>"),
            Err(_) => {
                writeln!(out, "<li class=\"printed\">{}. {text}</li>", escaped(&entry.number))
            }
        };
    }
    out.push_str("</ol>\n");
}

fn table(out: &mut String, head: &[Text], rows: &[Vec<Text>]) {
    out.push_str("<table>\n<thead>\n<tr>");
    for cell in head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", inline(cell));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td>{}</td>", inline(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn inline(text: &Text) -> String {
    let mut out = String::new();
    for Run { text, style } in text.runs() {
        let mut words = escaped(text).replace('\n', "<br>");
        if style.comment {
            words = format!("<span class=\"comment\">{words}</span>");
        }
        if style.emphasis {
            words = format!("<em>{words}</em>");
        }
        if style.strong {
            words = format!("<strong>{words}</strong>");
        }
        out.push_str(&words);
    }
    out
}

/// Returns the text with every character that HTML reads as markup as a reference.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_nest_and_every_list_is_closed() {
        let point = |depth, text: &str| Beneath::Point { depth, text: text.into() };
        let beneath = vec![point(1, "b"), point(2, "c"), point(1, "d"), point(3, "e")];
        let statement = StatementBlock { text: "a".into(), beneath, ..StatementBlock::default() };
        let blocks = vec![Block::Statement(statement)];
        let text = html(&Document { blocks }, Words::danish(), false);
        let list = "<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul></li>\n<li>d\n<ul>\n<li>e</li>\n</ul></li>\n</ul>\n</li>\n</ul>";
        assert!(text.contains(list), "{text}");
    }

    #[test]
    fn nothing_in_the_text_is_markup() {
        let blocks = vec![Block::Paragraph("<script>'&\"".into())];
        let text = html(&Document { blocks }, Words::english(), true);
        assert!(text.contains("<p>&lt;script&gt;&#39;&amp;&quot;</p>"), "{text}");
        assert!(text.contains("<html lang=\"en\">"));
    }
}
