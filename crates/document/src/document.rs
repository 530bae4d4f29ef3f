//! A referat as a sequence of blocks, free of any file format.
//!
//! Layout makes one from the machine's draft, the readers of Markdown and DOCX make one from
//! what the referent edited; a renderer only knows how its format writes a block.

use serde::{Deserialize, Serialize};

use super::text::Text;
use referat_core::domain::referat::StatementId;

/// A document: blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// One block of a document. Escaping belongs to the renderer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A heading; 1 is the document's own.
    Heading {
        /// 1 to 5: document or part, item, sub-item; the deeper ones are the referent's.
        level: u8,
        /// Its words.
        text: Text,
        /// Whether it is set in bold beyond its level.
        bold: bool,
    },
    /// A horizontal rule.
    Rule,
    /// A label in bold on a line of its own, colon included where it has one.
    Label(Text),
    /// A paragraph.
    Paragraph(Text),
    /// What the program says about the draft itself, apart from what was said.
    Note(Text),
    /// A numbered list whose entries may run over several lines.
    Numbered(Vec<NumberedEntry>),
    /// A bullet: a statement.
    Statement(StatementBlock),
    /// A table with a head.
    Table {
        /// The columns' names.
        head: Vec<Text>,
        /// The rows; the referent's may be shorter or longer than the head.
        rows: Vec<Vec<Text>>,
    },
    /// A remark of the referent's to herself, which no final document shows.
    Comment(String),
}

/// An entry of a numbered list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedEntry {
    /// The number as printed, without its full stop.
    pub number: String,
    /// The lines; the first stands after the number.
    pub lines: Vec<Text>,
}

/// A statement as the document shows it, with its source; or a bullet of the referent's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementBlock {
    /// Its stable name; none when the referent added the line.
    pub id: Option<StatementId>,
    /// When its source starts, as shown; empty when unknown.
    pub at: String,
    /// The line.
    pub text: Text,
    /// What stands beneath it, one line each.
    pub beneath: Vec<Beneath>,
}

/// A line beneath a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Beneath {
    /// A sentence of the speaker's, as material for the referent.
    Said(Said),
    /// Further sentences, folded into one line.
    More {
        /// The word before them.
        label: String,
        /// The sentences; never empty.
        said: Vec<Said>,
    },
    /// A bullet of the referent's own.
    Point {
        /// How deep it stands: 1 is directly beneath the statement.
        depth: u8,
        /// Its words.
        text: Text,
    },
}

/// A sentence with the time it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The time as `referat.md` has it, `hh:mm:ss`.
    pub at: String,
    /// The sentence.
    pub text: Text,
}

/// Returns a time of `referat.md` as a page shows it: `0:47` of `00:00:47`.
pub fn short_time(at: &str) -> &str {
    let at = at.strip_prefix("00:").unwrap_or(at);
    let less = at.strip_prefix('0');
    less.filter(|rest| rest.starts_with(|it: char| it.is_ascii_digit())).unwrap_or(at)
}

/// Returns the time that a page shows as `shown`, as `referat.md` has it.
pub fn whole_time(shown: &str) -> String {
    let parts: Vec<&str> = shown.split(':').collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    match parts.as_slice() {
        [minutes, seconds] if parts.iter().all(number) => format!("00:{minutes:0>2}:{seconds:0>2}"),
        [hours, minutes, seconds] if parts.iter().all(number) => {
            format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}")
        }
        _ => shown.to_owned(),
    }
}

impl Document {
    /// Returns the document without the notes of these words.
    pub fn without_notes(mut self, words: &[&str]) -> Self {
        self.blocks.retain(|block| match block {
            Block::Note(text) => !words.contains(&text.plain().as_str()),
            _ => true,
        });
        self
    }

    /// Returns the document as it is sent: without times, material and the referent's comments.
    pub fn without_sources(&self) -> Self {
        let blocks = self.blocks.iter().filter_map(|block| {
            Some(match block {
                Block::Comment(_) => return None,
                Block::Heading { level, text, bold } => {
                    Block::Heading { level: *level, text: text.without_comments(), bold: *bold }
                }
                Block::Rule => Block::Rule,
                Block::Label(text) => Block::Label(text.without_comments()),
                Block::Paragraph(text) => Block::Paragraph(text.without_comments()),
                Block::Note(text) => Block::Note(text.without_comments()),
                Block::Numbered(entries) => {
                    Block::Numbered(entries.iter().map(NumberedEntry::without_comments).collect())
                }
                Block::Statement(statement) => Block::Statement(statement.without_sources()),
                Block::Table { head, rows } => Block::Table {
                    head: head.iter().map(Text::without_comments).collect(),
                    rows: rows
                        .iter()
                        .map(|row| row.iter().map(Text::without_comments).collect())
                        .collect(),
                },
            })
        });
        let empty = |block: &Block| match block {
            Block::Heading { text, .. }
            | Block::Label(text)
            | Block::Paragraph(text)
            | Block::Note(text) => text.is_empty(),
            Block::Statement(statement) => {
                statement.text.is_empty() && statement.beneath.is_empty()
            }
            _ => false,
        };
        Self { blocks: blocks.filter(|block| !empty(block)).collect() }
    }

    /// Returns the document without the names of its statements, as it is sent as text.
    #[must_use]
    pub fn without_ids(mut self) -> Self {
        for block in &mut self.blocks {
            if let Block::Statement(statement) = block {
                statement.id = None;
            }
        }
        self
    }

    /// Writes the blocks one after the other, a blank line between two that do not stand
    /// `together`.
    pub(crate) fn written(
        &self,
        together: impl Fn(&Block, &Block) -> bool,
        write: impl Fn(&mut String, &Block),
    ) -> String {
        let mut out = String::new();
        let mut before: Option<&Block> = None;
        for block in &self.blocks {
            if before.is_some_and(|before| !together(before, block)) {
                out.push('\n');
            }
            write(&mut out, block);
            before = Some(block);
        }
        out
    }

    /// Returns the document's title: its first heading's words.
    pub fn title(&self) -> Option<String> {
        self.blocks.iter().find_map(|block| match block {
            Block::Heading { text, .. } => Some(text.plain()),
            _ => None,
        })
    }
}

impl NumberedEntry {
    fn without_comments(&self) -> Self {
        Self {
            number: self.number.clone(),
            lines: self.lines.iter().map(Text::without_comments).collect(),
        }
    }
}

impl StatementBlock {
    fn without_sources(&self) -> Self {
        let points = self.beneath.iter().filter_map(|line| match line {
            Beneath::Point { depth, text } => {
                let text = text.without_comments();
                (!text.is_empty()).then_some(Beneath::Point { depth: *depth, text })
            }
            Beneath::Said(_) | Beneath::More { .. } => None,
        });
        Self {
            id: self.id.clone(),
            at: String::new(),
            text: self.text.without_comments(),
            beneath: points.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_shown_short_and_read_back_whole() {
        for (at, shown) in [
            ("00:00:07", "0:07"),
            ("00:12:30", "12:30"),
            ("01:02:03", "1:02:03"),
            ("100:00:00", "100:00:00"),
        ] {
            assert_eq!(super::short_time(at), shown);
            assert_eq!(super::whole_time(shown), at);
        }
    }

    use super::*;

    #[test]
    fn what_is_sent_has_no_times_material_or_comments() {
        let said = Said { at: "00:01:02".into(), text: "Sagt".into() };
        let statement = StatementBlock {
            id: Some(StatementId("s-1".into())),
            at: "00:01:00".into(),
            text: "A".into(),
            beneath: vec![
                Beneath::Said(said.clone()),
                Beneath::More { label: "Øvrigt:".into(), said: vec![said] },
                Beneath::Point { depth: 1, text: "B".into() },
            ],
        };
        let blocks = vec![Block::Comment("husk".into()), Block::Statement(statement)];
        let sent = Document { blocks }.without_sources();
        let [Block::Statement(left)] = sent.blocks.as_slice() else { panic!("{sent:?}") };
        assert_eq!(left.id, Some(StatementId("s-1".into())));
        assert_eq!(left.beneath, [Beneath::Point { depth: 1, text: "B".into() }]);
        assert!(left.at.is_empty());
    }
}
