//! Where each of her units comes among those of the other text.

use std::collections::HashSet;

use super::matching::{self, Pairs, Spans};
use super::order;
use super::settle::settled;
use super::unit::{File, Unit};
use super::writers::{Merging, OtherWriter};
use crate::markdown::units::UnitKind;
use referat_core::remark::Remark;

/// Three texts as units, and where each unit of hers comes among the new ones.
pub(super) struct Placement<'v> {
    merging: Merging<'v>,
    before: Vec<Unit>,
    hers: Vec<Unit>,
    now: Vec<Unit>,
    to_hers: Pairs,
    to_new: Pairs,
    of_hers: Pairs,
    of_new: Pairs,
    /// What stands in the place of each new unit.
    placed: Vec<Option<Unit>>,
    /// What follows each new unit.
    followers: Vec<Vec<Unit>>,
    /// What stands before all new units of each file.
    front: [Vec<Unit>; 2],
    /// New proposals.
    pub(super) conflicts: usize,
    /// Her units that the machine no longer has.
    kept: usize,
}

impl<'v> Placement<'v> {
    /// Pairs the units of the three texts; `spans` are those of the statements in `before` and
    /// `now`.
    pub(super) fn new(
        [before, hers, now]: [Vec<Unit>; 3],
        spans: (&Spans, &Spans),
        merging: Merging<'v>,
    ) -> Self {
        let to_hers = matching::pairs(&before, &hers, None);
        let to_new = matching::pairs(&before, &now, Some(spans));
        Self {
            of_hers: inverse(&to_hers, hers.len()),
            of_new: inverse(&to_new, now.len()),
            followers: vec![Vec::new(); now.len()],
            placed: vec![None; now.len()],
            front: [Vec::new(), Vec::new()],
            conflicts: 0,
            kept: 0,
            merging,
            before,
            hers,
            now,
            to_hers,
            to_new,
        }
    }

    /// Puts each of her units into its place among the new ones.
    pub(super) fn place_hers(&mut self) {
        let moved = self.moved();
        let direct = matching::pairs(&self.hers, &self.now, None);
        let mut at: Option<usize> = None;
        let mut file = File::Open;
        for place in 0..self.hers.len() {
            let unit = self.hers[place].clone();
            if unit.file != file {
                (file, at) = (unit.file, None);
            }
            let base = self.of_hers[place].map(|base| self.before[base].clone());
            let new = match self.of_hers[place] {
                Some(base) => self.to_new[base],
                // What both go out from did not have it; the new one and she do.
                None => direct[place].filter(|new| {
                    let same = self.merging.other == OtherWriter::Person
                        && unit.words() == self.now[*new].words();
                    (unit.text.id.is_some() || same) && self.of_new[*new].is_none()
                }),
            };
            let settled =
                settled(base.as_ref(), &unit, new.map(|new| &self.now[new]), self.merging);
            let touched = base.as_ref().is_none_or(|base| {
                base.words() != unit.words()
                    || (base.text.body != unit.text.body && !only_less(base, &unit))
            });
            // What the machine has under a closed item never comes into the open text, also
            // not when she moved it there or its neighbours go there.
            let lands = at.map_or(file, |at| self.now[at].file);
            let closes =
                lands == File::Open && new.is_some_and(|new| self.now[new].file == File::Closed);
            match new {
                Some(new) if !moved[place] || closes => {
                    self.conflicts += usize::from(settled.conflict);
                    self.placed[new] = Some(Unit { file: self.now[new].file, ..settled.unit });
                    self.followers[new].splice(0..0, settled.extra);
                    // What stands beside a closed statement never follows it into the open.
                    if file == File::Open || self.now[new].file == File::Closed {
                        at = Some(new);
                    }
                }
                _ if touched || new.is_some() => {
                    self.conflicts += usize::from(settled.conflict);
                    self.kept += usize::from(base.is_some() && new.is_none());
                    self.put_after(at, file, settled.unit);
                    if let Some(extra) = settled.extra {
                        self.put_after(at, file, extra);
                    }
                }
                _ => {}
            }
            if let Some(other) = base.and_then(|base| self.other_side(&base, new)) {
                at = Some(other);
            }
        }
    }

    fn put_after(&mut self, at: Option<usize>, file: File, unit: Unit) {
        match at {
            Some(at) => {
                let file = self.now[at].file;
                self.followers[at].push(Unit { file, ..unit });
            }
            None => self.front[file as usize].push(unit),
        }
    }

    /// Tells which of her units she moved.
    fn moved(&self) -> Vec<bool> {
        let mut sequence = Vec::new();
        for (place, base) in self.of_hers.iter().enumerate() {
            if let Some(base) = base.filter(|base| self.before[*base].file == self.hers[place].file)
            {
                let heading = matches!(self.before[base].text.kind, UnitKind::Heading(_));
                sequence.push((place, base, if heading { 1000 } else { 1 }));
            }
        }
        let order: Vec<(usize, u64)> =
            sequence.iter().map(|(_, base, weight)| (*base, *weight)).collect();
        let mut moved: Vec<bool> = self.of_hers.iter().map(Option::is_some).collect();
        for ((place, _, _), kept) in sequence.iter().zip(order::kept(&order)) {
            moved[*place] = !kept;
        }
        moved
    }

    /// Returns the heading in the other file that an item's text goes to, when `heading` is an
    /// item's that was closed or opened again since the last draft.
    fn other_side(&self, heading: &Unit, new: Option<usize>) -> Option<usize> {
        if !matches!(heading.text.kind, UnitKind::Heading(3..)) {
            return None;
        }
        let other = |units: &[Unit], words: &str| {
            units.iter().position(|unit| {
                unit.file != heading.file
                    && unit.text.kind == heading.text.kind
                    && unit.words() == words
            })
        };
        let words = new.map_or_else(|| heading.words(), |new| self.now[new].words());
        let there = other(&self.now, &words)?;
        let stays = new.is_some_and(|new| self.now[new].file == heading.file);
        let was_there = other(&self.before, &heading.words()).is_some();
        (!stays || !was_there).then_some(there)
    }

    /// Returns the new statements that come from what she deleted under another name.
    pub(super) fn left_out(&self, (before, now): (&Spans, &Spans)) -> HashSet<usize> {
        let deleted = |place: usize| self.to_hers[place].is_none();
        let comes_from_deleted = |place: &usize| {
            let span = self.now[*place].text.id.as_ref().and_then(|id| now.get(id));
            let Some(span) = span else { return false };
            let source = self.before.iter().enumerate().filter_map(|(place, unit)| {
                let other = before.get(unit.text.id.as_ref()?)?;
                Some((span.overlap(*other), matching::share(*span, *other), place))
            });
            let best = source.max_by(|one, two| {
                (one.0.cmp(&two.0)).then(one.1.total_cmp(&two.1)).then(two.2.cmp(&one.2))
            });
            best.is_some_and(|(common, _, source)| deleted(source) && common * 2 > span.duration())
        };
        let new = |place: &usize| self.of_new[*place].is_none() && self.placed[*place].is_none();
        (0..self.now.len()).filter(new).filter(comes_from_deleted).collect()
    }

    /// Returns the merged units of one file.
    pub(super) fn written(&self, file: File, left_out: &HashSet<usize>) -> Vec<Unit> {
        let mut out = self.front[file as usize].clone();
        for (place, unit) in self.now.iter().enumerate().filter(|(_, unit)| unit.file == file) {
            match &self.placed[place] {
                Some(unit) => out.push(unit.clone()),
                None if self.is_new(place, left_out)
                    || self.heads_only_new(place, left_out)
                    || self.comes_back(place) =>
                {
                    out.push(unit.clone());
                }
                None => {}
            }
            out.extend(self.followers[place].iter().cloned());
        }
        out
    }

    /// Returns whether another person changed what she deleted.
    fn comes_back(&self, place: usize) -> bool {
        let (OtherWriter::Person, Some(base)) = (self.merging.other, self.of_new[place]) else {
            return false;
        };
        let (before, now) = (&self.before[base], &self.now[place]);
        self.to_hers[base].is_none()
            && (before.words() != now.words() || before.text.body != now.text.body)
    }

    fn is_new(&self, place: usize, left_out: &HashSet<usize>) -> bool {
        self.of_new[place].is_none() && !left_out.contains(&place)
    }

    /// Returns whether a heading that she deleted is needed again: there are new statements
    /// under it, which must not stand under another item, and nothing of hers.
    fn heads_only_new(&self, place: usize, left_out: &HashSet<usize>) -> bool {
        let UnitKind::Heading(level) = self.now[place].text.kind else { return false };
        let end =
            |unit: &Unit| matches!(unit.text.kind, UnitKind::Heading(other) if other <= level);
        let file = self.now[place].file;
        let after = self.now[place + 1..].iter().take_while(|unit| !end(unit) && unit.file == file);
        let range = place + 1..place + 1 + after.count();
        let goes = self.of_new[place].is_some_and(|base| self.to_hers[base].is_none());
        goes && range.clone().all(|at| self.placed[at].is_none())
            && range.clone().any(|at| self.now[at].text.id.is_some() && self.is_new(at, left_out))
    }

    pub(super) fn remarks(&self, left_out: usize) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut tell = |count: usize, one: &str, many: &str| match count {
            0 => {}
            1 => remarks.push(Remark::on_whole(one.to_owned())),
            _ => remarks.push(Remark::on_whole(many.replace("{}", &count.to_string()))),
        };
        tell(
            self.conflicts,
            "1 new proposal stands beside an edited text: delete the one that is not to stay",
            "{} new proposals stand beside edited texts: delete the ones that are not to stay",
        );
        tell(
            self.kept,
            "1 edited text is kept that the new draft does not have",
            "{} edited texts are kept that the new draft does not have",
        );
        tell(
            left_out,
            "1 new statement is left out: it comes from one that was deleted",
            "{} new statements are left out: they come from ones that were deleted",
        );
        remarks
    }
}

/// Returns whether a body only lost lines.
fn only_less(base: &Unit, ours: &Unit) -> bool {
    ours.text.body.iter().all(|line| base.text.body.contains(line))
}

fn inverse(pairs: &Pairs, length: usize) -> Pairs {
    let mut inverse = vec![None; length];
    for (from, to) in pairs.iter().enumerate() {
        if let Some(to) = to {
            inverse[*to] = Some(from);
        }
    }
    inverse
}
