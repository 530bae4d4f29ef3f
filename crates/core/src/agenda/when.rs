//! Date, time of day and place of a meeting from the lines that tell them.

use crate::domain::meeting::{Date, Header};
use crate::language::dates::{DateWords, WrittenDate};
use crate::language::labels::Labels;
use crate::remark::Remark;

use super::lines::squeeze;

/// Reads a day and a time of day; `labelled` says that a label announced them.
/// A year that is not printed with the day is one of `years`, when only one fits the weekday.
pub(super) fn read(
    header: &mut Header,
    text: &str,
    number: usize,
    words: &DateWords,
    years: &[i16],
    labelled: bool,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if header.date.is_none()
        && let Some(written) = words.dates(text).first()
    {
        match written.date() {
            Some(date) => header.date = Some(date),
            None => header.date = guess_year(written, number, years, &mut remarks),
        }
        check_weekday(header.date, written, number, &mut remarks);
    }
    if header.start.is_none()
        && let Some(time) = words.time(text, labelled)
    {
        header.start = Some(time.start);
        header.end = header.end.or(time.end);
        if time.end.is_some_and(|end| end <= time.start) {
            remarks.push(Remark::at(number, "the meeting ends before it starts"));
        }
    }
    remarks
}

fn guess_year(
    written: &WrittenDate,
    number: usize,
    years: &[i16],
    remarks: &mut Vec<Remark>,
) -> Option<Date> {
    let fits = |year: &i16| {
        let date = written.in_year(*year)?;
        (written.weekday.is_some_and(|weekday| date.weekday() == weekday)).then_some(date)
    };
    let dates: Vec<Date> = years.iter().filter_map(fits).collect();
    if let [date] = dates[..] {
        let text = format!(
            "the date has no year; {} is the only year named here whose weekday fits",
            date.year()
        );
        remarks.push(Remark::at(number, text));
        return Some(date);
    }
    remarks.push(Remark::at(number, "the date has no year"));
    None
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

/// Returns the place that is named after the day and time on the same line, or that a whole
/// line gives: `15. februar 2011 på Skovkroen`, `I Kulturhuset, Vej 3 .`
pub(super) fn place_after(text: &str, words: &DateWords, labels: &Labels) -> Option<String> {
    let dates = words.dates(text);
    let mut end = dates.iter().map(|date| date.to).max().unwrap_or(0);
    if let Some(time) = words.time(text, false) {
        end = end.max(time.to);
    }
    let rest = text.get(end..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (mark, place) = rest.split_once(' ')?;
    let marked = labels.place_marks.iter().any(|it| it.eq_ignore_ascii_case(mark));
    let place = tidy(place);
    let named = place.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let short = place.chars().count() <= 80 && !place.contains(". ");
    (marked && named && short && !words.dates(&place).iter().any(|it| it.year.is_some()))
        .then_some(place)
}

/// Returns a place without what ends its line.
pub(super) fn tidy(text: &str) -> String {
    squeeze(text).trim_end_matches(|c: char| ".,;: ".contains(c)).to_owned()
}
