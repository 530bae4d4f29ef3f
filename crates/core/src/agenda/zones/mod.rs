//! What of a page is not the meeting's: a mail's head, signatures, quoted mails, disclaimers,
//! dial-in notes, page numbers, replies; and what they tell about the writer.

mod found;
mod signature;

use crate::language::pages::PagePhrases;
use crate::language::people_words::PeopleWords;
use crate::names::entry;

use super::lines::{Line, squeeze};
use super::words::PageWords;

pub use found::Outside;
pub(super) use found::{Sender, Zones};
use signature::signature;

/// Finds what of the lines is not the meeting's.
pub(super) fn read(lines: &[Line], words: PageWords) -> Zones {
    let mut zones = Zones { outside: vec![None; lines.len()], ..Zones::default() };
    mail_head(lines, words, &mut zones);
    chat(lines, words, &mut zones);
    let from = zones.outside.iter().position(Option::is_none).unwrap_or(0);
    quoted(lines, from, words.page, &mut zones);
    signature(lines, words, &mut zones);
    for at in 0..lines.len() {
        one(lines, at, words.page, &mut zones);
    }
    zones
}

/// Reads `Fra: … Sendt: … Til: … Emne: …` at the start.
fn mail_head(lines: &[Line], words: PageWords, zones: &mut Zones) {
    let mail = &words.page.mail;
    let head = |line: &Line| {
        let found = words.page.patterns.mail_head.captures(line.text.trim())?;
        Some((found[1].to_lowercase(), found[2].trim().to_owned()))
    };
    let near = lines.len().min(12);
    let is_from = |line: &Line| head(line).is_some_and(|it| mail.from.has(&it.0));
    let Some(first) = lines[..near].iter().position(is_from) else { return };
    let second =
        lines[first + 1..lines.len().min(first + 4)].iter().any(|line| head(line).is_some());
    if !second {
        return;
    }
    for (line, outside) in lines[..first].iter().zip(&mut zones.outside) {
        if line.text.contains('>') || line.text.starts_with('-') {
            *outside = Some(Outside::MailHead);
        }
    }
    let mut last = String::new();
    for (at, line) in lines.iter().enumerate().skip(first) {
        match head(line) {
            Some((key, value)) => {
                zones.outside[at] = Some(Outside::MailHead);
                last.clone_from(&key);
                if mail.from.has(&key) {
                    zones.sender = sender(&value, words.people);
                } else if mail.to.has(&key) {
                    zones.addressees.extend(people(&value));
                } else if mail.subject.has(&key) {
                    zones.subject = Some(value);
                } else if mail.sent.has(&key) {
                    zones.sent = Some(value);
                }
            }
            None if !line.after_blank && line.indent > 0 && !last.is_empty() => {
                zones.outside[at] = Some(Outside::MailHead);
            }
            None => break,
        }
    }
}

fn people(value: &str) -> Vec<String> {
    value.split(';').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// Reads the sender's name without address.
fn sender(value: &str, known: &PeopleWords) -> Option<Sender> {
    let bare = value.split(['<', '(']).next().unwrap_or_default();
    let bare = bare.trim().trim_matches(['"', '\'', ' ']);
    let entry = match bare.split_once(',') {
        Some((family, given)) => entry::read_inverted(family, given, known),
        None => entry::read(bare, true, known),
    }?;
    let entry = entry.settle(known);
    Some(Sender { name: entry.name, title: None, minutes: false })
}

/// Reads posts of a chat: the first is the meeting's, the others are replies.
fn chat(lines: &[Line], words: PageWords, zones: &mut Zones) {
    let stamps: Vec<usize> = (1..lines.len())
        .filter(|at| {
            words.page.patterns.stamp.is_match(lines[*at].text.trim())
                && lines[at - 1].text.split_whitespace().count() <= 4
        })
        .collect();
    let Some(first) = stamps.first().copied().filter(|at| *at <= 6) else { return };
    if let Some(found) = entry::read(&squeeze(&lines[first - 1].text), true, words.people) {
        let found = found.settle(words.people);
        zones.sender = Some(Sender { name: found.name, title: found.title, minutes: false });
        zones.outside[first - 1] = Some(Outside::MailHead);
        zones.outside[first] = Some(Outside::MailHead);
        if lines.get(first + 1).is_some_and(|it| words.page.patterns.mail_head.is_match(&it.text)) {
            zones.outside[first + 1] = Some(Outside::MailHead);
        }
    }
    if let Some(second) = stamps.get(1) {
        for outside in &mut zones.outside[second - 1..] {
            *outside = Some(Outside::Replies);
        }
    }
}

/// Leaves out older mails beneath.
fn quoted(lines: &[Line], from: usize, page: &PagePhrases, zones: &mut Zones) {
    let head = &page.patterns.mail_head;
    let is_from = |line: &Line| {
        let found = head.captures(line.text.trim());
        found.is_some_and(|it| page.mail.from.has(&it[1].to_lowercase()))
    };
    let also = |line: Option<&Line>| line.is_some_and(|line| head.is_match(line.text.trim()));
    let starts = |at: usize| {
        let text = lines[at].text.trim();
        let replies = page.mail.replies.begin(&text.to_lowercase());
        page.patterns.quote.is_match(text) && at > from
            || replies
            || at > from + 3 && is_from(&lines[at]) && also(lines.get(at + 1))
    };
    if let Some(start) = (from..lines.len()).find(|at| starts(*at)) {
        for outside in &mut zones.outside[start..] {
            outside.get_or_insert(Outside::Quoted);
        }
    }
}

/// Leaves out lines that stand for themselves.
fn one(lines: &[Line], at: usize, page: &PagePhrases, zones: &mut Zones) {
    if zones.outside[at].is_some() {
        return;
    }
    let line = &lines[at];
    let text = line.text.trim();
    if page.patterns.disclaimer.is_match(text) {
        zones.leave(lines, at, lines.len(), Outside::Disclaimer);
    } else if page.patterns.dial_in.is_match(text) {
        let own = text.to_lowercase().starts_with("microsoft teams");
        zones.leave(lines, at, if own { at + 9 } else { at + 1 }, Outside::DialIn);
    } else if page.patterns.page.is_match(text)
        && line.cells.is_empty()
        && !text.contains("....")
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 70
        && is_page(line, text, page)
    {
        zones.outside[at] = Some(Outside::Page);
        // The running head of the next page is one that stood before.
        if let Some(next) = lines.get(at + 1).filter(|next| next.after_rule) {
            let repeated =
                lines[..at].iter().filter(|it| it.squeezed() == next.squeezed()).count() > 0;
            let dated = next.text.contains(|c: char| c.is_ascii_digit())
                && next.text.split_whitespace().count() <= 12
                && at > 5;
            if repeated || dated && (next.text.contains('|') || next.text.contains(',')) {
                zones.outside[at + 1] = Some(Outside::Page);
            }
        }
    }
}

/// Tells a page's number from a title that ends in one.
fn is_page(line: &Line, text: &str, page: &PagePhrases) -> bool {
    let lower = text.to_lowercase();
    let of = page.mail.page_of.iter().any(|of| lower.contains(&format!(" {of} ")));
    of || line.indent > 30 || page.mail.pages.begin(&lower) || lower.contains(['/', '|'])
}
