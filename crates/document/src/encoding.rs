//! Bytes become letters: UTF-8, UTF-16, Windows, Mac and DOS code pages; letters that were read
//! in the wrong one are mended.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// The letters of the DOS code pages 850 and 865 from 0x80 on, as far as both agree.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»";

/// Decodes a text: by its byte order mark, as UTF-8, else in the code page whose letters fit.
pub(crate) fn decode(bytes: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned()
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => code_page(bytes),
        },
    };
    let text = mended(text);
    // A long text is not copied where nothing is to be composed.
    if text.is_ascii() { text } else { composed(&text) }
}

/// Decodes bytes that are no UTF-8 in the code page in which they hold most Danish letters.
fn code_page(bytes: &[u8]) -> String {
    let between = |at: usize| {
        let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        letter(at.checked_sub(1).and_then(|it| bytes.get(it))) || letter(bytes.get(at + 1))
    };
    let count = |letters: &[u8]| {
        bytes.iter().enumerate().filter(|(at, byte)| letters.contains(byte) && between(*at)).count()
    };
    let windows = count(&[0xe6, 0xf8, 0xe5, 0xc6, 0xd8, 0xc5, 0xe9]);
    let dos = count(&[0x91, 0x9b, 0x86, 0x92, 0x9d, 0x8f]);
    let mac = count(&[0xbe, 0xbf, 0x8c, 0xae, 0xaf, 0x81]);
    if dos > windows && dos >= mac {
        let letters: Vec<char> = DOS.chars().collect();
        return bytes
            .iter()
            .map(|byte| match byte {
                0..=0x7f => char::from(*byte),
                _ => letters.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
            })
            .collect();
    }
    let encoding = if mac > windows { MACINTOSH } else { WINDOWS_1252 };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Mends UTF-8 that was read as Windows-1252: `mÃ¸de` is `møde`.
fn mended(text: String) -> String {
    let marks = ["Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©", "â€“", "â€™", "â€œ"];
    if marks.iter().map(|mark| text.matches(mark).count()).sum::<usize>() < 2 {
        return text;
    }
    // Line by line, as a page may hold both.
    let mend = |line: &str| {
        let (bytes, _, failed) = WINDOWS_1252.encode(line);
        match std::str::from_utf8(&bytes) {
            Ok(text) if !failed => text.to_owned(),
            _ => line.to_owned(),
        }
    };
    text.split('\n').map(mend).collect::<Vec<_>>().join("\n")
}

/// Composes letters and takes ligatures apart: `o` and its stroke are one, `ﬁ` is two.
pub(crate) fn composed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc() {
        match letter {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{2060}' | '\u{feff}' | '\u{200b}' => {}
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_page_is_told_by_its_letters() {
        assert_eq!(decode(b"M\xf8det p\xe5 \xc6r\xf8"), "Mødet på Ærø");
        assert_eq!(decode(b"M\x9bdet p\x86 \x92r\x9b"), "Mødet på Ærø");
        assert_eq!(decode(b"M\xbfdet p\x8c \xaer\xbf"), "Mødet på Ærø");
        assert_eq!(decode("mÃ¸de pÃ¥ Ã†rÃ¸".as_bytes()), "møde på Ærø");
        assert_eq!(decode("A\u{30a}se ﬁn".as_bytes()), "Åse fin");
    }
}
