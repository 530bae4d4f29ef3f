//! Writes whisper.cpp's ggml file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use half::f16;

use super::{Dimensions, Weights, mel};
use crate::models::error::ModelError;

/// `ggml` in the order a little-endian reader sees it.
const MAGIC: u32 = 0x6767_6d6c;

/// Type codes of tensors, and of files that mostly hold them.
const TYPE_F32: i32 = 0;
const TYPE_F16: i32 = 1;

/// Writes `weights` with their vocabulary to `target`: matrices and convolutions in 16 bits,
/// everything else in 32, as whisper.cpp's own converter does.
pub(super) fn write(
    weights: &impl Weights,
    tokens: &[Vec<u8>],
    target: &Path,
) -> Result<(), ModelError> {
    let failed = |source| ModelError::write(target, source);
    let file = File::options().create(true).write(true).truncate(true).open(target);
    let mut out = BufWriter::with_capacity(1 << 20, file.map_err(failed)?);
    let d = weights.dimensions();
    header(&mut out, d, tokens).map_err(failed)?;
    for Tensor { name, shape } in tensors(d) {
        let values = weights.tensor(&name, &shape)?;
        tensor(&mut out, &name, &shape, &values).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    out.get_ref().sync_all().map_err(failed)
}

fn int(out: &mut impl Write, value: usize) -> std::io::Result<()> {
    let value = i32::try_from(value).map_err(std::io::Error::other)?;
    out.write_all(&value.to_le_bytes())
}

fn header(out: &mut impl Write, d: Dimensions, tokens: &[Vec<u8>]) -> std::io::Result<()> {
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
        TYPE_F16 as usize,
        d.mels,
        mel::BINS,
    ] {
        int(out, value)?;
    }
    for weight in mel::filters(d.mels) {
        out.write_all(&weight.to_le_bytes())?;
    }
    int(out, tokens.len())?;
    for token in tokens {
        int(out, token.len())?;
        out.write_all(token)?;
    }
    Ok(())
}

fn tensor(
    out: &mut impl Write,
    name: &str,
    shape: &[usize],
    values: &[f32],
) -> std::io::Result<()> {
    let wide = shape.len() < 2
        || name.ends_with("positional_embedding")
        || (name.contains(".conv") && name.ends_with(".bias"));
    int(out, shape.len())?;
    int(out, name.len())?;
    out.write_all(&(if wide { TYPE_F32 } else { TYPE_F16 }).to_le_bytes())?;
    for length in shape.iter().rev() {
        int(out, *length)?;
    }
    out.write_all(name.as_bytes())?;
    for value in values {
        match wide {
            true => out.write_all(&value.to_le_bytes())?,
            false => out.write_all(&f16::from_f32(*value).to_le_bytes())?,
        }
    }
    Ok(())
}

/// A tensor of the file; the outer dimension stands first.
struct Tensor {
    name: String,
    shape: Vec<usize>,
}

/// Returns every tensor of a model of this shape. A Whisper key has no bias.
fn tensors(d: Dimensions) -> Vec<Tensor> {
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
