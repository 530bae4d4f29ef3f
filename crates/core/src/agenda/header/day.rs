//! The day and the hours, as they are written.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::meeting::{Date, Header};
use crate::language::dates::WrittenDate;
use crate::language::remarks::RemarkKind;

use super::super::fate::{Fate, Fates};
use super::super::finding::Finding;
use super::super::lines::Line;
use super::super::words::PageWords;
use super::super::zones::Zones;
use super::{HEADER_LINES, next_place, place_beside};
use crate::language::pattern::regex;

/// Reads `, 19-21 ·` behind a day.
pub(super) fn hours(text: &str) -> Option<crate::language::dates::WrittenTime> {
    static HOURS: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^\W{0,4}(\d{1,2})\s?[-–]\s?(\d{1,2})\b[^.:/\d]"));
    let it = HOURS.captures(text)?;
    let hour = |at: usize| crate::domain::meeting::ClockTime::new(it[at].parse().ok()?, 0);
    Some(crate::language::dates::WrittenTime {
        start: hour(1)?,
        end: hour(2),
        from: 0,
        to: it.get(2)?.end(),
    })
}

/// Returns the days written in a text; `d. 10/1` is one too.
pub(super) fn dates(text: &str, words: PageWords) -> Vec<WrittenDate> {
    let mut found = words.dates.dates(text);
    if found.is_empty() {
        for it in words.page.patterns.day_in_numbers.captures_iter(text) {
            let (Ok(day), Ok(month)) = (it[1].parse(), it[2].parse()) else { continue };
            let Some(whole) = it.get(0) else { continue };
            let date = WrittenDate {
                day,
                month,
                year: None,
                weekday: None,
                from: whole.start(),
                to: whole.end(),
            };
            if date.in_year(2000).is_some() {
                found.push(date);
            }
        }
    }
    found
}

/// Returns the years that a page names, the mail's first.
pub(super) fn years(lines: &[Line], zones: &Zones, words: PageWords) -> Vec<i16> {
    let mut years: Vec<i16> = Vec::new();
    let sent = zones.sent.iter().flat_map(|text| words.dates.dates(text)).filter_map(|it| it.year);
    years.extend(sent);
    for line in lines.iter().take(2000) {
        for word in line.text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4) {
            if let Some(year) = word.parse().ok().filter(|year| (1900..2100).contains(year))
                && !years.contains(&year)
            {
                years.push(year);
            }
        }
    }
    years
}

/// Returns the day; a year that is not printed is that of the mail, or one whose weekday fits.
pub(super) fn day(
    written: &WrittenDate,
    number: usize,
    years: &[i16],
    sent: Option<Date>,
    remarks: &mut Vec<Finding>,
) -> Option<Date> {
    if let Some(date) = written.date() {
        return Some(date);
    }
    if let Some(sent) = sent {
        let near = [sent.year(), sent.year() + 1]
            .into_iter()
            .filter_map(|year| written.in_year(year))
            .find(|date| *date >= sent);
        if let Some(date) = near {
            remarks.push(Finding::at(number, RemarkKind::YearSent).with("year", date.year()));
            return Some(date);
        }
    }
    let weekday = |date: &Date| written.weekday.is_none_or(|weekday| date.weekday() == weekday);
    let fits: Vec<Date> =
        years.iter().filter_map(|year| written.in_year(*year)).filter(weekday).collect();
    match fits[..] {
        [date] if written.weekday.is_some() => {
            remarks.push(Finding::at(number, RemarkKind::YearFits).with("year", date.year()));
            Some(date)
        }
        _ => {
            remarks.push(Finding::at(number, RemarkKind::NoYear));
            None
        }
    }
}

pub(super) fn check_weekday(
    date: Option<Date>,
    written: &WrittenDate,
    number: usize,
    remarks: &mut Vec<Finding>,
) {
    if let (Some(date), Some(weekday)) = (date, written.weekday)
        && date.weekday() != weekday
    {
        let found = Finding::at(number, RemarkKind::WrongWeekday).with("date", date);
        remarks.push(found.with_weekday("day", date.weekday()).with_weekday("written", weekday));
    }
}

/// Takes the time from the lines after the day.
pub(super) fn near_time(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: PageWords,
    header: &mut Header,
    fates: &mut Fates,
) {
    for next in (at + 1..lines.len().min(at + 4)).filter(|at| open[*at]) {
        let text = &lines[next].text;
        if matches!(
            fates.of(lines[next].number),
            Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_) | Fate::People(_))
        ) {
            return;
        }
        if let Some(time) = words.dates.time(text, false) {
            (header.start, header.end) = (Some(time.start), header.end.or(time.end));
            fates.set(lines[next].number, Fate::When);
            if header.place.is_none() {
                header.place = place_beside(text, words);
                if header.place.is_none() {
                    next_place(lines, open, next, words, header, fates);
                }
            }
            return;
        }
    }
}

/// Takes the time at which the meeting ends from where a sentence tells it.
pub(super) fn end_told(lines: &[Line], open: &[bool], words: PageWords, header: &mut Header) {
    if header.end.is_some() {
        return;
    }
    for (_, line) in lines.iter().enumerate().take(HEADER_LINES).filter(|(at, _)| open[*at]) {
        let Some(it) = words.page.patterns.ends.captures(&line.text) else { continue };
        let half = it.get(1).is_some();
        let hour = match it.get(3) {
            Some(hour) => hour.as_str().parse::<u8>().ok(),
            None => it
                .get(2)
                .map(|word| word.as_str().to_lowercase())
                .and_then(|word| words.page.header.half_hours.iter().position(|it| it == word))
                .map(|at| (at % 12) as u8),
        };
        let minute =
            if half { 30 } else { it.get(4).and_then(|it| it.as_str().parse().ok()).unwrap_or(0) };
        let Some(hour) = hour else { continue };
        let start = header.start.map_or(0, |it| it.minutes());
        let time = [hour, hour + 12]
            .into_iter()
            .filter_map(|hour| crate::domain::meeting::ClockTime::new(hour, minute))
            .find(|it| it.minutes() > start);
        header.end = time;
        return;
    }
}
