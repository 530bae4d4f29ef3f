//! Any bytes as weights, as torch or safetensors write them, or as turns of voices, give an answer
//! or an error and no panic, and take little time and memory. The first byte tells what the others
//! are.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use referat_document::rttm;
use referat_weights::tensors::Tensors;
use referat_weights::torch;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    match kind % 4 {
        0 => drop(torch::read(Cursor::new(bytes))),
        1 => drop(packed(bytes).map(|archive| torch::read(Cursor::new(archive)))),
        2 => drop(Tensors::parse(bytes)),
        _ => turns(bytes),
    }
});

/// Puts `bytes` as the list of tensors into a whole archive, so that it is reached at all.
fn packed(bytes: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("archive/data.pkl", stored)?;
    zip.write_all(bytes)?;
    zip.start_file("archive/data/0", stored)?;
    zip.write_all(&[0; 64])?;
    Ok(zip.finish()?.into_inner())
}

/// Turns that are read are written so that they are read again.
fn turns(bytes: &[u8]) {
    let Ok((voices, _)) = rttm::read(bytes, "turns") else { return };
    let again = rttm::read(rttm::write(&voices, "x").as_bytes(), "again");
    assert!(again.is_ok_and(|(again, _)| again.turns.len() == voices.turns.len()));
}
