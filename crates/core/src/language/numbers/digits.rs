//! Rewrites number words in running text as digits.

use super::{Number, NumberWords, Part};

/// A word of the text: its place and what stands around it.
struct Token<'a> {
    /// The bytes of the word without punctuation.
    start: usize,
    end: usize,
    lower: String,
    /// Whether punctuation follows, which ends a number.
    closed: bool,
    source: &'a str,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_whitespace() {
        let Some(offset) = text[at..].find(piece) else { continue };
        let begin = at + offset;
        at = begin + piece.len();
        let core = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let lead = piece.find(core).unwrap_or(0);
        found.push(Token {
            start: begin + lead,
            end: begin + lead + core.len(),
            lower: core.to_lowercase(),
            closed: lead + core.len() < piece.len(),
            source: core,
        });
    }
    found
}

/// What a run of tokens becomes.
struct Replacement {
    tokens: usize,
    text: String,
}

pub(super) fn rewrite(text: &str, words: &NumberWords) -> String {
    let tokens = tokens(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some(found) = replacement(&tokens, at, words) else {
            at += 1;
            continue;
        };
        let last = at + found.tokens - 1;
        out.push_str(&text[copied..tokens[at].start]);
        out.push_str(&found.text);
        copied = tokens[last].end;
        at = last + 1;
    }
    out.push_str(&text[copied..]);
    out
}

fn replacement(tokens: &[Token], at: usize, words: &NumberWords) -> Option<Replacement> {
    let data = &words.data;
    // NumberWords up to the first punctuation: a number does not reach across it.
    let run =
        tokens[at..].iter().position(|token| token.closed).map_or(tokens.len() - at, |n| n + 1);
    let lower: Vec<&str> = tokens[at..at + run].iter().map(|token| token.lower.as_str()).collect();
    let dropped = usize::from(data.day_article_dropped.iter().any(|word| word == lower[0]));
    if let Some(day) = words.read(&lower[dropped..]).filter(|number| number.ordinal) {
        let mut end = dropped + day.words;
        end +=
            usize::from(lower.get(end).is_some_and(|word| data.day_link.iter().any(|l| l == word)));
        let of_month = lower.get(end).is_some_and(|word| data.months.iter().any(|m| m == word));
        if of_month && (1..=31).contains(&day.value) {
            let month = tokens[at + end].source;
            let text = format!("{}{} {month}", day.value, data.ordinal_mark);
            return Some(Replacement { tokens: end + 1, text });
        }
        let counted =
            lower.get(end).is_some_and(|word| data.ordinal_before.iter().any(|o| o == word));
        if dropped == 0 && counted {
            let text = format!("{}{}", day.value, data.ordinal_mark);
            return Some(Replacement { tokens: day.words, text });
        }
        return None;
    }
    if at > 0 && data.not_after.contains(&tokens[at - 1].lower) && !tokens[at - 1].closed {
        return None;
    }
    let measured =
        |end: usize| lower.get(end).is_some_and(|w| data.measures.iter().any(|m| m == w));
    if let Some((_, digits)) = data.fixed.iter().find(|(word, _)| word == lower[0]) {
        return measured(1).then(|| Replacement { tokens: 1, text: digits.clone() });
    }
    let number = words.read(&lower)?;
    let end = number.words;
    if let Some((fraction, used)) = fraction(&lower, end, words) {
        let text = format!("{}{}{fraction}", number.value, data.decimal);
        return Some(Replacement { tokens: end + used, text });
    }
    let bare_round =
        end == 1 && matches!(words.part(&lower, 0), Some(Part::Thousand | Part::Hundreds(1)));
    let small = number.value <= 10 && !measured(end);
    // `en kroner` is said, but `en` is far more often the article.
    if bare_round || small || number.value == 1 {
        return None;
    }
    Some(Replacement { tokens: end, text: grouped(number, data) })
}

/// Reads `komma fem` or `en halv` after a whole number: the decimals and the words they take.
fn fraction(lower: &[&str], end: usize, words: &NumberWords) -> Option<(String, usize)> {
    let data = &words.data;
    if lower.get(end).is_some_and(|word| data.point.iter().any(|point| point == word)) {
        let decimals = words.read(&lower[end + 1..]).filter(|number| !number.ordinal)?;
        return Some((decimals.value.to_string(), 1 + decimals.words));
    }
    let half = data.half_after.iter().find(|phrase| {
        phrase.split(' ').enumerate().all(|(step, word)| lower.get(end + step) == Some(&word))
    })?;
    Some(("5".to_owned(), half.split(' ').count()))
}

/// Writes an amount with thousands apart, and what looks like a year without.
fn grouped(number: Number, data: &super::Data) -> String {
    let digits = number.value.to_string();
    if number.value < 1000 || (1900..2100).contains(&number.value) {
        return digits;
    }
    let mut out = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(&data.group);
        }
        out.push(digit);
    }
    out
}
