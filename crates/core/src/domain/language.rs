//! The languages a meeting can be held in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Hands every language to the macro `with`, by its code, the default first. A code is ISO 639-1,
/// whisper's name for the language, and the name of the folder of its tables in `src/language`:
/// a new language is that folder and a word here.
macro_rules! every_language {
    ($with:ident) => {
        $with! { "da" "en" }
    };
}
pub(crate) use every_language;

macro_rules! codes {
    ($($code:literal)+) => {
        [$(Language($code)),+]
    };
}

/// A language that the segmentation and the referat have words for, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(&'static str);

/// How many there are.
const COUNT: usize = {
    let all: &[Language] = &every_language!(codes);
    all.len()
};

impl Language {
    /// Danish.
    pub const DA: Self = Self("da");
    /// English.
    pub const EN: Self = Self("en");

    /// Every language that is compiled in, the default first.
    pub const ALL: [Self; COUNT] = every_language!(codes);

    /// Returns the language with this ISO 639-1 code, whether or not it is compiled in.
    pub const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// Returns the ISO 639-1 code, which is also whisper's name for the language.
    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ALL[0]
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|known| known.code().eq_ignore_ascii_case(text));
        known.ok_or_else(|| {
            format!("`{text}` is not one of: {}", Self::ALL.map(Self::code).join(", "))
        })
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Codes are written in small letters only.
        let code = String::deserialize(deserializer)?;
        let known = Self::ALL.into_iter().find(|known| known.code() == code);
        known.ok_or_else(|| {
            let known = Self::ALL.map(Self::code).join("`, `");
            serde::de::Error::custom(format!(
                "unknown language `{code}`, expected one of `{known}`"
            ))
        })
    }
}
