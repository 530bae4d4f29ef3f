//! Reads `referat.md`, as the program wrote it and the referent edited it, into blocks.
//!
//! Takes any text; gives pieces, each a block with the bytes it was read from. Every byte of
//! the text belongs to exactly one piece, in order, so that what is not touched can be copied
//! as it stands. Nothing is refused: what is not understood as markup is text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::beneath::{self, Bullet};
use super::inline;
use crate::document::{Block, Document, NumberedEntry, StatementBlock};
use crate::text::{Run, Style, Text};
use referat_core::domain::referat::StatementId;

/// The shortest line, in characters, that is taken for one wrapped by an editor: its end is
/// a space. A shorter line was ended on purpose, as in a list of names.
const WRAPPED: usize = 60;

/// A block and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownPiece {
    /// What was read.
    pub block: Block,
    /// The bytes it was read from, with the blank lines that follow (and, for the first
    /// piece, those before it).
    pub source: Range<usize>,
}

/// Reads a text; an empty one has no pieces.
pub fn read(text: &str) -> Vec<MarkdownPiece> {
    let mut reader = Reader { lines: lines(text), next: 0, pieces: Vec::new() };
    while reader.next < reader.lines.len() {
        reader.step();
    }
    let mut pieces = reader.pieces;
    let starts: Vec<usize> = pieces.iter().skip(1).map(|piece| piece.source.start).collect();
    for (piece, next) in pieces.iter_mut().zip(starts.into_iter().chain([text.len()])) {
        piece.source.end = next;
    }
    if let Some(first) = pieces.first_mut() {
        first.source.start = 0;
    }
    pieces
}

/// Reads a text as a document.
pub fn document(text: &str) -> Document {
    Document { blocks: read(text).into_iter().map(|piece| piece.block).collect() }
}

/// Reads inline Markdown, as a statement's line is written.
pub fn inline(source: &str) -> Text {
    inline::text(&source.replace(['\n', '\r'], " "))
}

/// A line without its end, and where it begins.
struct Line<'a> {
    text: &'a str,
    start: usize,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for whole in text.split_inclusive('\n') {
        lines.push(Line { text: whole.trim_end_matches(['\n', '\r']), start });
        start += whole.len();
    }
    lines
}

fn regex(pattern: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "the patterns are part of the program and tested")]
    Regex::new(pattern).expect("built-in pattern is well formed")
}

static RULE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$"));
static HEADING: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$"));
static BULLET: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\s*)[-*+]\s+(\S.*)$"));
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s{0,3}(\d{1,9}(?:\.\d{1,9}){0,3}[a-zæøå]?)[.)]\s+(\S.*)$"));
static DELIMITER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$"));
static SOURCE: LazyLock<Regex> = LazyLock::new(|| regex(r"^(s-[0-9A-Za-z-]{1,38})(?:\s+(.*))?$"));

struct Reader<'a> {
    lines: Vec<Line<'a>>,
    next: usize,
    pieces: Vec<MarkdownPiece>,
}

impl<'a> Reader<'a> {
    fn line(&self, index: usize) -> Option<&'a str> {
        self.lines.get(index).map(|line| line.text)
    }

    fn push(&mut self, first: usize, block: Block) {
        let start = self.lines.get(first).map_or(0, |line| line.start);
        self.pieces.push(MarkdownPiece { block, source: start..start });
    }

    /// Reads the block that begins on the next line.
    fn step(&mut self) {
        let first = self.next;
        let Some(line) = self.line(first) else { return };
        self.next += 1;
        if line.trim().is_empty() {
            // A text of blank lines alone must belong to a piece too.
            if self.pieces.is_empty() && self.next == self.lines.len() {
                self.push(first, Block::Paragraph(Text::default()));
            }
            return;
        }
        if self.comment(first) {
            return;
        }
        if RULE.is_match(line) {
            return self.push(first, Block::Rule);
        }
        if let Some(found) = HEADING.captures(line) {
            let block = heading(found[1].len(), inline::text(&found[2]));
            return self.push(first, block);
        }
        if line.trim_start().starts_with('|') && self.table(first) {
            return;
        }
        if let Some(found) = BULLET.captures(line) {
            let (indent, text) = (beneath::width(&found[1]), found[2].to_owned());
            return self.bullet(first, indent, text);
        }
        if let Some(found) = NUMBER.captures(line) {
            let (number, text) = (found[1].to_owned(), found[2].to_owned());
            return self.numbered(first, number, text);
        }
        self.paragraph(first, line);
    }

    /// Reads a comment that stands alone, over one or several lines.
    fn comment(&mut self, first: usize) -> bool {
        let opened = self.line(first).and_then(|line| line.trim_start().strip_prefix("<!--"));
        let Some(mut rest) = opened else { return false };
        let mut words = Vec::new();
        let mut at = first;
        loop {
            if let Some(end) = rest.find("-->") {
                if !rest[end + 3..].trim().is_empty() {
                    return false;
                }
                words.push(rest[..end].trim());
                self.next = at + 1;
                self.push(first, Block::Comment(words.join("\n").trim().to_owned()));
                return true;
            }
            words.push(rest.trim());
            at += 1;
            match self.line(at) {
                Some(line) => rest = line,
                None => return false,
            }
        }
    }

    fn table(&mut self, first: usize) -> bool {
        let rule = self.line(first + 1).is_some_and(|line| {
            line.contains('-') && line.contains('|') && DELIMITER.is_match(line)
        });
        if !rule {
            return false;
        }
        let head = self.line(first).map(cells).unwrap_or_default();
        self.next = first + 2;
        let mut rows = Vec::new();
        while let Some(line) = self.line(self.next).filter(|l| l.trim_start().starts_with('|')) {
            rows.push(cells(line));
            self.next += 1;
        }
        self.push(first, Block::Table { head, rows });
        true
    }

    fn bullet(&mut self, first: usize, indent: usize, text: String) {
        let source = self.continued(text);
        let last = self.pieces.last_mut().map(|piece| &mut piece.block);
        if indent >= 2
            && let Some(Block::Statement(statement)) = last
        {
            statement.beneath.push(beneath::read(Bullet { indent, source: &source }));
            return;
        }
        self.push(first, Block::Statement(statement(inline::text(&source))));
    }

    fn numbered(&mut self, first: usize, number: String, text: String) {
        let source = self.continued(text);
        let entry = NumberedEntry { number, lines: inline::text(&source).lines() };
        if let Some(MarkdownPiece { block: Block::Numbered(entries), .. }) = self.pieces.last_mut()
        {
            entries.push(entry);
        } else {
            self.push(first, Block::Numbered(vec![entry]));
        }
    }

    fn paragraph(&mut self, first: usize, line: &str) {
        if whole(line).is_some() && !ends_hard(line) {
            let block = labelled(inline::text(line.trim()));
            return self.push(first, block);
        }
        let source = self.continued(line.trim_start().to_owned());
        self.push(first, labelled(inline::text(&source)));
    }

    /// Takes the lines that carry on what `text` begins.
    fn continued(&mut self, text: String) -> String {
        let mut source = String::new();
        let mut last = text;
        while let Some(line) = self.line(self.next) {
            if begins_block(line) || (whole(line).is_some() && !ends_hard(&last)) {
                break;
            }
            join(&mut source, &last, true);
            last = line.trim_start().to_owned();
            self.next += 1;
        }
        join(&mut source, &last, false);
        source
    }
}

/// Appends a line, and what stands for its end where another follows.
fn join(source: &mut String, line: &str, more: bool) {
    let hard = ends_hard(line);
    let text = if hard { line.strip_suffix('\\').unwrap_or(line) } else { line };
    source.push_str(if more { text.trim_end() } else { line.trim_end() });
    if more {
        source.push(if hard || line.chars().count() < WRAPPED { '\n' } else { ' ' });
    }
}

/// Returns whether a line ends with the mark of a break.
fn ends_hard(line: &str) -> bool {
    line.ends_with("  ") || (line.ends_with('\\') && !line.ends_with("\\\\"))
}

/// Returns whether a line begins a block and so carries on nothing.
fn begins_block(line: &str) -> bool {
    line.trim().is_empty()
        || RULE.is_match(line)
        || HEADING.is_match(line)
        || BULLET.is_match(line)
        || NUMBER.is_match(line)
        || line.trim_start().starts_with(['|', '>'])
        || line.trim_start().starts_with("<!--")
}

/// Returns the line's text when all of it is bold: a label.
fn whole(line: &str) -> Option<Text> {
    let line = line.trim();
    if !line.starts_with("**") && !line.starts_with("__") {
        return None;
    }
    let text = inline::text(line);
    text.all(|style| style.strong).then_some(text)
}

fn heading(marks: usize, text: Text) -> Block {
    let level = u8::try_from(marks.saturating_sub(1).max(1)).unwrap_or(5);
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

/// Takes the name and time of its source out of a bullet's text: they stand in the last
/// comment that names a statement.
fn statement(text: Text) -> StatementBlock {
    let mut runs: Vec<Run> = text.runs().to_vec();
    let names = |run: &Run| run.style.comment && SOURCE.is_match(&run.text);
    let Some(at) = runs.iter().rposition(names) else {
        return StatementBlock { text, ..StatementBlock::default() };
    };
    let source = runs.remove(at);
    let found = SOURCE.captures(&source.text);
    let group = |index| found.as_ref().and_then(|found| found.get(index)).map(|it| it.as_str());
    StatementBlock {
        id: group(1).map(|id| StatementId(id.to_owned())),
        at: group(2).unwrap_or_default().to_owned(),
        text: runs.into(),
        beneath: Vec::new(),
    }
}
