//! House rules of an office's minutes as data: what a profile may choose.

use serde::Deserialize;

use referat_core::remark::Remark;

/// The house rules of one kind of minutes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Name on the command line. Default: `kredsraad`.
    pub name: String,
    /// The built-in profile that this one changes; without one the defaults are changed.
    pub base: Option<String>,
    /// Order within an item. Default: as spoken.
    pub body: Body,
    /// How items are numbered. Default: as printed in the dagsorden.
    pub numbering: Numbering,
    /// Number of the first item where numbering runs on from meeting to meeting. Default: 1; a
    /// dagsorden that begins with a higher number goes before.
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
    /// The office's own words for the parts of an item.
    pub words: PartWords,
}

/// What an office calls the parts of an item; the language's own words where absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartWords {
    /// What was told of the case (`Sagsfremstilling`).
    pub case: Option<String>,
    /// What was proposed (`Indstilling`).
    pub recommendation: Option<String>,
    /// What was decided (`Beslutning`).
    pub resolution: Option<String>,
    /// What came out of a board's item (`Beslutninger`).
    pub decisions: Option<String>,
    /// What was said before (`Drøftelse`).
    pub discussion: Option<String>,
    /// The table of tasks (`Opfølgning`).
    pub actions: Option<String>,
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
            base: None,
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
            words: PartWords::default(),
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
    #[error("the profile `{name}` cannot be read: {fault}")]
    Invalid {
        /// Where it came from.
        name: String,
        /// What is wrong, with its line.
        fault: Box<Remark>,
    },
    /// The file is not UTF-8.
    #[error("the profile `{name}` cannot be read: it is not UTF-8 text")]
    NotText {
        /// Where it came from.
        name: String,
    },
}

impl ProfileError {
    /// Returns something the caller can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Unknown { .. } => Some(format!(
                "take one of {}, or a file of your own that ends in .toml",
                built_in_names()
            )),
            Self::Invalid { .. } => Some(format!(
                "begin with `base = \"kommune\"` (or another of {}) and change single keys",
                built_in_names()
            )),
            Self::NotText { .. } => Some("save the file as UTF-8".to_owned()),
        }
    }
}

fn built_in_names() -> String {
    let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// The built-in profiles: name and TOML.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("kredsraad", include_str!("profiles/kredsraad.toml")),
    ("kommune", include_str!("profiles/kommune.toml")),
    ("bestyrelse", include_str!("profiles/bestyrelse.toml")),
    ("english", include_str!("profiles/english.toml")),
];

impl Profile {
    /// Returns the built-in profile called `name`.
    pub fn named(name: &str) -> Result<Self, ProfileError> {
        Self::parse(name, built_in(name)?)
    }

    /// Reads a profile from TOML; what it does not say is its base's, else the default.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let invalid = |error: toml::de::Error| ProfileError::Invalid {
            name: name.to_owned(),
            fault: Box::new(Remark::on_toml(text, &error)),
        };
        let own: Self = toml::from_str(text).map_err(invalid)?;
        let Some(base) = &own.base else { return Ok(own) };
        let text_of_base = built_in(base)?;
        let mut all: toml::Table = toml::from_str(text_of_base).map_err(invalid)?;
        // What the base is called, a profile of its own is not called.
        all.insert("name".to_owned(), name.into());
        all.extend(toml::from_str::<toml::Table>(text).map_err(invalid)?);
        all.try_into().map_err(invalid)
    }
}

/// Returns the text of the built-in profile called `name`.
fn built_in(name: &str) -> Result<&'static str, ProfileError> {
    BUILT_IN
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, text)| *text)
        .ok_or_else(|| ProfileError::Unknown { name: name.to_owned() })
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
    fn a_profile_changes_single_keys_of_its_base() {
        let text = "base = \"kommune\"\nfirst_number = 89\n[words]\ncase = \"Resumé\"\n";
        let own = Profile::parse("by", text).unwrap();
        let base = Profile::named("kommune").unwrap();
        assert_eq!((own.name.as_str(), own.first_number, own.body), ("by", 89, base.body));
        assert!(own.signatures && own.words.case.as_deref() == Some("Resumé"));
        let error = Profile::parse("by", "base = \"andet\"").unwrap_err();
        assert!(matches!(error, ProfileError::Unknown { .. }));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = Profile::parse("egen", "agenda = true\nsignatur = true").unwrap_err();
        assert!(error.to_string().contains("read: line 2: unknown field `signatur`"), "{error}");
    }
}
