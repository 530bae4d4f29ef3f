//! One unit in three texts becomes one: who changed it decides, and where both did, hers stays
//! and the other stands beside it.

use super::unit::{Unit, proposed, words};
use super::writers::{Merging, OtherWriter};
use crate::markdown::quoted::QuotedProposal;
use crate::markdown::units::{MarkdownUnit, UnitKind};

/// What a unit came to.
pub(super) struct Settled {
    /// The unit, with the proposal beside it where one is open.
    pub(super) unit: Unit,
    /// Words of a proposal that is now over, as a unit after it.
    pub(super) extra: Option<Unit>,
    /// Whether a new proposal stands beside it.
    pub(super) conflict: bool,
}

/// Joins the unit that both go out from, hers and the other's.
pub(super) fn settled(
    base: Option<&Unit>,
    ours: &Unit,
    theirs: Option<&Unit>,
    merging: Merging,
) -> Settled {
    let touched = base.is_none_or(|base| base.words() != ours.words());
    let changed = match (base, theirs) {
        (Some(base), Some(theirs)) => base.words() != theirs.words(),
        _ => false,
    };
    let agrees = theirs.is_some_and(|theirs| theirs.words() == ours.words());
    let conflict = touched && changed && !agrees;
    let mut unit = ours.clone();
    if let Some(theirs) = theirs.filter(|_| !touched || agrees) {
        unit.text.kind = theirs.text.kind;
        unit.text.head.clone_from(&theirs.text.head);
    }
    if let Some(named) = theirs.filter(|unit| unit.text.id.is_some()).or(base)
        && (theirs.is_some() || unit.text.id.is_none())
    {
        unit.text.id.clone_from(&named.text.id);
        unit.text.mark.clone_from(&named.text.mark);
    }
    unit.text.body = body(base, ours, theirs, merging.other);
    let open = open_proposal(base, ours, theirs, merging.other);
    let hers = match merging.other {
        // The last draft is what an open proposal quotes, unless she wrote into it.
        OtherWriter::Machine => open
            .clone()
            .filter(|open| base.is_none_or(|base| words(&open.text) != words(base.line()))),
        OtherWriter::Person => open.clone(),
    };
    let stays = merging.other == OtherWriter::Person
        || touched && !agrees && (theirs.is_some() || hers.is_some());
    let theirs = theirs.filter(|_| conflict);
    if theirs.is_none() && stays {
        unit.text.proposal = open;
        return Settled { unit: keyed(unit), extra: None, conflict };
    }
    unit.text.proposal = theirs.map(|theirs| {
        let rest = theirs.text.mark.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
        proposed(String::new(), rest, theirs.line().to_owned(), merging.language)
    });
    let extra = hers.and_then(|hers| quoted(&mut unit, &hers));
    Settled { unit: keyed(unit), extra, conflict }
}

/// Returns the proposal that is open beside a unit: hers is, but where another person settled it
/// or made it.
fn open_proposal(
    base: Option<&Unit>,
    ours: &Unit,
    theirs: Option<&Unit>,
    other: OtherWriter,
) -> Option<QuotedProposal> {
    let text = |unit: &Unit| unit.text.proposal.as_ref().map(|it| words(&it.text));
    match theirs {
        Some(theirs) if other == OtherWriter::Person && base.and_then(text) == text(ours) => {
            theirs.text.proposal.clone()
        }
        _ => ours.text.proposal.clone(),
    }
}

/// Puts the words of a proposal that is over beneath an entry as a quote, or returns them as the
/// unit after another.
fn quoted(unit: &mut Unit, hers: &QuotedProposal) -> Option<Unit> {
    let quote = format!("> {}", hers.text.replace('\n', "\n> "));
    if !unit.text.kind.is_entry() {
        let after = unit.bare(UnitKind::Paragraph, quote);
        return Some(Unit { place: usize::MAX, ..after });
    }
    let lines: Vec<String> = quote.lines().map(|line| format!("  {line}")).collect();
    unit.text.body.splice(0..0, lines);
    None
}

/// Names the proposal after the unit it stands beside.
fn keyed(mut unit: Unit) -> Unit {
    let key = unit.key();
    if let Some(proposal) = &mut unit.text.proposal {
        proposal.key = key;
    }
    unit
}

/// Joins the lines beneath an entry: what she took out stays out, what she wrote stays in.
fn body(
    base: Option<&Unit>,
    ours: &Unit,
    theirs: Option<&Unit>,
    other: OtherWriter,
) -> Vec<String> {
    let (Some(base), Some(theirs)) = (base, theirs) else { return ours.text.body.clone() };
    let (base, ours, theirs): (&MarkdownUnit, _, _) = (&base.text, &ours.text, &theirs.text);
    let has = |unit: &MarkdownUnit, line: &str| unit.body.iter().any(|it| it.trim() == line.trim());
    if ours.body == base.body {
        return theirs.body.clone();
    }
    let mut lines: Vec<String> =
        ours.body.iter().filter(|line| !has(base, line) || has(theirs, line)).cloned().collect();
    // Who took out all of the machine's lines wants none of its new ones.
    let cleared = !base.body.is_empty() && !base.body.iter().any(|line| has(ours, line));
    if !cleared || other == OtherWriter::Person {
        let new = theirs.body.iter().filter(|line| !has(base, line) && !has(ours, line));
        lines.extend(new.cloned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::unit::{File, Side, read};
    use super::super::writing::write;
    use super::*;
    use referat_core::language::words::Words;

    fn merging() -> Merging<'static> {
        Merging { other: OtherWriter::Machine, language: Words::danish() }
    }

    fn unit(text: &str, side: Side) -> Unit {
        read(text, File::Open, side).remove(0)
    }

    fn joined(base: &str, ours: &str, theirs: &str) -> (String, bool) {
        let (base, ours) = (unit(base, Side::Base), unit(ours, Side::Ours));
        let settled = settled(Some(&base), &ours, Some(&unit(theirs, Side::Theirs)), merging());
        let units: Vec<Unit> = [settled.unit].into_iter().chain(settled.extra).collect();
        (write(&units), settled.conflict)
    }

    const BASE: &str = "- Kim talte. <!-- s-1 00:00:01 -->\n  - 00:00:01 a\n  - 00:00:02 b\n";
    const NEW: &str = "- Kim Hansen talte. <!-- s-9 00:00:02 -->\n  - 00:00:02 b\n  - 00:00:03 c\n";

    #[test]
    fn what_nobody_touched_is_replaced() {
        assert_eq!(joined(BASE, BASE, NEW), (NEW.to_owned(), false));
    }

    #[test]
    fn hers_stays_and_the_new_one_stands_beside_it() {
        let ours = BASE.replace("talte", "tav");
        let expected = "- Kim tav. <!-- s-9 00:00:02 -->\n  > Nyt forslag: Kim Hansen talte. <!-- forslag s-9 00:00:02 -->\n  - 00:00:02 b\n  - 00:00:03 c\n";
        assert_eq!(joined(BASE, &ours, NEW), (expected.to_owned(), true));
        // The next draft, the same as the last: the proposal stays, and only once.
        assert_eq!(joined(NEW, expected, NEW), (expected.to_owned(), false));
        // Another one takes its place.
        let newer = NEW.replace("talte", "sagde nej");
        let (text, conflict) = joined(NEW, expected, &newer);
        assert!(conflict);
        assert_eq!(text.matches("Nyt forslag").count(), 1, "{text}");
        assert!(text.contains("sagde nej") && text.contains("Kim tav"), "{text}");
    }

    #[test]
    fn words_written_into_a_proposal_are_hers() {
        let ours = "- Kim tav. <!-- s-9 00:00:02 -->\n  > Nyt forslag: Kim Hansen talte højt. <!-- forslag s-9 00:00:02 -->\n";
        let (text, _) = joined(NEW, ours, &NEW.replace("talte", "sagde nej"));
        assert!(text.contains("talte højt") && text.contains("sagde nej"), "{text}");
    }

    #[test]
    fn lines_she_took_out_stay_out_and_hers_stay_in() {
        let ours = "- Kim talte. <!-- s-1 00:00:01 -->\n  - 00:00:02 b\n  - min note\n";
        let (text, _) = joined(BASE, ours, NEW);
        assert!(text.ends_with("  - 00:00:02 b\n  - min note\n  - 00:00:03 c\n"), "{text}");
        let cleared = "- Kim talte. <!-- s-1 00:00:01 -->\n";
        assert_eq!(joined(BASE, cleared, NEW).0, "- Kim Hansen talte. <!-- s-9 00:00:02 -->\n");
    }
}
