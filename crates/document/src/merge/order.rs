//! Which units a human moved: the fewest whose going back would restore the old order.

/// Returns, for places in old order as they now stand with their weights, which of them keep
/// the old order: the ascending sequence of the greatest weight.
pub(super) fn kept(places: &[(usize, u64)]) -> Vec<bool> {
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(places.len());
    for (at, (place, weight)) in places.iter().enumerate() {
        let before = (0..at).filter(|earlier| places[*earlier].0 < *place);
        // The earliest of equals, so that the same input keeps the same units.
        let chain = before.fold((0, None), |chain, earlier| {
            if best[earlier].0 > chain.0 { (best[earlier].0, Some(earlier)) } else { chain }
        });
        best.push((chain.0 + weight, chain.1));
    }
    let mut kept = vec![false; places.len()];
    let mut at = (0..best.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    while let Some(here) = at {
        kept[here] = true;
        at = best[here].1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_ascending_sequence_stays() {
        assert_eq!(kept(&[]), [false; 0]);
        assert_eq!(kept(&[(0, 1), (1, 1), (2, 1)]), [true; 3]);
        assert_eq!(kept(&[(2, 1), (0, 1), (1, 1)]), [false, true, true]);
        // A heading outweighs the statement that was moved over it.
        assert_eq!(kept(&[(1, 1000), (0, 1), (2, 1)]), [true, false, true]);
    }
}
