//! Participants' names that were misheard: a transcript's words become the name of the one
//! participant they come closest to, by spelling and by sound.
//!
//! In: a transcript and the meeting's header and agenda. Out: the transcript with names put
//! right; what was heard stays in [`Word::heard`], so that the work is done again from the
//! words as heard whenever the participants change. A word that may mean something else is
//! left alone: a function word, somebody else's name, a word that stands in lower case
//! elsewhere, a word of the agenda.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::name_forms::{Ear, Fit, NameForm, SAME, forms};
use super::name_tokens::{NameToken, letters, tokens};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::transcript::{Segment, Transcript, Word};
use referat_core::language::words::Vocabulary;
use referat_core::time::Span;

/// A name that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was said.
    pub span: Span,
    /// The words as heard, with their punctuation.
    pub heard: String,
    /// The words as they stand now.
    pub text: String,
}

/// What must lie between the best and the next best name.
const CLEAR_OF_OTHERS: f32 = 0.4;
/// Fewest letters of a name said alone.
const ALONE: usize = 5;
/// Fewest letters of a name said alone that begins a sentence or was heard as two words.
const ALONE_UNSURE: usize = 7;

/// Puts the participants' names right in `transcript`, from the words as they were heard.
pub fn correct(
    transcript: &mut Transcript,
    meeting: &Meeting,
    words: &Vocabulary,
) -> Vec<Correction> {
    restore(transcript);
    let corrector = Corrector::new(transcript, meeting, words);
    transcript.segments.iter_mut().flat_map(|segment| corrector.segment(segment)).collect()
}

/// Takes all corrections back.
pub fn restore(transcript: &mut Transcript) {
    for segment in &mut transcript.segments {
        if segment.words.iter().all(|word| word.heard.is_none()) {
            continue;
        }
        segment.words = std::mem::take(&mut segment.words)
            .into_iter()
            .flat_map(|word| match word.heard {
                Some(ref heard) => timed(heard, &word),
                None => vec![word],
            })
            .collect();
        segment.text = joined(&segment.words);
    }
}

/// Returns the words of a text that stands where `whole` does, their times shared out by their
/// letters: all but the first begin at an estimate.
fn timed(text: &str, whole: &Word) -> Vec<Word> {
    let Word { span, confidence, .. } = *whole;
    let all = text.split_whitespace().map(|word| word.chars().count()).sum::<usize>().max(1);
    let at = |letters: usize| {
        let ms = span.duration().as_millis() as u64 * letters as u64 / all as u64;
        span.start() + Duration::from_millis(ms)
    };
    let mut before = 0;
    text.split_whitespace()
        .map(|word| {
            let estimated = whole.estimated || before > 0;
            let (start, end) = (at(before), at(before + word.chars().count()));
            before += word.chars().count();
            Word {
                span: Span::from_start(start, end.since(start)),
                text: word.to_owned(),
                confidence,
                heard: None,
                estimated,
            }
        })
        .collect()
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

struct Corrector<'v> {
    ear: Ear<'v>,
    forms: Vec<NameForm>,
    /// Words that are no slip: those of the agenda, and those heard in lower case.
    ordinary: HashSet<String>,
    /// Words of the participants' titles.
    titles: HashSet<String>,
    /// The words of each person's name.
    own: HashMap<usize, HashSet<String>>,
}

/// A name found at a place.
struct Found {
    start: usize,
    end: usize,
    fit: Fit,
    person: usize,
    printed: String,
    /// Whether a first name was heard with another ending.
    ends_otherwise: bool,
}

impl<'v> Corrector<'v> {
    fn new(transcript: &Transcript, meeting: &Meeting, words: &'v Vocabulary) -> Self {
        let language: Language = transcript.language.parse().unwrap_or(meeting.language);
        let ear = Ear::of(words.of(language));
        let forms = forms(&meeting.header, &ear);
        let names: HashSet<&str> = forms.iter().flat_map(NameForm::spelled).collect();
        let items = &meeting.agenda.items;
        let agenda = items.iter().flat_map(|item| {
            std::iter::once(&item.title).chain(item.sub.iter().map(|sub| &sub.title))
        });
        let printed = agenda.chain(&meeting.header.title).chain(&meeting.header.place);
        let mut ordinary: HashSet<String> =
            printed.flat_map(|text| text.split_whitespace()).map(letters).collect();
        for segment in &transcript.segments {
            let low = segment.text.split_whitespace().filter(|word| {
                word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
            });
            ordinary.extend(low.map(letters));
        }
        ordinary.retain(|word| !names.contains(word.as_str()));
        let people: Vec<_> = meeting.header.everybody().collect();
        let titles = people.iter().filter_map(|person| person.title.as_deref());
        let titles = titles.flat_map(str::split_whitespace).map(letters).collect();
        let own = people.iter().enumerate().map(|(index, person)| {
            (index, person.name.split_whitespace().map(letters).collect::<HashSet<_>>())
        });
        let own = own.collect();
        Self { ear, forms, ordinary, titles, own }
    }

    fn segment(&self, segment: &mut Segment) -> Vec<Correction> {
        let texts: Vec<&str> = segment.text.split_whitespace().collect();
        let tokens = tokens(texts.iter().copied(), self.ear.sounds);
        let found = self.names(&tokens);
        if found.is_empty() {
            return Vec::new();
        }
        let as_words = segment.words.len() == texts.len()
            && segment.words.iter().zip(&texts).all(|(word, text)| word.text.trim() == *text);
        let mut words = match as_words {
            true => std::mem::take(&mut segment.words),
            // Times of words that do not make up the text are of no use to it.
            false => timed(&segment.text, &Word { span: segment.span, ..Word::default() }),
        };
        let mut corrections = Vec::new();
        for name in found.iter().rev() {
            for (from, to, text) in name.fit.groups.iter().rev() {
                let (from, to) = (name.start + from, name.start + to);
                let text = format!("{}{text}{}", tokens[from].before, tokens[to - 1].after);
                let heard = joined(&words[from..to]);
                if heard == text {
                    continue;
                }
                let span = words[from].span.cover(words[to - 1].span);
                let confidence = words[from..to].iter().filter_map(|word| word.confidence);
                let confidence = confidence.min_by(f32::total_cmp);
                corrections.push(Correction { span, heard: heard.clone(), text: text.clone() });
                let estimated = words[from].estimated;
                let word = Word { span, text, confidence, heard: Some(heard), estimated };
                words.splice(from..to, [word]);
            }
        }
        corrections.reverse();
        segment.text = joined(&words);
        segment.words = words;
        corrections
    }

    /// Finds the names to be put right, in order.
    fn names(&self, tokens: &[NameToken]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let name = self.name_at(tokens, at);
            at = name.as_ref().map_or(at + 1, |name| name.end);
            found.extend(name.filter(|name| !name.fit.exact));
        }
        found
    }

    /// Finds the name that begins at a word: one of several words rather than one alone, what
    /// is right already rather than what is close.
    fn name_at(&self, tokens: &[NameToken], at: usize) -> Option<Found> {
        let token = &tokens[at];
        if token.letters.is_empty() {
            return None;
        }
        // Many forms begin with the same word: it is compared once.
        let mut firsts: HashMap<&str, bool> = HashMap::new();
        let mut fits = |form: &NameForm, first| {
            *firsts.entry(first).or_insert_with(|| form.first_fits(&tokens[at..], &self.ear))
        };
        let begun = self.forms.iter().filter(|form| form.may_begin(token, &self.ear));
        let likely: Vec<&NameForm> = begun.filter(|form| fits(form, form.first())).collect();
        let several = likely.iter().copied().filter(|form| form.words() > 1);
        let alone = likely.iter().copied().filter(|form| form.words() == 1);
        let found =
            self.best(several, tokens, at, |form| (1.max(form.words() - 1), form.words() + 2));
        if let Some(found) = found {
            let right = found.fit.exact || !self.of_somebody_else(tokens, &found);
            return right.then_some(found);
        }
        let found = self.best(alone, tokens, at, |_| (1, 2))?;
        (found.fit.exact || self.may_stand_alone(tokens, &found)).then_some(found)
    }

    fn best<'a>(
        &self,
        forms: impl Iterator<Item = &'a NameForm>,
        tokens: &[NameToken],
        at: usize,
        sizes: impl Fn(&NameForm) -> (usize, usize),
    ) -> Option<Found> {
        let mut all: Vec<Found> = Vec::new();
        for form in forms {
            let (least, most) = sizes(form);
            for end in (at + least..=(at + most).min(tokens.len())).rev() {
                let Some(fit) = form.fit(&tokens[at..end], &self.ear) else { continue };
                let (person, printed) = (form.person, form.printed());
                let ends_otherwise =
                    end == at + 1 && form.ends_otherwise(&tokens[at].letters, &self.ear);
                all.push(Found { start: at, end, fit, person, printed, ends_otherwise });
            }
        }
        // What is right, however long, stands; then the closest, of equals the longest.
        let place = all.iter().enumerate().min_by(|(_, a), (_, b)| {
            (!a.fit.exact)
                .cmp(&!b.fit.exact)
                .then(a.fit.cost.total_cmp(&b.fit.cost))
                .then(b.printed.chars().count().cmp(&a.printed.chars().count()))
        });
        let best = all.swap_remove(place?.0);
        let rival = all.iter().any(|other| {
            other.printed != best.printed
                && !best.printed.contains(&other.printed)
                && other.fit.cost < best.fit.cost + CLEAR_OF_OTHERS
        });
        (best.fit.exact || !rival).then_some(best)
    }

    /// Tells whether a name that is not said in full may be put right.
    fn may_stand_alone(&self, tokens: &[NameToken], found: &Found) -> bool {
        let words = &tokens[found.start..found.end];
        let length = letters(&found.printed).chars().count();
        let cost = found.fit.cost;
        let [word] = words else {
            // Heard as two words: neither may mean something.
            return words[0].capital
                && cost <= SAME
                && length >= ALONE_UNSURE
                && words.iter().all(|word| !self.ear.lexicon.is_empty_word(&word.letters))
                && !words.iter().all(|word| self.ordinary.contains(&word.letters));
        };
        let limit = match length {
            0..=5 => 0.5,
            6..=7 => 1.0,
            8..=9 => 1.3,
            _ => 1.7,
        };
        let called = self.called(tokens, found);
        let sure = called || !word.opens || (length >= ALONE_UNSURE && cost <= SAME);
        length >= ALONE
            && cost <= limit
            && word.capital
            && sure
            && !found.ends_otherwise
            && !self.ear.known.holds(&word.letters)
            && !self.ordinary.contains(&word.letters)
            && !self.of_somebody_else(tokens, found)
    }

    /// Tells whether the words around a name are those beside which names are said.
    fn called(&self, tokens: &[NameToken], found: &Found) -> bool {
        let before = found.start.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens[found.end..].iter().take(2).map(|token| token.letters.as_str());
        let after = after.collect::<Vec<_>>().join(" ");
        before.is_some_and(|token| self.introduces(token)) || self.ear.known.stands_after(&after)
    }

    fn introduces(&self, token: &NameToken) -> bool {
        self.ear.known.stands_before(&token.letters) || self.titles.contains(&token.letters)
    }

    /// Tells whether a capital word beside a name makes it the name of somebody else.
    fn of_somebody_else(&self, tokens: &[NameToken], found: &Found) -> bool {
        let own = self.own.get(&found.person);
        let foreign = |token: &NameToken| {
            token.capital
                && !token.letters.is_empty()
                && !self.introduces(token)
                && !self.ear.lexicon.is_empty_word(&token.letters)
                && !own.is_some_and(|own| own.contains(&token.letters))
        };
        let before = found.start.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(found.end).filter(|_| !tokens[found.end - 1].closes);
        // A capital that begins a sentence makes a word no name beside one said in full.
        let full = found.printed.contains(' ');
        let before = before.filter(|token| !(token.closes || full && token.opens));
        before.is_some_and(foreign)
            || after.is_some_and(foreign)
            || after.is_some_and(|word| self.comes_from_elsewhere(word, tokens.get(found.end + 1)))
    }

    /// Tells whether two words after a name tell that somebody comes from where no participant
    /// does: `fra Rambøll`, `fra banken`.
    fn comes_from_elsewhere(&self, word: &NameToken, place: Option<&NameToken>) -> bool {
        let stranger = |place: &NameToken| {
            !self.titles.contains(&place.letters) && !self.ear.lexicon.is_empty_word(&place.letters)
        };
        self.ear.known.tells_where_from(&word.letters) && place.is_some_and(stranger)
    }
}
