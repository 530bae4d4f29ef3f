//! The text of a PDF file, page after page, by where its letters stand: columns stay columns,
//! words that a line's end parts are whole, a page that lies on its side is read as it is seen.

mod bounds;
mod place;

use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use super::error::ImportError;

/// The most text that is taken from a PDF, in bytes.
const MAX_TEXT: usize = referat_core::agenda::MAX_TEXT;
/// Stack of the reading thread: nested objects of a hostile file are followed recursively.
const STACK: usize = 64 << 20;
/// How long a file is read: drawings may draw each other millions of times.
const LONGEST: Duration = Duration::from_secs(6);
/// Name of the reading thread.
const THREAD: &str = "pdf";
/// A file whose pages hold fewer letters is a scan with a page number or a stamp on it.
const FEWEST_LETTERS: usize = 20;

/// Reads the text of a PDF file.
pub(super) fn read(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let bytes = bytes.to_vec();
    let (answered, answer) = mpsc::channel();
    // The reader panics on some damaged files; a thread of its own turns that into an error. One
    // that does not end is left behind.
    let reader =
        std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(move || {
            // Nobody waits for an answer that comes too late.
            let _ = answered.send(extract(&bytes));
        });
    let answer = match reader.map(|_| answer.recv_timeout(LONGEST)) {
        Ok(Ok(answer)) => answer,
        Ok(Err(mpsc::RecvTimeoutError::Timeout)) => Err("reading it takes too long".to_owned()),
        Ok(Err(mpsc::RecvTimeoutError::Disconnected)) => Err("its structure is damaged".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    let text = answer.map_err(|reason| {
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        ImportError::Pdf { path: path.clone(), reason }
    })?;
    if text.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS {
        Ok(text)
    } else {
        Err(ImportError::NoText { path })
    }
}

/// Tells whether a panic is one of the crates that read PDF. They panic on some damaged files, and an
/// error tells it.
pub fn is_of_pdf(panic: &PanicHookInfo<'_>) -> bool {
    let place = panic.location().map_or("", |place| place.file());
    std::thread::current().name() == Some(THREAD) || place.contains("lopdf")
}

fn extract(bytes: &[u8]) -> Result<String, String> {
    bounds::check_bytes(bytes)?;
    let mut document = pdf_extract::Document::load_mem(bytes).map_err(|error| error.to_string())?;
    if document.is_encrypted() {
        return Err("it is protected by a password".to_owned());
    }
    bounds::check(&mut document)?;
    let mut output = place::PlacedText::new(MAX_TEXT);
    let result = pdf_extract::output_doc(&document, &mut output);
    let text = output.finish();
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
}
