//! What is wrong with a line before it is written.
//!
//! A line is put together from words that were said and words that minutes use. Whatever went
//! wrong in that shows in a few ways, and each of them is looked for in every line: a line that
//! has one is not written, and the speaker's own sentence stands instead.

use crate::domain::meeting::Header;
use crate::language::clauses::Clauses;
use crate::language::headings::Headings;
use crate::language::mentions::MentionWords;
use crate::language::outcomes::Outcomes;
use crate::language::words::Words;

/// What may be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// No finite verb at all.
    MissingVerb,
    /// Two finite verbs where one belongs: `skal kan`.
    DoubleVerb,
    /// The same verb again at once: `besluttede at beslutte`.
    RepeatedVerb,
    /// Half a sentence, or a second one hung on behind a comma.
    Fragment,
    /// Stands for something that the line does not name.
    DanglingPronoun,
    /// `I` or `you` outside a quotation.
    UnresolvedPerson,
    /// Ends in a tag: `…, ikke`.
    Tag,
    /// Somebody is spoken to.
    Address,
    /// A body is not called what the dagsorden calls it.
    BodyName,
    /// A capital that begins nothing and is no name's.
    Capital,
}

/// Looks lines over.
pub struct Lint<'a> {
    language: Words<'a>,
    header: &'a Header,
    body: Option<String>,
}

impl<'a> Lint<'a> {
    /// Returns the lint for a meeting's lines.
    pub fn new(language: Words<'a>, header: &'a Header) -> Self {
        let body = header.title.as_deref().and_then(|title| Outcomes::of(language).body(title));
        Self { language, header, body }
    }

    /// Returns the first thing that is wrong with `line`; what stands in quotation marks is the
    /// speaker's own, and must be whole.
    pub fn fault(&self, line: &str) -> Option<Fault> {
        // Who is not known is called by words that are no part of the sentence.
        let unknown = Headings::of(self.language).unknown_speaker.as_str();
        let (told, quotes) = apart(&line.replace(unknown, "Nobody"));
        let quoted = quotes.iter().find_map(|quote| self.quoted(quote));
        quoted.or_else(|| self.told(&told, !quotes.is_empty()))
    }

    fn quoted(&self, quote: &str) -> Option<Fault> {
        let plain = quote.replace(" [?]", "");
        let ends = plain.ends_with(['.', '!', '?']);
        let begins = plain.chars().next().is_some_and(|letter| !letter.is_lowercase());
        // Every sentence of a quotation must be whole; the first is the likeliest not to be.
        if Clauses::of(self.language).is_dependent(&plain) {
            return Some(Fault::Fragment);
        }
        if !ends
            || !begins
            || plain.contains('…')
            || plain.contains("..")
            || plain.trim_end_matches('.').ends_with(['–', '-'])
        {
            return Some(Fault::Fragment);
        }
        (!Clauses::of(self.language).has_finite(&plain)).then_some(Fault::MissingVerb)
    }

    fn told(&self, told: &str, quotes: bool) -> Option<Fault> {
        let clauses = Clauses::of(self.language);
        let words: Vec<&str> = told.split_whitespace().collect();
        // A title in the line is the dagsorden's wording.
        if words.iter().any(|word| word.ends_with('…')) || told.contains("..") {
            return Some(Fault::Fragment);
        }
        if clauses.has_tag(told) {
            return Some(Fault::Tag);
        }
        let finite: Vec<usize> =
            (0..words.len()).filter(|place| clauses.is_finite(&words, *place)).collect();
        if finite.is_empty() && !quotes && !clauses.has_finite(told) {
            return Some(Fault::MissingVerb);
        }
        if finite.windows(2).any(|pair| pair[1] == pair[0] + 1 && !words[pair[0]].ends_with(',')) {
            return Some(Fault::DoubleVerb);
        }
        if self.repeats(&words) {
            return Some(Fault::RepeatedVerb);
        }
        for (place, word) in words.iter().enumerate() {
            if clauses.is_first_person(word) || clauses.is_second_person(&words, place) {
                return Some(Fault::UnresolvedPerson);
            }
        }
        if clauses.has_splice(&words) {
            return Some(Fault::Fragment);
        }
        if self.addresses(told) {
            return Some(Fault::Address);
        }
        if self.dangles(&words) {
            return Some(Fault::DanglingPronoun);
        }
        if self.is_capital(&words) {
            return Some(Fault::Capital);
        }
        self.miscalls(told).then_some(Fault::BodyName)
    }

    /// `besluttede at beslutte`, `bestiller bestiller`.
    fn repeats(&self, words: &[&str]) -> bool {
        let key =
            |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        words.windows(2).any(|pair| {
            key(pair[0]) == key(pair[1])
                && key(pair[0]).chars().count() > 2
                && !key(pair[0]).chars().all(char::is_numeric)
        }) || words.windows(3).any(|three| {
            let (one, other) = (key(three[0]), key(three[2]));
            let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            matches!(key(three[1]).as_str(), "at" | "to")
                && shared >= 5
                && shared + 1 >= other.chars().count().min(one.chars().count())
        })
    }

    /// `…, Lis` at the end or before another comma, where nobody is listed.
    fn addresses(&self, told: &str) -> bool {
        let told = told.trim_end_matches(['.', ' ', ':']);
        let Some((before, last)) = told.rsplit_once(", ") else { return false };
        !before.contains(" og ")
            && self.header.everybody().any(|person| {
                person.name.split_whitespace().next() == Some(last) && !before.ends_with(last)
            })
    }

    /// A pronoun as the subject of what is reported, with nothing named that it may stand for.
    fn dangles(&self, words: &[&str]) -> bool {
        // What is quoted may be of another language than the meeting.
        self.language.vocabulary().all().map(MentionWords::of).any(|known| {
            let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
            let first = first.trim_end_matches(',');
            let anywhere = |word: &&str| {
                let word = word.to_lowercase();
                known.unnamed_anywhere.iter().any(|start| word.starts_with(start.as_str()))
            };
            words.len() > 1 && known.unnamed.iter().any(|it| it == first)
                || words.iter().any(anywhere)
        })
    }

    /// A small word with a capital inside a line.
    fn is_capital(&self, words: &[&str]) -> bool {
        let small = |word: &str| {
            let key = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            key.chars().next().is_some_and(char::is_uppercase)
                && key.chars().count() > 1
                && !self.is_name(key)
                && Clauses::of(self.language).is_small(key)
        };
        words.windows(2).any(|pair| {
            !pair[0].ends_with(['.', ':', '?', '!', '"']) && small(pair[1]) && pair[1] != "I"
        })
    }

    fn is_name(&self, word: &str) -> bool {
        let title = self.header.title.as_deref().unwrap_or("");
        self.header.everybody().any(|one| one.name.split_whitespace().any(|part| part == word))
            || title.split_whitespace().any(|part| part == word)
    }

    /// `Miljøudvalget` where the dagsorden has `Teknik- og Miljøudvalget`.
    fn miscalls(&self, told: &str) -> bool {
        let Some(body) = &self.body else { return false };
        let Some((_, last)) = body.rsplit_once(' ') else { return false };
        last.chars().next().is_some_and(char::is_uppercase)
            && told.starts_with(last)
            && !told.starts_with(body.as_str())
    }
}

/// Returns what a line tells, and what it quotes.
fn apart(line: &str) -> (String, Vec<String>) {
    let mut told = String::new();
    let mut quotes = Vec::new();
    for (place, part) in line.split('"').enumerate() {
        if place % 2 == 0 { told.push_str(part) } else { quotes.push(part.to_owned()) }
    }
    (told.replace(" [?]", ""), quotes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::Participant;
    use crate::language::words::Vocabulary;

    fn fault(line: &str) -> Option<Fault> {
        let person = |name: &str| Participant { name: name.to_owned(), ..Participant::default() };
        let header = Header {
            title: Some("Mødet i Teknik- og Miljøudvalget i Nordby".to_owned()),
            present: vec![person("Stine Krabbe"), person("Lis Holm")],
            ..Header::default()
        };
        Lint::new(Words::danish(), &header).fault(line)
    }

    #[test]
    fn what_a_referent_would_strike_out_is_found() {
        for (line, found) in [
            ("Stine Krabbe skal kan så godt blive ved.", Fault::DoubleVerb),
            ("Stine Krabbe oplyste: \"At have dig med.\"", Fault::Fragment),
            ("Stine Krabbe oplyste: \"Den nye vej.\"", Fault::MissingVerb),
            ("Stine Krabbe oplyste: \"taget er utæt.\"", Fault::Fragment),
            ("Stine Krabbe oplyste: \"At taget er utæt.\"", Fault::Fragment),
            ("Stine Krabbe foreslog at få lukket døren, så er man der vist alle.", Fault::Fragment),
            ("Stine Krabbe skriver til kommunen inden jul, ikke.", Fault::Tag),
            ("Udvalget besluttede at beslutte det.", Fault::RepeatedVerb),
            ("Miljøudvalget vedtog forslaget.", Fault::BodyName),
            ("Stine Krabbe oplyste, at jeg har fået svar.", Fault::UnresolvedPerson),
            ("Vedkommende kunne godt tænke sig en pause.", Fault::DanglingPronoun),
            ("Stine Krabbe bemærkede, at Dér kom svaret.", Fault::Capital),
            ("Stine Krabbe oplyste, at taget er utæt, Lis.", Fault::Address),
            ("Et nyt tag.", Fault::MissingVerb),
        ] {
            assert_eq!(fault(line), Some(found), "{line}");
        }
    }

    #[test]
    fn the_verbs_of_minutes_are_known() {
        let header = Header::default();
        for language in Vocabulary::compiled().all() {
            let lint = Lint::new(language, &header);
            let phrases = &crate::language::reporting::Reporting::of(language).phrases;
            for phrase in [
                &phrases.information,
                &phrases.answer,
                &phrases.reply,
                &phrases.question,
                &phrases.proposal,
                &phrases.concern,
                &phrases.thanks,
                &phrases.support,
                &phrases.agreement,
                &phrases.objection,
                &phrases.remark,
                &phrases.briefed,
                &phrases.welcome,
                &phrases.opening,
                &phrases.closing,
                &phrases.spoke,
                &phrases.introduces,
            ] {
                let line = format!("Ann Lund {phrase}.");
                assert_eq!(lint.fault(&line), None, "{line}");
            }
        }
    }

    #[test]
    fn what_a_referent_would_keep_passes() {
        for line in [
            "Stine Krabbe oplyste, at taget er utæt.",
            "Stine Krabbe bemærkede: \"Det kan vi ikke garantere.\"",
            "Teknik- og Miljøudvalget besluttede at udskyde sagen.",
            "Stine Krabbe og Lis Holm støttede forslaget.",
            "Referatet blev godkendt.",
            "Stine Krabbe takkede for svaret.",
            "[ukendt taler] erklærede sig enig.",
        ] {
            assert_eq!(fault(line), None, "{line}");
        }
    }
}
