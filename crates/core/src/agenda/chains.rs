//! Which of the numbered lines are the agenda: the chain of numbers that holds together best.

use super::lines::Line;
use super::numbering::{Candidate, Style};

/// How far back a number's predecessor may stand, in candidates of the same style.
const REACH: usize = 300;

/// Returns the best chain among the candidates, with its score; empty when there is none.
pub(super) fn best<'a>(candidates: &'a [Candidate], lines: &[Line]) -> (Vec<&'a Candidate>, f64) {
    let mut best: (Vec<&Candidate>, f64) = (Vec::new(), 0.0);
    for style in Style::ALL {
        let of_style: Vec<&Candidate> =
            candidates.iter().filter(|it| it.style == style && !it.part).collect();
        let (chain, score) = longest(&of_style, lines);
        let score = score * weight(style);
        if score > best.1 + 1e-9 {
            best = (chain, score);
        }
    }
    best
}

/// How much a style says that its lines are items and no list in the text.
fn weight(style: Style) -> f64 {
    match style {
        Style::Word | Style::Section => 1.6,
        Style::Cell => 1.2,
        Style::Dot | Style::Paren => 1.0,
        Style::Alone | Style::Roman => 0.9,
        Style::Dash | Style::Bare => 0.6,
        Style::Letter => 0.45,
    }
}

fn longest<'a>(candidates: &[&'a Candidate], lines: &[Line]) -> (Vec<&'a Candidate>, f64) {
    let mut scores: Vec<f64> = Vec::with_capacity(candidates.len());
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let titles: Vec<String> = candidates.iter().map(|candidate| plain_title(candidate)).collect();
    for (at, candidate) in candidates.iter().enumerate() {
        let start = if candidate.value == 1 { 1.0 } else { 0.0 };
        let (mut score, mut from) = (start, None);
        for before in (at.saturating_sub(REACH)..at).rev() {
            let twice = || same_start(&titles[before], &titles[at]);
            let Some(link) = link(candidates[before], candidate, twice, lines) else { continue };
            let near = if before + 1 == at { 0.2 } else { 0.0 };
            if scores[before] + link + near > score {
                (score, from) = (scores[before] + link + near, Some(before));
            }
        }
        scores.push(score + own(candidate, lines));
        previous.push(from);
    }
    let Some(last) =
        (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a)))
    else {
        return (Vec::new(), 0.0);
    };
    let mut chain = vec![candidates[last]];
    let mut at = last;
    while let Some(before) = previous[at] {
        chain.push(candidates[before]);
        at = before;
    }
    chain.reverse();
    (chain, scores[last])
}

/// How well one number follows another; numbers with errors may repeat or leave a gap, but not
/// where both open the same item (`twice`).
fn link(
    before: &Candidate,
    after: &Candidate,
    twice: impl Fn() -> bool,
    lines: &[Line],
) -> Option<f64> {
    let step = i64::from(after.value) - i64::from(before.value);
    let follows = match step {
        1 => 3.0,
        0 if !twice() => -0.6,
        2..=4 => 0.4,
        _ => return None,
    };
    let (one, other) = (lines.get(before.at)?, lines.get(after.at)?);
    let mut score = follows;
    if one.indent.abs_diff(other.indent) <= 1 {
        score += 0.5;
    }
    if (one.heading > 0) == (other.heading > 0) && one.bold == other.bold {
        score += 0.5;
    }
    Some(score)
}

/// How much a line by itself looks like an item.
fn own(candidate: &Candidate, lines: &[Line]) -> f64 {
    let Some(line) = lines.get(candidate.at) else { return 0.0 };
    let mut score = 0.0;
    if line.after_blank {
        score += 0.4;
    }
    if line.heading > 0 || line.bold {
        score += 0.6;
    }
    if candidate.style == Style::Alone {
        // The title stands on the next line; a page's number has a page's text there.
        let titled =
            lines.get(candidate.at + 1).is_some_and(|next| next.text.chars().count() <= 120);
        return score + if titled && line.indent < 20 { 0.3 } else { -2.0 };
    }
    let words = candidate.rest.split_whitespace().count();
    let sentence = candidate.rest.ends_with(['.', ',', ';']) && words > 8;
    let lower = candidate.rest.starts_with(char::is_lowercase);
    score
        - if sentence { 1.0 } else { 0.0 }
        - if lower || words == 0 { 0.7 } else { 0.0 }
        - if line.indent > 6 && line.after_blank {
            0.0
        } else {
            f64::from(u8::from(line.indent > 12)) * 0.3
        }
}

/// Returns whether two candidates open the same item twice.
pub(super) fn same_title(one: &Candidate, other: &Candidate) -> bool {
    same_start(&plain_title(one), &plain_title(other))
}

/// Returns whether two titles begin alike.
pub(super) fn same_start_of(one: &str, other: &str) -> bool {
    same_start(&plain_text(one), &plain_text(other))
}

/// The start of a title as it is compared: letters and digits alone, in lower case.
fn plain_title(candidate: &Candidate) -> String {
    plain_text(&candidate.rest)
}

fn plain_text(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).take(24).collect()
}

fn same_start(one: &str, other: &str) -> bool {
    let short = one.len().min(other.len());
    short > 0 && one.as_bytes()[..short] == other.as_bytes()[..short]
}
