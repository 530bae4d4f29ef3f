//! Which item was announced last, by its number or by its title: it is dealt with until something else
//! is.

use super::super::evidence::{Evidence, Place};

/// An item is announced by its title where this much tells of it, and these odds (as their
/// logarithm) of something opening.
const TITLED: f32 = 3.0;
const OPENS: f32 = -1.0;
/// Segments after which an announcement tells half as much: items of the corpus have ten utterances on
/// average (2026-11-28).
const FADES: f32 = 10.0;

/// The last item announced up to each segment, and where: by its number, and by its title.
pub(super) struct Calls([Vec<Option<(usize, usize)>>; 2]);

impl Calls {
    /// Finds what is announced; `strongest` is the strongest target of each segment, and the
    /// strongest of another item.
    pub(super) fn new(evidence: &Evidence, strongest: &[[(Option<usize>, f32); 2]]) -> Self {
        let titled = |(place, two): (&Place, &[(Option<usize>, f32); 2])| {
            two[0].0.filter(|_| two[0].1 >= TITLED && place.opening.odds > OPENS)
        };
        let places = || evidence.segments.iter();
        Self([
            last(places().map(|place| place.announced)),
            last(places().zip(strongest).map(titled)),
        ])
    }

    /// Returns how much an announcement tells for being with an item and against it, by number and
    /// by title: 1 where it is made, less and less after it.
    pub(super) fn told(&self, at: usize, item: Option<usize>) -> [f32; 4] {
        let mut told = [0.0; 4];
        for (two, called) in told.chunks_exact_mut(2).zip(&self.0) {
            if let Some((other, since)) = called[at] {
                let place = usize::from(item != Some(other));
                two[place] = 1.0 / (1.0 + (at - since) as f32 / FADES);
            }
        }
        told
    }
}

/// Returns the last item up to each place, and where it stands.
fn last(items: impl Iterator<Item = Option<usize>>) -> Vec<Option<(usize, usize)>> {
    let mut known = None;
    let last = items.enumerate().map(|(at, item)| {
        known = item.map(|item| (item, at)).or(known);
        known
    });
    last.collect()
}
