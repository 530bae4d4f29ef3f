//! A dagsorden as a meeting: header and items, line by line. What is uncertain becomes a
//! remark with its line, never a guess in silence.

use crate::lang::labels::{Label, Labels};
use crate::model::agenda::Agenda;
use crate::model::language::Language;
use crate::model::meeting::{Header, Meeting};
use crate::remark::Remark;

use super::items::{self, Items};
use super::{participants, when};

/// Reads a dagsorden from Markdown or plain text; the language is told by its labels unless
/// it is given.
pub fn read_meeting(text: &str, language: Option<Language>) -> (Meeting, Vec<Remark>) {
    let language = language.unwrap_or_else(|| Labels::language_of(text));
    let labels = Labels::of(language);
    let mut remarks = Vec::new();
    let mut header = Header::default();
    let mut items = Items::new(language);
    let mut section: Option<Label> = None;
    for (index, raw) in text.lines().enumerate() {
        let (number, line) = (index + 1, plain(raw));
        if line.is_empty() {
            continue;
        }
        let is_heading = raw.trim_start().starts_with('#');
        if let Some((label, rest)) = labels.label(&line) {
            let rest = rest.to_owned();
            // In the agenda itself, `Afbud` or `Sted` may be an item's words: a label there
            // must stand as a heading or with its colon.
            if section != Some(Label::Agenda) || is_heading || line.contains(':') {
                section = Some(label);
                if !rest.is_empty() {
                    take(label, &rest, number, language, &mut header, &mut items, &mut remarks);
                }
                continue;
            }
        }
        if let Some(title) = labels.title(&line)
            && header.title.is_none()
            && section.is_none()
        {
            header.title = Some(title.to_owned());
            continue;
        }
        match section {
            Some(label) => {
                take(label, &line, number, language, &mut header, &mut items, &mut remarks);
            }
            // Without any label yet, a numbered line opens the agenda.
            None if items::number(&line).is_some() => {
                section = Some(Label::Agenda);
                items.take(&line, number, &mut remarks);
            }
            None if is_heading && header.title.is_none() => header.title = Some(line),
            None => {}
        }
    }
    let (mut agenda, more) = items.finish();
    remarks.extend(more);
    if agenda.items.is_empty() {
        remarks.push(Remark::on_whole("no agenda item was found"));
    }
    resolve(&mut agenda, &header);
    if header.referent.is_none() {
        let role = |role: &str| labels.is_minute_taker(role);
        let referent = header.everybody().find(|p| p.role.as_deref().is_some_and(role));
        header.referent = referent.map(|person| person.name.clone());
    }
    (Meeting { header, agenda, language }, remarks)
}

/// Takes a line that stands under `label`.
fn take(
    label: Label,
    line: &str,
    number: usize,
    language: Language,
    header: &mut Header,
    items: &mut Items,
    remarks: &mut Vec<Remark>,
) {
    match label {
        Label::Time => when::read(line, number, language, header, remarks),
        Label::Place => {
            let place = header.place.take();
            header.place = Some(match place {
                Some(place) => format!("{place}, {line}"),
                None => line.to_owned(),
            });
        }
        Label::Present => header.present.extend(participants::read(line, language)),
        Label::Remote => header.remote.extend(participants::read(line, language)),
        Label::Absent => header.absent.extend(participants::read(line, language)),
        Label::Referent => {
            header.referent = participants::read(line, language).pop().map(|person| person.name);
        }
        Label::Chair => {
            header.chair = participants::read(line, language).pop().map(|person| person.name);
        }
        Label::Agenda => items.take(line, number, remarks),
    }
}

/// Returns the line without Markdown's marks and soft hyphens, blanks made one.
fn plain(line: &str) -> String {
    let line = line.trim().trim_start_matches('#').trim_start();
    if line.len() >= 3 && line.chars().all(|c| "-*_=".contains(c)) {
        return String::new();
    }
    let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
    let line = line.replace("**", "").replace("__", "").replace('\u{ad}', "");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces presenters by the participants that they name.
fn resolve(agenda: &mut Agenda, header: &Header) {
    let resolved = |presenter: &mut Option<String>| {
        if let Some(name) = presenter
            && let Some(person) = participants::named(name, header)
        {
            *name = person.name.clone();
        }
    };
    for item in &mut agenda.items {
        resolved(&mut item.presenter);
        item.sub.iter_mut().for_each(|sub| resolved(&mut sub.presenter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAGSORDEN: &str = "## Dagsorden for Udvalgsmødet i Nordby\n\n---\n\n**Tid:**\n\n\
        Torsdag den 23. juni 2022 kl. 08:30 til kl. 10:00.\n\n**Sted:**\n\nRådhuset\n\n\
        **Deltagende:**\n\nPolitidirektør Kim Friis\n\nJuridisk konsulent Eva Lund Bro, referent\n\n\
        **Til stede via Teams**\n\nBorgmester Bo Ask\n\n**Afbud:**\n\nBorgmester Ida Holm\n\n\
        ## Dagsorden\n\n1. Velkomst /v. pd Kim Friis\n2. Trafik /v. Bo Ask  \nCykelstier  \n\
        Parkering /v. Eva Lund Bro\n3. Personsag (lukket)\n4. Eventuelt\n";

    #[test]
    fn the_layout_of_the_samples_is_understood() {
        let (meeting, remarks) = read_meeting(DAGSORDEN, None);
        assert_eq!(remarks, []);
        let header = &meeting.header;
        assert_eq!(header.title.as_deref(), Some("Udvalgsmødet i Nordby"));
        assert_eq!(header.date.map(|d| d.to_string()).as_deref(), Some("2022-06-23"));
        assert_eq!(header.start.map(|t| t.to_string()).as_deref(), Some("08:30"));
        assert_eq!(header.end.map(|t| t.to_string()).as_deref(), Some("10:00"));
        assert_eq!(header.place.as_deref(), Some("Rådhuset"));
        assert_eq!(header.present[0].title.as_deref(), Some("Politidirektør"));
        assert_eq!(header.present[1].name, "Eva Lund Bro");
        assert_eq!(header.referent.as_deref(), Some("Eva Lund Bro"));
        assert_eq!(header.remote[0].name, "Bo Ask");
        assert_eq!(header.absent[0].name, "Ida Holm");
        let items = &meeting.agenda.items;
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["Velkomst", "Trafik", "Personsag", "Eventuelt"]);
        assert_eq!(items[0].presenter_printed.as_deref(), Some("/v. pd Kim Friis"));
        assert_eq!(items[0].presenter.as_deref(), Some("Kim Friis"));
        assert_eq!(items[1].sub[1].presenter.as_deref(), Some("Eva Lund Bro"));
        assert_eq!(items[1].sub[0].title, "Cykelstier");
        assert!(items[2].closed && !items[3].closed);
    }

    #[test]
    fn a_wrong_weekday_and_a_repeated_number_are_remarked() {
        let text = DAGSORDEN.replace("Torsdag", "Fredag").replace("3. Person", "2. Person");
        let (_, remarks) = read_meeting(&text, None);
        let texts: Vec<&str> = remarks.iter().map(|remark| remark.text.as_str()).collect();
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].contains("torsdag"), "{texts:?}");
        assert!(texts[1].contains('2'), "{texts:?}");
    }

    #[test]
    fn nothing_is_invented_where_nothing_stands() {
        let (meeting, remarks) = read_meeting("", None);
        assert_eq!(meeting, Meeting::default());
        assert_eq!(remarks.len(), 1);
    }
}
