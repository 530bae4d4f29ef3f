//! The same tensor under three names: whisper.cpp's, Hugging Face's and CTranslate2's.

/// What the other two forms call one of whisper.cpp's tensors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TensorNames {
    /// Hugging Face's name, without the leading `model.` that most files have.
    pub(super) hugging_face: String,
    /// CTranslate2's variable.
    pub(super) ctranslate2: String,
    /// Where CTranslate2 stacks several matrices on their rows: which of how many it is.
    pub(super) stacked: Option<(usize, usize)>,
}

type Row = (&'static str, &'static str, &'static str, Option<(usize, usize)>);

/// Parts of one side, encoder or decoder; each has a `weight` and a `bias`, but for the
/// positions, which are one tensor.
const OF_A_SIDE: [Row; 6] = [
    ("positional_embedding", "embed_positions.weight", "position_encodings/encodings", None),
    ("token_embedding", "embed_tokens", "embeddings", None),
    ("conv1", "conv1", "conv1", None),
    ("conv2", "conv2", "conv2", None),
    ("ln_post", "layer_norm", "layer_norm", None),
    ("ln", "layer_norm", "layer_norm", None),
];

/// Parts of one layer.
const OF_A_LAYER: [Row; 13] = [
    ("attn_ln", "self_attn_layer_norm", "self_attention/layer_norm", None),
    ("attn.query", "self_attn.q_proj", "self_attention/linear_0", Some((0, 3))),
    ("attn.key", "self_attn.k_proj", "self_attention/linear_0", Some((1, 3))),
    ("attn.value", "self_attn.v_proj", "self_attention/linear_0", Some((2, 3))),
    ("attn.out", "self_attn.out_proj", "self_attention/linear_1", None),
    ("cross_attn_ln", "encoder_attn_layer_norm", "attention/layer_norm", None),
    ("cross_attn.query", "encoder_attn.q_proj", "attention/linear_0", None),
    ("cross_attn.key", "encoder_attn.k_proj", "attention/linear_1", Some((0, 2))),
    ("cross_attn.value", "encoder_attn.v_proj", "attention/linear_1", Some((1, 2))),
    ("cross_attn.out", "encoder_attn.out_proj", "attention/linear_2", None),
    ("mlp_ln", "final_layer_norm", "ffn/layer_norm", None),
    ("mlp.0", "fc1", "ffn/linear_0", None),
    ("mlp.2", "fc2", "ffn/linear_1", None),
];

/// whisper.cpp's name for the encoder's positions, which may be computed.
pub(super) const ENCODER_POSITIONS: &str = "encoder.positional_embedding";

/// Returns the other names of whisper.cpp's tensor `name`.
pub(super) fn names(name: &str) -> Option<TensorNames> {
    let (side, rest) = name.split_once('.')?;
    let (hf, ct2, rest, table) = match rest.strip_prefix("blocks.") {
        Some(rest) => {
            let (layer, rest) = rest.split_once('.')?;
            let places = (format!("{side}.layers.{layer}"), format!("{side}/layer_{layer}"));
            (places.0, places.1, rest, &OF_A_LAYER[..])
        }
        None => (side.to_owned(), side.to_owned(), rest, &OF_A_SIDE[..]),
    };
    let find = |part: &str| table.iter().find(|row| row.0 == part);
    if let Some(row) = find(rest) {
        let hugging_face = format!("{hf}.{}", row.1);
        return Some(TensorNames {
            hugging_face,
            ctranslate2: format!("{ct2}/{}", row.2),
            stacked: None,
        });
    }
    let (part, last) = rest.rsplit_once('.')?;
    let row = find(part)?;
    let theirs = match last {
        "weight" if row.2.ends_with("layer_norm") => "gamma",
        "bias" if row.2.ends_with("layer_norm") => "beta",
        other => other,
    };
    Some(TensorNames {
        hugging_face: format!("{hf}.{}.{last}", row.1),
        ctranslate2: format!("{ct2}/{}/{theirs}", row.2),
        stacked: row.3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_have_three_names() {
        for (ours, hugging_face, ctranslate2, stacked) in [
            (
                ENCODER_POSITIONS,
                "encoder.embed_positions.weight",
                "encoder/position_encodings/encodings",
                None,
            ),
            ("encoder.conv1.bias", "encoder.conv1.bias", "encoder/conv1/bias", None),
            ("encoder.ln_post.bias", "encoder.layer_norm.bias", "encoder/layer_norm/beta", None),
            ("decoder.ln.weight", "decoder.layer_norm.weight", "decoder/layer_norm/gamma", None),
            (
                "decoder.token_embedding.weight",
                "decoder.embed_tokens.weight",
                "decoder/embeddings/weight",
                None,
            ),
            (
                "encoder.blocks.11.attn.key.weight",
                "encoder.layers.11.self_attn.k_proj.weight",
                "encoder/layer_11/self_attention/linear_0/weight",
                Some((1, 3)),
            ),
            (
                "decoder.blocks.0.cross_attn.value.bias",
                "decoder.layers.0.encoder_attn.v_proj.bias",
                "decoder/layer_0/attention/linear_1/bias",
                Some((1, 2)),
            ),
            (
                "decoder.blocks.0.cross_attn_ln.bias",
                "decoder.layers.0.encoder_attn_layer_norm.bias",
                "decoder/layer_0/attention/layer_norm/beta",
                None,
            ),
            (
                "decoder.blocks.1.mlp.2.weight",
                "decoder.layers.1.fc2.weight",
                "decoder/layer_1/ffn/linear_1/weight",
                None,
            ),
        ] {
            let wanted = TensorNames {
                hugging_face: hugging_face.into(),
                ctranslate2: ctranslate2.into(),
                stacked,
            };
            assert_eq!(names(ours), Some(wanted));
        }
        assert_eq!(names("decoder.blocks.1.unknown.weight"), None);
    }
}
