//! Weights in other forms become a ggml file: tensor by tensor, so that memory holds one at a
//! time.

mod ct2;
mod ggml;
mod mel;
mod tokens;

use std::path::Path;

use super::error::ModelError;

/// The shape of a Whisper model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Dimensions {
    vocabulary: usize,
    audio_context: usize,
    audio_state: usize,
    audio_layers: usize,
    text_context: usize,
    text_state: usize,
    text_layers: usize,
    mels: usize,
}

impl Dimensions {
    /// Every head of every Whisper model is this wide.
    const HEAD: usize = 64;
}

/// Weights that can be asked for by whisper.cpp's names.
trait Weights {
    /// The model's shape.
    fn dimensions(&self) -> Dimensions;
    /// Returns the tensor's values, outer dimension first; they must be `shape` in number.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError>;
}

/// Converts a CTranslate2 `model.bin` with its `tokenizer.json` to a ggml file of 16-bit
/// weights at `target`.
pub fn from_ctranslate2(model: &Path, tokenizer: &Path, target: &Path) -> Result<(), ModelError> {
    let weights = ct2::open(model)?;
    let tokens = tokens::read(tokenizer)?;
    ggml::write(&weights, &tokens, target)
}
