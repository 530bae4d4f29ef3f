//! Six hours of sound through the ring and the writer, by a feeder instead of a device: nothing
//! is lost, the files are right and memory does not grow.

use std::path::Path;
use std::time::{Duration, Instant};

use referat::recorder::capture::clock::Moment;
use referat::recorder::capture::ring::ring;
use referat::recorder::capture::take::{Start, TakePlan};
use referat::recorder::writer::{Writer, WriterCommand};
use referat_core::domain::recording::{Entry, Layout};

use crate::support::room::in_full;

const RATE: u32 = 48_000;
const LAYOUT: Layout = Layout { rate_hz: RATE, channels: 1, bits: 16 };
const DELIVERY: usize = 480;
/// A small limit, so that there are many files: under three minutes each.
const PART_BYTES: u64 = 16_000_000;

/// The sample at a place: every place is told by its neighbours.
fn sample(at: u64) -> i16 {
    (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50) as i16
}

/// Resident memory in kilobytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Reads a finished file, checks it against the signal from `at` on and takes it away, so that
/// the disk need not hold six hours. Returns where it ends.
fn check(path: &Path, at: u64) -> u64 {
    let mut reader = hound::WavReader::open(path).unwrap();
    let frames = u64::from(reader.len());
    for (offset, read) in reader.samples::<i16>().enumerate() {
        let place = at + offset as u64;
        assert!(read.unwrap() == sample(place), "{}: place {place}", path.display());
    }
    let bytes = std::fs::metadata(path).unwrap().len();
    assert!(bytes <= PART_BYTES && bytes == 44 + frames * 2);
    std::fs::remove_file(path).unwrap();
    at + frames
}

#[test]
fn hours_of_sound_pass_without_a_loss_and_without_growing() {
    let full = in_full();
    let hours = if full { 6.0 } else { 0.25 };
    let total = (hours * 3600.0 * f64::from(RATE)) as u64 / DELIVERY as u64 * DELIVERY as u64;
    let folder = tempfile::tempdir().unwrap();
    let plan = TakePlan {
        folder: folder.path().to_owned(),
        number: 1,
        part_bytes: PART_BYTES,
        start: Start::Fresh,
    };
    let writer = Writer::start(plan, folder.path().join("recording.jsonl")).unwrap();
    let (mut feed, tap) = ring(LAYOUT, 1, &[0]);
    writer.order(WriterCommand::Attach(tap));
    let began = Instant::now();
    let start = Moment::now();
    let mut fed = 0;
    let mut delivery = vec![0; DELIVERY];
    let (mut parts, mut ended, mut checked) = (Vec::new(), 0, 0);
    let mut memories = Vec::new();
    let mut hear = |entries: Vec<Entry>| {
        for entry in entries {
            match entry {
                Entry::Part { path, offset_ms, .. } => parts.push((path, offset_ms)),
                Entry::End { path, frames } => {
                    let (begun, offset_ms) = &parts[ended];
                    assert_eq!(*begun, path);
                    assert!(
                        offset_ms.abs_diff(checked * 1000 / u64::from(RATE)) <= 1 + ended as u64
                    );
                    let name = path.rsplit('/').next().unwrap();
                    let end = check(&folder.path().join(name), checked);
                    assert_eq!(end - checked, frames);
                    checked = end;
                    ended += 1;
                }
                other => panic!("nothing else should happen: {other:?}"),
            }
        }
    };
    while fed < total {
        if feed.room() < DELIVERY {
            // A device would not wait; a feeder that is a hundred times as fast has to.
            std::thread::sleep(Duration::from_millis(2));
            continue;
        }
        for (offset, place) in delivery.iter_mut().zip(fed..) {
            *offset = sample(place);
        }
        fed += DELIVERY as u64;
        let at = start.plus(Duration::from_millis(fed * 1000 / u64::from(RATE)));
        assert!(feed.push(&delivery, at, i32::from), "a delivery was dropped");
        if fed % (total / 20 / DELIVERY as u64 * DELIVERY as u64) == 0 {
            hear(writer.take_report().news);
            memories.push(memory());
        }
    }
    while writer.report().deliveries < total / DELIVERY as u64 {
        std::thread::sleep(Duration::from_millis(5));
    }
    writer.order(WriterCommand::Finish);
    while !writer.is_dead() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let report = writer.take_report();
    hear(report.news.clone());
    assert_eq!((checked, report.lost, report.trouble), (total, 0, None));
    assert!(writer.finish().is_empty());
    let (early, late) = (memories[memories.len() / 4], memories[memories.len() - 1]);
    println!(
        "{hours} h in {:.0} s: {ended} files, {total} samples equal, no drop-outs, \
         memory {early} kB at a quarter, {late} kB at the end",
        began.elapsed().as_secs_f64()
    );
    assert!(late <= early + 4_096, "memory grew: {memories:?}");
    assert!(ended >= 5);
}
