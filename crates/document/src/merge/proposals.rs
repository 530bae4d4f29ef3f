//! The proposals that the referent has not settled taken out of her text, for an editor that
//! shows them beside it, and put back.

use super::unit::{self, File, Side, Unit, proposed};
use super::writing;
use crate::markdown::quoted::QuotedProposal;
use crate::markdown::units::UnitKind;
use referat_core::language::words::{Vocabulary, Words};

/// A proposal that is open, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it is meant for: a statement's name, or `p-` and a hash of her words.
    pub key: String,
    /// The rest of its comment: the statement's time.
    pub rest: String,
    /// The proposed lines as Markdown, without the list mark where it is a statement's.
    pub source: String,
    /// Her text, without proposals, up to and with what it stands beside.
    pub before: String,
}

/// Takes the open proposals out of `text`. One whose other side she deleted is settled by that,
/// and a line like any other.
pub fn lift(text: &str, vocabulary: &Vocabulary) -> (String, Vec<Open>) {
    let mut kept: Vec<Unit> = Vec::new();
    let (mut open, mut changed) = (Vec::new(), false);
    for mut unit in unit::read_in(vocabulary, text, File::Open, Side::Ours) {
        let beside = kept.last().is_some_and(|last| last.text.proposal.is_none());
        let lone = unit.text.kind == UnitKind::Proposal;
        let settled =
            unit.text.proposal.as_ref().is_some_and(|it| it.key.starts_with("s-")) || !beside;
        if lone && settled {
            kept.push(unit.accepted());
            changed = true;
            continue;
        }
        let Some(proposal) = unit.text.proposal.take() else {
            kept.push(unit);
            continue;
        };
        if !lone {
            kept.push(unit);
        }
        open.push(Open {
            key: proposal.key,
            rest: proposal.rest,
            source: proposal.text,
            before: writing::write(&kept),
        });
    }
    if open.is_empty() && !changed {
        return (text.to_owned(), open);
    }
    (writing::write(&kept), open)
}

/// Puts `open` back into `text`, which holds none, beside what they are about.
pub fn put_back(text: &str, open: &[Open], language: Words<'_>) -> String {
    if open.is_empty() {
        return text.to_owned();
    }
    let mut units: Vec<Vec<Unit>> =
        unit::read(text, File::Open, Side::Ours).into_iter().map(|unit| vec![unit]).collect();
    for one in open {
        let count = unit::read(&one.before, File::Open, Side::Ours).len().min(units.len());
        let Some(place) = count.checked_sub(1) else { continue };
        let proposal = proposed(one.key.clone(), one.rest.clone(), one.source.clone(), language);
        beside(&mut units[place], proposal);
    }
    let units: Vec<Unit> = units.into_iter().flatten().collect();
    writing::write(&units)
}

/// Puts a proposal beside the first of `units`, or after it where another is there.
fn beside(units: &mut Vec<Unit>, mut proposal: QuotedProposal) {
    let Some(first) = units.first_mut() else { return };
    let own = first.text.id.as_ref().is_some_and(|id| id.0 == proposal.key);
    if !own {
        // It goes by her words as they are now.
        proposal.key = first.key();
    }
    if first.text.kind.is_entry() && first.text.proposal.is_none() {
        first.text.proposal = Some(proposal);
        return;
    }
    let mut lone = first.bare(UnitKind::Proposal, String::new());
    (lone.place, lone.text.gap) = (usize::MAX, 1);
    lone.text.proposal = Some(proposal);
    units.push(lone);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "## Referat\n\n- Kim tav. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: Kim talte. <!-- forslag s-1a 00:00:01 -->\n  - 00:00:01 Ja\n- B. <!-- s-1b 00:00:09 -->\n\nHendes sted\n\n> Nyt forslag: Rådhuset\n> sal 2 <!-- forslag p-0011aabb -->\n\nEfter\n";

    #[test]
    fn what_is_lifted_and_put_back_is_the_same_text() {
        let (text, open) = lift(TEXT, Vocabulary::compiled());
        assert!(!text.contains("forslag"), "{text}");
        assert_eq!(open.len(), 2);
        assert!(open[0].before.ends_with("  - 00:00:01 Ja\n"), "{}", open[0].before);
        assert_eq!((open[0].key.as_str(), open[0].source.as_str()), ("s-1a", "Kim talte."));
        let back = put_back(&text, &open, Words::danish());
        let key = back.split("forslag p-").nth(1).unwrap().split(' ').next().unwrap();
        assert_eq!(back, TEXT.replace("0011aabb", key));
        // The key now goes by her words, and stays.
        let (text, open) = lift(&back, Vocabulary::compiled());
        assert_eq!(put_back(&text, &open, Words::danish()), back);
    }

    #[test]
    fn a_text_without_proposals_is_left_to_the_letter() {
        let text = "a\n\n\n* b\n";
        assert_eq!(lift(text, Vocabulary::compiled()), (text.to_owned(), Vec::new()));
        assert_eq!(put_back(text, &[], Words::danish()), text);
    }

    #[test]
    fn a_proposal_whose_statement_is_gone_is_settled() {
        let text =
            "- A. <!-- s-1 00:00:01 -->\n  > Nyt forslag: B. <!-- forslag s-2 00:00:05 -->\n";
        let (text, open) = lift(text, Vocabulary::compiled());
        assert!(open.is_empty());
        assert!(text.contains("- B. <!-- s-2 00:00:05 -->"), "{text}");
    }
}
