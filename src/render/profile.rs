//! House rules of an office's minutes as data: what a profile may choose.

use serde::Deserialize;

/// The house rules of one kind of minutes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Name on the command line. Default: `kredsraad`.
    pub name: String,
    /// Order within an item. Default: as spoken.
    pub body: Body,
    /// How items are numbered. Default: as printed in the dagsorden.
    pub numbering: Numbering,
    /// Number of the first item where numbering runs on from meeting to meeting. Default: 1.
    pub first_number: u32,
    /// Word before an item's number; the language's own (`Ad`, `Item`) when absent.
    pub item_word: Option<String>,
    /// Whether the agenda stands as a list of its own. Default: yes.
    pub agenda: bool,
    /// Whether the speakers' sentences stand beneath the statements. Default: yes.
    pub material: bool,
    /// How many sentences stand open beneath a statement before the rest is folded.
    pub open_sentences: usize,
    /// Whether actions are gathered in a table at the end. Default: no.
    pub action_table: bool,
    /// Whether a paragraph on attendance and disqualification stands first. Default: no.
    pub attendance: bool,
    /// Whether lines for signatures end the document. Default: no.
    pub signatures: bool,
}

/// How an item's statements are arranged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// In the order they were said.
    #[default]
    AsSpoken,
    /// Decisions and actions before the rest.
    DecisionsFirst,
    /// Parts of a municipal case: presentation, recommendation, decision.
    CaseParts,
}

/// How items are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// As the dagsorden prints them.
    #[default]
    Printed,
    /// Running on from `first_number`.
    Running,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: "kredsraad".to_owned(),
            body: Body::default(),
            numbering: Numbering::default(),
            first_number: 1,
            item_word: None,
            agenda: true,
            material: true,
            open_sentences: 2,
            action_table: false,
            attendance: false,
            signatures: false,
        }
    }
}

/// A profile that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No profile has this name.
    #[error("no profile is named `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// The text is not a profile.
    #[error("the profile `{name}` cannot be read: {source}")]
    Invalid {
        /// Where it came from.
        name: String,
        /// What is wrong, with its line.
        source: toml::de::Error,
    },
}

impl ProfileError {
    /// Returns something the caller can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Unknown { .. } => {
                let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
                Some(format!("take one of {}, or a TOML file of your own", names.join(", ")))
            }
            Self::Invalid { .. } => None,
        }
    }
}

const BUILT_IN: [(&str, &str); 4] = [
    ("kredsraad", include_str!("profiles/kredsraad.toml")),
    ("kommune", include_str!("profiles/kommune.toml")),
    ("bestyrelse", include_str!("profiles/bestyrelse.toml")),
    ("english", include_str!("profiles/english.toml")),
];

impl Profile {
    /// Returns the built-in profile called `name`.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        let (name, text) = BUILT_IN
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .ok_or_else(|| ProfileError::Unknown { name: name.to_owned() })?;
        Self::parse(name, text)
    }

    /// Reads a profile from TOML; what it does not say has its default.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        toml::from_str(text)
            .map_err(|source| ProfileError::Invalid { name: name.to_owned(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_profile_reads_and_bears_its_own_name() {
        for (name, _) in BUILT_IN {
            assert_eq!(Profile::named(name).unwrap().name, name);
        }
    }

    #[test]
    fn the_default_is_the_seeds() {
        assert_eq!(Profile::named("kredsraad").unwrap(), Profile::default());
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = Profile::parse("egen", "signatur = true").unwrap_err();
        assert!(error.to_string().contains("signatur"), "{error}");
    }
}
