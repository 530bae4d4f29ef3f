//! What of a page is not the meeting's: a mail's head, signatures, quoted mails, disclaimers,
//! dial-in notes, page numbers, replies; and what they tell about the writer.

use std::sync::LazyLock;

use crate::language::pattern::regex;
use regex::Regex;

use crate::language::labels::Field;
use crate::language::people_words::PeopleWords;
use crate::names::entry;

use super::lines::{Line, squeeze};
use super::words::PageWords;

/// Why lines are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Sender, addressees, subject of a mail.
    MailHead,
    /// An older mail beneath.
    Quoted,
    /// Greeting and signature.
    Signature,
    /// What firms put under their mails.
    Disclaimer,
    /// How to dial in.
    DialIn,
    /// Page number or running head.
    Page,
    /// Answers beneath a post.
    Replies,
}

impl Outside {
    /// Returns the reason in English.
    pub const fn told(self) -> &'static str {
        match self {
            Self::MailHead => "head of the mail",
            Self::Quoted => "quoted older mail",
            Self::Signature => "greeting and signature",
            Self::Disclaimer => "disclaimer",
            Self::DialIn => "how to dial in",
            Self::Page => "page number or running head",
            Self::Replies => "replies",
        }
    }
}

/// The writer of a mail or post.
#[derive(Clone, Debug, Default)]
pub(super) struct Sender {
    pub(super) name: String,
    pub(super) title: Option<String>,
    /// Whether the signature says that the writer takes the minutes.
    pub(super) minutes: bool,
}

/// A page's parts.
#[derive(Debug, Default)]
pub(super) struct Zones {
    /// Why each line is left out, if it is.
    pub(super) outside: Vec<Option<Outside>>,
    pub(super) sender: Option<Sender>,
    /// Names of addressees.
    pub(super) addressees: Vec<String>,
    pub(super) subject: Option<String>,
    /// The text with the day a mail was sent.
    pub(super) sent: Option<String>,
}

static MAIL_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(fra|from|sendt|sent|til|to|cc|bcc|kopi|emne|subject|vedhæftet|vedhæftede filer|attachments?|dato|date|svar til|reply-to|importance|prioritet)\s*:\s*(.*)$",
    )
});
static QUOTE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[-_>\s]*(?:(?:oprindelig|original|videresendt|forwarded)\s+(?:meddelelse|besked|mail|message|e-mail)\b.*|(?:den|on)\s.{4,60}\b(?:skrev|wrote)\b.{0,80}:?\s*$)",
    )
});
static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:(?:med |de )?(?:venlig|kærlig|kærligste|bedste|mange|hjertelig|glade?|kind|best|warm|many|yours|sincere)\w*\s+(?:hilsen|hilsner|regards|wishes|thanks|sincerely|faithfully|truly|og på gensyn).*|(?:venlig )?hilsen(?: fra)?(?:\s+\p{Lu}[\p{L}-]+){0,2}|(?:m\.?v\.?h|k\.?h|v\.?h|b\.?h)\.?(?:\s+\p{L}[\p{L}-]*){0,3}|kys \p{L}+|knus(?:\s\p{L}+)?|regards|thanks|thank you|many thanks|cheers|yours sincerely|/(?-i:\p{Lu}\p{Ll}+)|på (?:bestyrelsens|formandens|udvalgets|foreningens|rådets) vegne|p\.?b\.?v\.?|f\. bestyrelsen|underskrifter)[\s,.!:)-]*$",
    )
});
static DISCLAIMER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(denne (?:e-?)?mail (?:kan|og|er)|this (?:e-?mail|message) (?:and|may|is|contains)|slette? (?:e-?)?mailen|rette modtager|tænk på miljøet|consider the environment|confidentiality notice|behandler dine personoplysninger|fortrolige oplysninger)",
    )
});
static DIAL_IN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:microsoft teams[- ](?:møde|meeting)|join (?:zoom|the|microsoft)|deltag (?:på din|i mødet nu)|klik her for at deltage|møde-?id|meeting id|adgangskode|passcode|find et lokalt nummer|få mere at vide|hent teams|eller ring (?:op|ind)|or call in|\+45 00|https?://\S+$|mødekode|mødeindstillinger|learn more)",
    )
});
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|[\s·|,–-])(?:side|page|s\.|p\.)\s*\d+\s*(?:(?:af|of|/)\s*\d+)?\s*$|^\s*-?\s*\d+\s*/\s*\d+\s*$|^\s*page \d+ of \d+",
    )
});
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:(?:i dag|i går|today|yesterday|man|tirs?|ons|tors?|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?,?\s*(?:kl\.?\s*)?\d{1,2}[.:]\d{2}|\d{1,2}\.\s*\p{L}{3,9}\.?(?:\s*\d{4})?\s*(?:kl\.?\s*)?\d{1,2}[.:]\d{2})$",
    )
});

/// Finds what of the lines is not the meeting's.
pub(super) fn read(lines: &[Line], words: PageWords) -> Zones {
    let mut zones = Zones { outside: vec![None; lines.len()], ..Zones::default() };
    mail_head(lines, words, &mut zones);
    chat(lines, words, &mut zones);
    let from = zones.outside.iter().position(Option::is_none).unwrap_or(0);
    quoted(lines, from, &mut zones);
    signature(lines, words, &mut zones);
    for at in 0..lines.len() {
        one(lines, at, &mut zones);
    }
    zones
}

/// Reads `Fra: … Sendt: … Til: … Emne: …` at the start.
fn mail_head(lines: &[Line], words: PageWords, zones: &mut Zones) {
    let head = |line: &Line| {
        let found = MAIL_HEAD.captures(line.text.trim())?;
        Some((found[1].to_lowercase(), found[2].trim().to_owned()))
    };
    let near = lines.len().min(12);
    let is_from =
        |line: &Line| head(line).is_some_and(|it| matches!(it.0.as_str(), "fra" | "from"));
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
                match key.as_str() {
                    "fra" | "from" => zones.sender = sender(&value, words.people),
                    "til" | "to" | "cc" => zones.addressees.extend(people(&value)),
                    "emne" | "subject" => zones.subject = Some(value),
                    "sendt" | "sent" | "dato" | "date" => zones.sent = Some(value),
                    _ => {}
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
            STAMP.is_match(lines[*at].text.trim())
                && lines[at - 1].text.split_whitespace().count() <= 4
        })
        .collect();
    let Some(first) = stamps.first().copied().filter(|at| *at <= 6) else { return };
    if let Some(found) = entry::read(&squeeze(&lines[first - 1].text), true, words.people) {
        let found = found.settle(words.people);
        zones.sender = Some(Sender { name: found.name, title: found.title, minutes: false });
        zones.outside[first - 1] = Some(Outside::MailHead);
        zones.outside[first] = Some(Outside::MailHead);
        if lines.get(first + 1).is_some_and(|it| MAIL_HEAD.is_match(&it.text)) {
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
fn quoted(lines: &[Line], from: usize, zones: &mut Zones) {
    let is_from = |line: &Line| {
        MAIL_HEAD
            .captures(line.text.trim())
            .is_some_and(|it| matches!(it[1].to_lowercase().as_str(), "fra" | "from"))
    };
    let also = |line: Option<&Line>| line.is_some_and(|line| MAIL_HEAD.is_match(line.text.trim()));
    let starts = |at: usize| {
        let text = lines[at].text.trim();
        let replies = text.to_lowercase().starts_with("kommentarer (");
        QUOTE.is_match(text) && at > from
            || replies
            || at > from + 3 && is_from(&lines[at]) && also(lines.get(at + 1))
    };
    if let Some(start) = (from..lines.len()).find(|at| starts(*at)) {
        for outside in &mut zones.outside[start..] {
            outside.get_or_insert(Outside::Quoted);
        }
    }
}

/// Leaves out the greeting and what stands beneath it, and reads the writer's name there.
fn signature(lines: &[Line], words: PageWords, zones: &mut Zones) {
    let mut inside = false;
    for at in 0..lines.len() {
        if zones.outside[at].is_some() {
            inside = false;
            continue;
        }
        let text = squeeze(&lines[at].text);
        if at > 2 && GREETING.is_match(text.trim()) {
            inside = true;
            name_in(&text, lines, at, zones, words.people);
        } else if inside && lines[at].after_blank && resumes(&text, lines, at, words) {
            inside = false;
        }
        if inside {
            zones.outside[at] = Some(Outside::Signature);
        }
    }
}

/// Tells whether the meeting's text goes on after a greeting: a label or another list begins.
fn resumes(text: &str, lines: &[Line], at: usize, words: PageWords) -> bool {
    let label = words.labels().any(|labels| {
        matches!(
            labels.split(text),
            Some((
                Field::Agenda
                    | Field::Present
                    | Field::Absent
                    | Field::Remote
                    | Field::When
                    | Field::WhenAndWhere,
                _
            ))
        )
    });
    label
        && (lines[at].heading > 0 || text.contains(':') || text.chars().count() < 30)
        && !text.contains('@')
}

/// Reads the writer's full name and title from the lines after a greeting.
fn name_in(greeting: &str, lines: &[Line], at: usize, zones: &mut Zones, known: &PeopleWords) {
    let own = greeting
        .trim_matches(|c: char| ",.!".contains(c))
        .rsplit([' ', '/'])
        .next()
        .unwrap_or_default();
    let first = zones.sender.as_ref().map(|it| it.name.clone());
    let mut best: Option<Sender> = entry::read(own, false, known)
        .filter(|it| it.sure)
        .map(|it| Sender { name: it.name, title: None, minutes: false });
    for (step, line) in lines.iter().enumerate().skip(at + 1).take(6) {
        let bare =
            squeeze(&line.text).split(['|', '(']).next().unwrap_or_default().trim().to_owned();
        let (name, rest) =
            bare.split_once(',').map_or((bare.as_str(), None), |it| (it.0, Some(it.1)));
        let Some(found) = entry::read(name, best.is_none(), known)
            .filter(|it| it.name == name.trim() && (it.sure || it.name.contains(' ')))
        else {
            continue;
        };
        let longer = best
            .as_ref()
            .is_none_or(|best| found.name.split(' ').count() > best.name.split(' ').count());
        if longer {
            let next = lines.get(step + 1).map(|it| squeeze(&it.text)).unwrap_or_default();
            let next = next
                .split(['(', '|'])
                .next()
                .unwrap_or_default()
                .trim()
                .trim_end_matches([',', '.']);
            let beside = squeeze(&line.text)
                .split_once('|')
                .map(|it| it.1.split('|').next().unwrap_or_default().trim().to_owned());
            let title = rest.map(|it| it.trim().to_owned()).or(beside).unwrap_or_else(|| {
                next.split(',')
                    .next()
                    .unwrap_or_default()
                    .split(" og referent")
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            });
            let titled = known.is_title(&title) && title.split(' ').count() <= 6;
            best = Some(Sender {
                name: found.name,
                title: titled.then_some(title),
                minutes: known.tells_minutes(next),
            });
        }
    }
    let Some(mut best) = best else { return };
    // `Kh Henriette` and `formand` under it.
    if best.title.is_none()
        && let Some(next) = lines.get(at + 1)
    {
        let next = squeeze(&next.text);
        let bare = next.split([',', '(', ':']).next().unwrap_or_default().trim();
        if known.is_title(bare) && bare.split(' ').count() <= 3 {
            best.title = Some(bare.to_owned());
        }
    }
    let better = match (&first, &zones.sender) {
        (Some(first), _) => best.name.split(' ').next() == first.split(' ').next(),
        _ => true,
    };
    if better {
        let longer = first
            .as_ref()
            .is_none_or(|first| first.split(' ').count() <= best.name.split(' ').count());
        let name = if longer { best.name } else { first.unwrap_or_default() };
        let title = best.title.or_else(|| zones.sender.as_ref().and_then(|it| it.title.clone()));
        zones.sender = Some(Sender { name, title, minutes: best.minutes });
    }
}

impl Zones {
    /// Leaves out a line and those that follow it without a gap, up to `end`.
    fn leave(&mut self, lines: &[Line], at: usize, end: usize, why: Outside) {
        let rest = lines.iter().zip(&mut self.outside).enumerate().take(end).skip(at);
        for (place, (line, outside)) in rest {
            if place > at && (line.after_blank || outside.is_some()) {
                break;
            }
            *outside = Some(why);
        }
    }
}

/// Leaves out lines that stand for themselves.
fn one(lines: &[Line], at: usize, zones: &mut Zones) {
    if zones.outside[at].is_some() {
        return;
    }
    let line = &lines[at];
    let text = line.text.trim();
    if DISCLAIMER.is_match(text) {
        zones.leave(lines, at, lines.len(), Outside::Disclaimer);
    } else if DIAL_IN.is_match(text) {
        let own = text.to_lowercase().starts_with("microsoft teams");
        zones.leave(lines, at, if own { at + 9 } else { at + 1 }, Outside::DialIn);
    } else if PAGE.is_match(text)
        && line.cells.is_empty()
        && !text.contains("....")
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 70
        && is_page(line, text)
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
fn is_page(line: &Line, text: &str) -> bool {
    let lower = text.to_lowercase();
    let of = lower.contains(" af ") || lower.contains(" of ") || lower.contains('/');
    of || line.indent > 30
        || lower.starts_with("side")
        || lower.starts_with("page")
        || lower.contains('|')
}
