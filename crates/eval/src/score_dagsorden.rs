//! What was read of the corpus' dagsordener, as offices send them and in the project's own
//! layout, against the gold: issue 17's table.

use std::collections::BTreeMap;

use serde_json::Value;

use referat_core::domain::agenda::AgendaItem;
use referat_core::domain::meeting::{Meeting, Participant};
use referat_core::language::dates::DateWords;
use referat_core::language::words::Words;

use crate::score_agenda::{Count, plain};

/// Numbers of the items that the raw dagsordener mark as closed; the gold does not tell them.
/// Read from the 90 files by hand, 2026-11-28.
const CLOSED: [(&str, &str); 11] = [
    ("kommunalbestyrelse_vejrholm", "9"),
    ("beredskab_nordaa", "7"),
    ("boegeholm_skolebestyrelse", "7"),
    ("sundhedsudvalg_hedelund", "6"),
    ("sundhedsraad_tranevig", "7"),
    ("byraad_noerrevang", "8"),
    ("oekonomiudvalg_nordkaer", "7"),
    ("beskaeftigelsesudvalg_nordvang", "7"),
    ("landbrugsraad_bestyrelse", "6"),
    ("menighedsraad_hjortlev", "8"),
    ("kommunalbestyrelse_stenhoeje", "19"),
];

/// The rows of the table, in order.
pub const ROWS: [&str; 14] = [
    "people",
    "title",
    "presence",
    "chair",
    "referent",
    "items",
    "presenter",
    "closed",
    "sub-items",
    "date",
    "start",
    "end",
    "place",
    "place, exact",
];

/// Counts by row; `wrong` of people and items are those that are invented.
#[derive(Clone, Debug, Default)]
pub struct DagsordenScore(BTreeMap<&'static str, Count>);

impl DagsordenScore {
    /// Returns a row.
    pub fn row(&self, name: &str) -> Count {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Adds another meeting's counts.
    pub fn add(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            self.0.entry(name).or_default().add(*count);
        }
    }

    fn count(&mut self, name: &'static str, right: usize, missed: usize, wrong: usize) {
        self.0.entry(name).or_default().add(Count { right, missed, wrong });
    }

    fn told(&mut self, name: &'static str, right: bool) {
        self.count(name, usize::from(right), usize::from(!right), 0);
    }

    /// Scores a meeting read from `text` against its gold.
    pub fn of(name: &str, gold: &Value, text: &str, meeting: &Meeting) -> Self {
        let mut score = Self::default();
        score.people(gold, meeting);
        score.items(name, gold, meeting);
        score.facts(gold, text, meeting);
        score
    }

    fn people(&mut self, gold: &Value, meeting: &Meeting) {
        let header = &meeting.header;
        let with = |people: &[Participant], how: &'static str| {
            people.iter().map(|it| (it.clone(), how)).collect::<Vec<_>>()
        };
        let mut found = with(&header.present, "present");
        found.extend(with(&header.remote, "remote"));
        found.extend(with(&header.absent, "absent"));
        let people = list(&gold["participants"]);
        // Where a whole meeting is on video, nobody is marked remote.
        let all_remote = people
            .iter()
            .filter(|it| it["listed"] == true && it["present"] != false)
            .all(|it| it["present"] == "remote");
        for person in people {
            let at = found.iter().position(|it| plain(&it.0.name) == plain(text(&person["name"])));
            // Guests who stand on no list count neither for nor against.
            if person["listed"] != true || person["role"] == "guest" {
                at.map(|at| found.remove(at));
                continue;
            }
            let Some(at) = at else {
                self.count("people", 0, 1, 0);
                continue;
            };
            let (read, how) = found.remove(at);
            self.count("people", 1, 0, 0);
            let title = plain(read.title.as_deref().unwrap_or_default());
            self.told("title", title == plain(text(&person["title"])));
            let wanted = match &person["present"] {
                _ if person["role"] == "remote" => "remote",
                Value::Bool(true) => "present",
                Value::Bool(false) => "absent",
                _ => "remote",
            };
            self.told(
                "presence",
                how == wanted || all_remote && wanted == "remote" && how == "present",
            );
        }
        self.count("people", 0, 0, found.len());
        for (row, role, read) in
            [("chair", "chair", &header.chair), ("referent", "referent", &header.referent)]
        {
            if let Some(person) = people.iter().find(|it| it["role"] == role) {
                self.told(row, read.as_deref().map(plain) == Some(plain(text(&person["name"]))));
            }
        }
    }

    fn items(&mut self, name: &str, gold: &Value, meeting: &Meeting) {
        let mut left: Vec<&Value> = list(&gold["agenda"]).iter().collect();
        let closed: Vec<&str> = CLOSED.iter().filter(|it| it.0 == name).map(|it| it.1).collect();
        for item in &meeting.agenda.items {
            let printed = item.presenter_printed.as_deref().unwrap_or_default();
            let forms = [unmarked(&item.title), unmarked(&format!("{} {printed}", item.title))];
            let Some(at) = left.iter().position(|it| forms.contains(&unmarked(text(&it["title"]))))
            else {
                self.count("items", 0, 0, 1);
                continue;
            };
            let wanted = left.remove(at);
            self.count("items", 1, 0, 0);
            self.item(item, wanted, closed.contains(&wanted["number"].to_string().as_str()));
        }
        self.count("items", 0, left.len(), 0);
    }

    fn item(&mut self, item: &AgendaItem, wanted: &Value, closed: bool) {
        let presenters: Vec<String> = match &wanted["presenter"] {
            Value::Array(names) => names.iter().map(|it| plain(text(it))).collect(),
            other => other.as_str().map(plain).into_iter().collect(),
        };
        let read = item.presenter.as_deref().map(plain);
        if !presenters.is_empty() || read.is_some() {
            self.told("presenter", read.is_some_and(|name| presenters.contains(&name)));
        }
        if closed || item.closed {
            let both = closed && item.closed;
            self.count(
                "closed",
                usize::from(both),
                usize::from(closed && !both),
                usize::from(item.closed && !both),
            );
        }
        let subs: Vec<String> =
            list(&wanted["sub"]).iter().map(|it| plain(text(&it["title"]))).collect();
        let read: Vec<String> = item.sub.iter().map(|it| plain(&it.title)).collect();
        let right = subs.iter().filter(|it| read.contains(it)).count();
        self.count("sub-items", right, subs.len() - right, read.len().saturating_sub(right));
    }

    fn facts(&mut self, gold: &Value, page: &str, meeting: &Meeting) {
        let header = &meeting.header;
        let words = DateWords::of(Words::of(meeting.language));
        let printed = text(&gold["time"]);
        if let Some(date) = words.dates(printed).first().and_then(|it| it.date()) {
            self.told("date", header.date == Some(date));
        }
        if let Some(time) = words.time(printed, true) {
            self.told("start", header.start == Some(time.start));
            // The gold tells when a meeting ended; not every dagsorden tells when it will.
            let stated = |minutes: u16| {
                let (hour, minute) = (minutes / 60, minutes % 60);
                let short = if hour > 12 { hour - 12 } else { hour };
                [
                    format!("{hour:02}:{minute:02}"),
                    format!("{hour}.{minute:02}"),
                    format!("{short}:{minute:02}"),
                    format!("{short}.{minute:02}pm"),
                    format!("-{hour}"),
                    format!("- {hour}"),
                    format!("kl. {hour}"),
                ]
                .iter()
                .any(|form| page.contains(form.as_str()))
            };
            if let Some(end) =
                time.end.filter(|end| header.end == Some(*end) || stated(end.minutes()))
            {
                self.told("end", header.end == Some(end));
            }
        }
        if let Some(place) = gold["place"].as_str() {
            let (wanted, read) = (plain(place), plain(header.place.as_deref().unwrap_or_default()));
            self.told("place, exact", wanted == read);
            self.told("place", same_place(&wanted, &read));
        }
    }
}

/// Tells whether two places are one: the gold's writers shortened them, and left out notes.
fn same_place(wanted: &str, read: &str) -> bool {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    let read: Vec<&str> = read.split(' ').filter(|it| !it.is_empty()).collect();
    let common = wanted.iter().filter(|word| read.contains(word)).count();
    common * 2 >= wanted.len() && common * 3 >= read.len()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns a title as it is compared: without the mark of a closed item, which half of the gold's
/// writers kept.
pub(crate) fn unmarked(title: &str) -> String {
    let whole = plain(title);
    let bare = whole.replace("lukket punkt", "").replace(" lukket", "");
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    if bare.is_empty() { whole } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_items_are_counted() {
        let gold: Value = serde_json::from_str(
            r#"{"participants":[{"name":"Bo Bech","title":"formand","role":"chair","present":true,"listed":true},
                {"name":"Eva Fog","title":null,"role":null,"present":false,"listed":true}],
               "agenda":[{"number":1,"title":"Valg","presenter":null,"sub":[]}],"time":"","place":"Salen"}"#,
        )
        .unwrap();
        let page = "Sted: Salen\nTil stede: Bo Bech, formand\n\nDagsorden:\n1. Valg\n2. Andet";
        let (meeting, _) = referat_core::agenda::read_meeting(page, None);
        let score = DagsordenScore::of("x", &gold, page, &meeting);
        assert_eq!(score.row("people"), Count { right: 1, missed: 1, wrong: 0 });
        assert_eq!(score.row("items"), Count { right: 1, missed: 0, wrong: 1 });
        assert_eq!(score.row("chair").right + score.row("place").right, 2);
    }
}
