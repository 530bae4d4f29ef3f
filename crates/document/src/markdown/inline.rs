//! Inline Markdown becomes formatted text: bold, italics, escapes, character references and
//! comments are read; whatever else is typed (links, HTML, code marks) stays as it was typed.

use std::collections::BTreeSet;

use crate::text::{Run, Style, Text};

/// How often marks that nothing closes are looked for; a text with more is left unformatted.
const MAX_PASSES: usize = 64;

#[derive(Debug)]
enum Token {
    Letter(char),
    Mark { letter: char, count: usize, opens: bool, closes: bool },
    Comment(String),
}

/// Reads inline Markdown; a line feed in `source` is a line break.
pub(super) fn text(source: &str) -> Text {
    let tokens = tokens(source);
    let mut literal = BTreeSet::new();
    for _ in 0..MAX_PASSES {
        match runs(&tokens, &literal) {
            Ok(runs) => return runs.into(),
            Err(unclosed) => literal.extend(unclosed),
        }
    }
    let all: BTreeSet<usize> = (0..tokens.len()).collect();
    runs(&tokens, &all).map(Text::from).unwrap_or_default()
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut before = None;
    let mut rest = source;
    // Looking for an end that is not there must not be repeated for every beginning.
    let mut comments = true;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let next = after.chars().next();
        if letter == '\\' && next.is_some_and(|next| next.is_ascii_punctuation()) {
            tokens.extend(next.map(Token::Letter));
            (before, rest) = (next, &after[1..]);
            continue;
        }
        if comments && let Some(inside) = rest.strip_prefix("<!--") {
            if let Some(end) = inside.find("-->") {
                tokens.push(Token::Comment(inside[..end].trim().to_owned()));
                rest = &inside[end + 3..];
                before = Some(' ');
                continue;
            }
            comments = false;
        }
        if letter == '&'
            && let Some((value, length)) = reference(after)
        {
            tokens.push(Token::Letter(value));
            (before, rest) = (Some(value), &after[length..]);
            continue;
        }
        if matches!(letter, '*' | '_') {
            let count = rest.chars().take_while(|c| *c == letter).count();
            let next = rest[count..].chars().next();
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let (opens, closes) = (solid(next), solid(before));
            let (opens, closes) = match letter {
                '_' => (opens && !word(before), closes && !word(next)),
                _ => (opens, closes),
            };
            tokens.push(Token::Mark { letter, count, opens, closes });
            (before, rest) = (Some(letter), &rest[count..]);
            continue;
        }
        tokens.push(Token::Letter(letter));
        (before, rest) = (Some(letter), after);
    }
    tokens
}

fn solid(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| !letter.is_whitespace())
}

/// Returns the character that a reference names and the length of what follows the `&`.
fn reference(after: &str) -> Option<(char, usize)> {
    let names =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", ' '), ("#124;", '|')];
    let (name, value) = names.into_iter().find(|(name, _)| after.starts_with(name))?;
    Some((value, name.len()))
}

/// An opened style: by which letter, and by which token.
type Opened = Option<(char, usize)>;

/// Returns the runs, or the marks that nothing closes.
fn runs(tokens: &[Token], literal: &BTreeSet<usize>) -> Result<Vec<Run>, Vec<usize>> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut strong, mut emphasis): (Opened, Opened) = (None, None);
    let mut write = |text: &str, style: Style| match runs.last_mut() {
        Some(last) if last.style == style && !style.comment => last.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), style }),
    };
    for (index, token) in tokens.iter().enumerate() {
        let style =
            Style { strong: strong.is_some(), emphasis: emphasis.is_some(), comment: false };
        match token {
            Token::Letter(letter) => write(letter.encode_utf8(&mut [0; 4]), style),
            Token::Comment(words) => write(words, Style::COMMENT),
            Token::Mark { letter, count, opens, closes } => {
                let toggled = |open: Opened| match open {
                    Some((by, _)) => (by == *letter && *closes).then_some(None),
                    None => opens.then_some(Some((*letter, index))),
                };
                let (new_strong, new_emphasis) = match count {
                    1 => (Some(strong), toggled(emphasis)),
                    2 => (toggled(strong), Some(emphasis)),
                    3 => (toggled(strong), toggled(emphasis)),
                    _ => (None, None),
                };
                match (new_strong, new_emphasis) {
                    (Some(new_strong), Some(new_emphasis)) if !literal.contains(&index) => {
                        (strong, emphasis) = (new_strong, new_emphasis);
                    }
                    _ => write(&letter.to_string().repeat(*count), style),
                }
            }
        }
    }
    let unclosed: Vec<usize> = [strong, emphasis].into_iter().flatten().map(|(_, at)| at).collect();
    if unclosed.is_empty() { Ok(runs) } else { Err(unclosed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        let runs = text(source);
        let one = |run: &Run| {
            let marks = match (run.style.strong, run.style.emphasis, run.style.comment) {
                (_, _, true) => "c:",
                (true, true, _) => "si:",
                (true, false, _) => "s:",
                (false, true, _) => "i:",
                _ => "",
            };
            format!("[{marks}{}]", run.text)
        };
        runs.runs().iter().map(one).collect()
    }

    #[test]
    fn bold_and_italics_are_read_also_nested_and_side_by_side() {
        assert_eq!(shown("a **b** *c* __d__ _e_"), "[a ][s:b][ ][i:c][ ][s:d][ ][i:e]");
        assert_eq!(shown("**a *b*** ***c***"), "[s:a][ ][si:b c]");
        assert_eq!(shown("**a***b*"), "[s:a][i:b]");
    }

    #[test]
    fn marks_that_nothing_closes_are_text() {
        assert_eq!(shown("*) se bilag"), "[*) se bilag]");
        assert_eq!(shown("**a *b** 2 * 3 snake_case_name"), "[s:a *b][ 2 * 3 snake_case_name]");
        assert_eq!(shown("**** a ****"), "[**** a ****]");
        let marks = "*a ".repeat(1000);
        assert_eq!(text(&marks).plain(), marks.trim_end());
    }

    #[test]
    fn escapes_references_and_comments_are_read_other_markup_stays_text() {
        assert_eq!(shown(r"\*a\* R&amp;D &eacute; C:\temp"), r"[*a* R&D &eacute; C:\temp]");
        assert_eq!(shown("a <!-- husk --> <b>c</b> [d](e)"), "[a ][c:husk][ <b>c</b> [d](e)]");
        assert_eq!(shown("a <!-- b"), "[a <!-- b]");
    }
}
