//! Why words were taken out of a transcript, and why others are not to be trusted though they stand.
//!
//! In files each is a short string. One that is unknown here, of a file made elsewhere or by a later
//! program, is kept as it is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a guard took words out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(from = "String", into = "String")]
pub enum RemovalReason {
    /// A phrase that models write where nobody speaks.
    SilencePhrase,
    /// Probably nobody spoke.
    NoSpeech,
    /// The same words again.
    Repetition,
    /// Two sentences took turns.
    Interleaving,
    /// Letters that the language is not written with.
    WrongScript,
    /// Something else, as the file has it.
    Other(String),
}

/// Why a stretch is not to be trusted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(from = "String", into = "String")]
pub enum FlagReason {
    /// The same words come again and again.
    Loop,
    /// More words than anybody speaks in the time.
    TooManyWords,
    /// Hardly any words for the speech there is.
    TooFewWords,
    /// Two sentences take turns.
    Interleaving,
    /// Letters that the language is not written with.
    WrongScript,
    /// The engine crashed on it: how.
    Lost(String),
    /// A guard would have taken it out, and nothing else was left.
    Kept(RemovalReason),
    /// Something else, as the file has it.
    Other(String),
}

/// What stands before the particulars of a loss, and of what was kept.
const LOST: &str = "lost: ";
const KEPT: &str = "kept, though ";

impl fmt::Display for RemovalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SilencePhrase => "silence-phrase",
            Self::NoSpeech => "no-speech",
            Self::Repetition => "repetition",
            Self::Interleaving => "interleaving",
            Self::WrongScript => "wrong-script",
            Self::Other(other) => other,
        })
    }
}

impl From<String> for RemovalReason {
    fn from(name: String) -> Self {
        match &*name {
            "silence-phrase" => Self::SilencePhrase,
            "no-speech" => Self::NoSpeech,
            "repetition" => Self::Repetition,
            "interleaving" => Self::Interleaving,
            "wrong-script" => Self::WrongScript,
            _ => Self::Other(name),
        }
    }
}

impl From<RemovalReason> for String {
    fn from(reason: RemovalReason) -> Self {
        reason.to_string()
    }
}

impl fmt::Display for FlagReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loop => f.write_str("loop"),
            Self::TooManyWords => f.write_str("too-many-words"),
            Self::TooFewWords => f.write_str("too-few-words"),
            Self::Interleaving => f.write_str("interleaving"),
            Self::WrongScript => f.write_str("wrong-script"),
            Self::Lost(how) => write!(f, "{LOST}{how}"),
            Self::Kept(reason) => write!(f, "{KEPT}{reason}"),
            Self::Other(other) => f.write_str(other),
        }
    }
}

impl From<String> for FlagReason {
    fn from(name: String) -> Self {
        if let Some(how) = name.strip_prefix(LOST) {
            return Self::Lost(how.to_owned());
        }
        if let Some(reason) = name.strip_prefix(KEPT) {
            return Self::Kept(reason.to_owned().into());
        }
        match &*name {
            "loop" => Self::Loop,
            "too-many-words" => Self::TooManyWords,
            "too-few-words" => Self::TooFewWords,
            "interleaving" => Self::Interleaving,
            "wrong-script" => Self::WrongScript,
            _ => Self::Other(name),
        }
    }
}

impl From<FlagReason> for String {
    fn from(reason: FlagReason) -> Self {
        reason.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again<T: Serialize + serde::de::DeserializeOwned>(json: &str) -> String {
        serde_json::to_string(&serde_json::from_str::<T>(json).unwrap()).unwrap()
    }

    #[test]
    fn a_reason_is_written_as_it_was_read_also_an_unknown_one() {
        let removed = [
            "silence-phrase",
            "no-speech",
            "repetition",
            "interleaving",
            "wrong-script",
            "hum",
            "",
        ];
        for name in removed {
            let json = format!("\"{name}\"");
            assert_eq!(again::<RemovalReason>(&json), json);
            let kept = format!("\"kept, though {name}\"");
            assert_eq!(again::<FlagReason>(&kept), kept);
        }
        let flagged = [
            "loop",
            "too-many-words",
            "too-few-words",
            "interleaving",
            "wrong-script",
            "lost: SIGSEGV",
            "lost:",
            "kept",
            "music",
            "",
        ];
        for name in flagged {
            let json = format!("\"{name}\"");
            assert_eq!(again::<FlagReason>(&json), json);
        }
    }

    #[test]
    fn every_known_reason_is_known_again() {
        use RemovalReason as Removal;
        for reason in [
            Removal::SilencePhrase,
            Removal::NoSpeech,
            Removal::Repetition,
            Removal::Interleaving,
            Removal::WrongScript,
        ] {
            assert_eq!(Removal::from(reason.to_string()), reason);
        }
        for reason in [
            FlagReason::Loop,
            FlagReason::TooManyWords,
            FlagReason::TooFewWords,
            FlagReason::Interleaving,
            FlagReason::WrongScript,
            FlagReason::Lost("SIGSEGV".into()),
            FlagReason::Kept(Removal::WrongScript),
        ] {
            assert_eq!(FlagReason::from(reason.to_string()), reason);
        }
    }
}
