//! Everything that a meeting run the user's way is scored on: what was read of its dagsorden, words
//! under the right item and the right name, what sentences were judged to do, and the draft.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use referat_core::domain::agenda::Agenda;
use referat_core::domain::referat::Referat;
use referat_core::domain::transcript::{Segment, SegmentId};
use referat_core::time::Span;

use crate::citing::Citations;
use crate::gold::Gold;
use crate::labelled::joint;
use crate::meeting_files::MeetingFiles;
use crate::run_meeting::MeetingArtefacts;
use crate::score_agenda::plain;
use crate::score_dagsorden::{DagsordenScore, unmarked};
use crate::score_draft::{self, DraftScore, SURE, Share};
use crate::score_judged::JudgedScore;
use crate::score_segment::Tally;

/// The figures of one meeting; those of several add up.
#[derive(Clone, Debug, Default)]
pub struct MeetingScore {
    /// Number of meetings.
    pub meetings: usize,
    /// What was read of the dagsorden, where the gold tells.
    pub dagsorden: DagsordenScore,
    /// Words under the right item.
    pub items: Tally,
    /// Words of people whose name is known, and those named.
    pub named: Tally,
    /// The chair's words; asserted are those given to the chair.
    pub chair: Tally,
    /// Words of people on no list; asserted are those given to a participant.
    pub guests: Tally,
    /// Words named with a confidence of at least `SURE`.
    pub sure_named: Tally,
    /// What sentences were judged to do.
    pub judged: JudgedScore,
    /// Utterances of which words stand under the wrong item, one line each.
    pub notes: Vec<String>,
    /// The draft.
    pub draft: DraftScore,
}

impl AddAssign for MeetingScore {
    fn add_assign(&mut self, other: Self) {
        self.meetings += other.meetings;
        self.dagsorden.add(&other.dagsorden);
        self.items.add(other.items);
        self.named.add(other.named);
        self.chair.add(other.chair);
        self.guests.add(other.guests);
        self.sure_named.add(other.sure_named);
        self.judged += other.judged;
        self.notes.extend(other.notes);
        self.draft += other.draft;
    }
}

/// Scores what was made of a meeting.
pub fn score(files: &MeetingFiles, made: &MeetingArtefacts) -> MeetingScore {
    let gold = &files.gold;
    let mut score = MeetingScore { meetings: 1, ..MeetingScore::default() };
    if files.value["participants"][0]["listed"].is_boolean() {
        score.dagsorden =
            DagsordenScore::of(&files.name, &files.value, &made.agenda, &made.meeting);
    }
    let places = places(gold, &made.referat.agenda);
    let citations = Citations::new(gold, &made.transcript);
    words(gold, made, &places, &citations, &mut score);
    if gold.truths.is_empty() {
        score.judged = JudgedScore::of(gold, made, &citations);
        let referat = renumbered(&made.referat, gold, &places);
        score.draft =
            score_draft::score(gold, &made.transcript, &referat, files.minutes.as_deref());
    }
    score
}

/// Returns the gold's place of every item of the agenda that was read: by title, else by number.
pub(crate) fn places(gold: &Gold, agenda: &Agenda) -> Vec<Option<usize>> {
    let mut left: Vec<Option<String>> =
        gold.agenda.iter().map(|item| Some(unmarked(&item.title))).collect();
    let mut places: Vec<Option<usize>> = agenda
        .items
        .iter()
        .map(|item| {
            let printed = item.presenter_printed.as_deref().unwrap_or_default();
            let forms = [unmarked(&item.title), unmarked(&format!("{} {printed}", item.title))];
            let own = |title: &Option<String>| title.as_ref().is_some_and(|it| forms.contains(it));
            let place = left.iter().position(own)?;
            left[place] = None;
            Some(place)
        })
        .collect();
    for (item, place) in agenda.items.iter().zip(&mut places) {
        let same = |at: &usize| left[*at].is_some() && gold.agenda[*at].number == item.number;
        if place.is_none() {
            *place = (0..left.len()).find(same);
        }
    }
    places
}

/// Returns the referat with the gold's numbers; an item that the gold has not keeps none of them.
fn renumbered(referat: &Referat, gold: &Gold, places: &[Option<usize>]) -> Referat {
    let mut referat = referat.clone();
    let number = |printed: &String| {
        let items = referat.agenda.items.iter().zip(places);
        let own = items.into_iter().find(|(item, _)| item.number == *printed);
        let place = own.and_then(|(_, place)| *place);
        place.map_or_else(|| format!("no item: {printed}"), |at| gold.agenda[at].number.clone())
    };
    let numbers: Vec<Option<String>> =
        referat.sections.iter().map(|section| section.item.as_ref().map(&number)).collect();
    for (section, number) in referat.sections.iter_mut().zip(numbers) {
        section.item = number;
    }
    referat
}

/// What is true of an utterance.
struct WordTruth {
    /// Places of the items that are right; none before the first.
    items: Vec<Option<usize>>,
    /// The speaker's name, where it is known.
    speaker: Option<String>,
    chair: bool,
    guest: bool,
}

fn truths(gold: &Gold) -> Vec<WordTruth> {
    let joint = joint(gold);
    let truth = |(at, utterance): (usize, &crate::gold::Utterance)| {
        let own = gold.truths.get(at);
        let items: Vec<Option<usize>> = match own {
            Some(truth) if truth.items.is_empty() => vec![None],
            Some(truth) => {
                let also = truth.items.iter().filter_map(|item| joint.get(*item)).flatten();
                truth.items.iter().chain(also).map(|item| Some(*item)).collect()
            }
            None => {
                vec![gold.agenda.iter().position(|item| item.number == utterance.item)]
            }
        };
        let person = match own {
            Some(truth) => gold
                .participants
                .iter()
                .find(|one| truth.speaker.as_ref().is_some_and(|name| one.name == *name)),
            None => gold.participants.iter().find(|one| one.id == utterance.speaker),
        };
        WordTruth {
            items,
            speaker: person.map(|person| plain(&person.name)),
            chair: person.is_some_and(|one| one.role.as_deref() == Some("chair")),
            guest: person.is_some_and(|one| !one.listed),
        }
    };
    gold.utterances.iter().enumerate().map(truth).collect()
}

/// Returns each word's middle, in milliseconds; where words have no times they share the segment's.
fn middles(segment: &Segment) -> Vec<u64> {
    let middle = |span: Span| u64::midpoint(span.start().as_ms(), span.end().as_ms());
    if !segment.words.is_empty() {
        return segment.words.iter().map(|word| middle(word.span)).collect();
    }
    let count = segment.text.split_whitespace().count() as u64;
    let (start, end) = (segment.span.start().as_ms(), segment.span.end().as_ms());
    (0..count).map(|at| start + (end - start) * (2 * at + 1) / (2 * count)).collect()
}

fn words(
    gold: &Gold,
    made: &MeetingArtefacts,
    places: &[Option<usize>],
    citations: &Citations,
    score: &mut MeetingScore,
) {
    let truths = truths(gold);
    let found = FoundItems::new(&made.referat, places);
    let mut astray: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for segment in &made.transcript.segments {
        for time in middles(segment) {
            let utterance = citations.at(segment.id, time);
            let Some((at, truth)) = utterance.and_then(|at| Some((at, truths.get(at)?))) else {
                continue;
            };
            let item = found.at(time);
            let right = item.is_some_and(|item| truth.items.contains(&item));
            if !right {
                astray.entry(at).or_insert(item.flatten());
            }
            score.items.add(Tally { right: u64::from(right), asserted: 1, all: 1 });
            let named = speaker_at(made, segment.id, time);
            name(truth, gold, named, score);
        }
    }
    let number = |place: Option<usize>| {
        let item = place.and_then(|place| gold.agenda.get(place));
        item.map_or("none", |item| item.number.as_str())
    };
    for (at, item) in astray {
        let (found, utterance) = (number(item), &gold.utterances[at]);
        score.notes.push(format!(
            "utterance {at} under {found}, not {}: {}",
            utterance.item, utterance.text
        ));
    }
}

/// Counts a word with the name and the confidence it was given.
fn name(truth: &WordTruth, gold: &Gold, named: Option<(String, f32)>, score: &mut MeetingScore) {
    if truth.speaker.is_none() && !gold.truths.is_empty() {
        return;
    }
    let is_right = named.as_ref().is_some_and(|(name, _)| truth.speaker.as_ref() == Some(name));
    let (right, asserted) = (u64::from(is_right), u64::from(named.is_some()));
    score.named.add(Tally { right, asserted, all: 1 });
    if named.as_ref().is_some_and(|(_, confidence)| *confidence >= SURE) {
        score.sure_named.add(Tally { right, asserted, all: 1 });
    }
    if truth.guest {
        score.guests.add(Tally { right: 0, asserted, all: 1 });
    }
    let people = gold.participants.iter();
    let mut chairs = people.filter(|one| one.role.as_deref() == Some("chair"));
    let as_chair = named.is_some_and(|(name, _)| chairs.any(|chair| plain(&chair.name) == name));
    score.chair.add(Tally {
        right: if truth.chair { right } else { 0 },
        asserted: u64::from(as_chair),
        all: u64::from(truth.chair),
    });
}

fn speaker_at(made: &MeetingArtefacts, segment: SegmentId, time: u64) -> Option<(String, f32)> {
    let away = |span: Span| {
        let (start, end) = (span.start().as_ms(), span.end().as_ms());
        start.saturating_sub(time).max(time.saturating_sub(end))
    };
    let own = made.speakers.turns.iter().filter(|turn| turn.segments.contains(&segment));
    let turn = own.min_by_key(|turn| away(turn.span))?;
    turn.speaker.as_ref().map(|name| (plain(name), turn.confidence))
}

/// When which of the gold's items is dealt with, as found.
struct FoundItems(Vec<(u64, Option<Option<usize>>)>);

impl FoundItems {
    fn new(referat: &Referat, places: &[Option<usize>]) -> Self {
        let mut starts = Vec::new();
        for section in &referat.sections {
            let item = section.item.as_ref().map(|number| {
                let mut items = referat.agenda.items.iter().zip(places);
                items.find(|(item, _)| item.number == *number).and_then(|(_, place)| *place)
            });
            // An item that the gold has not is never right.
            let item = match item {
                None => Some(None),
                Some(Some(place)) => Some(Some(place)),
                Some(None) => None,
            };
            starts.extend(section.spans.iter().map(|one| (one.span.start().as_ms(), item)));
        }
        starts.sort_by_key(|start| start.0);
        Self(starts)
    }

    /// Returns the item at a time, none before the first.
    fn at(&self, time: u64) -> Option<Option<usize>> {
        let after = self.0.partition_point(|start| start.0 <= time);
        self.0.get(after.saturating_sub(1)).and_then(|start| start.1)
    }
}

/// Returns the shares of a count that is right.
pub fn share(count: crate::score_agenda::Count) -> Share {
    Share { hit: count.right, of: count.right + count.missed }
}
