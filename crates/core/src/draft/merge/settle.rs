//! One unit in three texts becomes one: who changed it decides, and where both did, hers stays
//! and the machine's stands beside it.

use super::unit::{Kind, Proposal, Unit, words};

/// What a unit came to.
pub(super) struct Settled {
    /// The unit, with the machine's proposal beside it where one is open.
    pub(super) unit: Unit,
    /// Words she wrote into a proposal that is now over, as a unit after it.
    pub(super) extra: Option<Unit>,
    /// Whether a new proposal stands beside it.
    pub(super) conflict: bool,
}

/// Joins the machine's last unit, hers and the machine's new one.
pub(super) fn settled(base: Option<&Unit>, ours: &Unit, theirs: Option<&Unit>) -> Settled {
    let touched = base.is_none_or(|base| base.words() != ours.words());
    let changed = match (base, theirs) {
        (Some(base), Some(theirs)) => base.words() != theirs.words(),
        _ => false,
    };
    let agrees = theirs.is_some_and(|theirs| theirs.words() == ours.words());
    let mut unit = match theirs {
        Some(theirs) if !touched || agrees => Unit { head: theirs.head.clone(), ..ours.clone() },
        _ => ours.clone(),
    };
    if let Some(named) = theirs.filter(|unit| unit.id.is_some()).or(base)
        && (theirs.is_some() || unit.id.is_none())
    {
        unit.id.clone_from(&named.id);
        unit.mark.clone_from(&named.mark);
    }
    unit.body = body(base, ours, theirs);
    let open = unit.proposal.take();
    // The last draft is what an open proposal quotes, unless she wrote into it.
    let hers =
        open.clone().filter(|open| base.is_none_or(|base| words(&open.text) != words(base.line())));
    let conflict = touched && changed && !agrees;
    let mut extra = None;
    if conflict && let Some(theirs) = theirs {
        let rest = theirs.mark.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
        unit.proposal = Some(Proposal { key: String::new(), rest, text: theirs.line().to_owned() });
    } else if touched && !agrees && (theirs.is_some() || hers.is_some()) {
        unit.proposal = open;
        return Settled { unit: keyed(unit), extra, conflict };
    }
    if let Some(hers) = hers {
        let quote = format!("> {}", hers.text.replace('\n', "\n> "));
        if unit.kind == Kind::Entry || unit.kind == Kind::Numbered {
            let lines = quote.lines().map(|line| format!("  {line}"));
            unit.body.splice(0..0, lines.collect::<Vec<_>>());
        } else {
            extra = Some(Unit {
                kind: Kind::Paragraph,
                id: None,
                head: quote,
                body: Vec::new(),
                proposal: None,
                place: usize::MAX,
                ..unit.clone()
            });
        }
    }
    Settled { unit: keyed(unit), extra, conflict }
}

/// Names the proposal after the unit it stands beside.
fn keyed(mut unit: Unit) -> Unit {
    let key = unit.key();
    if let Some(proposal) = &mut unit.proposal {
        proposal.key = key;
    }
    unit
}

/// Joins the lines beneath an entry: what she took out stays out, what she wrote stays in.
fn body(base: Option<&Unit>, ours: &Unit, theirs: Option<&Unit>) -> Vec<String> {
    let (Some(base), Some(theirs)) = (base, theirs) else { return ours.body.clone() };
    let has = |unit: &Unit, line: &str| unit.body.iter().any(|it| it.trim() == line.trim());
    if ours.body == base.body {
        return theirs.body.clone();
    }
    let mut lines: Vec<String> =
        ours.body.iter().filter(|line| !has(base, line) || has(theirs, line)).cloned().collect();
    let cleared = !base.body.is_empty() && !base.body.iter().any(|line| has(ours, line));
    if !cleared {
        let new = theirs.body.iter().filter(|line| !has(base, line) && !has(ours, line));
        lines.extend(new.cloned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::reading::read;
    use super::super::unit::{File, Side};
    use super::super::writing::write;
    use super::*;

    fn unit(text: &str, side: Side) -> Unit {
        read(text, File::Open, side).remove(0)
    }

    fn joined(base: &str, ours: &str, theirs: &str) -> (String, bool) {
        let (base, ours) = (unit(base, Side::Base), unit(ours, Side::Ours));
        let settled = settled(Some(&base), &ours, Some(&unit(theirs, Side::Theirs)));
        let units: Vec<Unit> = [settled.unit].into_iter().chain(settled.extra).collect();
        (write(&units, "Nyt forslag:"), settled.conflict)
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
