//! Writes whisper.cpp's ggml file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::dimensions::Dimensions;
use super::mel;
use super::quantize::Precision;
use super::source::{Vocabulary, Weights};
use crate::error::ModelError;

/// `ggml` in the order a little-endian reader sees it.
pub(super) const MAGIC: u32 = 0x6767_6d6c;

/// The largest number in 16 bits; weights that are larger, or no numbers, are damage.
const LARGEST: f32 = 65_504.0;

/// Type code of tensors of 32-bit floats.
const TYPE_F32: i32 = 0;

/// Writes `weights` with their vocabulary to `target`: matrices in `precision`, convolutions
/// in 16 bits and everything else in 32, as whisper.cpp's own converters do.
pub(super) fn write(
    weights: &impl Weights,
    vocabulary: Vocabulary,
    precision: Precision,
    target: &Path,
) -> Result<(), ModelError> {
    let failed = |source| ModelError::write(target, source);
    let d = weights.dimensions();
    let mut head = Vec::new();
    header(&mut head, d, &vocabulary, precision).map_err(failed)?;
    let tensors = tensors(d);
    let all = tensors.iter().map(|tensor| tensor.length(precision) as u64).sum::<u64>();
    super::super::room::check(target, all + head.len() as u64)?;
    let file = File::options().create(true).write(true).truncate(true).open(target);
    let mut out = BufWriter::with_capacity(1 << 20, file.map_err(failed)?);
    out.write_all(&head).map_err(failed)?;
    for tensor in tensors {
        let values = weights.tensor(&tensor.name, &tensor.shape)?;
        if !values.iter().all(|value| value.abs() <= LARGEST) {
            return Err(
                weights.refuse(format!("`{}` holds values that are no weights", tensor.name))
            );
        }
        tensor.write(&mut out, &values, precision).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    out.get_ref().sync_all().map_err(failed)
}

fn int(out: &mut impl Write, value: usize) -> std::io::Result<()> {
    let value = i32::try_from(value).map_err(std::io::Error::other)?;
    out.write_all(&value.to_le_bytes())
}

fn header(
    out: &mut impl Write,
    d: Dimensions,
    vocabulary: &Vocabulary,
    precision: Precision,
) -> std::io::Result<()> {
    out.write_all(&MAGIC.to_le_bytes())?;
    let heads = |state: usize| state / Dimensions::HEAD;
    for value in [
        d.vocabulary,
        d.audio_context,
        d.audio_state,
        heads(d.audio_state),
        d.audio_layers,
        d.text_context,
        d.text_state,
        heads(d.text_state),
        d.text_layers,
        d.mels,
        precision.file_type(),
        d.mels,
        mel::BINS,
    ] {
        int(out, value)?;
    }
    for weight in &vocabulary.filters {
        out.write_all(&weight.to_le_bytes())?;
    }
    int(out, vocabulary.tokens.len())?;
    for token in &vocabulary.tokens {
        int(out, token.len())?;
        out.write_all(token)?;
    }
    Ok(())
}

/// A tensor of the file; the outer dimension stands first.
pub(super) struct Tensor {
    /// whisper.cpp's name for it.
    pub(super) name: String,
    /// Its lengths.
    pub(super) shape: Vec<usize>,
}

impl Tensor {
    /// Returns how the tensor is stored in a file of `precision`; nothing for 32-bit floats.
    fn precision(&self, precision: Precision) -> Option<Precision> {
        let wide = self.shape.len() < 2
            || self.name.ends_with("positional_embedding")
            || (self.name.contains(".conv") && self.name.ends_with(".bias"));
        match self.shape.len() {
            _ if wide => None,
            2 => Some(precision),
            _ => Some(Precision::F16),
        }
    }

    /// Returns the bytes it takes in a file of `precision`.
    fn length(&self, precision: Precision) -> usize {
        let count: usize = self.shape.iter().product();
        let values = self.precision(precision).map_or(count * 4, |p| p.bytes(count));
        12 + 4 * self.shape.len() + self.name.len() + values
    }

    fn write(
        &self,
        out: &mut impl Write,
        values: &[f32],
        precision: Precision,
    ) -> std::io::Result<()> {
        let stored = self.precision(precision);
        int(out, self.shape.len())?;
        int(out, self.name.len())?;
        out.write_all(&stored.map_or(TYPE_F32, Precision::tensor_type).to_le_bytes())?;
        for length in self.shape.iter().rev() {
            int(out, *length)?;
        }
        out.write_all(self.name.as_bytes())?;
        let mut bytes = Vec::new();
        // In pieces, so that the encoded copy stays small.
        for piece in values.chunks(1 << 16) {
            bytes.clear();
            match stored {
                Some(stored) => stored.encode(piece, &mut bytes),
                None => bytes.extend(piece.iter().flat_map(|value| value.to_le_bytes())),
            }
            out.write_all(&bytes)?;
        }
        Ok(())
    }
}

/// Returns every tensor of a model of this shape. A Whisper key has no bias.
pub(super) fn tensors(d: Dimensions) -> Vec<Tensor> {
    let mut all = Vec::new();
    let mut add = |name: String, shape: &[usize]| all.push(Tensor { name, shape: shape.to_vec() });
    let (audio, text) = (d.audio_state, d.text_state);
    add("encoder.positional_embedding".into(), &[d.audio_context, audio]);
    add("encoder.conv1.weight".into(), &[audio, d.mels, 3]);
    add("encoder.conv1.bias".into(), &[audio, 1]);
    add("encoder.conv2.weight".into(), &[audio, audio, 3]);
    add("encoder.conv2.bias".into(), &[audio, 1]);
    for layer in 0..d.audio_layers {
        block(&format!("encoder.blocks.{layer}"), audio, &["attn"], &mut add);
    }
    add("encoder.ln_post.weight".into(), &[audio]);
    add("encoder.ln_post.bias".into(), &[audio]);
    add("decoder.positional_embedding".into(), &[d.text_context, text]);
    add("decoder.token_embedding.weight".into(), &[d.vocabulary, text]);
    for layer in 0..d.text_layers {
        block(&format!("decoder.blocks.{layer}"), text, &["attn", "cross_attn"], &mut add);
    }
    add("decoder.ln.weight".into(), &[text]);
    add("decoder.ln.bias".into(), &[text]);
    all
}

fn block(at: &str, state: usize, attentions: &[&str], add: &mut impl FnMut(String, &[usize])) {
    for attention in attentions {
        add(format!("{at}.{attention}_ln.weight"), &[state]);
        add(format!("{at}.{attention}_ln.bias"), &[state]);
        for part in ["query", "key", "value", "out"] {
            add(format!("{at}.{attention}.{part}.weight"), &[state, state]);
            if part != "key" {
                add(format!("{at}.{attention}.{part}.bias"), &[state]);
            }
        }
    }
    add(format!("{at}.mlp_ln.weight"), &[state]);
    add(format!("{at}.mlp_ln.bias"), &[state]);
    add(format!("{at}.mlp.0.weight"), &[4 * state, state]);
    add(format!("{at}.mlp.0.bias"), &[4 * state]);
    add(format!("{at}.mlp.2.weight"), &[state, 4 * state]);
    add(format!("{at}.mlp.2.bias"), &[state]);
}
