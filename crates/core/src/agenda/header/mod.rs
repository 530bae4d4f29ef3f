//! The meeting's day, time and place: behind labels, else where a line or sentence gives them.

mod day;
mod labelled;
mod place;

use crate::domain::meeting::Header;
use crate::language::dates::WrittenDate;
use crate::language::labels::Field;
use crate::language::remarks::RemarkKind;

use super::fate::{Fate, Fates};
use super::finding::Finding;
use super::lines::{Line, squeeze};
use super::words::PageWords;
use super::zones::Zones;

use day::{check_weekday, dates, day, end_told, hours, near_time, years};
use labelled::{fact, labelled};
use place::{next_place, place_beside, place_text, sentence_of};

/// How many lines are looked through for day, time and place.
const HEADER_LINES: usize = 2_000;

/// A line that may give the day.
struct Offer {
    at: usize,
    text: String,
    score: i32,
    labelled: bool,
}

/// Reads day, time and place.
pub(super) fn read(
    lines: &[Line],
    open: &[bool],
    zones: &Zones,
    words: PageWords,
    header: &mut Header,
    fates: &mut Fates,
    remarks: &mut Vec<Finding>,
) {
    let years = years(lines, zones, words);
    let sent = zones
        .sent
        .as_deref()
        .and_then(|text| words.dates.dates(text).first().and_then(WrittenDate::date));
    labelled(lines, open, words, header, fates);
    let mut offers: Vec<Offer> = (0..lines.len().min(HEADER_LINES))
        .filter(|at| open[*at])
        .filter_map(|at| offer(lines, at, words, fates))
        .collect();
    if let Some(subject) = zones.subject.as_ref().filter(|it| !words.dates.dates(it).is_empty()) {
        offers.push(Offer { at: 0, text: subject.clone(), score: 0, labelled: false });
    }
    offers.sort_by_key(|it| (std::cmp::Reverse(it.score), it.at));
    if let Some(best) = offers.first() {
        let text = best.text.clone();
        let number = lines[best.at].number;
        let written = dates(&text, words).into_iter().next();
        if let Some(written) = written {
            header.date = day(&written, number, &years, sent, remarks);
            if !best.labelled && best.score <= 2 && header.date.is_some() {
                remarks.push(Finding::at(number, RemarkKind::NoDateLabel));
            }
            check_weekday(header.date, &written, number, remarks);
            fates.set(number, Fate::When);
        }
        let after = dates(&text, words).first().map_or(0, |it| it.to);
        let time = words.dates.time(&text, best.labelled).or_else(|| {
            let rest = text.get(after..).filter(|_| after > 0)?;
            words.dates.time(rest, true).filter(|it| it.end.is_some()).or_else(|| hours(rest))
        });
        if header.start.is_none()
            && let Some(time) = time
        {
            header.start = Some(time.start);
            header.end = header.end.or(time.end);
        }
        if header.start.is_none() {
            near_time(lines, open, best.at, words, header, fates);
        }
        if header.place.is_none() {
            header.place = place_beside(&text, words);
            if header.place.is_none() {
                next_place(lines, open, best.at, words, header, fates);
            } else {
                fates.set(number, Fate::When);
            }
        }
    }
    end_told(lines, open, words, header);
    if header.start.is_none() {
        for at in (0..lines.len().min(60)).filter(|at| open[*at]) {
            let item = matches!(
                fates.of(lines[at].number),
                Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_))
            );
            if item || words.page.patterns.later.is_match(&lines[at].text) {
                continue;
            }
            if let Some(time) = words
                .dates
                .time(&lines[at].text, false)
                .filter(|_| words.dates.tells_clock(&lines[at].text))
            {
                header.start = Some(time.start);
                header.end = header.end.or(time.end);
                fates.set(lines[at].number, Fate::When);
                if header.place.is_none() {
                    header.place = place_beside(&lines[at].text, words);
                }
                break;
            }
        }
    }
    if let (Some(start), Some(end)) = (header.start, header.end)
        && end <= start
    {
        remarks.push(Finding::on_whole(RemarkKind::EndsFirst));
    }
}

/// Weighs a line that may give the day.
fn offer(lines: &[Line], at: usize, words: PageWords, fates: &Fates) -> Option<Offer> {
    let line = &lines[at];
    let text = if line.cells.len() >= 2 { line.cells.join(" ") } else { line.text.clone() };
    let mut found = dates(&text, words);
    if found.is_empty() {
        return None;
    }
    let item = matches!(fates.of(line.number), Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_)));
    let mut from = 0;
    // In a paragraph the sentence with a time counts.
    let mut text = text;
    if text.chars().count() > 110 {
        let sentence =
            super::prose::split(&squeeze(&text), words.people, words.page).into_iter().find(|it| {
                !dates(it, words).is_empty()
                    && words.dates.time(it, false).is_some()
                    && !words.page.patterns.later.is_match(it)
            });
        if let Some(sentence) = sentence {
            text = sentence;
            found = dates(&text, words);
        }
    }
    let date = found.remove(0);
    from += date.from;
    let label = fact(line, words);
    let is_when =
        label.as_ref().is_some_and(|it| matches!(it.0, Field::When | Field::WhenAndWhere));
    let mut score = 0;
    score += if is_when { 4 } else { 0 };
    score += i32::from(date.weekday.is_some()) * 2;
    score += i32::from(date.year.is_some());
    let timed = words
        .dates
        .time(&text[date.to.min(text.len())..], is_when || date.weekday.is_some())
        .is_some()
        || words.dates.time(&text, false).is_some();
    score += i32::from(timed) * 2;
    let lower = text.to_lowercase();
    let meeting = words
        .labels()
        .any(|labels| labels.meetings.iter().any(|word| lower.contains(word.as_str())));
    score += i32::from(meeting);
    if words.page.patterns.later.is_match(&text) {
        score -= 6;
    }
    if item {
        score -= 7;
    }
    if line.indent + from > 45 {
        score -= 4;
    }
    Some(Offer { at, text, score, labelled: is_when })
}
