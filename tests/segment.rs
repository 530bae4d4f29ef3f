//! Promise: a meeting is divided by its agenda and by who speaks, and what is asserted holds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

use proptest::prelude::*;
use referat::model::agenda::{Agenda, AgendaItem, ItemIndex};
use referat::model::mark::{Mark, MarkKind};
use referat::model::meeting::Meeting;
use referat::model::passage::{ReasonKind, Structure};
use referat::model::transcript::{Segment, SegmentId, Transcript};
use referat::pipeline::score_gold::{Gold, Hardship};
use referat::pipeline::score_segment::{self, Tally};
use referat::segment;
use referat::time::{Span, Timestamp};

const MEETINGS: [&str; 4] = [
    "kredsraad_soenderfjord",
    "byraad_ravnholt",
    "skolebestyrelse_engbakken",
    "council_harwick_en",
];

fn gold(meeting: &str) -> Gold {
    let path = format!("{}/tests/data/{meeting}/gold.json", env!("CARGO_MANIFEST_DIR"));
    Gold::read(&std::fs::read_to_string(path).unwrap(), Hardship::default()).unwrap()
}

fn items(structure: &Structure) -> Vec<Option<usize>> {
    let passages = structure.passages.iter();
    passages.flat_map(|p| p.segments.iter().map(|_| p.item.map(|item| item.0))).collect()
}

#[test]
fn what_was_said_on_the_synthetic_meetings_stands_under_the_right_items() {
    let mut all = Tally::default();
    for meeting in MEETINGS {
        let gold = gold(meeting);
        let (structure, _) = segment::structure(&gold.meeting, &gold.transcript, &[]);
        all.add(score_segment::items(&gold.labels, &items(&structure)));
    }
    assert!(all.recall() >= 0.97, "{:.3}", all.recall());
}

#[test]
fn who_is_named_spoke() {
    let mut all = Tally::default();
    for meeting in MEETINGS {
        let gold = gold(meeting);
        let (structure, _) = segment::structure(&gold.meeting, &gold.transcript, &[]);
        let turns = structure.turns.iter();
        let names: Vec<Option<&str>> =
            turns.flat_map(|t| t.segments.iter().map(|_| t.attribution.name())).collect();
        all.add(score_segment::speakers(&gold.labels, &names).0);
    }
    assert!(all.precision() >= 0.93 && all.recall() >= 0.4, "{all:?}");
}

#[test]
fn a_mark_is_stronger_than_anything_said() {
    let gold = gold("kredsraad_soenderfjord");
    let at_ms = gold.transcript.segments[30].span.start();
    let mark = Mark { at_ms, at: None, kind: MarkKind::Item { item: "6".to_owned() } };
    let (structure, _) = segment::structure(&gold.meeting, &gold.transcript, &[mark]);
    let id = gold.transcript.segments[30].id;
    let passage = structure.passages.iter().find(|p| p.segments.contains(&id)).unwrap();
    assert_eq!(passage.item, Some(ItemIndex(5)));
    assert_eq!((passage.segments[0], passage.reason.kind), (id, ReasonKind::Mark));
}

fn meeting(titles: &[String]) -> Meeting {
    let items = titles.iter().enumerate().map(|(at, title)| AgendaItem {
        number: (at + 1).to_string(),
        title: title.clone(),
        ..AgendaItem::default()
    });
    Meeting { agenda: Agenda { items: items.collect() }, ..Meeting::default() }
}

fn transcript(texts: &[String]) -> Transcript {
    let segments = texts.iter().zip(0_u32..).map(|(text, at)| Segment {
        id: SegmentId(at),
        span: Span::new(
            Timestamp::from_ms(u64::from(at) * 1000),
            Timestamp::from_ms(u64::from(at) * 1000 + 900),
        )
        .unwrap_or_default(),
        text: text.clone(),
        ..Segment::default()
    });
    Transcript { segments: segments.collect(), ..Transcript::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_a_division_that_holds_every_segment_once(
        titles in prop::collection::vec(".{0,40}", 0..6),
        texts in prop::collection::vec(".{0,60}|punkt [0-9]{1,20}|næste punkt", 0..12),
    ) {
        let transcript = transcript(&texts);
        let (structure, _) = segment::structure(&meeting(&titles), &transcript, &[]);
        let ids: Vec<SegmentId> = transcript.segments.iter().map(|segment| segment.id).collect();
        let passages: Vec<SegmentId> =
            structure.passages.iter().flat_map(|p| p.segments.clone()).collect();
        let turns: Vec<SegmentId> = structure.turns.iter().flat_map(|t| t.segments.clone()).collect();
        prop_assert_eq!(&passages, &ids);
        prop_assert_eq!(&turns, &ids);
    }
}
