//! The expressions that the phrases of pages make, each built of what all languages say.

use regex::Regex;

use super::sections::PageTable;

/// Makes the expressions, each of what it is called, what it fits and its frame.
macro_rules! patterns {
    ($(#[$doc:meta] $name:ident: $frame:literal $(, $part:ident = $section:ident.$list:ident.$how:ident)* ;)+) => {
        /// Expressions.
        #[derive(Debug)]
        pub struct PagePatterns {
            $(#[$doc] pub $name: Regex),+
        }

        impl PagePatterns {
            /// Returns the expressions of a table, or tells which cannot be read.
            pub(super) fn of(table: &PageTable) -> Result<Self, String> {
                Ok(Self {
                    $($name: built(stringify!($name), &format!($frame $(, $part = table.$section.$list.$how())*))?),+
                })
            }
        }
    };
}

patterns! {
    /// A line of a mail's head: its word and its value.
    mail_head: r"(?i)^({from}|{to}|{subject}|{sent}|{other})\s*:\s*(.*)$",
        from = mail.from.any, to = mail.to.any, subject = mail.subject.any,
        sent = mail.sent.any, other = mail.other.any;
    /// Heads an older mail.
    quote: r"(?i)^[-_>\s]*(?:(?:{older})\s+(?:{kinds})\b.*|(?:{on})\s.{{4,60}}\b(?:{wrote})\b.{{0,80}}:?\s*$)",
        older = mail.older.any, kinds = mail.kinds.any, on = mail.wrote_on.any,
        wrote = mail.wrote.any;
    /// A greeting under a mail.
    greeting: r"(?i)^(?:(?:{before})?(?:{how})\w*\s+(?:{greeting}).*|{whole}|/(?-i:\p{{Lu}}\p{{Ll}}+))[\s,.!:)-]*$",
        before = mail.greeting_before.any, how = mail.greeting_how.any,
        greeting = mail.greeting.any, whole = mail.greetings.any;
    /// What firms put under their mails.
    disclaimer: r"(?i)({lines})", lines = mail.disclaimers.any;
    /// How to dial in.
    dial_in: r"(?i)^(?:{lines}|https?://\S+$)", lines = mail.dial_in.any;
    /// A page's number.
    page: r"(?i)(?:^|[\s·|,–-])(?:{page}|{sign})\s*\d+\s*(?:(?:{of}|/)\s*\d+)?\s*$|^\s*-?\s*\d+\s*/\s*\d+\s*$|^\s*(?:{lines})",
        page = mail.pages.any, sign = mail.page_signs.any, of = mail.page_of.any,
        lines = mail.page_lines.any;
    /// When a post was sent.
    stamp: r"(?i)^(?:(?:{days})\p{{L}}*\.?,?\s*(?:(?:{clock})\.?\s*)?\d{{1,2}}[.:]\d{{2}}|\d{{1,2}}\.\s*\p{{L}}{{3,9}}\.?(?:\s*\d{{4}})?\s*(?:(?:{clock})\.?\s*)?\d{{1,2}}[.:]\d{{2}})$",
        days = mail.days.any, clock = title.clock.any;
    /// What is asked of the meeting.
    kind: r"(?i)^(?:{before})?(?:(?:{letters})(?:\s?[/,+]\s?(?:{letters}))*|{kinds})\.?$",
        before = title.kind_before.any, letters = title.kind_letters.any,
        kinds = title.kinds.any;
    /// The minutes that are set aside.
    minutes: r"(?i)^(?:ca\.?\s*)?(\d{{1,3}})\s*(?:(?:{minutes})\.?|'|’|m)(?:\s*(?:{each}))?!?$",
        minutes = title.minutes.any, each = title.each.any;
    /// A time of day.
    clock: r"(?i)^(?:(?:{clock})\.?\s*)?\d{{1,2}}[.:]\d{{2}}(?:\s*[-–]\s*(?:\d{{1,2}}[.:]\d{{2}})?)?$|^(?:{clock})\.?\s*\d{{1,2}}$",
        clock = title.clock.any;
    /// A presenter's mark on a title's line.
    title_presenter: r"(?i)(?:^|[\s(,–-])((?:{marks})\s*)", marks = title.presenters.any;
    /// Begins or holds a note.
    title_note: r"(?i)(^|\b)({notes})", notes = title.notes.any;
    /// A presenter behind a mark.
    presenter: r"(?i)(?:^|[\s(·.*])(?:{marks})\s*(\S.*)$", marks = presenter.marks.any;
    /// A presenter's name that may be broken over two lines.
    broken_presenter: r"(?i)(?:{marks})\s*(\S+(?: \S+){{0,2}})$", marks = presenter.broken.any;
    /// A line that opens with a presenter.
    opens_with_presenter: r"(?i)^\(?(?:{opens})", opens = presenter.opens.any;
    /// A label of what is told about an item.
    item_fact: r"(?i)^(?:{facts})\s*:", facts = item.facts.any;
    /// Heads notes.
    item_note: r"(?i)^(?:{notes})\b", notes = item.notes.any;
    /// A part with its letter or number, and its text.
    part: r"^(?:[a-z{letters}A-Z{capitals}][.)]\s+|\(\p{{L}}\)\s+|\d{{1,3}}\.\d{{1,2}}\.?\s+)(\S.*)$",
        letters = item.letters.letters, capitals = item.letters.capitals;
    /// A part that is called by a word.
    named_part: r"^(?:{words})\s+\w{{1,2}}\s?[:.]\s", words = item.named_parts.any;
    /// How a part begins, behind a title's line.
    part_begins: r"^(?:\(?[a-z{letters}A-Z{capitals}][.)]\s|\d{{1,3}}\.\d{{1,2}}\.?\s|[-–•>*]\s|\d{{1,2}}\.\s+(?:{that})\b|(?:{words})\s+\w{{1,2}}[:.])",
        letters = item.letters.letters, capitals = item.letters.capitals,
        that = item.that.any, words = item.part_words.any;
    /// A case's number.
    case: r"(?i)^(?:{before})?[\dA-Z{capitals}][\d./-]*\d[\dA-Z{capitals}./-]*$|^(?:{cases})\b[.:\s]*[\dA-Z]*\d",
        before = item.case_before.any, cases = item.cases.any,
        capitals = item.letters.capitals;
    /// A letter that numbers an item.
    letter: r"^\(?([a-z{letters}])\s?[.)]\s+(\p{{Lu}}.*)$", letters = item.letters.letters;
    /// An item's number behind its word.
    number: r"^\.?\s*(?:(?:{signs})\.?\s*)?(\d{{1,3}}(?:\.\d{{1,2}})*)(\s*[a-z])?(?:\s*[.:)–—-]+\s*|\s+|$)(.*)$",
        signs = item.number_signs.any;
    /// An hour before a number.
    leading_clock: r"^(?:(?:{clock})\.?\s*)?\d{{1,2}}[.:]\d{{2}}(?:\s*[-–]\s*(?:\d{{1,2}}[.:]\d{{2}})?)?(?:\s{{2,}}|\t+)",
        clock = title.clock.any;
    /// A line of a programme by the clock.
    programme: r"(?i)^(?:(?:{clock})\.?\s*)?(\d{{1,2}})[.:](\d{{2}})(?:\s*[-–]\s*\d{{1,2}}[.:]\d{{2}})?(?:\s{{2,}}|\t+|\s*\|\s*|\s+[-–:]\s+)(\S.*)$",
        clock = title.clock.any;
    /// Shows that a day is not the meeting's.
    later: r"(?i)({later})", later = header.later.any;
    /// When the meeting ends.
    ends: r"(?i)\b(?:{ends})\b\D{{0,12}}(?:(?:{clock})\.?\s*)?(?:({half})\s+(\p{{L}}+)|(\d{{1,2}})(?:[.:](\d{{2}}))?)\b",
        ends = header.ends.any, clock = title.clock.any, half = header.half.any;
    /// A day in numbers.
    day_in_numbers: r"\b(?:{signs})\s?(\d{{1,2}})/(\d{{1,2}})\b", signs = header.day_signs.any;
    /// A place before the day.
    place_before_day: r"(?i)\b(?:{meets})\s+(?:{at})\s+(.{{3,60}}?)\s+(?:(?:{on})\s+)?(?:{day})",
        meets = header.meets.any, at = header.meets_at.any, on = header.meets_on.any,
        day = header.meets_day.any;
    /// What stands behind an hour.
    behind_hour: r"(?i)^\s*(?:\((?:CET|CEST|UTC)[^)]*\)|CET|UTC|GMT|{sharp})\s*",
        sharp = header.sharp.any;
}

fn built(name: &str, text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| format!("`{name}` cannot be read: {error}"))
}
