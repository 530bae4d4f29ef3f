//! What the styles of a DOCX file stand for. Styles are known by their names, which are the same
//! in every language of Word; a style that is built on another stands for what that one stands
//! for.

use std::collections::HashMap;

use crate::xml_tree::Element;

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

/// The styles of one file.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, WordStyle>);

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct WordStyle {
    /// In lower case.
    name: String,
    role: Option<Role>,
    based_on: Option<String>,
    /// The list that it puts its paragraphs in; `0` takes them out of one.
    pub(super) list: Option<String>,
    /// Their level in it.
    pub(super) level: Option<usize>,
}

/// How many styles one may be built on, one on the other.
const MAX_BASES: usize = 20;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(styles: &Element) -> Self {
        let styles = styles.elements().filter(|it| it.name == "style");
        Self(
            styles
                .map(|it| (it.attribute("styleId").unwrap_or_default().to_owned(), style(it)))
                .collect(),
        )
    }

    /// Returns what the style called `id` stands for.
    pub(super) fn role(&self, id: &str) -> Role {
        self.chain(id).find_map(|(_, style)| style.role).unwrap_or_default()
    }

    /// Returns the name of the style called `id`, in lower case.
    pub(super) fn name(&self, id: &str) -> String {
        match self.0.get(id) {
            Some(style) if !style.name.is_empty() => style.name.clone(),
            _ => id.to_lowercase(),
        }
    }

    /// Returns the style called `id` and those that it is built on, with their ids.
    pub(super) fn chain(&self, id: &str) -> impl Iterator<Item = (&str, &WordStyle)> {
        let of = |id: &str| self.0.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let next = move |(_, style): &(&str, &WordStyle)| style.based_on.as_deref().and_then(of);
        std::iter::successors(of(id), next).take(MAX_BASES)
    }
}

fn style(element: &Element) -> WordStyle {
    let list = element.find("numPr");
    let value = |name: &str| list.and_then(|it| it.value(name));
    let outline = element.find("outlineLvl").and_then(|it| it.attribute("val"));
    let outline = outline.and_then(|it| it.parse::<u8>().ok()).filter(|level| *level < 5);
    let name = element.value("name").unwrap_or_default();
    WordStyle {
        name: name.to_lowercase(),
        role: role(name).or_else(|| outline.map(|level| Role::Heading(level + 1))),
        based_on: element.value("basedOn").map(str::to_owned),
        list: value("numId").map(str::to_owned),
        level: value("ilvl").and_then(|it| it.parse().ok()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml_tree;

    #[test]
    fn styles_are_known_by_name_and_by_what_they_are_built_on() {
        let styles = xml_tree::read(
            "<w:styles><w:style w:styleId=\"Overskrift2\"><w:name w:val=\"heading 2\"/></w:style>\
             <w:style w:styleId=\"Eget\"><w:name w:val=\"Kommunens\"/><w:basedOn w:val=\"Overskrift2\"/></w:style>\
             <w:style w:styleId=\"A\"><w:basedOn w:val=\"A\"/></w:style></w:styles>",
        );
        let styles = Styles::read(&styles.unwrap());
        assert_eq!(styles.role("Eget"), Role::Heading(2));
        assert_eq!(styles.role("A"), Role::Plain);
        assert_eq!(role("List Bullet 2"), Some(Role::Bullet(1)));
    }
}
