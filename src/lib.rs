//! Turns a recorded meeting and its agenda into a draft *referat* (minutes).
//!
//! # One line of stages
//! ```text
//! audio file --decode--> Pcm --vad--> Timeline --windows+whisper--> Segment* --guard--> Transcript
//!       \--voices--> Voices (labels, no names)                                            |
//! dagsorden --agenda--> Meeting + Agenda --\                                            |
//! marks (live keys), review ----------------+--understanding--> Passage* + Attribution --draft-->
//!                         Referat --layout--> Document --write--> md docx html pdf txt json
//! referat.md, DOCX (as edited) --read--> Document -----/
//! ```
//! Each stage is a function from values to values with one artefact on disk. A later stage
//! that fails never costs an earlier artefact; a stage is skipped when the hashes of its
//! inputs and its settings match.
//!
//! Before the line stands the recorder: device --ring--> writer --> `audio/*.wav`, and keys or
//! other processes --> `marks.jsonl` ([`recorder`]).
//!
//! # Invariants
//! - Text stages ([`referat_core`], [`referat_document`]) do no I/O and read no clock: the same
//!   input gives the same draft.
//! - Only `speech/whisper.rs` and `speech/vad.rs` touch a native engine.
//! - What a voice is like lives in memory, inside [`referat_voices`], and nowhere else.
//! - Decoding runs in a process of its own ([`speech::remote`]): a native crash costs one window.
//! - No person's name stands in a referat that is not among the participants.
//! - Every machine statement has at least one source segment.
//! - No network but the downloads of [`referat_weights`] and, when asked for, a language model ([`llm`]).
//! - A running recording is a valid file at every moment, and no model is loaded while it runs;
//!   it is the one file that [`store`] does not write.
//!
//! # Errors
//! Edges (files, models, network) return one error enum per module; pure stages return their
//! value with [`referat_core::remark::Remark`]s. `tests/promises/layers.rs` keeps who may import whom.

pub mod error;

pub mod audio;
pub mod llm;
pub mod speech;
pub mod store;

pub mod editing;
pub mod export;
pub mod playback;
pub mod purge;
pub mod recorder;
pub mod run;

pub mod cli;
pub mod web;
