//! Whether two deadlines are one.

use std::collections::BTreeSet;

/// Returns whether two deadlines are the same time: every word of the one that tells a time, small
/// words apart, stands in the other (`den 15.` and `15. september`).
pub fn same_deadline(one: &str, other: &str) -> bool {
    let small = [
        "den", "the", "of", "inden", "by", "på", "til", "i", "senest", "før", "om", "fra", "kl",
        "klokken", "on", "in", "at", "before", "after", "next", "mødet", "efter", "engang", "",
    ];
    let words = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric());
        let bare = words.map(|word| {
            let digits = word.trim_end_matches(char::is_alphabetic);
            if digits.is_empty() { word.to_owned() } else { digits.to_owned() }
        });
        bare.filter(|word| !small.contains(&word.as_str())).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_the_same_day_with_its_month_are_one() {
        assert!(same_deadline("den 15.", "15. september"));
        assert!(same_deadline("senest mandag kl. 12", "mandag kl. 12"));
        assert!(!same_deadline("inden fredag", "mandag"));
    }
}
