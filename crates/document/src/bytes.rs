//! The bytes of a file become its text, whatever it was saved as.

use std::path::PathBuf;

use encoding_rs::WINDOWS_1252;

use super::docx;
use super::error::ImportError;
use super::pdf_text;

/// The largest file that is read, in mebibytes.
const MAX_FILE: usize = 64;

/// Reads the text of a file: UTF-8, UTF-16 or Windows-1252 text, DOCX, or a PDF's text.
///
/// `file_name` is named in errors; the kind is told by the bytes, not by the name.
///
/// # Errors
/// The file is empty, too large, damaged, or of a kind that holds no text.
pub fn read_bytes(bytes: &[u8], file_name: &str) -> Result<String, ImportError> {
    let path = || PathBuf::from(file_name);
    if bytes.len() > MAX_FILE << 20 {
        return Err(ImportError::TooLarge { path: path(), what: "the file", limit: MAX_FILE });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { path: path() });
    }
    if bytes.starts_with(b"%PDF-") {
        return pdf_text::read(bytes, path());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::plain::read(bytes, path());
    }
    let kinds: [(&[u8], &'static str); 3] =
        [(b"\xd0\xcf\x11\xe0", "old Word (.doc)"), (b"{\\rtf", "RTF"), (b"\x89PNG", "picture")];
    if let Some((_, kind)) = kinds.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ImportError::Kind { path: path(), kind });
    }
    decode(bytes).ok_or_else(|| ImportError::NotText { path: path() })
}

/// Decodes a text by its byte order mark, else as UTF-8, else as Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    // Some control characters occur in texts from PDF files; many mean that it is none.
    let odd = |c: &char| c.is_control() && !"\n\r\t\u{c}\u{b}".contains(*c);
    let strange = text.chars().filter(odd).count();
    (strange * 50 <= text.chars().count()).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_are_read_from_every_encoding() {
        assert_eq!(read_bytes("Mødet på Ærø".as_bytes(), "a.txt").unwrap(), "Mødet på Ærø");
        assert_eq!(read_bytes(b"M\xf8det p\xe5 \xc6r\xf8", "a.txt").unwrap(), "Mødet på Ærø");
        assert_eq!(read_bytes(b"\xff\xfeM\0\xf8\0", "a.txt").unwrap(), "Mø");
        assert_eq!(read_bytes(b"\xef\xbb\xbfA\r\nB", "a.txt").unwrap(), "A\nB");
    }

    #[test]
    fn what_is_no_text_is_an_error_that_names_the_file() {
        let error = read_bytes(&[0, 1, 2, 3, 0, 0, 9], "x.bin").unwrap_err();
        assert_eq!(error.to_string(), "cannot read `x.bin`: it is not a text, a DOCX or a PDF");
        assert!(matches!(read_bytes(b" \n", "x"), Err(ImportError::Empty { .. })));
        assert!(matches!(read_bytes(b"{\\rtf1", "x"), Err(ImportError::Kind { .. })));
        assert!(read_bytes(b"PK\x03\x04junk", "x.docx").is_err());
        assert!(read_bytes(b"%PDF-1.7 junk", "x.pdf").is_err());
    }
}
