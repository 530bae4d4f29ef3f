//! What is found of a page's parts: why lines are left out, and who wrote them.

use super::super::lines::Line;

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
pub(in crate::agenda) struct Sender {
    pub(in crate::agenda) name: String,
    pub(in crate::agenda) title: Option<String>,
    /// Whether the signature says that the writer takes the minutes.
    pub(in crate::agenda) minutes: bool,
}

/// A page's parts.
#[derive(Debug, Default)]
pub(in crate::agenda) struct Zones {
    /// Why each line is left out, if it is.
    pub(in crate::agenda) outside: Vec<Option<Outside>>,
    pub(in crate::agenda) sender: Option<Sender>,
    /// Names of addressees.
    pub(in crate::agenda) addressees: Vec<String>,
    pub(in crate::agenda) subject: Option<String>,
    /// The text with the day a mail was sent.
    pub(in crate::agenda) sent: Option<String>,
}

impl Zones {
    /// Leaves out a line and those that follow it without a gap, up to `end`.
    pub(super) fn leave(&mut self, lines: &[Line], at: usize, end: usize, why: Outside) {
        let rest = lines.iter().zip(&mut self.outside).enumerate().take(end).skip(at);
        for (place, (line, outside)) in rest {
            if place > at && (line.after_blank || outside.is_some()) {
                break;
            }
            *outside = Some(why);
        }
    }
}
