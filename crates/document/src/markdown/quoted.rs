//! A proposal as it stands in a text: quoted lines, the last with a comment that says what it is
//! for. `> Nyt forslag: Kim talte. <!-- forslag s-1a 00:00:01 -->`

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

use referat_core::language::headings::Headings;
use referat_core::language::pattern::regex;
use referat_core::language::words::Vocabulary;

/// The word that marks a proposal's comment; the same in every language.
const PROPOSAL: &str = "forslag";

static PROPOSED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[ \t]*<!--\s*forslag\s+([sp]-[0-9A-Za-z-]{1,38})([^>]*?)\s*-->"));

/// What the machine or another writer would have in a unit's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuotedProposal {
    /// The unit it is meant for: a statement's name, or `p-` and a hash of her text.
    pub(crate) key: String,
    /// The rest of the comment: the statement's time.
    pub(crate) rest: String,
    /// The word that stands before it; empty where somebody took that out.
    pub(crate) label: String,
    /// The proposed lines, list marks left out for a statement.
    pub(crate) text: String,
}

/// Returns the proposal that `lines` begin with and how many of them it takes.
pub(super) fn proposal(lines: &[&str], vocabulary: &Vocabulary) -> Option<(QuotedProposal, usize)> {
    let indented = lines.first()?.starts_with([' ', '\t']);
    let quoted = lines.iter().take_while(|line| {
        line.trim_start().starts_with('>') && line.starts_with([' ', '\t']) == indented
    });
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
        let mut labels = vocabulary.all().map(|language| Headings::of(language).proposal.as_str());
        let label = labels.find(|label| text.starts_with(label)).unwrap_or("");
        let proposal = QuotedProposal {
            key: found[1].to_owned(),
            rest: found[2].trim().to_owned(),
            label: label.to_owned(),
            text: text[label.len()..].trim().to_owned(),
        };
        return Some((proposal, index + 1));
    }
    None
}

impl QuotedProposal {
    /// Writes it as quoted lines after `indent`.
    pub(super) fn write(&self, out: &mut String, indent: &str) {
        let Self { key, rest, label, text } = self;
        let comment = format!("{PROPOSAL} {key} {rest}");
        let text = text.replace('\n', &format!("\n{indent}> "));
        let space = if label.is_empty() || text.is_empty() { "" } else { " " };
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{indent}> {label}{space}{text} <!-- {} -->", comment.trim());
    }
}
