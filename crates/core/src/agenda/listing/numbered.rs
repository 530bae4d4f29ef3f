//! Items by their numbers.

use super::super::chains;
use super::super::lines::Line;
use super::super::numbering::{self, Candidate, Style};
use super::super::tables::{self};
use super::super::words::PageWords;
use super::{Listing, Opening, bodies, head_lines, is_lead};

/// Finds the chain of numbers.
pub(super) fn numbered(lines: &[Line], open: &[bool], words: PageWords) -> Option<Listing> {
    let mut candidates: Vec<Candidate> = (0..lines.len())
        .filter(|at| open[*at])
        .filter_map(|at| numbering::read(at, &lines[at], words))
        .collect();
    // No agenda has as many; what has is no agenda.
    candidates.truncate(4_000);
    let leads: Vec<usize> = (0..lines.len())
        .filter(|at| {
            open[*at] && (is_lead(&lines[*at], words) || tables::is_head(&lines[*at], words.page))
        })
        .collect();
    let (whole, score) = chains::best(&candidates, lines);
    let mut best: (Vec<&Candidate>, f64, usize) = (whole, score, lines.len());
    for lead in &leads {
        let Some((chain, score, until)) = under(&candidates, lines, *lead) else { continue };
        if score * 1.6 > best.1 && chain.len() >= 2 && chain.len() * 2 > best.0.len() {
            best = (chain, score * 1.6, until);
        }
    }
    let (mut chain, _, until) = best;
    let parts;
    if chain.len() < 2 {
        // `1.1 … 1.8`: all parts of one number.
        parts = parts_as_items(&candidates);
        let (found, _) = chains::best(&parts, lines);
        if found.len() > chain.len() + 1 {
            chain = found;
        }
    }
    let enough = chain.len() >= 2
        || chain.len() == 1 && (!leads.is_empty() || chain[0].style == Style::Word);
    if !enough {
        return None;
    }
    let runs = anew(&candidates, &chain, lines, words);
    if let Some(runs) = runs {
        chain = runs;
    }
    let openings = chain
        .iter()
        .map(|it| Opening {
            at: it.at,
            number: it.printed.clone(),
            rest: it.rest.clone(),
            ..Opening::default()
        })
        .collect();
    let mut listing = Listing { openings, ..Listing::default() };
    let until = until.min(lines.len());
    // `B. Sager til orientering` heads a part of the list and belongs to no item.
    let heads: Vec<usize> = listing
        .openings
        .iter()
        .filter(|it| it.number == "1")
        .filter_map(|it| it.at.checked_sub(1))
        .filter(|at| heads_part(&lines[*at], words))
        .collect();
    bodies(&mut listing, lines, open, until);
    for opening in &mut listing.openings {
        opening.body.retain(|at| !heads.contains(at));
    }
    listing.frame.extend(heads);
    again(&mut listing, &candidates, lines, open);
    head_lines(&mut listing, lines, open, words);
    Some(listing)
}

/// Tells whether a line heads a part of an agenda.
pub(super) fn heads_part(line: &Line, words: PageWords) -> bool {
    let text = line.text.to_lowercase();
    line.text.split_whitespace().count() <= 7
        && (line.heading > 0 || line.after_blank)
        && words.page.item.part_heads.are_in(&text)
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns all items where their numbers begin anew under headings of the agenda:
/// `A. Sager til beslutning`, `B. Sager til orientering`.
pub(super) fn anew<'a>(
    candidates: &'a [Candidate],
    chain: &[&Candidate],
    lines: &[Line],
    words: PageWords,
) -> Option<Vec<&'a Candidate>> {
    let first = chain.first()?;
    let same: Vec<&Candidate> = candidates
        .iter()
        .filter(|it| {
            it.style == first.style
                && !it.part
                && lines[it.at].indent.abs_diff(lines[first.at].indent) <= 1
                && it.rest.starts_with(char::is_uppercase)
        })
        .collect();
    let headed = |it: &Candidate| it.at > 0 && heads_part(&lines[it.at - 1], words);
    let starts = same
        .iter()
        .enumerate()
        .filter(|(place, it)| it.value == 1 && (*place == 0 || headed(it)))
        .count();
    let counts = same
        .windows(2)
        .all(|pair| pair[1].value == pair[0].value + 1 || pair[1].value == 1 && headed(pair[1]));
    (starts >= 2 && counts && same.len() > chain.len()).then_some(same)
}

/// Returns the chain right under a lead and where its list ends.
pub(super) fn under<'a>(
    candidates: &'a [Candidate],
    lines: &[Line],
    lead: usize,
) -> Option<(Vec<&'a Candidate>, f64, usize)> {
    let from = candidates.partition_point(|it| it.at <= lead);
    let first = candidates[from..].iter().find(|it| !it.part)?;
    if first.at > lead + 4 {
        return None;
    }
    let again = |it: &&Candidate| {
        it.at > first.at
            && (it.value == first.value
                && (chains::same_title(it, first) || lines[it.at].heading > 0)
                || (it.style == Style::Word && first.style != Style::Word))
    };
    let end = candidates[from..].iter().find(again).map_or(lines.len(), |it| it.at);
    let to = candidates.partition_point(|it| it.at < end);
    let (chain, score) = chains::best(&candidates[from..to], lines);
    let plain = chain.iter().all(|it| lines[it.at].heading == 0);
    let last = chain.last()?.at;
    let heading = (last + 1..end).find(|at| plain && lines[*at].heading > 0);
    Some((chain, score, heading.unwrap_or(end)))
}

/// Returns the parts as candidates of their own, where all are of one item.
pub(super) fn parts_as_items(candidates: &[Candidate]) -> Vec<Candidate> {
    let parts: Vec<&Candidate> = candidates.iter().filter(|it| it.part).collect();
    let Some(first) = parts.first() else { return Vec::new() };
    if parts.iter().any(|it| it.value != first.value) {
        return Vec::new();
    }
    let own = |it: &&Candidate| {
        let value = it.printed.rsplit('.').next()?.parse().ok()?;
        Some(Candidate { value, part: false, ..(*it).clone() })
    };
    parts.iter().filter_map(own).collect()
}

/// Finds the list a second time, with the text under its items (or as the contents before), and
/// gives the items that text too.
pub(super) fn again(
    listing: &mut Listing,
    candidates: &[Candidate],
    lines: &[Line],
    open: &[bool],
) {
    let used: Vec<usize> = listing.openings.iter().map(|it| it.at).collect();
    let mut second: Vec<(usize, usize, String)> = Vec::new();
    for (index, opening) in listing.openings.iter().enumerate() {
        let same = candidates.iter().find(|it| {
            !used.contains(&it.at)
                && second.last().is_none_or(|last| it.at > last.1)
                && it.printed == opening.number
                && chains::same_start_of(&it.rest, &opening.rest)
        });
        if let Some(same) = same {
            second.push((index, same.at, same.rest.clone()));
        }
    }
    if second.len() < 2 || second.len() * 2 < used.len() {
        return;
    }
    let (first_used, last_used) = (used[0], used[used.len() - 1]);
    let first = second[0].1;
    let before = first < first_used;
    for (place, (index, at, _)) in second.iter().enumerate() {
        listing.frame.push(*at);
        if before {
            continue;
        }
        let end = second.get(place + 1).map_or(lines.len(), |next| next.1);
        let last = place + 1 == second.len();
        for line in at + 1..end {
            if !open[line] {
                continue;
            }
            if last && (lines[line].after_blank && place > 0 && line > at + 12) {
                break;
            }
            listing.openings[*index].body.push(line);
        }
    }
    if !before {
        // The contents end where the text begins.
        for opening in &mut listing.openings {
            opening.body.retain(|at| {
                *at < last_used || *at > first || lines[*at].indent > lines[opening.at].indent
            });
            opening.body.retain(|at| !second.iter().any(|it| it.1 == *at));
        }
    } else {
        let _ = last_used;
    }
}
