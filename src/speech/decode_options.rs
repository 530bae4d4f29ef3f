//! How a model is decoded, where models differ.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::recognizer::MAX_WINDOW;

/// What a model asks of its decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecodeOptions {
    /// The longest window; at most [`MAX_WINDOW`].
    pub longest_window: Duration,
    /// How many likely texts are followed at once, 1 to 8; 1 takes the likeliest token.
    pub beam_size: u8,
    /// Whether each window is told the sentence before it.
    pub previous_sentence: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { longest_window: MAX_WINDOW, beam_size: 1, previous_sentence: false }
    }
}
