//! The zip archive around a list of tensors: `data.pkl` names them, `data/KEY` hold their values.

use std::io::{Read, Seek};

use zip::{CompressionMethod, ZipArchive};

use super::pickle;
use super::pickled::Listed;
use crate::tensors::{Refusal, Tensors};

/// The longest list of tensors that is read; that of CAM++ has 133,035 bytes.
const LONGEST_LIST: u64 = 4 << 20;
/// The most values that are read in all; CAM++ has 7 million.
const MOST_VALUES: usize = 32 << 20;
/// The longest file of values that is read.
const LONGEST_PART: u64 = 4 * MOST_VALUES as u64;
/// The most files in an archive; that of CAM++ has 939.
const MOST_FILES: usize = 10_000;

pub(super) fn read(archive: impl Read + Seek) -> Result<Tensors, Refusal> {
    let mut archive = ZipArchive::new(archive).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err(Refusal::TooLarge("10,000 files"));
    }
    let names = archive.file_names().filter_map(Result::ok);
    let list = names.map(String::from).find(|name| name.ends_with("/data.pkl"));
    let list = list.ok_or_else(|| damaged("it holds no data.pkl"))?;
    let folder = list.trim_end_matches("data.pkl").to_owned();
    let list = bytes(&mut archive, &list, LONGEST_LIST)?;
    let mut left = MOST_VALUES;
    let mut tensors = Tensors::default();
    for (name, Listed { key, offset, shape }) in pickle::tensors(&list)? {
        let count = shape.iter().try_fold(1_usize, |count, side| count.checked_mul(*side));
        let count =
            count.filter(|count| *count <= left).ok_or(Refusal::TooLarge("32 Mi values"))?;
        left -= count;
        let stored = bytes(&mut archive, &format!("{folder}data/{key}"), LONGEST_PART)?;
        // `left` keeps the sum small.
        if offset > MOST_VALUES || stored.len() < 4 * (offset + count) {
            return Err(damaged(format!("`{name}` is longer than its values")));
        }
        let (values, _) = stored[offset * 4..].as_chunks::<4>();
        let values = values[..count].iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        tensors.put(&name, &shape, values);
    }
    Ok(tensors)
}

/// Returns what a file of the archive holds. It must be stored as it is: what unpacks to more
/// than it is long has no place here.
fn bytes<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    longest: u64,
) -> Result<Vec<u8>, Refusal> {
    let file = archive.by_name(name).map_err(damaged)?;
    if file.compression() != CompressionMethod::Stored {
        return Err(damaged(format!("`{name}` is compressed")));
    }
    if file.size() > longest || file.size() != file.compressed_size() {
        return Err(Refusal::TooLarge("its parts may be long"));
    }
    let size = file.size();
    let mut bytes = Vec::new();
    file.take(longest).read_to_end(&mut bytes).map_err(damaged)?;
    if bytes.len() as u64 != size {
        return Err(damaged(format!("`{name}` ends too early")));
    }
    Ok(bytes)
}

fn damaged(why: impl ToString) -> Refusal {
    Refusal::Archive(why.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::pickle::tests::listing;
    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, bytes) in files {
            zip.start_file(*name, stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: &[u8]) -> Result<Tensors, Refusal> {
        super::read(Cursor::new(bytes))
    }

    fn values(count: usize) -> Vec<u8> {
        (0..count).flat_map(|value| (value as f32).to_le_bytes()).collect()
    }

    #[test]
    fn a_tensor_is_read_with_its_shape_from_its_place() {
        let list = listing(1, &[2, 3]);
        let bytes = archive(&[("archive/data.pkl", &list), ("archive/data/7", &values(7))]);
        let tensors = read(&bytes).unwrap();
        assert_eq!(tensors.get("w", &[2, 3]).unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert!(matches!(tensors.get("w", &[3, 2]), Err(Refusal::Shape { .. })));
        assert!(matches!(tensors.get("v", &[1]), Err(Refusal::Missing(_))));
    }

    #[test]
    fn values_that_are_not_there_and_shapes_beyond_reason_are_refused() {
        for (offset, shape) in [
            (0, &[8][..]),
            (2, &[6]),
            (u32::MAX, &[1]),
            (0, &[1 << 20, 1 << 20]),
            (0, &[1 << 24, 4]),
        ] {
            let list = listing(offset, shape);
            let bytes = archive(&[("archive/data.pkl", &list), ("archive/data/7", &values(7))]);
            assert!(read(&bytes).is_err(), "{shape:?}");
        }
    }

    #[test]
    fn an_archive_that_ends_anywhere_is_refused() {
        let list = listing(0, &[7]);
        let bytes = archive(&[("archive/data.pkl", &list), ("archive/data/7", &values(7))]);
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "{end}");
        }
        let bytes = archive(&[("archive/data.pkl", &list)]);
        assert!(read(&bytes).is_err());
    }
}
