//! Which unit of one text is which of another: by name, by time, by words, by place.
//!
//! In: two texts of the same referat as units. Out: for each unit of the first its counterpart
//! in the second, each taken once.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::unit::{File, Unit};
use crate::markdown::units::UnitKind;
use referat_core::domain::referat::StatementId;
use referat_core::time::Span;

/// Two statements are the same when their spans have at least this share of their cover in
/// common. A third lets a model with other segment borders move both ends by half a sentence.
const SAME_SPAN: f64 = 0.33;

/// Two texts at the same place are one that was edited when they share this part of their words.
const SAME_WORDS: f64 = 0.5;

/// When statements were said, by name.
pub type Spans = HashMap<StatementId, Span>;

/// For each unit of one text the place of its counterpart in the other.
pub(super) type Pairs = Vec<Option<usize>>;

/// Pairs the machine's last draft with another text; `spans` are those of the two drafts.
pub(super) fn pairs(from: &[Unit], to: &[Unit], spans: Option<(&Spans, &Spans)>) -> Pairs {
    let mut pairs = Pairing { from, to, found: vec![None; from.len()], taken: HashSet::new() };
    pairs.by_name();
    if let Some((before, now)) = spans {
        pairs.by_time(before, now);
    }
    for file in [File::Open, File::Closed] {
        pairs.by_words(file);
        pairs.stripped(file);
    }
    pairs.found
}

struct Pairing<'a> {
    from: &'a [Unit],
    to: &'a [Unit],
    found: Pairs,
    taken: HashSet<usize>,
}

impl Pairing<'_> {
    fn take(&mut self, from: usize, to: usize) {
        if self.found[from].is_none() && self.taken.insert(to) {
            self.found[from] = Some(to);
        }
    }

    fn by_name(&mut self) {
        let mut places = HashMap::new();
        for (place, unit) in self.to.iter().enumerate() {
            if let Some(id) = &unit.text.id {
                places.entry(id).or_insert(place);
            }
        }
        for (place, unit) in self.from.iter().enumerate() {
            if let Some(there) = unit.text.id.as_ref().and_then(|id| places.get(id)) {
                self.take(place, *there);
            }
        }
    }

    /// Pairs statements whose names changed, the most alike in time first.
    fn by_time(&mut self, before: &Spans, now: &Spans) {
        let mut alike = Vec::new();
        for (from, span) in self.timed(self.from, before, |place| self.found[place].is_none()) {
            let free = |place| !self.taken.contains(&place);
            for (to, other) in self.timed(self.to, now, free) {
                let share = share(span, other);
                if share >= SAME_SPAN {
                    alike.push((share, from, to));
                }
            }
        }
        alike.sort_by(|left, right| {
            right.0.total_cmp(&left.0).then((left.1, left.2).cmp(&(right.1, right.2)))
        });
        for (_, from, to) in alike {
            self.take(from, to);
        }
    }

    fn timed(
        &self,
        units: &[Unit],
        spans: &Spans,
        free: impl Fn(usize) -> bool,
    ) -> Vec<(usize, Span)> {
        let known = units.iter().enumerate().filter(|(place, _)| free(*place));
        known.filter_map(|(at, unit)| Some((at, *spans.get(unit.text.id.as_ref()?)?))).collect()
    }

    /// Pairs what has no name: equal text in the same order, then what was edited in its place.
    fn by_words(&mut self, file: File) {
        let nameless = |units: &[Unit], free: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let own = |place: &usize| {
                let unit: &Unit = &units[*place];
                unit.file == file && unit.text.id.is_none() && free(*place)
            };
            (0..units.len()).filter(own).collect()
        };
        let from = nameless(self.from, &|place| self.found[place].is_none());
        let to = nameless(self.to, &|place| !self.taken.contains(&place));
        let (old, new) = (words_of(self.from, &from), words_of(self.to, &to));
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    for step in 0..len {
                        self.take(from[old_index + step], to[new_index + step]);
                    }
                }
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    let old = &from[old_index..old_index + old_len];
                    self.edited(old, &to[new_index..new_index + new_len]);
                }
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
    }

    /// Pairs the units of one gap: those of a kind that share words, or the only one of a kind.
    fn edited(&mut self, old: &[usize], new: &[usize]) {
        let (from, to) = (self.from, self.to);
        for &one in old {
            let kind = from[one].text.kind;
            let same = |units: &[Unit], places: &[usize]| -> Vec<usize> {
                places.iter().copied().filter(|place| units[*place].text.kind == kind).collect()
            };
            let others = same(to, new);
            let only = others.len() == 1 && same(from, old).len() == 1;
            let best = others
                .iter()
                .filter(|there| !self.taken.contains(there))
                .map(|there| (likeness(&from[one].text.head, &to[*there].text.head), *there))
                .reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((share, there)) = best
                && (only || share >= SAME_WORDS)
            {
                self.take(one, there);
            }
        }
    }

    /// Pairs statements with list entries that lost their comment, as in an editor that hides it.
    fn stripped(&mut self, file: File) {
        let (from, to) = (self.from, self.to);
        let named = |place: &usize| from[*place].file == file && from[*place].text.id.is_some();
        let lost: Vec<usize> =
            (0..from.len()).filter(named).filter(|place| self.found[*place].is_none()).collect();
        let bare = |place: &usize| {
            let unit = &to[*place];
            unit.file == file && unit.text.id.is_none() && unit.text.kind == UnitKind::Entry
        };
        let found: Vec<usize> =
            (0..to.len()).filter(bare).filter(|place| !self.taken.contains(place)).collect();
        let (old, new) = (words_of(from, &lost), words_of(to, &found));
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    for step in 0..len {
                        self.take(lost[old_index + step], found[new_index + step]);
                    }
                }
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    for &one in &lost[old_index..old_index + old_len] {
                        let alike = found[new_index..new_index + new_len].iter().find(|there| {
                            !self.taken.contains(there)
                                && likeness(&from[one].text.head, &to[**there].text.head)
                                    >= SAME_WORDS
                        });
                        if let Some(there) = alike {
                            self.take(one, *there);
                        }
                    }
                }
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
    }
}

fn words_of(units: &[Unit], places: &[usize]) -> Vec<String> {
    places.iter().map(|place| units[*place].words()).collect()
}

/// Returns the common part of two spans as a share of what they cover together.
pub(super) fn share(one: Span, other: Span) -> f64 {
    let cover = one.cover(other).duration().as_secs_f64();
    if cover > 0.0 { one.overlap(other).as_secs_f64() / cover } else { 0.0 }
}

/// Returns the share of words that two texts have in common (Dice).
fn likeness(one: &str, other: &str) -> f64 {
    let count = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for word in text.split_whitespace() {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
        counts
    };
    let (one, other) = (count(one), count(other));
    let total: usize = one.values().chain(other.values()).sum();
    let common = common(&one, &other);
    if total == 0 { 0.0 } else { 2.0 * common as f64 / total as f64 }
}

fn common<K: Hash + Eq>(one: &HashMap<K, usize>, other: &HashMap<K, usize>) -> usize {
    one.iter().map(|(word, count)| (*count).min(*other.get(word).unwrap_or(&0))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::unit::{Side, read};
    use super::*;
    use referat_core::time::Timestamp;

    fn units(text: &str, side: Side) -> Vec<Unit> {
        read(text, File::Open, side)
    }

    #[test]
    fn statements_pair_by_name_wherever_they_stand() {
        let base = units("- A. <!-- s-1 -->\n\n### B\n\n- C. <!-- s-2 -->\n", Side::Base);
        let ours = units("### B\n\n- C. <!-- s-2 -->\n- A! <!-- s-1 -->\n", Side::Ours);
        assert_eq!(pairs(&base, &ours, None), [Some(2), Some(0), Some(1)]);
    }

    #[test]
    fn statements_pair_by_time_when_names_changed() {
        let span =
            |start, end| Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap();
        let name = |id: &str| StatementId(id.to_owned());
        let before = Spans::from([(name("s-1"), span(0, 1000)), (name("s-2"), span(1000, 2000))]);
        let now = Spans::from([(name("s-8"), span(900, 2100)), (name("s-9"), span(100, 1000))]);
        let base = units("- A. <!-- s-1 -->\n- B. <!-- s-2 -->\n", Side::Base);
        let theirs = units("- C. <!-- s-8 -->\n- D. <!-- s-9 -->\n", Side::Theirs);
        assert_eq!(pairs(&base, &theirs, Some((&before, &now))), [Some(1), Some(0)]);
    }

    #[test]
    fn an_edited_paragraph_pairs_in_its_place_and_an_added_one_with_nothing() {
        let base = units("**Sted:**\n\nRådhuset\n\n**Afbud:**\n\nIda\n", Side::Base);
        let ours = units("**Sted:**\n\nRådhuset, sal 2\n\nNyt\n\n**Afbud:**\n\nIda\n", Side::Ours);
        assert_eq!(pairs(&base, &ours, None), [Some(0), Some(1), Some(3), Some(4)]);
    }

    #[test]
    fn a_statement_without_its_comment_is_still_known() {
        let base = units("- Kim takkede for alt. <!-- s-1 -->\n- B. <!-- s-2 -->\n", Side::Base);
        let ours = units("- Kim takkede for alt godt.\n- B.\n", Side::Ours);
        assert_eq!(pairs(&base, &ours, None), [Some(0), Some(1)]);
    }
}
