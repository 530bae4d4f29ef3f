//! The dagsorden of the next meeting, begun from an old one: the header's labels, the place and
//! those who took part. The day, the apologies and the items are the next meeting's own.

use crate::lang::headings::Headings;
use crate::model::language::Language;
use crate::model::meeting::{Header, Participant};

/// Returns the text of a `dagsorden.md` with the labels and the people of an old header.
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

fn bold(label: &str) -> String {
    format!("**{label}**")
}

/// Returns a person as the header prints them: title, name, part in the meeting.
fn line(person: &Participant) -> String {
    let title = person.title.as_ref().map_or_else(String::new, |title| format!("{title} "));
    let role = person.role.as_ref().map_or_else(String::new, |role| format!(", {role}"));
    format!("{title}{}{role}", person.name)
}
