//! A person of a list, and what stands beside the name.

use crate::language::people_words::PeopleWords;

use super::find::initials_of;

/// Whether somebody takes part, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attendance {
    /// In the room.
    Present,
    /// From elsewhere.
    Remote,
    /// Sent apologies.
    Absent,
}

/// A person of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedPerson {
    /// Name without title, given name first.
    pub name: String,
    /// What the person is called by, as in `Kenneth "Kedde" Lauridsen`.
    pub nickname: Option<String>,
    /// Title or function as printed.
    pub title: Option<String>,
    /// Head of a body, as printed beside another title: `formand`.
    pub office: Option<String>,
    /// Party, as printed in parentheses.
    pub party: Option<String>,
    /// Initials as printed.
    pub initials: Option<String>,
    /// Part in the meeting as printed beside the name: `referent`.
    pub role: Option<String>,
    /// What stands beside the name about presence.
    pub attendance: Option<Attendance>,
    /// Whether the person leads the meeting.
    pub leads: bool,
    /// Whether the person takes the minutes.
    pub minutes: bool,
    /// Whether the name begins with a known given name or follows a title.
    pub sure: bool,
    /// Whether the writer means himself or herself: `mig (formand)`; then there is no name.
    pub own: bool,
    /// What stands before the name; kept apart until the entry is complete.
    pub(crate) before: Option<String>,
    /// Titles after the name, and whether each stood in parentheses.
    pub(crate) after: Vec<(String, bool)>,
}

impl ListedPerson {
    /// Sets what stands before the name, as `Næstformand, professor` before `Erling Baggesen`.
    pub fn lead_with(&mut self, before: &str) {
        self.before = Some(match self.before.take() {
            Some(own) => format!("{before}, {own}"),
            None => before.to_owned(),
        });
    }

    /// Sets the title of several people that stands before the first of them.
    pub fn lead_plural(&mut self, title: &str) {
        self.before = Some(title.to_owned());
    }

    /// Tells whether anything stands after the name.
    pub fn has_after(&self) -> bool {
        !self.after.is_empty() || self.attendance.is_some()
    }

    /// Tells whether a text is about presence or a part in the meeting.
    pub(in crate::names) fn part_of(&self, text: &str, known: &PeopleWords) -> bool {
        known.tells_absent(text)
            || known.tells_remote(text)
            || known.tells_minutes(text)
            || known.tells_lead(text)
            || known.is_note(text)
    }

    /// Keeps what a text says of presence and part; tells whether it says any.
    pub fn tell(&mut self, text: &str, known: &PeopleWords) -> bool {
        let mut told = false;
        if known.tells_absent(text) {
            self.attendance = Some(Attendance::Absent);
            told = true;
        } else if known.tells_remote(text) {
            self.attendance.get_or_insert(Attendance::Remote);
            told = true;
        }
        if known.tells_minutes(text) {
            self.minutes = true;
            told = true;
        }
        if known.tells_lead(text) {
            self.leads = true;
            told = true;
        }
        if known.is_part(text) {
            self.role.get_or_insert_with(|| text.trim().to_owned());
        }
        told
    }

    /// Tells whether a text is the person's initials: its letters come in the name, in order.
    pub fn has_initials(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let capital = text.chars().next().is_some_and(char::is_uppercase);
        if !(2..=5).contains(&letters.len())
            || !capital
            || !text.chars().all(char::is_alphanumeric)
            || !text.chars().skip(1).all(|c| c.is_uppercase() || c.is_ascii_digit())
        {
            return false;
        }
        initials_of(&self.name, &letters)
    }

    /// Settles the title when all that stands beside the name is known.
    pub fn settle(mut self, known: &PeopleWords) -> Self {
        if let Some(before) = self.before.take() {
            let before = before
                .trim_end_matches([':', ',', ' ', '–', '-'])
                .trim_start_matches(|c: char| "~•*·-– ".contains(c));
            let words: Vec<&str> =
                before.split_whitespace().skip_while(|word| known.is_and(word)).collect();
            let before = words.join(" ");
            if self.has_initials(&before) {
                self.initials.get_or_insert(before);
            } else if !before.is_empty() {
                self.tell_title(&before, known);
                self.title = Some(before);
            }
        }
        let honorific = self.title.as_ref().is_some_and(|title| {
            matches!(
                title.trim_end_matches('.').to_lowercase().as_str(),
                "mr" | "mrs" | "ms" | "miss" | "hr" | "fru" | "dr"
            ) && title.ends_with('.')
                && self.after.iter().any(|it| known.is_title(&it.0))
        });
        if honorific {
            self.title = None;
        }
        let after = std::mem::take(&mut self.after);
        for (text, _) in &after {
            self.tell_title(text, known);
        }
        if self.title.is_none() {
            self.title = title_of(&after, known);
        }
        self
    }

    /// Notes whether a title is that of a body's head or of who takes the minutes.
    pub(in crate::names) fn tell_title(&mut self, title: &str, known: &PeopleWords) {
        if known.head_rank(title).is_some() {
            self.office.get_or_insert_with(|| title.to_owned());
        }
        if known.tells_lead(title) {
            self.leads = true;
        }
        if title.to_lowercase().contains("recording") {
            self.minutes = true;
        }
    }
}

/// Returns the title among what stands after a name: what is outside parentheses first, with
/// what goes on in lower case.
fn title_of(after: &[(String, bool)], known: &PeopleWords) -> Option<String> {
    let mut title: Option<String> = None;
    let outside: Vec<&String> = after.iter().filter(|it| !it.1).map(|it| &it.0).collect();
    // A country or firm may stand before the title in its own column.
    let from = match outside.first() {
        Some(first) if !known.is_title(first) && !first.starts_with(char::is_lowercase) => {
            outside.iter().position(|text| known.is_title(text)).unwrap_or(0)
        }
        _ => 0,
    };
    for text in outside.into_iter().skip(from) {
        let lower = text.starts_with(char::is_lowercase);
        match &mut title {
            None => title = Some(text.clone()),
            Some(title)
                if lower
                    || known.is_title(text)
                        && !text.split(' ').any(|word| known.is_organisation(word)) =>
            {
                title.push_str(", ");
                title.push_str(text);
            }
            _ => break,
        }
    }
    // `(Bakken)` names a place, and `(HR)`, `(fodbold)`, `(Marketing)` a function.
    let place = |text: &str| {
        text.starts_with(char::is_uppercase)
            && !text.contains(' ')
            && (text.ends_with("en") || text.ends_with("et"))
            && !known.is_title(text)
    };
    title
        .or_else(|| after.iter().find(|it| it.1 && !place(&it.0)).map(|it| it.0.clone()))
        .map(|title| title.strip_prefix("fra ").map_or(title.clone(), str::to_owned))
        .map(|title| title.trim_end_matches([' ', ',', ';', ':']).to_owned())
}
