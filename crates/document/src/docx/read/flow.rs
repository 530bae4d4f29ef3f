//! The body of a DOCX file as paragraphs and tables in reading order, tracked changes accepted,
//! each paragraph with what Word prints before it.

use super::numbering::{ListMark, Numbering};
use super::runs::{Content, RunPiece, gather};
use super::styles::Styles;
use crate::xml_tree::Element;
use referat_core::domain::referat::StatementId;

/// What a body consists of.
#[derive(Debug)]
pub(super) enum WordBlock {
    /// A paragraph.
    Paragraph(WordParagraph),
    /// A table's rows.
    Table(Vec<Vec<WordCell>>),
    /// A document that lies whole inside this one, by the id of its relation.
    Chunk(String),
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct WordParagraph {
    /// Id of its style.
    pub(super) style: String,
    /// What Word prints before it.
    pub(super) mark: Option<ListMark>,
    /// What it says.
    pub(super) pieces: Vec<RunPiece>,
    /// The statements whose bookmarks begin in it.
    pub(super) ids: Vec<StatementId>,
    /// What stands in the text boxes that hang in it.
    pub(super) boxes: Vec<WordBlock>,
}

/// A cell of a table.
#[derive(Debug)]
pub(super) struct WordCell {
    /// What stands in it.
    pub(super) blocks: Vec<WordBlock>,
    /// Whether it carries on the cell above it.
    pub(super) goes_on: bool,
    /// How many columns it takes up.
    pub(super) columns: usize,
}

/// Reads bodies, counting lists on from one to the next.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    numbering: Numbering,
    styles: &'a Styles,
    /// What a deleted paragraph mark joins to the next paragraph.
    carried: Content<'a>,
    /// Whether the blocks being read stand in a cell.
    in_cell: bool,
}

impl<'a> Flow<'a> {
    /// Returns a reader that begins counting.
    pub(super) fn new(numbering: Numbering, styles: &'a Styles) -> Self {
        Self { numbering, styles, carried: Content::default(), in_cell: false }
    }

    /// Reads the body of a document, or a part that is one.
    pub(super) fn body(&mut self, part: &'a Element) -> Vec<WordBlock> {
        let mut blocks = Vec::new();
        self.blocks(part.child("body").unwrap_or(part), &mut blocks);
        let left = std::mem::take(&mut self.carried);
        if !left.pieces.is_empty() {
            let Content { pieces, ids, .. } = left;
            let last = WordParagraph { pieces, ids, ..WordParagraph::default() };
            blocks.push(WordBlock::Paragraph(last));
        }
        blocks
    }

    fn blocks(&mut self, parent: &'a Element, out: &mut Vec<WordBlock>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element, out),
                "tbl" => out.push(self.table(element)),
                // A content control, unless it only says what should stand there.
                "sdt" if element.child("sdtPr").is_some_and(|it| it.is_on("showingPlcHdr")) => {}
                "sdt" => {
                    element.child("sdtContent").into_iter().for_each(|it| self.blocks(it, out))
                }
                "altChunk" => {
                    out.extend(element.attribute("id").map(|id| WordBlock::Chunk(id.to_owned())));
                }
                "AlternateContent" => {
                    let shown = element.child("Choice").or_else(|| element.child("Fallback"));
                    shown.into_iter().for_each(|it| self.blocks(it, out));
                }
                "bookmarkStart" => self.carried.ids.extend(super::runs::statement(element)),
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(element, out),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &'a Element, out: &mut Vec<WordBlock>) {
        let mut content = std::mem::take(&mut self.carried);
        gather(paragraph, self.styles, &mut content);
        let properties = paragraph.child("pPr");
        let end = properties.and_then(|it| it.child("rPr"));
        if end.is_some_and(|it| it.child("del").is_some() || it.child("moveFrom").is_some()) {
            self.carried = content;
            return;
        }
        let empty = content.is_empty();
        let counts = if self.in_cell {
            !empty || properties.is_some()
        } else {
            // A paragraph that is not printed takes no number; an empty one of a list does.
            let hidden = end.is_some_and(|it| it.is_on("vanish")) || content.dropped;
            let listed = properties.is_some_and(|it| it.child("numPr").is_some());
            !empty || !hidden && content.boxes.is_empty() && listed
        };
        let mark = if counts { self.numbering.next(properties, self.styles) } else { None };
        let style = properties.and_then(|it| it.value("pStyle")).unwrap_or_default().to_owned();
        let mut boxes = Vec::new();
        for hanging in content.boxes {
            self.blocks(hanging, &mut boxes);
        }
        let Content { pieces, ids, .. } = content;
        out.push(WordBlock::Paragraph(WordParagraph { style, mark, pieces, ids, boxes }));
    }

    fn table(&mut self, table: &'a Element) -> WordBlock {
        let mut rows = Vec::new();
        for row in within(table, "tr") {
            let gone = |it: &Element| {
                it.child("del").is_some() || it.child("moveFrom").is_some() || it.is_on("hidden")
            };
            if !row.child("trPr").is_some_and(gone) {
                rows.push(within(row, "tc").into_iter().map(|cell| self.cell(cell)).collect());
            }
        }
        WordBlock::Table(rows)
    }

    fn cell(&mut self, cell: &'a Element) -> WordCell {
        let properties = cell.child("tcPr");
        let merged = properties.and_then(|it| it.child("vMerge"));
        let columns = properties.and_then(|it| it.value("gridSpan"));
        let outer = std::mem::replace(&mut self.in_cell, true);
        let mut blocks = Vec::new();
        self.blocks(cell, &mut blocks);
        self.in_cell = outer;
        WordCell {
            blocks,
            goes_on: merged.is_some_and(|it| it.attribute("val") != Some("restart")),
            columns: columns.and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, 60),
        }
    }
}

/// Returns the elements of this name inside, those in content controls too.
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
