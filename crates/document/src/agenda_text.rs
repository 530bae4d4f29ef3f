//! A dagsorden as text: that of the next meeting, begun from an old one, and one whose facts and
//! items were corrected.

use referat_core::domain::agenda::{AgendaItem, SubItem};
use referat_core::domain::meeting::{Header, Meeting, Participant};
use referat_core::language::headings::Headings;
use referat_core::language::labels::Labels;
use referat_core::language::titles::Titles;
use referat_core::language::words::Words;

/// Returns the text of a `dagsorden.md` with the labels and the people of an old header. The day,
/// the apologies and the items are the next meeting's own.
pub fn dagsorden(old: &Header, language: Words<'_>) -> String {
    let words = Headings::of(language);
    let title = old
        .title
        .as_ref()
        .map_or_else(|| words.agenda.clone(), |title| format!("{} {title}", words.agenda_of));
    let mut blocks = vec![format!("# {title}"), bold(&words.time), bold(&words.place)];
    blocks.extend(old.place.clone());
    for (label, people) in [(&words.present, &old.present), (&words.remote, &old.remote)] {
        if !people.is_empty() || label == &words.present {
            blocks.push(bold(label));
            blocks.extend(people.iter().map(Participant::printed));
        }
    }
    blocks.push(bold(&words.absent));
    blocks.push(format!("## {}", words.agenda));
    blocks.join("\n\n") + "\n"
}

/// Returns the text of a `dagsorden.md` that is read as `meeting`: what was understood of another
/// text, corrected. A participant may stand in `name` as a whole line, title and part included.
pub fn corrected(meeting: &Meeting, language: Words<'_>) -> String {
    let (header, words) = (&meeting.header, Headings::of(language));
    let mut text = Lines::default();
    // `# Dagsorden` alone would be read as the label of the items.
    if let Some(title) = &header.title {
        text.0.push(format!("# {} {}", words.agenda_of, plain(title)));
    }
    let time = header.date.map(|date| words.time_line(date, header.start, header.end));
    let hours = header.start.map(|start| {
        let end = header.end.map_or_else(String::new, |end| format!(" - {end}"));
        format!("{start}{end}")
    });
    text.beside(&words.time, time.or(hours));
    text.beside(&words.place, header.place.as_deref().map(plain));
    text.below(&words.present, &header.present);
    text.below(&words.remote, &header.remote);
    text.below(&words.absent, &header.absent);
    text.beside(&words.chair, header.chair.as_deref().map(plain));
    let referents = &Titles::of(language).referent;
    let told = header.everybody().any(|person| {
        let role = person.role.as_ref().map(|role| role.to_lowercase());
        Some(&person.name) == header.referent.as_ref()
            && role.is_some_and(|role| referents.contains(&role))
    });
    text.beside(&words.referent, header.referent.as_deref().map(plain).filter(|_| !told));
    text.0.push(format!("## {}", words.agenda));
    let items: Vec<String> =
        meeting.agenda.items.iter().map(|item| item_lines(item, language)).collect();
    text.0.push(items.join("\n"));
    text.0.join("\n\n") + "\n"
}

/// Blocks of a text. What stands in one is one line without a label: no field can bring another
/// one in.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn beside(&mut self, label: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.push(format!("{} {value}", bold(&format!("{}:", label.trim_end_matches(':')))));
        }
    }

    fn below(&mut self, label: &str, people: &[Participant]) {
        if !people.is_empty() {
            self.0.push(bold(label));
            self.0.extend(people.iter().map(|person| plain(&person.printed())));
        }
    }
}

/// Returns a text as one line in which nothing is read as a label.
fn plain(text: &str) -> String {
    one_line(text).replace(": ", " – ").trim_end_matches(':').to_owned()
}

/// Returns an item's number, title and presenter, and on lines of their own its parts.
fn item_lines(item: &AgendaItem, language: Words<'_>) -> String {
    let by = &Headings::of(language).presented_by;
    let printed = |printed: &Option<String>, name: &Option<String>| {
        let printed = printed.clone().or_else(|| name.as_ref().map(|name| format!("{by} {name}")));
        printed.map_or_else(String::new, |printed| format!(" {printed}"))
    };
    let title = Labels::of(language).marked_closed(&item.title, item.closed);
    let presenter = printed(&item.presenter_printed, &item.presenter);
    let mut lines = vec![one_line(&format!("{}. {title}{presenter}", item.number))];
    lines.extend(item.sub.iter().map(|SubItem { title, presenter, presenter_printed }| {
        one_line(&format!("{title}{}", printed(presenter_printed, presenter)))
    }));
    lines.join("  \n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bold(label: &str) -> String {
    format!("**{label}**")
}
