//! Marks from another process stand in `marks.jsonl` at once, at the right place, and decide the
//! division of the meeting.

use std::time::{Duration, Instant};

use referat::recorder::request::{RecorderReply, RecorderRequest, ask};
use referat::store::folder::MeetingFolder;
use referat::store::lines;
use referat_core::domain::mark::{Mark, MarkKind};
use serde_json::json;

use crate::support;
use crate::support::done;
use crate::support::room::{Recorder, Room, noise, wait};

#[test]
fn marks_arrive_within_a_tenth_of_a_second_and_decide_the_segmentation() {
    let room = Room::open(16_000, 1);
    let root = tempfile::tempdir().unwrap();
    let meeting = root.path().join("m");
    std::fs::create_dir(&meeting).unwrap();
    let agenda = "# Dagsorden\n\n1. Velkomst\n2. Budget\n3. Eventuelt\n";
    std::fs::write(meeting.join("dagsorden.md"), agenda).unwrap();
    let mut playing = room.play(&noise(16_000 * 60, 2));
    let recorder = Recorder::start(&room, &meeting, &["--mono"]);
    let began = Instant::now();
    let folder = MeetingFolder::open(&meeting).unwrap();
    let count = || lines::read::<Mark>(&folder.marks()).unwrap().len();
    let (mut delays, mut places) = (Vec::new(), Vec::new());
    let note = |number: usize| MarkKind::Note { text: number.to_string() };
    let item = |number: &str| MarkKind::Item { item: number.into() };
    let mut kinds: Vec<MarkKind> = vec![item("1"), item("2"), item("3")];
    kinds.extend((0..7).map(note));
    for (made, kind) in kinds.iter().enumerate() {
        std::thread::sleep(Duration::from_millis(600));
        let (request, to) = (RecorderRequest::Mark(kind.clone()), folder.clone());
        let (sent, place) = (Instant::now(), began.elapsed());
        let asking = std::thread::spawn(move || ask(&to, &request).unwrap());
        wait("the mark", 10, || (count() > made).then_some(()));
        delays.push(sent.elapsed().as_millis());
        let RecorderReply::Done { at_ms } = asking.join().unwrap() else { panic!("refused") };
        places.push((at_ms.as_ms(), place.as_millis() as u64));
    }
    recorder.stop(&meeting);
    playing.kill().unwrap();
    playing.wait().unwrap();
    delays.sort_unstable();
    println!("marks arrived after {delays:?} ms");
    // One of them may have met a disk that was busy with something else.
    assert!(delays[delays.len() - 2] <= 100, "{delays:?}");
    let marks: Vec<Mark> = lines::read(&folder.marks()).unwrap();
    assert_eq!(marks.iter().map(|mark| mark.kind.clone()).collect::<Vec<_>>(), kinds);
    // The distance between marks is the time between them; where the axis begins is the
    // recorder's to say.
    let shift = places[0].0 as i64 - places[0].1 as i64;
    for (at, place) in &places {
        let off = *at as i64 - *place as i64 - shift;
        assert!(off.abs() <= 150, "{off} ms off: {places:?}");
    }

    // Words that tell nothing: only the marks can divide them.
    let segments: Vec<_> = (0..120)
        .map(|id| {
            let start = id * 250;
            json!({"id": id, "start_ms": start, "end_ms": start + 240, "text": "ja det kan vi godt"})
        })
        .collect();
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    std::fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
    done(root.path(), &["draft", "m"]);
    let minutes = support::json(&meeting.join("minutes.json"));
    for (at, number) in [(0, "1"), (1, "2"), (2, "3")] {
        let section =
            minutes["sections"].as_array().unwrap().iter().find(|s| s["item"] == number).unwrap();
        let span = &section["spans"][0];
        assert_eq!(span["reason"]["kind"], "mark", "{section:#}");
        let start = span["start_ms"].as_u64().unwrap();
        assert!(start.abs_diff(marks[at].at_ms.as_ms()) <= 300, "{start}: {:?}", marks[at]);
    }
}
