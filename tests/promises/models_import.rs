//! Weights in every published form become the same ggml file; what is damaged is refused and
//! nothing is written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use referat_weights::import::{Precision, Weighed, convert};

use crate::support::weights;
use crate::support::weights::{Kind, SMALL, Shape, Tokens};

/// A form that the same model is published in.
struct Form {
    /// What is imported: a folder or a file.
    root: PathBuf,
    /// Its files that may be damaged, the weights first.
    files: Vec<PathBuf>,
    /// Bytes of the weights around every name that stands in them: their structure.
    structure: Vec<usize>,
}

/// The same model in the three forms.
static FORMS: LazyLock<(tempfile::TempDir, Vec<Form>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    weights::safetensors(&at("hf"));
    weights::ctranslate2(&at("ct2"));
    convert(&Weighed::recognise(&at("hf")).unwrap(), None, &at("ggml.bin")).unwrap();
    let form = |root: PathBuf, files: &[&str]| {
        let files = match files {
            [] => vec![root.clone()],
            names => names.iter().map(|name| root.join(name)).collect(),
        };
        let structure = structure(&fs::read(&files[0]).unwrap());
        Form { root, files, structure }
    };
    let forms = vec![
        form(at("hf"), &["model.safetensors", "config.json", "vocab.json"]),
        form(at("ct2"), &["model.bin", "vocab.json"]),
        form(at("ggml.bin"), &[]),
    ];
    (folder, forms)
});

/// Returns the places of the header and of what stands around the names of tensors.
fn structure(bytes: &[u8]) -> Vec<usize> {
    let mut places: BTreeSet<usize> = (0..64).collect();
    for name in [b"encoder", b"decoder"] {
        let found = bytes.windows(7).enumerate().filter(|(_, window)| window == name);
        for (at, _) in found {
            places.extend(at.saturating_sub(24)..(at + 72).min(bytes.len()));
        }
    }
    places.into_iter().collect()
}

fn import(path: &Path, precision: Option<Precision>) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.bin");
    let found = Weighed::recognise(path).and_then(|found| convert(&found, precision, &target));
    match found {
        Ok(_) => Ok(fs::read(target).unwrap()),
        Err(error) => {
            assert!(!target.exists(), "a refused model was written: {error}");
            let text = error.to_string();
            assert!(!text.contains('\n') && error.tip().is_some(), "{text}");
            Err(text)
        }
    }
}

/// A copy of a form, with one of its files changed by `damage`.
fn damaged(form: usize, file: usize, damage: impl FnOnce(&mut Vec<u8>)) -> Result<Vec<u8>, String> {
    let Form { root, files, .. } = &FORMS.1[form];
    let file = &files[file % files.len()];
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    let mut bytes = fs::read(file).unwrap();
    damage(&mut bytes);
    if root.is_dir() {
        fs::create_dir(&copy).unwrap();
        for entry in fs::read_dir(root).unwrap() {
            let entry = entry.unwrap();
            if entry.path() != *file {
                fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
            }
        }
        fs::write(copy.join(file.file_name().unwrap()), bytes).unwrap();
    } else {
        fs::write(&copy, bytes).unwrap();
    }
    import(&copy, None)
}

/// The model as a ggml file, to compare with.
fn wanted() -> Vec<u8> {
    fs::read(&FORMS.1[2].root).unwrap()
}

#[test]
fn every_form_of_the_same_weights_becomes_the_same_file() {
    for Form { root, .. } in &FORMS.1 {
        assert!(import(root, None).unwrap() == wanted(), "{}", root.display());
    }
}

#[test]
fn every_kind_of_number_and_of_vocabulary_becomes_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: String| folder.path().join(name);
    for (kind, tokens) in
        [(Kind::F32, Tokens::Lines), (Kind::Bf16, Tokens::List), (Kind::I8, Tokens::Tokenizer)]
    {
        let folder = at(format!("ct2-{kind:?}"));
        weights::ctranslate2_of(&folder, SMALL, kind, tokens);
        assert!(import(&folder, None).unwrap() == wanted(), "CTranslate2, {kind:?}, {tokens:?}");
    }
    for (kind, tokens, shards) in
        [(Kind::F32, Tokens::Vocab, 3), (Kind::Bf16, Tokens::Tokenizer, 1)]
    {
        let folder = at(format!("hf-{kind:?}"));
        weights::hugging_face(&folder, SMALL, kind, tokens, shards);
        assert!(
            import(&folder, None).unwrap() == wanted(),
            "safetensors, {kind:?}, {shards} shards"
        );
    }
}

#[test]
fn a_distilled_decoder_and_128_mel_bands_are_imported_alike_from_both_forms() {
    let shape = Shape { mels: 128, vocabulary: 51_866, encoder_layers: 3, ..SMALL };
    let folder = tempfile::tempdir().unwrap();
    let (hf, ct2) = (folder.path().join("hf"), folder.path().join("ct2"));
    weights::hugging_face(&hf, shape, Kind::F16, Tokens::Vocab, 2);
    weights::ctranslate2_of(&ct2, shape, Kind::F16, Tokens::Vocab);
    let made = import(&hf, None).unwrap();
    assert!(made == import(&ct2, None).unwrap());
    // The header: mel bands, then the layers of both sides.
    let number = |at: usize| u32::from_le_bytes(made[at..at + 4].try_into().unwrap());
    assert_eq!((number(40), number(20), number(36)), (128, 3, 1));
}

#[test]
fn a_missing_shard_is_named() {
    let folder = tempfile::tempdir().unwrap();
    weights::hugging_face(folder.path(), SMALL, Kind::F16, Tokens::Vocab, 2);
    let shard = "model-00002-of-00002.safetensors";
    fs::remove_file(folder.path().join(shard)).unwrap();
    assert!(import(folder.path(), None).unwrap_err().contains(shard));
}

#[test]
fn quantising_at_once_and_later_agree_and_make_smaller_files() {
    let whole = wanted().len();
    for (precision, most) in [(Precision::Q8_0, 60), (Precision::Q5_1, 46), (Precision::Q5_0, 44)] {
        let at_once = import(&FORMS.1[0].root, Some(precision)).unwrap();
        let later = import(&FORMS.1[2].root, Some(precision)).unwrap();
        assert!(at_once == later, "{precision:?}");
        assert!(at_once.len() * 100 < whole * most, "{precision:?}: {}", at_once.len());
    }
}

#[test]
fn what_is_no_whisper_model_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.bin");
    fs::write(&text, "not a model").unwrap();
    assert!(import(&text, None).unwrap_err().contains("no ggml file"));
    assert!(import(folder.path(), None).unwrap_err().contains("holds neither"));
    let folder = tempfile::tempdir().unwrap();
    weights::safetensors(folder.path());
    let config = folder.path().join("config.json");
    let other = fs::read_to_string(&config).unwrap().replace("\"whisper\"", "\"wav2vec2\"");
    fs::write(&config, other).unwrap();
    assert!(import(folder.path(), None).unwrap_err().contains("wav2vec2"));
}

#[test]
fn a_missing_tensor_and_a_wrong_shape_are_named() {
    let renamed = |from: &'static str, to: &'static str| {
        move |bytes: &mut Vec<u8>| {
            let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    };
    for (form, from, to, named) in [
        (0, "layers.0.fc1.weight", "layers.0.fc9.weight", "fc1.weight"),
        (1, "ffn/linear_0/weight", "ffn/linear_9/weight", "ffn/linear_0/weight"),
        (2, "blocks.0.mlp.0.weight", "blocks.0.mlp.9.weight", "mlp.0.weight"),
        (0, "[448,64]", "[64,448]", "shape"),
    ] {
        let error = damaged(form, 0, renamed(from, to)).unwrap_err();
        assert!(error.contains(named), "{error}");
    }
}

proptest! {
    // Each case imports a model, which takes a second without optimisation.
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("EVAL").is_some() { 256 } else { 24 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_file_that_is_cut_off_is_refused(form in 0..3usize, file in 0..3usize, part in 0.0..1.0f64) {
        let result = damaged(form, file, |bytes| {
            bytes.truncate((bytes.len() as f64 * part) as usize);
        });
        prop_assert!(result.is_err());
    }

    /// In the structure a flipped bit is an error, or it changes nothing but a value's kind
    /// where another of the same width stands for it, or a number that is only told.
    #[test]
    fn a_flipped_bit_of_the_structure_is_refused_or_harmless(
        form in 0..3usize, place in any::<prop::sample::Index>(), bit in 0..8u8,
    ) {
        let at = *place.get(&FORMS.1[form].structure);
        if let Ok(bytes) = damaged(form, 0, |bytes| bytes[at] ^= 1 << bit) {
            prop_assert_eq!(bytes.len(), wanted().len());
        }
    }

    /// What a flipped weight means no form can tell: it is taken, or refused when it is no
    /// number that a weight can be. A flipped vocabulary keeps its length or is refused.
    #[test]
    fn a_flipped_bit_anywhere_never_panics_nor_leaves_half_a_model(
        form in 0..3usize, file in 0..3usize, place in any::<prop::sample::Index>(), bit in 0..8u8,
    ) {
        let result = damaged(form, file, |bytes| {
            let at = place.index(bytes.len());
            bytes[at] ^= 1 << bit;
        });
        if let Ok(bytes) = result {
            prop_assert!(bytes.len().abs_diff(wanted().len()) <= 1, "{}", bytes.len());
        }
    }

    #[test]
    fn bytes_that_are_no_model_are_refused(form in 0..3usize, file in 0..3usize, noise in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(damaged(form, file, |bytes| *bytes = noise).is_err());
    }
}
