//! A run of the recorder as a state machine: deliveries of sound come in, files and journal
//! entries go out. It places everything on the meeting's axis, which runs on through pauses
//! and losses; a new file begins wherever sound is missing or the old one gets too long.
//! It reads no clock: a feeder can drive it through six hours in seconds.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::Moment;
use super::level::Meter;
use super::part::{Unsynced, WavPart};
use super::ring::Chunk;
use referat_core::domain::recording::{Entry, Hole, Layout};

/// A file's greatest length in bytes. WAV ends at 4 GiB, and programs that read its lengths
/// as signed numbers at 2 GiB.
pub const PART_BYTES: u64 = 2_000_000_000;
/// Time without a delivery after which sound is taken to be missing.
const STALL: Duration = Duration::from_secs(2);
/// Lost sound up to this length is replaced by silence within the file, so that its time stays
/// true; more makes a new file.
const FILLED: Duration = Duration::from_secs(1);
/// How much the wall clock may differ from the steady one before it counts as set.
const CLOCK_SET: i64 = 2_000;
/// How long to wait before writing is tried again after it failed.
const RETRY: Duration = Duration::from_secs(1);
/// Room that must be there before it is tried again, beside the delivery itself.
const ROOM_BYTES: u64 = 256 * 1024;

/// Where a run of the recorder begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The meeting has no sound yet: the axis begins with the first sample.
    Fresh,
    /// There is sound up to `end`, and `now` the axis stands at `axis`.
    After {
        /// Where the earlier sound ends.
        end: Duration,
        /// Where the axis stands at `now`, not before `end`.
        axis: Duration,
        /// The moment meant.
        now: Moment,
    },
}

/// What a run is to do.
#[derive(Clone, Debug)]
pub struct TakePlan {
    /// Folder of the files; it exists.
    pub folder: PathBuf,
    /// Number in the name of the first file.
    pub number: u32,
    /// A file's greatest length in bytes.
    pub part_bytes: u64,
    /// Where the run begins.
    pub start: Start,
}

/// A run of the recorder.
#[derive(Debug)]
pub struct Take {
    plan: TakePlan,
    number: u32,
    layout: Option<Layout>,
    part: Option<(WavPart, Duration)>,
    meter: Option<Meter>,
    /// A place on the axis, and when it was reached.
    anchor: Option<(Duration, Moment)>,
    /// Where the last sound ends.
    end: Duration,
    /// Why there is no sound since `end`.
    hole: Option<Hole>,
    /// The referent wants no sound for now.
    held: Option<Hole>,
    /// Writing failed: when it was last tried, and what the system said.
    failed: Option<(Moment, String)>,
    lost: u64,
    frames: u64,
    entries: Vec<Entry>,
}

/// Returns the name of the recorder's file of this number; names sort by number.
pub fn file_name(number: u32) -> String {
    format!("optagelse-{number:04}.wav")
}

/// Returns the number in the name of a file of the recorder.
pub fn file_number(name: &str) -> Option<u32> {
    name.strip_prefix("optagelse-")?.get(..4)?.parse().ok()
}

impl Take {
    /// Returns the run that `plan` tells.
    pub fn new(plan: TakePlan) -> Self {
        let (anchor, end, hole) = match plan.start {
            Start::Fresh => (None, Duration::ZERO, None),
            Start::After { end, axis, now } => (Some((axis, now)), end, Some(Hole::Off)),
        };
        Self {
            number: plan.number,
            plan,
            layout: None,
            part: None,
            meter: None,
            anchor,
            end,
            hole,
            held: None,
            failed: None,
            lost: 0,
            frames: 0,
            entries: Vec::new(),
        }
    }

    /// Takes note that what follows comes from a device with this layout, opened anew.
    pub fn attach(&mut self, layout: Layout) {
        if self.part.is_some() {
            self.interrupt(Hole::Device);
        }
        self.layout = Some(layout);
        self.meter = Some(Meter::new(layout.bits, layout.rate_hz));
    }

    /// Takes note that the device is gone, or gives nothing.
    pub fn detach(&mut self) {
        self.interrupt(Hole::Device);
    }

    /// Stops writing because the referent wants it.
    pub fn hold(&mut self, why: Hole) {
        self.held = Some(why);
        self.interrupt(why);
        // Going from a pause to closed doors, the stricter counts.
        self.hole = self.hole.map(|_| why);
    }

    /// Goes on writing after [`Self::hold`].
    pub fn release(&mut self) {
        self.held = None;
    }

    /// Takes in a delivery.
    pub fn push(&mut self, chunk: &Chunk, samples: &[i32]) {
        let Some(layout) = self.layout else { return };
        let length = frames_long(u64::from(chunk.frames), layout);
        if let Some(meter) = &mut self.meter {
            meter.push(samples, u64::from(chunk.frames));
        }
        if let Some((_, before)) = self.anchor {
            let set = chunk.at.set_since(before);
            if set.abs() >= CLOCK_SET {
                self.entries.push(Entry::Clock { at_ms: ms(self.position(chunk.at)), by_ms: set });
            }
        }
        if self.held.is_some() {
            self.anchor = Some((self.position(chunk.at), chunk.at));
            return;
        }
        self.mind_the_gap(chunk, length, layout);
        let heard_from = self.position(chunk.at).saturating_sub(length).max(self.end);
        match self.write(chunk, samples, layout, heard_from) {
            Ok(()) => {
                self.failed = None;
                self.frames += u64::from(chunk.frames);
                self.end = self.part_end(layout).unwrap_or(self.end);
                self.anchor = Some((self.end, chunk.at));
            }
            Err(error) => {
                let now = self.position(chunk.at);
                self.end = self.part_end(layout).unwrap_or(self.end);
                self.interrupt(Hole::Disk);
                self.anchor = Some((now, chunk.at));
                // The moment of the last attempt stays: deliveries in between are no attempts.
                self.failed.get_or_insert((chunk.at, error.to_string()));
            }
        }
    }

    /// Ends the file or fills it when sound is missing before `chunk`.
    fn mind_the_gap(&mut self, chunk: &Chunk, length: Duration, layout: Layout) {
        if self.part.is_none() {
            return;
        }
        let Some((_, before)) = self.anchor else { return };
        let lost = frames_long(chunk.lost, layout);
        if chunk.at.slept_since(before) > STALL {
            self.interrupt(Hole::Sleep);
        } else if lost > FILLED {
            self.interrupt(Hole::Lost);
        } else if chunk.lost > 0 {
            self.lost += chunk.lost;
            self.entries.push(Entry::Lost { at_ms: ms(self.end), frames: chunk.lost });
            let silence = vec![0; chunk.lost as usize * usize::from(layout.channels)];
            if let Some((part, _)) = &mut self.part
                && part.write(&silence).is_err()
            {
                self.interrupt(Hole::Disk);
            }
        } else if chunk.at.since(before) > STALL + length {
            self.interrupt(Hole::Device);
        }
    }

    fn write(
        &mut self,
        chunk: &Chunk,
        samples: &[i32],
        layout: Layout,
        heard_from: Duration,
    ) -> std::io::Result<()> {
        let frames = u64::from(chunk.frames);
        if let Some((part, _)) = &self.part
            && part.bytes_with(frames) > self.plan.part_bytes
        {
            self.end_part();
            return self.begin_part(chunk, samples, layout, self.end);
        }
        if let Some((part, _)) = &mut self.part {
            return part.write(samples);
        }
        if let Some((tried, said)) = self.failed.clone() {
            if chunk.at.since(tried) < RETRY {
                return Err(std::io::Error::other(said));
            }
            self.failed = Some((chunk.at, said.clone()));
            let needed = ROOM_BYTES + samples.len() as u64 * 4;
            if self.room().is_some_and(|room| room < needed) {
                return Err(std::io::Error::other(said));
            }
        }
        self.begin_part(chunk, samples, layout, heard_from)
    }

    fn begin_part(
        &mut self,
        chunk: &Chunk,
        samples: &[i32],
        layout: Layout,
        offset: Duration,
    ) -> std::io::Result<()> {
        let path = self.plan.folder.join(file_name(self.number));
        let part = WavPart::create(&path, layout, samples)?;
        self.number += 1;
        let length = frames_long(u64::from(chunk.frames), layout).as_millis() as i64;
        if let Some(why) = self.hole.take() {
            let (from_ms, to_ms) = (ms(self.end), ms(offset));
            self.entries.push(Entry::Gap { from_ms, to_ms, why });
        }
        self.entries.push(Entry::Part {
            path: name_of(&path),
            at_ms: chunk.at.wall_ms - length,
            offset_ms: ms(offset),
            layout,
        });
        // The axis counts milliseconds where files begin.
        self.part = Some((part, Duration::from_millis(ms(offset))));
        Ok(())
    }

    /// Ends the file because sound is missing from here on.
    fn interrupt(&mut self, why: Hole) {
        if self.part.is_some() || (self.hole.is_none() && self.anchor.is_some()) {
            self.hole = Some(why);
        }
        self.end_part();
    }

    fn end_part(&mut self) {
        let Some((part, _)) = self.part.take() else { return };
        let (path, frames) = (name_of(part.path()), part.frames());
        match part.finish() {
            Ok(frames) => self.entries.push(Entry::End { path, frames }),
            // The header on the disk counts what was written by the last refresh; the next
            // start mends it, because the journal does not call the file ended.
            Err(error) => {
                self.failed.get_or_insert((Moment::default(), error.to_string()));
                self.frames = self.frames.max(frames);
            }
        }
    }

    fn part_end(&self, layout: Layout) -> Option<Duration> {
        let (part, offset) = self.part.as_ref()?;
        Some(*offset + frames_long(part.frames(), layout))
    }

    fn room(&self) -> Option<u64> {
        fs4::available_space(&self.plan.folder).ok()
    }

    /// Returns what is to be brought to the disk now; to be asked for at least every second.
    pub fn unsynced(&self) -> Option<Unsynced> {
        self.part.as_ref().and_then(|(part, _)| part.unsynced().ok().flatten())
    }

    /// Takes note of what became of the samples in `unsynced`.
    pub fn synced(&mut self, unsynced: &Unsynced, result: std::io::Result<()>) {
        let (path, frames) = unsynced.what();
        let Some((part, _)) = &mut self.part else { return };
        if part.path() != path {
            return;
        }
        if let Err(error) = result.and_then(|()| part.count(frames)) {
            let at = self.anchor.map(|(_, at)| at).unwrap_or_default();
            self.interrupt(Hole::Disk);
            self.failed = Some((at, error.to_string()));
        }
    }

    /// Ends the run.
    pub fn finish(&mut self) {
        self.end_part();
    }

    /// Returns where the axis stands `at` a moment.
    pub fn position(&self, at: Moment) -> Duration {
        self.anchor.map_or(Duration::ZERO, |(axis, then)| axis + at.since(then))
    }

    /// Returns a place on the axis and when it was reached; `None` before the first sound.
    pub fn anchor(&self) -> Option<(Duration, Moment)> {
        self.anchor
    }

    /// Takes the journal entries that came up since the last call.
    pub fn take_entries(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.entries)
    }

    /// Returns the level meter; there is none before a device is attached.
    pub fn meter(&mut self) -> Option<&mut Meter> {
        self.meter.as_mut()
    }

    /// Returns the file under way.
    pub fn path(&self) -> Option<&Path> {
        self.part.as_ref().map(|(part, _)| part.path())
    }

    /// Returns why nothing can be written, as the system says it.
    pub fn trouble(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, said)| said.as_str())
    }

    /// Returns the frames that were dropped because the disk was too slow.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Returns the frames written.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Returns the layout of the device's sound.
    pub fn layout(&self) -> Option<Layout> {
        self.layout
    }
}

fn name_of(path: &Path) -> String {
    format!("audio/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn frames_long(frames: u64, layout: Layout) -> Duration {
    let rate = u64::from(layout.rate_hz.max(1));
    Duration::from_secs(frames / rate) + Duration::from_nanos(frames % rate * 1_000_000_000 / rate)
}

fn ms(axis: Duration) -> u64 {
    axis.as_millis() as u64
}
