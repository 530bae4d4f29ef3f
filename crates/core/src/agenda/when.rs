//! Day and time as text.

use super::lines::squeeze;

/// Returns a place without what ends its line.
pub(super) fn tidy(text: &str) -> String {
    squeeze(text).trim_end_matches(|c: char| ".,;: ".contains(c)).to_owned()
}
