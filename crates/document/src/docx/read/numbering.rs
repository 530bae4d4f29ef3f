//! The numbers that Word prints before paragraphs: formats, start values, restarts, styles.

use std::collections::{HashMap, HashSet};

use super::styles::Styles;
use crate::xml_tree::Element;

/// How deep lists go.
const LEVELS: usize = 9;

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
    /// `3.`, `b)`, or `-` for a bullet; empty where the list prints nothing.
    pub(super) label: String,
    /// Depth, from 0.
    pub(super) level: usize,
    /// Whether it has no number.
    pub(super) bullet: bool,
    /// The counts of its level and those above, outermost first.
    pub(super) counts: Vec<u32>,
    /// What it counts by: lists of one definition count together.
    pub(super) definition: String,
    /// Whether a list begins anew with it, rather than go on where another of the same
    /// definition ended.
    pub(super) anew: bool,
    /// Whether the file says what its list is.
    pub(super) known: bool,
}

/// A list: its definition and the numbers that its levels begin with instead.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<usize, u32>,
}

/// The lists of a document and where their counting stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Vec<Level>>,
    lists: HashMap<String, List>,
    /// The levels that name a style, by its id.
    by_style: HashMap<String, usize>,
    counts: HashMap<String, Vec<Option<u32>>>,
    used: HashSet<String>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(numbering: &Element) -> Self {
        let mut read = Self::default();
        for definition in numbering.elements().filter(|it| it.name == "abstractNum") {
            let id = definition.attribute("abstractNumId").unwrap_or_default().to_owned();
            let mut levels = vec![Level::default(); LEVELS];
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
                    read.by_style.insert(style.to_owned(), at);
                }
            }
            read.definitions.insert(id, levels);
        }
        for list in numbering.elements().filter(|it| it.name == "num") {
            let id = list.attribute("numId").unwrap_or_default().to_owned();
            let definition = list.value("abstractNumId").unwrap_or_default().to_owned();
            let starts = list.elements().filter(|it| it.name == "lvlOverride").filter_map(|it| {
                let at = it.attribute("ilvl")?.parse().ok()?;
                let start = it.value("startOverride")?.parse().ok()?;
                Some((at, start))
            });
            let starts = starts.collect();
            read.lists.insert(id, List { definition, starts });
        }
        read
    }

    /// Returns the list and level of a paragraph with these properties.
    fn list_of(&self, properties: Option<&Element>, styles: &Styles) -> Option<(String, usize)> {
        let own = properties.and_then(|it| it.child("numPr"));
        let mut list = own.and_then(|it| it.value("numId")).map(str::to_owned);
        let mut level: Option<usize> =
            own.and_then(|it| it.value("ilvl")).and_then(|it| it.parse().ok());
        let style = properties.and_then(|it| it.value("pStyle")).unwrap_or_default();
        for (id, style) in styles.chain(style) {
            if list.is_none() {
                list.clone_from(&style.list);
            }
            level = level.or(style.level).or_else(|| self.by_style.get(id).copied());
        }
        list.filter(|id| id != "0").map(|list| (list, level.unwrap_or(0).min(LEVELS - 1)))
    }

    /// Counts a paragraph on, and returns what Word prints before it.
    pub(super) fn next(
        &mut self,
        properties: Option<&Element>,
        styles: &Styles,
    ) -> Option<ListMark> {
        let (id, level) = self.list_of(properties, styles)?;
        let unknown = || List { definition: format!("list {id}"), starts: HashMap::new() };
        let List { definition, starts } = self.lists.get(&id).cloned().unwrap_or_else(unknown);
        let levels = self.definitions.get(&definition).cloned();
        let known = levels.is_some();
        let levels = levels.unwrap_or_else(|| vec![Level::default(); LEVELS]);
        let counts = self.counts.entry(definition.clone()).or_insert_with(|| vec![None; LEVELS]);
        let first = self.used.insert(id);
        if first {
            for at in starts.keys() {
                if let Some(count) = counts.get_mut(*at) {
                    *count = None;
                }
            }
        }
        let start = |at: usize| {
            starts.get(&at).copied().or_else(|| levels.get(at).map(|it| it.start)).unwrap_or(1)
        };
        let next = |count: u32| count.saturating_add(1);
        counts[level] = Some(counts[level].map_or_else(|| start(level), next));
        for (at, count) in counts.iter_mut().enumerate() {
            if at > level {
                *count = None;
            } else {
                count.get_or_insert_with(|| start(at));
            }
        }
        let counts: Vec<u32> = counts.iter().map_while(|count| *count).collect();
        Some(ListMark {
            label: label(&levels, level, &counts),
            level,
            bullet: matches!(levels[level].format.as_str(), "bullet" | "none"),
            counts,
            anew: first && starts.contains_key(&level),
            definition,
            known,
        })
    }
}

/// Returns what a level prints for these counts.
fn label(levels: &[Level], level: usize, counts: &[u32]) -> String {
    let shown = &levels[level];
    let own = counts.last().copied().unwrap_or(1);
    let mut text = match shown.format.as_str() {
        "bullet" => return "-".to_owned(),
        "none" => return String::new(),
        _ if shown.text.is_empty() => return format!("{own}."),
        _ => shown.text.clone(),
    };
    for (at, level) in levels.iter().enumerate() {
        let format = if shown.legal { "decimal" } else { level.format.as_str() };
        let count = counts.get(at).copied().unwrap_or(1);
        text = text.replace(&format!("%{}", at + 1), &number(count, format));
    }
    text.trim().to_owned()
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
    use crate::xml_tree;

    #[test]
    fn a_list_begins_where_it_is_told_and_others_of_its_definition_go_on() {
        let part = "<w:numbering><w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\">\
             <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"6\"><w:abstractNumId w:val=\"2\"/></w:num><w:num w:numId=\"7\">\
             <w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/>\
             </w:lvlOverride></w:num></w:numbering>";
        let mut numbering = Numbering::read(&xml_tree::read(part).unwrap());
        let mut next = |list: &str| {
            let properties =
                format!("<w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
            let properties = xml_tree::read(&properties).unwrap();
            let mark = numbering.next(Some(&properties), &Styles::default()).unwrap();
            (mark.label, mark.anew, mark.known)
        };
        assert_eq!(next("7"), ("4.".to_owned(), true, true));
        assert_eq!(next("7"), ("5.".to_owned(), false, true));
        assert_eq!(next("6"), ("6.".to_owned(), false, true));
        assert_eq!(next("9"), ("1.".to_owned(), false, false));
    }

    #[test]
    fn numbers_are_written_as_word_does() {
        assert_eq!(number(28, "upperLetter"), "BB");
        assert_eq!(number(14, "lowerRoman"), "xiv");
        assert_eq!(number(89, "decimal"), "89");
    }
}
