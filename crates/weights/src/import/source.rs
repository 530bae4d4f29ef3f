//! What a ggml file is written from: weights of any form, asked for by name, and a vocabulary.

use super::dimensions::Dimensions;
use crate::error::ModelError;

/// Weights that can be asked for by whisper.cpp's names.
pub(super) trait Weights {
    /// The model's shape.
    fn dimensions(&self) -> Dimensions;
    /// Returns the refusal of these weights, and why.
    fn refuse(&self, why: String) -> ModelError;
    /// Returns the tensor's values, outer dimension first; their number is that of `shape`.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError>;
}

/// What stands before the tensors of a ggml file.
pub(super) struct Vocabulary {
    pub(super) filters: Vec<f32>,
    pub(super) tokens: Vec<Vec<u8>>,
}
