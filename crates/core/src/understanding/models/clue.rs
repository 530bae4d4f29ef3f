//! One clue: its place in the table of weights, how much of it there is, and where it was found.

/// Number of bits of a place in the table of weights.
pub const BITS: u32 = 17;

/// Where a clue was found. Words are counted in the sentence they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClueSource {
    /// In the sentence itself: words from, and one past the last.
    Own(u16, u16),
    /// In the sentence before.
    Before(u16, u16),
    /// In the sentence after.
    After(u16, u16),
    /// Elsewhere in the turn.
    Turn,
    /// A fact of place, length, voice or phrase: its number among the sentence's facts.
    Fact(u16),
}

/// Something that speaks for or against a judgement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clue {
    /// Its place in the table of weights.
    pub bucket: u32,
    /// How much of it there is.
    pub value: f32,
    /// Where it was found.
    pub source: ClueSource,
}

/// Returns the place of a clue that `parts` make up, in the space of one kind of clue: FNV-1a
/// (32 bits, offset 0x811c9dc5, prime 0x01000193) over the space and the parts, each ended by the
/// byte 0xff, then murmur3's final mix, of which the highest bits count.
pub fn bucket(space: &str, parts: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for part in std::iter::once(&space).chain(parts) {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    hash >> (32 - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_the_same_place_on_every_machine() {
        assert_eq!(bucket("w", &["så", "er", "det"]), bucket("w", &["så", "er", "det"]));
        assert_ne!(bucket("w", &["så", "er"]), bucket("w", &["såer"]));
        assert!(bucket("w", &["vedtaget"]) < 1 << BITS);
    }
}
