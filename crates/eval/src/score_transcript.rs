//! Scores of a transcript against what was said: word and character error rate, words
//! substituted and dropped, names right.

use serde::Serialize;

/// How a hypothesis differs from its reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Errors {
    /// Units of the reference.
    pub reference: usize,
    /// Units heard as others.
    pub substituted: usize,
    /// Units of the reference that are missing.
    pub dropped: usize,
    /// Units that were not said.
    pub inserted: usize,
}

impl Errors {
    /// Returns the error rate: all differences over the reference's length. May exceed 1.
    pub fn rate(&self) -> f64 {
        (self.substituted + self.dropped + self.inserted) as f64 / self.reference.max(1) as f64
    }

    /// Adds another stretch's counts.
    pub fn add(&mut self, other: Self) {
        self.reference += other.reference;
        self.substituted += other.substituted;
        self.dropped += other.dropped;
        self.inserted += other.inserted;
    }
}

/// Returns `text` as error rates compare it: lower case, letters and digits, one space
/// between words.
pub fn normalized(text: &str) -> String {
    let spaced: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the word errors of `heard` against `said`, both normalized.
pub fn words(said: &str, heard: &str) -> Errors {
    let units = |text: &str| -> Vec<String> {
        normalized(text).split_whitespace().map(str::to_owned).collect()
    };
    errors(&units(said), &units(heard))
}

/// Returns the character errors of `heard` against `said`, both normalized.
pub fn characters(said: &str, heard: &str) -> Errors {
    let units = |text: &str| -> Vec<char> { normalized(text).chars().collect() };
    errors(&units(said), &units(heard))
}

/// Returns how many times the words of `names` are said, and how many of those were heard:
/// counted as bags of words, so that a name heard elsewhere does not help twice.
pub fn names(said: &str, heard: &str, names: &[String]) -> (usize, usize) {
    let (said, heard) = (normalized(said), normalized(heard));
    let count = |text: &str, name: &str| text.split(' ').filter(|word| *word == name).count();
    let mut parts: Vec<String> = names
        .iter()
        .flat_map(|name| normalized(name).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    parts.sort();
    parts.dedup();
    parts.iter().fold((0, 0), |(all, right), name| {
        let times = count(&said, name);
        (all + times, right + times.min(count(&heard, name)))
    })
}

/// Levenshtein alignment with the kinds of difference counted, in memory of one row.
fn errors<T: PartialEq>(said: &[T], heard: &[T]) -> Errors {
    #[derive(Clone, Copy, Default)]
    struct Cell {
        cost: usize,
        errors: Errors,
    }
    let step = |cell: Cell, change: fn(&mut Errors)| {
        let mut next = Cell { cost: cell.cost + 1, ..cell };
        change(&mut next.errors);
        next
    };
    let mut row: Vec<Cell> = vec![Cell::default()];
    for column in 0..heard.len() {
        row.push(step(row[column], |errors| errors.inserted += 1));
    }
    for unit in said {
        let mut diagonal = row[0];
        row[0] = step(row[0], |errors| errors.dropped += 1);
        for (column, other) in heard.iter().enumerate() {
            let swap = if unit == other {
                diagonal
            } else {
                step(diagonal, |errors| errors.substituted += 1)
            };
            let drop = step(row[column + 1], |errors| errors.dropped += 1);
            let insert = step(row[column], |errors| errors.inserted += 1);
            diagonal = row[column + 1];
            row[column + 1] =
                [swap, drop, insert].into_iter().min_by_key(|cell| cell.cost).unwrap_or(swap);
        }
    }
    let last = row.last().copied().unwrap_or_default();
    Errors { reference: said.len(), ..last.errors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_difference_is_counted() {
        let errors = words("Så går vi videre til punkt to.", "så går vi til til punkt to nu");
        assert_eq!(errors, Errors { reference: 7, substituted: 1, dropped: 0, inserted: 1 });
        assert_eq!(words("et to", "").dropped, 2);
        assert!((characters("abcd", "abce").rate() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn a_name_counts_as_often_as_it_is_said() {
        let people = ["Ida Holm".to_owned()];
        assert_eq!(names("Ida, tak Ida", "ida tak Eda", &people), (2, 1));
    }
}
