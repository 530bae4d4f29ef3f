//! Named tensors of a small network, and the file they are kept in: safetensors, 32-bit floats.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use referat_files::artefact;
use referat_files::error::StoreError;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

/// Why the tensors of a network cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TensorError {
    /// The file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file is damaged, or holds what has no place among weights.
    #[error("cannot use the weights `{}`: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: Refusal,
    },
}

impl TensorError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.tip(),
            Self::Refused { .. } => Some(
                "get them again: `referat models remove voices`, then `referat models pull voices`"
                    .into(),
            ),
        }
    }
}

/// What is wrong with a file of weights.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no archive of tensors, or it ends too early.
    #[error("it is no whole archive of tensors ({0})")]
    Archive(String),
    /// It is larger than any file of weights that is known here.
    #[error("it holds more than {0}")]
    TooLarge(&'static str),
    /// Its list of tensors asks for something to be called.
    #[error("it asks for `{0}` to be called")]
    Call(String),
    /// Its list of tensors holds an instruction that tensors do not need.
    #[error("instruction {0:#04x} has no place in a list of tensors")]
    Instruction(u8),
    /// Its list of tensors is not well formed.
    #[error("its list of tensors is damaged ({0})")]
    Damaged(&'static str),
    /// A tensor is not there.
    #[error("it lacks the tensor `{0}`")]
    Missing(String),
    /// A tensor has another shape than the network's.
    #[error("the tensor `{name}` has the shape {found:?} instead of {wanted:?}")]
    Shape {
        /// The tensor.
        name: String,
        /// Its shape in the file.
        found: Vec<usize>,
        /// The network's shape.
        wanted: Vec<usize>,
    },
}

/// Named tensors of 32-bit floats.
#[derive(Debug, Default, PartialEq)]
pub struct Tensors(BTreeMap<String, (Vec<usize>, Vec<f32>)>);

impl Tensors {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub fn open(path: &Path) -> Result<Self, TensorError> {
        let bytes = artefact::read(path)?;
        Self::parse(&bytes).map_err(|reason| TensorError::Refused { path: path.to_owned(), reason })
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// When they are damaged, or hold other numbers than 32-bit floats.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let file =
            SafeTensors::deserialize(bytes).map_err(|why| Refusal::Archive(why.to_string()))?;
        let mut tensors = Self::default();
        for (name, view) in file.iter() {
            let (values, rest) = view.data().as_chunks::<4>();
            if view.dtype() != Dtype::F32 || !rest.is_empty() {
                return Err(Refusal::Archive(format!("`{name}` is not of 32-bit floats")));
            }
            let values = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            tensors.put(name, view.shape(), values);
        }
        Ok(tensors)
    }

    /// Returns the bytes of a file: the same for the same tensors.
    ///
    /// # Errors
    /// When a tensor holds another number of values than its shape.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Refusal> {
        let bytes: Vec<(&String, &Vec<usize>, Vec<u8>)> = self
            .0
            .iter()
            .map(|(name, (shape, values))| {
                (name, shape, values.iter().flat_map(|value| value.to_le_bytes()).collect())
            })
            .collect();
        let mut views = BTreeMap::new();
        for (name, shape, bytes) in &bytes {
            let view = TensorView::new(Dtype::F32, (*shape).clone(), bytes)
                .map_err(|why| Refusal::Archive(why.to_string()))?;
            views.insert(name.as_str(), view);
        }
        safetensors::serialize(views, None).map_err(|why| Refusal::Archive(why.to_string()))
    }

    /// Adds a tensor, of which `values` are row by row; one of the same name is replaced.
    pub fn put(&mut self, name: &str, shape: &[usize], values: Vec<f32>) {
        self.0.insert(name.to_owned(), (shape.to_vec(), values));
    }

    /// Adds those of `other`.
    ///
    /// # Errors
    /// When both have a tensor of one name.
    pub fn join(&mut self, other: Self) -> Result<(), Refusal> {
        for (name, tensor) in other.0 {
            if self.0.insert(name, tensor).is_some() {
                return Err(Refusal::Damaged("a tensor that is there twice"));
            }
        }
        Ok(())
    }

    /// Returns the values of a tensor, row by row.
    ///
    /// # Errors
    /// When it is not there, or has another shape.
    pub fn get(&self, name: &str, wanted: &[usize]) -> Result<&[f32], Refusal> {
        let (found, values) = self.0.get(name).ok_or_else(|| Refusal::Missing(name.to_owned()))?;
        if found != wanted || values.len() != wanted.iter().product::<usize>() {
            let (found, wanted) = (found.clone(), wanted.to_vec());
            return Err(Refusal::Shape { name: name.to_owned(), found, wanted });
        }
        Ok(values)
    }

    /// Returns whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_are_written_and_read_again() {
        let mut tensors = Tensors::default();
        tensors.put("b", &[2, 2], vec![1.0, 2.0, 3.0, f32::MIN_POSITIVE]);
        tensors.put("a", &[1], vec![-0.5]);
        let bytes = tensors.to_bytes().unwrap();
        assert_eq!(Tensors::parse(&bytes).unwrap(), tensors);
        for end in 0..bytes.len() {
            assert!(Tensors::parse(&bytes[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn a_tensor_is_asked_for_with_its_shape() {
        let mut tensors = Tensors::default();
        tensors.put("b", &[2, 2], vec![0.0; 4]);
        assert!(tensors.get("b", &[2, 2]).is_ok());
        let refusal = tensors.get("b", &[4]).unwrap_err();
        assert_eq!(refusal.to_string(), "the tensor `b` has the shape [2, 2] instead of [4]");
        assert_eq!(tensors.get("c", &[4]), Err(Refusal::Missing("c".into())));
    }
}
