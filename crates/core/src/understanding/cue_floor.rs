//! Who has the floor by what is said: the word passes from the chair to those it calls.
//!
//! A name is asserted only while the evidence holds; where somebody may have broken in, the
//! speaker is unknown again.

use super::chair;
use super::evidence::Evidence;
use super::signals::{Called, Signal, Why};
use crate::domain::meeting::Meeting;
use crate::domain::passage::{Attribution, Basis, BasisKind, Passage};
use crate::language::lexicon::Lexicon;
use crate::language::names::{Form, Names};

/// So many calls by title in a hundred segments make a meeting where nobody speaks uncalled.
const DISCIPLINED: f32 = 0.05;
/// Most words of a segment by which the chair, having called somebody, calls again.
const CALL_AGAIN: usize = 15;
/// Most words of a segment in which, at a parliament, the chair speaks.
const CHAIR_WORDS: usize = 35;
/// Most words of a call that is only a name or a title.
const BARE_CALL: usize = 6;
/// Most words of a segment by which the chair opens an item, unless it is announced by title.
const OPENING: usize = 25;

/// Who has the word, segment by segment.
pub(super) struct CueFloor<'a> {
    meeting: &'a Meeting,
    names: &'a Names<'a>,
    signals: &'a [Signal],
    evidence: &'a Evidence,
    /// Who leads, until the chair is handed over.
    chair: Option<usize>,
    /// How many attend: those who sent apologies come after them.
    attending: usize,
    /// Whether it is the chair all the time: where several may preside, as at a parliament, they
    /// take turns, and nothing that is said tells who it is.
    alone: bool,
    /// Whether nobody speaks without being called, as at a parliament.
    disciplined: bool,
    /// Who was called to speak, and who for a remark.
    holder: Option<usize>,
    asker: Option<usize>,
    minister: Option<usize>,
    /// Who spoke last before the chair.
    last: Option<usize>,
}

/// Who is taken to speak.
#[derive(Clone, Debug, PartialEq)]
enum Voice {
    Nobody,
    Chair { quote: String },
    Person { person: usize, kind: BasisKind, quote: String, confidence: f32 },
}

impl<'a> CueFloor<'a> {
    /// Prepares to follow the signals of a meeting's segments.
    pub(super) fn new(
        meeting: &'a Meeting,
        names: &'a Names<'a>,
        signals: &'a [Signal],
        evidence: &'a Evidence,
    ) -> Self {
        let calls = signals.iter().filter(|s| s.formal && s.calls.is_some()).count();
        let disciplined = calls >= 5 && calls as f32 >= DISCIPLINED * signals.len() as f32;
        let chair = chair::chair(meeting, names);
        let lexicon = Lexicon::of(names.language());
        let presides =
            |text: &Option<String>| text.as_ref().is_some_and(|text| lexicon.presides(text));
        let people = names.people().iter();
        let presiding = people.filter(|one| presides(&one.title) || presides(&one.role)).count();
        let stated = meeting.header.chair.is_some();
        let alone = presiding <= 1 || (stated && !disciplined);
        let (holder, asker, minister) = (None, None, None);
        Self {
            meeting,
            names,
            signals,
            evidence,
            chair,
            attending: meeting.header.attending().count(),
            alone,
            disciplined,
            holder,
            asker,
            minister,
            last: None,
        }
    }

    /// Returns the turn and the speaker of each segment.
    pub(super) fn run(mut self, passages: &[Passage]) -> Vec<(usize, Attribution)> {
        let mut found: Vec<(usize, Attribution)> = Vec::with_capacity(self.signals.len());
        let starts = starts(passages, self.signals.len());
        let mut turn = 0;
        let mut before = Voice::Nobody;
        // Who was called by the segment before.
        let mut called: Option<Voice> = None;
        for at in 0..self.signals.len() {
            let signal = &self.signals[at];
            let fresh = called.is_some();
            let presides = self.presides(at, fresh);
            let voice = if let Some((person, quote)) = &signal.own {
                let quote = quote.clone();
                Voice::Person { person: *person, kind: BasisKind::Self_, quote, confidence: 0.97 }
            } else if presides {
                Voice::Chair { quote: String::new() }
            } else if let Some(called) = called.take() {
                called
            } else {
                match &before {
                    Voice::Person { kind: BasisKind::Self_, .. } => Voice::Nobody,
                    Voice::Person { person, .. } if self.keeps(at, *person) => before.clone(),
                    _ => Voice::Nobody,
                }
            };
            // Whoever gives the word in so many words leads the meeting for the moment.
            let leads = match &voice {
                Voice::Chair { .. } => true,
                Voice::Person { person, .. } => {
                    !self.disciplined && signal.granted && self.calls_another(at, *person)
                }
                Voice::Nobody => false,
            };
            called = leads.then(|| self.call(at, &starts)).flatten();
            if let Voice::Person { person, .. } = voice {
                self.note(person);
            }
            let next_chair = signal.handover.then(|| self.taking_over(at));
            if at > 0 && (voice != before || fresh) {
                turn += 1;
            }
            found.push((turn, self.attribution(&voice)));
            if let Some(chair) = next_chair {
                self.chair = chair;
            }
            before = voice;
        }
        found
    }

    /// Returns who leads the meeting after the chair was handed over in a segment: who is called
    /// there, or spoken of last; where that is nobody, it is not clear.
    fn taking_over(&self, at: usize) -> Option<usize> {
        let signal = &self.signals[at];
        let called = match signal.calls {
            Some((Called::Person { person, .. }, _)) => Some(person),
            _ => signal.mentions.iter().rev().find(|person| self.chair != Some(**person)).copied(),
        };
        called.filter(|person| self.attends(*person))
    }

    fn calls_another(&self, at: usize, speaker: usize) -> bool {
        let calls = &self.signals[at].calls;
        matches!(calls, Some((Called::Person { person, .. }, _)) if *person != speaker)
    }

    /// Returns whether a participant has not sent apologies.
    fn attends(&self, person: usize) -> bool {
        person < self.attending
    }

    /// Tells whether the chair speaks in a segment.
    fn presides(&self, at: usize, called: bool) -> bool {
        let signal = &self.signals[at];
        let place = &self.evidence.segments[at];
        let opens = place.begins.max(place.next).max(place.named());
        let calls = match &signal.calls {
            None => false,
            Some((Called::Somebody, _)) => self.disciplined && signal.words <= CALL_AGAIN,
            // `Tak for det, formand` is said to the chair, not by it.
            Some((Called::Person { person, .. }, _)) if Some(*person) == self.chair => false,
            Some((Called::Person { form: Form::Part, .. }, _)) => {
                signal.formal || !self.disciplined
            }
            Some(_) => true,
        };
        if called {
            // Whoever was just called answers; only a new call shows that the chair went on.
            let again =
                calls && (signal.granted || (self.disciplined && signal.words <= BARE_CALL));
            return signal.words <= CALL_AGAIN
                && (signal.chair >= 2.4 || (again && (self.disciplined || signal.chair > 0.0)));
        }
        if self.disciplined {
            let chairs = signal.chair >= 1.5
                && signal.words <= CHAIR_WORDS
                && !(signal.asks && signal.chair < 2.9);
            return chairs || calls || (opens >= 3.4 && signal.words <= OPENING && !signal.asks);
        }
        signal.chair >= 1.5
            || (signal.granted && signal.calls.is_some())
            || opens >= 2.0
            || (opens >= 1.2 && signal.calls.is_some())
    }

    /// Tells whether somebody who has the word goes on in a segment.
    fn keeps(&self, at: usize, person: usize) -> bool {
        let signal = &self.signals[at];
        self.disciplined || !(signal.turn || signal.mentions.contains(&person))
    }

    /// Returns who speaks after the chair's segment `at`, when it calls somebody.
    fn call(&mut self, at: usize, starts: &[bool]) -> Option<Voice> {
        let signal = &self.signals[at];
        if signal.done || starts[at] {
            (self.holder, self.asker) = (None, None);
        }
        // Where people are addressed in form, a bare part of a name is a word like any other.
        let meant = |called: &&(Called, String)| {
            let part = matches!(called.0, Called::Person { form: Form::Part, .. });
            !(part && self.disciplined && !signal.formal)
        };
        let (person, quote, kind) = match signal.calls.as_ref().filter(meant) {
            Some((Called::Person { person, why, .. }, quote)) => {
                let title = self.names.people()[*person].title.as_ref();
                let minister = title.is_some_and(|title| self.names.is_minister(title));
                let asks = *why == Why::Remark || (*why == Why::Unsaid && self.holder.is_some());
                if minister && self.holder.is_some() && *why != Why::Floor {
                    // A minister is called to answer whoever has the floor.
                    self.minister = Some(*person);
                } else if asks && self.holder != Some(*person) {
                    self.asker = Some(*person);
                } else {
                    self.holder = Some(*person);
                }
                (Some(*person), quote.clone(), BasisKind::Chair)
            }
            Some((Called::Holder, quote)) => {
                (self.other(self.holder), quote.clone(), BasisKind::Reply)
            }
            Some((Called::Asker, quote)) => {
                (self.other(self.asker.or(self.holder)), quote.clone(), BasisKind::Reply)
            }
            Some((Called::Minister, quote)) => (self.minister, quote.clone(), BasisKind::Reply),
            Some((Called::Somebody, _)) => {
                // Whoever this is may be called again as `ordføreren` or `spørgeren`.
                self.asker = None;
                if signal.floor {
                    self.holder = None;
                }
                return Some(Voice::Nobody);
            }
            None => {
                let presenter = self.presenter(at).filter(|_| starts[at])?;
                let spoken = signal.mentions.contains(&presenter);
                (Some(presenter).filter(|_| spoken), String::new(), BasisKind::Presenter)
            }
        };
        let Some(person) = person.filter(|person| self.attends(*person)) else {
            return signal.calls.is_some().then_some(Voice::Nobody);
        };
        if Some(person) == self.chair {
            return None;
        }
        let confidence = if signal.granted || self.disciplined { 0.95 } else { 0.8 };
        Some(Voice::Person { person, kind, quote, confidence })
    }

    /// Returns the presenter of the item that begins at a segment.
    fn presenter(&self, at: usize) -> Option<usize> {
        let item = self.evidence.begun.get(at).copied().flatten()?;
        let presenter = self.meeting.agenda.items.get(item)?.presenter.as_ref()?;
        self.names.find(presenter)
    }

    /// Returns `person` unless that is who just spoke: then somebody else must be meant.
    fn other(&self, person: Option<usize>) -> Option<usize> {
        person.filter(|_| person != self.last)
    }

    fn note(&mut self, person: usize) {
        self.last = Some(person);
        let title = self.names.people()[person].title.as_ref();
        if title.is_some_and(|title| self.names.is_minister(title)) {
            self.minister = Some(person);
        }
    }

    fn attribution(&self, voice: &Voice) -> Attribution {
        let (person, kind, quote, confidence) = match voice {
            Voice::Nobody => return Attribution::Unknown,
            Voice::Chair { quote } => match self.chair.filter(|_| self.alone) {
                None => return Attribution::Unknown,
                Some(person) => (person, BasisKind::Chair, quote, 0.8),
            },
            Voice::Person { person, kind, quote, confidence } => {
                (*person, *kind, quote, *confidence)
            }
        };
        let name = self.names.people()[person].name.clone();
        Attribution::Named { name, basis: Basis { kind, quote: quote.clone() }, confidence }
    }
}

/// Marks the segments that begin a passage.
fn starts(passages: &[Passage], length: usize) -> Vec<bool> {
    let mut starts = vec![false; length];
    let mut at = 0;
    for passage in passages {
        if let Some(start) = starts.get_mut(at) {
            *start = true;
        }
        at += passage.segments.len();
    }
    starts
}
