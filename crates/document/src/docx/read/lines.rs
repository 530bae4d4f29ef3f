//! The body of a DOCX file as lines.

use crate::docx::package::Package;
use crate::xml_tree::{Element, XmlNode};

use super::Relations;
use super::numbering::{ListMark, Numbering};

/// Writes the body's blocks as lines.
pub(super) struct Writer<'a> {
    numbering: Numbering,
    relations: &'a Relations,
    package: &'a Package,
    text: String,
}

/// A paragraph's text, and the boxes that hang in it.
#[derive(Default)]
struct Content<'a> {
    text: String,
    boxes: Vec<&'a Element>,
    /// Whether the paragraph held text that Word does not print.
    dropped: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        numbering: Numbering,
        relations: &'a Relations,
        package: &'a Package,
    ) -> Self {
        Self { numbering, relations, package, text: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Writes a page header's paragraphs that carry letters.
    pub(super) fn page_header(&mut self, header: &str) {
        for line in header.lines().filter(|line| line.chars().any(char::is_alphabetic)) {
            // The same header stands on first, odd and even pages.
            if !self.text.lines().any(|known| known == line) {
                self.text.push_str(line);
                self.text.push_str("\n\n");
            }
        }
    }

    /// Writes the blocks inside an element.
    pub(super) fn blocks(&mut self, parent: &'a Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sdt" => self.control(element),
                "altChunk" => self.chunk(element),
                "AlternateContent" => {
                    if let Some(choice) =
                        element.child("Choice").or_else(|| element.child("Fallback"))
                    {
                        self.blocks(choice);
                    }
                }
                "del" | "moveFrom" => {}
                "ins" | "moveTo" | "customXml" | "smartTag" | "txbxContent" => self.blocks(element),
                _ => {}
            }
        }
    }

    /// Writes what a content control holds, unless it only says what should stand there.
    fn control(&mut self, control: &'a Element) {
        let properties = control.child("sdtPr");
        if properties.is_some_and(|it| it.is_on("showingPlcHdr")) {
            return;
        }
        if let Some(content) = control.child("sdtContent") {
            self.blocks(content);
        }
    }

    /// Writes a document that lies whole inside this one.
    fn chunk(&mut self, chunk: &Element) {
        let Some(name) = chunk.attribute("id").and_then(|id| self.relations.target(id)) else {
            return;
        };
        let Some(part) = self.package.part(name) else { return };
        let Some(text) = crate::bytes::decode(part) else { return };
        let text = if name.to_lowercase().contains("htm") || text.trim_start().starts_with('<') {
            crate::html_text::read(&text)
        } else {
            crate::mail::read(&text).unwrap_or(text)
        };
        self.text.push_str(&text);
        self.text.push_str("\n\n");
    }

    fn paragraph(&mut self, paragraph: &'a Element) {
        let mut content = Content::default();
        runs(paragraph, &mut content);
        let properties = paragraph.child("pPr");
        let mark = properties.and_then(|it| it.child("rPr"));
        let gone = mark.is_some_and(|it| {
            it.child("del").is_some() || it.child("moveFrom").is_some() || it.is_on("vanish")
        });
        let text = content.text.trim_end().to_owned();
        if text.trim().is_empty() {
            // A paragraph that is not printed takes no number; an empty one of a list does.
            if !gone
                && !content.dropped
                && content.boxes.is_empty()
                && properties.is_some_and(|it| it.child("numPr").is_some())
            {
                self.numbering.next(properties);
            }
            self.text.push('\n');
        } else {
            let mark = self.numbering.next(properties);
            let style = properties
                .and_then(|it| it.value("pStyle"))
                .map(|id| self.numbering.style_name(id))
                .unwrap_or_default();
            self.line(&text, mark, &style);
        }
        for hanging in content.boxes {
            self.blocks(hanging);
        }
    }

    fn line(&mut self, text: &str, mark: Option<ListMark>, style: &str) {
        let contents = style.starts_with("toc") || style.starts_with("indholdsfortegnelse");
        if contents {
            // A list of contents repeats titles with the pages they stand on.
            let (title, page) = text.rsplit_once('\t').unwrap_or((text, ""));
            let digits = page.chars().all(|c| c.is_ascii_digit());
            let line = if digits {
                format!("{} ........ {page}\n", title.replace('\t', " "))
            } else {
                format!("{text}\n")
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
        let listed = mark.is_some();
        let label = match mark {
            Some(mark) if mark.label.is_empty() => String::new(),
            Some(mark) if heading > 0 => format!("{} ", mark.label),
            Some(mark) => format!("{}{} ", "  ".repeat(mark.level), mark.label),
            None => String::new(),
        };
        self.text.push_str(&format!("{before}{label}{text}\n"));
        // Items of one list stand together; other paragraphs are set apart.
        if !listed {
            self.text.push('\n');
        }
    }

    fn table(&mut self, table: &'a Element) {
        let mut inner: Vec<&'a Element> = Vec::new();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in rows_of(table) {
            if row.child("trPr").is_some_and(|it| it.child("del").is_some() || it.is_on("hidden")) {
                continue;
            }
            let mut cells: Vec<String> = Vec::new();
            for cell in cells_of(row) {
                let properties = cell.child("tcPr");
                let goes_on = properties
                    .and_then(|it| it.child("vMerge"))
                    .is_some_and(|it| it.attribute("val") != Some("restart"));
                // What a cell over several rows says, it says of each; but it has one number.
                let above = || {
                    rows.last()
                        .and_then(|row: &Vec<String>| row.get(cells.len()))
                        .cloned()
                        .unwrap_or_default()
                };
                let text = match goes_on {
                    true => Some(above())
                        .filter(|it| it.chars().any(char::is_alphabetic))
                        .unwrap_or_default(),
                    false => self.cell(cell, &mut inner),
                };
                cells.push(text);
                let span: usize = properties
                    .and_then(|it| it.value("gridSpan"))
                    .and_then(|it| it.parse().ok())
                    .unwrap_or(1);
                cells.extend(std::iter::repeat_n(String::new(), span.saturating_sub(1).min(60)));
            }
            rows.push(cells);
        }
        // A table that only holds another lays it out.
        let framed = rows.iter().flatten().all(|cell| cell.trim().is_empty());
        if !framed {
            let lone = rows.iter().all(|row| row.len() == 1);
            for row in rows {
                if lone {
                    self.text.push_str(&row[0].replace("<br>", "\n"));
                    self.text.push_str("\n\n");
                } else {
                    self.text.push_str(&format!("| {} |\n", row.join(" | ")));
                }
            }
        }
        for table in inner {
            self.table(table);
        }
        self.text.push('\n');
    }

    /// Returns a cell's paragraphs; tables inside it are kept for later.
    fn cell(&mut self, cell: &'a Element, inner: &mut Vec<&'a Element>) -> String {
        let mut parts: Vec<String> = Vec::new();
        for element in cell.elements() {
            match element.name.as_str() {
                "p" => {
                    let mut content = Content::default();
                    runs(element, &mut content);
                    let text = content.text.trim().to_owned();
                    let properties = element.child("pPr");
                    let listed = properties.is_some();
                    let mark = if text.is_empty() && !listed {
                        None
                    } else {
                        self.numbering.next(properties)
                    };
                    let label = mark.map(|it| it.label).unwrap_or_default();
                    let whole = format!("{label} {text}").trim().to_owned();
                    if !whole.is_empty() {
                        parts
                            .push(whole.replace('|', "/").replace('\n', "<br>").replace('\t', " "));
                    }
                }
                "tbl" => inner.push(element),
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        parts.push(self.cell(content, inner));
                    }
                }
                _ => {}
            }
        }
        parts.retain(|part| !part.is_empty());
        parts.join("<br>")
    }
}

/// Returns a table's rows, those in content controls too.
fn rows_of(table: &Element) -> Vec<&Element> {
    within(table, "tr")
}

fn cells_of(row: &Element) -> Vec<&Element> {
    within(row, "tc")
}

fn within<'a>(parent: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    for element in parent.elements() {
        if element.name == name {
            found.push(element);
        } else if matches!(element.name.as_str(), "sdt" | "sdtContent" | "ins" | "customXml") {
            found.extend(within(element, name));
        }
    }
    found
}

/// Gathers the text of a paragraph's runs as it is printed.
fn runs<'a>(parent: &'a Element, content: &mut Content<'a>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "r" => {
                if element
                    .child("rPr")
                    .is_some_and(|it| it.is_on("vanish") || it.is_on("webHidden"))
                {
                    content.dropped |= element.find("t").is_some();
                } else {
                    run(element, content);
                }
            }
            "del" | "moveFrom" => content.dropped = true,
            "sdt" => {
                let placeholder =
                    element.child("sdtPr").is_some_and(|it| it.is_on("showingPlcHdr"));
                if !placeholder && let Some(inside) = element.child("sdtContent") {
                    runs(inside, content);
                }
            }
            "pPr" => {}
            _ => runs(element, content),
        }
    }
}

fn run<'a>(run: &'a Element, content: &mut Content<'a>) {
    for element in run.elements() {
        match element.name.as_str() {
            "t" => {
                for node in &element.children {
                    if let XmlNode::Text(text) = node {
                        content.text.push_str(text);
                    }
                }
            }
            "tab" if !content.text.is_empty() => content.text.push('\t'),
            "br" | "cr" => content.text.push_str("  \n"),
            "noBreakHyphen" => content.text.push('-'),
            "AlternateContent" => {
                if let Some(choice) = element.child("Choice").or_else(|| element.child("Fallback"))
                {
                    boxes(choice, content);
                }
            }
            "drawing" | "pict" | "object" => boxes(element, content),
            _ => {}
        }
    }
}

fn boxes<'a>(parent: &'a Element, content: &mut Content<'a>) {
    for element in parent.elements() {
        if element.name == "txbxContent" {
            content.boxes.push(element);
        } else {
            boxes(element, content);
        }
    }
}
