//! The text of an RTF file: WordPad, old Word, exports of case systems.

use encoding_rs::WINDOWS_1252;

use referat_core::agenda::MAX_TEXT;

/// The deepest nesting of groups that is followed.
const DEPTH: usize = 400;

/// Groups whose text is not the document's.
const HIDDEN: [&str; 22] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "headerl",
    "headerr",
    "headerf",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "rsidtbl",
    "xmlnstbl",
];

#[derive(Clone, Copy, Default)]
struct Group {
    hidden: bool,
    /// How many bytes stand for a letter that `\u` gave already.
    skip: u8,
}

/// Reads the text of an RTF file.
pub(crate) fn read(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut groups = vec![Group { hidden: false, skip: 1 }];
    let (mut at, mut skipping, mut cells) = (0, 0u8, false);
    // What is beyond the longest text that is read is of no use.
    while at < bytes.len() && out.len() <= MAX_TEXT {
        let group = groups.last().copied().unwrap_or_default();
        match bytes[at] {
            b'{' => {
                if groups.len() < DEPTH {
                    groups.push(group);
                }
                at += 1;
            }
            b'}' => {
                if groups.len() > 1 {
                    groups.pop();
                }
                at += 1;
            }
            b'\\' => {
                let next = bytes.get(at + 1).copied().unwrap_or(b' ');
                if next == b'\'' {
                    let hex = bytes.get(at + 2..at + 4).and_then(|it| std::str::from_utf8(it).ok());
                    let byte = hex.and_then(|it| u8::from_str_radix(it, 16).ok());
                    at += 4;
                    if skipping > 0 {
                        skipping -= 1;
                    } else if let Some(byte) = byte.filter(|_| !group.hidden) {
                        out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
                    }
                    continue;
                }
                if !next.is_ascii_alphabetic() {
                    at += 2;
                    match next {
                        b'*' => set_hidden(&mut groups),
                        b'~' if !group.hidden => out.push(' '),
                        b'\\' | b'{' | b'}' if !group.hidden => out.push(char::from(next)),
                        b'\n' | b'\r' if !group.hidden => out.push('\n'),
                        _ => {}
                    }
                    continue;
                }
                let start = at + 1;
                let mut end = start;
                while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
                    end += 1;
                }
                let word = std::str::from_utf8(&bytes[start..end]).unwrap_or_default();
                let digits = end;
                while bytes.get(end).is_some_and(|it| it.is_ascii_digit() || *it == b'-') {
                    end += 1;
                }
                let number: Option<i32> =
                    std::str::from_utf8(&bytes[digits..end]).ok().and_then(|it| it.parse().ok());
                at = end + usize::from(bytes.get(end) == Some(&b' '));
                if HIDDEN.contains(&word) {
                    set_hidden(&mut groups);
                    continue;
                }
                if word == "bin" {
                    at += usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                    continue;
                }
                if word == "v" && number != Some(0) || word == "deleted" && number != Some(0) {
                    set_hidden(&mut groups);
                    continue;
                }
                if group.hidden {
                    continue;
                }
                match word {
                    "par" | "line" | "sect" | "page" => out.push('\n'),
                    "tab" => out.push('\t'),
                    "cell" => {
                        out.push_str(" | ");
                        cells = true;
                    }
                    "row" => {
                        if cells {
                            let from = out.rfind('\n').map_or(0, |it| it + 1);
                            let line = out.split_off(from);
                            out.push_str(&format!("| {}\n", line.trim_end()));
                        }
                        cells = false;
                    }
                    "endash" => out.push('–'),
                    "emdash" => out.push('—'),
                    "bullet" => out.push('•'),
                    "lquote" | "rquote" => out.push('’'),
                    "ldblquote" | "rdblquote" => out.push('"'),
                    "uc" => {
                        if let Some(group) = groups.last_mut() {
                            group.skip = u8::try_from(number.unwrap_or(1)).unwrap_or(1);
                        }
                    }
                    "u" => {
                        let code = number
                            .map(|it| if it < 0 { it + 65536 } else { it })
                            .and_then(|it| u32::try_from(it).ok());
                        if let Some(letter) = code.and_then(char::from_u32) {
                            out.push(letter);
                        }
                        skipping = group.skip;
                    }
                    _ => {}
                }
            }
            b'\r' | b'\n' => at += 1,
            byte => {
                at += 1;
                if skipping > 0 {
                    skipping -= 1;
                } else if !group.hidden {
                    out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
                }
            }
        }
    }
    out
}

fn set_hidden(groups: &mut [Group]) {
    if let Some(group) = groups.last_mut() {
        group.hidden = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_paragraphs_are_read() {
        let rtf = br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 M\'f8de p\u229?\par 1.\tab Valg\par}";
        assert_eq!(read(rtf), "Møde på\n1.\tValg\n");
    }
}
