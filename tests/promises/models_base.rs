//! OpenAI's base, written in Hugging Face's form and imported back, is the same file.

use std::fs;
use std::path::Path;

use referat_weights::import::{Weighed, convert};
use referat_weights::library::Library;

use crate::support;

/// Reads little-endian numbers and stretches from front to back.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(length);
        self.0 = rest;
        head
    }

    fn number(&mut self) -> usize {
        u32::from_le_bytes(self.take(4).try_into().unwrap()) as usize
    }
}

/// whisper.cpp's name in Hugging Face's words.
fn renamed(name: &str) -> String {
    let name = name
        .replace("positional_embedding", "embed_positions.weight")
        .replace("token_embedding", "embed_tokens")
        .replace(".blocks.", ".layers.")
        .replace("cross_attn_ln", "encoder_attn_layer_norm")
        .replace(".attn_ln", ".self_attn_layer_norm")
        .replace("mlp_ln", "final_layer_norm")
        .replace("mlp.0", "fc1")
        .replace("mlp.2", "fc2")
        .replace("cross_attn.", "encoder_attn.")
        .replace(".attn.", ".self_attn.")
        .replace(".query.", ".q_proj.")
        .replace(".key.", ".k_proj.")
        .replace(".value.", ".v_proj.")
        .replace("attn.out.", "attn.out_proj.")
        .replace("encoder.ln_post.", "encoder.layer_norm.")
        .replace("decoder.ln.", "decoder.layer_norm.");
    format!("model.{name}")
}

/// The letter that GPT-2's vocabulary writes for each byte.
fn letters() -> Vec<char> {
    let mut next = 0x100;
    let letter = |byte: u8| match byte {
        b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff => char::from(byte),
        _ => {
            next += 1;
            char::from_u32(next - 1).unwrap()
        }
    };
    (0..=255).map(letter).collect()
}

/// Writes the model of a ggml file as a Hugging Face folder, its numbers as they are.
fn write_hugging_face(ggml: &[u8], folder: &Path) {
    let mut file = Reader(ggml);
    file.take(4);
    let header: Vec<usize> = (0..11).map(|_| file.number()).collect();
    let config = serde_json::json!({
        "model_type": "whisper", "vocab_size": header[0], "max_source_positions": header[1],
        "d_model": header[2], "encoder_attention_heads": header[3], "encoder_layers": header[4],
        "max_target_positions": header[5], "decoder_attention_heads": header[7],
        "decoder_layers": header[8], "num_mel_bins": header[9],
    });
    fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let filters = file.number() * file.number();
    file.take(filters * 4);
    let letters = letters();
    let mut vocabulary = serde_json::Map::new();
    for id in 0..file.number() {
        let length = file.number();
        let token = file.take(length).iter().map(|byte| letters[usize::from(*byte)]);
        vocabulary.insert(token.collect(), id.into());
    }
    fs::write(folder.join("vocab.json"), serde_json::to_vec(&vocabulary).unwrap()).unwrap();
    let (mut tensors, mut data) = (serde_json::Map::new(), Vec::<u8>::new());
    while !file.0.is_empty() {
        let (rank, length, kind) = (file.number(), file.number(), file.number());
        let mut shape: Vec<usize> = (0..rank).map(|_| file.number()).collect();
        let name = String::from_utf8(file.take(length).to_vec()).unwrap();
        let (dtype, width) = if kind == 0 { ("F32", 4) } else { ("F16", 2) };
        let start = data.len();
        data.extend(file.take(shape.iter().product::<usize>() * width));
        shape.reverse();
        if name.contains(".conv") && name.ends_with(".bias") {
            shape.pop();
        }
        let tensor = serde_json::json!({"dtype": dtype, "shape": shape, "data_offsets": [start, data.len()]});
        tensors.insert(renamed(&name), tensor);
    }
    let header = serde_json::to_vec(&tensors).unwrap();
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header);
    bytes.extend(data);
    fs::write(folder.join("model.safetensors"), bytes).unwrap();
}

#[test]
fn base_as_safetensors_is_imported_back_bit_for_bit() {
    if !support::model_is_here() {
        return;
    }
    let base = Library::open().unwrap().find("base").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let published = fs::read(&base.path).unwrap();
    assert_eq!(published.len(), 147_951_465);
    write_hugging_face(&published, folder.path());
    convert(&Weighed::recognise(folder.path()).unwrap(), None, &at("back.bin")).unwrap();
    let back = fs::read(at("back.bin")).unwrap();
    if base.source.starts_with("Python packages") {
        assert!(back == published, "safetensors and CTranslate2 give other bytes");
    } else {
        // whisper.cpp's converter has another order of tensors: the same once rewritten.
        let again = at("again");
        fs::create_dir(&again).unwrap();
        write_hugging_face(&back, &again);
        let tensors = |folder: &Path| {
            let bytes = fs::read(folder.join("model.safetensors")).unwrap();
            let header = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
            let about: serde_json::Value = serde_json::from_slice(&bytes[8..8 + header]).unwrap();
            let about = about.as_object().unwrap().clone();
            about
                .into_iter()
                .map(|(name, tensor)| {
                    let at = |n: usize| tensor["data_offsets"][n].as_u64().unwrap() as usize;
                    let data = &bytes[8 + header..];
                    (name, tensor["shape"].to_string(), data[at(0)..at(1)].to_vec())
                })
                .collect::<Vec<_>>()
        };
        assert!(tensors(folder.path()) == tensors(&again), "a tensor has other bytes");
    }
}
