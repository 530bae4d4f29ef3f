//! A dagsorden is read as its meeting's gold says.

use std::path::{Path, PathBuf};

use referat_core::agenda::read_meeting;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Meeting, Participant};
use referat_core::language::words::Words;
use referat_document::agenda_text::corrected;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn synthetic() -> [(&'static str, &'static str); 4] {
    [
        ("kredsraad_soenderfjord", "samples/kredsraad"),
        ("council_harwick_en", "samples/council_en"),
        ("byraad_ravnholt", "tests/data/byraad_ravnholt"),
        ("skolebestyrelse_engbakken", "tests/data/skolebestyrelse_engbakken"),
    ]
}

fn read(folder: &str) -> (String, Meeting) {
    let text = std::fs::read_to_string(root().join(folder).join("dagsorden.md")).unwrap();
    let (meeting, remarks) = read_meeting(&text, None);
    assert_eq!(remarks, [], "{folder}");
    (text, meeting)
}

fn gold(name: &str) -> Value {
    let path = root().join("tests/data").join(name).join("gold.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Participants as the gold writes them: title, name, whether they take minutes.
fn expected(gold: &Value, present: Value) -> Vec<(String, String, bool)> {
    let of = |person: &Value, key: &str| person[key].as_str().unwrap_or_default().to_owned();
    let people =
        gold["participants"].as_array().unwrap().iter().filter(|it| it["present"] == present);
    people.map(|it| (of(it, "title"), of(it, "name"), it["role"] == "referent")).collect()
}

fn found(people: &[Participant]) -> Vec<(String, String, bool)> {
    let row = |it: &Participant| {
        (it.title.clone().unwrap_or_default(), it.name.clone(), it.role.is_some())
    };
    people.iter().map(row).collect()
}

#[test]
fn the_synthetic_meetings_are_read_exactly() {
    for (name, folder) in synthetic() {
        let (text, meeting) = read(folder);
        let gold = gold(name);
        let header = &meeting.header;
        assert_eq!(header.title.as_deref(), gold["title"].as_str());
        assert_eq!(meeting.language.code(), gold["language"].as_str().unwrap());
        assert_eq!(header.place.as_deref(), gold["place"].as_str());
        assert_eq!(found(&header.present), expected(&gold, true.into()), "{name}");
        assert_eq!(found(&header.remote), expected(&gold, "remote".into()), "{name}");
        assert_eq!(found(&header.absent), expected(&gold, false.into()), "{name}");
        let referent =
            gold["participants"].as_array().unwrap().iter().find(|it| it["role"] == "referent");
        assert_eq!(header.referent.as_deref(), referent.and_then(|it| it["name"].as_str()));
        let items = gold["agenda"].as_array().unwrap();
        assert_eq!(meeting.agenda.items.len(), items.len(), "{name}");
        for (item, wanted) in meeting.agenda.items.iter().zip(items) {
            assert_eq!(item.number, wanted["number"].to_string());
            assert_eq!(Some(item.title.as_str()), wanted["title"].as_str());
            assert_eq!(item.presenter.as_deref(), wanted["presenter"].as_str());
            let subs: Vec<&str> = item.sub.iter().map(|sub| sub.title.as_str()).collect();
            let wanted: Vec<&str> = wanted["sub"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|it| it["title"].as_str())
                .collect();
            assert_eq!(subs, wanted);
            let printed = item.presenter_printed.as_deref().unwrap_or_default();
            assert!(text.contains(format!("{} {printed}", item.title).trim_end()));
        }
    }
}

#[test]
fn the_synthetic_meetings_have_their_day_and_hours() {
    let times = synthetic().map(|(_, folder)| {
        let header = read(folder).1.header;
        format!("{} {} {}", header.date.unwrap(), header.start.unwrap(), header.end.unwrap())
    });
    assert_eq!(
        times,
        [
            "2023-03-07 09:00 10:30",
            "2023-04-12 19:00 20:30",
            "2023-02-27 18:00 20:30",
            "2022-09-14 17:00 19:00"
        ]
    );
}

/// Scores a folder of labelled documents; the folder cannot stand in the repository, so the test
/// runs where `EVAL` names the evaluation sets.
#[test]
fn labelled_documents_are_read_as_well_as_promised() {
    use referat_eval::score_agenda::{Gold, Score};
    let Some(eval) = std::env::var_os("EVAL") else { return };
    let folder = Path::new(&eval).join("referater");
    let gold = std::fs::read(folder.join("gold.json")).unwrap();
    let gold: std::collections::BTreeMap<String, Gold> = serde_json::from_slice(&gold).unwrap();
    let mut total = Score::default();
    for (file, gold) in &gold {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let text = referat_document::read_bytes(&bytes, file).unwrap();
        total.add(&Score::of(gold, &read_meeting(&text, None).0));
    }
    assert!(total.titles.f1() >= 0.95, "{total:?}");
    assert!(total.participants().f1() >= 0.95, "{total:?}");
    assert!(total.present.f1() >= 0.95 && total.absent.f1() >= 0.95, "{total:?}");
    for fact in [total.date, total.start, total.place] {
        assert!(fact.missed <= 1 && fact.wrong == 0, "{total:?}");
    }
}

fn reread(meeting: &Meeting) -> Meeting {
    read_meeting(&corrected(meeting, Words::of(meeting.language)), Some(meeting.language)).0
}

#[test]
fn what_was_understood_is_understood_again() {
    for text in [
        include_str!("../../samples/kredsraad/dagsorden.md"),
        include_str!("../../samples/council_en/dagsorden.md"),
        include_str!("../data/byraad_ravnholt/dagsorden.md"),
        include_str!("../data/skolebestyrelse_engbakken/dagsorden.md"),
    ] {
        let (meeting, _) = read_meeting(text, None);
        assert_eq!(
            reread(&meeting),
            meeting,
            "{}",
            corrected(&meeting, Words::of(meeting.language))
        );
    }
}

#[test]
fn a_dagsorden_is_read_in_its_own_language_whatever_is_spoken() {
    let text = include_str!("../../samples/kredsraad/dagsorden.md");
    let (danish, _) = read_meeting(text, None);
    let (english, remarks) = read_meeting(text, Some(Language::EN));
    assert_eq!((english.header, english.agenda), (danish.header, danish.agenda));
    assert_eq!(english.language, Language::EN);
    assert!(remarks.iter().any(|remark| remark.text.contains("`en`")), "{remarks:?}");
}

#[test]
fn a_correction_is_understood() {
    let (mut meeting, _) = read_meeting(include_str!("../../samples/kredsraad/dagsorden.md"), None);
    meeting.header.absent.clear();
    meeting.header.present.push(Participant {
        name: "Borgmester Mogens Juhler".into(),
        title: None,
        role: None,
        ..Participant::default()
    });
    let item = &mut meeting.agenda.items[3];
    item.title = "Tryghed ved\n# stationen".into();
    (item.presenter, item.presenter_printed) = (Some("Camilla Dam".into()), None);
    item.closed = true;
    let read = reread(&meeting);
    let added = read.header.present.last().unwrap();
    assert_eq!(
        (added.name.as_str(), added.title.as_deref()),
        ("Mogens Juhler", Some("Borgmester"))
    );
    assert!(read.header.absent.is_empty());
    let item = &read.agenda.items[3];
    assert_eq!(item.title, "Tryghed ved # stationen (lukket)");
    assert_eq!((item.presenter.as_deref(), item.closed), (Some("Camilla Dam"), true));
    for (written, marked, plain) in [
        ("Lukket: Personalesag", "Lukket: Personalesag", "Personalesag"),
        ("Sag om løn – lukket", "Sag om løn (lukket)", "Sag om løn"),
        ("Sag (lukket for offentligheden)", "Sag (lukket for offentligheden)", "Sag"),
    ] {
        meeting.agenda.items[4].title = written.into();
        for closed in [true, false] {
            meeting.agenda.items[4].closed = closed;
            let item = &reread(&meeting).agenda.items[4];
            assert_eq!(item.title, if closed { marked } else { plain });
            assert_eq!(item.closed, closed, "{written}");
        }
    }
    // Nothing in a field becomes another one.
    meeting.header.title = Some("Bestyrelsesmøde: budget".into());
    meeting.header.place = Some("1. sal, lokale 2 Afbud: Bo Bech".into());
    let read = reread(&meeting);
    assert_eq!(read.header.title.as_deref(), Some("Bestyrelsesmøde – budget"));
    assert_eq!(read.header.place.as_deref(), Some("1. sal, lokale 2 Afbud – Bo Bech"));
    assert_eq!(read.header.present, reread(&meeting).header.present);
    assert!(read.header.absent.is_empty() && read.header.present.len() > 5);
    meeting.header.title = None;
    assert_eq!(reread(&meeting).header.present, read.header.present);
    meeting.agenda.items[3].closed = false;
    meeting.agenda.items[3].title = item.title.clone();
    assert!(!reread(&meeting).agenda.items[3].closed);
}
