//! The recorder's run, fed by hand: where files begin, what stands in the journal, and that the
//! meeting's axis runs on through everything that is not recorded.

use std::path::Path;
use std::time::Duration;

use referat::recorder::capture::clock::Moment;
use referat::recorder::capture::ring::Chunk;
use referat::recorder::capture::take::{Start, Take, TakePlan};
use referat_core::domain::recording::{Entry, Hole, Layout};

const LAYOUT: Layout = Layout { rate_hz: 1000, channels: 1, bits: 16 };

/// A run with a clock of its own.
struct Feeder {
    folder: tempfile::TempDir,
    take: Take,
    now: Moment,
    entries: Vec<Entry>,
}

impl Feeder {
    fn new(part_bytes: u64, start: Start) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = TakePlan { folder: folder.path().to_owned(), number: 1, part_bytes, start };
        let mut take = Take::new(plan);
        take.attach(LAYOUT);
        let now = Moment {
            steady: Duration::from_secs(500),
            awake: Duration::from_secs(400),
            wall_ms: 1_655_966_467_000,
        };
        Self { folder, take, now, entries: Vec::new() }
    }

    fn fresh() -> Self {
        Self::new(1_000_000, Start::Fresh)
    }

    /// So many milliseconds of sound, a tenth of a second at a time.
    fn sound(&mut self, ms: u64) {
        for _ in 0..ms / 100 {
            self.deliver(0);
        }
    }

    fn deliver(&mut self, lost: u64) {
        self.wait(100 + lost);
        self.take.push(&Chunk { frames: 100, lost, at: self.now }, &[5; 100]);
        self.entries.extend(self.take.take_entries());
    }

    fn wait(&mut self, ms: u64) {
        self.now = self.now.plus(Duration::from_millis(ms));
    }

    fn sleep(&mut self, ms: u64) {
        self.now = Moment { awake: self.now.awake, ..self.now.plus(Duration::from_millis(ms)) };
    }

    fn ended(mut self) -> (Vec<Entry>, tempfile::TempDir) {
        self.take.finish();
        self.entries.extend(self.take.take_entries());
        (self.entries, self.folder)
    }
}

/// What is worth comparing: file number and place, length, gap from and to.
fn told(entries: &[Entry]) -> Vec<String> {
    let number = |path: &str| path[path.len() - 5..path.len() - 4].to_owned();
    let line = |entry: &Entry| match entry {
        Entry::Part { path, offset_ms, .. } => format!("{} from {offset_ms}", number(path)),
        Entry::End { path, frames } => format!("{} long {frames}", number(path)),
        Entry::Gap { from_ms, to_ms, why } => format!("gap {from_ms} {to_ms} {why:?}"),
        Entry::Lost { at_ms, frames } => format!("lost {frames} at {at_ms}"),
        Entry::Clock { at_ms, by_ms } => format!("clock {by_ms} at {at_ms}"),
        other => format!("{other:?}"),
    };
    entries.iter().map(line).collect()
}

fn frames(folder: &Path, number: u32) -> u32 {
    let path = folder.join(format!("optagelse-000{number}.wav"));
    hound::WavReader::open(path).unwrap().duration()
}

#[test]
fn a_long_recording_is_split_without_a_gap() {
    let mut feeder = Feeder::new(44 + 2 * 1000, Start::Fresh);
    feeder.sound(2500);
    let (entries, folder) = feeder.ended();
    let wanted =
        ["1 from 0", "1 long 1000", "2 from 1000", "2 long 1000", "3 from 2000", "3 long 500"];
    assert_eq!(told(&entries), wanted);
    assert_eq!([1, 2, 3].map(|number| frames(folder.path(), number)), [1000, 1000, 500]);
}

#[test]
fn a_device_that_stalls_or_a_machine_that_sleeps_leaves_a_gap_of_the_true_length() {
    let mut feeder = Feeder::fresh();
    feeder.sound(1000);
    feeder.wait(5000);
    feeder.sound(1000);
    feeder.sleep(60_000);
    feeder.sound(200);
    let (entries, _) = feeder.ended();
    let wanted = [
        "1 from 0",
        "1 long 1000",
        "gap 1000 6000 Device",
        "2 from 6000",
        "2 long 1000",
        "gap 7000 67000 Sleep",
        "3 from 67000",
        "3 long 200",
    ];
    assert_eq!(told(&entries), wanted);
}

#[test]
fn a_little_lost_sound_becomes_silence_and_more_becomes_a_gap() {
    let mut feeder = Feeder::fresh();
    feeder.sound(500);
    feeder.deliver(300);
    feeder.deliver(1500);
    assert_eq!(feeder.take.lost(), 300);
    let (entries, folder) = feeder.ended();
    let wanted = [
        "1 from 0",
        "lost 300 at 500",
        "1 long 900",
        "gap 900 2400 Lost",
        "2 from 2400",
        "2 long 100",
    ];
    assert_eq!(told(&entries), wanted);
    let path = folder.path().join("optagelse-0001.wav");
    let samples: Vec<i16> =
        hound::WavReader::open(path).unwrap().samples().map(Result::unwrap).collect();
    assert!(samples[500..800].iter().all(|sample| *sample == 0));
    assert!(samples[800..].iter().all(|sample| *sample == 5));
}

#[test]
fn a_pause_and_closed_doors_write_nothing_and_the_axis_runs_on() {
    let mut feeder = Feeder::fresh();
    feeder.sound(1000);
    feeder.take.hold(Hole::Pause);
    feeder.sound(3000);
    assert_eq!(feeder.take.position(feeder.now), Duration::from_secs(4));
    feeder.take.release();
    feeder.sound(500);
    feeder.take.hold(Hole::Pause);
    feeder.take.hold(Hole::Closed);
    feeder.take.detach();
    feeder.wait(10_000);
    feeder.take.release();
    feeder.take.attach(LAYOUT);
    feeder.sound(100);
    let (entries, _) = feeder.ended();
    let wanted = [
        "1 from 0",
        "1 long 1000",
        "gap 1000 4000 Pause",
        "2 from 4000",
        "2 long 500",
        "gap 4500 14500 Closed",
        "3 from 14500",
        "3 long 100",
    ];
    assert_eq!(told(&entries), wanted);
}

#[test]
fn setting_the_clock_is_noted_and_changes_nothing() {
    let mut feeder = Feeder::fresh();
    feeder.sound(1000);
    feeder.now.wall_ms -= 3_600_000;
    feeder.sound(1000);
    let (entries, _) = feeder.ended();
    assert_eq!(told(&entries), ["1 from 0", "clock -3600000 at 1100", "1 long 2000"]);
}

#[test]
fn a_device_that_returns_at_another_rate_begins_a_new_file() {
    let mut feeder = Feeder::fresh();
    feeder.sound(1000);
    feeder.take.detach();
    feeder.wait(4000);
    feeder.take.attach(Layout { rate_hz: 2000, ..LAYOUT });
    // A hundred frames are now half as long.
    feeder.wait(50);
    feeder.take.push(&Chunk { frames: 100, lost: 0, at: feeder.now }, &[5; 100]);
    let (entries, _) = feeder.ended();
    let wanted = ["1 from 0", "1 long 1000", "gap 1000 5000 Device", "2 from 5000", "2 long 100"];
    assert_eq!(told(&entries), wanted);
}

#[test]
fn a_later_run_stands_at_its_place_on_the_axis() {
    let now = Feeder::fresh().now;
    let (end, axis) = (Duration::from_secs(60), Duration::from_secs(90));
    let mut feeder = Feeder::new(1_000_000, Start::After { end, axis, now });
    feeder.sound(1000);
    let (entries, _) = feeder.ended();
    assert_eq!(told(&entries), ["gap 60000 90000 Off", "1 from 90000", "1 long 1000"]);
}

#[test]
fn an_existing_file_is_never_written_over() {
    let mut feeder = Feeder::fresh();
    let path = feeder.folder.path().join("optagelse-0001.wav");
    std::fs::write(&path, "another's").unwrap();
    feeder.sound(1000);
    assert!(feeder.take.trouble().unwrap().contains("already"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "another's");
    // It is tried again, and goes on at its true place once it can.
    std::fs::remove_file(path).unwrap();
    feeder.sound(1500);
    assert_eq!(feeder.take.trouble(), None);
    let (entries, _) = feeder.ended();
    assert!(entries.iter().any(|entry| matches!(entry, Entry::Part { .. })));
}
