//! Phrases with the place of a number in them: `punkt {n}`, `det {nth} punkt`.

use crate::language::numbers;
use crate::language::words::Words;

/// A word of a phrase, or the place of a number.
pub(super) enum Slot {
    Word(String),
    Amount,
    Place,
}

/// Reads a phrase with places for a number.
pub(super) fn slots(phrase: &str) -> Vec<Slot> {
    phrase
        .split(' ')
        .map(|word| match word {
            "{n}" => Slot::Amount,
            "{nth}" => Slot::Place,
            word => Slot::Word(word.to_lowercase()),
        })
        .collect()
}

/// Fits a phrase with a number to the start of `words`: the words it takes and the number.
pub(super) fn fit(slots: &[Slot], words: &[&str], language: Words<'_>) -> Option<(usize, u64)> {
    let mut at = 0;
    let mut value = None;
    for slot in slots {
        let word = words.get(at)?;
        match slot {
            Slot::Word(expected) => {
                if word != expected {
                    return None;
                }
                at += 1;
            }
            Slot::Amount => match word.parse() {
                Ok(number) => {
                    value = Some(number);
                    at += 1;
                }
                Err(_) => {
                    let number = numbers::read(&words[at..], language).filter(|n| !n.ordinal)?;
                    value = Some(number.value);
                    at += number.words;
                }
            },
            Slot::Place => {
                let number = numbers::read(&words[at..], language).filter(|n| n.ordinal)?;
                value = Some(number.value);
                at += number.words;
            }
        }
    }
    Some((at, value?))
}
