//! Who spoke when: voices, never names.
//!
//! ```text
//! samples --segmentation--> frames --cut--> runs --pieces--> CAM++ --cluster, settle--> voices
//!                             |                                                          |
//!                             \--besides--> floor <--assign------------------------------/
//!                                             \--> turns
//! ```
//! The segmentation network hears ten seconds at a time: which of up to three voices speak in each
//! frame. What its windows agree on cuts speech into runs of one voice; CAM++ tells for each
//! second and a half of a run what the voice is like; alike pieces are one voice's.
//!
//! # Invariants
//! - A recording is gone through three times and never held. Three hours need less than 200 MB.
//! - Every sum has one order, with fused multiply-adds, on every machine: the same sound gives
//!   the same turns, bit by bit.
//! - What is kept of a voice, its embeddings, are biometric data: they live here, in memory,
//!   until the turns are known. Nothing here writes a file.
//!
//! # Why its own arithmetic
//! Measured on 2026-11-28, one core, AVX2: candle-core brings 90 crates and 2.4 MB, takes minutes
//! to compile, multiplies 15 GMAC/s and convolves pictures at 2; the kernel of `matrix.rs` does
//! 17 to 21 and reads its input where it lies, matrixmultiply 5 to 21 depending on the shape. Only
//! a kernel of our own has the same bits everywhere.

mod assign;
mod campplus;
mod cluster;
mod features;
mod floor;
mod folding;
mod frames;
mod listen;
mod loudness;
mod lstm;
mod matrix;
mod pieces;
mod segmentation;
mod settle;
mod sincnet;
mod turns;

use std::ops::Range;
use std::path::Path;

use referat_weights::tensors::{Refusal, TensorError, Tensors};

pub use self::settle::VoiceCount;
pub use self::turns::VoiceTurn;

use self::assign::{Assigning, Voiced};
use self::campplus::CampPlus;
use self::frames::{LEAD, STEP, VoiceFrames};
use self::listen::{Passes, WINDOW_HOP};
use self::loudness::SpeechLevel;
use self::segmentation::Segmentation;

/// Frames of a pause that belongs to the voice around it: 0.5 s. On the four synthetic meetings of
/// 2026-11-28 the errors of 6.5 % (no pause) become 4.4 %; the clips do not change.
const PAUSE: usize = 29;

/// A recording that can be gone through more than once.
pub trait Replay {
    /// Why it cannot be read.
    type Error;

    /// Gives all samples (16 kHz, mono) from the first to the last, in pieces.
    ///
    /// # Errors
    /// When it cannot be read.
    fn play(&mut self, take: &mut dyn FnMut(&[f32])) -> Result<(), Self::Error>;
}

/// Sound that is in memory.
impl Replay for &[f32] {
    type Error = std::convert::Infallible;

    fn play(&mut self, take: &mut dyn FnMut(&[f32])) -> Result<(), Self::Error> {
        take(self);
        Ok(())
    }
}

/// How often [`diarize`] goes through a recording.
pub const PASSES: u32 = 3;

/// Both networks: what voices are like, and when they speak.
#[derive(Debug)]
pub struct Networks {
    embedding: CampPlus,
    segmentation: Segmentation,
}

impl Networks {
    /// Reads the weights at `path`.
    ///
    /// # Errors
    /// When they cannot be read, or are not those of these networks.
    pub fn open(path: &Path) -> Result<Self, TensorError> {
        Self::new(&Tensors::open(path)?)
            .map_err(|reason| TensorError::Refused { path: path.to_owned(), reason })
    }

    /// Takes the weights from `tensors`.
    ///
    /// # Errors
    /// When one is missing or has another shape.
    pub fn new(tensors: &Tensors) -> Result<Self, Refusal> {
        Ok(Self { embedding: CampPlus::new(tensors)?, segmentation: Segmentation::new(tensors)? })
    }
}

/// Says who spoke when in a recording.
///
/// With `speech`, ranges of samples in which somebody speaks, the segmentation is not asked: half
/// the work, but voices that speak at once are not found, nor short answers within a range.
///
/// # Errors
/// When the recording cannot be read.
pub fn diarize<R: Replay>(
    networks: &Networks,
    recording: &mut R,
    speech: Option<&[Range<usize>]>,
    count: VoiceCount,
) -> Result<Vec<VoiceTurn>, R::Error> {
    let mut level = SpeechLevel::new();
    let mut samples = 0;
    recording.play(&mut |piece| {
        samples += piece.len();
        level.push(piece);
    })?;
    let passes = Passes { networks, gain: level.gain(), samples };
    let length = frames::count(samples);
    if let Some(spans) = speech {
        let pieces = pieces::of(spans);
        let embeddings = passes.embed(recording, &pieces, None)?;
        let voiced = Voiced::new(&pieces, &embeddings, Assigning::SPANS, count);
        return Ok(turns::turns(&voiced.floor(spans, &pieces, length)));
    }
    let windows = passes.windows(recording)?;
    let frames = VoiceFrames::of(&windows, WINDOW_HOP, samples);
    let place = |frame: usize| frame * STEP + LEAD;
    let runs: Vec<Range<usize>> =
        frames.runs().into_iter().map(|run| place(run.start)..place(run.end)).collect();
    let pieces = pieces::of(&runs);
    let embeddings = passes.embed(recording, &pieces, Some(&frames))?;
    let voiced = Voiced::new(&pieces, &embeddings, Assigning::RUNS, count);
    drop(embeddings);
    let mut speaking = voiced.floor(&runs, &pieces, length);
    floor::bridge(&mut speaking, PAUSE);
    floor::besides(&mut speaking, &frames, &windows, WINDOW_HOP, voiced.voices);
    Ok(turns::turns(&speaking))
}
