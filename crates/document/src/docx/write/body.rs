//! The body of `document.xml`: blocks as paragraphs and tables.

use std::fmt::Write as _;

use super::numbering::ListNumbering;
use super::styles::{StyleMap, id};
use super::xml::{self, Properties, Setting};
use crate::document::{Beneath, Block, NumberedEntry, Said, StatementBlock, short_time};
use crate::text::Text;

/// Twips between the margins of an A4 page, for the columns of tables.
const TEXT_WIDTH: usize = 9070;

/// Writes blocks in the styles of one document.
pub(super) struct BodyWriter<'a> {
    /// Which styles.
    pub(super) styles: &'a StyleMap,
    /// Whether headings show in bold what a block says of them; an office's own styles decide
    /// otherwise.
    pub(super) bold_headings: bool,
    /// The lists that were begun.
    pub(super) numbering: ListNumbering,
    /// The text so far.
    pub(super) out: String,
    bookmarks: u32,
}

impl<'a> BodyWriter<'a> {
    /// Returns an empty body.
    pub(super) fn new(styles: &'a StyleMap, bold_headings: bool, numbering: ListNumbering) -> Self {
        Self { styles, bold_headings, numbering, out: String::new(), bookmarks: 0 }
    }

    /// Writes the blocks, in order.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading { level, text, bold } => {
                    let style = match (index, level) {
                        (0, 1) => id::TITLE,
                        _ => id::HEADINGS[usize::from(level.saturating_sub(1)).min(4)],
                    };
                    let setting = self.setting(*bold && self.bold_headings);
                    self.text(style, None, text, setting);
                }
                Block::Rule => self.paragraph(id::RULE, None, ""),
                Block::Label(text) => self.text(id::LABEL, None, text, self.setting(false)),
                Block::Paragraph(text) => self.text(id::NORMAL, None, text, self.setting(false)),
                Block::Note(text) => self.text(id::NOTE, None, text, self.setting(false)),
                Block::Numbered(entries) => self.numbered(entries),
                Block::Statement(statement) => self.statement(statement),
                Block::Table { head, rows } => self.table(head, rows),
                Block::Comment(words) => {
                    let mut runs = String::new();
                    xml::styled(&mut runs, self.styles.get(id::COMMENT_TEXT), words);
                    self.paragraph(id::COMMENT, None, &runs);
                }
            }
        }
    }

    fn setting(&self, bold: bool) -> Setting<'a> {
        Setting { bold, comment: self.styles.get(id::COMMENT_TEXT) }
    }

    fn paragraph(&mut self, style: &'static str, list: Option<(u32, u8)>, runs: &str) {
        let properties = Properties { style: self.styles.get(style), list };
        xml::paragraph(&mut self.out, &properties, runs);
    }

    fn text(
        &mut self,
        style: &'static str,
        list: Option<(u32, u8)>,
        text: &Text,
        setting: Setting<'_>,
    ) {
        let mut runs = String::new();
        xml::text(&mut runs, text, setting);
        self.paragraph(style, list, &runs);
    }

    /// Returns the list of a bullet, unless the style makes it.
    fn bullet(&self, style: &'static str, level: u8) -> Option<(u32, u8)> {
        (!self.styles.numbers_itself(style)).then_some((self.numbering.bullets(), level))
    }

    fn numbered(&mut self, entries: &[NumberedEntry]) {
        let numbers: Vec<Option<u32>> = entries.iter().map(|e| e.number.parse().ok()).collect();
        let first = numbers.first().copied().flatten();
        // Numbers that do not run on by one are written as they are printed.
        let runs_on = first.is_some_and(|first| {
            let mut wanted = first..;
            numbers.iter().all(|number| *number == wanted.next())
        });
        let list = first.filter(|_| runs_on).map(|first| (self.numbering.begin(first), 0));
        for entry in entries {
            let mut runs = String::new();
            if list.is_none() {
                xml::text(&mut runs, &format!("{}.", entry.number).into(), Setting::default());
                runs.push_str("<w:r><w:tab/></w:r>");
            }
            for (index, line) in entry.lines.iter().enumerate() {
                if index > 0 {
                    runs.push_str("<w:r><w:br/></w:r>");
                }
                xml::text(&mut runs, line, self.setting(false));
            }
            self.paragraph(id::NUMBER, list, &runs);
        }
    }

    fn statement(&mut self, statement: &StatementBlock) {
        let mut runs = String::new();
        xml::text(&mut runs, &statement.text, self.setting(false));
        if !statement.at.is_empty() {
            let shown = format!(" [{}]", short_time(&statement.at));
            xml::styled(&mut runs, self.styles.get(id::SOURCE), &shown);
        }
        if let Some(name) = &statement.id {
            let number = self.bookmarks;
            self.bookmarks += 1;
            let name = name.0.replace('-', "_");
            let name = quick_xml::escape::escape(name.as_str());
            runs = format!(
                "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{number}\"/>"
            );
        }
        self.paragraph(id::BULLETS[0], self.bullet(id::BULLETS[0], 0), &runs);
        for line in &statement.beneath {
            match line {
                Beneath::Said(said) => self.material("", std::slice::from_ref(said)),
                Beneath::More { label, said } => self.material(label, said),
                Beneath::Point { depth, text } => {
                    let style = id::BULLETS[usize::from(*depth).clamp(1, 2)];
                    self.text(
                        style,
                        self.bullet(style, (*depth).min(8)),
                        text,
                        self.setting(false),
                    );
                }
            }
        }
    }

    fn material(&mut self, label: &str, said: &[Said]) {
        let mut runs = String::new();
        if !label.is_empty() {
            xml::text(&mut runs, &label.into(), Setting::default());
        }
        for (index, one) in said.iter().enumerate() {
            let space = if index > 0 || !label.is_empty() { " " } else { "" };
            let shown = format!("{space}[{}] ", short_time(&one.at));
            xml::styled(&mut runs, self.styles.get(id::SOURCE), &shown);
            xml::text(&mut runs, &one.text, self.setting(false));
        }
        self.paragraph(id::MATERIAL, Some((self.numbering.bullets(), 1)), &runs);
    }

    fn table(&mut self, head: &[Text], rows: &[Vec<Text>]) {
        let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0).max(1);
        // The first of several columns tells what, the others who and when: it takes the room of
        // two.
        let share = TEXT_WIDTH / (columns + usize::from(columns > 2));
        let widths: Vec<usize> = (0..columns)
            .map(|column| if column == 0 { TEXT_WIDTH - share * (columns - 1) } else { share })
            .collect();
        let style = quick_xml::escape::escape(self.styles.get(id::TABLE)).into_owned();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        let empty = Text::default();
        for (index, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate()
        {
            let is_head = index == 0;
            let properties = match row.len() == head.len() && row.iter().all(|it| !it.is_empty()) {
                _ if is_head => "<w:cantSplit/><w:tblHeader/>",
                true => "<w:cantSplit/>",
                // Room to write by hand: a signature, a task's owner. A centimetre.
                false => "<w:cantSplit/><w:trHeight w:val=\"567\" w:hRule=\"atLeast\"/>",
            };
            let _ = write!(self.out, "<w:tr><w:trPr>{properties}</w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let _ = write!(
                    self.out,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
                );
                let text = row.get(column).unwrap_or(&empty);
                let setting = self.setting(false);
                let style = if is_head { id::LABEL } else { id::NORMAL };
                self.text(style, None, text, setting);
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        // Word wants a paragraph between tables and after the last.
        self.paragraph(id::NORMAL, None, "");
    }
}
