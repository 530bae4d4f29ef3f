//! Finds where pieces of one file stand in others: what a deletion may have overlooked.
//!
//! A run of 64 bytes that two files share holds at least one whole 32-byte block of the second
//! file. The blocks of the files that are to stay are remembered, and the file that is to go is
//! read past them once, at every offset.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use super::artefact;
use super::error::StoreError;

/// Length of a block in bytes: half of the shortest run that is always found.
const BLOCK: usize = 32;

/// Blocks of fewer different bytes are no trace: runs of zeros, spaces and dashes are in any
/// file.
const VARIED: usize = 8;

/// Factor of the rolling hash (an odd number without structure).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The blocks of the files that are to stay.
#[derive(Debug, Default)]
pub struct Traces {
    files: Vec<PathBuf>,
    blocks: HashMap<u64, Vec<([u8; BLOCK], usize)>>,
}

impl Traces {
    /// Remembers the blocks of `files`.
    pub fn of(files: Vec<PathBuf>) -> Result<Self, StoreError> {
        let mut traces = Self::default();
        for (index, path) in files.iter().enumerate() {
            for block in artefact::read(path)?.as_chunks::<BLOCK>().0 {
                if is_varied(block) {
                    traces.blocks.entry(hash(block)).or_default().push((*block, index));
                }
            }
        }
        traces.files = files;
        Ok(traces)
    }

    /// Returns which of the files hold a piece of the file at `path`.
    pub fn search(&self, path: &Path) -> Result<Vec<PathBuf>, StoreError> {
        let failed = |source| StoreError::Read { path: path.to_owned(), source };
        let mut found = BTreeSet::new();
        let reader = BufReader::with_capacity(1 << 20, File::open(path).map_err(failed)?);
        let mut window = [0_u8; BLOCK];
        let first = (0..BLOCK - 1).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
        let (mut rolling, mut length) = (0_u64, 0_usize);
        for byte in reader.bytes() {
            let byte = byte.map_err(failed)?;
            let slot = length % BLOCK;
            rolling = rolling
                .wrapping_sub(u64::from(window[slot]).wrapping_mul(first))
                .wrapping_mul(FACTOR)
                .wrapping_add(u64::from(byte));
            window[slot] = byte;
            length += 1;
            if length >= BLOCK
                && let Some(blocks) = self.blocks.get(&rolling)
            {
                let mut run = window;
                run.rotate_left(length % BLOCK);
                found.extend(blocks.iter().filter(|(block, _)| *block == run).map(|(_, at)| *at));
            }
        }
        Ok(found.into_iter().map(|at| self.files[at].clone()).collect())
    }
}

fn hash(block: &[u8; BLOCK]) -> u64 {
    block.iter().fold(0, |hash, byte| hash.wrapping_mul(FACTOR).wrapping_add(u64::from(*byte)))
}

fn is_varied(block: &[u8; BLOCK]) -> bool {
    block.iter().collect::<BTreeSet<_>>().len() >= VARIED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_sixty_four_bytes_is_found_at_any_offset_and_silence_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = 7_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let mut recording: Vec<u8> = (0..5000).map(|_| noise()).collect();
        recording.extend([0; 500]);
        let whole = folder.path().join("a.wav");
        artefact::write(&whole, &recording).unwrap();
        let mut others = Vec::new();
        for (name, from, before) in [("x", 1234, 5), ("y", 4900, 77), ("z", 5100, 3)] {
            let path = folder.path().join(name);
            let mut bytes = vec![b'-'; before];
            bytes.extend(&recording[from..from + 64]);
            artefact::write(&path, &bytes).unwrap();
            others.push(path);
        }
        let traces = Traces::of(others.clone()).unwrap();
        assert_eq!(traces.search(&whole).unwrap(), others[..2]);
    }
}
