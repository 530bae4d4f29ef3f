//! What the styles and lists of a DOCX file stand for. Styles are known by their names, which
//! are the same in every language of Word; a style that is built on another stands for what
//! that one stands for.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attribute;

/// What a style stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing that minutes know.
    #[default]
    Plain,
    /// A heading, 1 to 5.
    Heading(u8),
    /// A bullet, 0 the outermost.
    Bullet(u8),
    /// An entry of a numbered list.
    Number,
    /// A label.
    Label,
    /// A note of the draft.
    Note,
    /// A rule.
    Rule,
    /// Sentences beneath a statement.
    Material,
    /// A comment that stands alone.
    Comment,
    /// Characters in bold.
    Strong,
    /// Characters in italics.
    Emphasis,
    /// The time of a source.
    Source,
    /// Characters of a comment.
    CommentText,
}

/// A level of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// Whether it has bullets rather than numbers.
    pub(super) bullet: bool,
    /// Its first number.
    pub(super) start: u32,
    /// Whether the list begins anew there, rather than go on where another list of the same
    /// definition ended.
    pub(super) anew: bool,
}

/// The levels of a list, by level.
type Levels = HashMap<u8, Level>;

/// A list: the definition that it counts by, and its levels.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    levels: Levels,
}

/// The styles and lists of one file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, List>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    role: Option<Role>,
    based_on: Option<String>,
    list: Option<String>,
    level: u8,
}

/// How many styles one may be built on, one on the other.
const MAX_BASES: usize = 20;

impl Styles {
    /// Reads `styles.xml` and `numbering.xml`; either may be empty.
    pub(super) fn read(styles: &str, numbering: &str) -> Result<Self, quick_xml::Error> {
        Ok(Self { styles: read_styles(styles)?, lists: read_lists(numbering)? })
    }

    /// Returns what the style called `id` stands for.
    pub(super) fn role(&self, id: &str) -> Role {
        self.chain(id).find_map(|style| style.role).unwrap_or_default()
    }

    /// Returns the list and level that the style called `id` puts its paragraphs in.
    pub(super) fn list(&self, id: &str) -> Option<(String, u8)> {
        self.chain(id).find_map(|style| Some((style.list.clone()?, style.level)))
    }

    /// Returns a level of the list called `id`.
    pub(super) fn level(&self, id: &str, level: u8) -> Option<Level> {
        self.lists.get(id).and_then(|list| list.levels.get(&level)).copied()
    }

    /// Returns the definition that the list called `id` counts by.
    pub(super) fn definition(&self, id: &str) -> &str {
        self.lists.get(id).map_or("", |list| list.definition.as_str())
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.styles.get(id));
        std::iter::successors(self.styles.get(id), next).take(MAX_BASES)
    }
}

/// Returns what a style of this name stands for.
fn role(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    let numbered = |prefix: &str| -> Option<u8> {
        let rest = name.strip_prefix(prefix)?.trim();
        if rest.is_empty() { Some(1) } else { rest.parse().ok() }
    };
    Some(match name.as_str() {
        "title" | "titel" => Role::Heading(1),
        "list number" => Role::Number,
        "strong" | "stærk" => Role::Strong,
        "emphasis" | "fremhæv" => Role::Emphasis,
        "referat label" => Role::Label,
        "referat note" => Role::Note,
        "referat rule" => Role::Rule,
        "referat material" => Role::Material,
        "referat comment" => Role::Comment,
        "referat source" => Role::Source,
        "referat comment text" => Role::CommentText,
        _ => {
            if let Some(level) = numbered("heading").or_else(|| numbered("overskrift")) {
                Role::Heading(level.clamp(1, 5))
            } else {
                Role::Bullet(numbered("list bullet")?.clamp(1, 9) - 1)
            }
        }
    })
}

fn read_styles(text: &str) -> Result<HashMap<String, Style>, quick_xml::Error> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let mut now = String::new();
    each(text, |it| {
        if it.name().as_ref() == "w:style" {
            now = attribute(it, "w:styleId").unwrap_or_default();
            styles.entry(now.clone()).or_default();
            return;
        }
        let Some(style) = styles.get_mut(&now) else { return };
        let value = attribute(it, "w:val");
        match it.name().as_ref() {
            "w:name" => style.role = value.as_deref().and_then(role),
            "w:basedOn" => style.based_on = value,
            "w:numId" => style.list = value.filter(|id| id != "0"),
            "w:ilvl" => style.level = number(value).min(8) as u8,
            "w:outlineLvl" if style.role.is_none() => {
                let level = number(value);
                style.role = (level < 5).then(|| Role::Heading(level as u8 + 1));
            }
            _ => {}
        }
    })?;
    Ok(styles)
}

fn number(value: Option<String>) -> u32 {
    value.and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn read_lists(text: &str) -> Result<HashMap<String, List>, quick_xml::Error> {
    let mut definitions = HashMap::<String, Levels>::new();
    let mut lists = HashMap::<String, List>::new();
    let (mut definition, mut list, mut level) = (String::new(), String::new(), 0u8);
    let mut in_list = false;
    each(text, |it| {
        let value = attribute(it, "w:val");
        match it.name().as_ref() {
            "w:abstractNum" => {
                in_list = false;
                definition = attribute(it, "w:abstractNumId").unwrap_or_default();
            }
            "w:num" => {
                in_list = true;
                list = attribute(it, "w:numId").unwrap_or_default();
                level = 0;
            }
            "w:abstractNumId" if in_list => {
                let definition = value.unwrap_or_default();
                let levels = definitions.get(&definition).cloned().unwrap_or_default();
                lists.insert(list.clone(), List { definition, levels });
            }
            "w:lvl" | "w:lvlOverride" => level = number(attribute(it, "w:ilvl")).min(8) as u8,
            name @ ("w:numFmt" | "w:start" | "w:startOverride") => {
                let levels = match in_list {
                    true => &mut lists.entry(list.clone()).or_default().levels,
                    false => definitions.entry(definition.clone()).or_default(),
                };
                let entry =
                    levels.entry(level).or_insert(Level { bullet: false, start: 1, anew: false });
                match name {
                    "w:numFmt" => {
                        entry.bullet = matches!(value.as_deref(), Some("bullet" | "none"))
                    }
                    _ => (entry.start, entry.anew) = (number(value), name == "w:startOverride"),
                }
            }
            _ => {}
        }
    })?;
    Ok(lists)
}

/// Calls `see` for every element of a part.
fn each(text: &str, mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(()),
            Event::Start(it) | Event::Empty(it) => see(&it),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_name_and_by_what_they_are_built_on() {
        let styles = Styles::read(
            "<w:styles><w:style w:styleId=\"Overskrift2\"><w:name w:val=\"heading 2\"/></w:style>\
             <w:style w:styleId=\"Eget\"><w:name w:val=\"Kommunens\"/><w:basedOn w:val=\"Overskrift2\"/></w:style>\
             <w:style w:styleId=\"A\"><w:basedOn w:val=\"A\"/></w:style></w:styles>",
            "",
        )
        .unwrap();
        assert_eq!(styles.role("Eget"), Role::Heading(2));
        assert_eq!(styles.role("A"), Role::Plain);
        assert_eq!(role("List Bullet 2"), Some(Role::Bullet(1)));
    }

    #[test]
    fn a_list_begins_where_it_is_told() {
        let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\">\
             <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\">\
             <w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/>\
             </w:lvlOverride></w:num></w:numbering>";
        let styles = Styles::read("", numbering).unwrap();
        assert_eq!(styles.level("7", 0), Some(Level { bullet: false, start: 4, anew: true }));
        assert_eq!(styles.definition("7"), "2");
    }
}
