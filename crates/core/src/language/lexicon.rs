//! The words of a language: which tell nothing, what their stems are, and which pieces of a
//! word make it recognisable when it was misheard or stands in a compound.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

use super::data::{self, Table};
use super::table_names::TableName;
use super::words::Words;

/// The words of one language.
pub struct Lexicon {
    function: HashSet<String>,
    formal: HashSet<String>,
    chairs: Vec<String>,
    leaders: Vec<String>,
    minister: String,
    stemmer: Option<Stemmer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    function: Vec<String>,
    formal: Vec<String>,
    chairs: Vec<String>,
    leaders: Vec<String>,
    minister: String,
    /// How its words are led back to their stems; words of a language without one stand as they
    /// are.
    stemmer: Option<StemmerName>,
}

/// A stemmer of the Snowball project.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StemmerName {
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Italian,
    Norwegian,
    Portuguese,
    Spanish,
    Swedish,
}

impl StemmerName {
    fn algorithm(self) -> Algorithm {
        match self {
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::English => Algorithm::English,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
        }
    }
}

/// A piece of a word that can be compared with pieces of other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece(u64);

pub(super) static DATA: data::Data<Lexicon> = data::Data::new(TableName::Stopwords);

/// Length of the letter runs that stand for a word beside its stem.
const RUN: usize = 4;
/// What all the letter runs of a word count together, beside 1 for its stem.
const RUNS_WEIGHT: f32 = 1.0;

impl Table for Lexicon {
    type Raw = Data;

    fn ready(data: Data) -> Result<Self, String> {
        Ok(Self::new(data))
    }

    fn check(&self, _: &Data, _: Words<'_>) -> Result<(), String> {
        Ok(())
    }
}

impl Lexicon {
    /// Returns the lexicon of a language.
    pub fn of(language: Words<'_>) -> &Self {
        DATA.of(language)
    }

    fn new(data: Data) -> Self {
        Self {
            function: data.function.into_iter().collect(),
            formal: data.formal.into_iter().collect(),
            chairs: data.chairs,
            leaders: data.leaders,
            minister: data.minister,
            stemmer: data.stemmer.map(|stemmer| Stemmer::create(stemmer.algorithm())),
        }
    }

    /// Tells whether a word says nothing of what is talked about.
    pub fn is_empty_word(&self, word: &str) -> bool {
        self.function.contains(word)
    }

    /// Tells whether a word stands on agendas in general.
    pub fn is_formal(&self, word: &str) -> bool {
        self.formal.contains(word)
    }

    /// Tells whether the holder of a title may preside over a meeting.
    pub fn presides(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        self.chairs.iter().any(|chair| title.split(' ').any(|word| word == chair))
    }

    /// Tells whether a title is that of the one who leads meetings, not of a deputy.
    pub fn leads(&self, title: &str) -> bool {
        let title = title.to_lowercase();
        self.leaders.iter().any(|leader| title.split(' ').any(|word| word == leader))
    }

    /// Tells whether a title is a minister's.
    pub fn is_minister(&self, title: &str) -> bool {
        title.to_lowercase().contains(&self.minister)
    }

    /// Returns the stem of a lower-case word.
    pub fn stem(&self, word: &str) -> String {
        self.stemmer.as_ref().map_or_else(|| word.to_owned(), |one| one.stem(word).into_owned())
    }

    /// Returns the pieces of a telling word with their weights: its stem, and runs of letters
    /// that it shares with compounds and misheard forms.
    pub fn pieces(&self, word: &str) -> Vec<(Piece, f32)> {
        if self.is_empty_word(word) || word.is_empty() {
            return Vec::new();
        }
        let formal = if self.is_formal(word) { 0.3 } else { 1.0 };
        let stem = self.stem(word);
        let mut pieces = vec![(piece(0, &stem), formal)];
        let letters: Vec<char> = word.chars().collect();
        if letters.len() > RUN && !letters.iter().any(char::is_ascii_digit) {
            let count = letters.len() - RUN + 1;
            let weight = formal * RUNS_WEIGHT / count as f32;
            pieces.extend(letters.windows(RUN).map(|run| (piece(1, run), weight)));
        }
        pieces
    }

    /// Returns the share of function words in running text, by which a transcript that was
    /// badly heard can be told from a good one; `None` when there is too little text.
    pub fn share_of_function_words<'a>(&self, words: impl Iterator<Item = &'a str>) -> Option<f32> {
        let (mut all, mut known) = (0_u32, 0_u32);
        for word in words {
            all += 1;
            known += u32::from(self.is_empty_word(word));
        }
        (all >= 50).then(|| known as f32 / all as f32)
    }
}

fn piece<T: Hash + ?Sized>(kind: u8, value: &T) -> Piece {
    // `DefaultHasher::new` has fixed keys, so that the same input gives the same draft.
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    value.hash(&mut hasher);
    Piece(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str) -> usize {
        let lexicon = Lexicon::of(Words::danish());
        let a: HashSet<Piece> = lexicon.pieces(a).into_iter().map(|(piece, _)| piece).collect();
        lexicon.pieces(b).into_iter().filter(|(piece, _)| a.contains(piece)).count()
    }

    #[test]
    fn inflections_compounds_and_misheard_words_share_pieces() {
        assert!(shared("stationen", "station") >= 4);
        assert!(shared("samarbejdsplanen", "samarbejdsplan") >= 5);
        assert!(shared("tryghedskonferencen", "trykhetskonferencen") >= 8);
        assert!(shared("mobilpolitik", "mobiltelefoner") >= 2);
        assert_eq!(shared("budget", "svømmehal"), 0);
    }

    #[test]
    fn a_garbled_text_has_few_function_words() {
        let lexicon = Lexicon::of(Words::danish());
        let good = "det er jo sådan at vi har fået en ny plan for skolen og den er god ".repeat(5);
        let bad = "dxt qr jo sådqn xt vx hwr fåzt eg ny plan fkr skslen oq dln ev gkd ".repeat(5);
        let share = |text: &str| lexicon.share_of_function_words(text.split(' ')).unwrap();
        assert!(share(&good) > 0.5 && share(&bad) < 0.2);
    }
}
