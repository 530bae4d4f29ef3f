//! The meeting's name from a document's first lines.

use crate::language::labels::strip_words;

use super::lines::{Line, squeeze};
use super::words::PageWords;

/// Returns the meeting's name: what follows `Referat af`, else the first line that has a word
/// for a meeting.
pub(super) fn find(lines: &[Line], words: PageWords) -> Option<String> {
    let labels = words.main;
    let near = &lines[..lines.len().min(15)];
    let headed = near.iter().find_map(|line| {
        let text = line.squeezed();
        let rest = labels.heads.iter().find_map(|head| strip_words(&text, head))?;
        let title = name(rest, words)?;
        // `Dagsorden: 1. Valg` and `Referatet blev godkendt` name no meeting.
        let meant = rest.len() < text.len() && title.chars().count() <= 120 && !is_sentence(&title);
        (meant && !text.contains(':') && !rest.starts_with(',')).then_some(title)
    });
    headed.or_else(|| {
        near.iter().enumerate().find_map(|(at, line)| {
            let text = line.squeezed();
            let lower = text.to_lowercase();
            let meeting = labels.meetings.iter().any(|word| {
                lower.split(|c: char| !c.is_alphanumeric()).any(|it| it.ends_with(word.as_str()))
            });
            let title = name(&text, words).filter(|title| labels.exact(title).is_none())?;
            let titled = line.heading > 0 || at < 6;
            // `Vi holder møde …` and `Next meeting is …` name none.
            let said = lower.split(' ').any(|word| words.page.page.said.has(word));
            let meeting = meeting && !said && !text.contains(':');
            (meeting && titled && title.chars().count() <= 120 && !is_sentence(&title))
                .then_some(title)
        })
    })
}

/// Returns a text as a meeting's name, where it has a word for a meeting.
pub(super) fn name_of(text: &str, words: PageWords) -> Option<String> {
    let lower = text.to_lowercase();
    let meeting = words.main.meetings.iter().any(|word| lower.contains(word.as_str()));
    name(text, words).filter(|_| meeting)
}

fn is_sentence(text: &str) -> bool {
    text.contains(". ") || text.split_whitespace().count() > 14
}

/// Cuts the date and time off a name.
fn name(text: &str, words: PageWords) -> Option<String> {
    let (dates, page) = (words.dates, &words.page.page);
    let written = dates.dates(text);
    let cut =
        written.iter().map(|date| date.from).chain(dates.time(text, false).map(|it| it.from)).min();
    let mut name = squeeze(&text[..cut.unwrap_or(text.len())]);
    loop {
        let trimmed = name.trim_end_matches([' ', ',', '.', ':', '-', '–', '(']);
        let last = trimmed.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let weekday = cut.is_some() && page.weekday_ends.end(&last) && trimmed.contains(' ');
        let kept = if cut.is_some() && page.name_ends.has(&last) || weekday {
            trimmed[..trimmed.len() - trimmed.rsplit(' ').next().map_or(0, str::len)]
                .trim_end()
                .to_owned()
        } else {
            trimmed.to_owned()
        };
        if kept.len() == name.len() {
            break;
        }
        name = kept;
    }
    name.chars().any(char::is_alphabetic).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::words::Words;

    fn title(text: &str) -> Option<String> {
        let (lines, _) = super::super::lines::read(text);
        find(&lines, PageWords::of(Words::danish()))
    }

    #[test]
    fn the_name_stands_after_its_head() {
        assert_eq!(title("## Referat af Byrådsmødet i Nørby").unwrap(), "Byrådsmødet i Nørby");
        assert_eq!(title("Referat af bestyrelsesmøde d. 3. maj 2006").unwrap(), "bestyrelsesmøde");
        assert_eq!(title("# Bestyrelsesmøde tirsdag den 10-10-2023").unwrap(), "Bestyrelsesmøde");
    }

    #[test]
    fn a_document_without_a_name_has_none() {
        assert_eq!(title("1. Valg af referent\n2. Eventuelt"), None);
        assert_eq!(title("Dagsorden:"), None);
    }
}
