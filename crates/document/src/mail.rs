//! An e-mail as text: its head, decoded, and its body, the plain one where there are several.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use referat_core::agenda::MAX_TEXT;

/// The deepest nesting of a mail's parts.
const DEPTH: usize = 8;
/// The most lines of a head.
const HEAD_LINES: usize = 2000;
/// The most parts of a part.
const PARTS: usize = 1000;

/// A part's head lines, unfolded.
struct MailHead(Vec<(String, String)>);

impl MailHead {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.as_str())
    }

    /// Returns a parameter of a head line: `charset` of `Content-Type`.
    fn parameter(&self, name: &str, key: &str) -> Option<String> {
        let value = self.get(name)?;
        let lower = value.to_lowercase();
        let at = lower.find(&format!("{key}="))?;
        let value = &value[at + key.len() + 1..];
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => value.split([';', ' ', '\t']).next(),
        };
        value.map(str::to_owned)
    }
}

/// Tells whether a text is a mail as it travels: head lines that only mails have.
pub(crate) fn is_mail(text: &str) -> bool {
    let head: Vec<String> = text
        .lines()
        .take(60)
        .take_while(|line| !line.trim().is_empty())
        .map(str::to_lowercase)
        .collect();
    let has = |name: &str| head.iter().any(|line| line.starts_with(name));
    (has("mime-version:") || has("message-id:") || has("received:") || has("return-path:"))
        && (has("from:") || has("subject:"))
        || has("content-type: multipart/")
}

/// Reads a mail; `None` where the text is none.
pub(crate) fn read(text: &str) -> Option<String> {
    if !is_mail(text) {
        return None;
    }
    let (head, body) = split(text);
    let mut out = String::new();
    for (name, shown) in
        [("From", "Fra"), ("Date", "Sendt"), ("To", "Til"), ("Cc", "Cc"), ("Subject", "Emne")]
    {
        if let Some(value) = head.get(name) {
            out.push_str(&format!("{shown}: {}\n", words(value).replace(">, ", ">; ")));
        }
    }
    out.push('\n');
    out.push_str(&part(&head, body, DEPTH)?);
    Some(out)
}

fn split(text: &str) -> (MailHead, &str) {
    let (end, skip) = match (text.find("\n\n"), text.find("\r\n\r\n")) {
        (Some(one), Some(two)) if two < one => (two, 4),
        (Some(one), _) => (one, 2),
        (None, Some(two)) => (two, 4),
        (None, None) => (text.len(), 0),
    };
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in text[..end].lines().take(HEAD_LINES) {
        if line.starts_with([' ', '\t']) {
            if let Some(last) = lines.last_mut() {
                last.1.push(' ');
                last.1.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            lines.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    (MailHead(lines), text.get(end + skip..).unwrap_or_default())
}

/// Returns the text of a part; of alternatives the plain one.
fn part(head: &MailHead, body: &str, depth: usize) -> Option<String> {
    let kind = head.get("Content-Type").unwrap_or("text/plain").to_lowercase();
    if head.get("Content-Disposition").is_some_and(|it| it.to_lowercase().starts_with("attachment"))
    {
        return None;
    }
    if kind.starts_with("multipart/") {
        let boundary = head.parameter("Content-Type", "boundary")?;
        if depth == 0 || boundary.is_empty() {
            return None;
        }
        let parts: Vec<(bool, String)> = body
            .split(&format!("--{boundary}"))
            .skip(1)
            .take(PARTS)
            .filter(|it| !it.starts_with("--"))
            .filter_map(|it| {
                let (head, body) = split(it.trim_start_matches(['\r', '\n']));
                let plain = head
                    .get("Content-Type")
                    .is_none_or(|it| it.to_lowercase().starts_with("text/plain"));
                Some((plain, part(&head, body, depth - 1)?))
            })
            .collect();
        let plain = parts.iter().find(|it| it.0 && !it.1.trim().is_empty());
        return plain.or_else(|| parts.first()).map(|it| it.1.clone());
    }
    if !kind.starts_with("text/") && !kind.is_empty() {
        return None;
    }
    let encoding = head.get("Content-Transfer-Encoding").unwrap_or_default().to_lowercase();
    let bytes = match encoding.trim() {
        "quoted-printable" => quoted_printable(most(body), false),
        "base64" => base64(most(body)),
        _ => most(body).as_bytes().to_vec(),
    };
    let text = decoded(&bytes, head.parameter("Content-Type", "charset").as_deref());
    let text = text.replace("\r\n", "\n");
    Some(if kind.starts_with("text/html") { crate::html_text::read(&text) } else { text })
}

/// Returns as much of a packed text as the longest text that is read takes.
fn most(body: &str) -> &str {
    let mut end = body.len().min(4 * MAX_TEXT);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

fn decoded(bytes: &[u8], charset: Option<&str>) -> String {
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    match named {
        Some(encoding) if encoding != UTF_8 => {
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

fn quoted_printable(text: &str, spaces: bool) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let hex = |byte: u8| char::from(byte).to_digit(16);
    while at < bytes.len() {
        match bytes[at] {
            b'=' => {
                let pair = bytes
                    .get(at + 1)
                    .copied()
                    .and_then(hex)
                    .zip(bytes.get(at + 2).copied().and_then(hex));
                if let Some((high, low)) = pair {
                    out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    at += 3;
                } else {
                    // A line that is broken for the way.
                    at += 1;
                    while at < bytes.len() && bytes[at] != b'\n' && bytes[at].is_ascii_whitespace()
                    {
                        at += 1;
                    }
                    at += usize::from(bytes.get(at) == Some(&b'\n'));
                }
            }
            b'_' if spaces => {
                out.push(b' ');
                at += 1;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    out
}

/// Decodes `=?utf-8?Q?M=C3=B8de?=`.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut fields = after.splitn(3, '?');
        let (Some(charset), Some(kind), Some(tail)) = (fields.next(), fields.next(), fields.next())
        else {
            break;
        };
        let Some((text, behind)) = tail.split_once("?=") else { break };
        if !before.trim().is_empty() || out.is_empty() {
            out.push_str(before);
        }
        let bytes = if kind.eq_ignore_ascii_case("b") {
            base64(text)
        } else {
            quoted_printable(text, true)
        };
        out.push_str(&decoded(&bytes, Some(charset)));
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_decoded() {
        let mail = "From: =?utf-8?B?w4VzZQ==?= <a@b.example>\nSubject: =?utf-8?Q?M=C3=B8de?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n1. K=C3=B8b af gr=\nund\n";
        assert_eq!(read(mail).unwrap(), "Fra: Åse <a@b.example>\nEmne: Møde\n\n1. Køb af grund\n");
        assert_eq!(read("Fra: Bo\n\nHej"), None);
    }
}
