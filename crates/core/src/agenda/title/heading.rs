//! What is read from an item's line, and its smallest parts: kind, minutes, time of day.

use crate::language::pages::PagePhrases;

use super::super::persons::Found;

/// An item's line taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::agenda) struct Heading {
    pub(in crate::agenda) title: String,
    /// Full name of the presenter, or the name as printed.
    pub(in crate::agenda) presenter: Option<String>,
    /// The presenter as printed, mark included.
    pub(in crate::agenda) printed: Option<String>,
    /// Whether the presenter is one of the participants.
    pub(in crate::agenda) known: bool,
    pub(in crate::agenda) kind: Option<String>,
    pub(in crate::agenda) minutes: Option<u32>,
    pub(in crate::agenda) notes: Vec<String>,
    pub(in crate::agenda) closed: bool,
}

/// Tells whether a text is what is asked of the meeting: `B`, `til drøftelse`.
pub(in crate::agenda) fn is_kind(text: &str, page: &PagePhrases) -> bool {
    page.patterns.kind.is_match(text.trim())
}

/// Returns the minutes that a text sets aside.
pub(in crate::agenda) fn minutes(text: &str, page: &PagePhrases) -> Option<u32> {
    page.patterns.minutes.captures(text.trim()).and_then(|it| it[1].parse().ok())
}

/// Tells whether a text is a time of day.
pub(in crate::agenda) fn is_clock(text: &str, page: &PagePhrases) -> bool {
    page.patterns.clock.is_match(text.trim())
}

/// Takes somebody as presenter where nobody is yet.
pub(super) fn set(heading: &mut Heading, who: Found, printed: String) {
    if heading.presenter.is_none() {
        heading.presenter = Some(who.name);
        heading.known = who.known;
        heading.printed = Some(printed);
    }
}
