//! The line of a statement: who, the verb of the act, and what about, in reported speech.

mod blurred;

use crate::domain::agenda::AgendaItem;
use crate::domain::language::Language;
use crate::domain::referat::StatementKind;
use crate::language::headings::Headings;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;

use super::entry::Entry;
use super::people::People;
use super::ranking;
use super::sentences::Sentence;

/// A line takes no further sentence beyond this many words; the rest stands as material.
const LINE_WORDS: usize = 60;

/// At most this many phrases of the same act join into one line.
const FRAMED: usize = 2;

/// Sentences shorter than this add nothing to a line.
const SHORTEST: usize = 3;

/// Assent of at most this many words (`det synes jeg er en god idé`) tells nothing but the act.
const ASSENT: usize = 9;

/// Any other cue of at most this many words (`det bekymrer mig`) tells nothing but the act.
const CUE: usize = 4;

/// A fragment has at most this many words.
const FRAGMENT: usize = 4;

/// Writes the lines of one item's entries.
pub(super) struct Writer<'a> {
    pub(super) language: Language,
    pub(super) item: Option<&'a AgendaItem>,
    pub(super) people: &'a People<'a>,
}

impl Writer<'_> {
    /// Returns the line of `entry`, its full stop included.
    pub(super) fn line(&self, entry: &Entry, proposed: bool) -> String {
        let reporting = Reporting::of(self.language);
        let mut line = match &entry.text {
            Some(text) => text.trim_end_matches(['.', ' ']).to_owned(),
            None if entry.blurred => self.blurred_talk(entry),
            None => self.reported(entry, proposed),
        };
        if let Some(name) = &entry.thanked {
            let line_end = line.trim_end_matches('.').len();
            line.truncate(line_end);
            line = format!("{line}, {}", reporting.words("thanked").replace("{name}", name));
        }
        // Whoever joins in support does the same: `A og B støttede forslaget`.
        let first = entry.speaker.as_deref().filter(|_| entry.kind == Some(StatementKind::Support));
        if let Some(predicate) = first.and_then(|name| line.strip_prefix(name))
            && let Some((last, others)) = entry.joined.split_last()
        {
            let names = std::iter::once(first.unwrap_or_default())
                .chain(others.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(", ");
            line = format!("{names} {} {last}{predicate}", reporting.words("and"));
        } else if !entry.joined.is_empty() {
            let line_end = line.trim_end_matches('.').len();
            line.truncate(line_end);
            let and = format!(" {} ", reporting.words("and"));
            let names = entry.joined.join(&and);
            let supports = entry.kind == Some(StatementKind::Proposal);
            let words = reporting.words(if supports { "seconded" } else { "agreed_with" });
            line = format!("{line}, {}", words.replace("{name}", &names));
        }
        let ended = line.trim_end_matches(" [?]").ends_with(['.', '?', '!', '"']);
        if ended { line } else { format!("{line}.") }
    }

    fn reported(&self, entry: &Entry, proposed: bool) -> String {
        let unknown = Headings::of(self.language).unknown_speaker.as_str();
        let name = entry.speaker.as_deref().unwrap_or(unknown);
        let (predicate, used) = self.predicate(entry, proposed);
        let mut line = format!("{name} {}", self.people.unaddressed(&predicate));
        for sentence in self.further(entry, &used, line.split_whitespace().count()) {
            let end = if line.ends_with(['.', '?', '!', '"', ':']) { "" } else { "." };
            line = format!("{line}{end} {}", self.people.unaddressed(&self.told(sentence)));
        }
        line
    }

    /// Returns what follows the name, and which sentences it has used.
    fn predicate(&self, entry: &Entry, proposed: bool) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        let kind = entry.kind.unwrap_or(StatementKind::Remark);
        if entry.is_poor() {
            return (self.blurred_act(entry), (0..entry.sentences.len()).collect());
        }
        let framed: Vec<(String, usize)> = entry
            .sentences
            .iter()
            .enumerate()
            .filter_map(|(place, sentence)| Some((self.framed(sentence, kind)?, place)))
            .take(if kind == StatementKind::Welcome { 1 } else { FRAMED })
            .collect();
        if !framed.is_empty() {
            let (predicates, places): (Vec<String>, Vec<usize>) = framed.into_iter().unzip();
            let predicate = self.joined(&predicates);
            return match self.told_first(entry, &places) {
                Some(told) => (format!("{told} {} {predicate}", reporting.words("and")), places),
                None => (predicate, places),
            };
        }
        let cue = entry
            .sentences
            .iter()
            .position(|sentence| sentence.act.as_ref().is_some_and(|act| act.kind == kind));
        match kind {
            StatementKind::Question => self.question(entry),
            StatementKind::Support if proposed || self.supports_proposal(entry) => {
                self.cued("support", entry, cue)
            }
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
                let farewell = entry
                    .sentences
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| one.act.as_ref().is_some_and(|act| act.kind == kind));
                let places = farewell.map(|(place, _)| place).collect();
                (reporting.words("closing").to_owned(), places)
            }
            StatementKind::Proposal => self.saying("proposal", entry),
            StatementKind::Information if entry.presents => self.presentation(entry),
            StatementKind::Information => self.saying("information", entry),
            StatementKind::Answer => self.saying("answer", entry),
            _ if entry.replies => self.saying("reply", entry),
            _ => self.saying("remark", entry),
        }
    }

    /// Returns what the sentence's own phrase makes of it, when it is of that kind.
    fn framed(&self, sentence: &Sentence, kind: StatementKind) -> Option<String> {
        // An answer is information that was asked for.
        let told = if kind == StatementKind::Answer { StatementKind::Information } else { kind };
        let act = sentence.act.as_ref().filter(|act| act.kind == told)?;
        let text = act.text.as_ref().filter(|_| !sentence.is_poor())?;
        let rest = act.rest.as_deref().unwrap_or("").trim().trim_end_matches(',');
        if !text.contains("{rest}") {
            return Some(text.clone());
        }
        let reporting = Reporting::of(self.language);
        let clause = if act.main { Some(reporting.after_that(rest)?) } else { None };
        let rest = clause.unwrap_or_else(|| reporting.third_person(rest));
        if rest.is_empty() {
            return None;
        }
        // `efterlyste, at …`: a clause stands behind a comma, a thing does not.
        let that = format!("{} ", reporting.words("that"));
        let apart = self.language == Language::Da && rest.starts_with(&that);
        let text = if apart && !text.contains(", {rest}") {
            text.replace(" {rest}", ", {rest}")
        } else {
            text.clone()
        };
        Some(text.replace("{rest}", &rest))
    }

    fn supports_proposal(&self, entry: &Entry) -> bool {
        let reporting = Reporting::of(self.language);
        entry.sentences.iter().any(|one| reporting.speaks_of_proposal(&one.text))
    }

    /// Joins predicates of the same act: the second goes without its verb.
    fn joined(&self, predicates: &[String]) -> String {
        let Some((first, others)) = predicates.split_first() else { return String::new() };
        let and = Reporting::of(self.language).words("and");
        let verb = first.split([' ', ',']).next().unwrap_or("");
        others.iter().filter(|other| *other != first).fold(first.clone(), |line, other| match other
            .strip_prefix(verb)
            .map(|rest| rest.trim_start_matches([',', ' ']))
        {
            Some(rest) if !verb.is_empty() => format!("{line}, {and} {rest}"),
            _ => format!("{line} {and} {other}"),
        })
    }

    /// `orienterede om taget`, where somebody presents the item before coming to the act.
    fn told_first(&self, entry: &Entry, places: &[usize]) -> Option<String> {
        let weighty = matches!(entry.kind, Some(StatementKind::Proposal | StatementKind::Concern));
        let first = *places.first()?;
        if !entry.presents || !weighty || first == 0 {
            return None;
        }
        let topic = self.topic(entry)?;
        Some(format!("{} {topic}", Reporting::of(self.language).words("briefed")))
    }

    /// An act whose cue is a sentence of its own: the cue gives the verb, the rest the reasons.
    fn cued(&self, verb: &str, entry: &Entry, cue: Option<usize>) -> (String, Vec<usize>) {
        let assents = entry.kind == Some(StatementKind::Support);
        let enough = if assents { ASSENT } else { CUE };
        let verb = Reporting::of(self.language).words(verb);
        match cue {
            Some(place) if entry.sentences.len() == 1 && entry.sentences[place].len() > enough => {
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
        let reporting_again = entry.again && self.own_topic(entry).is_none();
        let topic = self.topic(entry).filter(|_| !reporting_again);
        match topic {
            Some(topic) => (format!("{} {topic}", reporting.words("briefed")), Vec::new()),
            None => self.saying("information", entry),
        }
    }

    /// Returns what is presented: the topic that the first sentence names, else the title's.
    fn topic(&self, entry: &Entry) -> Option<String> {
        let title = self.item.and_then(|item| match entry.sub {
            Some(sub) => item.sub.get(sub).map(|sub| sub.title.as_str()),
            None => Some(item.title.as_str()),
        });
        self.own_topic(entry)
            .or_else(|| title.and_then(|title| Outcomes::of(self.language).topic(title)))
    }

    /// Returns the topic that the first sentence names.
    fn own_topic(&self, entry: &Entry) -> Option<String> {
        let first = entry.sentences.first().filter(|first| !first.is_poor())?;
        Some(Reporting::of(self.language).topic_and_main(&first.text)?.0)
    }

    /// `oplyste, at …` where the order of words can be told, else `oplyste: …`.
    fn saying(&self, verb: &str, entry: &Entry) -> (String, Vec<usize>) {
        let reporting = Reporting::of(self.language);
        // A fragment without verb or number (`Kun en lille ting.`) is no clause to begin with.
        let whole = |one: &Sentence| {
            one.len() > FRAGMENT
                || (one.len() >= SHORTEST && reporting.has_verb(&one.text))
                || one.text.contains(char::is_numeric)
        };
        let place = entry.sentences.iter().position(whole).unwrap_or(0);
        let Some(sentence) = entry.sentences.get(place) else {
            return (reporting.words("spoke").to_owned(), Vec::new());
        };
        if sentence.is_unclear() {
            return (self.blurred_act(entry), (0..entry.sentences.len()).collect());
        }
        let verb = reporting.words(verb);
        // Who `I` and `we` are, nobody knows: the words themselves are told.
        if entry.speaker.is_none() && reporting.is_personal(&sentence.text) {
            return (format!("{verb}: \"{}\"", sentence.marked), (0..=place).collect());
        }
        let said = (!sentence.is_poor()).then(|| reporting.after_that(&sentence.text)).flatten();
        // A small first word may be the name that the sentence began with.
        let named = |clause: String| {
            let begins = |word: &str| sentence.text.starts_with(word);
            let capital = self.people.with_capital(clause.clone());
            let first = capital.split(' ').next().unwrap_or("");
            if begins(first) { capital } else { clause }
        };
        let line = match said.map(named) {
            Some(clause) => format!("{verb}{} {clause}", reporting.words("comma_that")),
            None => format!("{verb}: {}", self.told(sentence)),
        };
        (line, (0..=place).collect())
    }

    /// Returns a sentence as it stands in a line: told of the speaker, doubts marked.
    fn told(&self, sentence: &Sentence) -> String {
        if sentence.is_poor() {
            return sentence.marked.clone();
        }
        let reporting = Reporting::of(self.language);
        let main = reporting.topic_and_main(&sentence.marked).map(|(_, main)| main);
        let text = reporting.main_clause(main.as_deref().unwrap_or(&sentence.marked));
        let capitalised = crate::language::headings::capitalised;
        capitalised(&reporting.third_person(&capitalised(&text)))
    }

    /// Returns the sentences that join the line, in order: the most telling that fit.
    fn further<'e>(&self, entry: &'e Entry, used: &[usize], words: usize) -> Vec<&'e Sentence> {
        if entry.sentences.iter().any(Sentence::is_poor) && !used.is_empty() {
            return Vec::new();
        }
        let reporting = Reporting::of(self.language);
        // Who `I` and `we` are, nobody knows.
        let whose = |one: &Sentence| entry.speaker.is_none() && reporting.is_personal(&one.text);
        let mut left = LINE_WORDS.saturating_sub(words);
        let mut chosen: Vec<usize> = Vec::new();
        for place in ranking::most_telling(&entry.sentences, self.item) {
            let sentence = &entry.sentences[place];
            let length = sentence.len();
            let short = length < SHORTEST
                || (length == SHORTEST && !sentence.text.contains(char::is_numeric));
            let unfit = sentence.is_unclear() || reporting.is_command(&sentence.text);
            if used.contains(&place) || short || length > left || whose(sentence) || unfit {
                continue;
            }
            left -= length;
            chosen.push(place);
        }
        // A line that only names the act says too little: one sentence may exceed the measure.
        if chosen.is_empty() && used.is_empty() {
            let ranked = ranking::most_telling(&entry.sentences, self.item);
            let clear: Vec<usize> =
                ranked.into_iter().filter(|at| !entry.sentences[*at].is_unclear()).collect();
            let known = clear.iter().find(|place| !whose(&entry.sentences[**place]));
            chosen.extend(known.or(clear.first()));
        }
        chosen.sort_unstable();
        chosen.into_iter().map(|place| &entry.sentences[place]).collect()
    }
}
