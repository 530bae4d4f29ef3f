//! Names as a recogniser gets them wrong, always the same way: what name correction is measured
//! with.

use serde::Serialize;

/// A kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mistake {
    /// A consonant doubled, or a double one single.
    Doubled,
    /// `d` for `t`, `b` for `p`, `g` for `k`, or the other way.
    Voiced,
    /// Another vowel.
    Vowel,
    /// A letter left out.
    Dropped,
    /// Two neighbours swapped.
    Swapped,
    /// Another spelling of the same sound, as in `aa` and `å`.
    Spelled,
    /// A word written as two.
    Split,
    /// Two words written as one.
    Joined,
}

impl Mistake {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Doubled,
        Self::Voiced,
        Self::Vowel,
        Self::Dropped,
        Self::Swapped,
        Self::Spelled,
        Self::Split,
        Self::Joined,
    ];
}

/// Spellings of the same sound.
const SPELLINGS: [(&str, &str); 12] = [
    ("aa", "å"),
    ("ch", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("ph", "f"),
    ("dt", "t"),
    ("ld", "l"),
    ("nd", "n"),
    ("w", "v"),
    ("z", "s"),
    ("kj", "k"),
    ("sen", "son"),
];

/// Vowels heard for one another.
const VOWELS: [(char, char); 8] = [
    ('a', 'e'),
    ('e', 'i'),
    ('i', 'e'),
    ('o', 'å'),
    ('u', 'o'),
    ('y', 'ø'),
    ('æ', 'e'),
    ('ø', 'y'),
];

/// Returns `name` with one mistake of a kind in every word of some length, or `None` where the
/// name leaves no room for it. `seed` decides which letter is hit.
pub fn misspell(name: &str, mistake: Mistake, seed: u64) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if mistake == Mistake::Joined {
        return (words.len() > 1).then(|| match words.split_last() {
            Some((last, rest)) => format!("{}{}", rest.join(" "), last.to_lowercase()),
            None => String::new(),
        });
    }
    let made: Vec<String> = words
        .iter()
        .map(|word| slip(word, mistake, seed).unwrap_or_else(|| (*word).to_owned()))
        .collect();
    let made = made.join(" ");
    (made != words.join(" ")).then_some(made)
}

fn slip(word: &str, mistake: Mistake, seed: u64) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return None;
    }
    // The first letter stays: it is what a listener gets right.
    let pick = |places: Vec<usize>| {
        let at = (seed % places.len().max(1) as u64) as usize;
        places.get(at).copied()
    };
    let places = |fits: &dyn Fn(usize) -> bool| (1..letters.len()).filter(|at| fits(*at)).collect();
    let with = |at: usize, change: &dyn Fn(&mut Vec<char>, usize)| {
        let mut letters = letters.clone();
        change(&mut letters, at);
        letters.into_iter().collect::<String>()
    };
    match mistake {
        Mistake::Doubled => {
            let at = pick(places(&|at| "lmnrstpkfd".contains(letters[at])))?;
            Some(with(at, &|word, at| {
                if word[at - 1] == word[at] {
                    word.remove(at);
                } else {
                    word.insert(at, word[at]);
                }
            }))
        }
        Mistake::Voiced => {
            let at = pick(places(&|at| "dtbpgk".contains(letters[at])))?;
            let other = |c: char| match c {
                'd' => 't',
                't' => 'd',
                'b' => 'p',
                'p' => 'b',
                'g' => 'k',
                _ => 'g',
            };
            Some(with(at, &|word, at| word[at] = other(word[at])))
        }
        Mistake::Vowel => {
            let other = |c: char| VOWELS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
            let at = pick(places(&|at| other(letters[at]).is_some()))?;
            Some(with(at, &|word, at| word[at] = other(word[at]).unwrap_or(word[at])))
        }
        Mistake::Dropped => Some(with(pick(places(&|_| true))?, &|word, at| {
            word.remove(at);
        })),
        Mistake::Swapped => {
            let differ = |at: usize| at + 1 < letters.len() && letters[at] != letters[at + 1];
            Some(with(pick(places(&differ))?, &|word, at| word.swap(at, at + 1)))
        }
        Mistake::Spelled => spelled(word, letters[0].len_utf8(), seed),
        Mistake::Split => {
            let at = 2 + (seed as usize) % (letters.len() - 3);
            let (left, right) = letters.split_at(at);
            Some(format!("{} {}", String::from_iter(left), String::from_iter(right)))
        }
        Mistake::Joined => None,
    }
}

/// Spells what follows the first letter, of so many bytes, another way that sounds the same.
fn spelled(word: &str, first: usize, seed: u64) -> Option<String> {
    let both = SPELLINGS.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
    let fitting: Vec<(&str, &str)> =
        both.filter(|(from, _)| word[first..].to_lowercase().contains(from)).collect();
    let (from, to) = *fitting.get((seed % fitting.len().max(1) as u64) as usize)?;
    Some(format!("{}{}", &word[..first], word[first..].replacen(from, to, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_changes_a_name_and_the_seed_decides_where() {
        let name = "Alessandra Giraldi";
        for mistake in Mistake::ALL {
            let made = misspell(name, mistake, 3);
            assert!(made.is_none_or(|made| made != name), "{mistake:?}");
        }
        assert_eq!(misspell(name, Mistake::Joined, 0).unwrap(), "Alessandragiraldi");
        assert_eq!(misspell("Krogsgaard", Mistake::Spelled, 0).unwrap(), "Krogsgård");
        assert_eq!(misspell("Giraldi", Mistake::Split, 0).unwrap(), "Gi raldi");
        assert_eq!(misspell("Kim", Mistake::Vowel, 0), None);
        assert_ne!(misspell(name, Mistake::Dropped, 1), misspell(name, Mistake::Dropped, 2));
    }
}
