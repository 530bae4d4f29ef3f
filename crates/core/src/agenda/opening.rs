//! The agenda as it stands on a page: which lines open its items, and the columns of its table.

use super::finding::Finding;

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    Number,
    Title,
    Owner,
    Kind,
    Minutes,
    Papers,
    /// Name of a person.
    Name,
    /// Title of a person.
    Office,
    /// Firm of a person.
    Firm,
    Initials,
    Presence,
    #[default]
    Other,
}

/// An item as it stands on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Opening {
    /// Place of its line.
    pub(super) at: usize,
    pub(super) number: String,
    /// What follows the number, gaps kept; empty where the title stands on the next line.
    pub(super) rest: String,
    /// Columns of a table beside the title, with what their heads say.
    pub(super) columns: Vec<(Column, String)>,
    /// Places of the lines that belong to the item.
    pub(super) body: Vec<usize>,
    /// Whether the item is a table's row, so that its title ends with its cell.
    pub(super) row: bool,
}

/// The agenda's place.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) openings: Vec<Opening>,
    /// Lines that head the list or repeat it.
    pub(super) frame: Vec<usize>,
    pub(super) remarks: Vec<Finding>,
}
