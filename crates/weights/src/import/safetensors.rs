//! Hugging Face's folder: `config.json` and `model.safetensors`, or its shards with an index.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use serde::Deserialize;

use super::bytes::{Bytes, bf16s, count, f16s, f32s};
use super::dimensions::{Dimensions, sinusoids};
use super::names::{ENCODER_POSITIONS, names};
use super::source::Weights;
use crate::error::ModelError;
use referat_files::artefact;

/// Name of the file that holds all tensors, where there is one.
pub(super) const WHOLE: &str = "model.safetensors";

/// Name of the file that tells which shard holds which tensor.
pub(crate) const INDEX: &str = "model.safetensors.index.json";

/// An opened folder; values are read from its shards as they are asked for.
pub(super) struct Safetensors {
    folder: PathBuf,
    shards: Vec<Shard>,
    dimensions: Dimensions,
}

struct Shard {
    bytes: Bytes,
    start: u64,
    tensors: Metadata,
}

#[derive(Deserialize)]
struct Config {
    model_type: String,
    vocab_size: usize,
    max_source_positions: usize,
    max_target_positions: usize,
    d_model: usize,
    encoder_layers: usize,
    encoder_attention_heads: usize,
    decoder_layers: usize,
    decoder_attention_heads: usize,
    num_mel_bins: usize,
}

#[derive(Deserialize)]
struct Index {
    weight_map: HashMap<String, String>,
}

/// Opens a Whisper model in Hugging Face's layout.
pub(super) fn open(folder: &Path) -> Result<Safetensors, ModelError> {
    let dimensions = dimensions(&folder.join("config.json"))?;
    let index = folder.join(INDEX);
    let mut names = vec![WHOLE.to_owned()];
    if !folder.join(WHOLE).is_file() {
        let index_of: Index = artefact::read_json(&index)?;
        names = index_of.weight_map.into_values().collect();
        names.sort();
        names.dedup();
        // A shard lies in the folder itself: a path that leads elsewhere is not followed.
        if let Some(name) = names.iter().find(|name| name.contains(['/', '\\'])) {
            let why = format!("the shard `{name}` is not in the folder");
            return Err(ModelError::Form { path: index, why });
        }
    }
    let shards = names.iter().map(|name| shard(&folder.join(name)));
    let shards = shards.collect::<Result<_, _>>()?;
    Ok(Safetensors { folder: folder.to_owned(), shards, dimensions })
}

fn dimensions(path: &Path) -> Result<Dimensions, ModelError> {
    let refuse = |why: String| ModelError::Form { path: path.to_owned(), why };
    let config: serde_json::Value = artefact::read_json(path)?;
    let kind = config["model_type"].as_str().unwrap_or("?").to_owned();
    if kind != "whisper" {
        return Err(refuse(format!("it is a `{kind}` model, not a Whisper model")));
    }
    let c: Config = serde_json::from_value(config).map_err(|error| refuse(error.to_string()))?;
    let d = Dimensions {
        vocabulary: c.vocab_size,
        audio_context: c.max_source_positions,
        audio_state: c.d_model,
        audio_layers: c.encoder_layers,
        text_context: c.max_target_positions,
        text_state: c.d_model,
        text_layers: c.decoder_layers,
        mels: c.num_mel_bins,
    };
    let d = d.checked().map_err(refuse)?;
    let heads = d.audio_state / Dimensions::HEAD;
    if (c.encoder_attention_heads, c.decoder_attention_heads) != (heads, heads) {
        return Err(refuse(format!("{} has {heads} heads in every Whisper model", c.model_type)));
    }
    Ok(d)
}

/// The header of a safetensors file is JSON; a longer one is damage.
const LONGEST_HEADER: u64 = 100_000_000;

fn shard(path: &Path) -> Result<Shard, ModelError> {
    let bytes = Bytes::open(path)?;
    let cut = || bytes.refuse("it is cut off, or no safetensors file");
    let mut length = [0; 8];
    length.copy_from_slice(&bytes.at(0..8).map_err(|_| cut())?);
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER || length + 8 > bytes.length() {
        return Err(cut());
    }
    let header = bytes.at(8..8 + length)?;
    let tensors: Metadata = serde_json::from_slice(&header)
        .map_err(|error| bytes.refuse(format!("its header is damaged: {error}")))?;
    if tensors.data_len() as u64 != bytes.length() - 8 - length {
        let (wanted, found) = (tensors.data_len(), bytes.length() - 8 - length);
        return Err(bytes.refuse(format!("it holds {found} bytes of weights, not {wanted}")));
    }
    Ok(Shard { bytes, start: 8 + length, tensors })
}

impl Shard {
    fn values(&self, info: &TensorInfo) -> Result<Vec<f32>, ModelError> {
        let (from, to) = info.data_offsets;
        let bytes = self.bytes.at(self.start + from as u64..self.start + to as u64)?;
        match info.dtype {
            Dtype::F32 => Ok(f32s(&bytes)),
            Dtype::F16 => Ok(f16s(&bytes)),
            Dtype::BF16 => Ok(bf16s(&bytes)),
            other => Err(self.bytes.refuse(format!("its values are {other:?}"))),
        }
    }
}

impl Weights for Safetensors {
    fn dimensions(&self) -> Dimensions {
        self.dimensions
    }

    fn refuse(&self, why: String) -> ModelError {
        ModelError::Form { path: self.folder.clone(), why }
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let names = names(name).ok_or_else(|| self.refuse(format!("no place for `{name}`")))?;
        let theirs = names.hugging_face;
        let found = self.shards.iter().find_map(|shard| {
            let bare = shard.tensors.info(&theirs);
            let info = bare.or_else(|| shard.tensors.info(&format!("model.{theirs}")))?;
            Some((shard, info))
        });
        let Some((shard, info)) = found else {
            if name == ENCODER_POSITIONS {
                return Ok(sinusoids(shape[0], shape[1]));
            }
            return Err(self.refuse(format!("it has no `{theirs}`")));
        };
        // The bias of a convolution has a second dimension of 1 in ggml only.
        if info.shape.first() != shape.first() || count(&info.shape) != count(shape) {
            let why = format!("`{theirs}` has the shape {:?}, not {shape:?}", info.shape);
            return Err(shard.bytes.refuse(why));
        }
        let values = shard.values(info)?;
        match count(shape) == Some(values.len()) {
            true => Ok(values),
            false => Err(shard.bytes.refuse(format!("`{theirs}` is cut off"))),
        }
    }
}
