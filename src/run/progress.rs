//! How a run tells where it is: to whoever watches, by [`Progress`]; to another program, by
//! [`ReportLine`].

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::draft::Redrafted;
use super::error::RunError;
use crate::recorder::recover::Recovered;
use crate::store::folder::MeetingFolder;
use referat_core::domain::transcript::Transcript;

/// Something that shows progress; every call is optional to heed.
pub trait Progress {
    /// A stage of work on `what` begins; `total` is the sound it has to go through.
    fn begin(&self, stage: Stage, what: &Path, total: Option<Duration>);
    /// So much of the sound is done; `resumed` of it was done by an earlier run.
    fn at(&self, done: Duration, resumed: Duration);
    /// The stage has ended.
    fn end(&self);
    /// Something the user should know, without a final period.
    fn tell(&self, what: &Path, text: &str);
    /// Something has happened.
    fn happened(&self, _event: &RunEvent<'_>) {}
    /// Work begins that may take hours: from now on [`is_stopped`](Self::is_stopped) is heeded.
    ///
    /// # Errors
    /// Nothing would end it in time.
    fn stoppable(&self) -> Result<(), RunError> {
        Ok(())
    }
    /// Whether the work should end at the next occasion.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// The stages that take long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Finding where there is speech.
    Listening,
    /// Decoding the speech.
    Transcribing,
    /// Telling voices apart.
    Diarizing,
    /// Making the draft.
    Drafting,
}

/// What happens in a run that the user may want to know.
#[derive(Clone, Copy, Debug)]
pub enum RunEvent<'a> {
    /// What a crash of the recorder left open was mended.
    Recovered(&'a Recovered),
    /// A model was chosen that nobody asked for.
    ModelChosen(&'a str),
    /// What there is to say against a model.
    ModelWarning(&'a str),
    /// Speech is found by loudness alone: what does it better is not installed.
    NoSpeechDetector,
    /// The transcript that is there is not ours, and is used.
    TranscriptFromElsewhere,
    /// A stage's artefact was made from the same.
    UpToDate(&'a Path),
    /// A transcript was made.
    Transcribed {
        /// Its first recording.
        first: &'a Path,
        /// Where it is.
        output: &'a Path,
        /// The transcript.
        transcript: &'a Transcript,
    },
    /// The voices that are there are not ours, and are used.
    VoicesFromElsewhere,
    /// Voices are not told apart: what does it is not installed.
    NoVoices,
    /// Voices were told apart.
    ToldApart {
        /// Where they are.
        output: &'a Path,
        /// How many there are.
        voices: usize,
    },
    /// A draft was made.
    Drafted {
        /// Of this meeting.
        folder: &'a MeetingFolder,
        /// What it came to.
        made: &'a Redrafted,
    },
}

/// A line of what `referat run --report` tells the program that started it: where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "lowercase")]
pub enum ReportLine {
    /// It finds where there is speech.
    Listening(SoundStep),
    /// It decodes the speech.
    Transcribing(SoundStep),
    /// It tells voices apart.
    Diarizing(SoundStep),
    /// It makes the draft.
    Drafting,
}

/// How far a stage is that goes through sound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundStep {
    /// The recording's name.
    pub recording: String,
    /// So much of its sound is done.
    pub done_ms: u64,
    /// So much there is of it, where that is known.
    pub total_ms: Option<u64>,
    /// How long the rest is likely to take.
    pub left_ms: Option<u64>,
}

impl ReportLine {
    /// Returns the line for `stage`, which is so far as `step` says.
    pub fn new(stage: Stage, step: SoundStep) -> Self {
        match stage {
            Stage::Listening => Self::Listening(step),
            Stage::Transcribing => Self::Transcribing(step),
            Stage::Diarizing => Self::Diarizing(step),
            Stage::Drafting => Self::Drafting,
        }
    }

    /// Returns the stage, and how far it is where it goes through sound.
    pub fn parts(self) -> (Stage, Option<SoundStep>) {
        match self {
            Self::Listening(step) => (Stage::Listening, Some(step)),
            Self::Transcribing(step) => (Stage::Transcribing, Some(step)),
            Self::Diarizing(step) => (Stage::Diarizing, Some(step)),
            Self::Drafting => (Stage::Drafting, None),
        }
    }
}

/// Shows nothing.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage, _what: &Path, _total: Option<Duration>) {}
    fn at(&self, _done: Duration, _resumed: Duration) {}
    fn end(&self) {}
    fn tell(&self, _what: &Path, _text: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_report_is_read_as_it_was_told() {
        let step = SoundStep { recording: "a.wav".into(), done_ms: 5, ..SoundStep::default() };
        let lines = [
            (
                ReportLine::new(Stage::Listening, step),
                r#"{"stage":"listening","recording":"a.wav","done_ms":5,"total_ms":null,"left_ms":null}"#,
            ),
            (ReportLine::Drafting, r#"{"stage":"drafting"}"#),
        ];
        for (line, text) in lines {
            assert_eq!(serde_json::to_string(&line).unwrap(), text);
            assert_eq!(serde_json::from_str::<ReportLine>(text).unwrap(), line);
        }
    }
}
