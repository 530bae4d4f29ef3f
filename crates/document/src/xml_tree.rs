//! XML as a tree, read under limits: names without their prefixes, references resolved.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting that is kept; what lies deeper is left out.
const DEPTH: usize = 200;
/// The most bytes that the tree of one part takes; a Word file of 300 pages takes 100 MB.
const LARGEST: usize = 144 << 20;
/// What an element takes at the most: its own place, and its name's and its children's beginnings.
const ELEMENT: usize = 400;
/// What an attribute or a text takes besides its letters.
const PIECE: usize = 112;
/// The longest name of a reference.
const NAME: usize = 12;

/// Why a part is no tree.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// It is not well formed.
    #[error(transparent)]
    Markup(#[from] quick_xml::Error),
    /// There is more in it than is read.
    #[error("it holds more elements than are read")]
    TooMuch,
}

/// An element.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Name without prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// What it holds, in order.
    pub(crate) children: Vec<XmlNode>,
}

/// An element or text.
#[derive(Clone, Debug)]
pub(crate) enum XmlNode {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// Returns an attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Returns the elements directly inside.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns the first element of this name directly inside.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|it| it.name == name)
    }

    /// Returns the first element of this name anywhere inside.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|it| if it.name == name { Some(it) } else { it.find(name) })
    }

    /// Returns the value of `val` of a child.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Returns whether an on/off property is on: it is where it stands, unless its value says
    /// otherwise.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.child(name)
            .is_some_and(|it| !matches!(it.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// Returns all text inside.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                XmlNode::Text(part) => text.push_str(part),
                XmlNode::Element(element) => element.add_text(text),
            }
        }
    }
}

/// Reads a part's root element.
///
/// # Errors
/// The XML is not well formed, or holds more than is read.
pub(crate) fn read(text: &str) -> Result<Element, XmlError> {
    Ok(parsed(text)?.0)
}

/// Reads a part's root element; `None` when the part ends before it is whole.
///
/// # Errors
/// The XML is not well formed, or holds more than is read.
pub(crate) fn read_whole(text: &str) -> Result<Option<Element>, XmlError> {
    let (root, whole) = parsed(text)?;
    Ok(whole.then_some(root))
}

/// Returns the root element, and whether it is whole.
fn parsed(text: &str) -> Result<(Element, bool), XmlError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut deeper = 0usize;
    let mut taken = 0usize;
    loop {
        if taken > LARGEST {
            return Err(XmlError::TooMuch);
        }
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(it) if open.len() < DEPTH && deeper == 0 => {
                open.push(element(&it, &mut taken)?);
            }
            Event::Start(_) => deeper += 1,
            Event::Empty(it) if deeper == 0 => {
                if let Some(parent) = open.last_mut() {
                    parent.children.push(XmlNode::Element(element(&it, &mut taken)?));
                }
            }
            Event::End(_) if deeper > 0 => deeper -= 1,
            Event::End(_) if open.len() > 1 => close(&mut open),
            Event::Text(it) if deeper == 0 => taken += add(&mut open, &it),
            Event::CData(it) if deeper == 0 => taken += add(&mut open, &it),
            Event::GeneralRef(it) if deeper == 0 => taken += add(&mut open, &reference(&it)),
            _ => {}
        }
    }
    let closed = open.len() == 1 && deeper == 0;
    while open.len() > 1 {
        close(&mut open);
    }
    let root = open.pop().unwrap_or_default();
    let first = root.children.into_iter().find_map(|node| match node {
        XmlNode::Element(element) => Some(element),
        XmlNode::Text(_) => None,
    });
    let whole = closed && first.is_some();
    Ok((first.unwrap_or_default(), whole))
}

fn close(open: &mut Vec<Element>) {
    if let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(XmlNode::Element(done));
    }
}

/// Adds text to the innermost element, and returns what it takes.
fn add(open: &mut [Element], text: &str) -> usize {
    let Some(parent) = open.last_mut() else { return 0 };
    match parent.children.last_mut() {
        Some(XmlNode::Text(last)) => {
            last.push_str(text);
            text.len()
        }
        _ => {
            parent.children.push(XmlNode::Text(text.to_owned()));
            text.len() + PIECE
        }
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// Makes an element, and counts what it takes.
fn element(start: &BytesStart<'_>, taken: &mut usize) -> Result<Element, XmlError> {
    let mut attributes = Vec::new();
    // That no name stands twice is not asked: with many, that takes long.
    for it in start.attributes().with_checks(false).flatten() {
        *taken += PIECE + it.key.as_ref().len() + it.value.len();
        if *taken > LARGEST {
            return Err(XmlError::TooMuch);
        }
        attributes.push((local(it.key.as_ref()), unescaped(&it.value)));
    }
    *taken += ELEMENT;
    Ok(Element { name: local(start.name().as_ref()), attributes, children: Vec::new() })
}

/// Resolves the references in an attribute's value.
fn unescaped(value: &str) -> String {
    if !value.contains(';') {
        return value.to_owned();
    }
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        match named_reference(after) {
            Some((name, behind)) => {
                text.push_str(&reference(name));
                rest = behind;
            }
            _ => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

/// Returns the name of the reference that a text begins with, and the text behind it.
pub(crate) fn named_reference(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(NAME).position(|byte| byte == b';')?;
    let name = &text[..end];
    (!name.contains(' ')).then(|| (name, &text[end + 1..]))
}

/// Returns what a reference stands for: `#248`, `#xF8`, `amp`.
pub(crate) fn reference(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| {
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        };
        code.and_then(char::from_u32)
    });
    match number {
        Some(letter) => letter.to_string(),
        None => resolve_predefined_entity(name).map_or_else(|| " ".to_owned(), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_do_not_count_and_references_are_letters() {
        let root = read("<x:a y:val=\"1\"><x:b>m&#248;de &amp; &#xE5;</x:b></x:a>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("val")), ("a", Some("1")));
        assert_eq!(root.text(), "møde & å");
    }

    #[test]
    fn what_lies_too_deep_is_left_out() {
        let deep = format!("{}x{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert_eq!(read(&deep).unwrap().text(), "");
    }

    #[test]
    fn more_than_is_read_is_an_error() {
        for many in ["<b/>".repeat(500_000), format!("<b {}/>", "c='' ".repeat(2_000_000))] {
            assert!(matches!(read(&format!("<a>{many}</a>")), Err(XmlError::TooMuch)));
        }
        assert_eq!(read(&format!("<a b='{}'/>", "&".repeat(1_000_000))).unwrap().name, "a");
    }
}
