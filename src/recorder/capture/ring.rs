//! The ring between a device's thread and the writer: samples, and for each delivery how many
//! and when. The feeding side neither blocks nor allocates; when the ring is full it drops the
//! delivery and counts what it dropped.

use rtrb::{Consumer, Producer, RingBuffer};

use super::clock::Moment;
use referat_core::domain::recording::Layout;

/// Seconds of sound that the ring holds: a disk may hang that long.
const SECONDS: usize = 30;
/// Deliveries that it holds; devices deliver at most a few hundred a second.
const CHUNKS: usize = 16_384;

/// One delivery of a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// Frames delivered.
    pub frames: u32,
    /// Frames dropped just before, because the ring was full.
    pub lost: u64,
    /// When they were delivered: just after the last frame was heard.
    pub at: Moment,
}

/// The device's end.
#[derive(Debug)]
pub struct Feed {
    samples: Producer<i32>,
    chunks: Producer<Chunk>,
    lost: u64,
    /// Channels of the device, and which of them are kept.
    channels: usize,
    kept: Box<[usize]>,
}

/// The writer's end.
#[derive(Debug)]
pub struct Tap {
    samples: Consumer<i32>,
    chunks: Consumer<Chunk>,
    layout: Layout,
}

/// Makes a ring for a device of `channels` channels, of which those in `kept` (counted from 0)
/// are recorded; `layout` says how.
pub fn ring(layout: Layout, channels: usize, kept: &[usize]) -> (Feed, Tap) {
    let capacity = layout.rate_hz as usize * kept.len() * SECONDS;
    let (samples_in, samples_out) = RingBuffer::new(capacity);
    let (chunks_in, chunks_out) = RingBuffer::new(CHUNKS);
    let feed =
        Feed { samples: samples_in, chunks: chunks_in, lost: 0, channels, kept: kept.into() };
    (feed, Tap { samples: samples_out, chunks: chunks_out, layout })
}

impl Feed {
    /// Hands over interleaved samples that were delivered `at`; `convert` brings one to the
    /// layout's range. Returns false when there was no room for them.
    pub fn push<T: Copy>(&mut self, data: &[T], at: Moment, convert: impl Fn(T) -> i32) -> bool {
        let frames = data.len() / self.channels;
        let Ok(room) = self.samples.write_chunk_uninit(frames * self.kept.len()) else {
            self.lost += frames as u64;
            return false;
        };
        if self.chunks.is_full() {
            self.lost += frames as u64;
            return false;
        }
        let kept = &self.kept;
        let frames_in = data.chunks_exact(self.channels);
        let samples = frames_in.flat_map(|frame| kept.iter().map(|channel| frame[*channel]));
        room.fill_from_iter(samples.map(convert));
        let chunk = Chunk { frames: frames as u32, lost: self.lost, at };
        self.lost = 0;
        self.chunks.push(chunk).is_ok()
    }

    /// Returns how many frames there is room for.
    pub fn room(&self) -> usize {
        if self.chunks.is_full() { 0 } else { self.samples.slots() / self.kept.len() }
    }
}

impl Tap {
    /// Returns how the samples are laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Takes the next delivery, its samples into `into`; `None` when there is none.
    pub fn pop(&mut self, into: &mut Vec<i32>) -> Option<Chunk> {
        let chunk = self.chunks.pop().ok()?;
        let samples = chunk.frames as usize * usize::from(self.layout.channels);
        into.clear();
        // Samples are handed over before their chunk.
        if let Ok(read) = self.samples.read_chunk(samples) {
            let (first, second) = read.as_slices();
            into.extend_from_slice(first);
            into.extend_from_slice(second);
            read.commit_all();
        }
        Some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout { rate_hz: 10, channels: 1, bits: 16 };

    #[test]
    fn the_kept_channels_come_out_in_order() {
        let (mut feed, mut tap) = ring(Layout { channels: 2, ..LAYOUT }, 3, &[2, 0]);
        assert!(feed.push(&[1_i16, 2, 3, 4, 5, 6], Moment::default(), i32::from));
        let mut samples = Vec::new();
        let chunk = tap.pop(&mut samples).unwrap();
        assert_eq!((chunk.frames, &samples[..]), (2, &[3, 1, 6, 4][..]));
        assert!(tap.pop(&mut samples).is_none());
    }

    #[test]
    fn what_does_not_fit_is_counted_and_told_with_the_next_delivery() {
        let (mut feed, mut tap) = ring(LAYOUT, 1, &[0]);
        assert!(feed.push(&[7_i16; 300], Moment::default(), i32::from));
        assert!(!feed.push(&[8_i16; 5], Moment::default(), i32::from));
        let mut samples = Vec::new();
        assert_eq!(tap.pop(&mut samples).unwrap().lost, 0);
        assert!(feed.push(&[9_i16; 5], Moment::default(), i32::from));
        assert_eq!(tap.pop(&mut samples).unwrap().lost, 5);
        assert_eq!(samples, [9; 5]);
    }
}
