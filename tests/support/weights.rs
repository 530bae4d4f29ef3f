//! Whisper models of made-up weights, written in each of the published forms.
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};

/// The numbers that fix a model's tensors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) width: usize,
    pub(crate) mels: usize,
    pub(crate) vocabulary: usize,
    pub(crate) encoder_layers: usize,
    pub(crate) decoder_layers: usize,
}

/// The smallest model that is a Whisper.
pub(crate) const SMALL: Shape =
    Shape { width: 64, mels: 80, vocabulary: 51_865, encoder_layers: 1, decoder_layers: 1 };

/// large-v3-turbo, and what is made of it for Danish.
pub(crate) const TURBO: Shape =
    Shape { width: 1280, mels: 128, vocabulary: 51_866, encoder_layers: 32, decoder_layers: 4 };

/// How values are stored. The made-up ones come out the same in all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    F32,
    F16,
    Bf16,
    /// Matrices in 8 bits with a scale per row; CTranslate2 only.
    I8,
}

/// Where the vocabulary stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tokens {
    Tokenizer,
    Vocab,
    List,
    Lines,
}

/// A tensor in Hugging Face's names, without the leading `model.`.
#[derive(Clone)]
struct Tensor {
    name: String,
    shape: Vec<usize>,
    seed: u32,
}

impl Tensor {
    /// Multiples of 1/256 or, in odd rows, 1/512: eight bits, so that every kind holds them.
    /// Wide models get smaller ones, so that their sums stay small.
    fn values(&self) -> Vec<f32> {
        let row: usize = self.shape[1..].iter().product();
        let unit = unit(&self.shape);
        let mut state = self.seed;
        let mut next = |place: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let half = if (place / row).is_multiple_of(2) { 1.0 } else { 0.5 };
            ((state >> 24) as f32 - 128.0) * half * unit
        };
        (0..self.shape.iter().product()).map(&mut next).collect()
    }
}

fn unit(shape: &[usize]) -> f32 {
    if shape.last().is_some_and(|n| *n > 1000) { 1.0 / 8192.0 } else { 1.0 / 256.0 }
}

/// The model's tensors; the encoder's positions are left out where `positions` says so, for
/// then they are computed.
fn tensors(shape: Shape, positions: bool) -> Vec<Tensor> {
    let mut all = Vec::new();
    let width = shape.width;
    let mut add = |name: String, shape: &[usize]| {
        let seed = 7 + all.len() as u32 * 31;
        all.push(Tensor { name, shape: shape.to_vec(), seed });
    };
    add("encoder.conv1.weight".into(), &[width, shape.mels, 3]);
    add("encoder.conv1.bias".into(), &[width]);
    add("encoder.conv2.weight".into(), &[width, width, 3]);
    add("encoder.conv2.bias".into(), &[width]);
    if positions {
        add("encoder.embed_positions.weight".into(), &[1500, width]);
    }
    add("decoder.embed_positions.weight".into(), &[448, width]);
    add("decoder.embed_tokens.weight".into(), &[shape.vocabulary, width]);
    for (side, layers) in [("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)] {
        let mut norms = vec![format!("{side}.layer_norm")];
        for layer in 0..layers {
            let at = format!("{side}.layers.{layer}");
            norms.push(format!("{at}.self_attn_layer_norm"));
            norms.push(format!("{at}.final_layer_norm"));
            let mut attentions = vec![format!("{at}.self_attn")];
            if side == "decoder" {
                norms.push(format!("{at}.encoder_attn_layer_norm"));
                attentions.push(format!("{at}.encoder_attn"));
            }
            for attention in attentions {
                for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                    add(format!("{attention}.{part}.weight"), &[width, width]);
                    if part != "k_proj" {
                        add(format!("{attention}.{part}.bias"), &[width]);
                    }
                }
            }
            add(format!("{at}.fc1.weight"), &[4 * width, width]);
            add(format!("{at}.fc1.bias"), &[4 * width]);
            add(format!("{at}.fc2.weight"), &[width, 4 * width]);
            add(format!("{at}.fc2.bias"), &[width]);
        }
        for norm in norms {
            add(format!("{norm}.weight"), &[width]);
            add(format!("{norm}.bias"), &[width]);
        }
    }
    all
}

fn bytes(values: &[f32], kind: Kind) -> Vec<u8> {
    match kind {
        Kind::F32 => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        Kind::Bf16 => {
            values.iter().flat_map(|value| bf16::from_f32(*value).to_le_bytes()).collect()
        }
        Kind::F16 | Kind::I8 => {
            let mut halves = vec![f16::ZERO; values.len()];
            halves.convert_from_f32_slice(values);
            let mut bytes = Vec::with_capacity(2 * halves.len());
            halves.iter().for_each(|half| bytes.extend_from_slice(&half.to_le_bytes()));
            bytes
        }
    }
}

/// Writes a vocabulary of 50,257 made-up words, and some of Whisper's special tokens.
pub(crate) fn vocabulary(folder: &Path, form: Tokens) {
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let token = |id: usize| -> String {
        [id / 2704, id / 52, id].iter().map(|place| letters[place % 52]).collect()
    };
    let special = ["<|endoftext|>", "<|startoftranscript|>"].map(str::to_owned);
    let list: Vec<String> = (0..50_257).map(token).chain(special).collect();
    let by_name = || -> HashMap<&String, usize> { list.iter().zip(0..).collect() };
    let (name, text) = match form {
        Tokens::Tokenizer => {
            let text = serde_json::json!({"version": "1.0", "model": {"vocab": by_name()}});
            ("tokenizer.json", text.to_string())
        }
        Tokens::Vocab => ("vocab.json", serde_json::to_string(&by_name()).unwrap()),
        Tokens::List => ("vocabulary.json", serde_json::to_string(&list).unwrap()),
        Tokens::Lines => ("vocabulary.txt", list.join("\n") + "\n"),
    };
    fs::write(folder.join(name), text).unwrap();
}

/// Writes `config.json` in Hugging Face's form.
pub(crate) fn config(folder: &Path, shape: Shape) {
    let heads = shape.width / 64;
    let config = serde_json::json!({
        "model_type": "whisper", "vocab_size": shape.vocabulary, "max_source_positions": 1500,
        "max_target_positions": 448, "d_model": shape.width,
        "encoder_layers": shape.encoder_layers, "encoder_attention_heads": heads,
        "decoder_layers": shape.decoder_layers, "decoder_attention_heads": heads,
        "num_mel_bins": shape.mels,
    });
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
}

/// Writes a Hugging Face folder with the smallest model and returns its weights' path.
pub(crate) fn safetensors(folder: &Path) -> PathBuf {
    hugging_face(folder, SMALL, Kind::F16, Tokens::Vocab, 1)
}

/// Writes a Hugging Face folder, in shards when there are several, and returns the path of the
/// weights, or of the first shard.
pub(crate) fn hugging_face(
    folder: &Path,
    shape: Shape,
    kind: Kind,
    tokens: Tokens,
    shards: usize,
) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    vocabulary(folder, tokens);
    config(folder, shape);
    let all = tensors(shape, true);
    let each = all.len().div_ceil(shards);
    let mut index = serde_json::Map::new();
    let mut first = None;
    for (number, part) in (1..).zip(all.chunks(each)) {
        let name = match shards {
            1 => "model.safetensors".to_owned(),
            _ => format!("model-{number:05}-of-{shards:05}.safetensors"),
        };
        for tensor in part {
            index.insert(format!("model.{}", tensor.name), name.clone().into());
        }
        let written = write_safetensors(&folder.join(&name), part, kind);
        first.get_or_insert(written);
    }
    if shards > 1 {
        let index = serde_json::json!({"metadata": {}, "weight_map": index});
        fs::write(folder.join("model.safetensors.index.json"), index.to_string()).unwrap();
    }
    first.unwrap()
}

fn write_safetensors(path: &Path, tensors: &[Tensor], kind: Kind) -> PathBuf {
    let (mut header, mut at) = (serde_json::Map::new(), 0);
    let (name, width) = match kind {
        Kind::F32 => ("F32", 4),
        Kind::Bf16 => ("BF16", 2),
        Kind::F16 | Kind::I8 => ("F16", 2),
    };
    for tensor in tensors {
        let end = at + tensor.shape.iter().product::<usize>() * width;
        let about =
            serde_json::json!({"dtype": name, "shape": tensor.shape, "data_offsets": [at, end]});
        header.insert(format!("model.{}", tensor.name), about);
        at = end;
    }
    let header = serde_json::to_vec(&header).unwrap();
    let mut file = BufWriter::new(File::options().create_new(true).write(true).open(path).unwrap());
    file.write_all(&(header.len() as u64).to_le_bytes()).unwrap();
    file.write_all(&header).unwrap();
    for tensor in tensors {
        file.write_all(&bytes(&tensor.values(), kind)).unwrap();
    }
    file.flush().unwrap();
    path.to_owned()
}

/// Writes a CTranslate2 folder with the smallest model and returns its weights' path.
pub(crate) fn ctranslate2(folder: &Path) -> PathBuf {
    ctranslate2_of(folder, SMALL, Kind::F16, Tokens::Vocab)
}

/// A variable of CTranslate2: its name, shape, values, and whether it is a matrix that 8 bits
/// may hold.
type Variable = (String, Vec<usize>, Vec<f32>, bool);

/// Writes a CTranslate2 folder and returns its weights' path.
pub(crate) fn ctranslate2_of(folder: &Path, shape: Shape, kind: Kind, tokens: Tokens) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    vocabulary(folder, tokens);
    fs::write(folder.join("config.json"), "{\"alignment_heads\": []}").unwrap();
    let mut file = 6u32.to_le_bytes().to_vec();
    file.extend(string("WhisperSpec"));
    file.extend(3u32.to_le_bytes());
    let mut stored = Vec::new();
    for (name, shape, values, matrix) in variables(shape) {
        match kind {
            Kind::I8 if matrix => {
                let rows = shape[0];
                let row = values.len() / rows;
                let unit = unit(&shape);
                let scale = move |n: usize| (if n.is_multiple_of(2) { 1.0 } else { 2.0 }) / unit;
                let whole =
                    values.iter().enumerate().map(|(n, v)| (v * scale(n / row)) as i8 as u8);
                let scales: Vec<f32> = (0..rows).map(scale).collect();
                stored.push((name.clone(), shape, 1u8, whole.collect()));
                let scale = bytes(&scales, Kind::F32);
                stored.push((format!("{name}_scale"), vec![rows], 0, scale));
            }
            _ => {
                let code = match kind {
                    Kind::F32 => 0,
                    Kind::F16 | Kind::I8 => 4,
                    Kind::Bf16 => 5,
                };
                stored.push((name, shape, code, bytes(&values, kind)));
            }
        }
    }
    file.extend((stored.len() as u32).to_le_bytes());
    for (name, shape, code, data) in stored {
        file.extend(string(&name));
        file.push(shape.len() as u8);
        file.extend(shape.iter().flat_map(|length| (*length as u32).to_le_bytes()));
        file.push(code);
        file.extend((data.len() as u32).to_le_bytes());
        file.extend(data);
    }
    file.extend(1u32.to_le_bytes());
    file.extend(string("decoder/projection/weight"));
    file.extend(string("decoder/embeddings/weight"));
    let path = folder.join("model.bin");
    fs::write(&path, file).unwrap();
    path
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u16 + 1).to_le_bytes().to_vec();
    bytes.extend(text.as_bytes());
    bytes.push(0);
    bytes
}

/// The model as CTranslate2 lays it out: attention's parts stacked, keys with a bias of zeros.
fn variables(shape: Shape) -> Vec<Variable> {
    let all: HashMap<String, Tensor> =
        tensors(shape, true).into_iter().map(|tensor| (tensor.name.clone(), tensor)).collect();
    let mut variables: Vec<Variable> = Vec::new();
    let mut add = |theirs: String, ours: &str, matrix: bool| {
        let tensor = &all[ours];
        variables.push((theirs, tensor.shape.clone(), tensor.values(), matrix));
    };
    for convolution in ["conv1", "conv2"] {
        for last in ["weight", "bias"] {
            let ours = format!("encoder.{convolution}.{last}");
            add(format!("encoder/{convolution}/{last}"), &ours, last == "weight");
        }
    }
    add("decoder/embeddings/weight".into(), "decoder.embed_tokens.weight", true);
    let mut stacks = Vec::new();
    for (side, layers) in [("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)] {
        let positions = format!("{side}.embed_positions.weight");
        add(format!("{side}/position_encodings/encodings"), &positions, false);
        let mut norms = vec![(format!("{side}/layer_norm"), format!("{side}.layer_norm"))];
        for layer in 0..layers {
            let (theirs, ours) =
                (format!("{side}/layer_{layer}"), format!("{side}.layers.{layer}"));
            let norm = |theirs_last: &str, ours_last: &str| {
                (format!("{theirs}/{theirs_last}/layer_norm"), format!("{ours}.{ours_last}"))
            };
            norms.push(norm("self_attention", "self_attn_layer_norm"));
            norms.push(norm("ffn", "final_layer_norm"));
            for last in ["weight", "bias"] {
                for (n, fc) in ["fc1", "fc2"].into_iter().enumerate() {
                    let name = format!("{theirs}/ffn/linear_{n}/{last}");
                    add(name, &format!("{ours}.{fc}.{last}"), last == "weight");
                }
            }
            let stack = |theirs_at: &str, ours_at: &str, parts: &[&'static str]| {
                (format!("{theirs}/{theirs_at}"), format!("{ours}.{ours_at}"), parts.to_vec())
            };
            stacks.push(stack("self_attention/linear_0", "self_attn", &["q", "k", "v"]));
            stacks.push(stack("self_attention/linear_1", "self_attn", &["out"]));
            if side == "decoder" {
                norms.push(norm("attention", "encoder_attn_layer_norm"));
                stacks.push(stack("attention/linear_0", "encoder_attn", &["q"]));
                stacks.push(stack("attention/linear_1", "encoder_attn", &["k", "v"]));
                stacks.push(stack("attention/linear_2", "encoder_attn", &["out"]));
            }
        }
        for (theirs, ours) in norms {
            add(format!("{theirs}/gamma"), &format!("{ours}.weight"), false);
            add(format!("{theirs}/beta"), &format!("{ours}.bias"), false);
        }
    }
    for (theirs, ours, parts) in stacks {
        for last in ["weight", "bias"] {
            let mut stacked = Vec::new();
            for part in &parts {
                let found = all.get(&format!("{ours}.{part}_proj.{last}"));
                stacked.extend(found.map_or_else(|| vec![0.0; shape.width], Tensor::values));
            }
            let rows = parts.len() * shape.width;
            let lengths = if last == "weight" { vec![rows, shape.width] } else { vec![rows] };
            variables.push((format!("{theirs}/{last}"), lengths, stacked, last == "weight"));
        }
    }
    variables
}
