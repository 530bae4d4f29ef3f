//! When the meeting ended: as the dagsorden says, else by the clock of the recording.
//!
//! A mark ties an instant of the recording to the wall clock; pauses before it are in it. Without
//! marks the meeting is taken to begin with the recording, at the hour the dagsorden names.

use jiff::ToSpan as _;
use jiff::civil::DateTime;

use crate::domain::mark::Mark;
use crate::domain::meeting::{ClockTime, Header};
use crate::domain::transcript::Transcript;
use crate::remark::Remark;
use crate::time::Timestamp;

/// A difference of this many minutes from the hour printed is worth telling.
const WORTH_TELLING: i32 = 5;

/// Returns `header` with its end, and what there is to tell of it.
pub fn ended(header: &Header, marks: &[Mark], transcript: &Transcript) -> (Header, Vec<Remark>) {
    let mut header = header.clone();
    let mut remarks = Vec::new();
    let last = last_instant(transcript);
    let by_marks = last.and_then(|last| by_marks(marks, last));
    match (header.end, by_marks) {
        (Some(printed), Some(ended)) => {
            let apart = i32::from(printed.minutes()) - i32::from(ended.minutes());
            if apart.abs() >= WORTH_TELLING {
                remarks.push(Remark::on_whole(format!(
                    "the dagsorden says that the meeting ends at {printed}; by the recording's \
                     clock it ended at {ended}"
                )));
            }
        }
        (None, ended) => {
            let by_start = || {
                let minutes = last?.as_ms().div_ceil(60_000);
                // A recording longer than a day tells no hour.
                (minutes < 1440).then(|| Some(header.start?.plus_minutes(minutes)))?
            };
            let ended = ended.or_else(by_start);
            // Without a date the line of time has no room for it.
            if let Some(end) = ended.filter(|_| header.start.is_some()) {
                header.end = Some(end);
                remarks.push(Remark::on_whole(format!(
                    "the dagsorden names no end; by the recording's clock the meeting ended at {end}"
                )));
            }
        }
        (Some(_), None) => {}
    }
    (header, remarks)
}

/// Returns the end of what was heard, or of the recordings where nothing was.
fn last_instant(transcript: &Transcript) -> Option<Timestamp> {
    let heard = transcript.segments.iter().map(|segment| segment.span.end()).max();
    let recorded = transcript
        .audio
        .iter()
        .map(|audio| Timestamp::from_ms(audio.offset_ms.saturating_add(audio.duration_ms)));
    heard.or_else(|| recorded.max())
}

/// Returns the hour of the instant `last` by the latest mark that tells the wall clock.
fn by_marks(marks: &[Mark], last: Timestamp) -> Option<ClockTime> {
    let known = marks.iter().filter_map(|mark| {
        // The hour as it was on the wall there: no time zone is asked.
        let at: DateTime = mark.at.as_ref()?.parse().ok()?;
        Some((mark.at_ms, at))
    });
    let (at_ms, at) = known.max_by_key(|(at_ms, _)| *at_ms)?;
    let rest = i64::try_from(last.as_ms()).ok()? - i64::try_from(at_ms.as_ms()).ok()?;
    // Half a minute more rounds to the nearest one.
    let end = at.checked_add((rest + 30_000).milliseconds()).ok()?;
    ClockTime::new(u8::try_from(end.hour()).ok()?, u8::try_from(end.minute()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mark::MarkKind;
    use crate::domain::transcript::Segment;
    use crate::time::Span;

    fn lasting(minutes: u64) -> Transcript {
        let end = Timestamp::from_ms(minutes * 60_000);
        let span = Span::new(Timestamp::from_ms(0), end).unwrap();
        Transcript {
            segments: vec![Segment { span, ..Segment::default() }],
            ..Transcript::default()
        }
    }

    fn mark(minute: u64, at: &str) -> Mark {
        let at_ms = Timestamp::from_ms(minute * 60_000);
        Mark { at_ms, at: Some(at.to_owned()), kind: MarkKind::Decision }
    }

    fn header(end: Option<&str>) -> Header {
        let clock = |text: &str| text.parse().unwrap();
        Header { start: Some(clock("08:30")), end: end.map(clock), ..Header::default() }
    }

    fn end(end: Option<&str>, marks: &[Mark], transcript: &Transcript) -> (String, usize) {
        let (header, remarks) = ended(&header(end), marks, transcript);
        (header.end.map(|end| end.to_string()).unwrap_or_default(), remarks.len())
    }

    #[test]
    fn the_dagsorden_goes_before_the_clock_and_a_difference_is_told() {
        let marks = [mark(10, "2022-06-23T08:41:07+02:00")];
        assert_eq!(end(Some("10:00"), &[], &lasting(95)), ("10:00".into(), 0));
        assert_eq!(end(Some("10:00"), &marks, &lasting(89)), ("10:00".into(), 0));
        assert_eq!(end(Some("10:00"), &marks, &lasting(120)), ("10:00".into(), 1));
    }

    #[test]
    fn the_latest_mark_ties_the_recording_to_the_wall_clock() {
        // A pause of twenty minutes lies between the two.
        let marks = [mark(10, "2022-06-23T08:41:07+02:00"), mark(60, "2022-06-23T09:51:00+02:00")];
        assert_eq!(end(None, &marks, &lasting(70)), ("10:01".into(), 1));
    }

    #[test]
    fn without_marks_the_meeting_begins_with_the_recording() {
        assert_eq!(end(None, &[], &lasting(90)), ("10:00".into(), 1));
        assert_eq!(end(None, &[], &Transcript::default()), (String::new(), 0));
        assert_eq!(end(None, &[], &lasting(60 * 24 * 7)), (String::new(), 0));
    }
}
