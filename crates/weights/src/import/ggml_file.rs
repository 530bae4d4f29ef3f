//! Reads whisper.cpp's ggml file: to check it before it is installed, and to quantise it.

use std::collections::HashMap;
use std::fs::File;
use std::ops::Range;
use std::path::Path;

use super::bytes::{Bytes, Cursor, count, f32s};
use super::dimensions::Dimensions;
use super::dimensions::ordinary_tokens;
use super::quantize::Precision;
use super::quantize::{BLOCK, decode};
use super::source::{Vocabulary, Weights};
use super::{ggml, mel};
use crate::error::ModelError;

/// An opened file that is whole: every tensor is there, in its shape, and nothing follows.
pub(super) struct GgmlFile {
    bytes: Bytes,
    dimensions: Dimensions,
    vocabulary: Range<u64>,
    tensors: HashMap<String, Stored>,
}

struct Stored {
    shape: Vec<usize>,
    kind: u32,
    data: Range<u64>,
}

/// No token is longer; a larger number is damage.
const LONGEST_TOKEN: u32 = 4096;
const LONGEST_NAME: u32 = 256;

/// Opens a Whisper model in ggml's form and checks its structure.
pub(super) fn open(path: &Path) -> Result<GgmlFile, ModelError> {
    let bytes = Bytes::open(path)?;
    let read = read(bytes.cursor()?).map_err(|why| bytes.refuse(why))?;
    let (dimensions, vocabulary, tensors) = read;
    Ok(GgmlFile { bytes, dimensions, vocabulary, tensors })
}

type Parts = (Dimensions, Range<u64>, HashMap<String, Stored>);

fn read(mut cursor: Cursor<'_>) -> Result<Parts, String> {
    if cursor.number(4)? != ggml::MAGIC {
        return Err("it is no ggml file of whisper.cpp".into());
    }
    let mut next = || cursor.number(4).map(|number| number as usize);
    let (vocabulary, audio_context, audio_state) = (next()?, next()?, next()?);
    let (audio_heads, audio_layers) = (next()?, next()?);
    let (text_context, text_state) = (next()?, next()?);
    let (text_heads, text_layers, mels) = (next()?, next()?, next()?);
    let d = Dimensions {
        vocabulary,
        audio_context,
        audio_state,
        audio_layers,
        text_context,
        text_state,
        text_layers,
        mels,
    };
    let d = d.checked()?;
    if audio_heads != audio_state / Dimensions::HEAD || text_heads != audio_heads {
        return Err(format!("it has {audio_heads} and {text_heads} heads"));
    }
    cursor.number(4)?;
    let start = cursor.at();
    if (cursor.number(4)?, cursor.number(4)?) != (mels as u32, mel::BINS as u32) {
        return Err("its mel filters have another shape than the model".into());
    }
    cursor.skip((mels * mel::BINS * 4) as u64)?;
    let tokens = cursor.number(4)?;
    if (tokens as usize) < ordinary_tokens(vocabulary) || tokens as usize > vocabulary {
        return Err(format!("it has {tokens} tokens"));
    }
    for _ in 0..tokens {
        let length = cursor.number(4)?;
        if length > LONGEST_TOKEN {
            return Err(format!("a token claims {length} bytes"));
        }
        cursor.take(length as usize)?;
    }
    let header = start..cursor.at();
    let mut tensors = HashMap::new();
    while !cursor.is_done() {
        let (name, stored) = tensor(&mut cursor)?;
        if tensors.insert(name.clone(), stored).is_some() {
            return Err(format!("`{name}` stands twice"));
        }
    }
    complete(d, &tensors)?;
    Ok((d, header, tensors))
}

fn tensor(cursor: &mut Cursor<'_>) -> Result<(String, Stored), String> {
    let (rank, length, kind) = (cursor.number(4)?, cursor.number(4)?, cursor.number(4)?);
    if !(1..=3).contains(&rank) || length > LONGEST_NAME {
        return Err(format!("a tensor claims {rank} dimensions and a name of {length} bytes"));
    }
    let lengths = (0..rank).map(|_| cursor.number(4).map(|number| number as usize));
    let mut shape = lengths.collect::<Result<Vec<usize>, _>>()?;
    let row = shape[0];
    shape.reverse();
    let name = String::from_utf8(cursor.take(length as usize)?);
    let name = name.map_err(|_| "a tensor's name is not UTF-8".to_owned())?;
    let (block, bytes) = block(kind).ok_or(format!("`{name}` has values of kind {kind}"))?;
    let values = count(&shape).filter(|_| row.is_multiple_of(block));
    let length = values.and_then(|count| (count / block).checked_mul(bytes));
    let length = length.ok_or(format!("`{name}` has the shape {shape:?}"))?;
    let data = cursor.skip(length as u64)?;
    Ok((name, Stored { shape, kind, data }))
}

/// Returns how many values a block of this kind holds, and in how many bytes.
fn block(kind: u32) -> Option<(usize, usize)> {
    Some(match kind {
        0 => (1, 4),
        1 => (1, 2),
        2 => (BLOCK, 18),
        3 => (BLOCK, 20),
        6 => (BLOCK, 22),
        7 => (BLOCK, 24),
        8 => (BLOCK, 34),
        10 => (256, 84),
        11 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        _ => return None,
    })
}

fn complete(d: Dimensions, tensors: &HashMap<String, Stored>) -> Result<(), String> {
    let wanted = ggml::tensors(d);
    for ggml::Tensor { name, shape } in &wanted {
        let found = tensors.get(name).ok_or(format!("it has no `{name}`"))?;
        if found.shape != *shape {
            return Err(format!("`{name}` has the shape {:?}, not {shape:?}", found.shape));
        }
    }
    if tensors.len() > wanted.len() {
        return Err(format!("it has {} tensors, not {}", tensors.len(), wanted.len()));
    }
    Ok(())
}

impl GgmlFile {
    /// Returns the mel filters and the tokens.
    pub(super) fn vocabulary(&self) -> Result<Vocabulary, ModelError> {
        let bytes = self.bytes.at(self.vocabulary.clone())?;
        let (head, rest) = bytes.split_at(8 + self.dimensions.mels * mel::BINS * 4);
        let mut tokens = Vec::new();
        let mut rest = &rest[4..];
        while let Some((length, after)) = rest.split_first_chunk() {
            let (token, after) = after.split_at(u32::from_le_bytes(*length) as usize);
            tokens.push(token.to_vec());
            rest = after;
        }
        Ok(Vocabulary { filters: f32s(&head[8..]), tokens })
    }

    /// Returns how most of its weights are stored.
    pub(super) fn kind(&self) -> String {
        match self.tensors.get("decoder.token_embedding.weight").map(|stored| stored.kind) {
            Some(0) => "f32".into(),
            Some(1) => "f16".into(),
            Some(6) => "q5_0".into(),
            Some(7) => "q5_1".into(),
            Some(8) => "q8_0".into(),
            _ => "quantised".into(),
        }
    }

    /// Copies the file as it is to `target`.
    pub(super) fn copy(&self, target: &Path) -> Result<(), ModelError> {
        super::super::room::check(target, self.bytes.length())?;
        let failed = |source| ModelError::write(target, source);
        let file = File::options().create(true).write(true).truncate(true).open(target);
        let mut out = file.map_err(failed)?;
        std::io::copy(&mut self.bytes.whole()?, &mut out).map_err(failed)?;
        out.sync_all().map_err(failed)
    }
}

impl Weights for GgmlFile {
    fn dimensions(&self) -> Dimensions {
        self.dimensions
    }

    fn refuse(&self, why: String) -> ModelError {
        self.bytes.refuse(why)
    }

    fn tensor(&self, name: &str, _shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let missing = || self.bytes.refuse(format!("it has no `{name}`"));
        let stored = self.tensors.get(name).ok_or_else(missing)?;
        let bytes = self.bytes.at(stored.data.clone())?;
        let precision = match stored.kind {
            0 => return Ok(f32s(&bytes)),
            1 => Precision::F16,
            6 => Precision::Q5_0,
            7 => Precision::Q5_1,
            8 => Precision::Q8_0,
            other => {
                let why = format!("`{name}` is quantised in a way (kind {other}) that is not read");
                return Err(self.bytes.refuse(why));
            }
        };
        Ok(decode(precision, &bytes))
    }
}
