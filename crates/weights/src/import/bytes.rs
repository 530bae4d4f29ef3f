//! A file of weights, read piece by piece. Nothing is mapped into memory: a file that is cut
//! off meanwhile is an error, and memory holds one tensor at a time.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};

use crate::error::ModelError;

/// An opened file whose length is known.
pub(super) struct Bytes {
    path: PathBuf,
    file: File,
    length: u64,
}

impl Bytes {
    /// Opens the file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, ModelError> {
        let failed = |source| ModelError::read(path, source);
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok(Self { path: path.to_owned(), file, length })
    }

    /// Returns the file's length.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Returns the refusal of this file, and why.
    pub(super) fn refuse(&self, why: impl Into<String>) -> ModelError {
        ModelError::Form { path: self.path.clone(), why: why.into() }
    }

    /// Returns the bytes of `range`, which must lie inside the file.
    pub(super) fn at(&self, range: Range<u64>) -> Result<Vec<u8>, ModelError> {
        if range.start > range.end || range.end > self.length {
            return Err(self.refuse(format!("it ends at {} of {} bytes", self.length, range.end)));
        }
        let failed = |source| ModelError::read(&self.path, source);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(range.start)).map_err(failed)?;
        let length = usize::try_from(range.end - range.start);
        let mut bytes = vec![0; length.map_err(|_| self.refuse("a tensor is too large"))?];
        file.read_exact(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }

    /// Returns the file from its beginning.
    pub(super) fn whole(&self) -> Result<&File, ModelError> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0)).map_err(|source| ModelError::read(&self.path, source))?;
        Ok(file)
    }

    /// Returns a reader that starts at the file's beginning.
    pub(super) fn cursor(&self) -> Result<Cursor<'_>, ModelError> {
        Ok(Cursor { reader: BufReader::new(self.whole()?), at: 0, length: self.length })
    }
}

/// Reads a file from front to back; every refusal says why, for people.
pub(super) struct Cursor<'a> {
    reader: BufReader<&'a File>,
    at: u64,
    length: u64,
}

impl Cursor<'_> {
    /// Returns how far the reader is.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Tells whether the whole file has been read.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.length
    }

    fn advance(&mut self, length: u64) -> Result<(), String> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.length);
        self.at = end.ok_or_else(|| format!("it is cut off: it ends at byte {}", self.length))?;
        Ok(())
    }

    /// Returns the next `length` bytes.
    pub(super) fn take(&mut self, length: usize) -> Result<Vec<u8>, String> {
        self.advance(length as u64)?;
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    /// Passes over the next `length` bytes and returns where they are.
    pub(super) fn skip(&mut self, length: u64) -> Result<Range<u64>, String> {
        let start = self.at;
        self.advance(length)?;
        let step = i64::try_from(length).map_err(|_| "a tensor is too large".to_owned())?;
        self.reader.seek_relative(step).map_err(|error| error.to_string())?;
        Ok(start..self.at)
    }

    /// Returns the next little-endian number of `width` bytes.
    pub(super) fn number(&mut self, width: usize) -> Result<u32, String> {
        Ok(self.take(width)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    }
}

/// Returns the product of `shape`, or `None` when no file could hold so many values.
pub(super) fn count(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1usize, |product, length| product.checked_mul(*length))
}

/// Returns 32-bit floats.
pub(super) fn f32s(bytes: &[u8]) -> Vec<f32> {
    each(bytes, f32::from_le_bytes)
}

/// Returns 16-bit floats as 32-bit ones.
pub(super) fn f16s(bytes: &[u8]) -> Vec<f32> {
    let halves = bytes.as_chunks::<2>().0.iter();
    widened(&halves.map(|chunk| f16::from_le_bytes(*chunk)).collect::<Vec<_>>())
}

/// Returns 16-bit floats as 32-bit ones.
pub(super) fn widened(halves: &[f16]) -> Vec<f32> {
    let mut values = vec![0.0; halves.len()];
    halves.convert_to_f32_slice(&mut values);
    values
}

/// Returns the 16-bit floats nearest to `values`.
pub(super) fn rounded(values: &[f32]) -> Vec<f16> {
    let mut halves = vec![f16::ZERO; values.len()];
    halves.convert_from_f32_slice(values);
    halves
}

/// Returns brain floats as 32-bit ones.
pub(super) fn bf16s(bytes: &[u8]) -> Vec<f32> {
    each(bytes, |b| bf16::from_le_bytes(b).to_f32())
}

fn each<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f32) -> Vec<f32> {
    bytes.as_chunks::<N>().0.iter().map(|chunk| value(*chunk)).collect()
}
