//! The participants as they are spoken of: by full name, by first name or surname where nobody
//! else has it, by title where nobody else holds it.

use std::collections::HashMap;

use super::cues::Heard;
use super::lexicon::Lexicon;
use super::normalize;
use super::people_words::PeopleWords;
use super::words::Words;
use crate::domain::meeting::{Header, Participant};
use crate::names::resolver::Resolver;

/// How somebody was spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By full name, or first name and surname.
    Full,
    /// By first name or surname alone.
    Part,
    /// By title alone.
    Title,
}

/// A participant spoken of in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Place in [`Names::people`].
    pub person: usize,
    /// How.
    pub form: Form,
    /// The words: first and one past the last.
    pub words: (usize, usize),
}

/// Words, whom they mean (`None` when several people), and how.
type Known = (Vec<String>, Option<usize>, Form);

/// The participants of a meeting and the words that mean them.
pub struct Names<'v> {
    people: Vec<Participant>,
    /// By first word.
    forms: HashMap<String, Vec<Known>>,
    resolver: Resolver<'v>,
    language: Words<'v>,
}

impl<'v> Names<'v> {
    /// Learns the names of everybody in the header.
    pub fn new(header: &Header, language: Words<'v>) -> Self {
        let people: Vec<Participant> = header.everybody().cloned().collect();
        let resolver = Resolver::new(&people, PeopleWords::all(language));
        let mut names = Self { people: Vec::new(), forms: HashMap::new(), resolver, language };
        for (index, person) in people.iter().enumerate() {
            let name: Vec<String> = fold(&person.name);
            if let [first, .., last] = name.as_slice() {
                names.add(vec![first.clone(), last.clone()], index, Form::Full);
                names.add(vec![first.clone()], index, Form::Part);
                names.add(vec![last.clone()], index, Form::Part);
                if name.len() > 2 {
                    // `Jens Ole` is called by both, and `Høegh-Dam` are two words.
                    names.add(name[..name.len() - 1].to_vec(), index, Form::Part);
                    names.add(name[1..].to_vec(), index, Form::Part);
                }
            }
            names.add(name, index, Form::Full);
            if let Some(title) = &person.title {
                let minister = names.is_minister(title);
                let title = names.stems(fold(title));
                if let Some(last) = title.last().filter(|_| minister && title.len() > 1) {
                    // `Indenrigs- og sundhedsministeren` is called by the last of the offices.
                    names.add(vec![last.clone()], index, Form::Title);
                }
                names.add(title, index, Form::Title);
            }
        }
        for forms in names.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.0.len()));
        }
        names.people = people;
        names
    }

    /// Returns the words of the meeting's language.
    pub fn language(&self) -> Words<'v> {
        self.language
    }

    /// Returns everybody, in the header's order.
    pub fn people(&self) -> &[Participant] {
        &self.people
    }

    fn stems(&self, mut words: Vec<String>) -> Vec<String> {
        // `Borgmester` is printed, `borgmesteren` is said.
        for word in &mut words {
            *word = Lexicon::of(self.language).stem(word);
        }
        words
    }

    fn add(&mut self, words: Vec<String>, person: usize, form: Form) {
        let Some(first) = words.first().filter(|first| first.chars().count() > 1) else { return };
        // `Have` is a surname, and far more often a verb.
        let lexicon = Lexicon::of(self.language);
        if words.len() == 1 && form == Form::Part && lexicon.is_empty_word(first) {
            return;
        }
        let known = self.forms.entry(first.clone()).or_default();
        match known
            .iter_mut()
            .find(|known| known.0 == words && (known.2 == Form::Title) == (form == Form::Title))
        {
            Some(known) if known.1 != Some(person) => known.1 = None,
            Some(_) => {}
            None => known.push((words, Some(person), form)),
        }
    }

    /// Finds who is spoken of, in order; of overlapping readings the longest counts.
    pub fn mentions(&self, heard: &Heard) -> Vec<Mention> {
        let words: Vec<&str> = heard.words.iter().map(|word| word.folded.as_str()).collect();
        let lexicon = Lexicon::of(self.language);
        let stems: Vec<String> = words.iter().map(|word| lexicon.stem(word)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let fits = |form: &&(Vec<String>, Option<usize>, Form)| {
                form.0.iter().enumerate().all(|(step, word)| match form.2 {
                    Form::Title => stems.get(at + step) == Some(word),
                    _ => words.get(at + step) == Some(&word.as_str()),
                })
            };
            let named = self.forms.get(words[at]).into_iter().flatten();
            let titled = self.forms.get(&stems[at]).into_iter().flatten();
            let longest = named
                .filter(|form| form.2 != Form::Title)
                .chain(titled.filter(|form| form.2 == Form::Title))
                .filter(fits)
                .max_by_key(|form| form.0.len());
            let Some((form_words, person, form)) = longest else {
                at += 1;
                continue;
            };
            let end = at + form_words.len();
            if let Some(person) = *person {
                found.push(Mention { person, form: *form, words: (at, end) });
            }
            at = end;
        }
        found
    }

    /// Tells whether a title is a minister's.
    pub fn is_minister(&self, title: &str) -> bool {
        Lexicon::of(self.language).is_minister(title)
    }

    /// Returns who is meant by a name as somebody wrote it (`Ørsted, Jens`, `Ida Holm (Guest)`),
    /// if it is clear.
    pub fn find(&self, name: &str) -> Option<usize> {
        let words = fold(name);
        let exact = self.people.iter().position(|person| fold(&person.name) == words);
        let formed = || {
            let forms = self.forms.get(words.first()?)?;
            forms.iter().find(|form| form.0 == words).and_then(|form| form.1)
        };
        exact.or_else(formed).or_else(|| self.resolver.find(name))
    }
}

fn fold(text: &str) -> Vec<String> {
    normalize::words(text).into_iter().map(|word| word.folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names<'static> {
        let person = |title: &str, name: &str| Participant {
            name: name.to_owned(),
            title: Some(title.to_owned()),
            role: None,
            ..Participant::default()
        };
        let header = Header {
            present: vec![
                person("Borgmester", "Jens Ole Brandt"),
                person("Politidirektør", "Bodil Krogsgaard"),
                person("Byrådsmedlem", "Bodil Lund"),
                person("Klima-, energi- og forsyningsministeren", "Lars Aagaard"),
            ],
            ..Header::default()
        };
        Names::new(&header, Words::danish())
    }

    fn who(text: &str) -> Vec<&'static str> {
        let names = names();
        let mentions = names.mentions(&Heard::new(text));
        let found = mentions.iter().map(|mention| names.people()[mention.person].name.clone());
        found.map(|name| &*name.leak()).collect()
    }

    #[test]
    fn people_are_known_by_name_part_of_name_and_title() {
        assert_eq!(who("Ja, Jens Ole, værsgo."), ["Jens Ole Brandt"]);
        assert_eq!(who("Så er det hr. Brandt."), ["Jens Ole Brandt"]);
        assert_eq!(who("Borgmesteren har ordet."), ["Jens Ole Brandt"]);
        assert_eq!(who("klima-, energi- og forsyningsministeren, værsgo"), ["Lars Aagaard"]);
        assert_eq!(who("Bodil Lund og politidirektøren"), ["Bodil Lund", "Bodil Krogsgaard"]);
    }

    #[test]
    fn a_name_that_two_people_have_means_nobody() {
        assert!(who("Tak, Bodil.").is_empty());
    }
}
