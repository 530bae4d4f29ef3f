//! A dagsorden or an old referat as lines becomes a meeting: what it is, who takes part, what
//! its items are; and what became of every line.

pub mod fate;
pub mod zones;

mod chains;
mod finding;
mod gathered;
mod header;
mod items;
mod latex;
mod lines;
mod listing;
mod numbering;
mod opening;
mod parts;
mod people;
mod persons;
mod prose;
mod tables;
mod title;
mod titles;
mod unnumbered;
mod words;

use crate::domain::language::Language;
use crate::domain::meeting::{Header, Meeting};
use crate::language::headings::Headings;
use crate::language::labels::{Field, Labels};
use crate::language::remarks::RemarkKind;
use crate::language::words::{Vocabulary, Words};
use crate::remark::Remark;

use fate::{Fate, Fates};
use finding::Finding;
use gathered::{Group, People};
use lines::Line;
pub use lines::MAX_TEXT;
use opening::Listing;
use persons::Persons;
use words::PageWords;

/// A page as it was read.
#[derive(Clone, Debug)]
pub struct AgendaReading {
    /// What the page tells of the meeting.
    pub meeting: Meeting,
    /// What is uncertain or was not understood.
    pub remarks: Vec<Remark>,
    /// What became of each line.
    pub fates: Fates,
}

/// Reads a meeting's header and agenda from a text in any layout.
///
/// Never fails: what is not stated is absent, and what is uncertain is told. The language is
/// guessed from the labels when it is not given.
pub fn read_meeting(text: &str, language: Option<Language>) -> (Meeting, Vec<Remark>) {
    read_in(Vocabulary::compiled(), text, language)
}

/// Reads a meeting by the words of `vocabulary`.
pub fn read_in(
    vocabulary: &Vocabulary,
    text: &str,
    language: Option<Language>,
) -> (Meeting, Vec<Remark>) {
    let reading = explain(vocabulary, text, language);
    (reading.meeting, reading.remarks)
}

/// Reads a meeting by the words of `vocabulary`, and tells what became of each line.
pub fn explain(vocabulary: &Vocabulary, text: &str, language: Option<Language>) -> AgendaReading {
    let (lines, whole) = lines::read(text);
    let guess = guess(vocabulary, &lines);
    let language = language.map_or(guess, |language| vocabulary.of(language));
    // A dagsorden is read in the language it is clearly written in, whatever is spoken.
    let clear = labels(&lines, guess) > 1 && labels(&lines, language) == 0;
    let read_in = if clear { guess } else { language };
    let words = PageWords::of(read_in);
    let zones = zones::read(&lines, words);
    let open: Vec<bool> = zones.outside.iter().map(Option::is_none).collect();
    let mut fates = Fates::default();
    for (line, outside) in lines.iter().zip(&zones.outside) {
        if let Some(outside) = outside {
            fates.set(line.number, Fate::Outside(*outside));
        }
    }
    let mut remarks = Vec::new();
    let listing = listing::find(&lines, &open, words);
    remarks.extend(listing.remarks.iter().cloned());
    // Items' lines are kept from the readers of people, who may need the ones under them.
    let mut taken = open.clone();
    for opening in &listing.openings {
        taken[opening.at] = false;
        for at in &opening.body {
            taken[*at] = false;
        }
    }
    // `… denne gang er det Camilla. Dagsorden:` says more than that the agenda follows.
    for at in &listing.frame {
        taken[*at] = open[*at]
            && lines[*at].text.split_whitespace().count() > 9
            && lines[*at].cells.is_empty();
    }
    let mut header = Header::default();
    // In minutes the text under the items is what was said, not who comes.
    let minutes = is_minutes(&lines, &open, words);
    if minutes && let Some(first) = listing.openings.first() {
        taken[first.at..].fill(false);
        for at in labels_after(&lines, first.at, words) {
            taken[at] = open[at];
        }
    }
    let mut found = people::read(&lines, &taken, &zones, words, &mut fates);
    if !minutes {
        guests(&lines, &listing, &mut found);
    }
    in_items(&lines, &listing, words, &mut found, &mut fates);
    let (everybody, called, told) = found.fill(&mut header);
    remarks.extend(told);
    let persons = Persons::new(&everybody, &called, words);
    let agenda = items::read(&listing, &lines, &persons, words, &mut fates, &mut remarks);
    header::read(&lines, &open, &zones, words, &mut header, &mut fates, &mut remarks);
    header.title = title(&lines, &fates, &zones, words);
    let starts: Vec<usize> = listing.openings.iter().map(|it| it.at).collect();
    parts::fill(&mut header, &mut remarks, &lines, &agenda.items, &starts, words);
    rest(&lines, &fates, &header, &mut remarks);
    // U+FFFD stands where a font or code page does not tell the letter.
    let unread: Vec<&Line> = lines.iter().filter(|line| line.text.contains('\u{fffd}')).collect();
    if let Some(first) = unread.first() {
        remarks.push(Finding::at(first.number, RemarkKind::Unread).with("count", unread.len()));
    }
    remarks.sort_by_key(|remark| remark.line);
    if read_in.language() != language.language() {
        let found = Finding::on_whole(RemarkKind::Labels);
        remarks.push(found.with("labels", read_in.language()).with("meeting", language.language()));
    }
    if !whole {
        remarks.push(Finding::on_whole(RemarkKind::TooLong));
    }
    if agenda.items.is_empty() {
        remarks.push(Finding::on_whole(RemarkKind::NoAgenda));
    }
    AgendaReading {
        meeting: Meeting { header, agenda, language: language.language() },
        remarks: remarks.iter().map(|found| found.told(vocabulary, &lines)).collect(),
        fates,
    }
}

/// Returns the meeting's name: as a label or the mail's subject gives it, else from the first
/// lines that are neither people nor items.
fn title(lines: &[Line], fates: &Fates, zones: &zones::Zones, words: PageWords) -> Option<String> {
    let free = |line: &&Line| {
        !matches!(
            fates.of(line.number),
            Some(
                Fate::Item(_)
                    | Fate::Part(_)
                    | Fate::Note(_)
                    | Fate::People(_)
                    | Fate::Outside(_)
                    | Fate::Place
            )
        ) && line.cells.len() < 2
    };
    let first: Vec<Line> = lines.iter().filter(free).take(15).cloned().collect();
    let headed = titles::find(&first, words);
    let subject = || {
        let text = zones.subject.as_deref()?;
        let bare = text.rsplit(": ").next().unwrap_or(text);
        titles::name_of(bare, words)
    };
    headed.or_else(subject).or_else(|| {
        first.iter().find_map(|line| match words.label(&line.text) {
            Some((Field::Title | Field::Forum, value)) if !value.is_empty() => {
                titles::name_of(value, words).or_else(|| Some(value.to_owned()))
            }
            _ => None,
        })
    })
}

/// Tells whether a page is the minutes of a meeting that was held.
fn is_minutes(lines: &[Line], open: &[bool], words: PageWords) -> bool {
    let page = &words.page.page;
    let mut first =
        lines.iter().zip(open).filter(|it| *it.1).take(8).map(|it| it.0.squeezed().to_lowercase());
    first.any(|text| {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        page.minutes_begin.begin(text) && !page.minutes_not.are_in(text)
            || page.minutes_of.are_in(text) && text.split(' ').count() <= 8
    })
}

/// Returns the lines after the first item that carry a label of people: minutes may name the
/// chair and the minute taker there.
fn labels_after(lines: &[Line], from: usize, words: PageWords) -> Vec<usize> {
    let carries = |at: &usize| {
        lines[*at].text.chars().count() <= 120
            && words.labels().any(|labels| {
                matches!(labels.split(&lines[*at].text), Some((Field::Referent | Field::Chair, value)) if !value.is_empty())
            })
    };
    (from..lines.len()).filter(carries).collect()
}

/// Takes the people from an item that is called `Til stede`.
fn in_items(
    lines: &[Line],
    listing: &Listing,
    words: PageWords,
    people: &mut People,
    fates: &mut Fates,
) {
    for opening in &listing.openings {
        let field = words.labels().find_map(|labels| labels.exact(&opening.rest));
        let group = match field {
            Some(Field::Present) => Group::Present,
            Some(Field::Absent) => Group::Absent,
            Some(Field::Remote) => Group::Remote,
            _ => continue,
        };
        people.of_item(&opening.body, group, lines, words, fates);
    }
}

/// Takes guests who are named under an item: `Ingeniør Ole Bisgaard deltager under punktet`.
fn guests(lines: &[Line], listing: &Listing, people: &mut People) {
    for opening in &listing.openings {
        for at in &opening.body {
            let text = lines[*at].squeezed();
            prose::guest(&text, people);
        }
    }
}

/// Tells what was neither understood nor left out for a reason.
fn rest(lines: &[Line], fates: &Fates, header: &Header, remarks: &mut Vec<Finding>) {
    let mut at = 0;
    while at < lines.len() {
        let known = |at: usize| {
            fates.of(lines[at].number).is_some()
                || header
                    .title
                    .as_ref()
                    .is_some_and(|title| lines[at].squeezed().contains(title.as_str()))
        };
        if known(at) {
            at += 1;
            continue;
        }
        let from = at;
        while at + 1 < lines.len() && !known(at + 1) && !lines[at + 1].after_blank {
            at += 1;
        }
        let text = lines[from].squeezed();
        let shown: String = text.chars().take(60).collect();
        let more = if text.chars().count() > 60 || at > from { "…" } else { "" };
        let to = lines[at].number;
        let kind =
            if to > lines[from].number { RemarkKind::NeitherTo } else { RemarkKind::Neither };
        let found = Finding::at(lines[from].number, kind).with("to", to);
        remarks.push(found.with("text", format!("{shown}{more}")));
        at += 1;
    }
}

/// Returns the language that the labels and small words of a page are of.
fn guess<'v>(vocabulary: &'v Vocabulary, lines: &[Line]) -> Words<'v> {
    let small = || {
        let words = lines.iter().take(400).flat_map(|line| line.text.split_whitespace());
        words.map(str::to_lowercase)
    };
    let score = |language: Words<'_>| {
        let known = Labels::of(language);
        let months = &Headings::of(language).months;
        // Letters and months tell the language of a page whose labels are borrowed.
        let spelt = |word: &String| {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            known.is_spelling(word) || months.iter().any(|month| month.to_lowercase() == word)
        };
        small().filter(|word| known.is_telling(word)).count()
            + small().filter(spelt).count()
            + labels(lines, language) * 2
    };
    let first = vocabulary.of(Language::default());
    let scored = vocabulary.all().map(|language| (score(language), language));
    scored.reduce(|best, one| if one.0 > best.0 { one } else { best }).map_or(first, |best| best.1)
}

/// Returns how many of the first lines carry a label of `language`.
fn labels(lines: &[Line], language: Words<'_>) -> usize {
    let labels = Labels::of(language);
    let carry =
        |line: &&Line| labels.split(&line.text).is_some_and(|(field, _)| field != Field::Other);
    lines.iter().take(400).filter(carry).count()
}
