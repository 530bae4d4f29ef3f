//! The styles that a referat uses, and how an office's own styles take their place.
//!
//! A style is found by its name, which is the same in every language of Word, not by its id.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// One of our styles: what it is for, its name, and its definition.
struct Own {
    id: &'static str,
    name: &'static str,
    xml: &'static str,
}

/// Names of our styles' ids, as the body uses them.
pub(super) mod id {
    pub(crate) const NORMAL: &str = "Normal";
    pub(crate) const TITLE: &str = "Title";
    pub(crate) const HEADINGS: [&str; 5] =
        ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5"];
    pub(crate) const BULLETS: [&str; 3] = ["ListBullet", "ListBullet2", "ListBullet3"];
    pub(crate) const NUMBER: &str = "ListNumber";
    pub(crate) const TABLE: &str = "TableGrid";
    pub(crate) const HEADER: &str = "Header";
    pub(crate) const FOOTER: &str = "Footer";
    pub(crate) const LABEL: &str = "ReferatLabel";
    pub(crate) const NOTE: &str = "ReferatNote";
    pub(crate) const RULE: &str = "ReferatRule";
    pub(crate) const MATERIAL: &str = "ReferatMaterial";
    pub(crate) const COMMENT: &str = "ReferatComment";
    pub(crate) const SOURCE: &str = "ReferatSource";
    pub(crate) const COMMENT_TEXT: &str = "ReferatCommentText";
}

macro_rules! paragraph_style {
    ($id:literal, $name:literal, $rest:literal) => {
        Own {
            id: $id,
            name: $name,
            xml: concat!(
                "<w:style w:type=\"paragraph\" w:styleId=\"",
                $id,
                "\"><w:name w:val=\"",
                $name,
                "\"/><w:basedOn w:val=\"Normal\"/>",
                $rest,
                "</w:style>"
            ),
        }
    };
}

/// Children stand in the order of the schema: name, basedOn, next, uiPriority, qFormat, pPr, rPr.
const OWN: [Own; 20] = [
    Own {
        id: id::NORMAL,
        name: "Normal",
        xml: "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
    },
    paragraph_style!(
        "Title",
        "Title",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"0\" w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/></w:rPr>"
    ),
    paragraph_style!(
        "Heading1",
        "heading 1",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"
    ),
    paragraph_style!(
        "Heading2",
        "heading 2",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>"
    ),
    paragraph_style!(
        "Heading3",
        "heading 3",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>"
    ),
    paragraph_style!(
        "Heading4",
        "heading 4",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"40\"/><w:outlineLvl w:val=\"3\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr>"
    ),
    paragraph_style!(
        "Heading5",
        "heading 5",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"120\" w:after=\"40\"/><w:outlineLvl w:val=\"4\"/></w:pPr><w:rPr><w:i/><w:iCs/></w:rPr>"
    ),
    paragraph_style!(
        "ListBullet",
        "List Bullet",
        "<w:qFormat/><w:pPr><w:spacing w:after=\"80\"/></w:pPr>"
    ),
    paragraph_style!(
        "ListBullet2",
        "List Bullet 2",
        "<w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>"
    ),
    paragraph_style!(
        "ListBullet3",
        "List Bullet 3",
        "<w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>"
    ),
    paragraph_style!(
        "ListNumber",
        "List Number",
        "<w:qFormat/><w:pPr><w:spacing w:after=\"60\"/></w:pPr>"
    ),
    Own {
        id: id::TABLE,
        name: "Table Grid",
        xml: "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/></w:tblBorders><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
    },
    paragraph_style!(
        "Header",
        "header",
        "<w:pPr><w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/></w:pPr><w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>"
    ),
    paragraph_style!(
        "Footer",
        "footer",
        "<w:pPr><w:spacing w:after=\"0\"/><w:jc w:val=\"right\"/></w:pPr><w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>"
    ),
    paragraph_style!(
        "ReferatLabel",
        "Referat Label",
        "<w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"160\" w:after=\"20\"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>"
    ),
    paragraph_style!("ReferatNote", "Referat Note", "<w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr>"),
    paragraph_style!(
        "ReferatRule",
        "Referat Rule",
        "<w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"808080\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"120\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr>"
    ),
    paragraph_style!(
        "ReferatMaterial",
        "Referat Material",
        "<w:pPr><w:spacing w:after=\"40\"/></w:pPr><w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>"
    ),
    paragraph_style!(
        "ReferatComment",
        "Referat Comment",
        "<w:pPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2CC\"/></w:pPr><w:rPr><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>"
    ),
    Own {
        id: id::SOURCE,
        name: "Referat Source",
        xml: "<w:style w:type=\"character\" w:styleId=\"ReferatSource\"><w:name w:val=\"Referat Source\"/><w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr></w:style>",
    },
];

const COMMENT_TEXT: &str = "<w:style w:type=\"character\" w:styleId=\"ReferatCommentText\"><w:name w:val=\"Referat Comment Text\"/><w:rPr><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2CC\"/></w:rPr></w:style>";

fn own() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OWN.iter().map(|own| (own.id, own.name, own.xml)).chain([(
        id::COMMENT_TEXT,
        "Referat Comment Text",
        COMMENT_TEXT,
    )])
}

/// Returns `styles.xml` with our styles alone; `tag` is the language of the text, as in `da-DK`.
pub(super) fn own_part(tag: &str) -> String {
    let styles: String = own().map(|(.., xml)| xml).collect();
    format!(
        "{}<w:styles xmlns:w=\"{}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/>\
         <w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{tag}\" w:eastAsia=\"{tag}\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"60\" w:line=\"264\" w:lineRule=\"auto\"/>\
         </w:pPr></w:pPrDefault></w:docDefaults>{styles}</w:styles>",
        super::xml::HEAD,
        super::xml::W,
    )
}

/// Which style of a document stands for which of ours.
#[derive(Debug, Default)]
pub(super) struct StyleMap {
    ids: HashMap<&'static str, String>,
    numbered: Vec<String>,
}

impl StyleMap {
    /// Returns the id of the style that stands for ours.
    pub(super) fn get(&self, own: &'static str) -> &str {
        self.ids.get(own).map_or(own, String::as_str)
    }

    /// Returns whether the style of another's that stands for ours makes the list itself.
    pub(super) fn numbers_itself(&self, own: &'static str) -> bool {
        self.ids.get(own).is_some_and(|id| self.numbered.contains(id))
    }
}

/// Adds to an office's `styles.xml` those of our styles that it lacks.
pub(super) fn merged(office: &str) -> Result<(String, StyleMap), quick_xml::Error> {
    let known = known(office)?;
    let mut map = StyleMap::default();
    let mut added = String::new();
    let default = known.iter().find(|style| style.default).map(|style| style.id.clone());
    for (id, name, xml) in own() {
        let found = known.iter().find(|style| style.name.eq_ignore_ascii_case(name));
        if let Some(style) = found {
            map.ids.insert(id, style.id.clone());
            map.numbered.extend(style.numbered.then(|| style.id.clone()));
            continue;
        }
        if id == id::NORMAL {
            map.ids.extend(default.clone().map(|default| (id, default)));
            continue;
        }
        let taken = known.iter().any(|style| style.id == id);
        let fresh = if taken { format!("{id}Referat") } else { id.to_owned() };
        let named = format!("w:styleId=\"{fresh}\"");
        let xml = xml.replacen(&format!("w:styleId=\"{id}\""), &named, 1);
        let base = map.get(id::NORMAL);
        let xml = xml.replace(
            "w:val=\"Normal\"/>",
            &format!("w:val=\"{}\"/>", quick_xml::escape::escape(base)),
        );
        added.push_str(&xml);
        map.ids.insert(id, fresh);
    }
    let text = match office.rfind("</w:styles>") {
        Some(at) => format!("{}{added}{}", &office[..at], &office[at..]),
        None => return Ok((own_part("da-DK"), StyleMap::default())),
    };
    Ok((text, map))
}

#[derive(Default)]
struct Known {
    id: String,
    name: String,
    default: bool,
    numbered: bool,
}

/// Returns the styles that a `styles.xml` defines.
fn known(office: &str) -> Result<Vec<Known>, quick_xml::Error> {
    let mut reader = Reader::from_str(office);
    let mut known: Vec<Known> = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(known),
            Event::Start(it) | Event::Empty(it) => match (it.name().as_ref(), known.last_mut()) {
                ("w:style", _) => {
                    inside = true;
                    known.push(Known {
                        id: attribute(&it, "w:styleId"),
                        default: attribute(&it, "w:default") == "1"
                            && attribute(&it, "w:type") == "paragraph",
                        ..Known::default()
                    });
                }
                ("w:name", Some(style)) if inside => style.name = attribute(&it, "w:val"),
                ("w:numId", Some(style)) if inside => style.numbered = true,
                _ => {}
            },
            Event::End(it) if it.name().as_ref() == "w:style" => inside = false,
            _ => {}
        }
    }
}

/// Returns an attribute's value, empty when it is absent.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.attributes().flatten().find(|it| it.key.as_ref() == name);
    found.map(|it| it.value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offices_styles_are_found_by_name_and_ours_are_added_to_them() {
        let office = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Brod\">\
             <w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Overskrift1\">\
             <w:name w:val=\"heading 1\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Punkt\">\
             <w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style></w:styles>";
        let (text, map) = merged(office).unwrap();
        assert_eq!(map.get(id::HEADINGS[0]), "Overskrift1");
        assert_eq!(map.get(id::NORMAL), "Brod");
        assert!(map.numbers_itself(id::BULLETS[0]) && !map.numbers_itself(id::NUMBER));
        assert!(text.contains("w:styleId=\"ReferatLabel\""));
        assert!(text.contains("<w:basedOn w:val=\"Brod\"/>"), "{text}");
        assert_eq!(text.matches("heading 1").count(), 1);
    }
}
