//! The bytes of a file become its text, whatever it was saved as.

use std::path::PathBuf;

use super::error::ImportError;
use super::{docx, encoding, html_text, mail, odt_text, pdf_text, rtf_text};

/// The largest file that is read, in mebibytes.
pub const MAX_FILE: usize = 64;
/// The most bytes that are read of a text: every letter of the longest one takes four.
const MOST: usize = 4 * referat_core::agenda::MAX_TEXT;
/// A mail is told by its first bytes.
const HEAD: usize = 1 << 14;

/// Reads the text of a file: a text in any usual encoding, DOCX, ODT, RTF, HTML, an e-mail, or a
/// PDF's text.
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
    let text = if bytes.starts_with(b"%PDF-") {
        pdf_text::read(bytes, path())?
    } else if bytes.starts_with(b"PK\x03\x04") {
        packed(bytes, path())?
    } else if bytes.starts_with(b"{\\rtf") {
        rtf_text::read(bytes)
    } else if let Some(kind) = kind_without_text(bytes) {
        return Err(ImportError::Kind { path: path(), kind });
    } else {
        // A mail may carry its annexes before its text.
        let mail = mail::is_mail(&encoding::decode(&bytes[..bytes.len().min(HEAD)]));
        let read = if mail { bytes } else { first(bytes, MOST) };
        let text = decode(read).ok_or_else(|| ImportError::NotText { path: path() })?;
        marked_up(text, path())?
    };
    if !text.chars().any(char::is_alphanumeric) {
        return Err(ImportError::Empty { path: path() });
    }
    Ok(encoding::composed(&text))
}

/// Returns the first bytes of a text, no more than `most`, cut where no letter of UTF-8 is.
fn first(bytes: &[u8], most: usize) -> &[u8] {
    let inside = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (most.saturating_sub(3)..=most).rev().find(|at| !inside(at)).unwrap_or(most);
    &bytes[..bytes.len().min(end)]
}

/// Names the kinds that hold no text that is read.
fn kind_without_text(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // A Word file behind a password is a container of this kind with a stream of that name.
        let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        let locked = bytes.windows(name.len()).any(|window| window == name);
        return Some(if locked {
            "password-protected or labelled (sensitivity) Word"
        } else {
            "old Word (.doc)"
        });
    }
    let kinds: [(&[u8], &'static str); 4] = [
        (b"\x89PNG", "picture"),
        (b"\xff\xd8\xff", "picture"),
        (b"GIF8", "picture"),
        (b"II*\0", "picture"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|it| it.1)
}

/// Reads an archive: DOCX or ODT.
fn packed(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let head = &bytes[..bytes.len().min(200)];
    let odt = head.windows(39).any(|window| window == b"application/vnd.oasis.opendocument.text");
    if odt { odt_text::read(bytes, path) } else { docx::read::lines(bytes, path) }
}

/// Reads a text that is a mail, a page of HTML or XML, or plain.
fn marked_up(text: String, path: PathBuf) -> Result<String, ImportError> {
    if let Some(mail) = mail::read(&text) {
        return Ok(mail);
    }
    let start: String = text.trim_start().chars().take(400).collect::<String>().to_lowercase();
    let html = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<div",
        "<table",
        "<meta",
        "<p>",
        "<h1",
        "<ol",
        "<ul",
    ];
    if html.iter().any(|tag| start.starts_with(tag))
        || start.starts_with("<?xml") && start.contains("<html")
    {
        return Ok(html_text::read(&text));
    }
    if start.starts_with("<?xml") {
        return Err(ImportError::Kind { path, kind: "XML" });
    }
    Ok(text)
}

/// Decodes a text; `None` for bytes that are none.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let text = encoding::decode(bytes);
    // Some control characters occur in texts from PDF files; many mean that it is none.
    let odd = |c: &char| c.is_control() && !"\n\r\t\u{c}\u{b}".contains(*c);
    let strange = text.chars().filter(odd).count();
    if strange * 50 > text.chars().count() {
        return None;
    }
    let one = |text: String| match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    };
    Some(one(text))
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
        assert!(matches!(
            read_bytes(b"<?xml version=\"1.0\"?><a/>", "x"),
            Err(ImportError::Kind { .. })
        ));
        assert!(read_bytes(b"PK\x03\x04junk", "x.docx").is_err());
        assert!(read_bytes(b"%PDF-1.7 junk", "x.pdf").is_err());
    }
}
