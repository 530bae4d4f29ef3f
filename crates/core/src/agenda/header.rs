//! The meeting's day, time and place: behind labels, else where a line or sentence gives them.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::meeting::{Date, Header};
use crate::language::dates::WrittenDate;
use crate::language::labels::Field;
use crate::remark::Remark;

use super::fate::{Fate, Fates};
use super::lines::{Line, squeeze};
use super::tables;
use super::when;
use super::words::{Words, regex};
use super::zones::Zones;

/// A line that may give the day.
struct Offer {
    at: usize,
    text: String,
    score: i32,
    labelled: bool,
}

static LATER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(næste (?:møde|gang|ordinære|bestyrelsesmøde|bm|byggemøde)|kommende møder|forslag:|senest|frist|udsendt|udskrevet|udarbejdet|tilmelding|fra sidst|protokol|mødet den|i den første|save the date|next meeting|date of next|minutes of|meeting of|last meeting|hænge til|formøde|godkendt den|gælder fra|opdateret|dokument|journal|sagsnr|husk:? næste|rettet|bilag|lukket for|agenda for \p{L}+ \d+:)",
    )
});

/// Reads day, time and place.
pub(super) fn read(
    lines: &[Line],
    open: &[bool],
    zones: &Zones,
    words: Words,
    header: &mut Header,
    fates: &mut Fates,
    remarks: &mut Vec<Remark>,
) {
    let years = years(lines, zones, words);
    let sent = zones
        .sent
        .as_deref()
        .and_then(|text| words.dates.dates(text).first().and_then(WrittenDate::date));
    labelled(lines, open, words, header, fates);
    let mut offers: Vec<Offer> = (0..lines.len())
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
                remarks.push(Remark::at(
                    number,
                    "this date has no label; it is taken as the meeting's",
                ));
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
            if item || LATER.is_match(&lines[at].text) {
                continue;
            }
            if let Some(time) = words.dates.time(&lines[at].text, false).filter(|_| {
                lines[at].text.to_lowercase().contains("kl")
                    || words.language == crate::domain::language::Language::En
            }) {
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
        remarks.push(Remark::on_whole("the meeting ends before it starts"));
    }
}

/// Reads `, 19-21 ·` behind a day.
fn hours(text: &str) -> Option<crate::language::dates::WrittenTime> {
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
fn dates(text: &str, words: Words) -> Vec<WrittenDate> {
    static SHORT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\b(?:d\.|den)\s?(\d{1,2})/(\d{1,2})\b"));
    let mut found = words.dates.dates(text);
    if found.is_empty() {
        for it in SHORT.captures_iter(text) {
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
fn years(lines: &[Line], zones: &Zones, words: Words) -> Vec<i16> {
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
fn day(
    written: &WrittenDate,
    number: usize,
    years: &[i16],
    sent: Option<Date>,
    remarks: &mut Vec<Remark>,
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
            remarks.push(Remark::at(
                number,
                format!(
                    "the date has no year; {} follows from the day the mail was sent",
                    date.year()
                ),
            ));
            return Some(date);
        }
    }
    let weekday = |date: &Date| written.weekday.is_none_or(|weekday| date.weekday() == weekday);
    let fits: Vec<Date> =
        years.iter().filter_map(|year| written.in_year(*year)).filter(weekday).collect();
    match fits[..] {
        [date] if written.weekday.is_some() => {
            remarks.push(Remark::at(
                number,
                format!(
                    "the date has no year; {} is the only year named here whose weekday fits",
                    date.year()
                ),
            ));
            Some(date)
        }
        _ => {
            remarks.push(Remark::at(number, "the date has no year"));
            None
        }
    }
}

fn check_weekday(
    date: Option<Date>,
    written: &WrittenDate,
    number: usize,
    remarks: &mut Vec<Remark>,
) {
    if let (Some(date), Some(weekday)) = (date, written.weekday)
        && date.weekday() != weekday
    {
        let text =
            format!("the weekday is wrong: {date} is a {:?}, not a {weekday:?}", date.weekday());
        remarks.push(Remark::at(number, text));
    }
}

/// Splits a line into a label of the header and its value.
fn fact<'a>(line: &'a Line, words: Words) -> Option<(Field, String)> {
    if line.cells.len() >= 2 {
        let field = words.labels().find_map(|labels| labels.exact(&line.cells[0]))?;
        return Some((field, line.cells[1..].join(" ").trim().to_owned()));
    }
    let (field, value) = words.label(&line.text)?;
    Some((field, value.to_owned()))
}

/// Reads time and place behind labels.
fn labelled(lines: &[Line], open: &[bool], words: Words, header: &mut Header, fates: &mut Fates) {
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| open[*at]) {
        if matches!(
            fates.of(line.number),
            Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_) | Fate::People(_))
        ) {
            continue;
        }
        // Several labels on one line: `Dato:  10-10-2024   Kl.:  13:30-15:00`.
        let pieces: Vec<Line> = pieces(line);
        for piece in &pieces {
            let Some((field, value)) = fact(piece, words) else { continue };
            let below = value.is_empty();
            let value = if below { following(lines, open, at, words) } else { value };
            if value.is_empty() || LATER.is_match(&piece.text) {
                continue;
            }
            let mut mark = |fate: Fate| {
                fates.set(line.number, fate.clone());
                if below && let Some(next) = lines.get(at + 1) {
                    fates.set(next.number, fate);
                }
            };
            match field {
                Field::Place if header.place.is_none() => {
                    let text = place_text(sentence_of(&value));
                    if text.chars().any(char::is_alphanumeric) {
                        header.place = Some(text);
                        mark(Fate::Place);
                    }
                }
                Field::When | Field::WhenAndWhere => {
                    if header.start.is_none()
                        && line.indent < 30
                        && let Some(time) = words.dates.time(&value, true)
                    {
                        header.start = Some(time.start);
                        header.end = header.end.or(time.end);
                    }
                    mark(Fate::When);
                }
                Field::End if header.end.is_none() => {
                    let digits = |c: char| c.is_ascii_digit();
                    if let Some(time) =
                        words.dates.time(&value, true).filter(|_| value.contains(digits))
                    {
                        header.end = Some(time.start);
                        mark(Fate::When);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Returns the first sentence of a place behind its label.
fn sentence_of(text: &str) -> &str {
    let cut = text.match_indices(". ").map(|it| it.0).find(|at| {
        let word = text[..*at].rsplit([' ', ',']).next().unwrap_or_default();
        word.chars().count() > 2 && text[at + 2..].starts_with(char::is_uppercase)
    });
    cut.map_or(text, |at| &text[..at])
}

fn pieces(line: &Line) -> Vec<Line> {
    if !line.cells.is_empty() {
        return vec![line.clone()];
    }
    let parts: Vec<String> = line
        .text
        .split('·')
        .flat_map(|part| {
            let mut found: Vec<String> = Vec::new();
            for cell in tables::cells(&Line { text: part.trim().to_owned(), ..Line::default() }) {
                match found.last_mut() {
                    Some(last)
                        if last.ends_with(':') || !cell.contains(':') || cell.starts_with(':') =>
                    {
                        last.push(' ');
                        last.push_str(&cell);
                    }
                    _ => found.push(cell),
                }
            }
            found
        })
        .collect();
    if parts.len() < 2 {
        return vec![line.clone()];
    }
    parts
        .into_iter()
        .map(|text| Line { text, number: line.number, indent: line.indent, ..Line::default() })
        .collect()
}

/// Returns the line after a label that stands alone.
fn following(lines: &[Line], open: &[bool], at: usize, words: Words) -> String {
    match lines.get(at + 1) {
        Some(next) if open[at + 1] && fact(next, words).is_none() && next.heading == 0 => {
            next.text.clone()
        }
        _ => String::new(),
    }
}

/// Weighs a line that may give the day.
fn offer(lines: &[Line], at: usize, words: Words, fates: &Fates) -> Option<Offer> {
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
        let sentence = super::prose::split(&squeeze(&text)).into_iter().find(|it| {
            !dates(it, words).is_empty()
                && words.dates.time(it, false).is_some()
                && !LATER.is_match(it)
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
    if LATER.is_match(&text) {
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

/// Takes the time from the lines after the day.
fn near_time(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: Words,
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
fn end_told(lines: &[Line], open: &[bool], words: Words, header: &mut Header) {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\b(?:slut(?:ter)?(?: senest)?|færdige?|slut|senest færdig|done|over|ends?(?: by| at)?|finish(?:es)?(?: by| at)?)\b\D{0,12}(?:kl\.?\s*)?(?:(halv)\s+(\p{L}+)|(\d{1,2})(?:[.:](\d{2}))?)\b",
        )
    });
    if header.end.is_some() {
        return;
    }
    const HOURS: [&str; 12] =
        ["et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    for (_, line) in lines.iter().enumerate().filter(|(at, _)| open[*at]) {
        let Some(it) = END.captures(&line.text) else { continue };
        let half = it.get(1).is_some();
        let hour = match it.get(3) {
            Some(hour) => hour.as_str().parse::<u8>().ok(),
            None => it
                .get(2)
                .and_then(|word| HOURS.iter().position(|it| *it == word.as_str().to_lowercase()))
                .map(|at| at as u8),
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
        let _ = words;
        return;
    }
}

/// Returns the place behind day and time on a line: `… kl. 19 i Fælleshuset, Sletten 2`.
fn place_beside(text: &str, words: Words) -> Option<String> {
    let found = dates(text, words);
    let mut end = found
        .iter()
        .filter(|it| !LATER.is_match(&text[..it.from]))
        .map(|it| it.to)
        .next()
        .unwrap_or(0);
    if let Some(time) = words.dates.time(text, false) {
        end = end.max(time.to);
    } else if let Some(time) =
        words.dates.time(text.get(end..)?, true).filter(|_| !found.is_empty())
    {
        end += time.to;
    }
    let rest = text.get(end..)?;
    let rest = strip_clock(rest);
    let lead = rest.trim_start();
    let open = lead.trim_start_matches(|c: char| ",·–-.)(!*|/ ".contains(c));
    if let Some(inside) = lead.strip_prefix('(') {
        let place = cut_place(inside.split(')').next().unwrap_or(inside));
        if good_place(&place, words) {
            return Some(place);
        }
    }
    let marked = open.split_once(' ').filter(|(mark, _)| {
        words
            .labels()
            .any(|labels| labels.place_marks.iter().any(|it| it.eq_ignore_ascii_case(mark)))
    });
    let divided = lead.starts_with([',', '·', '–', '-', '|']);
    let place = match marked {
        Some((mark, place)) => {
            if mark.eq_ignore_ascii_case("hos") {
                format!("hos {place}")
            } else {
                place.to_owned()
            }
        }
        None if divided => open.to_owned(),
        None => return before_day(text, words),
    };
    let place = cut_place(&place);
    if good_place(&place, words) { Some(place) } else { before_day(text, words) }
}

/// Returns the place that stands between a mark and the day: `i klubhuset på mandag d. 11. marts`.
fn before_day(text: &str, words: Words) -> Option<String> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)\b(?:mødes|ses|møde|sidder|bestyrelsesmøde)\s+(?:i|på|hos)\s+(.{3,60}?)\s+(?:på\s+)?(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|den\s+\d|d\.|kl\.?\s)",
        )
    });
    let it = BEFORE.captures(text)?;
    let mut place = it[1].trim().to_owned();
    if text[..it.get(1)?.start()].trim_end().to_lowercase().ends_with("hos") {
        place = format!("hos {place}");
    }
    let place = cut_place(&place);
    good_place(&place, words).then_some(place)
}

fn strip_clock(rest: &str) -> &str {
    static MORE: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?i)^\s*(?:\((?:CET|CEST|UTC)[^)]*\)|CET|UTC|GMT|præcis|sharp|[ap]\.?m\.?)\s*")
    });
    MORE.find(rest).map_or(rest, |it| &rest[it.end()..])
}

fn cut_place(text: &str) -> String {
    let text = squeeze(text);
    let mut depth = 0usize;
    let mut end = text.len();
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (at, letter)) in letters.iter().enumerate() {
        match letter {
            '(' => {
                depth += 1;
                let inner: String = text[at + 1..].chars().take_while(|c| *c != ')').collect();
                let long = inner.split(' ').count() > 3;
                if long {
                    end = *at;
                    break;
                }
            }
            ')' => {
                if depth == 0 {
                    end = *at;
                    break;
                }
                depth -= 1;
            }
            '.' | '!' if depth == 0 => {
                let word = text[..*at].rsplit([' ', ',']).next().unwrap_or_default();
                let short = word.chars().count() <= 2 || word.chars().all(|c| c.is_ascii_digit());
                let after = letters.get(index + 1).map(|it| it.1);
                if after.is_none() || after == Some(' ') && !short {
                    end = *at;
                    break;
                }
            }
            ';' | '|' => {
                end = *at;
                break;
            }
            _ => {}
        }
    }
    let mut text = text[..end].to_owned();
    for mark in [
        ", hvor ",
        ", der ",
        ", jeg ",
        ", og ",
        ", som ",
        " med følgende",
        ", ikke ",
        " og ikke ",
        " for the purpose",
    ] {
        if let Some(at) = text.find(mark) {
            text.truncate(at);
        }
    }
    place_text(&text)
}

fn good_place(place: &str, words: Words) -> bool {
    let count = place.chars().count();
    let plain = place.to_lowercase();
    count >= 3
        && count <= 110
        && place.split_whitespace().count() <= 14
        && place.chars().any(char::is_alphabetic)
        && words.dates.dates(place).is_empty()
        && !plain.starts_with("kl")
        && !plain.starts_with("jeg ")
        && !plain.contains(" skal ")
        && words.dates.time(place, false).is_none()
        && !place.starts_with(|c: char| c.is_ascii_digit() && !place.contains(' '))
}

fn place_text(text: &str) -> String {
    squeeze(text).trim_matches(|c: char| "*_ ,.;:-–".contains(c)).to_owned()
}

/// Takes the place from the line under the day, or the one before it.
fn next_place(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: Words,
    header: &mut Header,
    fates: &mut Fates,
) {
    let Some(next) = (at + 1..lines.len().min(at + 2)).find(|at| open[*at]) else { return };
    let line = &lines[next];
    let text = line.squeezed();
    let taken = matches!(
        fates.of(line.number),
        Some(Fate::Item(_) | Fate::Part(_) | Fate::Note(_) | Fate::People(_) | Fate::Agenda)
    );
    if taken
        || line.after_blank
        || line.heading > 0
        || fact(line, words).is_some()
        || super::listing::is_lead(line, words)
        || line.bullet
    {
        return;
    }
    let mark = text.split_once(' ').filter(|(mark, _)| {
        words
            .labels()
            .any(|labels| labels.place_marks.iter().any(|it| it.eq_ignore_ascii_case(mark)))
    });
    let place = match mark {
        Some((mark, place)) => {
            if mark.eq_ignore_ascii_case("hos") {
                text.clone()
            } else {
                place.to_owned()
            }
        }
        None if !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => return,
        None => text.clone(),
    };
    let sentence = text.split_whitespace().count() > 14;
    let place = cut_place(&place);
    if !sentence && good_place(&place, words) {
        header.place = Some(place);
        fates.set(line.number, Fate::Place);
    }
    let _ = when::tidy;
}
