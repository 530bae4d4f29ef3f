//! A dagsorden as text: that of the next meeting, begun from an old one, and one whose facts and
//! items were corrected.

use crate::lang::headings::Headings;
use crate::lang::labels::Labels;
use crate::model::agenda::{AgendaItem, SubItem};
use crate::model::language::Language;
use crate::model::meeting::{Header, Meeting, Participant};

/// Returns the text of a `dagsorden.md` with the labels and the people of an old header. The day,
/// the apologies and the items are the next meeting's own.
pub fn dagsorden(old: &Header, language: Language) -> String {
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
            blocks.extend(people.iter().map(line));
        }
    }
    blocks.push(bold(&words.absent));
    blocks.push(format!("## {}", words.agenda));
    blocks.join("\n\n") + "\n"
}

/// Returns the text of a `dagsorden.md` that is read as `meeting`: what was understood of another
/// text, corrected. A participant may stand in `name` as a whole line, title and part included.
pub fn corrected(meeting: &Meeting) -> String {
    let (header, words) = (&meeting.header, Headings::of(meeting.language));
    let mut text = Text::default();
    match &header.title {
        Some(title) => text.line(&format!("# {} {title}", words.agenda_of)),
        None => text.line(&format!("# {}", words.agenda)),
    }
    let time = header.date.map(|date| words.time_line(date, header.start, header.end));
    let hours = header.start.map(|start| {
        let end = header.end.map_or_else(String::new, |end| format!(" - {end}"));
        format!("{start}{end}")
    });
    text.labelled(&words.time, time.or(hours));
    text.labelled(&words.place, header.place.clone());
    text.labelled(&words.present, header.present.iter().map(line));
    text.labelled(&words.remote, header.remote.iter().map(line));
    text.labelled(&words.absent, header.absent.iter().map(line));
    text.labelled(&words.chair, header.chair.clone());
    let named = |person: &Participant| Some(&person.name) == header.referent.as_ref();
    let told = header.everybody().any(|person| named(person) && person.role.is_some());
    text.labelled(&words.referent, header.referent.clone().filter(|_| !told));
    text.line(&format!("## {}", words.agenda));
    let items: Vec<String> =
        meeting.agenda.items.iter().map(|item| item_lines(item, meeting.language)).collect();
    text.line(&items.join("\n"));
    text.0.join("\n\n") + "\n"
}

/// Blocks of a text. What stands in a block is one line: no field can bring another one in.
#[derive(Default)]
struct Text(Vec<String>);

impl Text {
    fn line(&mut self, line: &str) {
        self.0.push(line.to_owned());
    }

    fn labelled(&mut self, label: &str, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().map(|value| one_line(&value)).collect();
        let mut values = values.into_iter().filter(|value| !value.is_empty()).peekable();
        if values.peek().is_some() {
            self.0.push(bold(label));
            self.0.extend(values);
        }
    }
}

/// Returns an item's number, title and presenter, and on lines of their own its parts.
fn item_lines(item: &AgendaItem, language: Language) -> String {
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

/// Returns a person as the header prints them: title, name, part in the meeting.
fn line(person: &Participant) -> String {
    let title = person.title.as_ref().map_or_else(String::new, |title| format!("{title} "));
    let role = person.role.as_ref().map_or_else(String::new, |role| format!(", {role}"));
    format!("{title}{}{role}", person.name)
}
