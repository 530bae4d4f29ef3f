//! Paragraphs and tables become blocks, by their styles and lists.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::styles::{Level, Role, Styles};
use crate::document::{Beneath, Block, Document, NumberedEntry, Said, StatementBlock};
use crate::text::{Run, Style, Text};
use referat_core::domain::referat::StatementId;

/// A paragraph as it was read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Id of its style.
    pub(super) style: String,
    /// Its list, where it names one; `0` takes it out of its style's.
    pub(super) list: Option<String>,
    /// Its level in the list.
    pub(super) level: Option<u8>,
    /// What it consists of.
    pub(super) pieces: Vec<RunPiece>,
    /// The statements whose bookmarks begin in it.
    pub(super) ids: Vec<StatementId>,
    /// Whether its end was deleted, so that the next one carries it on.
    pub(super) mark_deleted: bool,
}

/// A run of a paragraph.
#[derive(Debug)]
pub(super) struct RunPiece {
    /// The words.
    pub(super) run: Run,
    /// Whether they tell the time of a source.
    pub(super) source: bool,
}

/// The blocks so far.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The file's styles and lists.
    pub(super) styles: Styles,
    blocks: Vec<Block>,
    counts: HashMap<(String, u8), u32>,
    begun: HashSet<(String, u8)>,
    last_list: Option<String>,
}

static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the pattern is part of the program and tested")]
    Regex::new(r"^\s*(\w+(?:\.\w+)*)[.)](?:\s+|$)").expect("built-in pattern is well formed")
});

impl Blocks {
    /// Returns no blocks, with the styles of a file.
    pub(super) fn new(styles: Styles) -> Self {
        Self { styles, ..Self::default() }
    }

    /// Returns the document.
    pub(super) fn finish(self) -> Document {
        Document { blocks: self.blocks }
    }

    /// Adds a table; its first row is its head.
    pub(super) fn table(&mut self, rows: Vec<Vec<Text>>) {
        let mut rows = rows.into_iter();
        if let Some(head) = rows.next() {
            self.blocks.push(Block::Table { head, rows: rows.collect() });
        }
    }

    /// Adds a paragraph; one without words is a rule or nothing.
    pub(super) fn paragraph(&mut self, paragraph: Paragraph) {
        let role = self.styles.role(&paragraph.style);
        let (shown, sources): (Vec<&RunPiece>, Vec<&RunPiece>) =
            paragraph.pieces.iter().partition(|piece| !piece.source);
        let text = Text::from(shown.iter().map(|piece| piece.run.clone()).collect::<Vec<_>>());
        let at = sources.first().map(|piece| time(&piece.run.text)).unwrap_or_default();
        if role == Role::Rule && text.is_empty() {
            return self.blocks.push(Block::Rule);
        }
        if text.is_empty() && (role != Role::Material || sources.is_empty()) {
            return;
        }
        match role {
            Role::Heading(level) => {
                let bold = text.all(|style| style.strong);
                let text = match bold {
                    true => text.restyled(|style| Style { strong: false, ..style }),
                    false => text,
                };
                return self.blocks.push(Block::Heading { level, text, bold });
            }
            Role::Label => {
                let text = text.restyled(|style| Style { strong: false, ..style });
                return self.blocks.push(Block::Label(text));
            }
            Role::Note => {
                let text = text.restyled(|style| Style { emphasis: false, ..style });
                return self.blocks.push(Block::Note(text));
            }
            Role::Material => return self.material(&paragraph),
            Role::Comment => {
                let words: Vec<&str> =
                    paragraph.pieces.iter().map(|piece| piece.run.text.as_str()).collect();
                return self.blocks.push(Block::Comment(words.concat().trim().to_owned()));
            }
            _ => {}
        }
        let list = match &paragraph.list {
            Some(id) if id == "0" => None,
            Some(id) => Some((id.clone(), paragraph.level.unwrap_or(0))),
            None => {
                let own = self.styles.list(&paragraph.style);
                own.map(|(id, level)| (id, paragraph.level.unwrap_or(level)))
            }
        };
        let level = list.as_ref().and_then(|(id, level)| self.styles.level(id, *level));
        match (role, list, level) {
            (_, Some((_, depth)), Some(level)) if level.bullet => {
                self.bullet(depth, paragraph.ids, at, text);
            }
            (_, Some((id, depth)), Some(level)) => self.numbered(&id, depth, level, &text),
            (Role::Bullet(depth), ..) => self.bullet(depth, paragraph.ids, at, text),
            (Role::Number, ..) => self.printed(text),
            _ if !paragraph.ids.is_empty() => self.bullet(0, paragraph.ids, at, text),
            _ => self.plain(text),
        }
    }

    fn bullet(&mut self, depth: u8, ids: Vec<StatementId>, at: String, text: Text) {
        let id = ids.into_iter().next();
        if depth > 0
            && id.is_none()
            && let Some(Block::Statement(statement)) = self.blocks.last_mut()
        {
            statement.beneath.push(Beneath::Point { depth, text });
            return;
        }
        self.blocks.push(Block::Statement(StatementBlock { id, at, text, beneath: Vec::new() }));
    }

    /// Adds an entry whose number the list counts: lists of one definition count together,
    /// until one of them begins anew.
    fn numbered(&mut self, list: &str, depth: u8, level: Level, text: &Text) {
        let definition = self.styles.definition(list).to_owned();
        let first = self.begun.insert((list.to_owned(), depth));
        let key = (definition.clone(), depth);
        let before = level.start.saturating_sub(1);
        let anew = first && level.anew;
        let count = self.counts.entry(key).or_insert(before);
        *count = if anew { level.start } else { count.saturating_add(1) };
        let number = count.to_string();
        // What is deeper begins again, and its number stands after those above it.
        self.counts.retain(|(known, level), _| *known != definition || *level <= depth);
        let above = (0..depth).filter_map(|level| self.counts.get(&(definition.clone(), level)));
        let parts = above.map(u32::to_string).chain([number]).collect::<Vec<_>>();
        let entry = NumberedEntry { number: parts.join("."), lines: text.lines() };
        let same = self.last_list.as_ref() == Some(&definition) && !anew;
        self.last_list = Some(definition);
        match self.blocks.last_mut() {
            Some(Block::Numbered(entries)) if same => entries.push(entry),
            _ => self.blocks.push(Block::Numbered(vec![entry])),
        }
    }

    /// Adds an entry whose number is part of its text.
    fn printed(&mut self, text: Text) {
        let words = text.plain();
        let Some(found) = PRINTED.captures(&words) else { return self.plain(text) };
        let entry = NumberedEntry {
            number: found[1].to_owned(),
            lines: without_start(&text, found[0].chars().count()).lines(),
        };
        let same = self.last_list.as_deref() == Some("");
        self.last_list = Some(String::new());
        match self.blocks.last_mut() {
            Some(Block::Numbered(entries)) if same => entries.push(entry),
            _ => self.blocks.push(Block::Numbered(vec![entry])),
        }
    }

    /// Adds a paragraph, or the label or note that one all in bold or in italics is.
    fn plain(&mut self, text: Text) {
        let one_line = text.lines().len() == 1;
        let block = if one_line && text.all(|style| style.strong) {
            Block::Label(text.restyled(|style| Style { strong: false, ..style }))
        } else if one_line && text.all(|style| style.emphasis) {
            Block::Note(text.restyled(|style| Style { emphasis: false, ..style }))
        } else {
            Block::Paragraph(text)
        };
        self.blocks.push(block);
    }

    /// Adds the sentences that stand beneath a statement: each begins with its time.
    fn material(&mut self, paragraph: &Paragraph) {
        let mut label = Vec::new();
        let mut said: Vec<(String, Vec<Run>)> = Vec::new();
        for RunPiece { run, source } in &paragraph.pieces {
            match said.last_mut() {
                _ if *source && !time(&run.text).is_empty() => {
                    said.push((time(&run.text), Vec::new()));
                }
                Some((_, runs)) => runs.push(run.clone()),
                None => label.push(run.clone()),
            }
        }
        let label = Text::from(label);
        let mut said: Vec<Said> =
            said.into_iter().map(|(at, runs)| Said { at, text: runs.into() }).collect();
        let line = match (label.is_empty(), said.len()) {
            (false, 0) => Beneath::Point { depth: 1, text: label },
            (true, 1) => Beneath::Said(said.remove(0)),
            _ => Beneath::More { label: label.plain(), said },
        };
        match self.blocks.last_mut() {
            Some(Block::Statement(statement)) => statement.beneath.push(line),
            _ => {
                let beneath = vec![line];
                self.blocks.push(Block::Statement(StatementBlock { beneath, ..<_>::default() }));
            }
        }
    }
}

/// Returns a time without the brackets it is shown in.
fn time(shown: &str) -> String {
    shown.trim_matches(|c: char| c.is_whitespace() || c == '[' || c == ']').to_owned()
}

/// Returns the text without its first `count` characters.
fn without_start(text: &Text, mut count: usize) -> Text {
    let mut runs = Vec::new();
    for run in text.runs() {
        let length = run.text.chars().count();
        let cut = if run.style.comment { 0 } else { count.min(length) };
        count -= cut;
        runs.push(Run { text: run.text.chars().skip(cut).collect(), ..run.clone() });
    }
    runs.into()
}
