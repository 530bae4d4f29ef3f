//! Reads a referat's Markdown as units of merging.
//!
//! In: the text of a file. Out: its units; written again they give the same text.

use std::sync::LazyLock;

use regex::Regex;

use super::unit::{File, Kind, Proposal, Side, Unit, kind, words};
use crate::domain::language::Language;
use crate::domain::referat::StatementId;
use crate::language::headings::Headings;

#[expect(clippy::expect_used, reason = "the pattern is constant")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern is valid")
}

static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)[ \t]*<!--\s*((s-[0-9A-Za-z]+)(?:\s[^>]*?)?)\s*-->"));
static PROPOSED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)[ \t]*<!--\s*forslag\s+([sp]-[0-9A-Za-z]+)([^>]*?)\s*-->"));

/// Returns whether a line cannot go on with the paragraph or entry before it.
fn begins(line: &str, before: Kind) -> bool {
    let kind = kind(line);
    let rule = line.len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
    match kind {
        Kind::Paragraph => rule || line.starts_with('>') || matches!(before, Kind::Heading(_)),
        Kind::Table => before != Kind::Table,
        _ => true,
    }
}

/// Returns the units of a file's text.
pub(super) fn read(text: &str, file: File, side: Side) -> Vec<Unit> {
    let mut reader =
        Reader { file, side, units: Vec::new(), lines: Vec::new(), blank: 0, before: 0 };
    for line in text.lines() {
        reader.line(line);
    }
    reader.end();
    reader.units
}

struct Reader<'a> {
    file: File,
    side: Side,
    units: Vec<Unit>,
    /// The lines of the unit being read.
    lines: Vec<&'a str>,
    /// Blank lines since the last line.
    blank: usize,
    /// Blank lines before the unit being read.
    before: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        if line.trim().is_empty() {
            self.blank += 1;
            return;
        }
        let kind_before = self.lines.first().map(|first| kind(first));
        let indented = line.starts_with([' ', '\t']);
        let lone = self.lines.first().is_some_and(|first| first.starts_with(' '));
        let goes_on = kind_before.is_some_and(|before| {
            if (before.is_entry() || lone) && indented {
                return !is_foreign_proposal(line, &self.lines);
            }
            // A statement's comment ends it, and so does a proposal's.
            let ended = before == Kind::Entry && self.lines.iter().any(|line| MARK.is_match(line))
                || self.lines.last().is_some_and(|last| PROPOSED.is_match(last));
            self.blank == 0 && !ended && !begins(line, before)
        });
        // The lines of one quote stay together.
        let quote = self.blank == 0
            && line.starts_with('>')
            && self
                .lines
                .last()
                .is_some_and(|last| last.starts_with('>') && !PROPOSED.is_match(last));
        if goes_on || quote {
            self.lines.extend(std::iter::repeat_n("", self.blank));
        } else {
            self.end();
            self.before = self.blank;
        }
        self.blank = 0;
        self.lines.push(line);
    }

    /// Ends the unit being read.
    fn end(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let Some(first) = lines.first() else { return };
        let mut unit = Unit {
            file: self.file,
            kind: kind(first),
            id: None,
            mark: String::new(),
            head: String::new(),
            body: Vec::new(),
            proposal: None,
            side: self.side,
            place: self.units.len(),
            gap: self.before,
        };
        if unit.kind.is_entry() {
            entry(&mut unit, &lines);
        } else if let Some((proposal, taken)) = proposal(&lines) {
            // An entry's own proposal whose entry was deleted brings the lines beneath it along.
            unit.kind = Kind::Proposal;
            unit.body = lines[taken..].iter().map(|line| (*line).to_owned()).collect();
            unit.proposal = Some(proposal);
        } else {
            unit.head = lines.join("\n");
        }
        self.units.push(unit);
    }
}

/// Returns whether a line holds a proposal for another statement than that of `lines`.
fn is_foreign_proposal(line: &str, lines: &[&str]) -> bool {
    let Some(found) = PROPOSED.captures(line) else { return false };
    let own = MARK.captures(&lines.join("\n")).map(|mark| mark[2].to_owned());
    found[1].starts_with("s-") && own.as_deref() != Some(&found[1])
}

/// Divides an entry's lines into what it says, the proposal beside it and what stands beneath.
fn entry(unit: &mut Unit, lines: &[&str]) {
    let beneath = |line: &&str| {
        let inner = line.trim_start();
        line.trim().is_empty() || inner.starts_with('>') || kind(inner).is_entry()
    };
    let end = lines.iter().skip(1).position(beneath).map_or(lines.len(), |at| at + 1);
    let head = lines[..end].join("\n");
    if let Some(found) = MARK.captures(&head) {
        unit.mark = words(&found[1]);
        unit.id = Some(StatementId(found[2].to_owned()));
    }
    unit.head = match MARK.is_match(&head) {
        true => MARK.replace_all(&head, "").trim_end().to_owned(),
        false => head,
    };
    let mut rest = &lines[end..];
    while let Some(line) = rest.first() {
        let whole = proposal(rest).filter(|_| unit.proposal.is_none());
        if let Some((proposal, taken)) = whole {
            unit.proposal = Some(proposal);
            rest = &rest[taken..];
        } else {
            unit.body.push((*line).to_owned());
            rest = &rest[1..];
        }
    }
}

/// Returns the proposal that `lines` begin with and how many of them it takes.
fn proposal(lines: &[&str]) -> Option<(Proposal, usize)> {
    let quoted = lines.iter().take_while(|line| line.trim_start().starts_with('>'));
    let mut text = Vec::new();
    for (index, line) in quoted.enumerate() {
        let line = line.trim_start().trim_start_matches('>');
        let line = line.strip_prefix(' ').unwrap_or(line);
        let Some(found) = PROPOSED.captures(line) else {
            text.push(line.to_owned());
            continue;
        };
        text.push(PROPOSED.replace(line, "").into_owned());
        let text = text.join("\n");
        let text = text.trim_start();
        let labels = Language::ALL.map(|language| Headings::of(language).proposal.as_str());
        let text = labels.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text).trim();
        let proposal = Proposal {
            key: found[1].to_owned(),
            rest: found[2].trim().to_owned(),
            text: text.to_owned(),
        };
        return Some((proposal, index + 1));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::writing::write;
    use super::*;

    const TEXT: &str = "## Referat\n\n---\n\n**Tid:**\n\nTirsdag.\n\n1. Velkomst  \nSub  \n2. Status\n\n### **Ad 1 Velkomst**\n\n- Kim bød velkommen. <!-- s-1a 00:00:01 -->\n  - 00:00:01 Velkommen\n  - Øvrigt: x\n- Anne takkede\n  og satte sig. <!-- s-1b 00:00:09 -->\n- Hendes egen linje\n\nEt afsnit\nover to linjer.\n\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";

    #[test]
    fn units_are_written_as_they_were_read() {
        let units = read(TEXT, File::Open, Side::Ours);
        assert_eq!(write(&units, "Nyt forslag:"), TEXT);
        let statements: Vec<&Unit> = units.iter().filter(|unit| unit.id.is_some()).collect();
        assert_eq!(statements.len(), 2);
        assert_eq!(statements[0].body, ["  - 00:00:01 Velkommen", "  - Øvrigt: x"]);
        assert_eq!(statements[1].words(), "- Anne takkede og satte sig.");
    }

    #[test]
    fn a_proposal_is_read_as_it_is_written() {
        let text = "- Hendes. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: Maskinens. <!-- forslag s-1a 00:00:01 -->\n  - 00:00:01 Ord\n\nHendes sted\n\n> Nyt forslag: Rådhuset\n> sal 2 <!-- forslag p-0011aabb -->\n\nEfter\n";
        let units = read(text, File::Open, Side::Ours);
        let proposal = units[0].proposal.as_ref().unwrap();
        assert_eq!((proposal.key.as_str(), proposal.text.as_str()), ("s-1a", "Maskinens."));
        assert_eq!(units[2].kind, Kind::Proposal);
        assert_eq!(units[2].proposal.as_ref().unwrap().text, "Rådhuset\nsal 2");
        assert_eq!(write(&units, "Nyt forslag:"), text);
    }

    #[test]
    fn a_proposal_whose_statement_was_deleted_stands_alone() {
        let text = "- A. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: B. <!-- forslag s-2b 00:00:05 -->\n  - 00:00:05 Ord\n";
        let units = read(text, File::Open, Side::Ours);
        assert_eq!(units.len(), 2);
        let unit = units[1].clone().accepted();
        assert_eq!(unit.head, "- B.");
        assert_eq!(unit.mark, "s-2b 00:00:05");
        assert_eq!(unit.body, ["  - 00:00:05 Ord"]);
    }
}
