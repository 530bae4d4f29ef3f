//! Writes units as the text that they were read from.

use std::fmt::Write as _;

use super::units::{MarkdownUnit, UnitKind};

/// Writes units, each after the blank lines that it was read with.
#[cfg(test)]
pub(crate) fn write<'a>(units: impl IntoIterator<Item = &'a MarkdownUnit>) -> String {
    let mut out = String::new();
    for unit in units {
        out.extend(std::iter::repeat_n('\n', unit.gap));
        write_unit(&mut out, unit);
    }
    out
}

/// Appends one unit. Writing to a `String` cannot fail.
pub(crate) fn write_unit(out: &mut String, unit: &MarkdownUnit) {
    let lone = unit.kind == UnitKind::Proposal;
    if !lone {
        out.push_str(&unit.head);
        if unit.id.is_some() {
            let _ = write!(out, " <!-- {} -->", unit.mark);
        }
        out.push('\n');
    }
    if let Some(proposal) = &unit.proposal {
        let indent = match unit.kind {
            UnitKind::Proposal => unit.head.as_str(),
            kind if kind.is_entry() => "  ",
            _ => "",
        };
        if !lone && !unit.kind.is_entry() {
            out.push('\n');
        }
        proposal.write(out, indent);
    }
    for line in &unit.body {
        out.push_str(line);
        out.push('\n');
    }
}
