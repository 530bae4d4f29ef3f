//! Numbers spelt in words, as they are written in running text.

use super::words_of;
use crate::language::words::Words;

/// Spells an amount up to 999,999 in words, as it is written in running text.
pub fn spell(value: u64, language: Words<'_>) -> Option<String> {
    let words = words_of(language);
    let data = &words.data;
    let first = |spellings: &Vec<String>| spellings.first().cloned();
    let and = &data.and;
    match value {
        0..=19 => data.units.get(usize::try_from(value).ok()?).and_then(first),
        20..=99 => {
            let ten = data.tens.get(usize::try_from(value / 10).ok()? - 2).and_then(first)?;
            match (value % 10, data.unit_first) {
                (0, _) => Some(ten),
                (unit, true) => Some(format!("{}{and}{ten}", spell(unit, language)?)),
                (unit, false) => Some(format!("{ten}-{}", spell(unit, language)?)),
            }
        }
        100..=999 => {
            let count = spell(value / 100, language)?;
            let count = if value < 200 && data.unit_first { String::new() } else { count + " " };
            let head = format!("{count}{}", data.hundred.first()?);
            match value % 100 {
                0 => Some(head),
                rest => Some(format!("{head} {and} {}", spell(rest, language)?)),
            }
        }
        1000..=999_999 => {
            let head = format!("{} {}", spell(value / 1000, language)?, data.thousand.first()?);
            match value % 1000 {
                0 => Some(head),
                rest @ 1..=99 => Some(format!("{head} {and} {}", spell(rest, language)?)),
                rest => Some(format!("{head} {}", spell(rest, language)?)),
            }
        }
        _ => None,
    }
}

/// Spells a place up to 99 in words: `tredje`, `femogtyvende`.
pub fn spell_ordinal(value: u64, language: Words<'_>) -> Option<String> {
    let data = &words_of(language).data;
    let first = |spellings: &Vec<String>| spellings.first().cloned();
    match value {
        0..=19 => data.unit_ordinals.get(usize::try_from(value).ok()?).and_then(first),
        20..=99 => {
            let ten = usize::try_from(value / 10).ok()? - 2;
            match (value % 10, data.unit_first) {
                (0, _) => data.ten_ordinals.get(ten).and_then(first),
                (unit, true) => {
                    let unit = spell(unit, language)?;
                    Some(format!("{unit}{}{}", data.and, first(data.ten_ordinals.get(ten)?)?))
                }
                (unit, false) => {
                    let unit = spell_ordinal(unit, language)?;
                    Some(format!("{}-{unit}", first(data.tens.get(ten)?)?))
                }
            }
        }
        _ => None,
    }
}
