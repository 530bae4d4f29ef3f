//! The hints for and against each pair of a voice and a person, as values that are weighed.

use super::context::{self, Told};
use super::floor::Floor;
use super::hashed::softmax;
use super::likeness::{Fit, fit};
use super::presiding;
use super::register::{NamedBy, Naming};
use super::talk::{Talk, TitleWords, shares};
use super::weights::{PAIR_VALUES, PeopleModel};

/// Least probability that a naming leaves a voice: a diarizer gives one turn in thirty to
/// another voice (`voices-heard.rttm` of the corpus, 2026-11).
const LEAST: f32 = 0.005;
/// From such a probability of speaking on a stranger's name may be a guest's.
const GUEST: f32 = 0.25;

/// Words that tell something of a pair.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The voice.
    pub voice: usize,
    /// The candidate.
    pub person: usize,
    /// What they tell of that voice.
    pub told: Told,
    /// How much more likely they make the pair, as a logarithm.
    pub weight: f32,
    /// The turn.
    pub turn: usize,
    /// The naming's words.
    pub words: (usize, usize),
    /// How the person was named.
    pub by: NamedBy,
}

/// How surely somebody is said to speak in a turn.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The candidate.
    pub person: usize,
    /// Probability.
    pub sure: f32,
    /// Whether the turn itself names them.
    pub own: bool,
}

/// All that is known of the pairs. Candidates are the participants, then the guests, then
/// nobody.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Names of strangers who seem to be there.
    pub guests: Vec<String>,
    /// By voice and candidate.
    pub values: Vec<Vec<Vec<f32>>>,
    /// What was said.
    pub hints: Vec<Hint>,
    /// How likely each voice is the chair's.
    pub chairs: Vec<f32>,
    /// Per turn, the log-odds that the chair speaks.
    pub presides: Vec<f32>,
    /// Per turn, who is said to speak.
    pub claims: Vec<Vec<Claim>>,
}

impl Pairs {
    /// Weighs everything that was said.
    pub fn new(floor: &Floor, model: &PeopleModel) -> Self {
        let presides = presiding::by_turn(floor, &model.presiding);
        let chairs = presiding::chairs(floor, &presides, &model.chair);
        let claims = vec![Vec::new(); floor.turns.len()];
        let mut pairs = Self { presides, chairs, claims, ..Self::default() };
        for (at, turn) in floor.turns.iter().enumerate() {
            for naming in &turn.namings {
                for person in &naming.people {
                    let told = told(floor, model, &pairs.chairs, at, naming, Some(*person));
                    pairs.note(floor, at, naming, *person, &told);
                }
            }
        }
        pairs.strangers(floor, model);
        pairs.weigh(floor, &presiding::likely(floor, &model.leads));
        pairs
    }

    /// Takes strangers who seem to speak for guests.
    fn strangers(&mut self, floor: &Floor, model: &PeopleModel) {
        let mut found: Vec<(usize, &Naming, Vec<f32>, Vec<String>)> = Vec::new();
        for (at, turn) in floor.turns.iter().enumerate() {
            for naming in turn.namings.iter().filter(|one| one.by == NamedBy::Stranger) {
                let told = told(floor, model, &self.chairs, at, naming, None);
                let words = &turn.words[naming.words.0..naming.words.1];
                let name = words.iter().filter_map(|word| turn.text.get(word.at.0..word.at.1));
                found.push((at, naming, told, name.map(str::to_owned).collect()));
            }
        }
        let mut guests: Vec<Vec<String>> = Vec::new();
        for (_, _, told, name) in &found {
            if told[..3].iter().all(|sure| *sure < GUEST) {
                continue;
            }
            match guests.iter_mut().find(|guest| same(guest, name)) {
                Some(guest) if guest.len() < name.len() => guest.clone_from(name),
                Some(_) => {}
                None => guests.push(name.clone()),
            }
        }
        for (at, naming, told, name) in &found {
            if let Some(guest) = guests.iter().position(|guest| same(guest, name)) {
                self.note(floor, *at, naming, floor.register.people.len() + guest, told);
            }
        }
        self.guests = guests.into_iter().map(|name| name.join(" ")).collect();
    }

    /// Notes what a naming tells of every voice.
    fn note(&mut self, floor: &Floor, at: usize, naming: &Naming, person: usize, told: &[f32]) {
        let many = naming.people.len().max(1) as f32;
        let mut claim = |turn: usize, sure: f32, own: bool| {
            if let Some(claims) = self.claims.get_mut(turn) {
                claims.push(Claim { person, sure: sure / many, own });
            }
        };
        claim(at, told[0], true);
        claim(at + 1, told[1], false);
        if let Some(before) = at.checked_sub(1) {
            claim(before, told[2], false);
        }
        let count = floor.voices.len();
        let own = floor.turns[at].voice;
        let (next, before) = floor.around(at);
        let near = |voice: usize| voice == own || Some(voice) == next || Some(voice) == before;
        let others = (0..count).filter(|voice| !near(*voice)).count().max(1) as f32;
        for voice in 0..count {
            let (sure, kind) = if voice == own {
                (told[0], Told::Speaks)
            } else if Some(voice) == next && next == before {
                (told[1] + told[2], Told::Next)
            } else if Some(voice) == next {
                (told[1], Told::Next)
            } else if Some(voice) == before {
                (told[2], Told::Before)
            } else {
                (told[3] / others, Told::Elsewhere)
            };
            let weight = (sure.max(LEAST) * count as f32).ln();
            let (words, by) = (naming.words, naming.by);
            self.hints.push(Hint { voice, person, told: kind, weight, turn: at, words, by });
        }
    }

    fn weigh(&mut self, floor: &Floor, likely: &[f32]) {
        let count = floor.voices.len();
        let people = floor.register.people.len();
        let candidates = people + self.guests.len();
        let mut values = vec![vec![vec![0.0; PAIR_VALUES]; candidates + 1]; count];
        let sums = Sums::new(&self.hints, candidates, count);
        let shares = shares(floor);
        let talk = Talk::new(floor, &self.chairs);
        let words = TitleWords::new(floor);
        let present = floor.register.people.iter().filter(|person| !person.absent).count();
        for (voice, rows) in values.iter_mut().enumerate() {
            for (candidate, row) in rows.iter_mut().enumerate().take(candidates) {
                sums.fill(row, voice, candidate, candidate >= people);
                if candidate < people {
                    let chair = (likely[candidate], self.chairs[voice]);
                    listed(row, floor, voice, candidate, chair, shares[voice], &talk);
                    row[21] = words.shared(voice, candidate) / 2.0;
                }
            }
            let nobody = &mut rows[candidates];
            nobody[2] = 1.0;
            nobody[23] = shares[voice];
            nobody[24] = count.saturating_sub(present) as f32 / 3.0;
        }
        self.values = values;
    }
}

/// Returns how likely a naming tells each thing.
pub fn told(
    floor: &Floor,
    model: &PeopleModel,
    chairs: &[f32],
    at: usize,
    naming: &Naming,
    person: Option<usize>,
) -> Vec<f32> {
    softmax(&model.naming.scores(&context::features(floor, at, naming, person, chairs)))
}

/// Tells whether two names of strangers are one person's: by first name, or a full one.
fn same(guest: &[String], name: &[String]) -> bool {
    let alike = |one: Option<&String>, other: Option<&String>| {
        let (Some(one), Some(other)) = (one, other) else { return false };
        fit(&one.to_lowercase(), &other.to_lowercase())
            .is_some_and(|fit| fit == Fit::Exact || one.chars().count() > 4)
    };
    let part =
        |one: &[String], other: &[String]| other.iter().any(|word| alike(one.first(), Some(word)));
    part(guest, name) || part(name, guest)
}

/// What the hints of a pair add up to.
struct Sums {
    /// By candidate and voice: for, against, the best, the next best, next, before, own for, own
    /// against, elsewhere against.
    parts: Vec<Vec<[f32; 9]>>,
    totals: Vec<Vec<f32>>,
}

impl Sums {
    fn new(hints: &[Hint], candidates: usize, voices: usize) -> Self {
        let mut parts = vec![vec![[0.0_f32; 9]; voices]; candidates];
        let mut totals = vec![vec![0.0_f32; voices]; candidates];
        for hint in hints {
            let part = &mut parts[hint.person][hint.voice];
            let weight = hint.weight;
            totals[hint.person][hint.voice] += weight;
            if weight <= 0.0 {
                part[1] += weight;
                match hint.told {
                    Told::Speaks => part[7] += weight,
                    Told::Elsewhere => part[8] += weight,
                    Told::Next | Told::Before => {}
                }
                continue;
            }
            part[0] += weight;
            if weight > part[2] {
                (part[3], part[2]) = (part[2], weight);
            } else {
                part[3] = part[3].max(weight);
            }
            match hint.told {
                Told::Speaks => part[6] += weight,
                Told::Next => part[4] += weight,
                Told::Before => part[5] += weight,
                Told::Elsewhere => {}
            }
        }
        Self { parts, totals }
    }

    fn fill(&self, row: &mut [f32], voice: usize, candidate: usize, guest: bool) {
        let part = &self.parts[candidate][voice];
        row[0] = 1.0;
        row[3] = part[0].min(12.0) / 3.0;
        row[4] = part[1].max(-20.0) / 3.0;
        row[5] = part[2] / 2.0;
        row[6] = part[3] / 2.0;
        row[7] = part[4].min(10.0) / 3.0;
        row[8] = part[5].min(10.0) / 3.0;
        row[9] = part[6].min(8.0) / 3.0;
        row[10] = part[7].max(-20.0) / 3.0;
        row[11] = part[8].max(-20.0) / 3.0;
        let own = self.totals[candidate][voice];
        let ahead = |rival: f32| ((own - rival) / 4.0).clamp(-1.5, 1.5);
        let voices = self.totals[candidate].iter().enumerate();
        let rival = voices.filter(|one| one.0 != voice).map(|one| *one.1).reduce(f32::max);
        row[26] = rival.map_or(0.0, ahead);
        let others = self.totals.iter().enumerate().filter(|one| one.0 != candidate);
        row[27] = others.map(|one| one.1[voice]).reduce(f32::max).map_or(0.0, ahead);
        if guest {
            row[1] = 1.0;
            row[28] = part[2] / 2.0;
            row[30] = part[6].min(8.0) / 3.0;
        }
        if self.parts[candidate].iter().all(|part| part[0] == 0.0) {
            row[29] = 1.0;
        }
    }
}

/// Fills in what is known of a participant beside the namings.
fn listed(
    row: &mut [f32],
    floor: &Floor,
    voice: usize,
    person: usize,
    (leads, chair): (f32, f32),
    share: f32,
    talk: &Talk,
) {
    let listed = &floor.register.people[person];
    let voices = floor.voices.len();
    let others = (1.0 - leads) * (1.0 - chair) / (voices.max(2) - 1) as f32;
    row[12] = ((leads * chair + others) * voices as f32).max(1e-3).ln() / 2.0;
    if listed.chair {
        row[13] = (chair * voices as f32).max(1e-2).ln() / 2.0;
    }
    row[14] = f32::from(u8::from(listed.absent));
    row[15] = f32::from(u8::from(listed.remote));
    if listed.referent {
        (row[16], row[17]) = (1.0, share);
    }
    if !listed.absent {
        row[22] = share;
    }
    if let Some((part, most)) = talk.under(floor, voice, person) {
        (row[18], row[19], row[20]) = (part, most, f32::from(u8::from(part == 0.0)));
    }
}
