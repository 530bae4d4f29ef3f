//! What a PDF may come to in memory, told before any of it is unpacked whole: a file of some
//! kilobytes can stand for gigabytes, and a drawing can draw itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};
use regex::bytes::Regex;

/// The most words of objects, those that are packed among them: each takes a hundred bytes when
/// it is read.
const WORDS: usize = 1_500_000;
/// The most bytes of what a page or a drawing is made of, unpacked.
const DRAWN: usize = 4 << 20;
/// The most words of it: each takes three hundred bytes when it is read.
const DRAWN_WORDS: usize = 400_000;
/// The most bytes of a font, unpacked.
const FONT: usize = 32 << 20;
/// The deepest nesting of drawings in drawings.
const DEEPEST: usize = 30;
/// The longest dictionary before a stream that is looked at.
const DICTIONARY: usize = 4096;

const TOO_MUCH: &str = "it unpacks to more than is read";
const ENDLESS: &str = "its drawings draw each other without end";

#[expect(clippy::expect_used, reason = "a test reads it")]
static STREAM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)(?:end)?stream\b").expect("the pattern is well formed"));

/// Tells what keeps a file's bytes from being loaded: more objects than are read, packed or not.
pub(super) fn check_bytes(bytes: &[u8]) -> Result<(), String> {
    let (mut words, mut outside) = (0, Some(0));
    for found in STREAM.find_iter(bytes) {
        if found.as_bytes().starts_with(b"end") {
            outside = Some(found.end());
            continue;
        }
        if let Some(from) = outside.take() {
            words += words_of(&bytes[from..found.start()]);
        }
        let from = found.start().saturating_sub(DICTIONARY);
        let before = &bytes[from..found.start()];
        let own = before.windows(4).rposition(|window| window == b" obj");
        let dictionary = &before[own.unwrap_or(0)..];
        let says = |name: &[u8]| dictionary.windows(name.len()).any(|window| window == name);
        // `#` may spell any name.
        if says(b"/ObjStm") || says(b"/XRef") || says(b"#") || own.is_none() {
            if says(b"/LZW") || says(b"/ASCII") {
                return Err("its objects are packed in an unusual way".to_owned());
            }
            let packed = bytes[found.end()..].trim_ascii_start();
            words += packed_words(packed, WORDS.saturating_sub(words));
        }
        if words > WORDS {
            return Err(TOO_MUCH.to_owned());
        }
    }
    let rest = outside.map_or(0, |from| words_of(&bytes[from..]));
    if words + rest > WORDS { Err(TOO_MUCH.to_owned()) } else { Ok(()) }
}

/// Returns how many numbers, names and texts begin in bytes, at the most.
fn words_of(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| b" \n\r\t\0\x0c[(/<".contains(byte)).count()
}

/// Returns how many words packed bytes hold; no more is unpacked than tells that they are over
/// `most`.
fn packed_words(packed: &[u8], most: usize) -> usize {
    let (mut decoder, mut part) = (ZlibDecoder::new(packed), vec![0; 1 << 16]);
    let mut words = 0;
    while words <= most {
        match decoder.read(&mut part) {
            // A text without a space is kept as it is: only its length counts.
            Ok(read) if read > 0 => words += words_of(&part[..read]).max(read / 100),
            _ => break,
        }
    }
    words
}

/// Empties what is not read of a document, and tells what keeps the rest from being read.
pub(super) fn check(document: &mut Document) -> Result<(), String> {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is = |key: &[u8], name: &[u8]| {
            stream.dict.get(key).and_then(Object::as_name).is_ok_and(|own| own == name)
        };
        if is(b"Subtype", b"Image") || is(b"Type", b"EmbeddedFile") {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
    let drawings = drawings(document);
    let mut words_in = BTreeMap::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let most = if stream.dict.has(b"Length1") { FONT } else { DRAWN };
        let content = unpacked(stream, most).ok_or(TOO_MUCH)?;
        // What it may draw is then what the page may, itself among it.
        let borrows = drawings.contains(id) && !stream.dict.has(b"Resources");
        if borrows && content.windows(2).any(|window| window == b"Do") {
            return Err(ENDLESS.to_owned());
        }
        let words = words_of(&content);
        if drawings.contains(id) && words > DRAWN_WORDS {
            return Err(TOO_MUCH.to_owned());
        }
        words_in.insert(*id, words);
    }
    for page in document.page_iter() {
        let contents = document.get_page_contents(page);
        let words: usize = contents.iter().filter_map(|id| words_in.get(id)).sum();
        if words > DRAWN_WORDS {
            return Err(TOO_MUCH.to_owned());
        }
    }
    let mut known = BTreeMap::new();
    for id in &drawings {
        depth(document, *id, &mut BTreeSet::new(), &mut known).ok_or(ENDLESS)?;
    }
    Ok(())
}

/// Unpacks a stream; `None` where that comes to more than `most` bytes.
fn unpacked(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    let mut content = stream.content.clone();
    let params = stream.dict.get(b"DecodeParms").ok();
    for filter in stream.filters().unwrap_or_default() {
        content = match filter {
            b"FlateDecode" => {
                let mut out = Vec::new();
                // Damage ends what is unpacked, as it does where it is read.
                let _ = ZlibDecoder::new(&content[..]).take(most as u64 + 1).read_to_end(&mut out);
                out
            }
            b"LZWDecode" | b"ASCII85Decode" => {
                if filter == b"LZWDecode" && lzw_length(&content, params) > most {
                    return None;
                }
                let mut alone = Stream::new(Dictionary::new(), content);
                alone.dict.set("Filter", Object::Name(filter.to_vec()));
                if let Some(params) = params {
                    alone.dict.set("DecodeParms", params.clone());
                }
                alone.decompressed_content().unwrap_or_default()
            }
            // No other is unpacked where it is read.
            _ => break,
        };
        if content.len() > most {
            return None;
        }
    }
    Some(content)
}

/// Returns how long LZW codes are unpacked, without unpacking them.
fn lzw_length(codes: &[u8], params: Option<&Object>) -> usize {
    let early = params
        .and_then(|params| params.as_dict().ok()?.get(b"EarlyChange").ok()?.as_i64().ok())
        .is_none_or(|early| early != 0);
    let (mut lengths, mut before) = (Vec::new(), None);
    let (mut total, mut at, mut width) = (0, 0, 9);
    while at + width <= codes.len() * 8 {
        let bit = |at: usize| usize::from((codes[at / 8] >> (7 - at % 8)) & 1);
        let code = (at..at + width).fold(0, |code, at| (code << 1) | bit(at));
        at += width;
        let length = match (code, before) {
            (256, _) => {
                (lengths, before, width) = (Vec::new(), None, 9);
                continue;
            }
            (257, _) => break,
            (0..256, _) => 1,
            (_, before) => match lengths.get(code - 258) {
                Some(length) => *length,
                None => before.map_or(0, |before: usize| before + 1),
            },
        };
        total += length;
        if let Some(before) = before.filter(|_| lengths.len() < 4096 - 258) {
            lengths.push(before + 1);
        }
        before = Some(length);
        while width < 12 && 258 + lengths.len() + usize::from(early) >= (1 << width) {
            width += 1;
        }
    }
    total
}

/// Returns what is drawn anywhere.
fn drawings(document: &Document) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Object> = document.objects.values().collect();
    while let Some(object) = open.pop() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            Object::Array(all) => {
                open.extend(all);
                continue;
            }
            _ => continue,
        };
        found.extend(drawn(document, dictionary));
        open.extend(dictionary.iter().map(|(_, value)| value));
    }
    found
}

/// Returns the drawings that resources name.
fn drawn(document: &Document, resources: &Dictionary) -> Vec<ObjectId> {
    let named = resources.get(b"XObject").and_then(|named| document.dereference(named));
    let Ok(Object::Dictionary(named)) = named.map(|it| it.1) else { return Vec::new() };
    named.iter().filter_map(|(_, value)| value.as_reference().ok()).collect()
}

/// Returns how deep drawings are nested under one; `None` where one draws itself.
fn depth(
    document: &Document,
    id: ObjectId,
    above: &mut BTreeSet<ObjectId>,
    known: &mut BTreeMap<ObjectId, usize>,
) -> Option<usize> {
    if let Some(depth) = known.get(&id) {
        return Some(*depth);
    }
    if above.len() > DEEPEST || !above.insert(id) {
        return None;
    }
    let stream = document.get_object(id).and_then(Object::as_stream);
    let resources = stream.and_then(|stream| stream.dict.get(b"Resources"));
    let mut deepest = 0;
    if let Ok((_, Object::Dictionary(own))) = resources.and_then(|own| document.dereference(own)) {
        for under in drawn(document, own) {
            deepest = deepest.max(1 + depth(document, under, above, known)?);
        }
    }
    above.remove(&id);
    known.insert(id, deepest);
    (deepest <= DEEPEST).then_some(deepest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lzw_codes_are_counted_as_they_are_unpacked() {
        // The example of the PDF reference: 45 45 45 45 45 65 45 45 45 66.
        let codes = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(lzw_length(&codes, None), 9);
        let mut dictionary = Dictionary::new();
        dictionary.set("Filter", Object::Name(b"LZWDecode".to_vec()));
        let stream = Stream::new(dictionary, codes.to_vec());
        assert_eq!(unpacked(&stream, 9).map(|text| text.len()), Some(9));
        assert_eq!(unpacked(&stream, 8), None);
    }
}
