//! CTranslate2's `model.bin`: binary version 6, `WhisperSpec` revision 3, little endian.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use super::bytes::{Bytes, Cursor, bf16s, count, f16s, f32s};
use super::dimensions::{Dimensions, sinusoids};
use super::names::{ENCODER_POSITIONS, TensorNames, names};
use super::source::Weights;
use crate::error::ModelError;

/// An opened file; values are read from it as they are asked for.
pub(super) struct Ct2 {
    bytes: Bytes,
    variables: HashMap<String, Variable>,
    dimensions: Dimensions,
}

struct Variable {
    shape: Vec<usize>,
    kind: u8,
    data: Range<u64>,
}

const F32: u8 = 0;
const I8: u8 = 1;
const I16: u8 = 2;
const F16: u8 = 4;
const BF16: u8 = 5;

/// No Whisper model has more variables, longer names or more dimensions than this; a larger
/// number is damage.
const MOST_VARIABLES: u32 = 100_000;
const MOST_DIMENSIONS: u32 = 4;

/// Opens a CTranslate2 Whisper model.
pub(super) fn open(path: &Path) -> Result<Ct2, ModelError> {
    let bytes = Bytes::open(path)?;
    let variables = variables(bytes.cursor()?).map_err(|why| bytes.refuse(why))?;
    let dimensions = dimensions(&variables).and_then(Dimensions::checked);
    let dimensions = dimensions.map_err(|why| bytes.refuse(why))?;
    Ok(Ct2 { bytes, variables, dimensions })
}

fn string(cursor: &mut Cursor<'_>) -> Result<String, String> {
    let length = cursor.number(2)? as usize;
    let mut bytes = cursor.take(length)?;
    if bytes.last() == Some(&0) {
        bytes.pop();
    }
    String::from_utf8(bytes).map_err(|_| "a name is not UTF-8".to_owned())
}

fn variables(mut cursor: Cursor<'_>) -> Result<HashMap<String, Variable>, String> {
    let version = cursor.number(4)?;
    if version != 6 {
        return Err(format!("it is no CTranslate2 model of version 6 (found {version})"));
    }
    let spec = string(&mut cursor)?;
    if spec != "WhisperSpec" {
        return Err(format!("it is a `{spec}` model, not a Whisper model"));
    }
    cursor.number(4)?;
    let count = cursor.number(4)?;
    if count > MOST_VARIABLES {
        return Err(format!("it claims {count} variables"));
    }
    let mut variables = HashMap::new();
    for _ in 0..count {
        let name = string(&mut cursor)?;
        let rank = cursor.number(1)?;
        if rank > MOST_DIMENSIONS {
            return Err(format!("`{name}` claims {rank} dimensions"));
        }
        let shape = (0..rank).map(|_| cursor.number(4).map(|n| n as usize));
        let shape = shape.collect::<Result<Vec<usize>, _>>()?;
        let kind = cursor.number(1)? as u8;
        let length = cursor.number(4)?;
        let data = cursor.skip(u64::from(length))?;
        if variables.insert(name.clone(), Variable { shape, kind, data }).is_some() {
            return Err(format!("`{name}` stands twice"));
        }
    }
    let aliases = cursor.number(4)?;
    for _ in 0..aliases.min(MOST_VARIABLES) {
        string(&mut cursor)?;
        string(&mut cursor)?;
    }
    if !cursor.is_done() {
        return Err(format!("something follows after byte {}", cursor.at()));
    }
    Ok(variables)
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

    fn refuse(&self, why: String) -> ModelError {
        self.bytes.refuse(why)
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let refuse = |why: String| self.bytes.refuse(why);
        let names = names(name).ok_or_else(|| refuse(format!("no place for `{name}`")))?;
        let TensorNames { ctranslate2: variable, stacked, .. } = names;
        if name == ENCODER_POSITIONS && !self.variables.contains_key(&variable) {
            return Ok(sinusoids(shape[0], shape[1]));
        }
        let found = self.variables.get(&variable);
        let found = found.ok_or_else(|| refuse(format!("it has no `{variable}`")))?;
        let (part, parts) = stacked.unwrap_or((0, 1));
        let misshapen =
            || refuse(format!("`{variable}` has the shape {:?}, not {shape:?}", found.shape));
        let wanted = count(shape).ok_or_else(misshapen)?;
        // A bias of a convolution is stored without its second dimension of 1.
        let rows = shape.first().copied().unwrap_or(1) * parts;
        if found.shape.first() != Some(&rows) || count(&found.shape) != Some(wanted * parts) {
            return Err(misshapen());
        }
        let start = part * wanted;
        self.values(&variable, found, start..start + wanted)
    }
}

impl Ct2 {
    /// Returns the values of a range of a variable.
    fn values(
        &self,
        name: &str,
        variable: &Variable,
        range: Range<usize>,
    ) -> Result<Vec<f32>, ModelError> {
        let width = match variable.kind {
            F32 => 4,
            F16 | BF16 | I16 => 2,
            I8 => 1,
            other => return Err(self.bytes.refuse(format!("`{name}` has values of kind {other}"))),
        };
        let length = variable.data.end - variable.data.start;
        let wanted = count(&variable.shape).and_then(|count| count.checked_mul(width));
        if wanted.map(|bytes| bytes as u64) != Some(length) {
            let why = format!("`{name}` has {length} bytes for the shape {:?}", variable.shape);
            return Err(self.bytes.refuse(why));
        }
        let at = |values: usize| variable.data.start + (values * width) as u64;
        let bytes = self.bytes.at(at(range.start)..at(range.end))?;
        Ok(match variable.kind {
            F32 => f32s(&bytes),
            F16 => f16s(&bytes),
            BF16 => bf16s(&bytes),
            I8 => {
                let whole = bytes.iter().map(|byte| f32::from(*byte as i8));
                self.unscaled(name, variable, range.start, whole)?
            }
            _ => {
                let whole = bytes.as_chunks().0.iter().map(|b| f32::from(i16::from_le_bytes(*b)));
                self.unscaled(name, variable, range.start, whole)?
            }
        })
    }

    /// Divides whole numbers by the scale of their row, or by the one scale there is.
    fn unscaled(
        &self,
        name: &str,
        variable: &Variable,
        start: usize,
        whole: impl Iterator<Item = f32>,
    ) -> Result<Vec<f32>, ModelError> {
        let scale = format!("{name}_scale");
        let refuse = || self.bytes.refuse(format!("it has no whole `{scale}`"));
        let found = self.variables.get(&scale).filter(|found| found.kind == F32);
        let found = found.ok_or_else(refuse)?;
        let scales = self.values(&scale, found, 0..count(&found.shape).ok_or_else(refuse)?)?;
        let rows = variable.shape.first().copied().unwrap_or(1);
        let row = match scales.len() {
            1 => usize::MAX,
            length if length == rows => count(&variable.shape[1..]).unwrap_or(1).max(1),
            _ => return Err(refuse()),
        };
        Ok(whole.enumerate().map(|(n, value)| value / scales[(start + n) / row]).collect())
    }
}
