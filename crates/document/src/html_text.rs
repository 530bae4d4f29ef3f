//! HTML as text lines: headings, lists with their numbers, tables; a page of an intranet, a mail
//! pasted from Outlook.

use referat_core::agenda::MAX_TEXT;

use crate::xml_tree::{named_reference, reference};

/// The deepest nesting of lists that is shown.
const DEEPEST: usize = 20;

/// The letters that mails and pages name most.
const NAMED: [(&str, &str); 26] = [
    ("nbsp", " "),
    ("aelig", "æ"),
    ("oslash", "ø"),
    ("aring", "å"),
    ("AElig", "Æ"),
    ("Oslash", "Ø"),
    ("Aring", "Å"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("eacute", "é"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("Ouml", "Ö"),
    ("Auml", "Ä"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bdquo", "„"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("sect", "§"),
];

/// An open list.
struct List {
    ordered: bool,
    count: u32,
    letters: bool,
}

/// Reads the text of a page.
pub(crate) fn read(html: &str) -> String {
    let mut reader = HtmlReader::default();
    let mut rest = html;
    // What is beyond the longest text that is read is of no use.
    while let Some(at) = rest.find('<').filter(|_| reader.out.len() <= MAX_TEXT) {
        reader.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            // What Outlook writes for itself stands in comments.
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        reader.tag(&rest[1..end]);
        rest = &rest[end + 1..];
    }
    if !rest.starts_with('<') {
        reader.text(rest);
    }
    reader.finish()
}

#[derive(Default)]
struct HtmlReader {
    out: String,
    line: String,
    lists: Vec<List>,
    /// Cells of the open row, and whether a table is open.
    row: Option<Vec<String>>,
    tables: usize,
    /// How many elements are open whose text is not shown.
    hidden: Option<String>,
    before: String,
}

impl HtmlReader {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let mut rest = text;
        while let Some((before, after)) =
            rest.split_once('&').filter(|_| self.line.len() <= MAX_TEXT)
        {
            self.plain(before);
            match named_reference(after) {
                Some((name, behind)) => {
                    let named = NAMED.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
                    self.line.push_str(&named.unwrap_or_else(|| reference(name)));
                    rest = behind;
                }
                _ => {
                    self.line.push('&');
                    rest = after;
                }
            }
        }
        self.plain(rest);
    }

    fn plain(&mut self, text: &str) {
        for letter in text.chars() {
            if letter.is_ascii_whitespace() {
                if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                    self.line.push(' ');
                }
            } else {
                self.line.push(letter);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let close = tag.starts_with('/');
        let bare = tag.trim_start_matches('/');
        let name: String = bare
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_lowercase();
        if let Some(hidden) = &self.hidden {
            if close && *hidden == name {
                self.hidden = None;
            }
            return;
        }
        match name.as_str() {
            "script" | "style" | "head" | "title" | "noscript" | "svg"
                if !close && !bare.ends_with('/') =>
            {
                self.hidden = Some(name)
            }
            "br" => {
                if self.row.is_some() {
                    self.line.push_str("<br>");
                } else {
                    self.end_line();
                }
            }
            "ul" | "ol" => {
                self.end_line();
                if close {
                    self.lists.pop();
                    if self.lists.is_empty() {
                        self.out.push('\n');
                    }
                } else {
                    let start =
                        attribute(bare, "start").and_then(|it| it.parse::<u32>().ok()).unwrap_or(1);
                    let letters = attribute(bare, "type").is_some_and(|it| it == "a" || it == "A");
                    self.lists.push(List {
                        ordered: name == "ol",
                        count: start.saturating_sub(1),
                        letters,
                    });
                }
            }
            "li" => {
                self.end_line();
                if !close {
                    let depth = self.lists.len().saturating_sub(1).min(DEEPEST);
                    let label = match self.lists.last_mut() {
                        Some(list) if list.ordered => {
                            list.count += 1;
                            let letter =
                                char::from_u32(u32::from('a') + list.count.saturating_sub(1) % 26)
                                    .unwrap_or('a');
                            if list.letters {
                                format!("{letter}) ")
                            } else {
                                format!("{}. ", list.count)
                            }
                        }
                        _ => "- ".to_owned(),
                    };
                    self.before = format!("{}{label}", "  ".repeat(depth));
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                let level = usize::from(name.as_bytes()[1] - b'0');
                self.before = if close { String::new() } else { format!("{} ", "#".repeat(level)) };
                self.out.push('\n');
            }
            "table" => {
                self.end_line();
                self.tables = if close { self.tables.saturating_sub(1) } else { self.tables + 1 };
                self.row = None;
                self.out.push('\n');
            }
            "tr" => {
                self.end_row();
                if !close {
                    self.row = Some(Vec::new());
                }
            }
            "td" | "th" => {
                let text = std::mem::take(&mut self.line);
                if let Some(row) = &mut self.row {
                    if close || !text.trim().is_empty() {
                        row.push(tidy_cell(&text));
                    }
                } else {
                    self.line = text;
                }
            }
            "p" | "div" | "section" | "article" | "blockquote" | "hr" | "header" | "footer"
            | "pre" | "address" | "dl" | "dt" | "dd" | "form" => {
                if self.row.is_some() {
                    if !self.line.is_empty() && !self.line.ends_with("<br>") {
                        self.line.push_str("<br>");
                    }
                } else {
                    let listed = !self.before.is_empty() && self.line.trim().is_empty();
                    if !listed {
                        self.end_line();
                        let apart = name != "div" || close;
                        if apart
                            && self.lists.is_empty()
                            && !self.out.ends_with("\n\n")
                            && name != "div"
                        {
                            self.out.push('\n');
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if self.row.is_some() {
            if !self.line.is_empty() && !self.line.ends_with("<br>") {
                self.line.push_str("<br>");
            }
            return;
        }
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        self.out.push_str(&std::mem::take(&mut self.before));
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        let text = std::mem::take(&mut self.line);
        if !text.trim().is_empty() {
            row.push(tidy_cell(&text));
        }
        // A table of one column lays a page out.
        match &row[..] {
            [] => {}
            [one] => self.out.push_str(&format!("{}\n", one.replace("<br>", "\n"))),
            _ => self.out.push_str(&format!("| {} |\n", row.join(" | "))),
        }
    }

    fn finish(mut self) -> String {
        self.end_row();
        self.end_line();
        self.out
    }
}

fn tidy_cell(text: &str) -> String {
    let parts: Vec<String> = text
        .split("<br>")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("<br>").replace('|', "/")
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))?;
    let value = &tag[at + name.len() + 1..];
    let value = value.trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '>']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_tables_and_letters_are_read() {
        let html = "<html><head><title>x</title></head><body><h2>Dagsorden</h2><ol start=3><li>K&oslash;b</li><li>Valg</li></ol><table><tr><td>Sted</td><td>Salen &amp; g&#229;rden</td></tr></table><p>Slut</body>";
        assert_eq!(
            read(html).split_whitespace().collect::<Vec<_>>().join(" "),
            "## Dagsorden 3. Køb 4. Valg | Sted | Salen & gården | Slut"
        );
    }
}
