//! Reads a DOCX file, once: as blocks of a referat that was edited in Word or LibreOffice
//! ([`read`]), or as the lines that Word prints of a dagsorden (`lines`).
//!
//! Both are made of the same paragraphs and tables (`flow`). Tracked changes are taken as
//! accepted: what was inserted or moved to a place stands there, what was deleted or moved away
//! does not, nor does what is hidden. The file is read under the limits of a package.

mod blocks;
mod flow;
mod lines;
mod numbering;
mod runs;
mod styles;

use std::path::PathBuf;

use super::opened::WordFile;
use super::package::{PackageError, PackageLimits};
use crate::document::Document;
use crate::error::ImportError;
use crate::xml_tree;

use flow::Flow;
use numbering::Numbering;
use styles::Styles;

/// Reads a DOCX file as a document; `file_name` is named in errors. A bookmark names the
/// statement around which it stands.
///
/// # Errors
/// The file is no DOCX, is damaged or cut off, or holds more than is read.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Document, ImportError> {
    let path = || PathBuf::from(file_name);
    if !bytes.starts_with(b"PK") {
        return Err(ImportError::NoWord { path: path() });
    }
    let failed = |source: PackageError| match source {
        PackageError::Missing(_) => ImportError::NoWord { path: path() },
        source => ImportError::Package { path: path(), source },
    };
    let file = WordFile::open(bytes, PackageLimits::TEXT, is_text).map_err(failed)?;
    let text = file.package.text(&file.main).map_err(failed)?;
    let whole = xml_tree::read_whole(&text)
        .map_err(|source| ImportError::Markup { path: path(), source })?;
    let Some(document) = whole else { return Err(ImportError::Cut { path: path() }) };
    let styles = Styles::read(&file.tree_of("styles"));
    let mut flow = Flow::new(Numbering::read(&file.tree_of("numbering")), &styles);
    let body = flow.body(&document);
    Ok(blocks::document(body, &styles))
}

/// Reads a DOCX file as Markdown lines, as Word prints it: headings, lists with the numbers that
/// Word gives, tables, page headers, text boxes.
///
/// # Errors
/// The file is no DOCX, is damaged, holds no text or more than is read.
pub(crate) fn lines(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let failed = |source| ImportError::Package { path: path.clone(), source };
    let file = WordFile::open(bytes, PackageLimits::TEXT, is_text).map_err(failed)?;
    // The largest tree comes last: only one is held at a time.
    let styles = Styles::read(&file.tree_of("styles"));
    let numbering = Numbering::read(&file.tree_of("numbering"));
    let mut lines = lines::Lines::new(&file, &styles);
    for name in file.relations.all("/header") {
        let header = Flow::new(Numbering::default(), &styles).body(&file.tree(name));
        lines.page_header(&header);
    }
    let text = file.package.text(&file.main).map_err(failed)?;
    let document = xml_tree::read(&text)
        .map_err(|source| ImportError::Markup { path: path.clone(), source })?;
    drop(text);
    lines.blocks(&Flow::new(numbering, &styles).body(&document));
    let text = lines.finish();
    match text.chars().any(char::is_alphanumeric) {
        true => Ok(text),
        false => Err(ImportError::Empty { path }),
    }
}

/// Returns whether a part of a package may hold words or what they look like.
fn is_text(name: &str) -> bool {
    let lower = name.to_lowercase();
    let text = [".xml", ".rels", ".htm", ".html", ".mht", ".txt"];
    text.iter().any(|end| lower.ends_with(end)) && !lower.contains("theme")
}

#[cfg(test)]
mod tests {
    use super::super::package::Package;
    use super::*;

    /// A DOCX file whose text lies where Word online puts it.
    fn docx(body: &str) -> Vec<u8> {
        let mut package = Package::default();
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        package.set("word/document2.xml", xml);
        package.write().unwrap()
    }

    fn paragraph(properties: &str, text: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn headings_lists_and_tables_become_markdown() {
        let number = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>";
        let bytes = docx(&format!(
            "{}{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph("<w:pStyle w:val=\"Heading2\"/>", "Dagsorden"),
            paragraph(number, "Valg &amp; mere"),
            paragraph("", "Sted"),
            paragraph("", "Salen"),
        ));
        let text = lines(&bytes, "a.docx".into()).unwrap();
        assert_eq!(text, "## Dagsorden\n\n1. Valg & mere\n| Sted | Salen |\n\n");
        let document = read(&bytes, "a.docx").unwrap();
        assert_eq!(document.blocks.len(), 3, "{document:?}");
    }

    #[test]
    fn what_word_does_not_print_is_left_out() {
        let body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Skjult</w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:delText>Slettet</w:delText></w:r></w:del>\
            <w:moveFrom><w:r><w:t>Flyttet</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>Ny</w:t></w:r></w:ins></w:p>";
        assert_eq!(lines(&docx(body), "a.docx".into()).unwrap().trim(), "Ny");
        let document = read(&docx(body), "a.docx").unwrap();
        assert_eq!(crate::markdown::markdown(&document), "Ny\n");
    }
}
