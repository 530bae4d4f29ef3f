//! The line of a statement: who, the verb of the act, and what about, in reported speech.

use crate::lang::headings::Headings;
use crate::lang::outcomes::Outcomes;
use crate::lang::reporting::Reporting;
use crate::model::agenda::AgendaItem;
use crate::model::language::Language;
use crate::model::referat::StatementKind;

use super::entry::Entry;
use super::ranking;
use super::sentences::Sentence;

/// A line takes no further sentence beyond this many words; the rest stands as material.
const LINE_WORDS: usize = 60;

/// At most this many phrases of the same act join into one line.
const FRAMED: usize = 2;

/// Sentences shorter than this add nothing to a line.
const SHORTEST: usize = 3;

/// Writes the lines of one item's entries.
pub(super) struct Writer<'a> {
    pub(super) language: Language,
    pub(super) item: Option<&'a AgendaItem>,
}

impl Writer<'_> {
    /// Returns the line of `entry`, its full stop included.
    pub(super) fn line(&self, entry: &Entry, proposed: bool) -> String {
        let reporting = Reporting::of(self.language);
        let mut line = match &entry.text {
            Some(text) => text.trim_end_matches(['.', ' ']).to_owned(),
            None => self.reported(entry, proposed),
        };
        if let Some(name) = &entry.thanked {
            let line_end = line.trim_end_matches('.').len();
            line.truncate(line_end);
            line = format!("{line}, {}", reporting.words("thanked").replace("{name}", name));
        }
        if !entry.joined.is_empty() {
            let line_end = line.trim_end_matches('.').len();
            line.truncate(line_end);
            let and = format!(" {} ", reporting.words("and"));
            let names = entry.joined.join(&and);
            line = format!("{line}, {}", reporting.words("seconded").replace("{name}", &names));
        }
        let ended = line.ends_with(['.', '?', '!', '"']);
        if ended { line } else { format!("{line}.") }
    }

    fn reported(&self, entry: &Entry, proposed: bool) -> String {
        let unknown = Headings::of(self.language).unknown_speaker.as_str();
        let name = entry.speaker.as_deref().unwrap_or(unknown);
        let (predicate, used) = self.predicate(entry, proposed);
        let mut line = format!("{name} {predicate}");
        for sentence in self.further(entry, &used, line.split_whitespace().count()) {
            let end = if line.ends_with(['.', '?', '!', '"', ':']) { "" } else { "." };
            line = format!("{line}{end} {}", self.told(sentence));
        }
        line
    }

    /// Returns what follows the name, and which sentences it has used.
    fn predicate(&self, entry: &Entry, proposed: bool) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        let kind = entry.kind.unwrap_or(StatementKind::Remark);
        let framed: Vec<(String, usize)> = entry
            .sentences
            .iter()
            .enumerate()
            .filter_map(|(place, sentence)| Some((self.framed(sentence, kind)?, place)))
            .take(FRAMED)
            .collect();
        if !framed.is_empty() {
            let (mut predicates, places): (Vec<String>, Vec<usize>) = framed.into_iter().unzip();
            predicates.dedup();
            return (predicates.join(&format!(" {} ", reporting.words("and"))), places);
        }
        let cue = entry
            .sentences
            .iter()
            .position(|sentence| sentence.act.as_ref().is_some_and(|act| act.kind == kind));
        match kind {
            StatementKind::Question => self.question(entry),
            StatementKind::Support if proposed => self.cued("support", entry, cue),
            StatementKind::Support => self.cued("agreement", entry, cue),
            StatementKind::Concern => self.cued("concern", entry, cue),
            StatementKind::Objection => self.cued("objection", entry, cue),
            StatementKind::Thanks => {
                (reporting.words("thanks").to_owned(), cue.into_iter().collect())
            }
            StatementKind::Welcome => {
                (reporting.words("welcome").to_owned(), cue.into_iter().collect())
            }
            StatementKind::Opening => {
                (reporting.words("opening").to_owned(), cue.into_iter().collect())
            }
            StatementKind::Closing => {
                // Words of farewell are no content.
                (reporting.words("closing").to_owned(), (0..entry.sentences.len()).collect())
            }
            StatementKind::Proposal => self.saying("proposal", entry),
            StatementKind::Information if entry.presents => self.presentation(entry),
            StatementKind::Information => self.saying("information", entry),
            _ if entry.replies => self.saying("reply", entry),
            _ => self.saying("remark", entry),
        }
    }

    /// Returns what the sentence's own phrase makes of it, when it is of that kind.
    fn framed(&self, sentence: &Sentence, kind: StatementKind) -> Option<String> {
        let act = sentence.act.as_ref().filter(|act| act.kind == kind)?;
        let text = act.text.as_ref().filter(|_| !sentence.is_poor())?;
        let rest = act.rest.as_deref().unwrap_or("").trim().trim_end_matches(',');
        if !text.contains("{rest}") {
            return Some(text.clone());
        }
        let rest = Reporting::of(self.language).third_person(rest);
        (!rest.is_empty()).then(|| text.replace("{rest}", &rest))
    }

    /// An act whose cue is a sentence of its own: the cue gives the verb, the rest the reasons.
    fn cued(&self, verb: &str, entry: &Entry, cue: Option<usize>) -> (String, Vec<usize>) {
        let verb = Reporting::of(self.language).words(verb);
        match cue {
            Some(place) if entry.sentences.len() == 1 && entry.sentences[place].len() > 6 => {
                (format!("{verb}: {}", self.told(&entry.sentences[place])), vec![place])
            }
            Some(place) => (verb.to_owned(), vec![place]),
            None => (verb.to_owned(), Vec::new()),
        }
    }

    fn question(&self, entry: &Entry) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        let place = entry.sentences.iter().position(|sentence| sentence.text.ends_with('?'));
        let Some(place) = place else { return self.saying("remark", entry) };
        let asked = entry.sentences[place].text.as_str();
        let poor = entry.sentences[place].is_poor();
        let predicate = match reporting.indirect_question(asked).filter(|_| !poor) {
            Some(indirect) => reporting.words("asked_for").replace("{rest}", &indirect),
            None => {
                format!("{}: \"{}\"", reporting.words("question"), entry.sentences[place].marked)
            }
        };
        (predicate, vec![place])
    }

    /// `orienterede om taget`, and then what was told.
    fn presentation(&self, entry: &Entry) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        let lead = entry.sentences.iter().find_map(|one| reporting.topic_and_main(&one.text));
        let title = self.item.and_then(|item| match entry.sub {
            Some(sub) => item.sub.get(sub).map(|sub| sub.title.as_str()),
            None => Some(item.title.as_str()),
        });
        let topic = lead
            .map(|(topic, _)| topic)
            .or_else(|| title.and_then(|title| Outcomes::of(self.language).topic(title)));
        match topic {
            Some(topic) => (format!("{} {topic}", reporting.words("briefed")), Vec::new()),
            None => self.saying("information", entry),
        }
    }

    /// `oplyste, at …` where the order of words can be told, else `oplyste: …`.
    fn saying(&self, verb: &str, entry: &Entry) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        // A fragment without a verb is no clause; a sentence is looked for first.
        let whole = |one: &Sentence| one.len() >= SHORTEST && reporting.has_verb(&one.text);
        let place = entry
            .sentences
            .iter()
            .position(whole)
            .or_else(|| entry.sentences.iter().position(|one| one.len() >= SHORTEST))
            .unwrap_or(0);
        let Some(sentence) = entry.sentences.get(place) else {
            return (reporting.words("spoke").to_owned(), Vec::new());
        };
        let verb = reporting.words(verb);
        let said = (!sentence.is_poor()).then(|| reporting.after_that(&sentence.text)).flatten();
        let line = match said {
            Some(clause) => format!("{verb}{} {clause}", reporting.words("comma_that")),
            None => format!("{verb}: {}", self.told(sentence)),
        };
        (line, vec![place])
    }

    /// Returns a sentence as it stands in a line: told of the speaker, doubts marked.
    fn told(&self, sentence: &Sentence) -> String {
        if sentence.is_poor() {
            return sentence.marked.clone();
        }
        let reporting = Reporting::of(self.language);
        let main = reporting.topic_and_main(&sentence.marked).map(|(_, main)| main);
        let text = reporting.main_clause(main.as_deref().unwrap_or(&sentence.marked));
        reporting.third_person(&crate::lang::headings::capitalised(&text))
    }

    /// Returns the sentences that join the line, in order: the most telling that fit.
    fn further<'e>(&self, entry: &'e Entry, used: &[usize], words: usize) -> Vec<&'e Sentence> {
        if entry.sentences.iter().any(Sentence::is_poor) && !used.is_empty() {
            return Vec::new();
        }
        let mut left = LINE_WORDS.saturating_sub(words);
        let mut chosen: Vec<usize> = Vec::new();
        for place in ranking::most_telling(&entry.sentences, self.item) {
            let sentence = &entry.sentences[place];
            let length = sentence.len();
            let short = length < SHORTEST
                || (length == SHORTEST && !sentence.text.contains(char::is_numeric));
            if used.contains(&place) || short || length > left {
                continue;
            }
            left -= length;
            chosen.push(place);
        }
        // A line that only names the act says too little: one sentence may exceed the measure.
        if chosen.is_empty() && used.is_empty() {
            chosen.extend(ranking::most_telling(&entry.sentences, self.item).first());
        }
        chosen.sort_unstable();
        chosen.into_iter().map(|place| &entry.sentences[place]).collect()
    }
}
