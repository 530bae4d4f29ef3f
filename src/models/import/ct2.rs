//! CTranslate2's `model.bin`: binary version 6, `WhisperSpec` revision 3, little endian.

use std::collections::HashMap;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use memmap2::Mmap;

use super::{Dimensions, Weights};
use crate::models::error::ModelError;

/// An opened file; values are read from it as they are asked for.
pub(super) struct Ct2 {
    path: PathBuf,
    bytes: Mmap,
    variables: HashMap<String, Variable>,
    dimensions: Dimensions,
}

struct Variable {
    shape: Vec<usize>,
    kind: u8,
    data: Range<usize>,
}

const F32: u8 = 0;
const I8: u8 = 1;
const F16: u8 = 4;
const BF16: u8 = 5;

/// No Whisper model has more variables or dimensions than this; a larger number is damage.
const MOST_VARIABLES: u32 = 100_000;

/// Opens a CTranslate2 Whisper model.
pub(super) fn open(path: &Path) -> Result<Ct2, ModelError> {
    let file = File::open(path).map_err(|source| ModelError::read(path, source))?;
    // SAFETY: the map is read-only and private to this process; should another process cut the
    // file off meanwhile, the read faults, which no safe way of reading a map can prevent.
    let bytes = unsafe { Mmap::map(&file) }.map_err(|source| ModelError::read(path, source))?;
    let form = |why: String| ModelError::Form { path: path.to_owned(), why };
    let variables = Cursor { bytes: &bytes, at: 0 }.variables().map_err(form)?;
    let dimensions = dimensions(&variables).map_err(form)?;
    Ok(Ct2 { path: path.to_owned(), bytes, variables, dimensions })
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| format!("the file ends within {} bytes", self.at))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self, width: usize) -> Result<u32, String> {
        let bytes = self.take(width)?;
        Ok(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    }

    fn string(&mut self) -> Result<String, String> {
        let length = self.number(2)? as usize;
        let bytes = self.take(length)?;
        let text = bytes.strip_suffix(&[0]).unwrap_or(bytes);
        String::from_utf8(text.to_vec()).map_err(|_| "a name is not UTF-8".to_owned())
    }

    fn variables(mut self) -> Result<HashMap<String, Variable>, String> {
        let version = self.number(4)?;
        if version != 6 {
            return Err(format!("it is no CTranslate2 model of version 6 (found {version})"));
        }
        let spec = self.string()?;
        if spec != "WhisperSpec" {
            return Err(format!("it is a `{spec}` model, not a Whisper model"));
        }
        self.number(4)?;
        let count = self.number(4)?;
        if count > MOST_VARIABLES {
            return Err(format!("it claims {count} variables"));
        }
        let mut variables = HashMap::new();
        for _ in 0..count {
            let name = self.string()?;
            let rank = self.number(1)?;
            let shape: Vec<usize> =
                (0..rank).map(|_| self.number(4).map(|n| n as usize)).collect::<Result<_, _>>()?;
            let kind = self.number(1)? as u8;
            let length = self.number(4)? as usize;
            let begin = self.at;
            self.take(length)?;
            variables.insert(name, Variable { shape, kind, data: begin..self.at });
        }
        Ok(variables)
    }
}

fn dimensions(variables: &HashMap<String, Variable>) -> Result<Dimensions, String> {
    let shape = |name: &str, rank: usize| {
        let found = variables.get(name).filter(|variable| variable.shape.len() == rank);
        found.map(|variable| &variable.shape).ok_or_else(|| format!("it has no `{name}`"))
    };
    let layers = |side: &str| {
        (0..)
            .take_while(|n| {
                variables.contains_key(&format!("{side}/layer_{n}/self_attention/linear_0/weight"))
            })
            .count()
    };
    let convolution = shape("encoder/conv1/weight", 3)?;
    let embeddings = shape("decoder/embeddings/weight", 2)?;
    let positions = shape("decoder/position_encodings/encodings", 2)?;
    let audio_context = shape("encoder/position_encodings/encodings", 2).map_or(1500, |s| s[0]);
    Ok(Dimensions {
        vocabulary: embeddings[0],
        audio_context,
        audio_state: convolution[0],
        audio_layers: layers("encoder"),
        text_context: positions[0],
        text_state: embeddings[1],
        text_layers: layers("decoder"),
        mels: convolution[1],
    })
}

impl Weights for Ct2 {
    fn dimensions(&self) -> Dimensions {
        self.dimensions
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let form = |why: String| ModelError::Form { path: self.path.clone(), why };
        let (variable, third) =
            place(name).ok_or_else(|| form(format!("no place for `{name}`")))?;
        if variable == ENCODER_POSITIONS && !self.variables.contains_key(&variable) {
            return Ok(sinusoids(shape[0], shape[1]));
        }
        let found = self.variables.get(&variable);
        let found = found.ok_or_else(|| form(format!("it has no `{variable}`")))?;
        let wanted: usize = shape.iter().product();
        let values =
            self.values(&variable, found, third.map(|third| third * wanted..(third + 1) * wanted));
        let values = values.map_err(form)?;
        if values.len() != wanted {
            let got = &found.shape;
            return Err(form(format!("`{variable}` has the shape {got:?}, not {shape:?}")));
        }
        Ok(values)
    }
}

impl Ct2 {
    /// Returns the values of a variable, or of a range of them.
    fn values(
        &self,
        name: &str,
        variable: &Variable,
        range: Option<Range<usize>>,
    ) -> Result<Vec<f32>, String> {
        let width = match variable.kind {
            F32 => 4,
            F16 | BF16 => 2,
            I8 => 1,
            other => return Err(format!("`{name}` has values of kind {other}")),
        };
        let data = &self.bytes[variable.data.clone()];
        let count: usize = variable.shape.iter().product();
        if count.checked_mul(width) != Some(data.len()) {
            return Err(format!("`{name}` has {} bytes for {:?}", data.len(), variable.shape));
        }
        let range = range.unwrap_or(0..count);
        let bytes = data
            .get(range.start * width..range.end * width)
            .ok_or_else(|| format!("`{name}` is too short: {:?}", variable.shape))?;
        Ok(match variable.kind {
            F32 => each(bytes, |b: [u8; 4]| f32::from_le_bytes(b)),
            F16 => each(bytes, |b: [u8; 2]| f16::from_le_bytes(b).to_f32()),
            BF16 => each(bytes, |b: [u8; 2]| bf16::from_le_bytes(b).to_f32()),
            _ => {
                let row = variable.shape.iter().skip(1).product::<usize>().max(1);
                let scale = format!("{name}_scale");
                let scales = self.variables.get(&scale).ok_or(format!("it has no `{scale}`"))?;
                let scales = self.values(&scale, scales, None)?;
                let scale = |at: usize| scales.get((range.start + at) / row).copied();
                let unscaled = bytes.iter().enumerate();
                let values = unscaled.map(|(at, q)| Some(f32::from(*q as i8) / scale(at)?));
                values.collect::<Option<_>>().ok_or(format!("`{name}_scale` is too short"))?
            }
        })
    }
}

fn each<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    let chunk = |bytes: &[u8]| {
        let mut array = [0; N];
        array.copy_from_slice(bytes);
        value(array)
    };
    bytes.chunks_exact(N).map(chunk).collect()
}

const ENCODER_POSITIONS: &str = "encoder/position_encodings/encodings";

/// Returns the variable that holds whisper.cpp's tensor `name` and, where several are stacked
/// on each other, which of them it is.
fn place(name: &str) -> Option<(String, Option<usize>)> {
    let fixed = match name {
        "encoder.positional_embedding" => ENCODER_POSITIONS,
        "decoder.positional_embedding" => "decoder/position_encodings/encodings",
        "decoder.token_embedding.weight" => "decoder/embeddings/weight",
        "encoder.ln_post.weight" => "encoder/layer_norm/gamma",
        "encoder.ln_post.bias" => "encoder/layer_norm/beta",
        "decoder.ln.weight" => "decoder/layer_norm/gamma",
        "decoder.ln.bias" => "decoder/layer_norm/beta",
        "encoder.conv1.weight" => "encoder/conv1/weight",
        "encoder.conv1.bias" => "encoder/conv1/bias",
        "encoder.conv2.weight" => "encoder/conv2/weight",
        "encoder.conv2.bias" => "encoder/conv2/bias",
        _ => "",
    };
    if !fixed.is_empty() {
        return Some((fixed.to_owned(), None));
    }
    let (side, rest) = name.split_once(".blocks.")?;
    let (layer, rest) = rest.split_once('.')?;
    let (part, last) = rest.rsplit_once('.')?;
    let norm = if last == "weight" { "gamma" } else { "beta" };
    let (variable, third) = match part {
        "attn_ln" => (format!("self_attention/layer_norm/{norm}"), None),
        "cross_attn_ln" => (format!("attention/layer_norm/{norm}"), None),
        "mlp_ln" => (format!("ffn/layer_norm/{norm}"), None),
        "mlp.0" => (format!("ffn/linear_0/{last}"), None),
        "mlp.2" => (format!("ffn/linear_1/{last}"), None),
        "attn.query" => (format!("self_attention/linear_0/{last}"), Some(0)),
        "attn.key" => (format!("self_attention/linear_0/{last}"), Some(1)),
        "attn.value" => (format!("self_attention/linear_0/{last}"), Some(2)),
        "attn.out" => (format!("self_attention/linear_1/{last}"), None),
        "cross_attn.query" => (format!("attention/linear_0/{last}"), None),
        "cross_attn.key" => (format!("attention/linear_1/{last}"), Some(0)),
        "cross_attn.value" => (format!("attention/linear_1/{last}"), Some(1)),
        "cross_attn.out" => (format!("attention/linear_2/{last}"), None),
        _ => return None,
    };
    Some((format!("{side}/layer_{layer}/{variable}"), third))
}

/// Returns Whisper's fixed encoder positions: sines, then cosines, of wavelengths from 2π to
/// 10,000 · 2π.
fn sinusoids(length: usize, channels: usize) -> Vec<f32> {
    let half = channels / 2;
    let step = 10_000f64.ln() / (half.max(2) - 1) as f64;
    let mut values = Vec::with_capacity(length * channels);
    for position in 0..length {
        let angle = |n: usize| position as f64 * (-step * n as f64).exp();
        values.extend((0..half).map(|n| angle(n).sin() as f32));
        values.extend((0..half).map(|n| angle(n).cos() as f32));
    }
    values
}
