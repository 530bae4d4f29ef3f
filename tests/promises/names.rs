//! Promise: a participant's name that was misheard is put right, a word that is right never
//! changes, and what was heard is kept.

use std::time::Duration;

use referat::speech::misheard::{correct, restore};
use referat_core::domain::agenda::{Agenda, AgendaItem};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Header, Meeting, Participant};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript, Word};
use referat_core::language::words::Vocabulary;
use referat_core::time::{Span, Timestamp};
use referat_eval::labelled::{Hardship, Labelled};
use referat_eval::score_names::{self, Count};

const MEETINGS: [&str; 4] = [
    "kredsraad_soenderfjord",
    "byraad_ravnholt",
    "skolebestyrelse_engbakken",
    "council_harwick_en",
];

fn meeting(names: &[&str]) -> Meeting {
    let person = |name: &&str| Participant {
        name: (*name).to_owned(),
        title: Some("Politidirektør".to_owned()),
        role: None,
        ..Participant::default()
    };
    let item = AgendaItem { title: "Krogsgården".to_owned(), ..AgendaItem::default() };
    Meeting {
        header: Header { present: names.iter().map(person).collect(), ..Header::default() },
        agenda: Agenda { items: vec![item] },
        language: Language::DA,
    }
}

fn transcript(texts: &[&str]) -> Transcript {
    let segment = |(index, text): (usize, &&str)| {
        let start = Timestamp::from_ms(index as u64 * 10_000);
        let word = |(at, text): (usize, &str)| Word {
            span: Span::from_start(
                start + Duration::from_millis(at as u64 * 300),
                Duration::from_millis(300),
            ),
            text: text.to_owned(),
            confidence: Some(0.5),
            ..Word::default()
        };
        Segment {
            id: SegmentId(index as u32),
            span: Span::from_start(start, Duration::from_secs(9)),
            text: (*text).to_owned(),
            words: text.split(' ').enumerate().map(word).collect(),
            ..Segment::default()
        }
    };
    Transcript {
        version: 1,
        language: "da".to_owned(),
        segments: texts.iter().enumerate().map(segment).collect(),
        ..Transcript::default()
    }
}

fn corrected(names: &[&str], text: &str) -> String {
    let mut transcript = transcript(&[text]);
    correct(&mut transcript, &meeting(names), Vocabulary::compiled());
    transcript.segments[0].text.clone()
}

const PEOPLE: [&str; 6] = [
    "Alessandra Giraldi",
    "Kim Christiansen",
    "Bodil Krogsgaard",
    "Jens Ole Brandt",
    "Helle Bonnesen",
    "Pia Olsen Dyhr",
];

#[test]
fn misheard_names_are_put_right() {
    for (heard, right) in [
        ("Velkommen til Alesandra Gi raldi.", "Velkommen til Alessandra Giraldi."),
        ("Så siger Kim Kristiansen, at", "Så siger Kim Christiansen, at"),
        ("Vi takker KimChristiansen for det.", "Vi takker Kim Christiansen for det."),
        ("Det er Bodil Krogsgårds plan.", "Det er Bodil Krogsgaards plan."),
        ("Det sagde Girardi også.", "Det sagde Giraldi også."),
        ("Alesandra, værsgo.", "Alessandra, værsgo."),
        ("Tak til politidirektør Krogsgård.", "Tak til politidirektør Krogsgaard."),
        ("Jens Ole Brand har ordet.", "Jens Ole Brandt har ordet."),
    ] {
        assert_eq!(corrected(&PEOPLE, heard), right);
    }
}

#[test]
fn what_may_mean_something_else_is_left_alone() {
    for text in [
        "Alessandra Giraldi og Bodil Krogsgaard.",
        "Bodils plan og Giraldis svar.",
        "Kristian Giraldo talte med Karsten Krogsgren.",
        "Hele processen er forsinket.",
        "Helle processen er forsinket.",
        "Pia Olsen der kommer i morgen.",
        "Det er jo et dyr og en brand.",
        "Vi mødes på Krogsgården i morgen.",
        "Christian var der ikke.",
        "Holder vi en pause?",
        "Han bor i Randers nu.",
        "Jeg har talt med Alesandra Girardi fra Cowi.",
        "Kim Kristiansen fra banken ringer i morgen.",
    ] {
        assert_eq!(
            corrected(
                &["Holger Anders", PEOPLE[0], PEOPLE[1], PEOPLE[2], PEOPLE[4], PEOPLE[5]],
                text
            ),
            text
        );
    }
}

#[test]
fn a_name_that_could_be_two_peoples_is_left_alone() {
    let people = ["Karla Mortensen", "Karlo Mortensen"];
    assert_eq!(corrected(&people, "Det var Karle Mortensen, der"), "Det var Karle Mortensen, der");
}

#[test]
fn what_was_heard_is_kept_and_comes_back_when_the_participants_change() {
    let heard = transcript(&["Velkommen til Alesandra Gi raldi.", "Tak."]);
    let mut mended = heard.clone();
    let corrections = correct(&mut mended, &meeting(&PEOPLE), Vocabulary::compiled());
    assert_eq!(corrections.len(), 2);
    let words = &mended.segments[0].words;
    assert_eq!(words.len(), 4);
    assert_eq!(words[2].heard.as_deref(), Some("Alesandra"));
    assert_eq!(words[3].heard.as_deref(), Some("Gi raldi."));
    assert_eq!(words[3].span.start(), heard.segments[0].words[3].span.start());
    assert_eq!(words[3].span.end(), heard.segments[0].words[4].span.end());

    let mut again = mended.clone();
    correct(&mut again, &meeting(&PEOPLE), Vocabulary::compiled());
    assert_eq!(again, mended, "the same participants give the same transcript");

    let mut other = mended.clone();
    assert!(correct(&mut other, &meeting(&["Ida Holm"]), Vocabulary::compiled()).is_empty());
    assert_eq!(other.segments[0].text, heard.segments[0].text);
    restore(&mut mended);
    assert_eq!(mended.segments[0].text, heard.segments[0].text);
    assert_eq!(mended.segments[0].words.len(), 5);
}

#[test]
fn no_right_word_of_the_synthetic_meetings_changes_and_misspelt_names_are_found() {
    let mut sums = [Count::default(); 2];
    for name in MEETINGS {
        let path = format!("{}/tests/data/{name}/gold.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let gold = Labelled::read(&text, Hardship::default()).unwrap();
        assert_eq!(score_names::innocent(&gold.transcript, &gold.meeting), []);
        for ((mistake, full), count) in score_names::misspelt(&gold.transcript, &gold.meeting) {
            println!("{name} {mistake:?} in full: {full}: {count:?}");
            sums[usize::from(full)].add(count);
        }
    }
    let [alone, full] = sums;
    println!("alone {:.3} {alone:?}, in full {:.3} {full:?}", alone.recall(), full.recall());
    assert!(full.recall() >= 0.95 && full.misspelt >= 60, "{full:?}");
    assert!(alone.recall() >= 0.5 && alone.misspelt >= 30, "{alone:?}");
    assert_eq!((alone.wrong, full.wrong), (0, 0));
}
