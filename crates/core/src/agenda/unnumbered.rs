//! Items of a document without numbers: a list under `Dagsorden`, headings, or bare lines that
//! stand like headings.

use std::collections::HashMap;

use crate::language::labels::Labels;

use super::lines::Line;

/// Returns the headings that are items: of the level that has most, without those that every
/// item repeats.
pub(super) fn headings(lines: &[Line], from: usize, labels: &Labels) -> Vec<usize> {
    let mut often: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.heading > 0) {
        *often.entry(line.text.to_lowercase()).or_default() += 1;
    }
    let item = |line: &Line| {
        let plain = line.text.trim_end_matches([':', '.', ' ']).to_lowercase();
        line.heading > 0
            && !labels.structural.contains(&plain)
            && often.get(&line.text.to_lowercase()).is_some_and(|count| *count == 1)
            && labels.split(&line.text).is_none()
            && line.text.chars().count() <= 160
    };
    let mut levels: HashMap<u8, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().skip(from).filter(|(_, line)| item(line)) {
        levels.entry(line.heading).or_default().push(at);
    }
    let best =
        levels.into_iter().max_by_key(|(level, found)| (found.len(), std::cmp::Reverse(*level)));
    best.map(|(_, found)| found).filter(|found| found.len() >= 3).unwrap_or_default()
}

/// Returns the short lines that stand like headings over paragraphs.
pub(super) fn bare(lines: &[Line], from: usize, labels: &Labels) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(from) {
        let text = line.text.as_str();
        let unclosed = text.matches('(').count() > text.matches(')').count();
        let short = text.chars().count() <= 60 || (unclosed && text.chars().count() <= 110);
        let title = line.after_blank
            && short
            && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !text.ends_with(['.', ',', ';', '-'])
            && text.chars().any(char::is_alphabetic)
            && labels.split(text).is_none()
            && !line.bullet
            && line.indent < 12
            && !labels.structural.contains(&text.trim_end_matches(':').to_lowercase());
        // A paragraph must follow: a title over nothing is a signature or a footer.
        let over = lines
            .get(at + 1)
            .is_some_and(|next| next.text.chars().count() > 60 || next.text.ends_with('.'));
        if title && (over || unclosed) {
            found.push(at);
        }
    }
    if found.len() >= 3 { found } else { Vec::new() }
}
