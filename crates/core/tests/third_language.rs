//! Promise: a language is a folder of tables. A small one that is compiled in nowhere goes from
//! dagsorden to draft by its tables alone.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::fs;
use std::path::Path;

use referat_core::agenda;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::{Referat, StatementKind};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::draft;
use referat_core::language::folder::{self, FolderError};
use referat_core::language::headings::Headings;
use referat_core::language::words::Vocabulary;
use referat_core::time::{Span, Timestamp};
use referat_core::understanding::{self, LearntModels};

/// Of a kind with Esperanto.
const EO: Language = Language::new("eo");

const AGENDA: &str = "\
# Tagordo por la Kunveno de la Ĝardena Asocio

Tempo: Lundo 12 majo 2025 je 19:00 ĝis 20:30
Ĉeestas: Ana Roza (prezidanto), Karlo Monto, Petro Lago
Senkulpigoj: Marta Vento

## Tagordo

1. Malfermo
2. Buĝeto
3. Nova barilo
4. Diversaĵoj
";

const SAID: [(&str, &str); 7] = [
    ("Ana Roza", "Bonvenon al la kunveno. Ni komencas per punkto unu, malfermo."),
    ("Ana Roza", "Ni iras al punkto du, la buĝeto. Karlo Monto havas la parolon."),
    ("Karlo Monto", "La kotizo de la asocio kostas dudek kvin eŭrojn en la nova jaro."),
    ("Ana Roza", "Do estas decidite, ke la kotizo altiĝas. Ni iras al punkto tri, la barilo."),
    ("Petro Lago", "Mi proponas, ke la asocio aĉetas novan barilon en majo."),
    ("Ana Roza", "Petro, bonvolu demandi la urbon pri la barilo antaŭ vendredo."),
    ("Ana Roza", "La kunveno estas fermita."),
];

fn text_of(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eo");
    fs::read_to_string(folder.join(name)).ok()
}

fn vocabulary() -> Vocabulary {
    folder::beside(Vocabulary::compiled(), EO, text_of).unwrap_or_else(|error| panic!("{error}"))
}

fn transcript() -> Transcript {
    let segment = |(at, (speaker, text)): (usize, &(&str, &str))| Segment {
        id: SegmentId(at as u32),
        span: Span::new(
            Timestamp::from_ms(at as u64 * 6000),
            Timestamp::from_ms(at as u64 * 6000 + 5800),
        )
        .unwrap(),
        text: (*text).to_owned(),
        speaker: Some((*speaker).to_owned()),
        ..Segment::default()
    };
    let segments = SAID.iter().enumerate().map(segment).collect();
    Transcript { segments, language: EO.code().to_owned(), ..Transcript::default() }
}

/// Reads the dagsorden, divides the transcript and drafts.
fn drafted() -> (Meeting, Referat) {
    let vocabulary = vocabulary();
    let (meeting, remarks) = agenda::read_in(&vocabulary, AGENDA, None);
    assert!(remarks.is_empty(), "{remarks:?}");
    let language = vocabulary.of(meeting.language);
    let (models, transcript) = (LearntModels::compiled(), transcript());
    let (cut, structure, _) =
        understanding::structure_voiced(&models, &meeting, language, &transcript, None, &[], &[]);
    let (referat, _) =
        draft::referat_by(&models, &meeting, language, &cut.transcript, &structure, "sha");
    (meeting, referat)
}

#[test]
fn a_dagsorden_is_known_by_its_own_words() {
    let (meeting, _) = drafted();
    assert_eq!(meeting.language, EO);
    let header = &meeting.header;
    assert_eq!(header.title.as_deref(), Some("la Kunveno de la Ĝardena Asocio"));
    assert_eq!(header.date.unwrap().to_string(), "2025-05-12");
    assert_eq!(header.start.unwrap().to_string(), "19:00");
    assert_eq!(header.chair.as_deref(), Some("Ana Roza"));
    let names = |people: &[referat_core::domain::meeting::Participant]| {
        people.iter().map(|person| person.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&header.present), ["Ana Roza", "Karlo Monto", "Petro Lago"]);
    assert_eq!(names(&header.absent), ["Marta Vento"]);
    let items: Vec<&str> = meeting.agenda.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(items, ["Malfermo", "Buĝeto", "Nova barilo", "Diversaĵoj"]);
}

#[test]
fn a_draft_is_written_in_its_own_words() {
    let (_, referat) = drafted();
    let lines: Vec<(Option<&str>, StatementKind, &str)> = referat
        .sections
        .iter()
        .flat_map(|section| {
            let item = section.item.as_deref();
            section.statements.iter().map(move |one| (item, one.kind, one.text.as_str()))
        })
        .collect();
    let line = |item: &str, kind: StatementKind, text: &str| {
        let found = lines.contains(&(Some(item), kind, text));
        assert!(found, "`{text}` under {item}: {lines:#?}");
    };
    line("2", StatementKind::Decision, "La asocio decidis, ke la kotizo altiĝas.");
    line(
        "3",
        StatementKind::Proposal,
        "Petro Lago proponis, ke la asocio aĉetas novan barilon en majo.",
    );
    assert!(lines.iter().any(|(_, _, text)| text.contains("25 eŭrojn")), "{lines:#?}");
    let task = referat.sections.iter().flat_map(|section| &section.statements);
    let task = task.into_iter().find(|one| one.kind == StatementKind::Action).unwrap();
    assert_eq!(task.responsible.as_deref(), Some("Petro Lago"));
    let title = referat.header.title.as_deref();
    assert_eq!(title, Some("Protokolo de la Kunveno de la Ĝardena Asocio"));
    let danish = ["blev", "besluttede", "foreslog", "oplyste", "decided", "reported"];
    for (_, _, text) in &lines {
        assert!(!text.split(' ').any(|word| danish.contains(&word)), "{text}");
    }
}

#[test]
fn what_was_learnt_from_other_languages_has_no_say_in_it() {
    let vocabulary = vocabulary();
    let models = LearntModels::compiled();
    assert!(!models.know(vocabulary.of(EO)));
    assert!(models.know(vocabulary.of(Language::DA)) && models.know(vocabulary.of(Language::EN)));
    // Models that claim to know the language take its words for Danish and English ones.
    let claiming = LearntModels { languages: &[EO], ..models };
    let (meeting, referat) = drafted();
    let (cut, structure, _) = understanding::structure_voiced(
        &claiming,
        &meeting,
        vocabulary.of(EO),
        &transcript(),
        None,
        &[],
        &[],
    );
    let language = vocabulary.of(EO);
    let (other, _) =
        draft::referat_by(&claiming, &meeting, language, &cut.transcript, &structure, "sha");
    assert_ne!(referat.sections, other.sections, "the models would have said something");
}

#[test]
fn a_page_of_its_own_office_is_read_by_its_phrases() {
    let text = "De: Ana Roza\nSendita: Lundo 5 majo 2025\nAl: Karlo Monto\nTemo: Kunveno\n\n\
        1. Nova barilo /de Ana Roza\n2. Buĝeto (20 minutoj)\n3. Diversaĵoj\n\n\
        Elkoran saluton\nAna Roza\n";
    let (meeting, _) = agenda::read_in(&vocabulary(), text, Some(EO));
    let items = &meeting.agenda.items;
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Nova barilo", "Buĝeto", "Diversaĵoj"]);
    assert_eq!(items[0].presenter.as_deref(), Some("Ana Roza"));
    assert_eq!(items[1].minutes, Some(20));
}

#[test]
fn the_languages_that_are_compiled_in_stand_as_they_were() {
    let vocabulary = vocabulary();
    let languages: Vec<&str> = vocabulary.all().map(|words| words.language().code()).collect();
    assert_eq!(languages, ["da", "en", "eo"]);
    assert_eq!(Headings::of(vocabulary.of(Language::DA)).referat, "Referat");
    assert_eq!(Headings::of(vocabulary.of(EO)).referat, "Protokolo");
}

#[test]
fn what_is_missing_or_wrong_in_a_folder_is_told_with_its_table_and_line() {
    let without = |gone: &'static str| move |name: &str| text_of(name).filter(|_| name != gone);
    let error = folder::beside(Vocabulary::compiled(), EO, without("tasks.toml")).unwrap_err();
    assert_eq!(error, FolderError::Missing { language: EO, table: "tasks" });
    let misspelt = |name: &str| text_of(name).map(|text| text.replace("comma_that", "coma_that"));
    let error = folder::beside(Vocabulary::compiled(), EO, misspelt).unwrap_err().to_string();
    let told = "cannot use the words of `eo/reporting.toml`: line 17: unknown field `coma_that`";
    assert!(error.starts_with(told), "{error}");
}
