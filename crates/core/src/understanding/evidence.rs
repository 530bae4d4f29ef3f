//! What speaks for an item beginning at a segment: marks, cues, title words, presenters.

use std::collections::{BTreeSet, HashSet};

use super::cohesion;
use super::damage;
use super::fitness::Fitness;
use super::openings::Opening;
use super::pieces::Pieces;
use super::settled::Settled;
use crate::domain::agenda::AgendaItem;
use crate::domain::meeting::Meeting;
use crate::domain::passage::{Reason, ReasonKind};
use crate::domain::transcript::Transcript;
use crate::language::cues::{CueKind, Cues, Found, Heard, StandingItem};
use crate::language::normalize;
use crate::language::words::Words;

/// Among so many first words of a segment a name is that of the one who is addressed.
const ADDRESS_WORDS: usize = 2;
/// What a presenter who is addressed tells where nothing else can be heard.
const ADDRESSED: f32 = 3.0;
/// What a presenter's name tells there, wherever it stands.
const NAMED: f32 = 1.2;
/// A segment that tells at least this much of an item's beginning or end is a formality.
pub(super) const FORMAL: f32 = 1.6;

/// All that is known of where items begin.
pub(super) struct Evidence {
    /// Number of items.
    pub(super) items: usize,
    /// How well the words fit.
    pub(super) fitness: Fitness,
    /// Per segment.
    pub(super) segments: Vec<Place>,
    /// Share of letters taken to be heard wrong, 0 to 1.
    pub(super) damage: f32,
    /// The items, as bits, of which a presenter is known to speak somewhere; none before it is
    /// known who speaks.
    pub(super) presented: u128,
    /// The item that begins at each segment, once the meeting is divided.
    pub(super) begun: Vec<Option<usize>>,
}

/// What an item is known by, beside its words.
struct Known {
    standing: Vec<StandingItem>,
    /// The first names of its presenters.
    presenters: Vec<String>,
}

impl Known {
    fn new(item: &AgendaItem, cues: &Cues) -> Self {
        let presenters =
            item.presenter.iter().chain(item.sub.iter().filter_map(|sub| sub.presenter.as_ref()));
        let first = |name: &String| normalize::words(name).into_iter().next();
        Self {
            standing: cues.standing_items(&item.title),
            presenters: presenters.filter_map(first).map(|word| word.folded).collect(),
        }
    }

    /// Tells whether a segment begins by addressing a presenter: `Fint, Lars, …`, `Ida, …`.
    fn addressed(&self, heard: &Heard) -> bool {
        let first = heard.words.iter().take(ADDRESS_WORDS);
        first.into_iter().any(|word| self.presenters.contains(&word.folded))
    }
}

/// What is known of one segment.
#[derive(Default)]
pub(super) struct Place {
    /// The item the referent says is dealt with here (none before the first).
    pub(super) marked: Option<Option<usize>>,
    /// Items that cannot be dealt with here, because the next mark begins them.
    pub(super) barred: Option<usize>,
    /// How much tells that some item begins here.
    pub(super) begins: f32,
    /// How much tells that an item ends with this segment.
    pub(super) closes: f32,
    /// How much tells that the first item has not begun yet.
    pub(super) before: f32,
    /// How much the words change here, below 0 where they stay the same.
    pub(super) change: f32,
    /// What the learnt models tell of an item beginning here.
    pub(super) opening: Opening,
    /// Whether another voice speaks than before.
    pub(super) new_voice: bool,
    /// Whether the voice is that of whoever leads.
    pub(super) leads: bool,
    /// Number of words.
    pub(super) words: usize,
    /// The items, as bits, that whoever is known to speak here presents.
    pub(super) presents: u128,
    /// How much tells that the following item begins here.
    pub(super) next: f32,
    /// How much tells that an earlier item is taken up again.
    pub(super) back: f32,
    /// What tells that a certain item begins here.
    pub(super) targets: Vec<Target>,
    /// The first item that is announced by its number.
    pub(super) announced: Option<usize>,
    /// The strongest phrase heard for a beginning.
    pub(super) heard: Option<(f32, String)>,
}

/// Evidence that one item begins at a segment.
pub(super) struct Target {
    pub(super) item: usize,
    pub(super) strength: f32,
    pub(super) reason: Reason,
}

impl Place {
    /// Returns how much an announcement by number or place tells that an item begins here.
    pub(super) fn named(&self) -> f32 {
        let announced = self.targets.iter().filter(|t| t.reason.kind == ReasonKind::Cue);
        announced.map(|target| target.strength).fold(0.0, f32::max)
    }

    /// Returns how much tells of each item that it begins here.
    pub(super) fn arrivals(&self, items: usize) -> Vec<f32> {
        let mut arrivals = vec![0.0; items];
        for target in self.targets.iter().filter(|target| target.item < items) {
            arrivals[target.item] += target.strength;
        }
        arrivals
    }

    /// Returns how much tells that `item` begins here, apart from what tells that any does.
    pub(super) fn target(&self, item: usize) -> f32 {
        let fitting = self.targets.iter().filter(|target| target.item == item);
        fitting.map(|target| target.strength).sum()
    }
}

impl Evidence {
    /// Collects the evidence of a whole meeting.
    pub(super) fn gather(
        meeting: &Meeting,
        language: Words<'_>,
        transcript: &Transcript,
        settled: &[Settled],
        openings: Vec<Opening>,
    ) -> Self {
        let heard: Vec<Heard> =
            transcript.segments.iter().map(|segment| Heard::new(&segment.text)).collect();
        let damage = damage::damage(language, transcript, &heard);
        let pieces = Pieces::new(meeting, language, &heard);
        let fitness = Fitness::new(meeting, language, &pieces);
        let cues = Cues::of(language);
        let known: Vec<Known> =
            meeting.agenda.items.iter().map(|item| Known::new(item, cues)).collect();
        let standing: BTreeSet<StandingItem> =
            known.iter().flat_map(|known| known.standing.iter().copied()).collect();
        let mut segments: Vec<Place> = Vec::new();
        segments.resize_with(heard.len(), Place::default);
        let mut closing: Option<(f32, String)> = None;
        let speakers = Cues::of_speakers(language);
        let thanks = |heard: &Heard| {
            let kinds = [CueKind::Thanks, CueKind::ThankYou, CueKind::Leave];
            kinds.into_iter().any(|kind| speakers.has(kind, heard))
        };
        for (at, heard) in heard.iter().enumerate() {
            let text = &transcript.segments[at].text;
            let found = cues.find(heard, damage, language);
            let place = &mut segments[at];
            place.hear(&found, heard, text, meeting);
            place.follow(closing.take());
            let words: HashSet<&str> = heard.words.iter().map(|w| w.folded.as_str()).collect();
            let taken_up: Vec<(StandingItem, f32, (usize, usize))> = standing
                .iter()
                .filter_map(|item| {
                    let (closeness, words) = cues.standing(*item, heard, damage)?;
                    Some((*item, closeness, words))
                })
                .collect();
            for (index, known) in known.iter().enumerate() {
                let title = fitness.title(at, index);
                place.name((index, known), &words, text, (title, damage));
                if known.addressed(heard) && !thanks(heard) {
                    place.address(index, damage, text);
                }
                let own = taken_up.iter().filter(|(item, ..)| known.standing.contains(item));
                if let Some((_, closeness, words)) = own.max_by(|a, b| a.1.total_cmp(&b.1)) {
                    let quote = heard.quote(text, *words).to_owned();
                    let strength = 3.0 * closeness;
                    let reason = Reason { kind: ReasonKind::Title, quote, score: 0.6 * closeness };
                    place.targets.push(Target { item: index, strength, reason });
                }
            }
            let close = found.iter().filter(|found| found.kind == CueKind::Close);
            closing = close
                .max_by(|a, b| a.strength.total_cmp(&b.strength))
                .map(|found| (found.strength, heard.quote(text, found.words).to_owned()));
            place.closes = closing.as_ref().map_or(0.0, |closing| closing.0);
        }
        let formal: Vec<bool> =
            segments.iter().map(|place| place.begins.max(place.closes) >= FORMAL).collect();
        for (place, change) in segments.iter_mut().zip(cohesion::changes(&pieces, &formal)) {
            place.change = change;
        }
        for ((place, opening), heard) in segments.iter_mut().zip(openings).zip(&heard) {
            (place.new_voice, place.leads) = (opening.new_voice, opening.leads);
            (place.opening, place.words) = (opening, heard.words.len());
        }
        let mut evidence = Self {
            items: meeting.agenda.items.len(),
            fitness,
            segments,
            damage,
            presented: 0,
            begun: Vec::new(),
        };
        evidence.settle(settled);
        evidence
    }

    /// Notes where items begin on the path that was found.
    pub(super) fn begin(&mut self, path: &[Option<usize>]) {
        let new = |at: usize| at == 0 || path[at - 1] != path[at];
        self.begun = (0..path.len()).map(|at| path[at].filter(|_| new(at))).collect();
    }

    /// Makes what the referent settled hard: from a boundary its item is dealt with, and not
    /// before it.
    fn settle(&mut self, boundaries: &[Settled]) {
        let mut before = (0, None);
        for boundary in boundaries {
            self.segments[boundary.at].marked = Some(boundary.item);
            if before.1 != Some(boundary.item) {
                for place in &mut self.segments[before.0..boundary.at] {
                    place.barred = boundary.item;
                }
            }
            before = (boundary.at, Some(boundary.item));
        }
    }
}

impl Place {
    /// Takes in the cues of the segment.
    fn hear(&mut self, found: &[Found], heard: &Heard, text: &str, meeting: &Meeting) {
        let quote = |found: &Found| heard.quote(text, found.words).to_owned();
        let onward = found.iter().any(|found| found.kind == CueKind::Onward);
        let referred = found.iter().any(|found| found.kind == CueKind::Reference);
        let swapped = found.iter().any(|found| found.kind == CueKind::Swap);
        let mut numbered = false;
        for cue in found {
            match cue.kind {
                CueKind::Open if !onward => {
                    self.begins = self.begins.max(cue.strength);
                    self.note(cue.strength, quote(cue));
                }
                CueKind::Before => self.before = self.before.max(cue.strength),
                CueKind::Next => {
                    self.next = self.next.max(cue.strength);
                    self.note(cue.strength, quote(cue));
                }
                CueKind::First | CueKind::Last if !meeting.agenda.items.is_empty() => {
                    let last = meeting.agenda.items.len() - 1;
                    let item = if cue.kind == CueKind::First { 0 } else { last };
                    self.aim(item, cue.strength, quote(cue));
                }
                CueKind::Number if !referred && !numbered => {
                    let number = cue.number.map(|number| number.to_string()).unwrap_or_default();
                    if let Some(item) = meeting.agenda.find(&number) {
                        self.aim(item.0, cue.strength, quote(cue));
                        // Of a swap it is not told which of them is dealt with.
                        self.announced = self.announced.or(Some(item.0).filter(|_| !swapped));
                        // Of `punkt fem før punkt fire` only the first is being taken.
                        numbered = swapped;
                    }
                }
                CueKind::Back => {
                    self.back = self.back.max(cue.strength);
                    self.note(cue.strength, quote(cue));
                }
                CueKind::End => {
                    if let Some(last) = meeting.agenda.items.len().checked_sub(1) {
                        self.aim(last, 0.3 * cue.strength, quote(cue));
                    }
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, strength: f32, quote: String) {
        if self.heard.as_ref().is_none_or(|heard| heard.0 < strength) {
            self.heard = Some((strength, quote));
        }
    }

    fn aim(&mut self, item: usize, strength: f32, quote: String) {
        let score = (strength / 6.0).clamp(0.0, 1.0);
        let reason = Reason { kind: ReasonKind::Cue, quote, score };
        self.targets.push(Target { item, strength, reason });
    }

    /// Takes in that the segment before ended an item.
    fn follow(&mut self, closing: Option<(f32, String)>) {
        if let Some((strength, quote)) = closing {
            self.note(strength, quote);
        }
    }

    /// Takes in that the item's presenter is addressed: the worse the rest was heard, the more
    /// a name that was heard tells.
    fn address(&mut self, index: usize, damage: f32, text: &str) {
        let reason = Reason { kind: ReasonKind::Title, quote: snippet(text), score: 0.4 };
        self.targets.push(Target {
            item: index,
            strength: ADDRESSED * (2.0 * damage).min(1.0),
            reason,
        });
    }

    /// Takes in the item's title and presenter.
    fn name(
        &mut self,
        (index, known): (usize, &Known),
        words: &HashSet<&str>,
        text: &str,
        (title, damage): (f32, f32),
    ) {
        let telling = self.begins > 0.0 || self.next > 0.0 || words.len() < 15;
        if title > 0.3 {
            let strength = 5.0 * title * if telling { 1.0 } else { 0.5 };
            let quote = snippet(text);
            let reason = Reason { kind: ReasonKind::Title, quote, score: title.min(1.0) };
            self.targets.push(Target { item: index, strength, reason });
        }
        let named = known.presenters.iter().any(|first| words.contains(first.as_str()));
        if named {
            // Who is only spoken of (`Bo kommer om lidt`) takes up nothing, unless little else was
            // heard.
            let addressed = known.presenters.iter().any(|first| is_addressed(text, first));
            let strength = match (self.begins.max(self.next) > 0.0, addressed) {
                (true, _) => 2.5,
                (false, true) => NAMED,
                (false, false) => NAMED * (2.0 * damage).min(1.0),
            };
            let reason = Reason { kind: ReasonKind::Title, quote: snippet(text), score: 0.4 };
            self.targets.push(Target { item: index, strength, reason });
        }
    }
}

/// Returns whether a first name stands in a text as if whoever bears it were spoken to: a mark
/// follows, or the text ends with it (`Ida, værsgo`, `det er jo Ida`).
fn is_addressed(text: &str, first: &str) -> bool {
    let marked = |word: &str| word.ends_with([',', '.', '?', '!', ':']);
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let last = words.peek().is_none();
        if (last || marked(word)) && normalize::folded(word) == first {
            return true;
        }
    }
    false
}

/// Returns the start of a text, cut at a word.
pub(super) fn snippet(text: &str) -> String {
    const LETTERS: usize = 100;
    let text = text.trim();
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let head: String = text.chars().take(LETTERS).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    format!("{whole} …")
}
