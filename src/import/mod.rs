//! Other people's files become the domain's types.

pub mod agenda;
pub mod error;
mod items;
mod participants;
mod when;

use error::ImportError;

/// Files larger than this are no dagsorden.
const LARGEST: usize = 20 << 20;

/// Returns the text of a dagsorden or an old referat: UTF-8, or the older Windows code page
/// that case systems still export.
pub fn read_bytes(bytes: &[u8], file_name: &str) -> Result<String, ImportError> {
    let file = file_name.to_owned();
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge { file, limit_mb: LARGEST >> 20 });
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"PK\x03\x04") || bytes.contains(&0) {
        return Err(ImportError::NotText { file });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_code_pages_are_read() {
        assert_eq!(read_bytes("Mødet\r\n".as_bytes(), "d.md").unwrap(), "Mødet\n");
        assert_eq!(read_bytes(b"M\xf8det", "d.txt").unwrap(), "Mødet");
        assert!(read_bytes(b"%PDF-1.7", "d.pdf").is_err());
    }
}
