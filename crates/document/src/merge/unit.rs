//! A unit of merging: a heading, a paragraph, an entry of a list or a statement of a referat, and
//! whose text it stands in.

use crate::markdown::quoted::QuotedProposal;
use crate::markdown::units::{self, MarkdownUnit, UnitKind};
use referat_core::domain::referat::StatementId;
use referat_core::language::headings::Headings;
use referat_core::language::words::{Vocabulary, Words};

/// Which of a meeting's two texts a unit stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum File {
    /// `referat.md`.
    Open,
    /// `referat-lukket.md`.
    Closed,
}

/// Whose text a unit was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What both others go out from: the machine's last draft.
    Base,
    /// The referent's text.
    Ours,
    /// The machine's new draft, or another writer's text.
    Theirs,
}

/// A unit of merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) file: File,
    /// The text it was read from.
    pub(super) side: Side,
    /// Its place in that text, counted from 0.
    pub(super) place: usize,
    /// What stands there.
    pub(super) text: MarkdownUnit,
}

/// Returns the units of a text. By which words its labels are known does not matter to who writes
/// them back as they stood.
pub(super) fn read(text: &str, file: File, side: Side) -> Vec<Unit> {
    read_in(Vocabulary::compiled(), text, file, side)
}

/// Returns the units of a text whose labels are those of `vocabulary`.
pub(super) fn read_in(vocabulary: &Vocabulary, text: &str, file: File, side: Side) -> Vec<Unit> {
    let units = units::read(text, vocabulary).into_iter().enumerate();
    units.map(|(place, text)| Unit { file, side, place, text }).collect()
}

/// Returns a proposal for what `key` names, after the word for one in `language`.
pub(super) fn proposed(
    key: String,
    rest: String,
    text: String,
    language: Words<'_>,
) -> QuotedProposal {
    let label = Headings::of(language).proposal.clone();
    QuotedProposal { key, rest, label, text }
}

impl Unit {
    /// Returns the head with every run of white space as one space: what is compared.
    pub(super) fn words(&self) -> String {
        words(&self.text.head)
    }

    /// Returns the head without its list mark: what a statement proposes.
    pub(super) fn line(&self) -> &str {
        match (&self.text.id, self.text.kind) {
            (Some(_), UnitKind::Entry) => self.text.head.get(2..).unwrap_or_default().trim_start(),
            _ => &self.text.head,
        }
    }

    /// Returns the key that a proposal for this unit bears.
    pub(super) fn key(&self) -> String {
        match &self.text.id {
            Some(id) => id.0.clone(),
            None => format!("p-{}", short_hash(&self.words())),
        }
    }

    /// Returns it with other words, no longer a statement and with nothing beneath or beside it.
    pub(super) fn bare(&self, kind: UnitKind, head: String) -> Self {
        let text = MarkdownUnit {
            kind,
            head,
            gap: self.text.gap,
            id: None,
            mark: String::new(),
            body: Vec::new(),
            proposal: None,
        };
        Self { text, ..self.clone() }
    }

    /// Makes a unit of its own of a proposal whose other side was deleted: that settled it.
    pub(super) fn accepted(mut self) -> Self {
        let Some(QuotedProposal { key, rest, text, .. }) = self.text.proposal.take() else {
            return self;
        };
        if key.starts_with("s-") {
            self.text.kind = UnitKind::Entry;
            self.text.head = format!("- {text}");
            self.text.mark = format!("{key} {}", rest.trim()).trim().to_owned();
            self.text.id = Some(StatementId(key));
            return self;
        }
        self.text.kind = UnitKind::of(&text);
        self.text.head = text;
        self
    }
}

/// Returns `text` with every run of white space as one space.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns eight hexadecimal digits that tell texts of one document apart (FNV-1a).
fn short_hash(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}
