//! Gives the proposals in the referent's text to the units that they stand beside.
//!
//! In: the units of her text and those of the machine's last draft. Out: her units, each with its
//! proposal; what she has settled by deleting the other side is a unit like any other.

use std::collections::HashSet;

use super::unit::Unit;
use crate::markdown::units::UnitKind;

/// Takes proposals from units that they do not belong to: beneath a numbered entry that she deleted,
/// a proposal has slid to the entry before.
fn slid_apart(mut units: Vec<Unit>, machine: &HashSet<String>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    for unit in &mut units {
        let foreign = unit.text.kind != UnitKind::Proposal
            && unit
                .text
                .proposal
                .as_ref()
                .is_some_and(|it| it.key.starts_with("p-") && it.key != unit.key())
            && machine.contains(&unit.words());
        let lone = foreign.then(|| {
            let mut lone = unit.bare(UnitKind::Proposal, String::new());
            lone.text.proposal = unit.text.proposal.take();
            lone
        });
        out.push(unit.clone());
        out.extend(lone.map(Unit::accepted));
    }
    out
}

/// Gives every proposal to the unit that it stands beside; one whose other side was deleted
/// becomes a unit of its own.
pub(super) fn attached(units: Vec<Unit>, before: &[Unit]) -> Vec<Unit> {
    let machine: HashSet<String> = before.iter().map(Unit::words).collect();
    let units = slid_apart(units, &machine);
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    let named: HashSet<String> =
        units.iter().filter_map(|unit| Some(unit.text.id.as_ref()?.0.clone())).collect();
    for unit in units {
        let Some(key) = unit
            .text
            .proposal
            .as_ref()
            .filter(|_| unit.text.kind == UnitKind::Proposal)
            .map(|it| it.key.clone())
        else {
            out.push(unit);
            continue;
        };
        if named.contains(&key) {
            // Its statement was moved away from it: what is left is a quote, and hers.
            let text = unit.text.proposal.as_ref().map_or("", |it| it.text.as_str());
            let head = format!("> {}", text.replace('\n', "\n> "));
            let body = unit.text.body.clone();
            let mut quote = unit.bare(UnitKind::Paragraph, head);
            quote.text.body = body;
            out.push(quote);
            continue;
        }
        let beside = out.last_mut().filter(|last| {
            key.starts_with("p-")
                && last.file == unit.file
                && last.text.proposal.is_none()
                && (last.key() == key || !machine.contains(&last.words()))
        });
        match beside {
            Some(last) => last.text.proposal = unit.text.proposal,
            None => out.push(unit.accepted()),
        }
    }
    for (place, unit) in out.iter_mut().enumerate() {
        unit.place = place;
    }
    out
}
