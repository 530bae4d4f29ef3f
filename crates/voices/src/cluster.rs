//! Which pieces of speech are one voice's: the nearest groups are joined, again and again, until
//! none are near enough.
//!
//! The distance of two groups is the mean over all their pairs, which their sums of embeddings
//! give exactly; so a long recording is clustered in blocks first, and no matrix of all pieces
//! is ever needed.

use crate::campplus::SIZE;

/// Groups that are compared at once: at most 18 MB of distances, 50 minutes of speech.
const BLOCK: usize = 3000;
/// Within a block, only what is this near is joined before all blocks are seen.
const SURE: f32 = 0.35;
const SURER: f32 = 0.05;

/// Pieces that are one voice's, as far as they were joined.
#[derive(Clone, Debug)]
struct PieceGroup {
    sum: Vec<f32>,
    pieces: Vec<usize>,
}

/// Returns the voice of each embedding, numbered by first appearance: groups are joined while
/// their distance is below `threshold`.
pub(crate) fn cluster(embeddings: &[Vec<f32>], threshold: f32) -> Vec<usize> {
    cluster_in_blocks(embeddings, threshold, BLOCK)
}

fn cluster_in_blocks(embeddings: &[Vec<f32>], threshold: f32, block: usize) -> Vec<usize> {
    let mut groups: Vec<PieceGroup> = embeddings
        .iter()
        .enumerate()
        .map(|(piece, sum)| PieceGroup { sum: sum.clone(), pieces: vec![piece] })
        .collect();
    let mut near = SURE.min(threshold);
    while groups.len() > block {
        let mut joined = Vec::new();
        let size = groups.len().div_ceil(groups.len().div_ceil(block));
        while !groups.is_empty() {
            let rest = groups.split_off(size.min(groups.len()));
            joined.extend(join(groups, near));
            groups = rest;
        }
        groups = joined;
        if groups.len() > block && near >= threshold {
            // Noise without end: what is small stays as it is, and is dissolved later.
            groups.sort_by_key(|group| std::cmp::Reverse(group.pieces.len()));
            let small = groups.split_off(block);
            groups = join(groups, threshold);
            groups.extend(small);
            return labels(&groups, embeddings.len());
        }
        near = (near + SURER).min(threshold);
    }
    labels(&join(groups, threshold), embeddings.len())
}

fn labels(groups: &[PieceGroup], pieces: usize) -> Vec<usize> {
    let mut of_piece = vec![0; pieces];
    for (index, group) in groups.iter().enumerate() {
        group.pieces.iter().for_each(|piece| of_piece[*piece] = index);
    }
    renumber(&of_piece)
}

/// Numbers labels by first appearance.
pub(crate) fn renumber(labels: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let number = |label: &usize| {
        order.iter().position(|known| known == label).unwrap_or_else(|| {
            order.push(*label);
            order.len() - 1
        })
    };
    labels.iter().map(number).collect()
}

/// Joins groups whose mean distance is below `threshold`, by chains of nearest neighbours.
fn join(mut groups: Vec<PieceGroup>, threshold: f32) -> Vec<PieceGroup> {
    let mut distances = Distances::of(&groups);
    let mut alive: Vec<usize> = (0..groups.len()).collect();
    let mut joins = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    let mut sizes: Vec<f32> = groups.iter().map(|group| group.pieces.len() as f32).collect();
    while alive.len() > 1 {
        let last = *chain.last().unwrap_or(&alive[0]);
        if chain.is_empty() {
            chain.push(last);
        }
        let before = chain.len().checked_sub(2).map(|at| chain[at]);
        // Of equally near ones the one before, or the chain would never end; then the first.
        let mut nearest = before;
        let mut least = before.map_or(f32::INFINITY, |before| distances.get(last, before));
        for other in alive.iter().copied().filter(|other| *other != last) {
            let distance = distances.get(last, other);
            if distance < least {
                (nearest, least) = (Some(other), distance);
            }
        }
        let Some(nearest) = nearest else { break };
        if before != Some(nearest) {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (keep, gone) = (last.min(nearest), last.max(nearest));
        joins.push((keep, gone, least));
        alive.retain(|group| *group != gone);
        let (a, b) = (sizes[keep], sizes[gone]);
        for other in alive.iter().copied().filter(|other| *other != keep) {
            let mean = distances.get(keep, other) * a + distances.get(gone, other) * b;
            distances.set(keep, other, mean / (a + b));
        }
        sizes[keep] = a + b;
    }
    // Greater distances come after smaller ones, so those below the threshold stand alone.
    for (keep, gone, distance) in joins {
        if distance < threshold {
            let gone =
                std::mem::replace(&mut groups[gone], PieceGroup { sum: vec![], pieces: vec![] });
            groups[keep].sum.iter_mut().zip(&gone.sum).for_each(|(sum, value)| *sum += value);
            groups[keep].pieces.extend(gone.pieces);
        }
    }
    groups.retain(|group| !group.pieces.is_empty());
    groups
}

/// The distances of all pairs, each once.
struct Distances(Vec<f32>);

impl Distances {
    fn of(groups: &[PieceGroup]) -> Self {
        let mut distances = Vec::with_capacity(groups.len() * groups.len() / 2);
        for (index, group) in groups.iter().enumerate() {
            for other in &groups[..index] {
                let pairs = (group.pieces.len() * other.pieces.len()) as f32;
                distances.push(1.0 - dot(&group.sum, &other.sum) / pairs);
            }
        }
        Self(distances)
    }

    fn place(a: usize, b: usize) -> usize {
        let (low, high) = (a.min(b), a.max(b));
        high * (high - 1) / 2 + low
    }

    fn get(&self, a: usize, b: usize) -> f32 {
        self.0[Self::place(a, b)]
    }

    fn set(&mut self, a: usize, b: usize, distance: f32) {
        self.0[Self::place(a, b)] = distance;
    }
}

/// Returns where the greatest value is, the first of equal ones.
pub(crate) fn greatest(values: &[f32]) -> Option<usize> {
    (0..values.len()).reduce(|a, b| if values[b] > values[a] { b } else { a })
}

/// Returns the product of two embeddings, in a fixed order of additions.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    const { assert!(SIZE.is_multiple_of(16)) };
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Embeddings around one of a few directions, by a fixed sequence.
    fn around(directions: &[usize]) -> Vec<Vec<f32>> {
        let mut state = 1_u32;
        let one = |direction: &usize| {
            let mut embedding = vec![0.0; SIZE];
            for value in &mut embedding {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *value = (state >> 16) as f32 / 65_536.0 * 0.1 - 0.05;
            }
            embedding[*direction] = 1.0;
            let length = dot(&embedding, &embedding).sqrt();
            embedding.iter().map(|value| value / length).collect()
        };
        directions.iter().map(one).collect()
    }

    #[test]
    fn voices_are_numbered_by_first_appearance() {
        let directions = [5, 5, 3, 5, 9, 3, 9];
        assert_eq!(cluster(&around(&directions), 0.6), [0, 0, 1, 0, 2, 1, 2]);
        assert!(cluster(&[], 0.6).is_empty());
        assert_eq!(cluster(&around(&[1]), 0.6), [0]);
    }

    #[test]
    fn blocks_give_what_one_matrix_gives() {
        let directions: Vec<usize> = (0..400).map(|i| (i * i / 7) % 9).collect();
        let embeddings = around(&directions);
        let whole = cluster_in_blocks(&embeddings, 0.6, 1000);
        assert_eq!(whole, renumber(&directions));
        assert_eq!(cluster_in_blocks(&embeddings, 0.6, 50), whole);
    }

    #[test]
    fn noise_without_end_is_not_compared_all_at_once() {
        let directions: Vec<usize> = (0..150).collect();
        assert_eq!(cluster_in_blocks(&around(&directions), 0.6, 20), directions);
    }
}
