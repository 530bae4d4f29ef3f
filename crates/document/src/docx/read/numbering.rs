//! The numbers that Word prints before paragraphs: formats, start values, restarts, styles.

use std::collections::HashMap;

use crate::xml_tree::Element;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    /// `%1.%2`
    text: String,
    start: u32,
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".into(), text: String::new(), start: 1, legal: false }
    }
}

/// What stands before a paragraph of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListMark {
    /// `3.`, `b)`, or `-` for a bullet.
    pub(super) label: String,
    /// Depth, from 0.
    pub(super) level: usize,
}

/// The lists of a document and where their counting stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    definitions: HashMap<String, Vec<Level>>,
    /// Abstract list and start values of a list.
    lists: HashMap<String, (String, HashMap<usize, u32>)>,
    /// List and level of a style, and the style it is based on.
    styles: HashMap<String, Style>,
    counts: HashMap<String, Vec<Option<u32>>>,
    used: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`.
    pub(super) fn read(numbering: &Element, styles: &Element) -> Self {
        let mut read = Self::default();
        let mut by_style: HashMap<String, (String, usize)> = HashMap::new();
        for definition in numbering.elements().filter(|it| it.name == "abstractNum") {
            let id = definition.attribute("abstractNumId").unwrap_or_default().to_owned();
            let mut levels = vec![Level::default(); 9];
            for level in definition.elements().filter(|it| it.name == "lvl") {
                let at: usize = level.attribute("ilvl").and_then(|it| it.parse().ok()).unwrap_or(0);
                let Some(slot) = levels.get_mut(at) else { continue };
                *slot = Level {
                    format: level.value("numFmt").unwrap_or("decimal").to_owned(),
                    text: level.value("lvlText").unwrap_or_default().to_owned(),
                    start: level.value("start").and_then(|it| it.parse().ok()).unwrap_or(1),
                    legal: level.is_on("isLgl"),
                };
                if let Some(style) = level.value("pStyle") {
                    by_style.insert(style.to_owned(), (id.clone(), at));
                }
            }
            read.definitions.insert(id, levels);
        }
        for list in numbering.elements().filter(|it| it.name == "num") {
            let id = list.attribute("numId").unwrap_or_default().to_owned();
            let of = list.value("abstractNumId").unwrap_or_default().to_owned();
            let starts = list.elements().filter(|it| it.name == "lvlOverride").filter_map(|it| {
                let at = it.attribute("ilvl")?.parse().ok()?;
                let start = it.value("startOverride")?.parse().ok()?;
                Some((at, start))
            });
            read.lists.insert(id, (of, starts.collect()));
        }
        for style in styles.elements().filter(|it| it.name == "style") {
            let id = style.attribute("styleId").unwrap_or_default().to_owned();
            let list = style.find("numPr");
            let mut found = Style {
                name: style.value("name").unwrap_or_default().to_lowercase(),
                based_on: style.value("basedOn").map(str::to_owned),
                list: list.and_then(|it| it.value("numId")).map(str::to_owned),
                level: list.and_then(|it| it.value("ilvl")).and_then(|it| it.parse().ok()),
            };
            if let Some((_, level)) = by_style.get(&id) {
                found.level.get_or_insert(*level);
            }
            read.styles.insert(id, found);
        }
        read
    }

    /// Returns a style's name, in lower case.
    pub(super) fn style_name(&self, id: &str) -> String {
        match self.styles.get(id) {
            Some(style) if !style.name.is_empty() => style.name.clone(),
            _ => id.to_lowercase(),
        }
    }

    /// Returns the list and level of a paragraph with these properties.
    fn list_of(&self, properties: Option<&Element>) -> Option<(String, usize)> {
        let own = properties.and_then(|it| it.child("numPr"));
        let mut list = own.and_then(|it| it.value("numId")).map(str::to_owned);
        let mut level: Option<usize> =
            own.and_then(|it| it.value("ilvl")).and_then(|it| it.parse().ok());
        let mut style = properties.and_then(|it| it.value("pStyle")).map(str::to_owned);
        for _ in 0..12 {
            let Some(found) = style.as_ref().and_then(|id| self.styles.get(id)) else { break };
            if list.is_none() {
                list.clone_from(&found.list);
            }
            level = level.or(found.level);
            style.clone_from(&found.based_on);
        }
        list.filter(|id| id != "0").map(|list| (list, level.unwrap_or(0).min(8)))
    }

    /// Counts a paragraph on, and returns what Word prints before it.
    pub(super) fn next(&mut self, properties: Option<&Element>) -> Option<ListMark> {
        let (list, level) = self.list_of(properties)?;
        let (definition, starts) = self
            .lists
            .get(&list)
            .cloned()
            .unwrap_or_else(|| (format!("list {list}"), HashMap::new()));
        let levels =
            self.definitions.get(&definition).cloned().unwrap_or_else(|| vec![Level::default(); 9]);
        let counts = self.counts.entry(definition).or_insert_with(|| vec![None; 9]);
        if !self.used.contains(&list) {
            self.used.push(list);
            for at in starts.keys() {
                if let Some(count) = counts.get_mut(*at) {
                    *count = None;
                }
            }
        }
        let start = |at: usize| {
            starts.get(&at).copied().or_else(|| levels.get(at).map(|it| it.start)).unwrap_or(1)
        };
        let shown = levels.get(level).cloned().unwrap_or_default();
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count + 1));
        for (at, count) in counts.iter_mut().enumerate() {
            if at > level {
                *count = None;
            } else {
                count.get_or_insert_with(|| start(at));
            }
        }
        let label = match shown.format.as_str() {
            "bullet" => "-".to_owned(),
            "none" => String::new(),
            _ if shown.text.is_empty() => format!("{}.", counts[level].unwrap_or(1)),
            _ => {
                let mut text = shown.text.clone();
                for (at, count) in counts.iter().enumerate() {
                    let format = levels.get(at).map_or("decimal", |it| it.format.as_str());
                    let format = if shown.legal { "decimal" } else { format };
                    let shown = number(count.unwrap_or(1), format);
                    text = text.replace(&format!("%{}", at + 1), &shown);
                }
                text
            }
        };
        Some(ListMark { label: label.trim().to_owned(), level })
    }
}

/// Returns a number as a list's format writes it.
fn number(value: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letter(value).to_lowercase(),
        "upperLetter" => letter(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        _ => value.to_string(),
    }
}

fn letter(value: u32) -> String {
    let at = value.saturating_sub(1);
    let one = char::from_u32(u32::from('A') + at % 26).unwrap_or('A');
    one.to_string().repeat((at / 26 + 1).min(5) as usize)
}

fn roman(value: u32) -> String {
    const STEPS: [(u32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = value.min(399);
    let mut text = String::new();
    for (step, sign) in STEPS {
        while rest >= step {
            text.push_str(sign);
            rest -= step;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_does() {
        assert_eq!(number(28, "upperLetter"), "BB");
        assert_eq!(number(14, "lowerRoman"), "xiv");
        assert_eq!(number(89, "decimal"), "89");
    }
}
