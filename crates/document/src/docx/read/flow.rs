//! The events of `document.xml` become paragraphs and tables.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::paragraph::{Blocks, Paragraph, RunPiece};
use super::styles::{Role, Styles};
use super::{attribute, is_on};
use crate::document::Document;
use crate::text::{Run, Style, Text};
use referat_core::domain::referat::StatementId;

/// Elements whose content does not stand in the accepted document, or stands there twice.
const SKIPPED: [&str; 12] = [
    "w:del",
    "w:moveFrom",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:instrText",
    "w:delInstrText",
    "w:sectPr",
    "mc:Fallback",
];

/// Reads the document; `None` when it ends before it is whole.
pub(super) fn read(text: &str, styles: Styles) -> Result<Option<Document>, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    let mut body = Body { blocks: Blocks::new(styles), ..Body::default() };
    let (mut depth, mut skipping) = (0usize, None);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok((depth == 0 && body.whole).then(|| body.blocks.finish())),
            Event::Start(it) => {
                depth += 1;
                if skipping.is_none() {
                    if body.is_skipped(&it) {
                        skipping = Some(depth);
                    } else {
                        body.start(&it);
                    }
                }
            }
            Event::Empty(it) if skipping.is_none() => body.empty(&it),
            Event::End(it) => {
                if skipping.is_none() {
                    body.end(it.name().as_ref());
                } else if skipping == Some(depth) {
                    skipping = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(it) if skipping.is_none() && body.in_text => body.write(&it),
            Event::CData(it) if skipping.is_none() && body.in_text => body.write(&it),
            Event::GeneralRef(it) if skipping.is_none() && body.in_text => {
                if let Some(letter) = referred(&it) {
                    body.write(letter.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }
}

/// Returns the character that a reference stands for.
fn referred(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[derive(Default)]
struct Body {
    blocks: Blocks,
    /// The paragraphs that are open: a text box stands within one.
    open: Vec<Paragraph>,
    /// The tables that are open.
    tables: Vec<Table>,
    /// What a deleted paragraph mark joins to the next paragraph.
    carried: Option<Paragraph>,
    /// Statements whose bookmark stands before the next paragraph.
    waiting: Vec<StatementId>,
    style: Style,
    source: bool,
    /// Whether something of the run that is open was written.
    same_run: bool,
    in_text: bool,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    in_row_properties: bool,
    whole: bool,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Text>>,
    row: Vec<Text>,
    cell: Vec<Run>,
    deleted: bool,
}

impl Body {
    /// Returns whether an element's content is left out; notes what a deletion of a mark means.
    fn is_skipped(&mut self, it: &BytesStart<'_>) -> bool {
        let name = it.name();
        if matches!(name.as_ref(), "w:del" | "w:moveFrom") {
            if self.in_row_properties {
                self.tables.last_mut().into_iter().for_each(|table| table.deleted = true);
            } else if self.in_paragraph_properties {
                self.open.last_mut().into_iter().for_each(|it| it.mark_deleted = true);
            }
        }
        SKIPPED.contains(&name.as_ref())
    }

    fn empty(&mut self, it: &BytesStart<'_>) {
        if !self.is_skipped(it) {
            self.start(it);
            self.end(it.name().as_ref());
        }
    }

    fn start(&mut self, it: &BytesStart<'_>) {
        match it.name().as_ref() {
            "w:p" => {
                let mut paragraph = Paragraph::default();
                if let Some(carried) = self.carried.take() {
                    paragraph.pieces = carried.pieces;
                    paragraph.ids = carried.ids;
                }
                paragraph.ids.append(&mut self.waiting);
                self.open.push(paragraph);
            }
            "w:pPr" => self.in_paragraph_properties = true,
            "w:rPr" => self.in_run_properties = true,
            "w:trPr" => self.in_row_properties = true,
            "w:r" => (self.style, self.source, self.same_run) = (Style::default(), false, false),
            "w:t" => self.in_text = true,
            "w:tbl" => self.tables.push(Table::default()),
            "w:tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.deleted) = (Vec::new(), false);
                }
            }
            "w:tc" => self.tables.last_mut().into_iter().for_each(|table| table.cell.clear()),
            "w:bookmarkStart" => self.bookmark(it),
            _ if self.in_run_properties && !self.in_paragraph_properties => self.run_property(it),
            _ if self.in_paragraph_properties => self.paragraph_property(it),
            "w:tab" | "w:ptab" => self.write("\t"),
            "w:noBreakHyphen" => self.write("-"),
            "w:cr" => self.write("\n"),
            "w:br" => {
                let page = matches!(attribute(it, "w:type").as_deref(), Some("page" | "column"));
                self.write(if page { " " } else { "\n" });
            }
            "w:sym" => {
                let code = attribute(it, "w:char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let shown = code.and_then(char::from_u32).filter(|c| !c.is_control());
                if let Some(letter) = shown {
                    self.write(letter.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }

    fn run_property(&mut self, it: &BytesStart<'_>) {
        match it.name().as_ref() {
            "w:b" => self.style.strong = is_on(it),
            "w:i" => self.style.emphasis = is_on(it),
            "w:rStyle" => {
                let role = attribute(it, "w:val").map(|id| self.blocks.styles.role(&id));
                match role.unwrap_or_default() {
                    Role::Strong => self.style.strong = true,
                    Role::Emphasis => self.style.emphasis = true,
                    Role::CommentText => self.style = Style::COMMENT,
                    Role::Source => self.source = true,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn paragraph_property(&mut self, it: &BytesStart<'_>) {
        let value = attribute(it, "w:val");
        let Some(paragraph) = self.open.last_mut() else { return };
        match it.name().as_ref() {
            "w:pStyle" => paragraph.style = value.unwrap_or_default(),
            "w:numId" => paragraph.list = value,
            "w:ilvl" => {
                let level = value.and_then(|level| level.parse::<u8>().ok()).unwrap_or(0);
                paragraph.level = Some(level.min(8));
            }
            _ => {}
        }
    }

    fn bookmark(&mut self, it: &BytesStart<'_>) {
        let name = attribute(it, "w:name").unwrap_or_default();
        let hash = name.strip_prefix("s_").filter(|hash| {
            !hash.is_empty() && hash.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        });
        if let Some(hash) = hash {
            let id = StatementId(format!("s-{}", hash.replace('_', "-")));
            match self.open.last_mut() {
                Some(paragraph) => paragraph.ids.push(id),
                None => self.waiting.push(id),
            }
        }
    }

    fn write(&mut self, text: &str) {
        let (style, source) = (self.style, self.source);
        let same_run = std::mem::replace(&mut self.same_run, true);
        let Some(paragraph) = self.open.last_mut() else { return };
        match paragraph.pieces.last_mut() {
            // A time may be divided among runs; two comments side by side stay two.
            Some(last) if last.source && source => last.run.text.push_str(text),
            Some(last) if same_run && last.run.style == style && !source => {
                last.run.text.push_str(text);
            }
            _ => {
                let run = Run { text: text.to_owned(), style };
                paragraph.pieces.push(RunPiece { run, source });
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:t" => self.in_text = false,
            "w:pPr" => self.in_paragraph_properties = false,
            "w:rPr" => self.in_run_properties = false,
            "w:trPr" => self.in_row_properties = false,
            "w:p" => {
                let Some(paragraph) = self.open.pop() else { return };
                if paragraph.mark_deleted {
                    self.carried = Some(paragraph);
                } else if let Some(table) = self.tables.last_mut() {
                    table.cell.extend(paragraph.pieces.into_iter().map(|piece| piece.run));
                    table.cell.push(Run { text: "\n".into(), style: Style::default() });
                } else {
                    self.blocks.paragraph(paragraph);
                }
            }
            "w:tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row.push(std::mem::take(&mut table.cell).into());
                }
            }
            "w:tr" => {
                if let Some(table) = self.tables.last_mut().filter(|table| !table.deleted) {
                    table.rows.push(std::mem::take(&mut table.row));
                }
            }
            "w:tbl" => {
                let Some(table) = self.tables.pop() else { return };
                match self.tables.last_mut() {
                    // A table within a cell is told line by line.
                    Some(outer) => {
                        let cells = table.rows.into_iter().flatten();
                        for cell in cells {
                            outer.cell.extend(Vec::<Run>::from(cell));
                            outer.cell.push(Run { text: "\n".into(), style: Style::default() });
                        }
                    }
                    None => self.blocks.table(table.rows),
                }
            }
            "w:body" => {
                if let Some(carried) = self.carried.take() {
                    self.blocks.paragraph(carried);
                }
            }
            "w:document" => self.whole = true,
            _ => {}
        }
    }
}
