//! Whom a name means: in full, by part, initials, title, inverted, with badges, in any
//! Unicode form.

use unicode_normalization::UnicodeNormalization;

use crate::domain::meeting::Participant;
use crate::language::people_words::PeopleWords;

/// The people whom a name may mean.
#[derive(Clone, Debug)]
pub struct Resolver<'v> {
    people: Vec<Known>,
    known: &'v PeopleWords,
}

#[derive(Clone, Debug)]
struct Known {
    words: Vec<String>,
    aliases: Vec<String>,
    title: Option<String>,
    role: Option<String>,
}

impl<'v> Resolver<'v> {
    /// Returns the resolver of these people.
    pub fn new<'a>(
        people: impl IntoIterator<Item = &'a Participant>,
        words: &'v PeopleWords,
    ) -> Self {
        let known = |person: &Participant| Known {
            words: fold(&person.name),
            aliases: person.initials.iter().map(|it| it.to_lowercase()).collect(),
            title: person.title.clone(),
            role: person.role.clone(),
        };
        Self { people: people.into_iter().map(known).collect(), known: words }
    }

    /// Lets the person at `index` be called `name` too.
    pub fn call(&mut self, index: usize, name: &str) {
        if let Some(person) = self.people.get_mut(index) {
            person.aliases.push(name.to_lowercase());
        }
    }

    /// Returns the one person whom a written name, initials or title mean; `None` for nobody
    /// and for more than one.
    pub fn find(&self, text: &str) -> Option<usize> {
        let bare = without_badges(text, self.known);
        self.by_name(&bare).or_else(|| self.by_title(&bare)).or_else(|| self.by_parts(&bare))
    }

    /// Returns the person of this name or these initials.
    pub fn by_name(&self, text: &str) -> Option<usize> {
        let straight = match text.split_once(',') {
            Some((family, given))
                if !given.trim().is_empty() && given.split_whitespace().count() <= 3 =>
            {
                format!("{} {}", given.trim(), family.trim())
            }
            _ => text.to_owned(),
        };
        let wanted = fold(&straight);
        if wanted.is_empty() {
            return None;
        }
        let exact = |person: &Known| person.words == wanted;
        self.only(exact)
            .or_else(|| self.only(|person| person.aliases.contains(&text.trim().to_lowercase())))
            .or_else(|| self.only(|person| person.words.starts_with(&wanted)))
            .or_else(|| self.only(|person| fits(&person.words, &wanted)))
            .or_else(|| self.by_initials(text.trim()))
    }

    /// Returns the person whose initials these are, when the letters fit one name only.
    pub fn by_initials(&self, text: &str) -> Option<usize> {
        let letters: Vec<char> = text.chars().collect();
        let short = (2..=5).contains(&letters.len())
            && letters.iter().all(|c| c.is_uppercase() || c.is_ascii_digit());
        if !short {
            return None;
        }
        let lower: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
        let first_letters = |person: &Known| {
            let firsts: Vec<char> =
                person.words.iter().filter_map(|word| word.chars().next()).collect();
            firsts == lower
        };
        let in_words = |person: &Known| {
            let mut at = 0;
            // Every letter begins a word or follows in the one before it.
            let name: Vec<Vec<char>> = person.words.iter().map(|it| it.chars().collect()).collect();
            let Some(first) = name.first() else { return false };
            if first.first() != lower.first() {
                return false;
            }
            let last: Vec<char> = name.last().cloned().unwrap_or_default();
            for letter in &lower[1..] {
                match last[at.min(last.len())..].iter().position(|c| c == letter) {
                    Some(step) => at += step + 1,
                    None => return false,
                }
            }
            true
        };
        self.only(first_letters).or_else(|| self.only(in_words)).or_else(|| {
            self.only(|person| super::entry::initials_of(&person.words.join(" "), &lower))
        })
    }

    /// Returns the only person with this title: `politidirektøren`, `formand`.
    pub fn by_title(&self, text: &str) -> Option<usize> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        if text.chars().count() < 3 {
            return None;
        }
        let fits = |title: &String| {
            let title = title.to_lowercase();
            let title = title.split([',', '(']).next().unwrap_or_default().trim().to_owned();
            ["", "en", "n", "et", "eren", "ren"]
                .iter()
                .any(|end| text.strip_prefix(title.as_str()) == Some(*end))
                || format!("the {title}") == text
                || title.ends_with('e') && text == format!("{title}n")
                || title.len() > 4 && text == format!("{}ren", title.trim_end_matches('e'))
        };
        self.only(|person| person.title.iter().chain(&person.role).any(fits))
    }

    /// Returns the person within a longer text: `teaterleder Jakob Rosendal`.
    fn by_parts(&self, text: &str) -> Option<usize> {
        let entry = super::entry::read(text, false, self.known)?.settle(self.known);
        (entry.name != text && text.ends_with(&entry.name))
            .then(|| self.by_name(&entry.name))
            .flatten()
    }

    fn only(&self, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        let mut fitting = self.people.iter().enumerate().filter(|(_, person)| fits(person));
        let (index, _) = fitting.next()?;
        fitting.next().is_none().then_some(index)
    }
}

/// Tells whether a shorter name is a form of the whole one: first and last word, one word, or
/// a family name's first letter.
fn fits(words: &[String], wanted: &[String]) -> bool {
    match wanted {
        [one] => words.len() > 1 && words[1..].contains(one),
        [first, .., last] => {
            let initial = last.chars().count() == 1
                && words.last().is_some_and(|word| word.starts_with(last.as_str()));
            let given = words.first() == Some(first)
                || first.chars().count() == 1
                    && words.first().is_some_and(|word| word.starts_with(first.as_str()));
            given && (words.last() == Some(last) || initial && words.len() > 1)
        }
        [] => false,
    }
}

/// Returns a name as it is compared: composed, in lower case, split into words.
pub fn fold(text: &str) -> Vec<String> {
    let composed: String = text.nfc().flat_map(char::to_lowercase).collect();
    composed
        .split(|c: char| !(c.is_alphanumeric() || "-'’".contains(c)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes badges such as `(Guest)` and honorifics off a name.
fn without_badges(text: &str, known: &PeopleWords) -> String {
    let mut bare = String::new();
    let mut depth = 0usize;
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let lead = words.iter().take_while(|word| known.is_honorific(word)).count();
    let lead = if lead < words.len() { lead } else { 0 };
    words[lead..].join(" ").trim_matches(|c: char| ".,;:".contains(c)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn resolver() -> Resolver<'static> {
        let person = |name: &str, title: &str| Participant {
            name: name.into(),
            title: Some(title.into()),
            ..Participant::default()
        };
        let people = [
            person("Mette Sørensen", "formand"),
            person("Jens Ørsted", "kasserer"),
            person("Mette Kjær", "medlem"),
            person("Karen Marie Juhl", "kommunaldirektør"),
        ];
        Resolver::new(&people, PeopleWords::all(Words::danish()))
    }

    #[test]
    fn a_person_is_found_by_every_form_of_the_name() {
        let names = resolver();
        for text in [
            "Mette Sørensen (Guest)",
            "Sørensen, Mette",
            "Mette S",
            "Mette S.",
            "formanden",
            "Formand Mette Sørensen",
            "Mette So\u{308}rensen",
            "Mette Sørensen [ekstern]",
        ] {
            let expected = if text.contains('\u{308}') { None } else { Some(0) };
            assert_eq!(names.find(text), expected, "{text}");
        }
        assert_eq!(names.find("A\u{30a}se"), None);
        assert_eq!(names.find("KMJ"), Some(3));
        assert_eq!(names.find("Karen Marie"), Some(3));
        assert_eq!(names.find("Mette"), None);
        assert_eq!(names.find("Ørsted"), Some(1));
    }
}
