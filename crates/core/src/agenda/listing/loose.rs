//! Items without numbers: a programme by the clock, bullets, plain lines.

use crate::language::remarks::RemarkKind;

use super::super::finding::Finding;
use super::super::lines::Line;
use super::super::unnumbered;
use super::super::words::PageWords;
use super::{Listing, Opening, bodies, head_lines, is_lead};

/// Finds a programme by the clock: `19.10   Cykelstien til Stensby`.
pub(super) fn by_clock(lines: &[Line], open: &[bool], words: PageWords) -> Option<Listing> {
    let mut listing = Listing::default();
    let mut last = 0u32;
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| open[*at]) {
        let Some(found) = words.page.patterns.programme.captures(&line.text) else { continue };
        let time = found[1].parse::<u32>().unwrap_or(0) * 60 + found[2].parse::<u32>().unwrap_or(0);
        if time < last {
            continue;
        }
        last = time;
        if words.is_pause(&found[3]) {
            listing.frame.push(at);
            continue;
        }
        listing.openings.push(Opening { at, rest: found[3].to_owned(), ..Opening::default() });
    }
    if listing.openings.len() < 3 {
        return None;
    }
    count(&mut listing);
    bodies(&mut listing, lines, open, lines.len());
    head_lines(&mut listing, lines, open, words);
    let line = lines[listing.openings[0].at].number;
    listing.remarks.push(Finding::at(line, RemarkKind::ProgrammeCounted));
    Some(listing)
}

pub(super) fn count(listing: &mut Listing) {
    for (index, opening) in listing.openings.iter_mut().enumerate() {
        opening.number = (index + 1).to_string();
    }
}

/// Finds bullets or plain lines under the agenda's lead.
pub(super) fn under_lead(lines: &[Line], open: &[bool], words: PageWords) -> Option<Listing> {
    let leads = (0..lines.len()).filter(|at| open[*at] && is_lead(&lines[*at], words));
    let listings = leads.filter_map(|lead| {
        let mut listing =
            bullets(lines, open, lead + 1).or_else(|| plain(lines, open, lead + 1, words))?;
        listing.frame.push(lead);
        Some(listing)
    });
    listings.max_by_key(|it| (it.openings.len(), std::cmp::Reverse(it.frame.first().copied())))
}

pub(super) fn bullets(lines: &[Line], open: &[bool], from: usize) -> Option<Listing> {
    let mut listing = Listing::default();
    let first = (from..lines.len()).find(|at| open[*at])?;
    if !lines[first].bullet || lines[first].heading > 0 {
        return None;
    }
    let indent = lines[first].indent;
    for at in first..lines.len() {
        if !open[at] {
            if listing.openings.is_empty() { continue } else { break }
        }
        let line = &lines[at];
        if line.bullet && line.indent <= indent + 1 {
            if line.indent + 2 < indent {
                break;
            }
            listing.openings.push(Opening { at, rest: line.text.clone(), ..Opening::default() });
        } else if line.indent > indent
            || !line.after_blank
                && line.indent == indent
                && line.text.starts_with(char::is_lowercase)
        {
            if let Some(opening) = listing.openings.last_mut() {
                opening.body.push(at);
            }
        } else {
            break;
        }
    }
    finish_counted(listing, lines, RemarkKind::BulletsCounted)
}

pub(super) fn plain(
    lines: &[Line],
    open: &[bool],
    from: usize,
    words: PageWords,
) -> Option<Listing> {
    let mut listing = Listing::default();
    for at in from..lines.len() {
        if !open[at] {
            break;
        }
        let line = &lines[at];
        let first = listing.openings.is_empty();
        let sentence = line.text.ends_with('.') && line.text.split_whitespace().count() > 8;
        if !first && line.after_blank
            || line.text.chars().count() > 150
            || line.heading > 0
            || sentence
            || words.label(&line.text).is_some()
        {
            break;
        }
        if !first && line.indent > lines[listing.openings[0].at].indent + 1 {
            if let Some(opening) = listing.openings.last_mut() {
                opening.body.push(at);
            }
            continue;
        }
        listing.openings.push(Opening { at, rest: line.text.clone(), ..Opening::default() });
    }
    finish_counted(listing, lines, RemarkKind::LinesCounted)
}

pub(super) fn finish_counted(
    mut listing: Listing,
    lines: &[Line],
    kind: RemarkKind,
) -> Option<Listing> {
    if listing.openings.len() < 2 {
        return None;
    }
    let counted = |it: &&Opening| it.rest.starts_with(|c: char| c.is_ascii_digit());
    if listing.openings.iter().filter(counted).count() * 2 > listing.openings.len() {
        return None;
    }
    count(&mut listing);
    listing.remarks.push(Finding::at(lines[listing.openings[0].at].number, kind));
    Some(listing)
}

/// Falls back to headings or lines that stand like headings, or to the longest list of bullets.
pub(super) fn without_numbers(lines: &[Line], open: &[bool], words: PageWords) -> Listing {
    let mut best: Option<Listing> = None;
    for at in 0..lines.len() {
        let begins = open[at] && lines[at].bullet && (at == 0 || !lines[at - 1].bullet);
        if begins
            && let Some(listing) = bullets(lines, open, at)
            && best.as_ref().is_none_or(|best| best.openings.len() < listing.openings.len())
        {
            let people = listing
                .openings
                .iter()
                .filter(|it| {
                    crate::names::entry::read(&it.rest, false, words.people)
                        .is_some_and(|it| it.sure)
                })
                .count();
            if people * 2 < listing.openings.len() {
                best = Some(listing);
            }
        }
    }
    let from = (0..lines.len()).find(|at| is_lead(&lines[*at], words)).map_or(0, |at| at + 1);
    let mut kind = RemarkKind::HeadingsCounted;
    let mut found = unnumbered::headings(lines, from, words.main);
    if found.is_empty() && best.is_none() {
        kind = RemarkKind::BareCounted;
        found = unnumbered::bare(lines, from, words.main);
    }
    found.retain(|at| open[*at]);
    if found.len() >= 2 {
        let mut listing = Listing {
            openings: found
                .iter()
                .map(|at| Opening { at: *at, rest: lines[*at].text.clone(), ..Opening::default() })
                .collect(),
            ..Listing::default()
        };
        bodies(&mut listing, lines, open, lines.len());
        if let Some(listing) = finish_counted(listing, lines, kind) {
            return listing;
        }
    }
    best.unwrap_or_default()
}
