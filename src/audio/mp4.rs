//! What an MP4 file says about which part of its sound track is to be heard.
//!
//! AAC begins with samples that the encoder needs and nobody should hear, and a recording that
//! was shortened on a phone keeps what was cut away: the edit list says where the sound begins
//! and how long it is. Symphonia reads the list but does not follow it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// The largest index of a file that is read; ten hours of AAC take some 7 MB.
const MAX_INDEX_BYTES: u64 = 256 * 1024 * 1024;

/// The stretch of the sound track that is to be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    start: Ticks,
    length: Option<Ticks>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ticks {
    count: u64,
    per_second: u32,
}

impl Ticks {
    fn frames(self, rate_hz: u32) -> u64 {
        let frames = u128::from(self.count) * u128::from(rate_hz) / u128::from(self.per_second);
        u64::try_from(frames).unwrap_or(u64::MAX)
    }
}

impl Edit {
    /// Reads the edit of the first sound track, `None` when there is none or it says nothing.
    pub(super) fn read(file: &mut File) -> Option<Self> {
        let mut at = 0;
        loop {
            file.seek(SeekFrom::Start(at)).ok()?;
            let mut head = [0; 16];
            file.read_exact(&mut head[..8]).ok()?;
            let mut length = u64::from(be32(&head, 0)?);
            let mut head_length = 8;
            if length == 1 {
                file.read_exact(&mut head[8..]).ok()?;
                length = be64(&head, 8)?;
                head_length = 16;
            }
            if head.get(4..8) == Some(b"moov") {
                let mut index = Vec::new();
                let body = length.saturating_sub(head_length).min(MAX_INDEX_BYTES);
                file.take(body).read_to_end(&mut index).ok()?;
                return Self::from_index(&index);
            }
            // A length of zero means "to the end of the file".
            if length < head_length {
                return None;
            }
            at = at.checked_add(length)?;
        }
    }

    fn from_index(index: &[u8]) -> Option<Self> {
        let movie_ticks = ticks_per_second(find(index, b"mvhd")?)?;
        let track = boxes(index).filter(|(kind, _)| *kind == b"trak").map(|(_, body)| body).find(
            |track| {
                let handler = find(track, b"mdia").and_then(|media| find(media, b"hdlr"));
                handler.and_then(|body| body.get(8..12)) == Some(b"soun")
            },
        )?;
        let track_ticks = ticks_per_second(find(find(track, b"mdia")?, b"mdhd")?)?;
        let list = find(find(track, b"edts")?, b"elst")?;
        let long = *list.first()? == 1;
        let (size, field) = if long { (20, 8) } else { (12, 4) };
        let entries = list.get(8..)?.chunks_exact(size).take(be32(list, 4)? as usize);
        let mut heard = entries.filter_map(|entry| {
            let (length, start) = if long {
                (be64(entry, 0)?, be64(entry, field)?.cast_signed())
            } else {
                (u64::from(be32(entry, 0)?), i64::from(be32(entry, field)?.cast_signed()))
            };
            // A start of -1 is an empty edit: the track begins later than the others.
            Some((length, u64::try_from(start).ok()?))
        });
        let (length, start) = heard.next()?;
        // Several stretches are not cut apart; all that lies after the first start is kept.
        let whole = heard.next().is_none() && length > 0;
        Some(Self {
            start: Ticks { count: start, per_second: track_ticks },
            length: whole.then_some(Ticks { count: length, per_second: movie_ticks }),
        })
    }

    /// Returns how many decoded frames come before the sound.
    pub(super) fn lead_frames(self, rate_hz: u32) -> u64 {
        self.start.frames(rate_hz)
    }

    /// Returns how many frames the sound has, when the list says.
    pub(super) fn length_frames(self, rate_hz: u32) -> Option<u64> {
        self.length.map(|length| length.frames(rate_hz))
    }
}

/// Reads the time scale of a movie or media header.
fn ticks_per_second(body: &[u8]) -> Option<u32> {
    let at = if *body.first()? == 1 { 20 } else { 12 };
    be32(body, at).filter(|ticks| *ticks > 0)
}

fn find<'a>(body: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(body).find(|(found, _)| *found == kind).map(|(_, inner)| inner)
}

/// Iterates over the kinds and bodies of the boxes that stand side by side in `body`.
fn boxes(mut body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let length = be32(body, 0)? as usize;
        let kind = body.get(4..8)?;
        let inner = body.get(8..length)?;
        body = &body[length..];
        Some((kind, inner))
    })
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = (body.len() + 8) as u32;
        [&length.to_be_bytes()[..], kind, body].concat()
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn index(edits: &[u32]) -> Vec<u8> {
        let media = [
            boxed(b"mdhd", &words(&[0, 0, 0, 48_000, 0])),
            boxed(b"hdlr", &[&words(&[0, 0])[..], b"soun"].concat()),
        ];
        let list = [&[0, edits.len() as u32 / 3], edits].concat();
        let track =
            [boxed(b"edts", &boxed(b"elst", &words(&list))), boxed(b"mdia", &media.concat())];
        [boxed(b"mvhd", &words(&[0, 0, 0, 1000, 0])), boxed(b"trak", &track.concat())].concat()
    }

    #[test]
    fn the_encoders_own_samples_and_the_padding_are_left_out() {
        let edit = Edit::from_index(&index(&[2_500, 1024, 0x1_0000])).unwrap();
        assert_eq!(edit.lead_frames(48_000), 1024);
        assert_eq!(edit.length_frames(48_000), Some(120_000));
    }

    #[test]
    fn an_empty_edit_and_an_unknown_length_are_passed_over() {
        let edit = Edit::from_index(&index(&[70, u32::MAX, 0x1_0000, 0, 2048, 0x1_0000])).unwrap();
        assert_eq!((edit.lead_frames(48_000), edit.length_frames(48_000)), (2048, None));
    }

    #[test]
    fn half_an_index_says_nothing() {
        let whole = index(&[2_500, 1024, 0x1_0000]);
        for end in 0..whole.len() {
            assert_eq!(Edit::from_index(&whole[..end]), None);
        }
    }
}
