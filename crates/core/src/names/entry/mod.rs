//! One person as a list writes him or her: name, title, part, party, initials, presence.

mod find;
mod person;

use crate::language::people_words::PeopleWords;

use super::given::{is_capitals, is_given, is_name_word};

pub(super) use find::initials_of;
pub use person::{Attendance, ListedPerson};

use find::{find, parentheses, quoted, spelled};

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
        let other = known.stood_for(text).filter(|it| {
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
