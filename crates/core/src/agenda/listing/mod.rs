//! Where the agenda stands on a page and which lines open its items: a table, a chain of
//! numbers, a programme by the clock, bullets or plain lines under the agenda's label.

mod loose;
mod numbered;

use super::lines::Line;
use super::opening::{Listing, Opening};
use super::tables;
use super::words::PageWords;

use loose::{by_clock, under_lead, without_numbers};
use numbered::numbered;

/// Finds the agenda among the lines that `open` lets through.
pub(super) fn find(lines: &[Line], open: &[bool], words: PageWords) -> Listing {
    let mut best = Listing::default();
    let mut most = 0.0;
    let mut offer = |listing: Option<Listing>, weight: f64| {
        let Some(listing) = listing else { return };
        let score = listing.openings.len() as f64 * weight;
        if score > most && listing.openings.len() >= 2 {
            (best, most) = (listing, score);
        }
    };
    offer(tables::agenda(lines, open, words), 1.6);
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
pub(super) fn is_lead(line: &Line, words: PageWords) -> bool {
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
    let page = &words.page.page;
    told && !page.approves.are_in(&lower) || ends && page.agenda_ends.has(&tail)
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

/// Keeps the lines that head the list.
fn head_lines(listing: &mut Listing, lines: &[Line], open: &[bool], words: PageWords) {
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
        if open[at] && (is_lead(&lines[at], words) || tables::is_head(&lines[at], words.page)) {
            listing.frame.push(at);
        }
    }
}
