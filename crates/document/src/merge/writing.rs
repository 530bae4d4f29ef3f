//! Writes units of merging as Markdown again: the lines that they were read from, and between
//! those that were not neighbours the blank lines that their kinds ask for.

use super::unit::Unit;
use crate::markdown::lossless::write_unit;

/// Writes units as a file's text.
pub(super) fn write(units: &[Unit]) -> String {
    let mut out = String::new();
    let mut before: Option<&Unit> = None;
    for unit in units {
        if let Some(before) = before {
            out.extend(std::iter::repeat_n('\n', gap(before, unit)));
        }
        write_unit(&mut out, &unit.text);
        before = Some(unit);
    }
    out
}

/// Returns the blank lines between two units.
fn gap(before: &Unit, unit: &Unit) -> usize {
    let together = (before.file, before.side) == (unit.file, unit.side);
    let follows = together && unit.place.checked_sub(1) == Some(before.place);
    if before.text.proposal.is_some() && !before.text.kind.is_entry() {
        return unit.text.gap.max(1);
    }
    if follows {
        return unit.text.gap;
    }
    usize::from(!(before.text.kind.is_entry() && unit.text.kind == before.text.kind))
}
