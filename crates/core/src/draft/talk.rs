//! The talk under one item: turns become entries, questions meet their answers.

mod division;
mod outcomes;
mod place;
mod votes;

use crate::domain::passage::{Attribution, Turn};
use crate::domain::referat::StatementKind;
use crate::domain::transcript::SegmentId;
use crate::language::acts::Act;
use crate::language::outcomes::Outcomes;
use crate::language::reporting::Reporting;

use super::entry::Entry;
use super::outcome::{Decided, Pending, Rules};
use super::sentences::{Sentence, Source};
use super::subitems::SubItems;
use place::MaxTelling as _;

/// A sentence of courtesy has at most this many words; a longer one leads the meeting on.
const COURTESY: usize = 5;

/// What leads to a decision has at most this many words.
const LEAD_IN: usize = 8;

/// One speaker's turns that follow each other.
struct Speech<'a> {
    speaker: Option<&'a str>,
    certainty: f32,
    segments: Vec<SegmentId>,
    /// The voice, where voices are told apart.
    voice: Option<&'a str>,
}

impl Speech<'_> {
    /// Returns who speaks: a name, or at least a voice.
    fn who(&self) -> Option<&str> {
        self.speaker.or(self.voice)
    }
}

/// Returns the entries of one item's turns, in order of time.
pub(super) fn entries(source: &Source<'_>, turns: &[&Turn], rules: &Rules<'_>) -> Vec<Entry> {
    let mut talk = Talk {
        rules,
        entries: Vec::new(),
        aside: Vec::new(),
        pending: Pending::default(),
        subs: SubItems::new(rules.item),
        presenter: None,
        others_spoke: false,
        said_before: Vec::new(),
    };
    for speech in speeches(source, turns, rules) {
        talk.take(&speech, source.sentences(&speech.segments));
    }
    talk.settle(None, 0.0);
    talk.count_votes();
    talk.entries.append(&mut talk.aside);
    talk.entries
}

fn speeches<'a>(source: &Source<'a>, turns: &[&'a Turn], rules: &Rules<'a>) -> Vec<Speech<'a>> {
    let mut speeches: Vec<Speech<'a>> = Vec::new();
    for turn in turns {
        // A name that is no participant's must not reach the draft.
        let speaker = turn.attribution.name().and_then(|name| rules.people.known(name));
        let certainty = match &turn.attribution {
            Attribution::Named { confidence, .. } if speaker.is_some() => *confidence,
            _ => 0.5,
        };
        match speeches.last_mut() {
            Some(last) if speaker.is_some() && last.speaker == speaker => {
                last.segments.extend(&turn.segments);
                last.certainty = last.certainty.min(certainty);
            }
            _ => speeches.push(Speech {
                speaker,
                certainty,
                segments: turn.segments.clone(),
                voice: source.voice(turn),
            }),
        }
    }
    speeches
}

struct Talk<'a> {
    rules: &'a Rules<'a>,
    entries: Vec<Entry>,
    /// What is taken for small talk.
    aside: Vec<Entry>,
    pending: Pending,
    subs: SubItems,
    /// Who presents the item: its presenter, else the first to speak at length.
    presenter: Option<Option<String>>,
    /// Whether somebody else has said something since the presentation.
    others_spoke: bool,
    /// What was said last, and by whom.
    said_before: Vec<(String, Sentence)>,
}

impl Talk<'_> {
    fn take(&mut self, speech: &Speech<'_>, sentences: Vec<Sentence>) {
        let leads = self.rules.people.may_lead(speech.speaker);
        let before = self.entries.len();
        let mut current = Entry::default();
        let mut courtesy: Vec<SegmentId> = Vec::new();
        let said = sentences.clone();
        let mut sentences = sentences.into_iter().peekable();
        // What the chair says in the form of a decision is one, however unusual the matter.
        let chairs = self.rules.people.chairs(speech.speaker);
        while let Some(sentence) = sentences.next() {
            let decision = self
                .rules
                .decision(&sentence, sentences.peek(), leads, &self.pending)
                .filter(|it| it.sure || chairs || !self.rules.hardly_decides(&sentence));
            if let Some(Decided { line, took_next, .. }) = decision {
                let called = if took_next { None } else { self.voted_on(&mut current, &sentence) };
                let line = called
                    .as_ref()
                    .and_then(|called| {
                        self.rules.quoted_decision(&format!("{} {}", called.text, sentence.text))
                    })
                    .unwrap_or(line);
                let lead = self.lead_in(&mut current, leads);
                self.push(speech, std::mem::take(&mut current));
                let tasks = self.tasks(speech, &sentence);
                // What follows about the same thing (`Den lægges på hjemmesiden`) belongs to it.
                let next = sentences.next_if(|next| took_next || self.continues(next));
                let mut entry = self.decided(speech, line, sentence, &lead);
                if let Some(called) = called {
                    entry.cite(&called.segments);
                    entry.sentences.insert(0, called);
                }
                if let Some(next) = next {
                    if !took_next && let Some(line) = &mut entry.text {
                        *line = format!("{line}. {}", next.marked.trim_end_matches(['.', ' ']));
                    }
                    entry.add(next);
                }
                self.entries.push(entry);
                self.add_tasks(tasks, &[], before);
                continue;
            }
            if self.rules.ask(&sentence, leads, &mut self.pending) {
                continue;
            }
            let taken = self.take_outcome(speech, &mut current, sentence, &mut sentences, before);
            let Some(sentence) = taken else { continue };
            let sentence = self.naming(speech, sentence);
            // What a frame knows for more than leading the meeting is no small talk.
            let framed = sentence.act.as_ref().is_some_and(|act| act.text.is_some());
            let small_talk = !framed && self.rules.is_small_talk(&sentence);
            if sentence.is_procedural() || small_talk {
                if sentence.len() <= COURTESY {
                    courtesy.extend(&sentence.segments);
                }
                if small_talk && !sentence.is_procedural() {
                    self.push_small_talk(speech, sentence);
                }
                continue;
            }
            let sub = self.subs.heading_of(&sentence.text).or(current.sub);
            if self.divides(&current, &sentence, sub)
                || (speech.speaker.is_none() && self.turns(&current, &sentence))
            {
                self.push(speech, std::mem::take(&mut current));
            }
            current.sub = sub;
            current.kind = current.kind.max_telling(sentence.act.as_ref().map(|act| act.kind));
            current.add(sentence);
        }
        self.push(speech, current);
        if leads {
            self.settle(speech.speaker, speech.certainty);
        }
        self.cite_courtesy(before, &courtesy);
        self.keep_in_mind(speech, said);
    }

    /// Short words of courtesy are cited by what the speaker said besides, or, as assent
    /// (`Ja, det gør jeg`), by the task or decision before them.
    fn cite_courtesy(&mut self, before: usize, courtesy: &[SegmentId]) {
        let own = self.entries.len() > before;
        let target = if own { self.entries.get_mut(before) } else { self.entries.last_mut() };
        if let Some(entry) = target.filter(|entry| own || entry.is_outcome()) {
            entry.cite(courtesy);
        }
    }

    /// A sentence that is nothing but the speaker's own name introduces them; one that is
    /// nothing but the item's title announces it.
    fn naming(&self, speech: &Speech<'_>, mut sentence: Sentence) -> Sentence {
        let own = speech.speaker.is_some_and(|name| is_name_alone(&sentence.text, name));
        let act =
            |kind, introduction, text| Act { kind, introduction, text, rest: None, main: false };
        if own {
            let text = Reporting::of(self.rules.language).phrases.introduces.clone();
            sentence.act = Some(act(StatementKind::Information, true, Some(text)));
        } else if sentence.act.is_none() && self.rules.is_title(&sentence.text) {
            sentence.act = Some(act(StatementKind::Procedural, false, None));
        }
        sentence
    }

    /// Returns whether the sentence goes on about what was just decided.
    fn continues(&self, next: &Sentence) -> bool {
        let words = Outcomes::of(self.rules.language);
        let first = next.text.split_whitespace().next().unwrap_or("").to_lowercase();
        let voted = words.voted.is_in(&next.text);
        let goes_on = next.act.is_none() && words.pronouns.contains(&first);
        !next.text.ends_with('?') && (goes_on || voted)
    }

    fn outcome(&self, speech: &Speech<'_>, kind: StatementKind, line: String) -> Entry {
        Entry {
            kind: Some(kind),
            speaker: speech.speaker.map(str::to_owned),
            certainty: speech.certainty,
            text: Some(line),
            sub: self.entries.last().and_then(|last| last.sub),
            ..Entry::default()
        }
    }

    fn push(&mut self, speech: &Speech<'_>, mut entry: Entry) {
        if entry.sentences.is_empty() {
            return;
        }
        entry.speaker = speech.speaker.map(str::to_owned);
        entry.certainty = speech.certainty;
        let frames = matches!(
            entry.kind,
            Some(StatementKind::Welcome | StatementKind::Opening | StatementKind::Closing)
        );
        if speech.speaker.is_none() && !frames && entry.is_poor() {
            // Several may have spoken, and no word that tells an act can be relied on.
            entry.blurred = true;
            entry.kind = Some(StatementKind::Remark);
            entry.sub = None;
            self.entries.push(entry);
            return;
        }
        self.place(&mut entry);
        self.subs.take(&mut entry, self.entries.last());
        self.entries.push(entry);
    }
}

impl Talk<'_> {
    /// Keeps what is taken for small talk, for an item under which nothing else was said.
    fn push_small_talk(&mut self, speech: &Speech<'_>, sentence: Sentence) {
        let mut entry = Entry {
            speaker: speech.speaker.map(str::to_owned),
            certainty: speech.certainty,
            small_talk: true,
            ..Entry::default()
        };
        entry.add(sentence);
        self.aside.push(entry);
    }
}

/// Returns whether a sentence is a name, with at most an office after it.
fn is_name_alone(text: &str, name: &str) -> bool {
    const OFFICE: usize = 4;
    let Some(rest) = text.strip_prefix(name) else { return false };
    let rest = rest.trim_end_matches(['.', '!', ' ']);
    rest.is_empty() || (rest.starts_with(',') && rest.split_whitespace().count() <= OFFICE + 1)
}
