//! By when: the phrase of a deadline as it was said, and the day it means.

use jiff::ToSpan as _;

use crate::domain::meeting::Date;
use crate::language::headings::Headings;
use crate::language::outcomes::Outcomes;
use crate::language::words::Words;

/// Returns the deadline that `sentence` names, as said.
pub(super) fn deadline(sentence: &str, language: Words<'_>) -> Option<String> {
    let outcomes = Outcomes::of(language);
    outcomes.deadlines.iter().find_map(|pattern| {
        let found = pattern.find(sentence)?;
        let said = ["when", "relative"].iter().find_map(|name| pattern.group(&found, name));
        said.map(str::to_owned)
    })
}

/// Returns the day that a deadline means which was said at a meeting of this date, where it counts
/// from the meeting: `i morgen`, `på fredag`, `om to uger`.
pub fn day_meant(said: &str, date: Date, language: Words<'_>) -> Option<Date> {
    let said = said.to_lowercase();
    let mut rest = said.as_str();
    loop {
        if let Some(day) = resolve(rest, date, language) {
            return Some(day);
        }
        // `senest på fredag` is `fredag`; nothing may follow.
        let (first, more) = rest.split_once(' ')?;
        if !Outcomes::of(language).by_when.iter().any(|word| word == first) {
            return None;
        }
        rest = more;
    }
}

fn resolve(said: &str, date: Date, language: Words<'_>) -> Option<Date> {
    let outcomes = Outcomes::of(language);
    let days = if let Some(days) = outcomes.relative_days.get(said) {
        *days
    } else if let Some(weekday) =
        Headings::of(language).weekdays.iter().position(|name| name.to_lowercase() == said)
    {
        // The next such day; on a Monday, `inden mandag` is a week away.
        let today = i64::from(date.weekday().to_monday_zero_offset());
        (i64::try_from(weekday).ok()? - today + 6).rem_euclid(7) + 1
    } else {
        let (count, unit) = said.split_once(' ')?;
        let count =
            outcomes.small_numbers.get(count).copied().or_else(|| count.parse::<i64>().ok())?;
        count.checked_mul(*outcomes.units.get(unit)?)?
    };
    // Bounded so that a hostile number cannot leave the calendar.
    (days.abs() < 3660).then(|| date.checked_add(days.days()).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(sentence: &str) -> Option<String> {
        deadline(sentence, Words::danish())
    }

    fn day(said: &str) -> Option<String> {
        // A Tuesday.
        let day = day_meant(said, Date::constant(2023, 3, 7), Words::danish())?;
        Some(day.to_string())
    }

    #[test]
    fn a_date_stays_as_said() {
        assert_eq!(due("Du skriver inden den 1. maj").as_deref(), Some("1. maj"));
        assert_eq!(due("Senest udgangen af marts").as_deref(), Some("udgangen af marts"));
        assert_eq!(due("Senest ved udgangen af marts").as_deref(), Some("udgangen af marts"));
        assert_eq!(due("Klar til mødet i maj").as_deref(), Some("mødet i maj"));
    }

    #[test]
    fn a_relative_day_is_counted_from_the_meeting() {
        assert_eq!(due("Jeg sender den i morgen").as_deref(), Some("i morgen"));
        assert_eq!(day("i morgen").as_deref(), Some("2023-03-08"));
        assert_eq!(day("inden fredag").as_deref(), Some("2023-03-10"));
        assert_eq!(day("senest på tirsdag").as_deref(), Some("2023-03-14"));
        assert_eq!(day("inden for 2 uger").as_deref(), Some("2023-03-21"));
        assert_eq!(day("fredag i påsken"), None);
    }

    #[test]
    fn a_number_beyond_the_calendar_stays_as_said() {
        assert_eq!(due("Klar om 99999999999 dage").as_deref(), Some("99999999999 dage"));
        assert_eq!(day("99999999999 dage"), None);
    }
}
