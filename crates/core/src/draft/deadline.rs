//! By when: the phrase of a deadline, a relative day resolved against the meeting's date.

use jiff::ToSpan as _;

use crate::domain::meeting::Date;
use crate::language::headings::Headings;
use crate::language::outcomes::Outcomes;
use crate::language::words::Words;

/// Returns the deadline that `sentence` names: a day counted from the meeting as an ISO date,
/// anything else as said.
pub(super) fn deadline(sentence: &str, date: Option<Date>, language: Words<'_>) -> Option<String> {
    let outcomes = Outcomes::of(language);
    outcomes.deadlines.iter().find_map(|pattern| {
        let found = pattern.find(sentence)?;
        if let Some(said) = pattern.group(&found, "when") {
            return Some(said.to_owned());
        }
        let said = pattern.group(&found, "relative")?;
        let day = date.and_then(|date| resolve(&said.to_lowercase(), date, language));
        Some(day.map_or_else(|| said.to_owned(), |day| day.to_string()))
    })
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
        // A Tuesday.
        deadline(sentence, Some(Date::constant(2023, 3, 7)), Words::danish())
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
        assert_eq!(due("Jeg sender den i morgen").as_deref(), Some("2023-03-08"));
        assert_eq!(due("Jeg sender den inden fredag").as_deref(), Some("2023-03-10"));
        assert_eq!(due("Jeg sender den inden tirsdag").as_deref(), Some("2023-03-14"));
        assert_eq!(due("Jeg sender den inden for 2 uger").as_deref(), Some("2023-03-21"));
    }

    #[test]
    fn a_number_beyond_the_calendar_stays_as_said() {
        assert_eq!(due("Klar om 99999999999 dage").as_deref(), Some("99999999999 dage"));
    }
}
