//! Writes units of merging as Markdown again: the lines that they were read from, and beside
//! them the proposals that the referent has not settled.

use std::fmt::Write as _;

use super::unit::{Kind, Proposal, Unit};

/// The word that marks a proposal's comment; the same in every language.
const PROPOSAL: &str = "forslag";

/// Writes units as a file's text; `label` stands before a proposal.
pub(super) fn write(units: &[Unit], label: &str) -> String {
    let mut out = String::new();
    let mut before: Option<&Unit> = None;
    for unit in units {
        if let Some(before) = before {
            let together = (before.file, before.side) == (unit.file, unit.side);
            let follows = together && unit.place.checked_sub(1) == Some(before.place);
            let close = before.kind.is_entry() && unit.kind == before.kind;
            let proposed = before.proposal.is_some() && !before.kind.is_entry();
            let gap = match (follows, close) {
                _ if proposed => unit.gap.max(1),
                (true, _) => unit.gap,
                (false, close) => usize::from(!close),
            };
            out.extend(std::iter::repeat_n('\n', gap));
        }
        write_unit(&mut out, unit, label);
        before = Some(unit);
    }
    out
}

/// Appends one unit. Writing to a `String` cannot fail.
fn write_unit(out: &mut String, unit: &Unit, label: &str) {
    let entry = unit.kind.is_entry();
    out.push_str(&unit.head);
    if unit.id.is_some() {
        let _ = write!(out, " <!-- {} -->", unit.mark);
    }
    if unit.kind != Kind::Proposal {
        out.push('\n');
    }
    if let Some(Proposal { key, rest, text }) = &unit.proposal {
        let indent = if entry { "  " } else { "" };
        if !entry && unit.kind != Kind::Proposal {
            out.push('\n');
        }
        let comment = format!("{PROPOSAL} {key} {rest}");
        let text = text.replace('\n', &format!("\n{indent}> "));
        let _ = writeln!(out, "{indent}> {label} {text} <!-- {} -->", comment.trim());
    }
    for line in &unit.body {
        out.push_str(line);
        out.push('\n');
    }
}
