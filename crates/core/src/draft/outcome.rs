//! Decisions and tasks, told by rule from what was said and what was asked before.

mod learnt;
mod task;
mod thing;
mod votes;

use crate::domain::agenda::AgendaItem;
use crate::domain::transcript::SegmentId;
use crate::language::headings::capitalised;
use crate::language::normalize::folded;
use crate::language::outcomes::{DecisionFrame, Outcomes};
use crate::language::reporting::Reporting;
use crate::language::words::Words;

use super::judged::Verdicts;
use super::people::People;
use super::presence;
use super::sentences::Sentence;

/// An answer to a question of approval of at most this many words is part of the approval.
const SHORT_ANSWER: usize = 5;

/// What has been asked of the meeting and not yet settled.
#[derive(Default)]
pub(super) struct Pending {
    /// Sources of the question, its answers and the count of votes.
    pub(super) segments: Vec<SegmentId>,
    /// What was said of votes or of a decision, for the case that no line comes of it.
    pub(super) told: Vec<Sentence>,
    /// What is to be approved, as a subject; absent when nothing was asked.
    pub(super) approval: Option<String>,
    /// The decision that assent to the question makes, where the question tells it.
    pub(super) resolution: Option<String>,
    /// Whether somebody assented.
    pub(super) assented: bool,
    counting: Option<Side>,
    votes: [Option<String>; 2],
    abstained: Option<String>,
}

#[derive(Clone, Copy)]
enum Side {
    For,
    Against,
}

impl Pending {
    /// Returns whether a sentence tells votes or a decision rather than asks for one.
    fn counts_in(&self, sentence: &Sentence, words: &Outcomes) -> bool {
        let text = sentence.text.as_str();
        let told = [&words.votes_for, &words.votes_against, &words.votes_abstained, &words.voted];
        !text.ends_with('?')
            && (self.counting.is_some() || told.iter().any(|pattern| pattern.is_in(text)))
    }

    /// Returns whether anything is open.
    pub(super) fn is_open(&self) -> bool {
        !self.segments.is_empty()
    }
}

/// A decision.
pub(super) struct Decided {
    /// The line without its full stop.
    pub(super) line: String,
    /// Whether it took the next sentence's words too.
    pub(super) took_next: bool,
    /// Whether the sentence does nothing but decide.
    pub(super) sure: bool,
}

/// A decision that the models tell.
pub(super) struct LearntDecision {
    /// The line without its full stop.
    pub(super) line: String,
    /// How sure it is.
    pub(super) sure: f32,
    /// Whether it took the next sentence's words too.
    pub(super) took_next: bool,
    /// What it answers, which somebody else said.
    pub(super) answers: Option<Sentence>,
}

/// What stands by a sentence.
pub(super) struct Around<'a> {
    /// What the speaker said before it.
    pub(super) before: Option<&'a Sentence>,
    /// What the speaker says next.
    pub(super) next: Option<&'a Sentence>,
    /// What others said before, the latest last.
    pub(super) said_before: &'a [Sentence],
}

impl<'a> Around<'a> {
    /// Returns what others said, and nothing of the speaker's own.
    pub(super) fn of(said_before: &'a [Sentence]) -> Self {
        Self { before: None, next: None, said_before }
    }
}

/// A task: the line, who, and by when.
pub(super) struct Task {
    pub(super) text: String,
    pub(super) responsible: Option<String>,
    pub(super) deadline: Option<String>,
    /// How sure the models are, where they tell it.
    pub(super) sure: Option<f32>,
    /// What it answers, which somebody else said.
    pub(super) answers: Option<Sentence>,
}

/// The rules for one item of one meeting.
pub(super) struct Rules<'a> {
    pub(super) language: Words<'a>,
    pub(super) item: Option<&'a AgendaItem>,
    pub(super) body: String,
    pub(super) people: &'a People<'a>,
    pub(super) verdicts: &'a Verdicts,
}

impl Rules<'_> {
    /// Takes in a sentence that asks for approval, assents, or counts votes; returns whether it
    /// was one of these and nothing else.
    pub(super) fn ask(&self, sentence: &Sentence, leads: bool, pending: &mut Pending) -> bool {
        let words = Outcomes::of(self.language);
        let text = sentence.text.trim_end_matches(['.', '?', '!']);
        let mut taken = false;
        if leads && words.approval_question.is_in(text) {
            let found = words.approval_question.find(text);
            let what =
                found.and_then(|found| words.approval_question.group(&found, "what")).unwrap_or("");
            pending.approval = Some(self.thing(what));
            pending.resolution = words
                .approval_question
                .find(text)
                .and_then(|found| words.approval_question.group(&found, "that"))
                .map(|that| self.resolved(that));
            taken = true;
        } else if pending.approval.is_some() && words.assent.is_in(text) {
            pending.assented = true;
            taken = true;
        } else if pending.approval.is_some() && !leads && sentence.len() <= SHORT_ANSWER {
            taken = true;
        }
        if leads && words.ask_against.is_in(text) {
            pending.counting = Some(Side::Against);
            taken = true;
        } else if leads && words.ask_for.is_in(text) {
            pending.counting = Some(Side::For);
            taken = true;
        }
        let votes = [(Side::For, &words.votes_for), (Side::Against, &words.votes_against)];
        for (side, pattern) in votes {
            if let Some(found) = pattern.find(text) {
                pending.votes[side as usize] = pattern.group(&found, "n").map(str::to_owned);
                // Told outside a vote, it is talk about one.
                taken |= leads;
            }
        }
        if let Some(found) = words.votes_abstained.find(text) {
            pending.abstained = words.votes_abstained.group(&found, "n").map(str::to_owned);
            taken |= leads;
        }
        // A longer sentence is no count of hands, whatever article stands in it.
        if let Some(side) = pending.counting.filter(|_| !taken && sentence.len() <= SHORT_ANSWER)
            && let Some(found) = words.count.find(text)
        {
            pending.votes[side as usize] = words.count.group(&found, "n").map(str::to_owned);
            taken = true;
        }
        if taken {
            pending.segments.extend(&sentence.segments);
            if pending.counts_in(sentence, words) {
                pending.told.push(sentence.clone());
            }
        }
        taken
    }

    /// Returns the line of a sentence that tells of somebody's coming or leaving.
    pub(super) fn movement(&self, sentence: &Sentence, speaker: Option<&str>) -> Option<String> {
        presence::movement(&sentence.text, speaker, self.people, self.language)
    }

    /// Returns the decision that the sentence makes.
    pub(super) fn decision(
        &self,
        sentence: &Sentence,
        next: Option<&Sentence>,
        leads: bool,
        pending: &Pending,
    ) -> Option<Decided> {
        let text = sentence.text.trim_end_matches(['.', '!', ' ']);
        // `Så er det vedtaget, og jeg giver ordet tilbage`: what follows leads the meeting on.
        let words = Outcomes::of(self.language);
        let first = words.first_clause(text);
        // `Det er der ikke, så er det godkendt`: what stands before answers.
        let whole = self.likely_decides(sentence) && !words.not_decided.is_in(text);
        let short = |before: &str| before.split_whitespace().count() <= SHORT_ANSWER;
        let last = text.rsplit_once(", ").filter(|(before, _)| whole && short(before));
        let last = last.map(|(_, last)| last);
        let mut texts = std::iter::once(text).chain(first).chain(last);
        texts.find_map(|text| self.decision_in(text, (sentence, next), leads, pending))
    }

    /// Returns the decision that `text` makes, a sentence without its mark, its first or its last
    /// clause.
    fn decision_in(
        &self,
        text: &str,
        (sentence, next): (&Sentence, Option<&Sentence>),
        leads: bool,
        pending: &Pending,
    ) -> Option<Decided> {
        let words = Outcomes::of(self.language);
        let mut checked = false;
        words.decision.near(text).find_map(|frame| {
            // Heard badly, `så … vi` may be anything.
            let decides = !frame.chair || (leads && !sentence.is_poor());
            if !decides || !frame.pattern.is_in(text) {
                return None;
            }
            if !checked && words.not_decided.is_in(text) {
                return None;
            }
            checked = true;
            if sentence.is_shaky() {
                // That something was decided is told; what, the referent hears for herself.
                let line = &Reporting::of(self.language).phrases.decided_unclear;
                let line = line.replace("{body}", &self.body);
                return Some(Decided { line, took_next: false, sure: frame.sure });
            }
            let found = frame.pattern.find(text)?;
            let verb = frame.pattern.group(&found, "verb").unwrap_or("").to_lowercase();
            if words.conduct_verbs.contains(&verb) && frame.chair {
                return None;
            }
            Some(self.decided(frame, &found, &verb, next, pending, text))
        })
    }

    /// Returns the line of a decision, and whether it took the next sentence's words too.
    fn decided(
        &self,
        frame: &DecisionFrame,
        found: &regex::Captures<'_>,
        verb: &str,
        next: Option<&Sentence>,
        pending: &Pending,
        sentence_text: &str,
    ) -> Decided {
        let reporting = Reporting::of(self.language);
        let group = |name: &str| frame.pattern.group(found, name).unwrap_or("").trim().to_owned();
        // `Så er det besluttet. Vi søger kommunen om …`: what was decided comes after.
        if frame.text.contains("{subject}")
            && let Some(said) = next
                .and_then(|next| reporting.infinitive(next.text.trim_end_matches(['.', '!', ' '])))
        {
            let line = reporting.phrases.decided_to.replace("{rest}", &said);
            let line = line.replace("{body}", &self.body);
            return Decided { line, took_next: true, sure: frame.sure };
        }
        let that = group("that");
        let mut line = match reporting.infinitive(&that) {
            Some(said) if frame.text.contains("{that}") => {
                reporting.phrases.decided_to.replace("{rest}", &said)
            }
            _ => frame.text.replace("{that}", &reporting.third_person(&that)),
        };
        let subject = pending.approval.clone().unwrap_or_else(|| self.thing(""));
        let infinitive = reporting.infinitive_of(verb).unwrap_or_else(|| verb.to_owned());
        let how = group("how").to_lowercase();
        let how = Outcomes::of(self.language).fallen.get(&how).cloned().unwrap_or(how);
        let tail = group("tail");
        let fill = [
            ("{body}", self.body.clone()),
            ("{subject}", subject),
            ("{what}", self.thing(&group("what"))),
            ("{how}", how),
            ("{tail}", if tail.is_empty() { tail } else { format!(" {tail}") }),
            ("{to}", reporting.third_person(&group("to"))),
            ("{rest}", reporting.third_person(&group("rest"))),
            ("{inf}", infinitive),
            ("{verb}", self.past(verb)),
        ];
        for (name, value) in fill {
            line = line.replace(name, &value);
        }
        line = qualified(line, group("lead").trim_end_matches(','));
        let told = Outcomes::of(self.language).votes_against.is_in(&line);
        let counted = reporting.phrases.votes.iter().any(|votes| line.contains(votes.as_str()));
        if !told && !counted {
            line += &self.votes(pending, sentence_text);
        }
        Decided { line: self.agreeing(&capitalised(&line)), took_next: false, sure: frame.sure }
    }

    /// Returns what was asked with `kan vi beslutte, at …` as a decision.
    fn resolved(&self, that: &str) -> String {
        let reporting = Reporting::of(self.language);
        let line = match reporting.infinitive(that) {
            Some(said) => reporting.phrases.decided_to.replace("{rest}", &said),
            None => {
                let that = reporting.third_person(that);
                reporting.phrases.decided_that.replace("{rest}", &that)
            }
        };
        line.replace("{body}", &self.body)
    }

    /// Returns whether `text` is the item's title or its beginning, and nothing more.
    pub(super) fn is_title(&self, text: &str) -> bool {
        let title = self.item.map_or(String::new(), |item| folded(&item.title));
        let text = folded(text);
        let rest = title.strip_prefix(&text);
        !text.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }

    /// Returns the decision that assent alone makes of a pending approval.
    pub(super) fn assent(&self, pending: &Pending) -> Option<String> {
        let what = pending.approval.as_ref().filter(|_| pending.assented)?;
        if let Some(line) = &pending.resolution {
            return Some(line.clone());
        }
        Some(Reporting::of(self.language).phrases.approved.replace("{what}", what))
    }

    /// Returns a line whose verb agrees with a subject in the plural.
    fn agreeing(&self, line: &str) -> String {
        let words = Reporting::of(self.language);
        let was = &words.phrases.was;
        let ends = |these: &[String], subject: &str| {
            these.iter().any(|end| subject.ends_with(end.as_str()))
        };
        match line.split_once(was) {
            Some((subject, rest))
                if !was.is_empty()
                    && ends(&words.phrases.plural_ends, subject)
                    && !ends(&words.phrases.no_plural_ends, subject) =>
            {
                format!("{subject}{}{rest}", words.phrases.were)
            }
            _ => line.to_owned(),
        }
    }

    fn past(&self, verb: &str) -> String {
        Reporting::of(self.language).past_of(verb)
    }
}

/// Returns the line of a decision with what qualifies it (`med den tilføjelse`) at its end.
fn qualified(line: String, lead: &str) -> String {
    let mut letters = lead.chars();
    match letters.next() {
        None => line,
        Some(first) => format!("{line} {}{}", first.to_lowercase(), letters.as_str()),
    }
}
