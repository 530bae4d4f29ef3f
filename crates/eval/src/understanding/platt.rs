//! Logits become probabilities: a slope and a shift fitted to what was right (Platt, 1999).

/// Returns the slope and the shift that make `sigmoid(slope * logit + shift)` most likely, by
/// Newton's method with a little weight on slope 1, shift 0.
pub(super) fn platt(judged: &[(f32, bool)]) -> (f32, f32) {
    let (mut slope, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..30 {
        let (mut ga, mut gb) = (1e-2 * (slope - 1.0), 1e-2 * shift);
        let (mut haa, mut hab, mut hbb) = (1e-2, 0.0, 1e-2);
        for (logit, holds) in judged {
            let z = f64::from(*logit);
            let p = 1.0 / (1.0 + (-(slope * z + shift)).exp());
            let wrong = p - f64::from(u8::from(*holds));
            let curve = (p * (1.0 - p)).max(1e-9);
            ga += wrong * z;
            gb += wrong;
            haa += curve * z * z;
            hab += curve * z;
            hbb += curve;
        }
        let det = haa * hbb - hab * hab;
        let (da, db) = ((hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det);
        // A long step from far away may leave the slope's sign.
        let reach = (da.abs().max(db.abs()) / 2.0).max(1.0);
        slope -= da / reach;
        shift -= db / reach;
        if da.abs() + db.abs() < 1e-9 {
            break;
        }
    }
    (slope as f32, shift as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logit_that_says_too_much_is_toned_down() {
        // Logit 4 claims 0.98, and three in four are right.
        let judged: Vec<_> = (0..400)
            .map(|at| (if at % 2 == 0 { 4.0 } else { -4.0 }, (at % 2 == 0) == (at % 8 < 6)))
            .collect();
        let (slope, shift) = platt(&judged);
        let p = 1.0 / (1.0 + (-(slope * 4.0 + shift)).exp());
        assert!((p - 0.75).abs() < 0.02, "{slope} {shift} {p}");
    }
}
