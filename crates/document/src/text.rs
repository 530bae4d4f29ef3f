//! A piece of text with the little formatting that minutes use: bold, italics, line breaks.
//!
//! A text is kept in one normal form, so that two texts that look alike are equal: runs of
//! white space are one space, nothing stands around a line break, neighbours of one style are
//! one run, and no bold or italic run begins or ends with a space.

use serde::{Deserialize, Serialize};

/// Formatted text in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Run>", into = "Vec<Run>")]
pub struct Text {
    runs: Vec<Run>,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// The words; `\n` is a line break.
    pub text: String,
    /// How they are shown.
    #[serde(flatten)]
    pub style: Style,
}

/// How a run is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Style {
    /// In bold.
    #[serde(skip_serializing_if = "is_not")]
    pub strong: bool,
    /// In italics.
    #[serde(skip_serializing_if = "is_not")]
    pub emphasis: bool,
    /// A remark of the referent's to herself; it is neither bold nor in italics.
    #[serde(skip_serializing_if = "is_not")]
    pub comment: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl Style {
    /// Bold.
    pub const STRONG: Self = Self { strong: true, emphasis: false, comment: false };
    /// A comment.
    pub const COMMENT: Self = Self { strong: false, emphasis: false, comment: true };
}

impl Text {
    /// Returns the runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Returns whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Returns the words without formatting and comments; line breaks stay.
    pub fn plain(&self) -> String {
        let shown = self.without_comments();
        shown.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Returns the text without its comments.
    pub fn without_comments(&self) -> Self {
        if !self.runs.iter().any(|run| run.style.comment) {
            return self.clone();
        }
        self.runs.iter().filter(|run| !run.style.comment).cloned().collect::<Vec<_>>().into()
    }

    /// Returns whether every shown run has what `chosen` asks for, and there is at least one.
    pub fn all(&self, chosen: impl Fn(Style) -> bool) -> bool {
        let mut shown = self.runs.iter().filter(|run| !run.style.comment).peekable();
        shown.peek().is_some()
            && shown.all(|run| chosen(run.style) || run.text.chars().all(char::is_whitespace))
    }

    /// Returns the text with the style of every shown run changed.
    pub fn restyled(&self, change: impl Fn(Style) -> Style) -> Self {
        let one = |run: &Run| match run.style.comment {
            true => run.clone(),
            false => Run { text: run.text.clone(), style: change(run.style) },
        };
        self.runs.iter().map(one).collect::<Vec<_>>().into()
    }

    /// Returns the lines that breaks divide the text into; at least one.
    pub fn lines(&self) -> Vec<Self> {
        let mut lines = vec![Vec::new()];
        for run in &self.runs {
            for (index, part) in run.text.split('\n').enumerate() {
                if index > 0 && !run.style.comment {
                    lines.push(Vec::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(Run { text: part.to_owned(), style: run.style });
                }
            }
        }
        lines.into_iter().map(Self::from).collect()
    }
}

/// Machine text: one line without formatting.
impl From<&str> for Text {
    fn from(text: &str) -> Self {
        let text = text.replace('\n', " ");
        vec![Run { text, style: Style::default() }].into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Text> for Vec<Run> {
    fn from(text: Text) -> Self {
        text.runs
    }
}

/// Brings runs into the normal form.
impl From<Vec<Run>> for Text {
    fn from(runs: Vec<Run>) -> Self {
        // Character by character: white space waits until it is known what follows it.
        let mut out: Vec<Run> = Vec::new();
        let mut waiting: Option<char> = None;
        for run in runs {
            if run.style.comment {
                let words = run.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let text: String = words.chars().filter(|c| is_seen(*c)).collect();
                let text = text.replace("-->", "-- >");
                if !text.is_empty() {
                    let space = waiting.take().filter(|_| !out.is_empty());
                    push(&mut out, space, Style::default());
                    out.push(Run { text, style: Style::COMMENT });
                }
                continue;
            }
            for letter in run.text.chars() {
                match letter {
                    '\n' => waiting = Some('\n'),
                    _ if letter.is_whitespace() => waiting = waiting.or(Some(' ')),
                    _ if is_seen(letter) => {
                        let inside = out.last().map(|last| last.style);
                        if let Some(space) = waiting.take()
                            && inside.is_some()
                        {
                            let same = inside == Some(run.style);
                            push(
                                &mut out,
                                Some(space),
                                if same { run.style } else { Style::default() },
                            );
                        }
                        push(&mut out, Some(letter), run.style);
                    }
                    _ => {}
                }
            }
        }
        Self { runs: out }
    }
}

fn push(runs: &mut Vec<Run>, letter: Option<char>, style: Style) {
    let Some(letter) = letter else { return };
    match runs.last_mut() {
        Some(last) if last.style == style && !style.comment => last.text.push(letter),
        _ => runs.push(Run { text: letter.to_string(), style }),
    }
}

/// Returns whether a character is shown: control characters are not, nor are those that
/// change what is shown without being seen (overrides of direction, spaces without width).
fn is_seen(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, strong: bool) -> Run {
        Run { text: text.into(), style: Style { strong, ..Style::default() } }
    }

    #[test]
    fn a_text_is_kept_in_one_normal_form() {
        let text = Text::from(vec![run(" a  b ", false), run(" c\u{0} ", true), run("d", true)]);
        assert_eq!(text.runs(), [run("a b ", false), run("c d", true)]);
        assert_eq!(Text::from("a\nb").plain(), "a b");
        assert_eq!(Text::from(vec![run("a \n b\n", false)]).plain(), "a\nb");
    }

    #[test]
    fn characters_that_are_not_seen_are_dropped() {
        assert_eq!(Text::from("a\u{202e}b\u{0}c\u{200b}").plain(), "abc");
    }

    #[test]
    fn a_comment_cannot_end_itself() {
        let runs = vec![Run { text: "a --> b -".into(), style: Style::COMMENT }];
        assert_eq!(Text::from(runs).runs()[0].text, "a -- > b -");
    }
}
