//! Whose texts are merged, and how.

use referat_core::language::words::Words;

/// Who wrote the text that hers is merged with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherWriter {
    /// The machine: what she deleted stays deleted, whatever the machine makes of it.
    Machine,
    /// A person, in another window or a text editor: nothing that either wrote is left out.
    Person,
}

/// How texts are merged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merging<'v> {
    /// Who wrote the other text.
    pub(super) other: OtherWriter,
    /// The words: that before a proposal is one of them.
    pub(super) language: Words<'v>,
}
