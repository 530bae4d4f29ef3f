//! A unit of merging: a heading, a paragraph, an entry of a list or a statement of a referat.
//!
//! A unit keeps the very lines that it was read from, so that nothing a human wrote can be lost
//! on the way; `reading` makes units of a text, `writing` makes the text of them again.

use crate::domain::referat::StatementId;

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
    /// The machine's last draft.
    Base,
    /// The referent's text.
    Ours,
    /// The machine's new draft.
    Theirs,
}

/// What a unit is, as its first line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of so many `#`.
    Heading(u8),
    /// An entry of a list, statements included.
    Entry,
    /// An entry of a numbered list.
    Numbered,
    /// A table, all its rows.
    Table,
    /// Anything else up to the next blank line.
    Paragraph,
    /// A proposal of the machine's that the referent has not settled.
    Proposal,
}

impl Kind {
    /// Returns whether units of this kind follow one another without a blank line.
    pub(super) const fn is_entry(self) -> bool {
        matches!(self, Self::Entry | Self::Numbered)
    }
}

/// A unit of merging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) file: File,
    pub(super) kind: Kind,
    /// The statement's name, where the unit is one.
    pub(super) id: Option<StatementId>,
    /// What stands in the statement's comment, name included: `s-8f3a90c2d1e4 00:12:31`.
    pub(super) mark: String,
    /// The lines, comment left out; list marks and heading marks included.
    pub(super) head: String,
    /// The lines beneath an entry, as they stand.
    pub(super) body: Vec<String>,
    /// The proposal that stands beside it.
    pub(super) proposal: Option<Proposal>,
    /// The text it was read from.
    pub(super) side: Side,
    /// Its place in that text, counted from 0.
    pub(super) place: usize,
    /// Blank lines before it.
    pub(super) gap: usize,
}

/// What the machine would write in a unit's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The unit it is meant for: a statement's name, or `p-` and a hash of her text.
    pub(super) key: String,
    /// The rest of the statement's comment (its time).
    pub(super) rest: String,
    /// The proposed lines, list marks left out for a statement.
    pub(super) text: String,
}

impl Unit {
    /// Returns the head with every run of white space as one space: what is compared.
    pub(super) fn words(&self) -> String {
        words(&self.head)
    }

    /// Returns the head without its list mark: what a statement proposes.
    pub(super) fn line(&self) -> &str {
        match (&self.id, self.kind) {
            (Some(_), Kind::Entry) => self.head.get(2..).unwrap_or_default().trim_start(),
            _ => &self.head,
        }
    }

    /// Returns the key that a proposal for this unit bears.
    pub(super) fn key(&self) -> String {
        match &self.id {
            Some(id) => id.0.clone(),
            None => format!("p-{}", short_hash(&self.words())),
        }
    }

    /// Makes a unit of its own of a proposal whose other side was deleted: that settled it.
    pub(super) fn accepted(self) -> Self {
        let Some(proposal) = self.proposal else { return self };
        let mark = format!("{} {}", proposal.key, proposal.rest.trim());
        if proposal.key.starts_with("s-") {
            return Self {
                kind: Kind::Entry,
                head: format!("- {}", proposal.text),
                id: Some(StatementId(proposal.key)),
                mark: mark.trim().to_owned(),
                proposal: None,
                ..self
            };
        }
        let kind = kind(&proposal.text);
        Self { kind, head: proposal.text, proposal: None, ..self }
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

/// Returns what a unit that begins with `line` is.
pub(super) fn kind(line: &str) -> Kind {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) && matches!(line.as_bytes().get(marks), None | Some(b' ')) {
        return Kind::Heading(marks as u8);
    }
    if ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) || line == "-" {
        return Kind::Entry;
    }
    if line.starts_with(|first: char| first.is_ascii_digit()) && is_numbered(line) {
        return Kind::Numbered;
    }
    if line.starts_with('|') { Kind::Table } else { Kind::Paragraph }
}

/// Returns whether a line begins with a number of up to eight characters and its mark.
fn is_numbered(line: &str) -> bool {
    line.split_once(' ').is_some_and(|(number, _)| {
        let number = number.strip_suffix(['.', ')']).filter(|it| !it.contains(char::is_whitespace));
        number.is_some_and(|it| (1..=8).contains(&it.chars().count()))
    })
}
