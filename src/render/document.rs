//! A referat as a sequence of blocks, free of any file format.
//!
//! Layout decides what stands where; a renderer only knows how its format writes a block.

use crate::model::referat::{Material, StatementId};
use crate::time::Timestamp;

/// A document: blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// One block of a document. Text is plain: escaping belongs to the renderer.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; 1 is the document's own.
    Heading {
        /// 1 to 3: document or part, item, sub-item.
        level: u8,
        /// Its words.
        text: String,
        /// Whether it is set in bold beyond its level.
        bold: bool,
    },
    /// A horizontal rule.
    Rule,
    /// A label in bold on a line of its own, colon included where it has one.
    Label(String),
    /// A paragraph.
    Paragraph(String),
    /// What the program says about the draft itself, apart from what was said.
    Note(String),
    /// A numbered list whose entries may run over several lines.
    Numbered(Vec<NumberedEntry>),
    /// A statement with its source.
    Statement(StatementBlock),
    /// A table with a head.
    Table {
        /// The columns' names.
        head: Vec<String>,
        /// The rows, each as long as the head.
        rows: Vec<Vec<String>>,
    },
}

/// An entry of a numbered list.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberedEntry {
    /// The number as printed, without its full stop.
    pub number: String,
    /// The lines; the first stands after the number.
    pub lines: Vec<String>,
}

/// A statement as the document shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementBlock {
    /// Its stable name.
    pub id: StatementId,
    /// When its source starts.
    pub at: Timestamp,
    /// The line.
    pub text: String,
    /// Sentences that stand beneath it, one per line.
    pub shown: Vec<Material>,
    /// Sentences that are folded away into one line.
    pub folded: Vec<Material>,
    /// The word before the folded ones.
    pub folded_label: String,
}
