//! The best assignment of voices to people over the whole meeting: how likely each pair is when
//! nobody has two voices without need (belief propagation on the pairs).

/// What a second voice of the same person costs, as a factor: a diarizer splits one voice in
/// ten (corpus, 2026-11).
const SECOND: f64 = 0.05;
/// The exchange of beliefs settles long before.
const ROUNDS: usize = 60;

/// Returns the probability of each pair from its score. The last candidate is nobody, which any
/// number of voices may have.
pub fn probabilities(scores: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let voices = scores.len();
    let candidates = scores.first().map_or(0, Vec::len);
    let odds = |row: &Vec<f32>| -> Vec<f64> {
        let top = row.iter().copied().fold(f32::MIN, f32::max);
        row.iter().map(|score| f64::from(score - top).exp().max(1e-12)).collect()
    };
    let base: Vec<Vec<f64>> = scores.iter().map(odds).collect();
    // What the person's other voices leave of each pair.
    let mut left = vec![vec![1.0_f64; candidates]; voices];
    for _ in 0..ROUNDS {
        let mut taken = vec![vec![0.0_f64; candidates]; voices];
        for voice in 0..voices {
            let all: f64 =
                base[voice].iter().zip(&left[voice]).map(|(odds, left)| odds * left).sum();
            for person in 0..candidates {
                let own = base[voice][person] * left[voice][person];
                taken[voice][person] = (base[voice][person] / (all - own).max(1e-300)).min(1e12);
            }
        }
        for person in 0..candidates.saturating_sub(1) {
            let logs: Vec<f64> = taken.iter().map(|row| (SECOND * row[person]).ln_1p()).collect();
            let total: f64 = logs.iter().sum();
            for voice in 0..voices {
                let others = (total - logs[voice]).min(600.0).exp();
                let factor = others / (1.0 + (others - 1.0) / SECOND);
                // Half of the step, so that beliefs do not swing.
                left[voice][person] = (left[voice][person] * factor).sqrt();
            }
        }
    }
    let normal = |(base, left): (&Vec<f64>, &Vec<f64>)| {
        let odds: Vec<f64> = base.iter().zip(left).map(|(base, left)| base * left).collect();
        let all: f64 = odds.iter().sum();
        odds.iter().map(|odds| (odds / all) as f32).collect()
    };
    base.iter().zip(&left).map(normal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clear_of_one_voice_settles_another() {
        // The second voice is clearly the first person's; then the first is the second's.
        let scores = [vec![2.0, 1.8, 0.0], vec![6.0, 0.0, 0.0]];
        let found = probabilities(&scores);
        assert!(found[1][0] > 0.9 && found[0][1] > 0.7, "{found:?}");
    }

    #[test]
    fn a_split_voice_may_be_one_persons_twice() {
        let scores = [vec![9.0, 0.0, 0.0], vec![9.0, 0.0, 0.0]];
        let found = probabilities(&scores);
        assert!(found[0][0] > 0.9 && found[1][0] > 0.9, "{found:?}");
    }
}
