//! Promise: what is decided, counted or told under an item stands under that item, and nobody is
//! made to say what another said, however the meeting runs.

#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use referat_core::agenda;
use referat_core::domain::referat::StatementKind;
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::draft;
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};
use referat_core::understanding::{self, LearntModels};

const AGENDA: &str = "\
# Dagsorden til møde i Skurvognsudvalget

Til stede: Ida Holm (formand), Jens Dahl (næstformand), Bo Lind, Åse Kjær
Afbud: Per Ravn

## Dagsorden

1. Godkendelse af dagsorden
2. Regnskab v/ Bo Lind
3. Ny skurvogn v/ Åse Kjær
4. Eventuelt
";

/// What was understood of a meeting.
struct Understood {
    /// Each sentence with who is taken to say it.
    said: Vec<(String, Option<String>)>,
    /// Each line with its item and kind.
    lines: Vec<(String, StatementKind, String)>,
}

impl Understood {
    fn speaker(&self, start: &str) -> Option<&str> {
        let found = self.said.iter().find(|(text, _)| text.contains(start));
        found.unwrap_or_else(|| panic!("`{start}` was said")).1.as_deref()
    }

    fn line(&self, part: &str) -> Option<(&str, StatementKind)> {
        let found = self.lines.iter().find(|(_, _, line)| line.contains(part));
        found.map(|(item, kind, _)| (item.as_str(), *kind))
    }
}

fn understood(said: &[&str]) -> Understood {
    labelled(&said.iter().map(|text| ("", *text)).collect::<Vec<_>>())
}

/// Understands segments of five seconds, each with its label, where there is one.
fn labelled(said: &[(&str, &str)]) -> Understood {
    let (meeting, _) = agenda::read_meeting(AGENDA, None);
    let language = Words::of(meeting.language);
    assert_eq!(meeting.agenda.items.len(), 4);
    let segment = |(at, (label, text)): (usize, &(&str, &str))| Segment {
        id: SegmentId(at as u32),
        span: Span::new(
            Timestamp::from_ms(at as u64 * 5000),
            Timestamp::from_ms(at as u64 * 5000 + 4800),
        )
        .unwrap(),
        text: (*text).to_owned(),
        speaker: (!label.is_empty()).then(|| (*label).to_owned()),
        ..Segment::default()
    };
    let segments = said.iter().enumerate().map(segment).collect();
    let transcript = Transcript { segments, language: "da".to_owned(), ..Transcript::default() };
    let models = LearntModels::compiled();
    let (cut, structure, _) =
        understanding::structure_voiced(&models, &meeting, language, &transcript, None, &[], &[]);
    let text = |id: &SegmentId| cut.transcript.segments.iter().find(|one| one.id == *id).unwrap();
    let turns = structure.turns.iter().flat_map(|turn| {
        let name = turn.attribution.name().map(str::to_owned);
        turn.segments.iter().map(move |id| (text(id).text.clone(), name.clone()))
    });
    let (referat, _) = draft::referat(&meeting, &cut.transcript, &structure, "");
    let lines = referat.sections.iter().flat_map(|section| {
        let item = section.item.clone().unwrap_or_default();
        section.statements.iter().map(move |one| (item.clone(), one.kind, one.text.clone()))
    });
    Understood { said: turns.collect(), lines: lines.collect() }
}

#[test]
fn a_decision_stands_under_the_item_before_the_one_it_leads_to() {
    let meeting = understood(&[
        "Velkommen til mødet. Vi begynder med punkt 1, godkendelse af dagsorden.",
        "Dagsordenen er godkendt. Punkt 2, regnskabet. Bo Lind, værsgo.",
        "Tak. Overskuddet er på 12.000 kroner, og gælden er betalt.",
        "Det er enstemmigt vedtaget, og så går vi videre til punkt 3.",
        "Skurvognen koster 80.000 kroner og kan leveres til maj.",
        "Så er det vedtaget med fire stemmer for, og så tager vi punkt 4.",
        "Der er ikke mere.",
    ]);
    assert_eq!(meeting.line("Dagsordenen blev godkendt"), Some(("1", StatementKind::Decision)));
    let second = meeting.lines.iter().any(|(item, kind, line)| {
        item == "2" && *kind == StatementKind::Decision && line.contains("vedtaget")
    });
    assert!(second, "{:?}", meeting.lines);
    assert_eq!(meeting.line("fire stemmer"), Some(("3", StatementKind::Decision)));
}

#[test]
fn a_vote_of_which_one_side_is_told_is_not_lost() {
    let meeting = understood(&[
        "Velkommen til mødet. Vi begynder med punkt 1, godkendelse af dagsorden.",
        "Punkt 3, ny skurvogn. Åse, værsgo.",
        "Jeg støtter indkøbet.",
        "Fem stemte for, og det er vedtaget.",
        "Punkt 4, eventuelt.",
    ]);
    assert_eq!(meeting.line("Fem stemte for").map(|line| line.0), Some("3"));
}

#[test]
fn what_is_told_under_an_item_is_not_passed_over() {
    let meeting = understood(&[
        "Velkommen til mødet. Vi begynder med punkt 1, godkendelse af dagsorden.",
        "Punkt 2, regnskab.",
        "Der mangler 40.000 kroner.",
        "Punkt 3, ny skurvogn.",
        "Den gamle vogn er solgt til spejderne.",
        "Punkt 4, eventuelt.",
    ]);
    assert_eq!(meeting.line("40.000").map(|line| line.0), Some("2"));
    assert_eq!(meeting.line("solgt").map(|line| line.0), Some("3"), "{:?}", meeting.lines);
}

#[test]
fn whoever_is_spoken_of_does_not_speak() {
    let meeting = understood(&[
        "Velkommen. Per Ravn har meldt afbud. Punkt 1, godkendelse af dagsorden.",
        "Per Ravn mener, at vognen skal males, skriver han.",
        "Bo kan ikke blive hele aftenen. Punkt 2, regnskab.",
        "Der mangler 40.000 kroner.",
        "Åses forslag er delt ud. Punkt 3, ny skurvogn.",
        "Den koster for meget.",
    ]);
    assert!(meeting.said.iter().all(|(_, who)| who.as_deref() != Some("Per Ravn")));
    assert_ne!(meeting.speaker("40.000"), Some("Bo Lind"));
    assert_ne!(meeting.speaker("koster for meget"), Some("Åse Kjær"));
    assert_eq!(meeting.line("præsenterede sig"), None);
}

#[test]
fn the_chair_changes_hands_and_comes_back() {
    let meeting = understood(&[
        "Velkommen til mødet. Jeg er Ida Holm, og vi begynder med punkt 1.",
        "Dagsordenen er godkendt. Punkt 2, regnskab. Bo Lind, værsgo.",
        "Tak, formand. Overskuddet er på 12.000 kroner.",
        "Punkt 3, ny skurvogn. Her er jeg inhabil, og jeg giver mødeledelsen til næstformanden. Jens, værsgo.",
        "Tak. Så leder jeg dette punkt. Åse Kjær har bedt om ordet. Værsgo, Åse.",
        "Jeg støtter indkøbet.",
        "Tak for det. Så er det vedtaget, og jeg giver ordet tilbage til Ida.",
        "Tak, Jens. Punkt 4, eventuelt.",
    ]);
    assert_eq!(meeting.speaker("Jeg støtter"), Some("Åse Kjær"));
    assert_ne!(meeting.speaker("Så er det vedtaget"), Some("Ida Holm"));
    assert_eq!(meeting.speaker("Punkt 4"), Some("Ida Holm"));
    assert_eq!(meeting.line("vedtaget").map(|line| line.0), Some("3"));
}

#[test]
fn a_name_alone_takes_up_no_item_and_gives_no_task() {
    let meeting = understood(&[
        "Velkommen til mødet. Vi begynder med punkt 1, godkendelse af dagsorden.",
        "Er der nogen, der har noget til dagsordenen?",
        "Åse kommer om lidt.",
        "Bo, du havde noget.",
    ]);
    assert!(meeting.lines.iter().all(|(item, ..)| item != "2" && item != "3"));
    assert!(meeting.lines.iter().all(|(_, kind, _)| *kind != StatementKind::Action));
}

#[test]
fn labels_are_read_as_people_write_them() {
    let meeting = labelled(&[
        ("Lokale 4", "Velkommen, jeg er Ida Holm. Punkt 1, godkendelse af dagsorden."),
        ("Lokale 4", "Tak, Ida. Jeg hedder Jens Dahl, og jeg har en bemærkning til regnskabet."),
        ("Lind, Bo", "Jeg er på fra toget."),
        ("Åse Kjær (Guest)", "Jeg kan godt høre jer."),
    ]);
    assert_eq!(meeting.speaker("jeg er Ida Holm"), Some("Ida Holm"));
    assert_eq!(meeting.speaker("Jens Dahl"), Some("Jens Dahl"));
    assert_eq!(meeting.speaker("fra toget"), Some("Bo Lind"));
    assert_eq!(meeting.speaker("høre jer"), Some("Åse Kjær"));
}
