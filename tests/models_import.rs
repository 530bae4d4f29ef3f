//! Weights in every published form become the same ggml file; what is damaged is refused and
//! nothing is written.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

#[path = "support/weights.rs"]
mod weights;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use referat::models::import::{Precision, Weighed, convert};

/// The same model in the three forms: the file to damage, and what is imported.
static FORMS: LazyLock<(tempfile::TempDir, Vec<(PathBuf, PathBuf)>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let forms = vec![
        (weights::safetensors(&at("hf")), at("hf")),
        (weights::ctranslate2(&at("ct2")), at("ct2")),
        (at("ggml.bin"), at("ggml.bin")),
    ];
    convert(&Weighed::recognise(&at("hf")).unwrap(), None, &at("ggml.bin")).unwrap();
    (folder, forms)
});

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

/// A copy of a form, with its file changed by `damage`.
fn damaged(form: usize, damage: impl FnOnce(&mut Vec<u8>)) -> Result<Vec<u8>, String> {
    let (file, root) = &FORMS.1[form];
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

#[test]
fn every_form_of_the_same_weights_becomes_the_same_file() {
    let all: Vec<_> = FORMS.1.iter().map(|(_, root)| import(root, None).unwrap()).collect();
    assert!(all[0] == all[1], "safetensors and CTranslate2 differ");
    assert!(all[0] == all[2], "a ggml file does not stay as it is");
}

#[test]
fn quantising_at_once_and_later_agree_and_make_smaller_files() {
    let whole = import(&FORMS.1[2].1, None).unwrap().len();
    for (precision, most) in [(Precision::Q8_0, 60), (Precision::Q5_1, 46), (Precision::Q5_0, 44)] {
        let at_once = import(&FORMS.1[0].1, Some(precision)).unwrap();
        let later = import(&FORMS.1[2].1, Some(precision)).unwrap();
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
    let error = damaged(0, renamed("layers.0.fc1.weight", "layers.0.fc9.weight")).unwrap_err();
    assert!(error.contains("fc1.weight"), "{error}");
    let error = damaged(1, renamed("ffn/linear_0/weight", "ffn/linear_9/weight")).unwrap_err();
    assert!(error.contains("ffn/linear_0/weight"), "{error}");
    let error = damaged(0, renamed("[448,64]", "[64,448]")).unwrap_err();
    assert!(error.contains("shape"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_is_cut_off_is_refused(form in 0..3usize, part in 0.0..1.0f64) {
        let result = damaged(form, |bytes| bytes.truncate((bytes.len() as f64 * part) as usize));
        prop_assert!(result.is_err());
    }

    #[test]
    fn a_flipped_bit_never_panics_nor_leaves_half_a_model(
        form in 0..3usize, place in 0..6000usize, bit in 0..8u8,
    ) {
        // In the structure: what a flipped weight means, no form can tell.
        if let Ok(bytes) = damaged(form, |bytes| bytes[place] ^= 1 << bit) {
            prop_assert_eq!(bytes.len(), fs::metadata(&FORMS.1[2].0).unwrap().len() as usize);
        }
    }
}
