//! Where the meeting is held, as a line or sentence gives it.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::meeting::Header;
use crate::language::headings::capitalised;

use super::super::fate::{Fate, Fates};
use super::super::lines::{Line, squeeze};
use super::super::words::PageWords;
use super::{dates, fact};
use crate::language::pattern::regex;

/// Returns the first sentence of a place behind its label.
pub(super) fn sentence_of(text: &str) -> &str {
    let cut = text.match_indices(". ").map(|it| it.0).find(|at| {
        let word = text[..*at].rsplit([' ', ',']).next().unwrap_or_default();
        word.chars().count() > 2 && text[at + 2..].starts_with(char::is_uppercase)
    });
    cut.map_or(text, |at| &text[..at])
}

/// Returns the place behind day and time on a line: `… kl. 19 i Fælleshuset, Sletten 2`.
pub(super) fn place_beside(text: &str, words: PageWords) -> Option<String> {
    let found = dates(text, words);
    let mut end = found
        .iter()
        .filter(|it| !words.page.patterns.later.is_match(&text[..it.from]))
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
    let rest = strip_clock(rest, words);
    let lead = rest.trim_start();
    let open = lead.trim_start_matches(|c: char| ",·•–-.)(!*|/@ ".contains(c));
    if let Some(inside) = lead.strip_prefix('(') {
        let place = cut_place(inside.split(')').next().unwrap_or(inside), words);
        if good_place(&place, words) {
            return Some(place);
        }
    }
    let marked = open.split_once(' ').filter(|(mark, _)| {
        words
            .labels()
            .any(|labels| labels.place_marks.iter().any(|it| it.eq_ignore_ascii_case(mark)))
    });
    let divided = lead.starts_with([',', '·', '•', '–', '-', '|', '@']);
    let place = match marked {
        Some((mark, place)) => {
            if words.page.header.place_kept.has_in_any_case(mark) {
                format!("{} {place}", mark.to_lowercase())
            } else {
                place.to_owned()
            }
        }
        None if divided => open.to_owned(),
        None => return before_day(text, words),
    };
    let place = cut_place(&place, words);
    if good_place(&place, words) { Some(place) } else { before_day(text, words) }
}

/// Returns the place that stands between a mark and the day: `i klubhuset på mandag d. 11. marts`.
pub(super) fn before_day(text: &str, words: PageWords) -> Option<String> {
    let it = words.page.patterns.place_before_day.captures(text)?;
    let mut place = it[1].trim().to_owned();
    let before = text[..it.get(1)?.start()].trim_end().to_lowercase();
    if let Some(kept) = words.page.header.place_kept.iter().find(|kept| before.ends_with(kept)) {
        place = format!("{kept} {place}");
    }
    let place = cut_place(&place, words);
    good_place(&place, words).then_some(place)
}

pub(super) fn strip_clock<'t>(rest: &'t str, words: PageWords) -> &'t str {
    words.page.patterns.behind_hour.find(rest).map_or(rest, |it| &rest[it.end()..])
}

pub(super) fn cut_place(text: &str, words: PageWords) -> String {
    let text = squeeze(text);
    if let Some(place) = with_part(&text, words) {
        return place;
    }
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
    for mark in words.page.header.place_ends.iter() {
        if let Some(at) = text.find(mark) {
            text.truncate(at);
        }
    }
    place_text(&text)
}

/// Returns a place with what stands in brackets behind it and tells where in it the meeting is:
/// `madkundskab (lokale 12 – brug indgangen fra p-pladsen!)`.
fn with_part(text: &str, words: PageWords) -> Option<String> {
    let (before, behind) = text.split_once(" (")?;
    // What ends a place stands before the brackets.
    if before.contains([';', '|', '!']) || before.contains(". ") {
        return None;
    }
    let inside = behind.split([')', ';', '!']).next()?;
    let part = inside.split(" – ").next()?.split(" - ").next()?.trim();
    let told = words.page.header.place_parts.begin(&part.to_lowercase());
    (told && part.split(' ').count() <= 5).then(|| place_text(&format!("{before}, {part}")))
}

pub(super) fn good_place(place: &str, words: PageWords) -> bool {
    let count = place.chars().count();
    let plain = place.to_lowercase();
    (3..=110).contains(&count)
        && place.split_whitespace().count() <= 14
        && place.chars().any(char::is_alphabetic)
        && words.dates.dates(place).is_empty()
        && !words.page.header.no_place_begins.begin(&plain)
        && !words.page.header.no_place_holds.are_in(&plain)
        && words.dates.time(place, false).is_none()
        && !place.starts_with(|c: char| c.is_ascii_digit() && !place.contains(' '))
}

pub(super) fn place_text(text: &str) -> String {
    let text = squeeze(text);
    // `(link i kalenderen)` tells about the place and is none.
    let bare = match text.rsplit_once(" (") {
        Some((place, note)) if note.ends_with(')') && note.split(' ').count() > 2 => {
            place.to_owned()
        }
        _ => text,
    };
    // `19-21 · Fælleshuset`: hours that the day did not take.
    static HOURS: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"^\d{1,2}(?:[.:]\d{2})?\s?[-–]\s?\d{1,2}(?:[.:]\d{2})?\s*[·•|,]\s*")
    });
    let bare = HOURS.replace(&bare, "");
    capitalised(bare.trim_matches(|c: char| "*_ ,.;:-–".contains(c)))
}

/// Takes the place from the line under the day, or the one before it.
pub(super) fn next_place(
    lines: &[Line],
    open: &[bool],
    at: usize,
    words: PageWords,
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
        || super::super::listing::is_lead(line, words)
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
            if words.page.header.place_kept.has_in_any_case(mark) {
                text.clone()
            } else {
                place.to_owned()
            }
        }
        None if !text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => return,
        None => text.clone(),
    };
    let sentence = text.split_whitespace().count() > 14;
    let place = cut_place(&place, words);
    if !sentence && good_place(&place, words) {
        header.place = Some(place);
        fates.set(line.number, Fate::Place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    #[test]
    fn what_tells_where_in_a_place_belongs_to_it() {
        let cut = |text| cut_place(text, PageWords::of(Words::danish()));
        assert_eq!(cut("biblioteket (lokale 3 – ring på!)"), "Biblioteket, lokale 3");
        assert_eq!(cut("hos Bo (opg. C, 1. th.) på onsdag"), "Hos Bo, opg. C, 1. th");
        assert_eq!(cut("biblioteket (der er kaffe fra klokken fire)"), "Biblioteket");
    }
}
