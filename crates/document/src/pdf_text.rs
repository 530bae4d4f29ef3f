//! The text of a PDF file, page after page.

use std::io::{self, Write};
use std::path::PathBuf;

use super::error::ImportError;

/// The most text that is taken from a PDF, in bytes.
const MAX_TEXT: usize = referat_core::agenda::MAX_TEXT;
/// Stack of the reading thread: nested objects of a hostile file are followed recursively.
const STACK: usize = 256 << 20;

/// A text that refuses to grow past a limit.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_TEXT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the text of a PDF file.
pub(super) fn read(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let bytes = bytes.to_vec();
    // The reader panics on some damaged files; a thread of its own turns that into an error.
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || extract(&bytes));
    let answer = match reader {
        Ok(reader) => reader.join().unwrap_or_else(|_| Err("its structure is damaged".to_owned())),
        Err(error) => Err(error.to_string()),
    };
    let text = answer.map_err(|reason| {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        ImportError::Pdf { path: path.clone(), reason }
    })?;
    if text.chars().any(char::is_alphanumeric) {
        Ok(text)
    } else {
        Err(ImportError::NoText { path })
    }
}

fn extract(bytes: &[u8]) -> Result<String, String> {
    let document = pdf_extract::Document::load_mem(bytes).map_err(|error| error.to_string())?;
    if document.is_encrypted() {
        return Err("it is protected by a password".to_owned());
    }
    let mut text = Limited(Vec::new());
    let mut output = pdf_extract::PlainTextOutput::new(&mut text as &mut dyn Write);
    let result = pdf_extract::output_doc(&document, &mut output);
    let text = String::from_utf8_lossy(&text.0).into_owned();
    match result {
        Ok(()) => Ok(text),
        // What could be read of a damaged or very long file is better than nothing.
        Err(_) if text.len() > 200 => Ok(text),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_an_error_and_no_panic() {
        assert!(matches!(read(b"%PDF-1.4\n%%EOF", "a.pdf".into()), Err(ImportError::Pdf { .. })));
    }

    #[test]
    fn a_text_stops_at_its_limit() {
        let mut text = Limited(vec![b'x'; MAX_TEXT - 1]);
        assert!(text.write(b"y").is_ok() && text.write(b"z").is_err());
    }
}
