//! A text as an editor shows it: its blocks, and after a block the proposals that stand beside it.

use serde::{Deserialize, Serialize};

use referat_core::domain::referat::StatementId;
use referat_core::language::words::{Vocabulary, Words};
use referat_document::document::{Block, Document, StatementBlock};
use referat_document::markdown::read;
use referat_document::markdown::write::markdown;
use referat_document::merge::proposals::{self, Open};

/// A block, or a proposal for the block before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EditorEntry {
    /// What the machine or another writer would have in place of the block before.
    Proposal {
        /// The proposal.
        proposal: Proposed,
    },
    /// A block of the text.
    Block(Block),
}

/// A proposal that is not settled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proposed {
    /// What it is meant for: a statement's name, or `p-` and a hash of the words.
    pub key: String,
    /// The statement's time as shown; empty where it is no statement's.
    #[serde(default)]
    pub rest: String,
    /// The proposed lines as Markdown, without the list mark where it is a statement's.
    pub source: String,
    /// The same as a block, to show and to put in place; not read back.
    #[serde(default, skip_deserializing)]
    pub block: Option<Block>,
}

/// What is shown follows from the rest.
impl PartialEq for Proposed {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, &self.rest, &self.source) == (&other.key, &other.rest, &other.source)
    }
}

impl Eq for Proposed {}

impl Proposed {
    /// Returns the proposal of `source` for what `key` names.
    pub fn new(key: String, rest: String, source: String) -> Self {
        let block = match key.starts_with("s-") {
            true => Some(Block::Statement(StatementBlock {
                id: Some(StatementId(key.clone())),
                at: rest.clone(),
                text: read::inline(&source),
                beneath: Vec::new(),
            })),
            false => read::document(&source).blocks.into_iter().next(),
        };
        Self { key, rest, source, block }
    }
}

/// Reads a text whose labels are those of `words`.
pub fn read(text: &str, words: &Vocabulary) -> Vec<EditorEntry> {
    let (text, open) = proposals::lift(text, words);
    let blocks = read::document_in(words, &text).blocks;
    let mut places: Vec<(usize, Proposed)> = Vec::with_capacity(open.len());
    for one in open {
        let place = read::document_in(words, &one.before).blocks.len();
        places.push((place, Proposed::new(one.key, one.rest, one.source)));
    }
    let mut places = places.into_iter().peekable();
    let mut entries = Vec::with_capacity(blocks.len() + places.len());
    for (index, block) in blocks.into_iter().enumerate() {
        entries.push(EditorEntry::Block(block));
        while let Some((_, proposal)) = places.next_if(|(place, _)| *place <= index + 1) {
            entries.push(EditorEntry::Proposal { proposal });
        }
    }
    entries
}

/// Writes entries as the text; the word before proposals is `language`'s.
pub fn write(entries: &[EditorEntry], language: Words<'_>) -> String {
    let mut document = Document::default();
    let mut open = Vec::new();
    for entry in entries {
        match entry {
            EditorEntry::Block(block) => document.blocks.push(block.clone()),
            EditorEntry::Proposal { proposal } => open.push(Open {
                key: proposal.key.clone(),
                rest: proposal.rest.clone(),
                source: proposal.source.clone(),
                before: markdown(&document),
            }),
        }
    }
    proposals::put_back(&markdown(&document), &open, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "## Referat\n\n1. Velkomst\n2. Status\n\n- Kim tav. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: Kim talte. <!-- forslag s-1a 00:00:01 -->\n  - 00:00:01 Ja\n- B. <!-- s-1b 00:00:09 -->\n\nHendes sted\n";

    #[test]
    fn a_proposal_stands_after_its_block_and_goes_back_there() {
        let entries = read(TEXT, Vocabulary::compiled());
        let EditorEntry::Proposal { proposal } = &entries[3] else { panic!("{entries:#?}") };
        assert_eq!(proposal.source, "Kim talte.");
        assert!(
            matches!(&entries[2], EditorEntry::Block(Block::Statement(it)) if it.beneath.len() == 1)
        );
        assert_eq!(write(&entries, Words::danish()), TEXT);
    }

    #[test]
    fn entries_go_to_an_editor_and_come_back() {
        let entries = read(TEXT, Vocabulary::compiled());
        let json = serde_json::to_string(&entries).unwrap();
        let back: Vec<EditorEntry> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, entries);
        assert!(json.contains(r#"{"proposal":{"key":"s-1a""#), "{json}");
    }
}
