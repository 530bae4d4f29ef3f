//! One person as a list writes him or her: name, title, part, party, initials, presence.

mod find;

use crate::language::people_words::PeopleWords;

use super::given::{is_capitals, is_given, is_name_word};

pub(super) use find::initials_of;
use find::{find, parentheses, quoted, spelled};

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

/// Reads a stretch that holds at most one person: `Rådets sekretær Trine Damgaard (ref.)`.
/// `listed` says that it stands in a list of people, so that an unknown name is taken too.
pub fn read(text: &str, listed: bool, known: &PeopleWords) -> Option<ListedPerson> {
    let (outside, inside) = parentheses(text);
    let (outside, nickname) = quoted(&outside);
    let words: Vec<&str> = outside.split_whitespace().collect();
    if words.is_empty() || words.len() > 16 {
        return None;
    }
    if words.iter().take(2).any(|word| known.is_own(word))
        && known.leads_to_own(words[0])
        && listed
        && (words.len() <= 2 || words.len() <= 6 && known.tells_minutes(&outside))
    {
        let mut entry = ListedPerson { own: true, sure: true, ..ListedPerson::default() };
        entry.beside(&words[1..].join(" "), false, known);
        for text in inside {
            entry.beside(&text, true, known);
        }
        return Some(entry);
    }
    let (from, to, sure) = find(&words, listed, known)?;
    let mut entry = ListedPerson {
        name: spelled(&words[from..to]),
        nickname,
        sure,
        before: (from > 0).then(|| words[..from].join(" ")),
        ..ListedPerson::default()
    };
    let tail = words[to..].join(" ");
    if !tail.is_empty() {
        entry.beside(&tail, false, known);
    }
    for text in inside {
        entry.beside(&text, true, known);
    }
    Some(entry)
}

/// Reads a name that is written family name first: `Ravnkilde`, `Steen (afbud)`.
pub fn read_inverted(family: &str, given: &str, known: &PeopleWords) -> Option<ListedPerson> {
    let (outside, inside) = parentheses(given);
    let words: Vec<&str> = outside.split_whitespace().collect();
    let length = words.iter().take_while(|word| is_name_word(word)).count().min(3);
    let (family, before) = match family.rsplit_once(": ") {
        Some((before, family)) => (family, Some(before)),
        None => (family, None),
    };
    let names: Vec<&str> = family.split_whitespace().collect();
    let plain = |word: &&str| is_name_word(word) || is_capitals(word) || known.is_particle(word);
    if length == 0 || names.is_empty() || names.len() > 3 || !names.iter().all(plain) {
        return None;
    }
    let mut entry = ListedPerson {
        name: format!("{} {}", words[..length].join(" "), spelled(&names)),
        sure: is_given(words[0]),
        before: before.map(str::to_owned),
        ..ListedPerson::default()
    };
    let tail = words[length..].join(" ");
    if !tail.is_empty() {
        entry.beside(&tail, false, known);
    }
    for text in inside {
        entry.beside(&text, true, known);
    }
    Some(entry)
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

    /// Keeps what a column beside the name says: ticks say nothing.
    pub fn beside_column(&mut self, text: &str, known: &PeopleWords) {
        let ticked = matches!(
            text.to_lowercase().as_str(),
            "x" | "ja" | "yes" | "✓" | "✔" | "-" | "–" | "j"
        );
        if ticked {
            return;
        }
        if self.has_initials(text) {
            self.initials.get_or_insert_with(|| text.to_owned());
            return;
        }
        for part in text.split(", ").flat_map(|part| part.split(" - ")) {
            self.beside(part, false, known);
        }
    }

    /// Keeps what stands beside the name where it belongs.
    pub fn beside(&mut self, text: &str, bracketed: bool, known: &PeopleWords) {
        let text =
            text.trim().trim_matches(|c: char| "–—-:;,*_ .✔✓".contains(c) && c != '.').trim();
        if text.is_empty() || known.is_and(text) {
            return;
        }
        if !bracketed && text.contains('(') {
            let (outside, inside) = parentheses(text);
            self.beside(&outside, false, known);
            for text in inside {
                self.beside(&text, true, known);
            }
            return;
        }
        // `(suppleant for Jeppe Kold, som har orlov)`: another is away.
        let other = text.split_once(" for ").filter(|it| {
            read(it.1.split(',').next().unwrap_or_default(), false, known)
                .is_some_and(|it| it.sure && it.name.contains(' '))
        });
        if let Some((before, _)) = other {
            self.after.push((before.to_owned(), bracketed));
            return;
        }
        if bracketed
            && text.contains([',', '/', ';'])
            && (self.part_of(text, known) || text.contains("ref"))
        {
            let mut rest = Vec::new();
            for part in text.split([',', '/', ';']).map(str::trim) {
                if self.part_of(part, known) {
                    self.beside(part, true, known);
                } else {
                    rest.push(part);
                }
            }
            let rest = rest.join(", ");
            if !rest.is_empty() && !known.is_note(&rest) {
                self.after.push((rest, true));
            }
            return;
        }
        let told = self.tell(text, known);
        if told && (!known.is_title(text) || text.split(' ').count() > 3) || known.is_note(text) {
            return;
        }
        if told
            && (known.is_part(text)
                || known.tells_minutes(text)
                    && !known.is_title_word(text.split(' ').next_back().unwrap_or("")))
        {
            return;
        }
        if bracketed || text.chars().count() <= 2 || known.is_party(text) {
            if known.is_party(text) {
                self.party.get_or_insert_with(|| text.to_owned());
                return;
            }
            if self.has_initials(text) {
                self.initials.get_or_insert_with(|| text.to_owned());
                return;
            }
        }
        self.after.push((text.to_owned(), bracketed));
    }

    /// Tells whether a text is about presence or a part in the meeting.
    pub(super) fn part_of(&self, text: &str, known: &PeopleWords) -> bool {
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
    pub(super) fn tell_title(&mut self, title: &str, known: &PeopleWords) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn known() -> &'static PeopleWords {
        PeopleWords::all(Words::danish())
    }

    fn is(text: &str, name: &str, title: Option<&str>) {
        let entry = read(text, true, known()).map(|it| it.settle(known())).unwrap_or_default();
        assert_eq!((entry.name.as_str(), entry.title.as_deref()), (name, title), "{text}");
    }

    #[test]
    fn titles_are_an_open_class() {
        is("Konst. direktør Bodil Hvass", "Bodil Hvass", Some("Konst. direktør"));
        is("Tredje næstformand Karsten Hønge", "Karsten Hønge", Some("Tredje næstformand"));
        is("Leder af PPR Kirsten Vognsen", "Kirsten Vognsen", Some("Leder af PPR"));
        is(
            "direktør for Social og Sundhed Sinnathamby Tharan",
            "Sinnathamby Tharan",
            Some("direktør for Social og Sundhed"),
        );
        is("Right Hon. Justin Trudeau", "Justin Trudeau", Some("Right Hon."));
        is(
            "Kammersanger Peter Valdemar Thorngreen",
            "Peter Valdemar Thorngreen",
            Some("Kammersanger"),
        );
        is("Jesper Lund Medarbejderrepræsentant", "Jesper Lund", Some("Medarbejderrepræsentant"));
        is("Lars Bo Nymann (souschef)", "Lars Bo Nymann", Some("souschef"));
        is("cand.jur. Jens Ole Brandt-Nielsen", "Jens Ole Brandt-Nielsen", Some("cand.jur."));
    }

    #[test]
    fn parties_initials_and_presence_are_what_they_are() {
        let entry = read("Lars Fuglsang (B)", true, known()).unwrap().settle(known());
        assert_eq!((entry.party.as_deref(), entry.title), (Some("B"), None));
        let entry = read("Planlægger Bodil Hvass (BHV)", true, known()).unwrap().settle(known());
        assert_eq!(
            (entry.initials.as_deref(), entry.title.as_deref()),
            (Some("BHV"), Some("Planlægger"))
        );
        let entry = read("Bo Lund (via Teams)", true, known()).unwrap().settle(known());
        assert_eq!(entry.attendance, Some(Attendance::Remote));
        let entry =
            read("Politidirektør Else Espersen (formand)", true, known()).unwrap().settle(known());
        assert_eq!(
            (entry.title.as_deref(), entry.office.as_deref()),
            (Some("Politidirektør"), Some("formand"))
        );
    }
}
