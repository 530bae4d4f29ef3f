//! Two writers changed one text: a new draft of the machine's meets what the referent has edited,
//! or two windows and a text editor meet in a save. One merge of three texts serves both.
//!
//! In: the text that both go out from (base; the machine's last draft), the referent's (ours) and
//! the other one (theirs), each as the Markdown of `referat.md` and `referat-lukket.md`. Out: the
//! two merged texts. The unit is a statement, a paragraph, a heading, an entry of a list. A unit
//! that only one side changed takes that side's form; where both did, hers stays and the other
//! stands beside it as a proposal until she deletes one of the two. What she deleted stays
//! deleted, what she added stays after its neighbour, and what she moved stays where she put it.
//! Another person is heard where the machine is not: what she changed and the first deleted
//! stays (`OtherWriter`).
//!
//! The crate `similar` aligns the units that have no name. Whole merges, as of the crate `diffy`,
//! go line by line and know no statement that was moved, renamed or closed; their marks of
//! conflict would stand in the referent's text.

mod attach;
mod matching;
mod material;
mod order;
mod placement;
pub mod proposals;
mod settle;
mod unit;
mod writers;
mod writing;

use std::collections::HashSet;

pub use matching::Spans;
pub use material::{
    without_material, without_material_beyond, without_proposals, without_statements,
};
pub use writers::OtherWriter;

use attach::attached;
use placement::Placement;
use referat_core::language::words::{Vocabulary, Words};
use referat_core::remark::Remark;
use unit::{File, Side, Unit};
use writers::Merging;

/// The texts of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// `referat.md`.
    pub open: String,
    /// `referat-lukket.md`, where an item is closed.
    pub closed: Option<String>,
}

/// A draft of the machine's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its texts.
    pub texts: Texts,
    /// When its statements were said.
    pub spans: Spans,
}

/// What a merge came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The merged texts.
    pub texts: Texts,
    /// How many new proposals stand beside her text.
    pub conflicts: usize,
    /// What the referent should know.
    pub remarks: Vec<Remark>,
}

/// Merges a new draft into her text. Nothing a human wrote is left out of the result.
pub fn merge(base: &Draft, ours: &Texts, theirs: &Draft, language: Words<'_>) -> Merged {
    merged(base, ours, theirs, Merging { other: OtherWriter::Machine, language })
}

/// Merges the texts of two persons who went out from `base`. Nothing that either wrote is left out
/// of the result; it and the number of new proposals are returned.
pub fn together(base: &str, ours: &str, theirs: &str, language: Words<'_>) -> (String, usize) {
    let texts = |open: &str| Texts { open: open.to_owned(), closed: None };
    let draft = |open: &str| Draft { texts: texts(open), spans: Spans::new() };
    let merging = Merging { other: OtherWriter::Person, language };
    let merged = merged(&draft(base), &texts(ours), &draft(theirs), merging);
    (merged.texts.open, merged.conflicts)
}

fn merged(base: &Draft, ours: &Texts, theirs: &Draft, merging: Merging<'_>) -> Merged {
    let known = merging.language.vocabulary();
    let (mut before, mut now) =
        (distinct(&base.texts, Side::Base, known), distinct(&theirs.texts, Side::Theirs, known));
    if merging.other == OtherWriter::Person {
        // Proposals stand in all three texts.
        (before, now) = (attached(before, &[]), attached(now, &[]));
    }
    let machine = match merging.other {
        OtherWriter::Machine => before.as_slice(),
        OtherWriter::Person => &[],
    };
    let hers = attached(distinct(ours, Side::Ours, known), machine);
    let spans = (&base.spans, &theirs.spans);
    let mut merge = Placement::new([before, hers, now], spans, merging);
    merge.place_hers();
    let left_out = merge.left_out(spans);
    let (open, closed) =
        (merge.written(File::Open, &left_out), merge.written(File::Closed, &left_out));
    let closed = writing::write(&closed);
    let has_closed = theirs.texts.closed.is_some() || !closed.is_empty();
    Merged {
        texts: Texts { open: writing::write(&open), closed: has_closed.then_some(closed) },
        conflicts: merge.conflicts,
        remarks: merge.remarks(left_out.len()),
    }
}

/// Returns how many proposals in a text are not settled.
pub fn open_proposals(text: &str) -> usize {
    unit::read(text, File::Open, Side::Ours)
        .iter()
        .filter(|unit| unit.text.proposal.is_some())
        .count()
}

/// Returns the units of both texts; a name that stands twice is the first one's.
fn distinct(texts: &Texts, side: Side, vocabulary: &Vocabulary) -> Vec<Unit> {
    let mut units = unit::read_in(vocabulary, &texts.open, File::Open, side);
    if let Some(closed) = &texts.closed {
        units.extend(unit::read_in(vocabulary, closed, File::Closed, side));
    }
    let mut seen = HashSet::new();
    for unit in &mut units {
        if unit.text.id.as_ref().is_some_and(|id| !seen.insert(id.clone())) {
            unit.text.id = None;
            unit.text.mark.clear();
        }
    }
    units
}

#[cfg(test)]
mod tests;
