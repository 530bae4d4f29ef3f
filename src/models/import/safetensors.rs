//! Hugging Face's folder: `config.json` and `model.safetensors`, or its shards with an index.

use std::collections::HashMap;
use std::path::Path;

use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use serde::Deserialize;

use super::bytes::{Bytes, bf16s, count, f16s, f32s};
use super::{Dimensions, Weights, sinusoids};
use crate::models::error::ModelError;
use crate::store::artefact;

/// Name of the file that tells which shard holds which tensor.
pub(super) const INDEX: &str = "model.safetensors.index.json";

/// An opened folder; values are read from its shards as they are asked for.
pub(super) struct Safetensors {
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
    let mut names = vec!["model.safetensors".to_owned()];
    if index.is_file() {
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
    Ok(Safetensors { shards: shards.collect::<Result<_, _>>()?, dimensions })
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

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let theirs = place(name);
        let found = self.shards.iter().find_map(|shard| {
            let bare = shard.tensors.info(&theirs);
            let info = bare.or_else(|| shard.tensors.info(&format!("model.{theirs}")))?;
            Some((shard, info))
        });
        let Some((shard, info)) = found else {
            if name == "encoder.positional_embedding" {
                return Ok(sinusoids(shape[0], shape[1]));
            }
            return Err(self.shards[0].bytes.refuse(format!("it has no `{theirs}`")));
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

/// Returns Hugging Face's name, without the leading `model.`, for whisper.cpp's.
fn place(name: &str) -> String {
    const PARTS: [(&str, &str); 15] = [
        ("positional_embedding", "embed_positions.weight"),
        ("token_embedding.", "embed_tokens."),
        ("ln_post.", "layer_norm."),
        ("decoder.ln.", "decoder.layer_norm."),
        (".blocks.", ".layers."),
        (".cross_attn_ln.", ".encoder_attn_layer_norm."),
        (".attn_ln.", ".self_attn_layer_norm."),
        (".mlp_ln.", ".final_layer_norm."),
        (".mlp.0.", ".fc1."),
        (".mlp.2.", ".fc2."),
        (".cross_attn.", ".encoder_attn."),
        (".attn.", ".self_attn."),
        (".query.", ".q_proj."),
        (".key.", ".k_proj."),
        (".value.", ".v_proj."),
    ];
    let renamed =
        PARTS.iter().fold(name.to_owned(), |name, (ours, theirs)| name.replace(ours, theirs));
    renamed.replace("attn.out.", "attn.out_proj.")
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn tensors_have_hugging_faces_names() {
        for (ours, theirs) in [
            ("encoder.positional_embedding", "encoder.embed_positions.weight"),
            ("encoder.conv1.weight", "encoder.conv1.weight"),
            ("encoder.ln_post.bias", "encoder.layer_norm.bias"),
            ("decoder.ln.weight", "decoder.layer_norm.weight"),
            ("decoder.token_embedding.weight", "decoder.embed_tokens.weight"),
            ("encoder.blocks.3.attn.key.weight", "encoder.layers.3.self_attn.k_proj.weight"),
            ("decoder.blocks.0.cross_attn.out.bias", "decoder.layers.0.encoder_attn.out_proj.bias"),
            (
                "decoder.blocks.0.cross_attn_ln.bias",
                "decoder.layers.0.encoder_attn_layer_norm.bias",
            ),
            ("decoder.blocks.1.attn_ln.bias", "decoder.layers.1.self_attn_layer_norm.bias"),
            ("decoder.blocks.1.mlp_ln.weight", "decoder.layers.1.final_layer_norm.weight"),
            ("decoder.blocks.1.mlp.2.weight", "decoder.layers.1.fc2.weight"),
        ] {
            assert_eq!(place(ours), theirs);
        }
    }
}
