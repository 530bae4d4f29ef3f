//! Scores of a division by item and by speaker against a reference. Pure functions.

/// What a reference says of one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Place of the item in the agenda; absent before the first.
    pub item: Option<usize>,
    /// Items that are right as well, because they were debated together with it.
    pub also: Vec<usize>,
    /// Who spoke; absent when the reference does not say.
    pub speaker: Option<String>,
    /// Whether the speaker is the chair, whose words are counted apart.
    pub chair: bool,
    /// What the segment counts: its words, or milliseconds.
    pub weight: u64,
}

/// Right of all, and right of what was asserted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Weight that was right.
    pub right: u64,
    /// Weight that was asserted.
    pub asserted: u64,
    /// Weight there was.
    pub all: u64,
}

impl Tally {
    /// Returns right of asserted; 1 when nothing was asserted.
    pub fn precision(&self) -> f64 {
        share(self.right, self.asserted)
    }

    /// Returns right of all; 1 when there was nothing.
    pub fn recall(&self) -> f64 {
        share(self.right, self.all)
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.asserted += other.asserted;
        self.all += other.all;
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Counts the weight whose item is right; `found` has one item per label.
pub fn items(labels: &[Label], found: &[Option<usize>]) -> Tally {
    let mut tally = Tally::default();
    for (label, item) in labels.iter().zip(found) {
        let also = item.is_some_and(|item| label.also.contains(&item));
        tally.all += label.weight;
        tally.asserted += label.weight;
        tally.right += if *item == label.item || also { label.weight } else { 0 };
    }
    tally
}

/// Counts boundaries that lie within `slack` segments of one in the reference, each once.
pub fn boundaries(labels: &[Label], found: &[Option<usize>], slack: usize) -> Tally {
    let wanted = changes(labels.iter().map(|label| label.item));
    let given = changes(found.iter().copied());
    let mut open = wanted.clone();
    let mut right = 0;
    for at in &given {
        if let Some(place) = open.iter().position(|want| want.abs_diff(*at) <= slack) {
            open.remove(place);
            right += 1;
        }
    }
    Tally { right, asserted: given.len() as u64, all: wanted.len() as u64 }
}

fn changes(items: impl Iterator<Item = Option<usize>>) -> Vec<usize> {
    let items: Vec<_> = items.collect();
    (1..items.len()).filter(|at| items[*at] != items[*at - 1]).collect()
}

/// Returns Pk and WindowDiff: the share of windows of half a mean passage whose ends are wrongly
/// held together or apart, and whose number of boundaries is wrong.
pub fn windows(labels: &[Label], found: &[Option<usize>]) -> (f64, f64) {
    let wanted = changes(labels.iter().map(|label| label.item));
    let given = changes(found.iter().copied());
    let length = labels.len().min(found.len());
    let width = (length / (2 * (wanted.len() + 1))).max(1);
    let spans = length.saturating_sub(width);
    if spans == 0 {
        return (0.0, 0.0);
    }
    let between = |cuts: &[usize], at: usize| {
        cuts.iter().filter(|cut| **cut > at && **cut <= at + width).count()
    };
    let (mut apart, mut differing) = (0_u64, 0_u64);
    for at in 0..spans {
        let (want, got) = (between(&wanted, at), between(&given, at));
        apart += u64::from((want > 0) != (got > 0));
        differing += u64::from(want != got);
    }
    (share(apart, spans as u64), share(differing, spans as u64))
}

/// Counts the weight whose speaker is right: first everybody but the chair, then the chair.
/// Words wrongly given to the chair count against the others' precision.
pub fn speakers(labels: &[Label], found: &[Option<&str>]) -> (Tally, Tally) {
    let (mut others, mut chair) = (Tally::default(), Tally::default());
    for (label, name) in labels.iter().zip(found) {
        let Some(speaker) = &label.speaker else { continue };
        let tally = if label.chair { &mut chair } else { &mut others };
        tally.all += label.weight;
        if let Some(name) = name {
            tally.asserted += label.weight;
            tally.right += if name == speaker { label.weight } else { 0 };
        }
    }
    (others, chair)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(item: usize, speaker: &str, weight: u64) -> Label {
        let speaker = Some(speaker.to_owned());
        Label { item: Some(item), speaker, weight, ..Label::default() }
    }

    #[test]
    fn items_are_weighted_and_jointly_debated_ones_count() {
        let mut labels = vec![label(0, "A", 10), label(1, "A", 30), label(2, "A", 60)];
        labels[2].also = vec![3];
        assert_eq!(items(&labels, &[Some(0), Some(0), Some(3)]).recall(), 0.7);
    }

    #[test]
    fn a_boundary_within_a_segment_of_the_right_place_counts_once() {
        let labels = [label(0, "A", 1), label(0, "A", 1), label(1, "A", 1), label(1, "A", 1)];
        let exact = [Some(0), Some(0), Some(1), Some(1)];
        assert_eq!(boundaries(&labels, &exact, 1), Tally { right: 1, asserted: 1, all: 1 });
        let split = [Some(0), Some(1), Some(0), Some(1)];
        assert_eq!(boundaries(&labels, &split, 1), Tally { right: 1, asserted: 3, all: 1 });
        assert_eq!(windows(&labels, &exact), (0.0, 0.0));
        assert!(windows(&labels, &split).1 > 0.5);
    }

    #[test]
    fn an_unnamed_speaker_costs_recall_and_a_wrong_one_precision() {
        let mut labels = vec![label(0, "A", 10), label(0, "B", 10), label(0, "C", 20)];
        labels[2].chair = true;
        let (others, chair) = speakers(&labels, &[Some("A"), None, Some("A")]);
        assert_eq!((others.precision(), others.recall()), (1.0, 0.5));
        assert_eq!((chair.precision(), chair.recall()), (0.0, 0.0));
    }
}
