//! Where the agenda stands on a page and which lines open its items: a table, a chain of
//! numbers, a programme by the clock, bullets or plain lines under the agenda's label.

use std::sync::LazyLock;

use regex::Regex;

use crate::remark::Remark;

use super::chains;
use super::lines::Line;
use super::numbering::{self, Candidate, Style};
use super::tables::{self, Column};
use super::unnumbered;
use super::words::Words;

/// An item as it stands on the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Opening {
    /// Place of its line.
    pub(super) at: usize,
    pub(super) number: String,
    /// What follows the number, gaps kept; empty where the title stands on the next line.
    pub(super) rest: String,
    /// Columns of a table beside the title, with what their heads say.
    pub(super) columns: Vec<(Column, String)>,
    /// Places of the lines that belong to the item.
    pub(super) body: Vec<usize>,
    /// Whether the item is a table's row, so that its title ends with its cell.
    pub(super) row: bool,
}

/// The agenda's place.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) openings: Vec<Opening>,
    /// Lines that head the list or repeat it.
    pub(super) frame: Vec<usize>,
    pub(super) remarks: Vec<Remark>,
}

/// Finds the agenda among the lines that `open` lets through.
pub(super) fn find(lines: &[Line], open: &[bool], words: Words) -> Listing {
    let mut best = Listing::default();
    let mut most = 0.0;
    let mut offer = |listing: Option<Listing>, weight: f64| {
        let Some(listing) = listing else { return };
        let score = listing.openings.len() as f64 * weight;
        if score > most && listing.openings.len() >= 2 {
            (best, most) = (listing, score);
        }
    };
    offer(tables::agenda(lines, open), 1.6);
    offer(numbered(lines, open, words), 1.5);
    offer(by_clock(lines, open, words), 1.2);
    offer(under_lead(lines, open, words), 1.1);
    if best.openings.is_empty() {
        best = without_numbers(lines, open, words);
    }
    head_lines(&mut best, lines, open, words);
    best
}

/// Tells whether a line leads into the agenda: `Dagsorden:`, `Det skal vi tale om:`.
pub(super) fn is_lead(line: &Line, words: Words) -> bool {
    use crate::language::labels::Field;
    let text = line.squeezed();
    if !line.cells.is_empty() || line.bullet {
        return false;
    }
    if words.labels().any(
        |labels| matches!(labels.split(&text), Some((Field::Agenda, value)) if value.is_empty()),
    ) {
        return true;
    }
    let lower = text.to_lowercase();
    let short = text.split_whitespace().count() <= 12;
    let ends = text.trim_end().ends_with(':');
    let spread = text.split(' ').filter(|it| it.chars().count() == 1).count() >= 5;
    let joined: String = lower.split(' ').collect();
    if spread && words.labels().any(|labels| labels.exact(&joined) == Some(Field::Agenda)) {
        return true;
    }
    let tail = lower.rsplit(['.', '!', '?']).next().unwrap_or_default().trim().to_owned();
    let told = words.labels().any(|labels| {
        labels.agenda_leads.iter().any(|lead| {
            lower.starts_with(lead.as_str()) && (short || ends)
                || ends && tail.contains(lead.as_str())
        })
    });
    told && !lower.contains("godkendelse") || ends && (tail == "dagsorden:" || tail == "agenda:")
}

/// Finds the chain of numbers.
fn numbered(lines: &[Line], open: &[bool], words: Words) -> Option<Listing> {
    let mut candidates: Vec<Candidate> = (0..lines.len())
        .filter(|at| open[*at])
        .filter_map(|at| numbering::read(at, &lines[at], words))
        .collect();
    candidates.truncate(20_000);
    let leads: Vec<usize> = (0..lines.len())
        .filter(|at| open[*at] && (is_lead(&lines[*at], words) || tables::is_head(&lines[*at])))
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
    let runs = anew(&candidates, &chain, lines);
    if let Some(runs) = runs {
        chain = runs;
    }
    let mut listing = Listing::default();
    listing.openings = chain
        .iter()
        .map(|it| Opening {
            at: it.at,
            number: it.printed.clone(),
            rest: it.rest.clone(),
            ..Opening::default()
        })
        .collect();
    let until = until.min(lines.len());
    // `B. Sager til orientering` heads a part of the list and belongs to no item.
    let heads: Vec<usize> = listing
        .openings
        .iter()
        .filter(|it| it.number == "1")
        .filter_map(|it| it.at.checked_sub(1))
        .filter(|at| heads_part(&lines[*at]))
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
fn heads_part(line: &Line) -> bool {
    const HEADS: [&str; 10] = [
        "sager",
        "punkter",
        "beslutning",
        "orientering",
        "drøftelse",
        "åbne",
        "lukkede",
        "items",
        "open",
        "closed",
    ];
    let text = line.text.to_lowercase();
    line.text.split_whitespace().count() <= 7
        && (line.heading > 0 || line.after_blank)
        && HEADS.iter().any(|head| text.contains(head))
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns all items where their numbers begin anew under headings of the agenda:
/// `A. Sager til beslutning`, `B. Sager til orientering`.
fn anew<'a>(
    candidates: &'a [Candidate],
    chain: &[&Candidate],
    lines: &[Line],
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
    let headed = |it: &Candidate| it.at > 0 && heads_part(&lines[it.at - 1]);
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
fn under<'a>(
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
fn parts_as_items(candidates: &[Candidate]) -> Vec<Candidate> {
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

/// Gives every item the lines up to the next; the last one only what clings to it.
fn bodies(listing: &mut Listing, lines: &[Line], open: &[bool], until: usize) {
    let starts: Vec<usize> = listing.openings.iter().map(|it| it.at).collect();
    let details = starts.windows(2).any(|pair| {
        (pair[0] + 1..pair[1]).any(|at| {
            open[at]
                && !lines[at].after_blank
                && lines[at].indent <= lines[pair[0]].indent
                && !lines[at].bullet
        })
    });
    for (index, opening) in listing.openings.iter_mut().enumerate() {
        let end = starts.get(index + 1).copied();
        let mut apart = false;
        for at in opening.at + 1..end.unwrap_or(until) {
            if !open[at] {
                continue;
            }
            let line = &lines[at];
            let title = opening.rest.is_empty() && opening.body.is_empty();
            if end.is_none() && !title {
                // The others have no such lines, so the page goes on with other things.
                apart |= !details
                    && line.indent <= lines[opening.at].indent
                    && !line.bullet
                    && line.text.split_whitespace().count() > 4;
                // After the last item the page goes on with other things.
                apart |=
                    line.after_blank && line.indent <= lines[opening.at].indent && !line.bullet;
                apart |= line.heading > 0 || !line.cells.is_empty();
                apart |= line.after_rule;
                if apart {
                    break;
                }
            }
            opening.body.push(at);
        }
    }
}

/// Finds the list a second time, with the text under its items (or as the contents before), and
/// gives the items that text too.
fn again(listing: &mut Listing, candidates: &[Candidate], lines: &[Line], open: &[bool]) {
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

/// Keeps the lines that head the list.
fn head_lines(listing: &mut Listing, lines: &[Line], open: &[bool], words: Words) {
    let Some(first) = listing.openings.first().map(|it| it.at) else { return };
    // `Vi tager disse ting op:`
    if let Some(before) = first.checked_sub(1)
        && open[before]
        && lines[before].text.trim_end().ends_with(':')
        && lines[before].text.split_whitespace().count() <= 12
    {
        listing.frame.push(before);
    }
    for at in first.saturating_sub(4)..first {
        if open[at] && (is_lead(&lines[at], words) || tables::is_head(&lines[at])) {
            listing.frame.push(at);
        }
    }
}

/// Finds a programme by the clock: `19.10   Cykelstien til Stensby`.
fn by_clock(lines: &[Line], open: &[bool], words: Words) -> Option<Listing> {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        super::words::regex(
            r"(?i)^(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?(?:\s{2,}|\t+|\s*\|\s*|\s+[-–:]\s+)(\S.*)$",
        )
    });
    let mut listing = Listing::default();
    let mut last = 0u32;
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| open[*at]) {
        let Some(found) = CLOCK.captures(&line.text) else { continue };
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
    listing.remarks.push(Remark::at(
        line,
        "no numbered agenda; the items are those of the programme and are counted from 1",
    ));
    Some(listing)
}

fn count(listing: &mut Listing) {
    for (index, opening) in listing.openings.iter_mut().enumerate() {
        opening.number = (index + 1).to_string();
    }
}

/// Finds bullets or plain lines under the agenda's lead.
fn under_lead(lines: &[Line], open: &[bool], words: Words) -> Option<Listing> {
    let leads = (0..lines.len()).filter(|at| open[*at] && is_lead(&lines[*at], words));
    let listings = leads.filter_map(|lead| {
        let mut listing =
            bullets(lines, open, lead + 1).or_else(|| plain(lines, open, lead + 1, words))?;
        listing.frame.push(lead);
        Some(listing)
    });
    listings.max_by_key(|it| (it.openings.len(), std::cmp::Reverse(it.frame.first().copied())))
}

fn bullets(lines: &[Line], open: &[bool], from: usize) -> Option<Listing> {
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
    finish_counted(listing, lines, "bullets under the agenda's label")
}

fn plain(lines: &[Line], open: &[bool], from: usize, words: Words) -> Option<Listing> {
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
    finish_counted(listing, lines, "lines under the agenda's label")
}

fn finish_counted(mut listing: Listing, lines: &[Line], what: &str) -> Option<Listing> {
    if listing.openings.len() < 2 {
        return None;
    }
    let counted = |it: &&Opening| it.rest.starts_with(|c: char| c.is_ascii_digit());
    if listing.openings.iter().filter(counted).count() * 2 > listing.openings.len() {
        return None;
    }
    count(&mut listing);
    let text = format!("no numbered agenda; the items are {what} and are counted from 1");
    listing.remarks.push(Remark::at(lines[listing.openings[0].at].number, text));
    Some(listing)
}

/// Falls back to headings or lines that stand like headings, or to the longest list of bullets.
fn without_numbers(lines: &[Line], open: &[bool], words: Words) -> Listing {
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
                .filter(|it| crate::names::entry::read(&it.rest, false).is_some_and(|it| it.sure))
                .count();
            if people * 2 < listing.openings.len() {
                best = Some(listing);
            }
        }
    }
    let from = (0..lines.len()).find(|at| is_lead(&lines[*at], words)).map_or(0, |at| at + 1);
    let mut what = "headings";
    let mut found = unnumbered::headings(lines, from, words.main);
    if found.is_empty() && best.is_none() {
        what = "lines that stand like headings";
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
        if let Some(listing) = finish_counted(listing, lines, what) {
            return listing;
        }
    }
    best.unwrap_or_default()
}
