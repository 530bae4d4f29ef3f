//! How many voices there are: groups too small to be a person's are dissolved, and as many more
//! as the caller's limits ask for. Groups are never joined to meet a limit: that puts two
//! people who say much into one voice, where dissolving costs only those who say least.

use crate::campplus::SIZE;
use crate::cluster::{cluster, dot, greatest, renumber};

/// A piece of speech as far as voices go.
#[derive(Debug)]
pub(crate) struct VoiceSample {
    pub(crate) embedding: Vec<f32>,
    pub(crate) seconds: f32,
}

/// What is known about the number of voices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceCount {
    /// So many there are.
    pub exactly: Option<usize>,
    /// There are not more than so many.
    pub at_most: Option<usize>,
}

/// When two groups are one voice, and when a group is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VoiceLimits {
    /// The mean distance of two groups below which they are joined.
    pub(crate) threshold: f32,
    /// A voice speaks for at least so many seconds in all.
    pub(crate) least_seconds: f32,
}

/// Returns what each voice is like, in the order in which they are first heard.
pub(crate) fn settle(
    samples: &[VoiceSample],
    limits: VoiceLimits,
    count: VoiceCount,
) -> Vec<Vec<f32>> {
    let labels = settled(samples, limits, count);
    centres(samples, &labels)
}

/// Returns the voice of each sample, numbered by first appearance.
fn settled(samples: &[VoiceSample], limits: VoiceLimits, count: VoiceCount) -> Vec<usize> {
    let embeddings: Vec<Vec<f32>> = samples.iter().map(|s| s.embedding.clone()).collect();
    let group = |threshold: f32, least: f32| {
        let labels = cluster(&embeddings, threshold);
        let totals = totals(samples, &labels);
        let kept = (0..totals.len()).filter(|voice| totals[*voice] >= least).collect();
        dissolve(samples, &labels, kept)
    };
    let mut labels = group(limits.threshold, limits.least_seconds);
    if let Some(wanted) = count.exactly {
        let mut share = 0.95;
        while voices(&labels) < wanted && share > 0.35 {
            labels = group(limits.threshold * share, limits.least_seconds);
            share -= 0.05;
        }
        if voices(&labels) < wanted {
            labels = group(limits.threshold * 0.4, 0.0);
        }
    }
    if let Some(most) = count.exactly.or(count.at_most) {
        let totals = totals(samples, &labels);
        let mut order: Vec<usize> = (0..totals.len()).collect();
        order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
        order.truncate(most.max(1));
        labels = dissolve(samples, &labels, order);
    }
    labels
}

fn voices(labels: &[usize]) -> usize {
    labels.iter().max().map_or(0, |most| most + 1)
}

fn totals(samples: &[VoiceSample], labels: &[usize]) -> Vec<f32> {
    let mut totals = vec![0.0; voices(labels)];
    for (sample, label) in samples.iter().zip(labels) {
        totals[*label] += sample.seconds;
    }
    totals
}

/// Returns the direction of each voice.
fn centres(samples: &[VoiceSample], labels: &[usize]) -> Vec<Vec<f32>> {
    let mut centres = vec![vec![0.0; SIZE]; voices(labels)];
    for (sample, label) in samples.iter().zip(labels) {
        let weighted = sample.embedding.iter().map(|value| value * sample.seconds);
        centres[*label].iter_mut().zip(weighted).for_each(|(sum, value)| *sum += value);
    }
    for centre in &mut centres {
        let length = dot(centre, centre).sqrt().max(f32::MIN_POSITIVE);
        centre.iter_mut().for_each(|value| *value /= length);
    }
    centres
}

/// Returns the centre that an embedding is nearest to, and how near: 1 is the same direction.
fn nearest(embedding: &[f32], centres: &[Vec<f32>]) -> Option<(usize, f32)> {
    let alike = centres.iter().map(|centre| dot(embedding, centre)).enumerate();
    alike.reduce(|best, other| if other.1 > best.1 { other } else { best })
}

/// Gives the samples of every other voice, one by one, to the kept voice that each is nearest
/// to. Where none would be kept, the one that speaks most is.
fn dissolve(samples: &[VoiceSample], labels: &[usize], mut kept: Vec<usize>) -> Vec<usize> {
    if kept.is_empty() {
        let totals = totals(samples, labels);
        kept.extend(greatest(&totals));
    }
    let centres = centres(samples, labels);
    let stay: Vec<Vec<f32>> = kept.iter().map(|voice| centres[*voice].clone()).collect();
    let new = |(sample, label): (&VoiceSample, &usize)| {
        let near = || nearest(&sample.embedding, &stay).map_or(*label, |(near, _)| kept[near]);
        if kept.contains(label) { *label } else { near() }
    };
    renumber(&samples.iter().zip(labels).map(new).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: VoiceLimits = VoiceLimits { threshold: 0.6, least_seconds: 3.0 };

    /// Samples that point in the given directions, `share` of the way from the first one.
    fn samples(pieces: &[(usize, f32, f32)]) -> Vec<VoiceSample> {
        let one = |(direction, share, seconds): &(usize, f32, f32)| {
            let mut embedding = vec![0.0; SIZE];
            embedding[0] = 1.0 - share;
            embedding[*direction] += share;
            let length = dot(&embedding, &embedding).sqrt();
            embedding.iter_mut().for_each(|value| *value /= length);
            VoiceSample { embedding, seconds: *seconds }
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn a_voice_of_a_moment_is_given_to_the_nearest() {
        let samples = samples(&[(1, 1.0, 9.0), (2, 1.0, 9.0), (3, 0.6, 1.0), (1, 0.2, 9.0)]);
        let labels = settled(&samples, LIMITS, VoiceCount::default());
        assert_eq!(labels, [0, 1, 2, 2]);
        assert_eq!(settle(&samples, LIMITS, VoiceCount::default()).len(), 3);
    }

    #[test]
    fn a_limit_dissolves_those_who_say_least() {
        let samples = samples(&[(1, 1.0, 9.0), (2, 1.0, 4.0), (3, 1.0, 20.0), (1, 1.0, 9.0)]);
        let count = VoiceCount { at_most: Some(2), ..VoiceCount::default() };
        let labels = settled(&samples, LIMITS, count);
        assert_eq!(labels.iter().max(), Some(&1));
        assert_eq!((labels[0], labels[2], labels[3]), (0, 1, 0));
    }

    #[test]
    fn a_known_number_is_met_where_the_voices_differ_at_all() {
        let samples = samples(&[(1, 0.5, 9.0), (2, 0.5, 9.0), (3, 1.0, 9.0)]);
        let exactly = |wanted| VoiceCount { exactly: Some(wanted), ..VoiceCount::default() };
        let labels = settled(&samples, LIMITS, exactly(3));
        assert_eq!(labels, [0, 1, 2]);
        let labels = settled(&samples, LIMITS, exactly(1));
        assert_eq!(labels, [0, 0, 0]);
        assert!(settle(&[], LIMITS, exactly(2)).is_empty());
    }
}
