//! Where the words change: how alike the stretches before and after each segment's start are.
//! A debate goes on about the same things; the next item is about others (after Hearst's
//! TextTiling, 1997, with pieces of words in place of words). The constants were chosen on nine
//! sittings of the Danish parliament without headings (2026-11-25): item accuracy 0.940 -> 0.968
//! on what was said, 0.745 -> 0.912 (with the centred fit) where three letters in ten are wrong.

use super::pieces::Pieces;

/// Segments on either side that are compared.
const WIDTH: usize = 20;
/// What one standard deviation counts.
const WEIGHT: f32 = 1.2;
/// Most standard deviations that count towards and against a change.
const MOST: f32 = 2.0;
const LEAST: f32 = -2.0;
/// Meetings shorter than this have too little to compare.
const SEGMENTS: usize = 4 * WIDTH;

/// Returns per segment how much tells that something new begins with it, below 0 where the
/// same goes on; all 0 in a short meeting. The `formal` segments, in which items are opened and
/// closed with the same words every time, tell nothing of the topic.
pub(super) fn changes(pieces: &Pieces, formal: &[bool]) -> Vec<f32> {
    let length = pieces.segments.len();
    if length < SEGMENTS {
        return vec![0.0; length];
    }
    let alike = similarities(pieces, formal);
    let talk = |from: usize, to: usize| {
        let own = formal.get(from..to.min(length)).unwrap_or_default();
        own.iter().filter(|formal| !**formal).count() as f32 / WIDTH as f32
    };
    // Between items without a debate there is nothing to compare.
    let sure = |at: usize| talk(at.saturating_sub(WIDTH), at).min(talk(at, at + WIDTH)).powi(2);
    // Near the ends there is too little on one side.
    let whole = WIDTH / 2..length - WIDTH / 2;
    let inner = &alike[whole.clone()];
    let mean = inner.iter().sum::<f32>() / inner.len() as f32;
    let variance = inner.iter().map(|one| (one - mean).powi(2)).sum::<f32>() / inner.len() as f32;
    let deviation = variance.sqrt().max(1e-4);
    let change = |one: f32| WEIGHT * ((mean - one) / deviation).clamp(LEAST, MOST);
    let inside = |at: usize| if whole.contains(&at) { sure(at) * change(alike[at]) } else { 0.0 };
    (0..length).map(inside).collect()
}

/// A stretch of segments as the sum of their weighed pieces.
struct Stretch {
    sums: Vec<f32>,
    square: f32,
}

impl Stretch {
    fn add(&mut self, pieces: &[(u32, f32)], sign: f32) {
        for (number, weight) in pieces {
            let sum = &mut self.sums[*number as usize];
            self.square -= *sum * *sum;
            *sum += sign * weight;
            self.square += *sum * *sum;
        }
    }
}

/// Cosine of the angle between the stretch before each segment and the one it begins.
fn similarities(pieces: &Pieces, formal: &[bool]) -> Vec<f32> {
    let count = pieces.segments.len() as f32;
    let telling = |(number, weight): &(u32, f32)| {
        let spoken = pieces.spoken[*number as usize];
        // What is said once cannot be said again on the other side.
        (spoken > 1.0).then(|| (*number, weight * (count / spoken).ln()))
    };
    let segments: Vec<Vec<(u32, f32)>> = pieces
        .segments
        .iter()
        .zip(formal)
        .map(|(own, formal)| own.iter().filter(|_| !formal).filter_map(telling).collect())
        .collect();
    let empty = || Stretch { sums: vec![0.0; pieces.spoken.len()], square: 0.0 };
    let (mut before, mut after) = (empty(), empty());
    let mut shared = 0.0_f32;
    let mut alike = Vec::with_capacity(segments.len());
    let dot = |own: &[(u32, f32)], other: &Stretch| -> f32 {
        own.iter().map(|(number, weight)| weight * other.sums[*number as usize]).sum()
    };
    for own in segments.iter().take(WIDTH) {
        after.add(own, 1.0);
    }
    for at in 0..segments.len() {
        alike.push(shared / (before.square * after.square).max(1e-6).sqrt());
        let own = &segments[at];
        shared -= dot(own, &before);
        after.add(own, -1.0);
        shared += dot(own, &after);
        before.add(own, 1.0);
        if let Some(past) = at.checked_sub(WIDTH).and_then(|past| segments.get(past)) {
            shared -= dot(past, &after);
            before.add(past, -1.0);
        }
        if let Some(coming) = segments.get(at + WIDTH) {
            shared += dot(coming, &before);
            after.add(coming, 1.0);
        }
    }
    alike
}
