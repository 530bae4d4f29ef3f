//! The runs of a paragraph: what it says, and how.

use super::styles::{Role, Styles};
use crate::text::{Run, Style};
use crate::xml_tree::{Element, XmlNode};
use referat_core::domain::referat::StatementId;

/// Stands in a run for the end of a page or column.
pub(super) const PAGE_END: char = '\u{c}';

/// A run of a paragraph.
#[derive(Debug)]
pub(super) struct RunPiece {
    /// The words.
    pub(super) run: Run,
    /// Whether they tell the time of a source.
    pub(super) source: bool,
}

/// What a paragraph holds.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    pub(super) pieces: Vec<RunPiece>,
    /// The statements whose bookmarks begin in it.
    pub(super) ids: Vec<StatementId>,
    /// The boxes that hang in it.
    pub(super) boxes: Vec<&'a Element>,
    /// Whether it held text that is deleted or not printed.
    pub(super) dropped: bool,
}

impl Content<'_> {
    /// Returns whether nothing of it is printed.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|it| it.run.text.trim().is_empty())
    }
}

/// Gathers what a paragraph holds.
pub(super) fn gather<'a>(parent: &'a Element, styles: &Styles, content: &mut Content<'a>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "r" => run(element, styles, content),
            "del" | "moveFrom" => content.dropped = true,
            "sdt" => {
                let placeholder =
                    element.child("sdtPr").is_some_and(|it| it.is_on("showingPlcHdr"));
                if let Some(inside) = element.child("sdtContent").filter(|_| !placeholder) {
                    gather(inside, styles, content);
                }
            }
            "AlternateContent" => {
                let shown = element.child("Choice").or_else(|| element.child("Fallback"));
                shown.into_iter().for_each(|it| gather(it, styles, content));
            }
            "bookmarkStart" => content.ids.extend(statement(element)),
            "pPr" => {}
            _ => gather(element, styles, content),
        }
    }
}

/// Returns the statement that a bookmark names.
pub(super) fn statement(bookmark: &Element) -> Option<StatementId> {
    let hash = bookmark.attribute("name")?.strip_prefix("s_")?;
    let named = !hash.is_empty() && hash.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    named.then(|| StatementId(format!("s-{}", hash.replace('_', "-"))))
}

fn run<'a>(run: &'a Element, styles: &Styles, content: &mut Content<'a>) {
    let properties = run.child("rPr");
    // What is hidden is not printed: who hid it does not want it in the text that is sent.
    if properties.is_some_and(|it| it.is_on("vanish") || it.is_on("webHidden")) {
        content.dropped |= run.find("t").is_some();
        return;
    }
    let (style, source) = properties.map(|it| look(it, styles)).unwrap_or_default();
    let mut text = String::new();
    for element in run.elements() {
        match element.name.as_str() {
            "t" => {
                for node in &element.children {
                    if let XmlNode::Text(words) = node {
                        text.push_str(words);
                    }
                }
            }
            "tab" | "ptab" => text.push('\t'),
            "br" if matches!(element.attribute("type"), Some("page" | "column")) => {
                text.push(PAGE_END);
            }
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => {
                let code = element.attribute("char").and_then(|c| u32::from_str_radix(c, 16).ok());
                text.extend(code.and_then(char::from_u32).filter(|c| !c.is_control()));
            }
            "AlternateContent" => {
                let shown = element.child("Choice").or_else(|| element.child("Fallback"));
                shown.into_iter().for_each(|it| boxes(it, content));
            }
            "drawing" | "pict" | "object" => boxes(element, content),
            _ => {}
        }
    }
    if text.is_empty() {
        return;
    }
    match content.pieces.last_mut() {
        // A time may be divided among runs.
        Some(last) if last.source && source => last.run.text.push_str(&text),
        _ => content.pieces.push(RunPiece { run: Run { text, style }, source }),
    }
}

/// Returns how a run looks, and whether it tells the time of a source.
fn look(properties: &Element, styles: &Styles) -> (Style, bool) {
    let (mut style, mut source) = (Style::default(), false);
    for element in properties.elements() {
        let value = element.attribute("val");
        let is_on = !matches!(value, Some("0" | "false" | "off" | "none"));
        match element.name.as_str() {
            "b" => style.strong = is_on,
            "i" => style.emphasis = is_on,
            "rStyle" => match value.map(|id| styles.role(id)).unwrap_or_default() {
                Role::Strong => style.strong = true,
                Role::Emphasis => style.emphasis = true,
                Role::CommentText => style = Style::COMMENT,
                Role::Source => source = true,
                _ => {}
            },
            _ => {}
        }
    }
    (style, source)
}

/// Gathers the text boxes inside.
fn boxes<'a>(parent: &'a Element, content: &mut Content<'a>) {
    for element in parent.elements() {
        if element.name == "txbxContent" {
            content.boxes.push(element);
        } else {
            boxes(element, content);
        }
    }
}
