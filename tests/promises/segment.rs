//! Promise: a meeting is divided by its agenda and by who speaks, and what is asserted holds.

use proptest::prelude::*;
use referat::store::folder::MeetingFolder;
use referat::store::{artefact, lines};
use referat_core::domain::agenda::{Agenda, AgendaItem, ItemIndex};
use referat_core::domain::mark::{Mark, MarkKind};
use referat_core::domain::meeting::Meeting;
use referat_core::domain::passage::{BasisKind, ReasonKind, Structure};
use referat_core::domain::review::{Review, ReviewKind};
use referat_core::domain::speakers::Speakers;
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::time::{Span, Timestamp};
use referat_core::understanding;
use referat_eval::labelled::{Hardship, Labelled};
use referat_eval::score_segment::{self, Label, Tally};

use crate::support::meeting::draft;

const MEETINGS: [&str; 4] = [
    "kredsraad_soenderfjord",
    "byraad_ravnholt",
    "skolebestyrelse_engbakken",
    "council_harwick_en",
];

fn gold(meeting: &str) -> Labelled {
    damaged(meeting, 0.0)
}

fn damaged(meeting: &str, noise: f64) -> Labelled {
    let path = format!("{}/tests/data/{meeting}/gold.json", env!("CARGO_MANIFEST_DIR"));
    let hardship = Hardship { drop_headings: false, noise };
    Labelled::read(&std::fs::read_to_string(path).unwrap(), hardship).unwrap()
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
        let (structure, _) = understanding::structure(&gold.meeting, &gold.transcript, &[]);
        all.add(score_segment::items(&gold.labels, &items(&structure)));
    }
    assert!(all.recall() >= 0.97, "{:.3}", all.recall());
}

#[test]
fn who_is_named_spoke() {
    let mut all = Tally::default();
    for meeting in MEETINGS {
        let gold = gold(meeting);
        let (structure, _) = understanding::structure(&gold.meeting, &gold.transcript, &[]);
        let turns = structure.turns.iter();
        let names: Vec<Option<&str>> =
            turns.flat_map(|t| t.segments.iter().map(|_| t.attribution.name())).collect();
        all.add(score_segment::speakers(&gold.labels, &names).0);
    }
    // Measured 2026-11-28, without voices: 0.954 and 0.433 (2026-11-25: 0.958 and 0.486). Where several
    // people may preside, the chair's own words have no name any more: on nine sittings of the
    // Folketing that makes 0.84 of the chair's named words right, of 0.62.
    assert!(all.precision() >= 0.95 && all.recall() >= 0.42, "{all:?}");
}

#[test]
fn a_third_of_the_letters_may_be_wrong_and_the_items_are_still_found() {
    let mut all = Tally::default();
    for meeting in MEETINGS {
        let gold = damaged(meeting, 0.3);
        let (structure, _) = understanding::structure(&gold.meeting, &gold.transcript, &[]);
        all.add(score_segment::items(&gold.labels, &items(&structure)));
    }
    // Measured 2026-11-25: 0.874.
    assert!(all.recall() >= 0.82, "{:.3}", all.recall());
}

#[test]
fn what_the_base_model_heard_of_danish_meetings_stands_under_the_right_items() {
    let mut all = Tally::default();
    for meeting in &MEETINGS[..3] {
        let gold = gold(meeting);
        let root = env!("CARGO_MANIFEST_DIR");
        let heard = format!("{root}/tests/data/{meeting}/heard-by-base.json");
        let heard: Transcript =
            serde_json::from_str(&std::fs::read_to_string(heard).unwrap()).unwrap();
        let label = |segment: &Segment| {
            let weight = segment.text.split_whitespace().count() as u64;
            let label = gold.label_at(segment.span);
            label.map(|label| Label { weight, ..label.clone() }).unwrap_or_default()
        };
        let labels: Vec<Label> = heard.segments.iter().map(label).collect();
        let (structure, _) = understanding::structure(&gold.meeting, &heard, &[]);
        all.add(score_segment::items(&labels, &items(&structure)));
    }
    // Measured 2026-11-25: 0.882, every third letter of the words being wrong.
    assert!(all.recall() >= 0.85, "{:.3}", all.recall());
}

fn review(kind: ReviewKind) -> Review {
    Review { at: "2026-11-25T10:00:00+01:00".to_owned(), kind }
}

#[test]
fn a_boundary_the_referent_moved_stands_where_she_put_it() {
    let gold = gold("kredsraad_soenderfjord");
    let segments = &gold.transcript.segments;
    let (tapped, moved) = (segments[30].span.start(), segments[33].span.start());
    let mark = Mark { at_ms: tapped, at: None, kind: MarkKind::Item { item: "6".to_owned() } };
    let boundary = review(ReviewKind::Boundary {
        at_ms: moved,
        item: Some("6".to_owned()),
        moved_from_ms: Some(tapped),
    });
    let (structure, _) =
        understanding::structure_reviewed(&gold.meeting, &gold.transcript, &[mark], &[boundary]);
    let passage = structure.passages.iter().find(|p| p.item == Some(ItemIndex(5))).unwrap();
    assert_eq!((passage.segments[0], passage.reason.kind), (segments[33].id, ReasonKind::Mark));
}

#[test]
fn no_evidence_leads_back_over_a_boundary_the_referent_set() {
    let gold = gold("byraad_ravnholt");
    let last = gold.transcript.segments.len() - 3;
    let at_ms = gold.transcript.segments[last].span.start();
    let item = Some(gold.meeting.agenda.items[0].number.clone());
    let boundary = review(ReviewKind::Boundary { at_ms, item, moved_from_ms: None });
    let (structure, _) =
        understanding::structure_reviewed(&gold.meeting, &gold.transcript, &[], &[boundary]);
    assert_eq!(items(&structure)[last], Some(0));
}

#[test]
fn a_speaker_the_referent_set_is_kept_and_the_last_line_holds() {
    let gold = gold("kredsraad_soenderfjord");
    let segment = &gold.transcript.segments[12];
    let set = |name: Option<&str>| {
        let name = name.map(str::to_owned);
        review(ReviewKind::Speaker { span: segment.span, voice: None, name, taken_back: false })
    };
    let name = gold.meeting.header.present[1].name.clone();
    let who = |review: &[Review]| {
        let (structure, remarks) =
            understanding::structure_reviewed(&gold.meeting, &gold.transcript, &[], review);
        let turn = structure.turns.into_iter().find(|t| t.segments.contains(&segment.id)).unwrap();
        assert_eq!(turn.segments, [segment.id]);
        (turn.attribution.name().map(str::to_owned), remarks)
    };
    assert_eq!(who(&[set(None), set(Some(&name))]).0, Some(name.clone()));
    assert_eq!(who(&[set(Some(&name)), set(None)]).0, None);
    let (nobody, remarks) = who(&[set(Some("Ukendt Gæst"))]);
    assert_eq!(nobody, None);
    assert!(remarks.iter().any(|remark| remark.to_string().contains("Ukendt Gæst")));
}

#[test]
fn the_draft_writes_who_was_found_and_keeps_to_the_review() {
    let gold = gold("byraad_ravnholt");
    let root = tempfile::tempdir().unwrap();
    let folder = MeetingFolder::create(root.path()).unwrap();
    let data = format!("{}/tests/data/byraad_ravnholt", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(format!("{data}/dagsorden.md"), folder.agenda()).unwrap();
    artefact::write_json(&folder.transcript(), &gold.transcript).unwrap();
    let name = gold.meeting.header.present[1].name.clone();
    let span = gold.transcript.segments[5].span;
    let set =
        ReviewKind::Speaker { span, voice: None, name: Some(name.clone()), taken_back: false };
    lines::append(&folder.review(), &review(set)).unwrap();
    draft(&folder);
    let speakers: Speakers = artefact::read_json(&folder.speakers()).unwrap();
    let heard: usize = speakers.turns.iter().map(|turn| turn.segments.len()).sum();
    assert_eq!(heard, gold.transcript.segments.len());
    let id = gold.transcript.segments[5].id;
    let turn = speakers.turns.iter().find(|turn| turn.segments.contains(&id)).unwrap();
    assert_eq!(turn.speaker.as_ref(), Some(&name));
    assert_eq!(turn.basis.as_ref().map(|basis| basis.kind), Some(BasisKind::Referent));
}

#[test]
fn a_mark_is_stronger_than_anything_said() {
    let gold = gold("kredsraad_soenderfjord");
    let at_ms = gold.transcript.segments[30].span.start();
    let mark = Mark { at_ms, at: None, kind: MarkKind::Item { item: "6".to_owned() } };
    let (structure, _) = understanding::structure(&gold.meeting, &gold.transcript, &[mark]);
    let id = gold.transcript.segments[30].id;
    let passage = structure.passages.iter().find(|p| p.segments.contains(&id)).unwrap();
    assert_eq!(passage.item, Some(ItemIndex(5)));
    assert_eq!((passage.segments[0], passage.reason.kind), (id, ReasonKind::Mark));
}

#[test]
fn marks_that_go_back_fix_the_item_of_each_stretch() {
    let gold = gold("byraad_ravnholt");
    let segments = &gold.transcript.segments;
    // Three stretches that the words contradict, in an order that no agenda has.
    let places = [4, 12, 24];
    for order in [["1", "3", "2"], ["3", "2", "1"], ["4", "1", "4"]] {
        let marks: Vec<Mark> = places
            .iter()
            .zip(order)
            .map(|(at, item)| Mark {
                at_ms: segments[*at].span.start(),
                at: None,
                kind: MarkKind::Item { item: item.to_owned() },
            })
            .collect();
        let (structure, _) = understanding::structure(&gold.meeting, &gold.transcript, &marks);
        let found = items(&structure);
        for (at, item) in places.iter().zip(order) {
            let index = gold.meeting.agenda.find(item).unwrap().0;
            assert_eq!(found[*at], Some(index), "{order:?}: {found:?}");
            let begins = structure.passages.iter().find(|p| p.segments[0] == segments[*at].id);
            assert_eq!(begins.map(|p| p.reason.kind), Some(ReasonKind::Mark), "{order:?}");
        }
        // Between two marks that go back nothing leads further back than the first of them.
        assert!(found[places[0]..places[1]].iter().all(|item| item.is_some()), "{found:?}");
    }
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
        let (structure, _) = understanding::structure(&meeting(&titles), &transcript, &[]);
        let ids: Vec<SegmentId> = transcript.segments.iter().map(|segment| segment.id).collect();
        let passages: Vec<SegmentId> =
            structure.passages.iter().flat_map(|p| p.segments.clone()).collect();
        let turns: Vec<SegmentId> = structure.turns.iter().flat_map(|t| t.segments.clone()).collect();
        prop_assert_eq!(&passages, &ids);
        prop_assert_eq!(&turns, &ids);
    }

    #[test]
    fn a_damaged_transcript_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let whole = transcript(&["Velkommen.".to_owned(), "Så er vi ved punkt to.".to_owned()]);
        let mut bytes = serde_json::to_vec(&whole).unwrap();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(2 * bytes.len()).max(1));
        if let Ok(read) = serde_json::from_slice::<Transcript>(&bytes) {
            let titles = ["Velkomst".to_owned(), "Trafik".to_owned()];
            let (structure, _) = understanding::structure(&meeting(&titles), &read, &[]);
            let held: usize = structure.passages.iter().map(|p| p.segments.len()).sum();
            prop_assert_eq!(held, read.segments.len());
        }
    }
}
