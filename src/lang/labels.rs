//! The labels of a dagsorden's blocks.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::language::Language;

/// What a labelled block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Date and times.
    Time,
    /// Where.
    Place,
    /// Those in the room.
    Present,
    /// Those elsewhere.
    Remote,
    /// Those who sent apologies.
    Absent,
    /// The minute taker.
    Referent,
    /// The chair.
    Chair,
    /// The items.
    Agenda,
}

/// The labels of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    time: Vec<String>,
    place: Vec<String>,
    present: Vec<String>,
    remote: Vec<String>,
    absent: Vec<String>,
    referent: Vec<String>,
    chair: Vec<String>,
    agenda: Vec<String>,
    /// What stands before a meeting's name in a title.
    title: Vec<String>,
    /// Roles that make a participant the minute taker.
    minute_taker: Vec<String>,
    /// What marks an item as closed to the public.
    closed: Vec<String>,
}

static DANISH: LazyLock<Labels> = LazyLock::new(|| read(include_str!("da/labels.toml")));
static ENGLISH: LazyLock<Labels> = LazyLock::new(|| read(include_str!("en/labels.toml")));

#[expect(clippy::expect_used, reason = "the file is compiled in and read by every test")]
fn read(text: &str) -> Labels {
    toml::from_str(text).expect("the labels are valid TOML")
}

impl Labels {
    /// Returns the labels of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Da => &DANISH,
            Language::En => &ENGLISH,
        }
    }

    /// Returns the language with most labels in `text`; the default one when they are even.
    pub fn language_of(text: &str) -> Language {
        let count = |language: Language| {
            let labels = Self::of(language);
            let plain = |line: &str| line.replace(['*', '#', '_'], "").trim().to_owned();
            text.lines().filter(|line| labels.label(&plain(line)).is_some()).count()
        };
        if count(Language::En) > count(Language::Da) { Language::En } else { Language::Da }
    }

    /// Returns the label that opens `line`, and what stands behind it.
    pub fn label<'a>(&self, line: &'a str) -> Option<(Label, &'a str)> {
        let (head, rest) = line.split_once(':').unwrap_or((line, ""));
        let head = head.trim().to_lowercase();
        let all = [
            (Label::Remote, &self.remote),
            (Label::Absent, &self.absent),
            (Label::Present, &self.present),
            (Label::Time, &self.time),
            (Label::Place, &self.place),
            (Label::Referent, &self.referent),
            (Label::Chair, &self.chair),
            (Label::Agenda, &self.agenda),
        ];
        let found = all.into_iter().find(|(_, words)| words.contains(&head));
        found.map(|(label, _)| (label, rest.trim()))
    }

    /// Returns the meeting's name on a title line: `Dagsorden for …`, `Referat af …`.
    pub fn title<'a>(&self, line: &'a str) -> Option<&'a str> {
        let low = line.to_lowercase();
        let before = self.title.iter().find(|before| low.starts_with(before.as_str()))?;
        line.get(before.len()..).map(str::trim).filter(|name| !name.is_empty())
    }

    /// Tells whether a participant's role makes him or her the minute taker.
    pub fn is_minute_taker(&self, role: &str) -> bool {
        self.minute_taker.iter().any(|known| known.eq_ignore_ascii_case(role.trim()))
    }

    /// Returns an item's title without its mark of closed doors, and whether it had one.
    pub fn closed(&self, title: &str) -> (String, bool) {
        for mark in &self.closed {
            let low = title.to_lowercase();
            // Lower-casing must not have moved the letters.
            if low.len() == title.len()
                && let Some(at) = low.find(mark.as_str())
            {
                let rest = format!("{}{}", &title[..at], &title[at + mark.len()..]);
                return (rest.split_whitespace().collect::<Vec<_>>().join(" "), true);
            }
        }
        (title.to_owned(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_their_block_and_their_language() {
        let labels = Labels::of(Language::Da);
        assert_eq!(labels.label("Tid:"), Some((Label::Time, "")));
        assert_eq!(labels.label("Til stede via Teams"), Some((Label::Remote, "")));
        assert_eq!(labels.label("Afbud: Bo Ask"), Some((Label::Absent, "Bo Ask")));
        assert_eq!(labels.label("Tiden er inde"), None);
        assert_eq!(Labels::language_of("**Time:**\n**Place:**\n"), Language::En);
        assert_eq!(Labels::language_of(""), Language::Da);
    }

    #[test]
    fn a_title_gives_the_meetings_name() {
        let labels = Labels::of(Language::Da);
        assert_eq!(labels.title("Dagsorden for Byrådsmødet"), Some("Byrådsmødet"));
        assert_eq!(labels.title("Referat af Kredsrådsmødet"), Some("Kredsrådsmødet"));
        assert_eq!(labels.title("Dagsorden"), None);
    }

    #[test]
    fn a_closed_item_loses_its_mark() {
        let labels = Labels::of(Language::Da);
        assert_eq!(labels.closed("Personsag (Lukket)"), ("Personsag".into(), true));
        assert_eq!(labels.closed("Vejen lukket af sne"), ("Vejen lukket af sne".into(), false));
    }
}
