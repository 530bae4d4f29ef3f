//! The body of a DOCX file as Markdown lines, as Word prints it.

use super::flow::{WordBlock, WordCell, WordParagraph};
use super::runs::PAGE_END;
use super::styles::Styles;
use crate::docx::opened::WordFile;

/// The lines so far.
pub(super) struct Lines<'a> {
    file: &'a WordFile,
    styles: &'a Styles,
    text: String,
}

impl<'a> Lines<'a> {
    /// Returns no lines.
    pub(super) const fn new(file: &'a WordFile, styles: &'a Styles) -> Self {
        Self { file, styles, text: String::new() }
    }

    /// Returns the text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Adds a page header's paragraphs that carry letters.
    pub(super) fn page_header(&mut self, header: &[WordBlock]) {
        let mut own = Self::new(self.file, self.styles);
        own.blocks(header);
        for line in own.text.lines().filter(|line| line.chars().any(char::is_alphabetic)) {
            // The same header stands on first, odd and even pages.
            if !self.text.lines().any(|known| known == line) {
                self.text.push_str(line);
                self.text.push_str("\n\n");
            }
        }
    }

    /// Adds blocks.
    pub(super) fn blocks(&mut self, blocks: &[WordBlock]) {
        for block in blocks {
            match block {
                WordBlock::Paragraph(paragraph) => self.paragraph(paragraph),
                WordBlock::Table(rows) => self.table(rows),
                WordBlock::Chunk(id) => self.chunk(id),
            }
        }
    }

    /// Adds a document that lies whole inside this one.
    fn chunk(&mut self, id: &str) {
        let Some(name) = self.file.relations.target(id) else { return };
        let Some(part) = self.file.package.part(name) else { return };
        let Some(text) = crate::bytes::decode(part) else { return };
        let text = if name.to_lowercase().contains("htm") || text.trim_start().starts_with('<') {
            crate::html_text::read(&text)
        } else {
            crate::mail::read(&text).unwrap_or(text)
        };
        self.text.push_str(&text);
        self.text.push_str("\n\n");
    }

    fn paragraph(&mut self, paragraph: &WordParagraph) {
        let text = printed(paragraph);
        if text.trim().is_empty() {
            self.text.push('\n');
        } else {
            self.line(paragraph, text.trim_end());
        }
        self.blocks(&paragraph.boxes);
    }

    fn line(&mut self, paragraph: &WordParagraph, text: &str) {
        let style = match paragraph.style.as_str() {
            "" => String::new(),
            id => self.styles.name(id),
        };
        if style.starts_with("toc") || style.starts_with("indholdsfortegnelse") {
            // A list of contents repeats titles with the pages they stand on.
            let (title, page) = text.rsplit_once('\t').unwrap_or((text, ""));
            let line = match page.chars().all(|c| c.is_ascii_digit()) {
                true => format!("{} ........ {page}\n", title.replace('\t', " ")),
                false => format!("{text}\n"),
            };
            self.text.push_str(&line);
            return;
        }
        let named = ["heading", "overskrift", "title", "titel"];
        let heading = if named.iter().any(|name| style.starts_with(name)) {
            style.chars().find_map(|c| c.to_digit(10)).unwrap_or(1).clamp(1, 6) as usize
        } else {
            0
        };
        let before = if heading > 0 { format!("{} ", "#".repeat(heading)) } else { String::new() };
        let label = match &paragraph.mark {
            Some(mark) if mark.label.is_empty() => String::new(),
            Some(mark) if heading > 0 => format!("{} ", mark.label),
            Some(mark) => format!("{}{} ", "  ".repeat(mark.level), mark.label),
            None => String::new(),
        };
        self.text.push_str(&format!("{before}{label}{text}\n"));
        // Items of one list stand together; other paragraphs are set apart.
        if paragraph.mark.is_none() {
            self.text.push('\n');
        }
    }

    fn table(&mut self, table: &[Vec<WordCell>]) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut inner = Vec::new();
        for row in table {
            let mut cells: Vec<String> = Vec::new();
            for cell in row {
                // What a cell over several rows says, it says of each; but it has one number.
                let above = rows.last().and_then(|row: &Vec<String>| row.get(cells.len()));
                let text = match cell.goes_on {
                    true => above.filter(|it| it.chars().any(char::is_alphabetic)).cloned(),
                    false => Some(of_cell(cell)),
                };
                if !cell.goes_on {
                    inner.extend(cell.blocks.iter().filter_map(|block| match block {
                        WordBlock::Table(rows) => Some(rows),
                        _ => None,
                    }));
                }
                cells.push(text.unwrap_or_default());
                cells.extend(std::iter::repeat_n(String::new(), cell.columns - 1));
            }
            rows.push(cells);
        }
        // A table that only holds another lays it out.
        let framed = rows.iter().flatten().all(|cell| cell.trim().is_empty());
        let lone = rows.iter().all(|row| row.len() == 1);
        for row in rows.iter().filter(|_| !framed) {
            if lone {
                self.text.push_str(&row[0].replace("<br>", "\n"));
                self.text.push_str("\n\n");
            } else {
                self.text.push_str(&format!("| {} |\n", row.join(" | ")));
            }
        }
        for table in inner {
            self.table(table);
        }
        self.text.push('\n');
    }
}

/// Returns a cell's paragraphs; tables inside it stand after its own.
fn of_cell(cell: &WordCell) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in &cell.blocks {
        let WordBlock::Paragraph(paragraph) = block else { continue };
        let label = paragraph.mark.as_ref().map_or("", |mark| mark.label.as_str());
        let whole = format!("{label} {}", printed(paragraph).trim());
        let whole = whole.trim();
        if !whole.is_empty() {
            parts.push(whole.replace('|', "/").replace('\n', "<br>").replace('\t', " "));
        }
    }
    parts.join("<br>")
}

/// Returns what Word prints of a paragraph's own words.
fn printed(paragraph: &WordParagraph) -> String {
    let mut text = String::new();
    for piece in &paragraph.pieces {
        for letter in piece.run.text.chars() {
            match letter {
                '\t' if text.is_empty() => {}
                '\n' | PAGE_END => text.push_str("  \n"),
                _ => text.push(letter),
            }
        }
    }
    text
}
