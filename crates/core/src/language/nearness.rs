//! How closely a phrase occurs in a text: approximate search over letters, so that a phrase is
//! found although the recogniser heard some of its letters wrong.

/// A text or phrase as small codes, one per letter, with a space at either end.
#[derive(Clone, Debug)]
pub struct Letters {
    codes: Vec<u8>,
    /// One bit per pair of letters that stands in the text, a row per first letter.
    pairs: [u64; CODES],
}

/// Number of different codes.
const CODES: usize = 64;
/// Most letters of a phrase (they stand in one machine word).
pub const LONGEST: usize = 64;

impl Letters {
    /// Encodes a folded text (see [`folded`](super::normalize::folded)).
    pub fn new(folded: &str) -> Self {
        let inner = folded.chars().map(code);
        let codes: Vec<u8> = std::iter::once(0).chain(inner).chain(std::iter::once(0)).collect();
        let mut pairs = [0; CODES];
        for pair in codes.windows(2) {
            pairs[usize::from(pair[0])] |= 1 << pair[1];
        }
        Self { codes, pairs }
    }

    /// Returns the number of letters, the outer spaces included.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Tells whether there is nothing between the outer spaces.
    pub fn is_empty(&self) -> bool {
        self.codes.len() <= 2
    }
}

fn code(letter: char) -> u8 {
    match letter {
        ' ' => 0,
        'a'..='z' => letter as u8 - b'a' + 1,
        '0'..='9' => letter as u8 - b'0' + 27,
        'æ' | 'ä' => 37,
        'ø' | 'ö' => 38,
        'å' => 39,
        'é' | 'è' | 'ê' => 5,
        'ü' => 25,
        _ => 40,
    }
}

/// A phrase prepared for searching.
#[derive(Clone, Debug)]
pub struct Phrase {
    masks: [u64; CODES],
    codes: Vec<u8>,
    length: usize,
}

/// Where a phrase occurs best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Letters to change, drop or insert.
    pub distance: usize,
    /// Letter of the folded text just after the occurrence, counted from 0.
    pub end: usize,
}

impl Phrase {
    /// Prepares a folded phrase; letters beyond [`LONGEST`] do not count.
    pub fn new(folded: &str) -> Self {
        let letters = Letters::new(folded);
        let mut codes = letters.codes;
        codes.truncate(LONGEST);
        let mut masks = [0; CODES];
        for (place, code) in codes.iter().enumerate() {
            masks[usize::from(*code)] |= 1 << place;
        }
        Self { masks, length: codes.len(), codes }
    }

    /// Returns the number of letters, the outer spaces included.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Tells whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.length <= 2
    }

    /// Returns how many of the phrase's pairs of letters do not stand in a text; a change
    /// touches two of them at most.
    fn lacks(&self, text: &Letters) -> usize {
        let absent = |pair: &&[u8]| text.pairs[usize::from(pair[0])] & (1 << pair[1]) == 0;
        self.codes.windows(2).filter(absent).count()
    }

    /// Finds the best occurrence that needs at most `allowed` changes (Myers' bit-parallel search).
    pub fn nearest(&self, text: &Letters, allowed: usize) -> Option<Nearest> {
        if self.is_empty() || self.lacks(text) > 2 * allowed {
            return None;
        }
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down) = (u64::MAX, 0_u64);
        let mut distance = self.length;
        let mut best: Option<Nearest> = None;
        for (place, code) in text.codes.iter().enumerate() {
            let equal = self.masks[usize::from(*code)];
            let vertical = equal | down;
            let horizontal = ((equal & up).wrapping_add(up) ^ up) | equal;
            let mut right = down | !(horizontal | up);
            let mut left = up & horizontal;
            if right & last != 0 {
                distance += 1;
            }
            if left & last != 0 {
                distance -= 1;
            }
            right <<= 1;
            left <<= 1;
            up = left | !(vertical | right);
            down = right & vertical;
            if distance <= allowed && best.is_none_or(|best| distance < best.distance) {
                best = Some(Nearest { distance, end: place.saturating_sub(1) });
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(phrase: &str, text: &str) -> Option<usize> {
        Phrase::new(phrase).nearest(&Letters::new(text), 99).map(|nearest| nearest.distance)
    }

    #[test]
    fn the_distance_is_the_number_of_changed_letters() {
        assert_eq!(distance("næste punkt", "så er det næste punkt på listen"), Some(0));
        assert_eq!(distance("næste punkt", "så er det nste punkd på listen"), Some(2));
        assert_eq!(distance("værsgo", "værsgo"), Some(0));
    }

    #[test]
    fn looking_for_pairs_first_hides_no_occurrence() {
        let text = Letters::new("så er det nste punkd på listen");
        for phrase in ["næste punkt", "listen", "så er det", "punkd på", "dagsorden"] {
            let phrase = Phrase::new(phrase);
            let distance = phrase.nearest(&text, 99).unwrap().distance;
            assert_eq!(phrase.nearest(&text, distance).map(|n| n.distance), Some(distance));
        }
    }

    #[test]
    fn a_phrase_does_not_hide_within_a_word() {
        assert_eq!(distance("punkt", "kontrapunktet"), Some(2));
    }

    #[test]
    fn the_end_is_the_place_after_the_phrase() {
        let nearest = Phrase::new("to").nearest(&Letters::new("punkt to er"), 0).unwrap();
        assert_eq!(nearest.end, 8);
    }
}
