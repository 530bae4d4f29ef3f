//! Weights out of files that torch wrote. Nothing in such a file is carried out: what is not a
//! tensor, or a plain value beside one, is refused.

mod archive;
mod pickle;
mod pickled;

use std::io::{Read, Seek};

use super::tensors::{Refusal, Tensors};

/// Reads an archive of tensors.
///
/// # Errors
/// When it holds anything but tensors, or less than it promises.
pub fn read(archive: impl Read + Seek) -> Result<Tensors, Refusal> {
    archive::read(archive)
}
