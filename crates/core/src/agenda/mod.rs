//! Reads a dagsorden or an old referat: what the meeting is, who takes part, and its items.

mod chains;
mod header;
mod items;
mod latex;
mod lines;
mod numbering;
mod parts;
mod people;
mod presenters;
mod table;
mod titles;
mod unlabelled;
mod unnumbered;
mod when;

use crate::domain::language::Language;
use crate::domain::meeting::Meeting;
use crate::language::dates::DateWords;
use crate::language::labels::{Field, Labels};
use crate::language::titles::Titles;
use crate::remark::Remark;

use header::Words;
use lines::Line;
pub use lines::MAX_TEXT;
use people::PeopleLine;

/// Reads a meeting's header and agenda from a text in any of the usual layouts.
///
/// Never fails: what is not stated is absent, and what is uncertain is told. The language is
/// guessed from the labels when it is not given.
pub fn read_meeting(text: &str, language: Option<Language>) -> (Meeting, Vec<Remark>) {
    let (lines, whole) = lines::read(text);
    let labels = |language| labels(&lines, language);
    let guess =
        if labels(Language::En) > labels(Language::Da) { Language::En } else { Language::Da };
    let language = language.unwrap_or(guess);
    // A dagsorden is read in the language it is clearly written in, whatever is spoken.
    let clear = labels(guess) > 1 && labels(language) == 0;
    let read_in = if clear { guess } else { language };
    let words = Words {
        labels: Labels::of(read_in),
        dates: DateWords::of(read_in),
        titles: Titles::of(read_in),
    };
    let mut read = header::read(&lines, words);
    let mut found = items::read(&lines, read.end, &read.header, words);
    people_in_items(&mut read, &found, &lines, words);
    parts::fill(&mut read, &lines, &found.agenda.items, &found.starts, words);
    let mut remarks = read.remarks;
    remarks.append(&mut found.remarks);
    remarks.sort_by_key(|remark| remark.line);
    if read_in != language {
        remarks.push(Remark::on_whole(format!(
            "the dagsorden's labels are those of `{read_in}`, and the meeting's language is `{language}`"
        )));
    }
    if !whole {
        remarks.push(Remark::on_whole("the text is too long; its end is left out"));
    }
    if found.agenda.items.is_empty() {
        remarks.push(Remark::on_whole("no agenda was found"));
    }
    (Meeting { header: read.header, agenda: found.agenda, language }, remarks)
}

/// Returns how many of the first lines carry a label of `language`.
fn labels(lines: &[Line], language: Language) -> usize {
    let labels = Labels::of(language);
    let carry =
        |line: &&Line| labels.split(&line.text).is_some_and(|(field, _)| field != Field::Other);
    lines.iter().take(400).filter(carry).count()
}

/// Takes the participants from an item that is called `Til stede` and lists them.
fn people_in_items(read: &mut header::Read, found: &items::Read, lines: &[Line], words: Words) {
    for (index, item) in found.agenda.items.iter().enumerate() {
        let field = words.labels.exact(&item.title);
        let Some(field @ (Field::Present | Field::Absent | Field::Remote)) = field else {
            continue;
        };
        let from = found.starts[index] + 1;
        let to = found.starts.get(index + 1).copied().unwrap_or(lines.len());
        let rows: Vec<PeopleLine> = lines[from.min(to)..to]
            .iter()
            .map(|line| PeopleLine {
                number: line.number,
                text: line.text.trim_end_matches([';', '.']).to_owned(),
            })
            .map(|row| PeopleLine { text: row.text.trim_end_matches("; og").to_owned(), ..row })
            .take_while(|row| people::is_people(&row.text, words.titles))
            .collect();
        let (people, remarks) = people::read(&rows, words.titles);
        read.remarks.extend(remarks);
        match field {
            Field::Absent if read.header.absent.is_empty() => read.header.absent = people,
            Field::Remote if read.header.remote.is_empty() => read.header.remote = people,
            Field::Present if read.header.present.is_empty() => read.header.present = people,
            _ => {}
        }
    }
}
