//! What the recorder says, in words: the same for its plain lines and its screen.

use std::time::Duration;

use super::length::spoken;
use crate::recorder::recover::Recovered;
use crate::recorder::status::{Event, Phase};
use referat_core::domain::mark::MarkKind;
use referat_core::domain::recording::Hole;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It tells what was done.
    Note,
    /// It tells that something needs the referent.
    Warning,
}

/// Returns what a mark says.
pub(super) fn mark(kind: &MarkKind) -> String {
    match kind {
        MarkKind::Item { item } => format!("item {item}"),
        MarkKind::Decision => "decision".into(),
        MarkKind::Action => "action".into(),
        MarkKind::Note { text } => format!("note `{text}`"),
        MarkKind::Pause => "paused".into(),
        MarkKind::Resume => "recording again".into(),
        MarkKind::Gap => "gap".into(),
        MarkKind::Closed => "behind closed doors, not recording".into(),
    }
}

/// Returns what is being done.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting for the device",
        Phase::Recording => "recording",
        Phase::Paused => "paused",
        Phase::Closed => "behind closed doors, not recording",
        Phase::DeviceGone => "NOT RECORDING: the device is gone",
        Phase::DiskFull => "NOT RECORDING: the disk takes no more",
    }
}

/// Returns what an event says, and how much it matters.
pub(super) fn event(event: &Event) -> (Weight, String) {
    use Weight::{Note, Warning};
    match event {
        Event::Marked(made) => (Note, format!("{} at {}", mark(&made.kind), made.at_ms)),
        Event::MarkWaits(why) => {
            (Warning, format!("a mark is kept until it can be written: {why}"))
        }
        Event::Silent(length) => {
            (Warning, format!("silence for {}: check that the microphone is on", spoken(*length)))
        }
        Event::LongSilence(length) => (
            Warning,
            format!("silence for {}: is the meeting over? Stop when it is", spoken(*length)),
        ),
        Event::Clipping => {
            (Warning, "the input is too loud: turn it down, or move the microphone away".into())
        }
        Event::DiskLow(left) => {
            (Warning, format!("the disk has room for {} more: free some", spoken(*left)))
        }
        Event::DiskFull(why) => (
            Warning,
            format!("cannot write the recording: {why}; it goes on when there is room: free some"),
        ),
        Event::DiskBack => (Note, "recording again: the disk has room".into()),
        Event::DeviceGone(why) => {
            (Warning, format!("the device is gone ({why}); the recording goes on when it returns"))
        }
        Event::DeviceBack(name) => (Note, format!("recording again from {name}")),
        Event::Gap { from, to, why } => {
            let length = spoken(to.since(*from));
            (
                if why.is_wanted() { Note } else { Warning },
                match why {
                    Hole::Off => format!("{length} since the last recording ended, at {from}"),
                    why => format!("{length} without sound from {from}: {}", hole(*why)),
                },
            )
        }
        Event::ClockSet(by_ms) => {
            let by = spoken(Duration::from_millis(by_ms.unsigned_abs()));
            let way = if *by_ms < 0 { "back" } else { "forward" };
            (Note, format!("the clock was set {way} by {by}; the recording's own time runs on"))
        }
        Event::Lost(frames) => {
            (Warning, format!("{frames} samples were lost: the disk is too slow"))
        }
        Event::Overrun(times) => {
            (Warning, format!("the system lost sound ({times}): the machine is too busy"))
        }
        Event::Part(path) => (Note, format!("writing `{path}`")),
        Event::StopAsked => (Note, "stopping: asked from another terminal".into()),
        Event::SilenceEnds(length) => (Note, format!("stopping: silence for {}", spoken(*length))),
    }
}

fn hole(why: Hole) -> &'static str {
    match why {
        Hole::Pause => "paused",
        Hole::Closed => "closed doors",
        Hole::Device => "the device was gone",
        Hole::Sleep => "the machine slept",
        Hole::Disk => "the disk was full",
        Hole::Lost => "the disk was too slow",
        Hole::Off => "nothing was recorded",
    }
}

/// Returns what was recovered.
pub(super) fn recovered(one: &Recovered) -> String {
    match one.length {
        None => format!("`{}` was begun and is not there", one.path),
        Some(length) if one.gained.is_zero() => {
            format!("recovered `{}`: {}, whole", one.path, spoken(length))
        }
        Some(length) => format!(
            "recovered `{}`: {}, of which the last {} ms were not yet counted",
            one.path,
            spoken(length),
            one.gained.as_millis()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::time::Timestamp;

    #[test]
    fn a_gap_tells_from_where_how_long_and_why() {
        let gap = Event::Gap {
            from: Timestamp::from_ms(60_000),
            to: Timestamp::from_ms(75_000),
            why: Hole::Device,
        };
        let told =
            (Weight::Warning, "15 s without sound from 00:01:00: the device was gone".into());
        assert_eq!(event(&gap), told);
    }
}
