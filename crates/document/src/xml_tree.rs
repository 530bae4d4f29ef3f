//! XML as a tree, read under limits: names without their prefixes, references resolved.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting that is kept; what lies deeper is left out.
const DEPTH: usize = 200;
/// The most elements of one part.
const ELEMENTS: usize = 2_000_000;

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
/// The XML is not well formed.
pub(crate) fn read(text: &str) -> Result<Element, quick_xml::Error> {
    Ok(parsed(text)?.0)
}

/// Reads a part's root element; `None` when the part ends before it is whole.
///
/// # Errors
/// The XML is not well formed.
pub(crate) fn read_whole(text: &str) -> Result<Option<Element>, quick_xml::Error> {
    let (root, whole) = parsed(text)?;
    Ok(whole.then_some(root))
}

/// Returns the root element, and whether it is whole.
fn parsed(text: &str) -> Result<(Element, bool), quick_xml::Error> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut deeper = 0usize;
    let mut count = 0usize;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(it) => {
                count += 1;
                if open.len() >= DEPTH || count > ELEMENTS {
                    deeper += 1;
                } else {
                    open.push(element(&it));
                }
            }
            Event::Empty(it) if deeper == 0 && count <= ELEMENTS => {
                count += 1;
                if let Some(parent) = open.last_mut() {
                    parent.children.push(XmlNode::Element(element(&it)));
                }
            }
            Event::End(_) if deeper > 0 => deeper -= 1,
            Event::End(_) if open.len() > 1 => close(&mut open),
            Event::Text(it) if deeper == 0 => add(&mut open, &it),
            Event::CData(it) if deeper == 0 => add(&mut open, &it),
            Event::GeneralRef(it) if deeper == 0 => add(&mut open, &reference(&it)),
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

fn add(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(XmlNode::Text(last)) => last.push_str(text),
        _ => parent.children.push(XmlNode::Text(text.to_owned())),
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .flatten()
        .map(|it| (local(it.key.as_ref()), unescaped(&it.value)))
        .collect();
    Element { name: local(start.name().as_ref()), attributes, children: Vec::new() }
}

/// Resolves the references in an attribute's value.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        match after.split_once(';') {
            Some((name, behind)) if name.len() < 12 => {
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
}
