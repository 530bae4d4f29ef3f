//! A line of date and times.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::dates::Dates;
use crate::model::language::Language;
use crate::model::meeting::{ClockTime, Header};
use crate::remark::Remark;

/// `08:30`, `8.30`, `kl. 8`.
static CLOCK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(kl\.?\s*)?\b(\d{1,2})(?:[:.](\d{2}))?\b").ok());

/// Reads date, start and end from `line` into `header`; says what is uncertain.
pub(super) fn read(
    line: &str,
    at: usize,
    language: Language,
    header: &mut Header,
    remarks: &mut Vec<Remark>,
) {
    let dates = Dates::of(language);
    let mut rest = line.to_owned();
    if let Some(found) = dates.find(line) {
        header.date = header.date.or(Some(found.date));
        if let Some(weekday) = dates.weekday(line)
            && weekday != found.date.weekday()
        {
            let name = dates.weekday_name(found.date.weekday());
            remarks.push(Remark::at(at, format!("{} is a {name}, not as printed", found.date)));
        }
        rest.replace_range(found.range, " ");
    }
    for time in clocks(&rest) {
        if header.start.is_none() {
            header.start = Some(time);
        } else if header.end.is_none() {
            header.end = Some(time);
        }
    }
}

/// Returns the times of day on a line; a bare number is one only after `kl.` or after a
/// time that has been told.
fn clocks(line: &str) -> Vec<ClockTime> {
    let Some(pattern) = CLOCK.as_ref() else { return Vec::new() };
    let mut times = Vec::new();
    for found in pattern.captures_iter(line) {
        let said = found.get(1).is_some() || found.get(3).is_some() || !times.is_empty();
        let hour = found.get(2).and_then(|text| text.as_str().parse().ok());
        let minute = found.get(3).map_or(Some(0), |text| text.as_str().parse().ok());
        if said && let Some(time) = hour.zip(minute).and_then(|(h, m)| ClockTime::new(h, m)) {
            times.push(time);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(line: &str) -> Vec<String> {
        clocks(line).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn times_are_read_in_their_many_forms() {
        assert_eq!(times("kl. 08:30 til kl. 10:00."), ["08:30", "10:00"]);
        assert_eq!(times("kl. 8.30-10"), ["08:30", "10:00"]);
        assert_eq!(times("kl. 19"), ["19:00"]);
        assert_eq!(times("19:00 to 20:30"), ["19:00", "20:30"]);
        assert!(times("lokale 3").is_empty());
    }
}
