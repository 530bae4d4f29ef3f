//! Weights in other forms become a ggml file: tensor by tensor, so that memory holds one at a
//! time. What is not a whole Whisper model is refused with the reason, and nothing is written.

mod bytes;
mod ct2;
mod dimensions;
mod ggml;
mod ggml_file;
mod mel;
mod names;
mod quantize;
mod safetensors;
mod source;
mod tokens;

use std::path::{Path, PathBuf};

use self::dimensions::Dimensions;
pub use self::quantize::Precision;
pub(super) use self::safetensors::INDEX;
use self::source::{Vocabulary, Weights};
use super::error::ModelError;

/// A form in which Whisper's weights are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// whisper.cpp's own file.
    Ggml(PathBuf),
    /// CTranslate2's `model.bin`, and the vocabulary.
    Ctranslate2 {
        /// The weights.
        model: PathBuf,
        /// The vocabulary's file.
        tokens: PathBuf,
    },
    /// A folder in Hugging Face's layout.
    Safetensors {
        /// The folder, with `config.json` and `model.safetensors` or its shards.
        folder: PathBuf,
        /// The vocabulary's file.
        tokens: PathBuf,
    },
}

impl Weighed {
    /// Tells which form the file or folder at `path` has.
    pub fn recognise(path: &Path) -> Result<Self, ModelError> {
        let refuse = |why: &str| ModelError::Form { path: path.to_owned(), why: why.to_owned() };
        let about = std::fs::metadata(path).map_err(|source| ModelError::read(path, source))?;
        if about.is_file() {
            return match path.extension().and_then(|ending| ending.to_str()) {
                Some("safetensors") => Err(refuse("give the folder that it lies in")),
                _ => Ok(Self::Ggml(path.to_owned())),
            };
        }
        if !about.is_dir() {
            return Err(refuse("it is neither a file nor a folder"));
        }
        let has = |name: &str| Some(path.join(name)).filter(|path| path.is_file());
        let tokens = || {
            tokens::FILES.into_iter().find_map(has).ok_or_else(|| {
                refuse(&format!("it has no vocabulary: none of {}", tokens::FILES.join(", ")))
            })
        };
        if has(safetensors::WHOLE).or_else(|| has(INDEX)).is_some() {
            return Ok(Self::Safetensors { folder: path.to_owned(), tokens: tokens()? });
        }
        if let Some(model) = has("model.bin") {
            return Ok(Self::Ctranslate2 { model, tokens: tokens()? });
        }
        Err(match () {
            () if has("adapter_model.safetensors").is_some() => {
                refuse("it is an adapter, not a whole model: merge it into its base first")
            }
            () if has("pytorch_model.bin").is_some() => {
                refuse("it has PyTorch's own form only, not safetensors")
            }
            () => refuse("it holds neither `model.safetensors` nor CTranslate2's `model.bin`"),
        })
    }
}

/// Converts `weights` to a ggml file at `target`; without a precision, a ggml file stays as it
/// is and everything else becomes f16. Returns the architecture. On failure there is no file
/// at `target`.
pub fn convert(
    weights: &Weighed,
    precision: Option<Precision>,
    target: &Path,
) -> Result<String, ModelError> {
    let wanted = precision.unwrap_or(Precision::F16);
    let written = match weights {
        Weighed::Ggml(path) => {
            let file = ggml_file::open(path)?;
            let written = match precision {
                None => file.copy(target),
                Some(_) => ggml::write(&file, file.vocabulary()?, wanted, target),
            };
            let kind = precision.map_or_else(|| file.kind(), |p| p.name().to_owned());
            written.map(|()| format!("{}, {kind}", file.dimensions().architecture()))
        }
        Weighed::Ctranslate2 { model, tokens } => write(&ct2::open(model)?, tokens, wanted, target),
        Weighed::Safetensors { folder, tokens } => {
            write(&safetensors::open(folder)?, tokens, wanted, target)
        }
    };
    if written.is_err() {
        // A file that is half written is of no use, and the failure is what counts.
        let _ = std::fs::remove_file(target);
    }
    written
}

fn write(
    weights: &impl Weights,
    tokens: &Path,
    precision: Precision,
    target: &Path,
) -> Result<String, ModelError> {
    ggml::write(weights, vocabulary(weights, tokens)?, precision, target)?;
    Ok(format!("{}, {}", weights.dimensions().architecture(), precision.name()))
}

fn vocabulary(weights: &impl Weights, path: &Path) -> Result<Vocabulary, ModelError> {
    let Dimensions { vocabulary, mels, .. } = weights.dimensions();
    let tokens = tokens::read(path)?;
    let wanted = dimensions::ordinary_tokens(vocabulary);
    if tokens.len() != wanted {
        let why = format!("it has {} ordinary tokens, not {wanted}", tokens.len());
        return Err(ModelError::Form { path: path.to_owned(), why });
    }
    Ok(Vocabulary { filters: mel::filters(mels), tokens })
}
