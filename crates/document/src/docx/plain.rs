//! The text of a DOCX file as Markdown lines: headings, numbered and bulleted lists, tables.

use std::collections::HashMap;
use std::path::PathBuf;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::docx::package::{Package, PackageLimits};
use crate::error::ImportError;

/// Reads the text of a DOCX file.
pub(crate) fn read(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let failed = |source| ImportError::Package { path: path.clone(), source };
    let wanted = |name: &str| matches!(name, "word/document.xml" | "word/numbering.xml");
    let package = Package::read(bytes, PackageLimits::default(), wanted).map_err(failed)?;
    let document = package.text("word/document.xml").map_err(failed)?;
    let bullets = bullet_lists(&package.text("word/numbering.xml").unwrap_or_default());
    to_markdown(&document, &bullets).map_err(|source| ImportError::Markup { path, source })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Returns the lists (by the id that paragraphs use) whose outermost level has bullets.
fn bullet_lists(numbering: &str) -> HashMap<String, bool> {
    let mut reader = Reader::from_str(numbering);
    let (mut formats, mut lists) = (HashMap::new(), HashMap::new());
    let (mut definition, mut level, mut list) = (String::new(), String::new(), String::new());
    while let Ok(event) = reader.read_event() {
        let (Event::Start(it) | Event::Empty(it)) = event.clone() else {
            if event == Event::Eof {
                break;
            }
            continue;
        };
        match it.name().as_ref() {
            "w:abstractNum" => definition = attribute(&it, "w:abstractNumId").unwrap_or_default(),
            "w:lvl" => level = attribute(&it, "w:ilvl").unwrap_or_default(),
            "w:numFmt" if level == "0" => {
                let bullet = attribute(&it, "w:val").is_some_and(|format| format == "bullet");
                formats.insert(definition.clone(), bullet);
            }
            "w:num" => list = attribute(&it, "w:numId").unwrap_or_default(),
            "w:abstractNumId" => {
                let of = attribute(&it, "w:val").unwrap_or_default();
                lists.insert(list.clone(), formats.get(&of).copied().unwrap_or(false));
            }
            _ => {}
        }
    }
    lists
}

#[derive(Default)]
struct Paragraph {
    text: String,
    heading: usize,
    list: Option<String>,
    level: usize,
}

/// Writes the body's paragraphs as lines with a blank line between them, as in Markdown.
fn to_markdown(
    document: &str,
    bullets: &HashMap<String, bool>,
) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = false;
    let mut markdown = String::new();
    let mut now = Paragraph::default();
    let mut counts: HashMap<(String, usize), u32> = HashMap::new();
    let (mut row, mut cell, mut tables) = (Vec::new(), Vec::new(), 0usize);
    let mut in_text = false;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(it) | Event::Empty(it) => match it.name().as_ref() {
                "w:p" => now = Paragraph::default(),
                "w:t" => in_text = true,
                "w:tab" if !now.text.is_empty() => now.text.push_str("    "),
                "w:br" | "w:cr" => now.text.push_str("  \n"),
                "w:noBreakHyphen" => now.text.push('-'),
                "w:pStyle" => {
                    let style = attribute(&it, "w:val").unwrap_or_default().to_lowercase();
                    let named = ["heading", "overskrift", "title", "titel"];
                    if named.iter().any(|name| style.starts_with(name)) {
                        let level = style.chars().find_map(|c| c.to_digit(10)).unwrap_or(1);
                        now.heading = level.clamp(1, 6) as usize;
                    }
                }
                "w:numId" => now.list = attribute(&it, "w:val").filter(|id| id != "0"),
                "w:ilvl" => {
                    let level = attribute(&it, "w:val").and_then(|level| level.parse().ok());
                    now.level = level.unwrap_or(0).min(8);
                }
                "w:tbl" => tables += 1,
                "w:tr" => row = Vec::new(),
                "w:tc" => cell = Vec::new(),
                _ => {}
            },
            Event::Text(it) if in_text => now.text.push_str(&it),
            Event::GeneralRef(it) if in_text => now.text.push_str(match it.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => " ",
            }),
            Event::End(it) => match it.name().as_ref() {
                "w:t" => in_text = false,
                "w:p" if tables > 0 => cell.push(std::mem::take(&mut now.text)),
                "w:p" => {
                    write_paragraph(&mut markdown, &now, &mut counts, bullets);
                    now = Paragraph::default();
                }
                "w:tc" => row.push(cell.join(", ").replace(['\n', '|'], " ")),
                "w:tr" => markdown.push_str(&format!("| {} |\n", row.join(" | "))),
                "w:tbl" => {
                    tables = tables.saturating_sub(1);
                    markdown.push('\n');
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(markdown)
}

fn write_paragraph(
    markdown: &mut String,
    paragraph: &Paragraph,
    counts: &mut HashMap<(String, usize), u32>,
    bullets: &HashMap<String, bool>,
) {
    let text = paragraph.text.trim_end();
    if text.trim().is_empty() {
        markdown.push('\n');
        return;
    }
    let before = if paragraph.heading > 0 {
        format!("{} ", "#".repeat(paragraph.heading))
    } else {
        String::new()
    };
    let number = match &paragraph.list {
        None => String::new(),
        Some(list) if bullets.get(list).copied().unwrap_or(false) || paragraph.level > 0 => {
            format!("{}- ", "  ".repeat(paragraph.level))
        }
        Some(list) => {
            let count = counts.entry((list.clone(), paragraph.level)).or_default();
            *count += 1;
            format!("{count}. ")
        }
    };
    markdown.push_str(&format!("{before}{number}{text}\n"));
    // Items of one list stand together; other paragraphs are set apart.
    if paragraph.list.is_none() {
        markdown.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docx(body: &str) -> Vec<u8> {
        let mut package = Package::default();
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        package.set("word/document.xml", xml);
        package.write().unwrap()
    }

    #[test]
    fn headings_lists_and_tables_become_markdown() {
        let bytes = docx(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t>Dagsorden</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>Valg &amp; mere</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Sted</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Salen</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        let text = read(&bytes, "a.docx".into()).unwrap();
        assert_eq!(text, "## Dagsorden\n\n1. Valg & mere\n| Sted | Salen |\n\n");
    }

    #[test]
    fn an_archive_without_a_document_is_an_error() {
        let empty = Package::default().write().unwrap();
        assert!(read(&empty, "a.docx".into()).is_err());
    }
}
