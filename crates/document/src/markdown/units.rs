//! A text divided into units: a heading, a paragraph, a table, an entry of a list with what stands
//! beneath it. A unit keeps the very lines that it was read from, so that nothing a human wrote
//! can be lost on the way: written again, the units give the same text.

use std::sync::LazyLock;

use referat_core::language::words::Vocabulary;
use regex::Regex;

use super::lines::{self, LineStart, carries_on};
use super::quoted::{self, QuotedProposal};
use referat_core::domain::referat::StatementId;
use referat_core::language::pattern::regex;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A heading of so many `#`.
    Heading(u8),
    /// A horizontal rule.
    Rule,
    /// An entry of a list, statements included.
    Entry,
    /// An entry of a numbered list.
    Numbered,
    /// A table, all its rows.
    Table,
    /// A comment that stands alone.
    Comment,
    /// Anything else up to the next blank line.
    Paragraph,
    /// A proposal of the machine's that the referent has not settled, beside no entry.
    Proposal,
}

impl UnitKind {
    /// Returns what a unit that begins with `line` is.
    pub(crate) fn of(text: &str) -> Self {
        read(text, Vocabulary::compiled()).first().map_or(Self::Paragraph, |unit| unit.kind)
    }

    /// Returns whether units of this kind follow one another without a blank line.
    pub(crate) const fn is_entry(self) -> bool {
        matches!(self, Self::Entry | Self::Numbered)
    }
}

/// A unit of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkdownUnit {
    /// What it is.
    pub(crate) kind: UnitKind,
    /// Blank lines before it.
    pub(crate) gap: usize,
    /// The statement's name, where the unit is one.
    pub(crate) id: Option<StatementId>,
    /// What stands in the statement's comment, name included: `s-8f3a90c2d1e4 00:12:31`.
    pub(crate) mark: String,
    /// The lines, that comment left out; list marks and heading marks included. Of a proposal
    /// the white space before it.
    pub(crate) head: String,
    /// The lines beneath an entry, as they stand.
    pub(crate) body: Vec<String>,
    /// The proposal that stands beside it.
    pub(crate) proposal: Option<QuotedProposal>,
}

static MARK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[ \t]*<!--\s*((s-[0-9A-Za-z-]{1,38})(?:\s[^>]*?)?)\s*-->"));

/// Reads a text; a text of blank lines has no units.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Vec<MarkdownUnit> {
    let lines = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    let mut reader = Reader { lines, vocabulary, next: 0, gap: 0, units: Vec::new() };
    while reader.next < reader.lines.len() {
        reader.step();
    }
    reader.units
}

struct Reader<'a> {
    lines: Vec<&'a str>,
    vocabulary: &'a Vocabulary,
    next: usize,
    /// Blank lines since the last unit.
    gap: usize,
    units: Vec<MarkdownUnit>,
}

impl<'a> Reader<'a> {
    /// Reads the unit that begins on the next line.
    fn step(&mut self) {
        let (first, line) = (self.next, self.lines[self.next]);
        if line.trim().is_empty() {
            (self.next, self.gap) = (first + 1, self.gap + 1);
            return;
        }
        if self.beneath(first) {
            return;
        }
        if let Some((proposal, taken)) = quoted::proposal(&self.lines[first..], self.vocabulary) {
            self.next += taken;
            let space = &line[..line.len() - line.trim_start().len()];
            let unit = self.unit(UnitKind::Proposal, space.to_owned());
            return self.units.push(MarkdownUnit { proposal: Some(proposal), ..unit });
        }
        let (kind, end) = self.extent(first);
        let head = self.lines[first..end].join("\n");
        self.next = end;
        let mut unit = self.unit(kind, head);
        if kind == UnitKind::Entry {
            take_mark(&mut unit);
        }
        self.units.push(unit);
    }

    fn unit(&mut self, kind: UnitKind, head: String) -> MarkdownUnit {
        let gap = std::mem::take(&mut self.gap);
        let (mark, body) = (String::new(), Vec::new());
        MarkdownUnit { kind, gap, id: None, mark, head, body, proposal: None }
    }

    /// Returns what begins on a line, and the line after it.
    fn extent(&self, first: usize) -> (UnitKind, usize) {
        match LineStart::of(self.lines[first]) {
            LineStart::Rule => (UnitKind::Rule, first + 1),
            LineStart::Heading(level, _) => (UnitKind::Heading(level), first + 1),
            LineStart::Comment => match self.comment(first) {
                Some(end) => (UnitKind::Comment, end),
                None => (UnitKind::Paragraph, self.carried_on(first)),
            },
            LineStart::Row => match self.table(first) {
                Some(end) => (UnitKind::Table, end),
                None => (UnitKind::Paragraph, self.carried_on(first)),
            },
            LineStart::Bullet(..) => (UnitKind::Entry, self.carried_on(first)),
            LineStart::Number(..) => (UnitKind::Numbered, self.carried_on(first)),
            LineStart::Quote => (UnitKind::Paragraph, self.quote(first)),
            LineStart::Blank | LineStart::Words => {
                let line = self.lines[first];
                let label = lines::whole(line).is_some() && !lines::ends_hard(line);
                let end = if label { first + 1 } else { self.carried_on(first) };
                (UnitKind::Paragraph, end)
            }
        }
    }

    /// Returns the line after those that carry on what begins on `first`.
    fn carried_on(&self, first: usize) -> usize {
        let mut end = first + 1;
        let entry = matches!(LineStart::of(self.lines[first]), LineStart::Bullet(..));
        while let Some(line) = self.lines.get(end) {
            // A statement's comment ends it, but for lines that are set under it.
            let ended = entry && MARK.is_match(self.lines[end - 1]) && !is_indented(line);
            if ended || !carries_on(self.lines[end - 1], line) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Returns the line after a comment that stands alone, over one or several lines.
    fn comment(&self, first: usize) -> Option<usize> {
        let mut rest = self.lines[first].trim_start().strip_prefix("<!--")?;
        let mut at = first;
        loop {
            if let Some(end) = rest.find("-->") {
                return rest[end + 3..].trim().is_empty().then_some(at + 1);
            }
            at += 1;
            rest = self.lines.get(at)?;
        }
    }

    fn table(&self, first: usize) -> Option<usize> {
        let rule = self.lines.get(first + 1)?;
        if !lines::is_delimiter(rule) {
            return None;
        }
        let is_row = |line: &&&str| line.trim_start().starts_with('|');
        Some(first + 2 + self.lines[first + 2..].iter().take_while(is_row).count())
    }

    /// Returns the line after a quote; a proposal does not belong to it.
    fn quote(&self, first: usize) -> usize {
        let mut end = self.carried_on(first);
        while self.lines.get(end).is_some_and(|line| {
            !is_indented(line)
                && LineStart::of(line) == LineStart::Quote
                && quoted::proposal(&self.lines[end..], self.vocabulary).is_none()
        }) {
            end = self.carried_on(end);
        }
        end
    }

    /// Takes what begins on `first` beneath the entry before, where it belongs there: a point, a
    /// quote, or the proposal for it.
    fn beneath(&mut self, first: usize) -> bool {
        let line = self.lines[first];
        let Some(last) = self.units.last_mut().filter(|_| is_indented(line)) else { return false };
        // A proposal whose entry was deleted brings the lines beneath that along.
        let lone = last.kind == UnitKind::Proposal && !last.head.is_empty();
        if !last.kind.is_entry() && !lone {
            return false;
        }
        let end = match LineStart::of(line) {
            LineStart::Bullet(2.., _) if last.kind != UnitKind::Numbered => None,
            LineStart::Quote => quoted::proposal(&self.lines[first..], self.vocabulary),
            _ => return false,
        };
        if let Some((proposal, taken)) = end {
            let foreign = lone
                || proposal.key.starts_with("s-")
                    && last.id.as_ref().is_none_or(|id| id.0 != proposal.key);
            if foreign {
                return false;
            }
            if last.proposal.is_none() {
                last.proposal = Some(proposal);
                (self.next, self.gap) = (first + taken, 0);
                return true;
            }
        }
        let end = self.carried_on(first);
        let gap = std::mem::take(&mut self.gap);
        if let Some(last) = self.units.last_mut() {
            last.body.extend(std::iter::repeat_n(String::new(), gap));
            last.body.extend(self.lines[first..end].iter().map(|line| (*line).to_owned()));
        }
        self.next = end;
        true
    }
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// Takes the statement's comment, the last that names one, out of an entry's lines.
fn take_mark(unit: &mut MarkdownUnit) {
    let open = |found: &regex::Captures<'_>| {
        let start = found.get(1).map_or(0, |words| words.start());
        let before = unit.head[..start].trim_end().trim_end_matches("<!--");
        let escapes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
        escapes % 2 == 0
    };
    let Some(found) = MARK.captures_iter(&unit.head).filter(open).last() else { return };
    let words = found[1].split_whitespace().collect::<Vec<_>>().join(" ");
    let id = StatementId(found[2].to_owned());
    let whole = found.get(0).map_or(0..0, |whole| whole.range());
    let mut head = unit.head.clone();
    head.replace_range(whole, "");
    // With the comment at its end instead a line could begin a block of its own.
    let written = format!("{} <!-- {words} -->", head.trim_end());
    let lines: Vec<&str> = written.lines().collect();
    if bare(&head) || !lines.windows(2).all(|pair| carries_on(pair[0], pair[1])) {
        head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    unit.head = head.trim_end().to_owned();
    (unit.id, unit.mark) = (Some(id), words);
}

/// Returns whether a list mark stands alone on the first of several lines: it would begin nothing.
fn bare(head: &str) -> bool {
    head.split_once('\n').is_some_and(|(first, _)| first.trim().len() < 2)
}

#[cfg(test)]
mod tests {
    use super::super::lossless::write;
    use super::*;

    const TEXT: &str = "## Referat\n\n---\n\n**Tid:**\n\nTirsdag.\n\n1. Velkomst  \nSub  \n2. Status\n\n### **Ad 1 Velkomst**\n\n- Kim bød velkommen. <!-- s-1a 00:00:01 -->\n  - 00:00:01 Velkommen\n  - Øvrigt: x\n- Anne takkede\n  og satte sig. <!-- s-1b 00:00:09 -->\n- Hendes egen linje\n\nEt afsnit\nover to linjer.\n\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";

    #[test]
    fn units_are_written_as_they_were_read() {
        let units = read(TEXT, Vocabulary::compiled());
        assert_eq!(write(&units), TEXT);
        let statements: Vec<&MarkdownUnit> =
            units.iter().filter(|unit| unit.id.is_some()).collect();
        assert_eq!(statements.len(), 2);
        assert_eq!(statements[0].body, ["  - 00:00:01 Velkommen", "  - Øvrigt: x"]);
        assert_eq!(statements[1].head, "- Anne takkede\n  og satte sig.");
    }

    #[test]
    fn a_proposal_is_read_as_it_is_written() {
        let text = "- Hendes. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: Maskinens. <!-- forslag s-1a 00:00:01 -->\n  - 00:00:01 Ord\n\nHendes sted\n\n> Nyt forslag: Rådhuset\n> sal 2 <!-- forslag p-0011aabb -->\n\nEfter\n";
        let units = read(text, Vocabulary::compiled());
        let proposal = units[0].proposal.as_ref().unwrap();
        assert_eq!((proposal.key.as_str(), proposal.text.as_str()), ("s-1a", "Maskinens."));
        assert_eq!(units[2].kind, UnitKind::Proposal);
        assert_eq!(units[2].proposal.as_ref().unwrap().text, "Rådhuset\nsal 2");
        assert_eq!(write(&units), text);
    }

    #[test]
    fn a_proposal_whose_statement_was_deleted_stands_alone() {
        let text = "- A. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: B. <!-- forslag s-2b 00:00:05 -->\n  - 00:00:05 Ord\n";
        let units = read(text, Vocabulary::compiled());
        assert_eq!(units.len(), 2);
        assert_eq!(units[1].kind, UnitKind::Proposal);
        assert_eq!(units[1].body, ["  - 00:00:05 Ord"]);
        assert_eq!(write(&units), text);
    }

    #[test]
    fn a_line_after_a_statement_is_the_referents_own() {
        let units = read(
            "- Kim talte. <!-- s-1 00:00:01 -->\nMit afsnit\n- B\n  mere\n",
            Vocabulary::compiled(),
        );
        let heads: Vec<&str> = units.iter().map(|unit| unit.head.as_str()).collect();
        assert_eq!(heads, ["- Kim talte.", "Mit afsnit", "- B\n  mere"]);
    }
}
