//! Reads `referat.md`, as the program wrote it and the referent edited it, into blocks.
//!
//! Takes any text; gives blocks. Nothing is refused: what is not understood as markup is text.

use super::lines::{LineStart, joined};
use super::quoted::QuotedProposal;
use super::units::{self, MarkdownUnit, UnitKind};
use super::{beneath, inline};
use crate::document::{Block, Document, NumberedEntry, StatementBlock};
use crate::text::{Style, Text};
use referat_core::language::words::Vocabulary;

/// Reads a text as a document by the words that are compiled in.
pub fn document(text: &str) -> Document {
    document_in(Vocabulary::compiled(), text)
}

/// Reads a text as a document: the labels in it are those of `vocabulary`.
pub fn document_in(vocabulary: &Vocabulary, text: &str) -> Document {
    let mut blocks = Blocks(Vec::new(), vocabulary);
    units::read(text, vocabulary).iter().for_each(|unit| blocks.unit(unit));
    Document { blocks: blocks.0 }
}

/// Reads inline Markdown, as a statement's line is written.
pub fn inline(source: &str) -> Text {
    inline::text(&source.replace(['\n', '\r'], " "))
}

struct Blocks<'v>(Vec<Block>, &'v Vocabulary);

impl Blocks<'_> {
    fn unit(&mut self, unit: &MarkdownUnit) {
        match unit.kind {
            UnitKind::Heading(_) => {
                if let LineStart::Heading(marks, words) = LineStart::of(&unit.head) {
                    self.0.push(heading(marks, inline::text(words)));
                }
            }
            UnitKind::Rule => self.0.push(Block::Rule),
            UnitKind::Comment => self.0.push(comment(&unit.head)),
            UnitKind::Table => {
                let mut rows = unit.head.lines();
                let head = rows.next().map(cells).unwrap_or_default();
                self.0.push(Block::Table { head, rows: rows.skip(1).map(cells).collect() });
            }
            UnitKind::Entry => self.0.push(Block::Statement(statement(unit))),
            UnitKind::Numbered => self.numbered(unit),
            UnitKind::Paragraph => self.paragraphs(&unit.head),
            UnitKind::Proposal => {}
        }
        self.beneath(&unit.body);
        // To whom it is no proposal it is a quote beside the text.
        if let Some(proposal) = &unit.proposal {
            self.proposal(proposal);
        }
    }

    fn numbered(&mut self, unit: &MarkdownUnit) {
        let (first, rest) = unit.head.split_once('\n').unwrap_or((&unit.head, ""));
        let LineStart::Number(number, words) = LineStart::of(first) else { return };
        let source = joined(std::iter::once(words).chain(rest.lines()));
        let entry =
            NumberedEntry { number: number.to_owned(), lines: inline::text(&source).lines() };
        match self.0.last_mut() {
            Some(Block::Numbered(entries)) => entries.push(entry),
            _ => self.0.push(Block::Numbered(vec![entry])),
        }
    }

    /// Adds a paragraph; each line of a quote is one.
    fn paragraphs(&mut self, head: &str) {
        let mut lines: Vec<&str> = Vec::new();
        for line in head.lines() {
            if !lines.is_empty() && LineStart::of(line) == LineStart::Quote {
                self.0.push(labelled(inline::text(&joined(std::mem::take(&mut lines)))));
            }
            lines.push(line);
        }
        self.0.push(labelled(inline::text(&joined(lines))));
    }

    /// Adds what stands beneath an entry: to a statement, else as what it is by itself.
    fn beneath(&mut self, body: &[String]) {
        let mut lines = body.iter().map(String::as_str).peekable();
        while let Some(first) = lines.next() {
            if first.trim().is_empty() {
                continue;
            }
            let mut whole = vec![first];
            while let Some(line) = lines.next_if(|line| LineStart::of(line) == LineStart::Words) {
                whole.push(line);
            }
            let whole = whole.join("\n");
            let (indent, source) = match LineStart::of(first) {
                LineStart::Bullet(indent, _) => (indent, after_bullet(&whole)),
                _ => (2, joined(whole.trim_start().trim_start_matches('>').lines())),
            };
            match (self.0.last_mut(), LineStart::of(first)) {
                (Some(Block::Statement(statement)), _) => {
                    statement.beneath.push(beneath::read(indent, &source, self.1));
                }
                (_, LineStart::Bullet(..)) => {
                    let text = inline::text(&source);
                    self.0.push(Block::Statement(StatementBlock { text, ..<_>::default() }));
                }
                _ => self.paragraphs(&whole),
            }
        }
    }

    fn proposal(&mut self, proposal: &QuotedProposal) {
        let mut quote = String::new();
        proposal.write(&mut quote, "");
        self.paragraphs(quote.trim_end());
    }
}

/// Returns what follows the bullet of an entry, line breaks as line feeds.
fn after_bullet(head: &str) -> String {
    let words = head.trim_start().strip_prefix(['-', '*', '+']).unwrap_or_default();
    joined(words.trim_start_matches([' ', '\t']).split('\n'))
}

fn comment(head: &str) -> Block {
    let inner = head.trim().trim_start_matches("<!--");
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let lines: Vec<&str> = inner.lines().map(str::trim).collect();
    Block::Comment(lines.join("\n").trim().to_owned())
}

fn heading(marks: u8, text: Text) -> Block {
    let level = marks.saturating_sub(1).max(1);
    let bold = text.all(|style| style.strong);
    let text = if bold { text.restyled(|style| Style { strong: false, ..style }) } else { text };
    Block::Heading { level, text, bold }
}

/// Returns a paragraph, or what one that is all bold or all in italics stands for.
fn labelled(text: Text) -> Block {
    let one_line = text.lines().len() == 1;
    if one_line && text.all(|style| style.strong) {
        return Block::Label(text.restyled(|style| Style { strong: false, ..style }));
    }
    if one_line && text.all(|style| style.emphasis) {
        return Block::Note(text.restyled(|style| Style { emphasis: false, ..style }));
    }
    Block::Paragraph(text)
}

/// Returns the cells of a table's row; `\|` is a bar within one.
fn cells(line: &str) -> Vec<Text> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        let mut piece = &rest[..taken];
        match letter {
            '|' => {
                if rest.len() > 1 {
                    cells.push(String::new());
                }
                piece = "";
            }
            '\\' => {
                taken += rest[taken..].chars().next().map_or(0, char::len_utf8);
                piece = &rest[..taken];
            }
            '<' if rest.starts_with("<!--") => {
                taken = rest.find("-->").map_or(taken, |end| end + 3);
                piece = &rest[..taken];
            }
            '<' if rest.starts_with("<br>") => (taken, piece) = (4, "\n"),
            _ => {}
        }
        if let Some(cell) = cells.last_mut() {
            cell.push_str(piece);
        }
        rest = &rest[taken..];
    }
    cells.iter().map(|cell| inline::text(cell)).collect()
}

/// Returns an entry as a statement: its comment names it and tells its time.
fn statement(unit: &MarkdownUnit) -> StatementBlock {
    let at = unit.mark.split_once(' ').map_or("", |(_, at)| at);
    StatementBlock {
        id: unit.id.clone(),
        at: at.to_owned(),
        text: inline::text(&after_bullet(&unit.head)),
        beneath: Vec::new(),
    }
}
