//! From frames to turns in time.

use crate::floor::Speaking;
use crate::frames::{LEAD, STEP};

/// An unbroken stretch of one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceTurn {
    /// Where it begins, in milliseconds from the start.
    pub start_ms: u64,
    /// Where it ends.
    pub end_ms: u64,
    /// Which voice, counted from 0 in the order in which they are first heard.
    pub voice: usize,
    /// Whether another voice has the floor all the while.
    pub overlap: bool,
}

/// Returns the turns of both kinds, by their start.
pub(crate) fn turns(speaking: &[Speaking]) -> Vec<VoiceTurn> {
    let mut turns = one_kind(speaking.iter().map(|frame| frame.floor), false);
    turns.extend(one_kind(speaking.iter().map(|frame| frame.besides), true));
    turns.sort_by_key(|turn| (turn.start_ms, turn.overlap));
    let mut order = Vec::new();
    for turn in &mut turns {
        let known = order.iter().position(|voice| *voice == turn.voice);
        turn.voice = known.unwrap_or_else(|| {
            order.push(turn.voice);
            order.len() - 1
        });
    }
    turns
}

fn one_kind(frames: impl Iterator<Item = Option<usize>>, overlap: bool) -> Vec<VoiceTurn> {
    let mut turns: Vec<VoiceTurn> = Vec::new();
    let mut before = None;
    for (frame, voice) in frames.enumerate() {
        let at = |frame: usize| ((frame * STEP + LEAD) / 16) as u64;
        match voice {
            Some(voice) if before == Some(voice) => {
                if let Some(turn) = turns.last_mut() {
                    turn.end_ms = at(frame + 1);
                }
            }
            Some(voice) => {
                let (start_ms, end_ms) = (at(frame), at(frame + 1));
                turns.push(VoiceTurn { start_ms, end_ms, voice, overlap });
            }
            None => {}
        }
        before = voice;
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_in_order_of_time_and_voices_are_numbered_by_first_speech() {
        let speaking = |floor, besides| Speaking { floor, besides };
        let mut frames = vec![speaking(None, None); 10];
        frames.extend([speaking(Some(7), None); 100]);
        frames.extend([speaking(Some(7), Some(3)); 20]);
        frames.extend([speaking(Some(3), None); 50]);
        let turn =
            |start_ms, end_ms, voice, overlap| VoiceTurn { start_ms, end_ms, voice, overlap };
        let wanted =
            [turn(191, 2216, 0, false), turn(1878, 2216, 1, true), turn(2216, 3060, 1, false)];
        assert_eq!(turns(&frames), wanted);
    }
}
