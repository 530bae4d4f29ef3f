//! What the program and its engine process say to each other: frames of a JSON message and,
//! where there is sound, its samples. Knows nothing of processes.

use std::io::{self, ErrorKind, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::recognizer::{Effort, Hearing};
use super::whisper::WhisperOptions;
use referat_core::time::Span;

/// What the engine is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EngineRequest {
    /// Number of the question, given back with the answer.
    pub id: u64,
    /// The window's place in its plan.
    pub window: usize,
    /// Its place on the recording's axis.
    pub span: Span,
    /// The sentence before it.
    pub before: String,
    /// How hard to try.
    pub effort: Effort,
    /// How the recording is decoded.
    pub options: WhisperOptions,
}

/// What the engine says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineReply {
    /// The weights are loaded.
    Ready,
    /// The process runs; said every second.
    Alive,
    /// A window was heard.
    Heard {
        /// The question's number.
        id: u64,
        /// The words.
        hearing: Hearing,
    },
    /// A window, or with no number the weights, cannot be worked with.
    Failed {
        /// The question's number.
        id: Option<u64>,
        /// What failed and why, for people.
        message: String,
        /// What the user can do about it.
        tip: Option<String>,
    },
}

/// The most bytes of a message and of samples: ten times what is ever sent. A larger length
/// is no length.
const LARGEST: usize = 1 << 26;

/// Writes a message and samples as one frame.
pub fn write(out: &mut impl Write, message: &impl Serialize, samples: &[f32]) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let mut frame = Vec::with_capacity(8 + json.len() + samples.len() * 4);
    for length in [json.len(), samples.len() * 4] {
        let length = u32::try_from(length).map_err(|_| ErrorKind::InvalidInput)?;
        frame.extend_from_slice(&length.to_le_bytes());
    }
    frame.extend_from_slice(&json);
    frame.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    out.write_all(&frame)?;
    out.flush()
}

/// Reads a frame; `None` when the other side has ended between two of them.
pub fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<(T, Vec<f32>)>> {
    let mut head = [0; 8];
    match input.read(&mut head[..1])? {
        0 => return Ok(None),
        _ => input.read_exact(&mut head[1..])?,
    }
    let [a, b, c, d, e, f, g, h] = head;
    let json = body(input, u32::from_le_bytes([a, b, c, d]))?;
    let sound = body(input, u32::from_le_bytes([e, f, g, h]))?;
    let (samples, _) = sound.as_chunks::<4>();
    let samples = samples.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    Ok(Some((serde_json::from_slice(&json)?, samples)))
}

fn body(input: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let length = length as usize;
    if length > LARGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_as_it_was_written() {
        let mut bytes = Vec::new();
        let failed = EngineReply::Failed { id: Some(7), message: "cannot".into(), tip: None };
        write(&mut bytes, &failed, &[]).unwrap();
        write(&mut bytes, &EngineReply::Ready, &[0.25, -1.0]).unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read::<EngineReply>(&mut input).unwrap(), Some((failed, vec![])));
        assert_eq!(read(&mut input).unwrap(), Some((EngineReply::Ready, vec![0.25, -1.0])));
        assert_eq!(read::<EngineReply>(&mut input).unwrap(), None);
    }

    #[test]
    fn a_torn_frame_and_a_wrong_length_are_errors() {
        let mut bytes = Vec::new();
        write(&mut bytes, &EngineReply::Alive, &[1.0]).unwrap();
        for length in 1..bytes.len() {
            assert!(read::<EngineReply>(&mut &bytes[..length]).is_err(), "{length}");
        }
        bytes[3] = 0xFF;
        assert!(read::<EngineReply>(&mut bytes.as_slice()).is_err());
    }
}
