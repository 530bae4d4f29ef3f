//! The agenda: numbered items, their sub-items and presenters.

use serde::{Deserialize, Serialize};

/// The items of a meeting in printed order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Agenda {
    /// The items; empty when a document has no agenda.
    pub items: Vec<AgendaItem>,
}

impl Agenda {
    /// Returns the item at `index`, if there is one.
    pub fn get(&self, index: ItemIndex) -> Option<&AgendaItem> {
        self.items.get(index.0)
    }

    /// Returns the place of the item that is numbered `number`.
    pub fn find(&self, number: &str) -> Option<ItemIndex> {
        self.items.iter().position(|item| item.number == number).map(ItemIndex)
    }
}

/// The place of an item in its agenda, counted from 0 (numbers may have gaps or start at 89).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemIndex(pub usize);

/// One item of the agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AgendaItem {
    /// The number as printed, without its full stop; `1.a` and `89` occur.
    pub number: String,
    /// The title without number and presenter.
    pub title: String,
    /// Full name of the participant who presents it, or the name as printed when nobody fits.
    #[serde(default)]
    pub presenter: Option<String>,
    /// The presenter as printed, mark included: `/v. pd Kim Christiansen`.
    #[serde(default)]
    pub presenter_printed: Option<String>,
    /// Whether the item is dealt with behind closed doors.
    #[serde(default)]
    pub closed: bool,
    /// The parts named under the item.
    #[serde(default)]
    pub sub: Vec<SubItem>,
    /// What is asked of the meeting, as printed: `O`, `B`, `Drøftelse`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Who answers for the item, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// How many minutes are set aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What else is printed with the item, such as its papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A part of an item, on a line of its own under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SubItem {
    /// The title without presenter.
    pub title: String,
    /// Full name of the participant who presents it.
    #[serde(default)]
    pub presenter: Option<String>,
    /// The presenter as printed, mark included.
    #[serde(default)]
    pub presenter_printed: Option<String>,
}
