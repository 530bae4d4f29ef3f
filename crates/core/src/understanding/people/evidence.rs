//! The two or three strongest reasons for or against a voice's name, in words.

use super::context::Told;
use super::floor::Floor;
use super::pairs::{Hint, Pairs};
use super::register::NamedBy;
use crate::domain::named_voice::{HintKind, VoiceHint};
use crate::time::Timestamp;

/// Reasons kept of one voice.
const KEPT: usize = 3;
/// A reason that counts for less is not worth a look.
const WEIGHTY: f32 = 0.7;

/// Returns the reasons, the strongest first. Times are those of the turns.
pub(super) fn of(
    floor: &Floor,
    pairs: &Pairs,
    voice: usize,
    candidate: usize,
    set: bool,
) -> Vec<VoiceHint> {
    let mut found: Vec<(f32, VoiceHint)> = Vec::new();
    let at_ms = |turn: usize| floor.turns.get(turn).map_or(Timestamp::ZERO, |turn| turn.start);
    let first = floor.turns.iter().position(|turn| turn.voice == voice).unwrap_or_default();
    let mut whole = |kind: HintKind, weight: f32| {
        let quote = String::new();
        let (at_ms, supports) = (at_ms(first), weight > 0.0);
        found.push((weight, VoiceHint { kind, quote, at_ms, supports }));
    };
    if set {
        whole(HintKind::Referent, 100.0);
    }
    let values = pairs.values.get(voice).and_then(|rows| rows.get(candidate));
    let listed = floor.register.people.get(candidate);
    if let (Some(values), Some(listed)) = (values, listed) {
        if pairs.chairs[voice] > 0.5 && values[12] > 0.0 {
            whole(HintKind::Chair, 4.0 * values[12]);
        } else if listed.chair && values[12] < -0.5 {
            whole(HintKind::Chair, 2.0 * values[12]);
        }
        if values[18] > 0.4 {
            whole(HintKind::Presenter, 2.0 * values[18] + values[19]);
        }
    }
    for hint in pairs.hints.iter().filter(|one| one.voice == voice && one.person == candidate) {
        let quote = floor.quote(hint.turn, hint.words);
        let (at_ms, supports) = (at_ms(hint.turn), hint.weight > 0.0);
        found.push((hint.weight, VoiceHint { kind: kind(floor, hint), quote, at_ms, supports }));
    }
    found.retain(|(weight, _)| weight.abs() >= WEIGHTY);
    found.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    found.into_iter().take(KEPT).map(|(_, hint)| hint).collect()
}

fn kind(floor: &Floor, hint: &Hint) -> HintKind {
    let (next, before) = floor.around(hint.turn);
    match hint.told {
        Told::Speaks => HintKind::Self_,
        _ if matches!(hint.by, NamedBy::Title | NamedBy::TitleTail) => HintKind::Title,
        Told::Next if next == before => HintKind::Reply,
        Told::Next => HintKind::Addressed,
        Told::Before | Told::Elsewhere => HintKind::Thanked,
    }
}
