//! Pieces of WordprocessingML: escaped text, runs and paragraphs in schema order.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use crate::text::{Run, Text};

/// The start of every part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The main namespace.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The namespace of relationships within a document.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a paragraph is, before its runs.
#[derive(Debug, Default)]
pub(super) struct Properties<'a> {
    /// The style's id.
    pub(super) style: &'a str,
    /// List (its `numId`) and level, where the style does not say it.
    pub(super) list: Option<(u32, u8)>,
}

/// Appends a paragraph.
pub(super) fn paragraph(out: &mut String, properties: &Properties<'_>, runs: &str) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", escape(properties.style));
    if let Some((list, level)) = properties.list {
        let _ = write!(
            out,
            "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
        );
    }
    let _ = write!(out, "</w:pPr>{runs}</w:p>");
}

/// How the runs of a text are set beyond their own style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting<'a> {
    /// In bold, whatever their own style is.
    pub(super) bold: bool,
    /// Character style of comments.
    pub(super) comment: &'a str,
}

/// Appends the runs of a text.
pub(super) fn text(out: &mut String, text: &Text, setting: Setting<'_>) {
    for Run { text, style } in text.runs() {
        let mut properties = String::new();
        if style.comment {
            let _ = write!(properties, "<w:rStyle w:val=\"{}\"/>", escape(setting.comment));
        }
        if style.strong || (setting.bold && !style.comment) {
            properties.push_str("<w:b/><w:bCs/>");
        }
        if style.emphasis {
            properties.push_str("<w:i/><w:iCs/>");
        }
        run(out, &properties, text);
    }
}

/// Appends a run in a character style.
pub(super) fn styled(out: &mut String, style: &str, words: &str) {
    run(out, &format!("<w:rStyle w:val=\"{}\"/>", escape(style)), words);
}

/// Appends a run; line feeds are breaks and tabs are tabs.
fn run(out: &mut String, properties: &str, words: &str) {
    out.push_str("<w:r>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:rPr>{properties}</w:rPr>");
    }
    let mut first = true;
    for line in words.split('\n') {
        if !std::mem::take(&mut first) {
            out.push_str("<w:br/>");
        }
        if !line.is_empty() {
            let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
        }
    }
    out.push_str("</w:r>");
}
