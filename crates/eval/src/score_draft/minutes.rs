//! A draft beside minutes written by hand.

use std::collections::HashMap;

use referat_core::domain::referat::StatementKind;

use super::{Cited, DraftScore, in_item};

/// A line of minutes written by hand.
pub(super) struct Line<'a> {
    pub(super) item: u32,
    pub(super) text: &'a str,
    pub(super) sources: Vec<usize>,
    pub(super) kind: Option<StatementKind>,
}

pub(super) fn lines(minutes: &str) -> Vec<Line<'_>> {
    let mut item = 0;
    let mut lines = Vec::new();
    for line in minutes.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let mut words = heading.split([' ', '*']);
            item = words.find_map(|word| word.parse().ok()).unwrap_or(item);
        } else if let Some((text, comment)) =
            line.strip_prefix("- ").and_then(|line| line.split_once("<!-- src"))
        {
            let words = comment.trim_end_matches("-->").split_whitespace();
            let kind = match words.clone().next_back() {
                Some("decision") => Some(StatementKind::Decision),
                Some("action") => Some(StatementKind::Action),
                _ => None,
            };
            let sources = words.filter_map(|word| word.parse().ok()).collect();
            lines.push(Line { item, text: text.trim(), sources, kind });
        }
    }
    lines
}

/// Tells whether a statement rests on speech that a line rests on.
fn overlaps(line: &Line<'_>, one: &Cited<'_>) -> bool {
    line.sources.iter().any(|source| one.utterances.contains(source))
}

/// Tells whether a statement stands under the item of a line.
fn under(line: &Line<'_>, one: &Cited<'_>) -> bool {
    in_item(one.section, line.item) || (one.section.item.is_none() && line.item == 1)
}

/// Tells whether a statement does what a line does, or is said by the one that it names.
fn does(line: &Line<'_>, one: &Cited<'_>) -> bool {
    let statement = one.statement;
    match line.kind {
        Some(kind) => {
            let voted = (kind, statement.kind) == (StatementKind::Decision, StatementKind::Vote);
            statement.kind == kind || voted
        }
        None => statement.speaker.as_ref().is_some_and(|name| line.text.starts_with(name)),
    }
}

pub(super) fn against_minutes(
    statements: &[Cited<'_>],
    lines: &[Line<'_>],
    score: &mut DraftScore,
) {
    let matches = |line: &Line<'_>, one: &Cited<'_>| {
        under(line, one) && overlaps(line, one) && does(line, one)
    };
    // Why a line finds no partner: nothing told rests on the same speech, or what does stands
    // elsewhere, or does something else, or is said by another.
    let missed = |line: &Line<'_>| {
        let beside = || statements.iter().filter(|one| overlaps(line, one));
        let Some(first) = beside().next() else { return "untold".to_owned() };
        let own = if beside().any(|one| under(line, one)) { "here" } else { "elsewhere" };
        let by = first.statement.speaker.as_deref().unwrap_or("nobody");
        format!("told {own} as {:?} by {by}", first.statement.kind)
    };
    for line in lines {
        let best = |found: &dyn Fn(&Cited<'_>) -> bool| {
            let found = statements.iter().filter(|one| found(one));
            found.map(|one| chrf(&one.statement.text, line.text)).reduce(f64::max)
        };
        let found = best(&|one| matches(line, one));
        score.gold_lines.count(found.is_some());
        match found {
            Some(best) => {
                score.chrf.0 += best;
                score.chrf.1 += 1;
            }
            None => {
                let kind = line.kind;
                score.notes.push(format!(
                    "line not found ({}), {kind:?}: {}",
                    missed(line),
                    line.text
                ));
            }
        }
        score.wording.0 += best(&|one| overlaps(line, one)).unwrap_or_default();
        score.wording.1 += 1;
    }
    for one in statements {
        let found = lines.iter().any(|line| matches(line, one));
        score.statements.count(found);
        if !found {
            score.notes.push(format!("no such line: {}", one.statement.text));
        }
    }
}

/// Returns the character n-gram F-score (n up to 6, recall weighted twice), 0 to 100.
pub(super) fn chrf(hypothesis: &str, reference: &str) -> f64 {
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0);
    for n in 1..=6 {
        let (ours, theirs) = (ngrams(hypothesis, n), ngrams(reference, n));
        let (our_sum, their_sum): (usize, usize) = (ours.values().sum(), theirs.values().sum());
        if our_sum == 0 || their_sum == 0 {
            continue;
        }
        let shared: usize = ours
            .iter()
            .map(|(gram, count)| (*count).min(theirs.get(gram).copied().unwrap_or(0)))
            .sum();
        precision += shared as f64 / our_sum as f64;
        recall += shared as f64 / their_sum as f64;
        orders += 1;
    }
    if orders == 0 || precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (precision / f64::from(orders), recall / f64::from(orders));
    100.0 * 5.0 * precision * recall / (4.0 * precision + recall)
}

fn ngrams(text: &str, n: usize) -> HashMap<String, usize> {
    let letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut counts = HashMap::new();
    for gram in letters.windows(n) {
        *counts.entry(gram.iter().collect()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chrf_is_100_for_the_same_and_0_for_nothing_shared() {
        assert!((chrf("taget er utæt", "taget er utæt") - 100.0).abs() < 1e-9);
        assert!(chrf("abc", "xyz").abs() < 1e-9);
    }
}
