//! Speech told from silence by loudness alone, for when the Silero model is not there.
//!
//! A frame counts by how far it stands over the quietest moments around it: rooms differ, and
//! people pause even within a sentence. It takes doors and coughs for speech; the recogniser's
//! own guards deal with those, while speech that is missed here is lost.

use std::collections::VecDeque;

use super::spans::FRAME;

/// Frames before the judged one in which the quietest moment is looked for: 8 s.
const BEHIND: usize = 250;
/// Frames after it: 4 s, and so the delay of the judgement.
const AHEAD: usize = 125;
/// Level over the floor, in decibels, at which speech and silence are equally likely.
const EVEN_DB: f32 = 8.0;
/// Level under which nothing is told apart, in decibels under full scale: digital silence.
const SILENT_DB: f32 = -72.0;
/// Feedback of the filter that takes rumble and hum away: about 100 Hz at 16 kHz.
const RUMBLE: f32 = 0.96;

/// Judges frames some seconds late.
#[derive(Debug, Default)]
pub(super) struct EnergyJudge {
    /// Levels in decibels: up to [`BEHIND`] that are judged, then those that are not.
    levels: VecDeque<f32>,
    judged: usize,
    last_in: f32,
    last_out: f32,
}

impl EnergyJudge {
    /// Takes one frame and returns the likelihood of speech in the frame [`AHEAD`] before it,
    /// when there is one.
    pub(super) fn push(&mut self, frame: &[f32]) -> Option<f32> {
        let level = self.level(frame);
        self.levels.push_back(level);
        (self.levels.len() - self.judged > AHEAD).then(|| self.judge()).flatten()
    }

    /// Returns the likelihood in the next frame that is not judged, until there is none.
    pub(super) fn judge(&mut self) -> Option<f32> {
        let level = *self.levels.get(self.judged)?;
        // Means of three frames: one odd frame is no pause.
        let mean = |at: usize| (self.levels[at] + self.levels[at + 1] + self.levels[at + 2]) / 3.0;
        let quietest = (0..self.levels.len().saturating_sub(2)).map(mean).fold(f32::MAX, f32::min);
        let floor = if quietest == f32::MAX { SILENT_DB } else { quietest };
        if self.judged == BEHIND {
            self.levels.pop_front();
        } else {
            self.judged += 1;
        }
        Some(((level - floor) / (2.0 * EVEN_DB)).clamp(0.0, 1.0))
    }

    fn level(&mut self, frame: &[f32]) -> f32 {
        let mut power = 0.0_f32;
        for sample in frame {
            self.last_out = RUMBLE * (self.last_out + sample - self.last_in);
            self.last_in = *sample;
            power += self.last_out * self.last_out;
        }
        (10.0 * (power / FRAME as f32).log10()).max(SILENT_DB)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise of a fixed seed whose strength changes from stretch to stretch.
    fn noise(stretches: &[(usize, f32)]) -> Vec<f32> {
        let mut seed = 1_u32;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        let each = stretches.iter().flat_map(|(frames, gain)| vec![*gain; frames * FRAME]);
        each.map(|gain| gain * next()).collect()
    }

    fn judged(stretches: &[(usize, f32)]) -> Vec<f32> {
        let mut judge = EnergyJudge::default();
        let mut out: Vec<f32> =
            noise(stretches).chunks(FRAME).filter_map(|frame| judge.push(frame)).collect();
        while let Some(likelihood) = judge.judge() {
            out.push(likelihood);
        }
        out
    }

    #[test]
    fn every_frame_is_judged_once() {
        assert_eq!(judged(&[(1000, 0.1)]).len(), 1000);
        assert_eq!(judged(&[(7, 0.1)]).len(), 7);
    }

    #[test]
    fn loud_stretches_stand_out_of_the_rooms_noise() {
        let found = judged(&[(50, 0.002), (60, 0.1), (50, 0.002)]);
        assert!(found[..50].iter().all(|likelihood| *likelihood < 0.35));
        assert!(found[50..110].iter().all(|likelihood| *likelihood > 0.9));
        assert!(found[112..].iter().all(|likelihood| *likelihood < 0.35));
    }

    #[test]
    fn steady_noise_and_digital_silence_are_no_speech() {
        assert!(judged(&[(500, 0.1)]).iter().all(|likelihood| *likelihood < 0.35));
        assert!(judged(&[(500, 0.0)]).iter().all(|likelihood| *likelihood == 0.0));
    }
}
