//! What every decoder hands over: pieces of interleaved samples, and how the stream went on.

use std::path::Path;

use super::error::AudioError;

/// A piece of sound as a decoder gives it.
#[derive(Debug, Default)]
pub(crate) struct SampleBlock {
    /// Samples per second of one channel.
    pub(crate) rate_hz: u32,
    /// Channels in `samples`, at least 1.
    pub(crate) channels: usize,
    /// Samples in -1..=1, one of each channel in turn.
    pub(crate) samples: Vec<f32>,
}

/// How a stream went on.
#[derive(Debug, PartialEq)]
pub(crate) enum ReadStep {
    /// The piece holds sound, possibly none.
    Sound,
    /// So many frames, at the rate of the previous piece, are missing before the next piece.
    Gap(u64),
    /// The stream is over as it should be.
    End,
    /// The stream is over because the rest cannot be read.
    Broken(String),
    /// The stream is over at the end of a file whose header gives no length.
    Unfinished,
}

/// Why a built-in decoder leaves a file to another one.
#[derive(Debug)]
pub(crate) enum Declined {
    /// The file is not of a kind or a codec that the decoder knows.
    Unknown(String),
    /// The file is of the decoder's own kind but too damaged to begin with.
    Damaged(String),
    /// The system failed.
    Failed(AudioError),
}

impl Declined {
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Failed(AudioError::Read { path: path.to_owned(), source })
    }
}
