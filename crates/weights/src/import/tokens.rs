//! The vocabulary out of the files that come with weights: byte-level BPE tokens as the bytes
//! they stand for. Merges are not needed: whisper.cpp finds its own.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::error::ModelError;
use referat_files::artefact;

/// The files that may hold it, in the order they are looked for: Hugging Face's two, then
/// CTranslate2's two, which list the tokens in order.
pub(super) const FILES: [&str; 4] =
    ["tokenizer.json", "vocab.json", "vocabulary.json", "vocabulary.txt"];

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Tokenizer { model: Model },
    Vocab(HashMap<String, usize>),
    List(Vec<String>),
}

#[derive(Deserialize)]
struct Model {
    vocab: HashMap<String, usize>,
}

/// Returns the ordinary tokens' bytes in order of their ids, without Whisper's special ones.
pub(super) fn read(path: &Path) -> Result<Vec<Vec<u8>>, ModelError> {
    let form = |why: String| ModelError::Form { path: path.to_owned(), why };
    let file = match path.extension().is_some_and(|ending| ending == "txt") {
        true => File::List(lines(artefact::read(path)?).map_err(&form)?),
        false => artefact::read_json(path)?,
    };
    let all: Vec<(String, usize)> = match file {
        File::Tokenizer { model: Model { vocab } } | File::Vocab(vocab) => {
            vocab.into_iter().collect()
        }
        File::List(list) => list.into_iter().zip(0..).collect(),
    };
    let mut tokens: Vec<(usize, String)> = all
        .into_iter()
        .filter(|(token, _)| !(token.starts_with("<|") && token.ends_with("|>")))
        .map(|(token, id)| (id, token))
        .collect();
    tokens.sort();
    if let Some(gap) = (0..tokens.len()).find(|&n| tokens[n].0 != n) {
        return Err(form(format!("the vocabulary has no token {gap}")));
    }
    let table = bytes_by_letter();
    tokens
        .into_iter()
        .map(|(id, token)| {
            let bytes: Option<Vec<u8>> = token.chars().map(|c| table.get(&c).copied()).collect();
            bytes.ok_or_else(|| form(format!("token {id} is not in byte-level form")))
        })
        .collect()
}

/// Returns one token a line; an empty one is a token too.
fn lines(text: Vec<u8>) -> Result<Vec<String>, String> {
    let text = String::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect())
}

/// GPT-2's table: printable bytes stand for themselves, the others for letters from U+0100 on.
fn bytes_by_letter() -> HashMap<char, u8> {
    let printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let mut next = 0x100;
    (0..=255u8)
        .map(|byte| {
            if printable(byte) {
                return (char::from(byte), byte);
            }
            let letter = char::from_u32(next).unwrap_or(char::REPLACEMENT_CHARACTER);
            next += 1;
            (letter, byte)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Vec<u8>>, ModelError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokenizer.json");
        artefact::write(&path, text.as_bytes()).unwrap();
        read(&path)
    }

    #[test]
    fn letters_become_the_bytes_they_stand_for() {
        let text = r#"{"model":{"vocab":{"Ġr":1,"Ã¥":0,"<|endoftext|>":2}}}"#;
        assert_eq!(read_text(text).unwrap(), [vec![0xc3, 0xa5], vec![b' ', b'r']]);
    }

    #[test]
    fn a_bare_vocabulary_is_read_too() {
        assert_eq!(read_text(r#"{"b":1,"a":0}"#).unwrap(), [b"a", b"b"]);
    }

    #[test]
    fn a_list_and_lines_are_read_in_order() {
        assert_eq!(read_text(r#"["b","a","<|da|>"]"#).unwrap(), [b"b", b"a"]);
        assert_eq!(lines(b"b\n\n<|da|>\n".to_vec()).unwrap(), ["b", "", "<|da|>"]);
    }

    #[test]
    fn a_gap_and_a_foreign_form_are_refused() {
        assert!(read_text(r#"{"model":{"vocab":{"a":1}}}"#).is_err());
        assert!(read_text(r#"{"model":{"vocab":{"語":0}}}"#).is_err());
        assert!(read_text("nonsense").is_err());
    }
}
