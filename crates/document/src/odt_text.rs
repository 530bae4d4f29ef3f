//! The text of an ODT file as Markdown lines.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::docx::package::{Package, PackageLimits};
use crate::error::ImportError;
use crate::xml_tree::{self, Element, XmlNode};

/// Reads the text of an ODT file.
pub(crate) fn read(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let failed = |source| ImportError::Package { path: path.clone(), source };
    let wanted = |name: &str| matches!(name, "content.xml" | "styles.xml");
    let package = Package::read(bytes, PackageLimits::TEXT, wanted).map_err(failed)?;
    let markup = |source| ImportError::Markup { path: path.clone(), source };
    let content = xml_tree::read(&package.text("content.xml").map_err(failed)?).map_err(markup)?;
    let styles = xml_tree::read(&package.text("styles.xml").unwrap_or_default()).map_err(markup)?;
    let mut writer = OdtWriter { numbered: HashMap::new(), text: String::new() };
    writer.lists(&styles);
    writer.lists(&content);
    let body = content.find("text").unwrap_or(&content);
    writer.blocks(body);
    Ok(writer.text)
}

struct OdtWriter {
    /// Whether the first level of a list's style counts, and from where.
    numbered: HashMap<String, (bool, u32)>,
    text: String,
}

impl OdtWriter {
    fn lists(&mut self, parent: &Element) {
        for element in parent.elements() {
            if element.name == "list-style" {
                let name = element.attribute("name").unwrap_or_default().to_owned();
                let number = element.child("list-level-style-number");
                let start = number
                    .and_then(|it| it.attribute("start-value"))
                    .and_then(|it| it.parse().ok())
                    .unwrap_or(1);
                self.numbered.insert(
                    name,
                    (number.is_some_and(|it| it.attribute("level") == Some("1")), start),
                );
            } else {
                self.lists(element);
            }
        }
    }

    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.line("", &line_text(element), false),
                "h" => {
                    let level: usize = element
                        .attribute("outline-level")
                        .and_then(|it| it.parse().ok())
                        .unwrap_or(1);
                    self.line(
                        &format!("{} ", "#".repeat(level.clamp(1, 6))),
                        &line_text(element),
                        false,
                    );
                }
                "list" => {
                    let style = element.attribute("style-name").unwrap_or_default().to_owned();
                    self.list(element, &style, 0);
                    self.text.push('\n');
                }
                "table" => self.table(element),
                "tracked-changes" | "forms" | "sequence-decls" | "deletion" => {}
                _ => self.blocks(element),
            }
        }
    }

    fn list(&mut self, list: &Element, style: &str, depth: usize) {
        let (counts, start) = self.numbered.get(style).copied().unwrap_or((false, 1));
        if depth > 20 {
            return;
        }
        let items = list.elements().filter(|it| it.name == "list-item" || it.name == "list-header");
        for (count, item) in (start..).zip(items) {
            let mut first = true;
            for element in item.elements() {
                match element.name.as_str() {
                    "p" | "h" => {
                        let text = line_text(element);
                        let label = match (first, counts && depth == 0) {
                            (false, _) => "  ".to_owned(),
                            (true, true) => format!("{count}. "),
                            (true, false) => "- ".to_owned(),
                        };
                        self.line(&format!("{}{label}", "  ".repeat(depth)), &text, true);
                        first = false;
                    }
                    "list" => self.list(element, style, depth + 1),
                    _ => {}
                }
            }
        }
    }

    fn table(&mut self, table: &Element) {
        for row in table.elements().flat_map(|it| {
            if it.name == "table-row" {
                vec![it]
            } else {
                it.elements().filter(|it| it.name == "table-row").collect()
            }
        }) {
            let cells: Vec<String> = row
                .elements()
                .filter(|it| it.name == "table-cell" || it.name == "covered-table-cell")
                .map(|cell| {
                    let parts: Vec<String> = cell
                        .elements()
                        .map(|it| if it.name == "list" { it.text() } else { line_text(it) })
                        .collect();
                    parts.join("<br>").replace(['\n', '|'], " ")
                })
                .collect();
            self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        self.text.push('\n');
    }

    fn line(&mut self, before: &str, text: &str, listed: bool) {
        if text.trim().is_empty() {
            self.text.push('\n');
            return;
        }
        self.text.push_str(before);
        self.text.push_str(text.trim_end());
        self.text.push('\n');
        if !listed {
            self.text.push('\n');
        }
    }
}

/// Returns a paragraph's text with its tabs, spaces and breaks.
fn line_text(parent: &Element) -> String {
    let mut text = String::new();
    for node in &parent.children {
        match node {
            XmlNode::Text(part) => text.push_str(&part.replace(['\n', '\t'], " ")),
            XmlNode::Element(element) => match element.name.as_str() {
                "tab" => text.push('\t'),
                "line-break" => text.push_str("  \n"),
                "s" => {
                    let count: usize =
                        element.attribute("c").and_then(|it| it.parse().ok()).unwrap_or(1);
                    text.push_str(&" ".repeat(count.min(200)));
                }
                "note" | "annotation" | "change" => {}
                _ => text.push_str(&line_text(element)),
            },
        }
    }
    text
}
