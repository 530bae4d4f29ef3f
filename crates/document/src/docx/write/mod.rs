//! A document becomes a DOCX file: real styles, lists, tables, page numbers and language, every
//! element in the schema's order. A statement's id is a bookmark around its text.
//!
//! The schema is ECMA-376 part 1 (WordprocessingML, transitional).

mod body;
mod numbering;
mod reference;
mod styles;
mod xml;

use crate::document::Document;
use crate::docx::package::{Package, PackageError};
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;

use body::BodyWriter;
use numbering::ListNumbering;
use quick_xml::escape::escape;
use styles::StyleMap;
use xml::{HEAD, R, W};

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub struct DocxOptions<'a> {
    /// Words of the text's language.
    pub language: Words<'a>,
    /// Whether the pages are marked as a draft.
    pub draft: bool,
    /// An office's own DOCX (or DOTX), whose styles, margins, header and footer are taken;
    /// its text is not.
    pub reference: Option<&'a [u8]>,
}

/// A document that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The package cannot be packed.
    #[error("cannot pack the DOCX: {0}")]
    Package(#[source] PackageError),
    /// The office's document cannot be read.
    #[error("cannot take the styles of the reference document: {0}")]
    Reference(#[source] PackageError),
    /// The office's document is not well formed.
    #[error("cannot take the styles of the reference document: {0}")]
    Markup(#[from] quick_xml::Error),
    /// The office's document has macros.
    #[error("cannot take the styles of the reference document: it holds macros")]
    Macros,
}

impl DocxError {
    /// Returns something doable, where there is something.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::Package(_) => None,
            Self::Reference(_) | Self::Markup(_) => {
                Some("open it in Word or LibreOffice and save it again as DOCX".to_owned())
            }
            Self::Macros => Some("save it as DOCX without macros".to_owned()),
        }
    }
}

/// Writes a document as DOCX; the same document gives the same bytes.
///
/// # Errors
/// The reference document cannot be read under the limits of a package.
pub fn docx(document: &Document, options: &DocxOptions<'_>) -> Result<Vec<u8>, DocxError> {
    let package = match options.reference {
        Some(bytes) => reference::package(document, options, bytes)?,
        None => own_package(document, options)?,
    };
    package.write().map_err(DocxError::Package)
}

fn own_package(document: &Document, options: &DocxOptions<'_>) -> Result<Package, DocxError> {
    let map = StyleMap::default();
    let mut body = BodyWriter::new(&map, true, ListNumbering::beside(None)?);
    body.blocks(&document.blocks);
    let words = Headings::of(options.language);
    let tag = words.locale.as_str();
    let title = document.title().unwrap_or_else(|| words.referat.clone());
    let mark = if options.draft { words.draft_mark.as_str() } else { "" };
    let running = if mark.is_empty() { title.clone() } else { format!("{mark}: {title}") };
    let mut package = Package::default();
    package.set("[Content_Types].xml", include_str!("parts/content_types.xml"));
    package.set("_rels/.rels", include_str!("parts/package.rels"));
    package.set("word/_rels/document.xml.rels", include_str!("parts/document.rels"));
    package.set("docProps/core.xml", core(&title, tag));
    package.set("word/styles.xml", styles::own_part(tag));
    package.set("word/settings.xml", include_str!("parts/settings.xml").replace("{tag}", tag));
    package.set("word/numbering.xml", body.numbering.part(None));
    package.set("word/header1.xml", header(mark));
    package.set("word/header2.xml", header(&running));
    package.set("word/footer1.xml", footer(words));
    package.set("word/footer2.xml", footer(words));
    package.set("word/document.xml", whole(&body.out, include_str!("parts/section.xml").trim()));
    Ok(package)
}

/// Returns `document.xml`: the body's blocks and how its pages are set.
fn whole(body: &str, section: &str) -> String {
    format!(
        "{HEAD}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{body}{section}</w:body></w:document>"
    )
}

/// Returns the document's own facts. No date is among them: the same document has the same bytes.
fn core(title: &str, tag: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{tag}</dc:language>\
         </cp:coreProperties>",
        escape(title)
    )
}

fn header(words: &str) -> String {
    let mut runs = String::new();
    xml::text(&mut runs, &words.into(), xml::Setting::default());
    let mut out = format!("{HEAD}<w:hdr xmlns:w=\"{W}\">");
    let properties = xml::Properties { style: styles::id::HEADER, list: None };
    xml::paragraph(&mut out, &properties, &runs);
    out.push_str("</w:hdr>");
    out
}

/// Returns a footer with the page's number and the number of pages.
fn footer(words: &Headings) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let word =
        |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
    let runs = [
        word(&format!("{} ", words.page)),
        field("PAGE"),
        word(&format!(" {} ", words.page_of)),
        field("NUMPAGES"),
    ];
    let mut out = format!("{HEAD}<w:ftr xmlns:w=\"{W}\">");
    let properties = xml::Properties { style: styles::id::FOOTER, list: None };
    xml::paragraph(&mut out, &properties, &runs.concat());
    out.push_str("</w:ftr>");
    out
}
