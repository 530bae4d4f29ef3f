//! A small Whisper model of made-up weights, written in each of the three published forms.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test's helper fails by panicking"
)]
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use half::f16;

const WIDTH: usize = 64;
const VOCABULARY: usize = 51_865;

/// A tensor: its name without a form's prefix, its shape, its values.
type Tensor = (String, Vec<usize>, Vec<f16>);

fn values(seed: &mut u32, count: usize) -> Vec<f16> {
    let next = || {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f16::from_f32((*seed >> 8) as f32 / (1 << 24) as f32 - 0.5)
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// The model in Hugging Face's names.
fn tensors() -> Vec<Tensor> {
    let mut seed = 7;
    let mut all = Vec::new();
    let mut add = |name: String, shape: &[usize]| {
        let count = shape.iter().product();
        all.push((name, shape.to_vec(), values(&mut seed, count)));
    };
    add("encoder.conv1.weight".into(), &[WIDTH, 80, 3]);
    add("encoder.conv1.bias".into(), &[WIDTH]);
    add("encoder.conv2.weight".into(), &[WIDTH, WIDTH, 3]);
    add("encoder.conv2.bias".into(), &[WIDTH]);
    add("encoder.embed_positions.weight".into(), &[1500, WIDTH]);
    add("decoder.embed_positions.weight".into(), &[448, WIDTH]);
    add("decoder.embed_tokens.weight".into(), &[VOCABULARY, WIDTH]);
    for side in ["encoder", "decoder"] {
        for norm in ["layer_norm", "layers.0.self_attn_layer_norm", "layers.0.final_layer_norm"] {
            add(format!("{side}.{norm}.weight"), &[WIDTH]);
            add(format!("{side}.{norm}.bias"), &[WIDTH]);
        }
        add(format!("{side}.layers.0.fc1.weight"), &[4 * WIDTH, WIDTH]);
        add(format!("{side}.layers.0.fc1.bias"), &[4 * WIDTH]);
        add(format!("{side}.layers.0.fc2.weight"), &[WIDTH, 4 * WIDTH]);
        add(format!("{side}.layers.0.fc2.bias"), &[WIDTH]);
    }
    add("decoder.layers.0.encoder_attn_layer_norm.weight".into(), &[WIDTH]);
    add("decoder.layers.0.encoder_attn_layer_norm.bias".into(), &[WIDTH]);
    let attentions = ["encoder.layers.0.self_attn", "decoder.layers.0.self_attn"];
    for attention in attentions.into_iter().chain(["decoder.layers.0.encoder_attn"]) {
        for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
            add(format!("{attention}.{part}.weight"), &[WIDTH, WIDTH]);
            if part != "k_proj" {
                add(format!("{attention}.{part}.bias"), &[WIDTH]);
            }
        }
    }
    all
}

fn bytes(values: &[f16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn vocabulary(folder: &Path) {
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let token = |id: usize| -> String {
        [id / 2704, id / 52, id].iter().map(|place| letters[place % 52]).collect()
    };
    let all: HashMap<String, usize> = (0..50_257).map(|id| (token(id), id)).collect();
    fs::write(folder.join("vocab.json"), serde_json::to_vec(&all).unwrap()).unwrap();
}

/// Writes a Hugging Face folder.
pub(crate) fn safetensors(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    vocabulary(folder);
    let config = serde_json::json!({
        "model_type": "whisper", "vocab_size": VOCABULARY, "max_source_positions": 1500,
        "max_target_positions": 448, "d_model": WIDTH, "encoder_layers": 1,
        "encoder_attention_heads": 1, "decoder_layers": 1, "decoder_attention_heads": 1,
        "num_mel_bins": 80,
    });
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let (mut header, mut data) = (serde_json::Map::new(), Vec::new());
    for (name, shape, values) in tensors() {
        let start = data.len();
        data.extend(bytes(&values));
        let tensor = serde_json::json!({"dtype": "F16", "shape": shape, "data_offsets": [start, data.len()]});
        header.insert(format!("model.{name}"), tensor);
    }
    let header = serde_json::to_vec(&header).unwrap();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    let path = folder.join("model.safetensors");
    fs::write(&path, file).unwrap();
    path
}

/// Writes a CTranslate2 folder.
pub(crate) fn ctranslate2(folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    vocabulary(folder);
    let all: HashMap<String, (Vec<usize>, Vec<f16>)> =
        tensors().into_iter().map(|(name, shape, values)| (name, (shape, values))).collect();
    let mut variables: Vec<(String, Vec<usize>, Vec<f16>)> = Vec::new();
    let mut one = |theirs: String, ours: &str| {
        let (shape, values) = all[ours].clone();
        variables.push((theirs, shape, values));
    };
    for convolution in ["conv1", "conv2"] {
        for last in ["weight", "bias"] {
            one(format!("encoder/{convolution}/{last}"), &format!("encoder.{convolution}.{last}"));
        }
    }
    one("decoder/embeddings/weight".into(), "decoder.embed_tokens.weight");
    for side in ["encoder", "decoder"] {
        let positions = format!("{side}/position_encodings/encodings");
        one(positions, &format!("{side}.embed_positions.weight"));
        let mut norms = vec![
            ("layer_norm", "layer_norm"),
            ("layer_0/self_attention/layer_norm", "layers.0.self_attn_layer_norm"),
            ("layer_0/ffn/layer_norm", "layers.0.final_layer_norm"),
        ];
        if side == "decoder" {
            let norm = ("layer_0/attention/layer_norm", "layers.0.encoder_attn_layer_norm");
            norms.push(norm);
        }
        for (theirs, ours) in norms {
            one(format!("{side}/{theirs}/gamma"), &format!("{side}.{ours}.weight"));
            one(format!("{side}/{theirs}/beta"), &format!("{side}.{ours}.bias"));
        }
        for last in ["weight", "bias"] {
            for (theirs, ours) in [("linear_0", "fc1"), ("linear_1", "fc2")] {
                let theirs = format!("{side}/layer_0/ffn/{theirs}/{last}");
                one(theirs, &format!("{side}.layers.0.{ours}.{last}"));
            }
        }
    }
    let mut stack = |theirs: String, at: &str, parts: &[&str]| {
        for last in ["weight", "bias"] {
            let mut stacked = Vec::new();
            for part in parts {
                let missing = || vec![f16::ZERO; WIDTH];
                let found = all.get(&format!("{at}.{part}_proj.{last}"));
                stacked.extend(found.map_or_else(missing, |(_, values)| values.clone()));
            }
            let rows = parts.len() * WIDTH;
            let shape = if last == "weight" { vec![rows, WIDTH] } else { vec![rows] };
            variables.push((format!("{theirs}/{last}"), shape, stacked));
        }
    };
    for side in ["encoder", "decoder"] {
        let at = format!("{side}.layers.0.self_attn");
        stack(format!("{side}/layer_0/self_attention/linear_0"), &at, &["q", "k", "v"]);
        stack(format!("{side}/layer_0/self_attention/linear_1"), &at, &["out"]);
    }
    let at = "decoder.layers.0.encoder_attn";
    stack("decoder/layer_0/attention/linear_0".into(), at, &["q"]);
    stack("decoder/layer_0/attention/linear_1".into(), at, &["k", "v"]);
    stack("decoder/layer_0/attention/linear_2".into(), at, &["out"]);
    let string = |text: &str| {
        let mut bytes = (text.len() as u16 + 1).to_le_bytes().to_vec();
        bytes.extend(text.as_bytes());
        bytes.push(0);
        bytes
    };
    let mut file = 6u32.to_le_bytes().to_vec();
    file.extend(string("WhisperSpec"));
    file.extend(3u32.to_le_bytes());
    file.extend((variables.len() as u32).to_le_bytes());
    for (name, shape, values) in variables {
        file.extend(string(&name));
        file.push(shape.len() as u8);
        file.extend(shape.iter().flat_map(|length| (*length as u32).to_le_bytes()));
        file.push(4);
        let data = bytes(&values);
        file.extend((data.len() as u32).to_le_bytes());
        file.extend(data);
    }
    file.extend(0u32.to_le_bytes());
    let path = folder.join("model.bin");
    fs::write(&path, file).unwrap();
    path
}
