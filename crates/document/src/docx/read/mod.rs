//! Reads a referat that was edited in Word or LibreOffice: a DOCX file becomes blocks again.
//!
//! Tracked changes are taken as accepted: what was inserted or moved to a place stands there,
//! what was deleted or moved away does not. A bookmark names the statement around which it
//! stands. The file is read under the limits of a package.

mod body;
mod paragraph;
mod styles;

use std::path::PathBuf;

use quick_xml::events::BytesStart;

use crate::document::Document;
use crate::docx::package::{Package, PackageError, PackageLimits};
use crate::error::ImportError;

/// Reads a DOCX file as a document; `file_name` is named in errors.
///
/// # Errors
/// The file is no DOCX, is damaged or cut off, or holds more than is read.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Document, ImportError> {
    let path = || PathBuf::from(file_name);
    let failed = |source: PackageError| match source {
        PackageError::Missing(_) => ImportError::NoWord { path: path() },
        source => ImportError::Package { path: path(), source },
    };
    if !bytes.starts_with(b"PK") {
        return Err(ImportError::NoWord { path: path() });
    }
    let wanted =
        |name: &str| matches!(name, "word/document.xml" | "word/numbering.xml" | "word/styles.xml");
    let package = Package::read(bytes, PackageLimits::default(), wanted).map_err(failed)?;
    let text = package.text("word/document.xml").map_err(failed)?;
    let markup = |source| ImportError::Markup { path: path(), source };
    let styles = styles::Styles::read(
        &package.text("word/styles.xml").unwrap_or_default(),
        &package.text("word/numbering.xml").unwrap_or_default(),
    )
    .map_err(markup)?;
    match body::read(&text, styles).map_err(markup)? {
        Some(document) => Ok(document),
        None => Err(ImportError::Cut { path: path() }),
    }
}

/// Returns an attribute's value, where it stands.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Returns whether an on/off property is on: it is, unless its value says otherwise.
fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "w:val").as_deref(), Some("0" | "false" | "off" | "none"))
}
