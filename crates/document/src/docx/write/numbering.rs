//! Lists: one definition for bullets, one for numbers, and a list of its own for every
//! numbered block, so that each begins where its first number says.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::styles::attribute;
use super::xml::{HEAD, W};

/// The lists of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct ListNumbering {
    first_definition: u32,
    first_list: u32,
    starts: Vec<u32>,
}

/// The bullets of the levels, outermost first; deeper levels take the last.
const BULLETS: [&str; 3] = ["\u{2022}", "\u{2013}", "\u{25aa}"];

impl ListNumbering {
    /// Returns the lists of a document whose `numbering.xml` is `office`; ids that stand there
    /// are left alone.
    pub(super) fn beside(office: Option<&str>) -> Result<Self, quick_xml::Error> {
        let (mut definition, mut list) = (0u32, 0u32);
        let mut reader = Reader::from_str(office.unwrap_or_default());
        loop {
            match reader.read_event()? {
                Event::Eof => break,
                Event::Start(it) | Event::Empty(it) => match it.name().as_ref() {
                    "w:abstractNum" => {
                        let id = attribute(&it, "w:abstractNumId").parse().unwrap_or(0);
                        definition = definition.max(id);
                    }
                    "w:num" => {
                        list = list.max(attribute(&it, "w:numId").parse().unwrap_or(0));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        let first_definition = definition.saturating_add(1).min(1 << 30);
        let first_list = list.saturating_add(1).min(1 << 30);
        Ok(Self { first_definition, first_list, starts: Vec::new() })
    }

    /// Returns the id of the bulleted list.
    pub(super) const fn bullets(&self) -> u32 {
        self.first_list
    }

    /// Begins a numbered list at `start` and returns its id.
    pub(super) fn begin(&mut self, start: u32) -> u32 {
        self.starts.push(start);
        self.first_list + u32::try_from(self.starts.len()).unwrap_or(u32::MAX >> 1)
    }

    /// Returns `numbering.xml`: what `office` has, and these lists.
    pub(super) fn part(&self, office: Option<&str>) -> String {
        let (definitions, lists) = (self.definitions(), self.lists());
        let own =
            || format!("{HEAD}<w:numbering xmlns:w=\"{W}\">{definitions}{lists}</w:numbering>");
        let Some(office) = office else { return own() };
        let Some(end) = office.rfind("</w:numbering>") else { return own() };
        // All definitions stand before the first list.
        let between = office.find("<w:num ").filter(|at| *at < end).unwrap_or(end);
        let (before, rest) = office.split_at(between);
        let (middle, after) = rest.split_at(end - between);
        format!("{before}{definitions}{middle}{lists}{after}")
    }

    fn definitions(&self) -> String {
        let mut out = String::new();
        let bullets = self.first_definition;
        let _ = write!(
            out,
            "<w:abstractNum w:abstractNumId=\"{bullets}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
        );
        for level in 0..9usize {
            let mark = BULLETS[level.min(2)];
            let left = 360 + 360 * level;
            let _ = write!(
                out,
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/>\
                 <w:lvlText w:val=\"{mark}\"/><w:lvlJc w:val=\"left\"/>\
                 <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"360\"/></w:pPr></w:lvl>"
            );
        }
        let numbers = bullets + 1;
        let _ = write!(
            out,
            "</w:abstractNum><w:abstractNum w:abstractNumId=\"{numbers}\"><w:multiLevelType w:val=\"singleLevel\"/>\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>\
             <w:lvlText w:val=\"%1.\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"432\" w:hanging=\"432\"/></w:pPr></w:lvl></w:abstractNum>"
        );
        out
    }

    fn lists(&self) -> String {
        let (bullets, numbers) = (self.first_definition, self.first_definition + 1);
        let mut out = format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{bullets}\"/></w:num>",
            self.first_list
        );
        for (list, start) in (self.first_list + 1..).zip(&self.starts) {
            let _ = write!(
                out,
                "<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{numbers}\"/>\
                 <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>"
            );
        }
        out
    }
}
