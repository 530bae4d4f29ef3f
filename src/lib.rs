//! Turns a recorded meeting and its agenda into a draft *referat* (minutes).
//!
//! # One line of stages
//! ```text
//! audio file --decode--> Pcm --vad--> Timeline --windows+asr--> Segment* --guard--> Transcript
//! dagsorden --import--> Meeting + Agenda --\                                            |
//! marks (live keys), review ----------------+--segment--> Passage* + Attribution --draft-->
//!                         Referat --layout--> Block* --render--> md docx html pdf txt json
//! referat.md, DOCX (as edited) --import--> Block* -----/
//! ```
//! Each stage is a function from values to values with one artefact on disk. A later stage
//! that fails never costs an earlier artefact; a stage is skipped when the hashes of its
//! inputs and its settings match.
//!
//! Before the line stands the recorder: device --ring--> writer --> `audio/*.wav`, and keys or
//! other processes --> `marks.jsonl` ([`pipeline::recording`], [`audio::capture`]).
//!
//! # Invariants
//! - Text stages ([`lang`], [`segment`], [`draft`], [`import`], [`render`]) do no I/O and read
//!   no clock: the same input gives the same draft.
//! - Only `asr/whisper.rs` and `audio/vad.rs` touch a native engine.
//! - Decoding runs in a process of its own ([`asr::remote`]): a native crash costs one window.
//! - No person's name stands in a referat that is not among the participants.
//! - Every machine statement has at least one source segment.
//! - No network but [`models`]' downloads and, when asked for, a language model ([`llm`]).
//! - A running recording is a valid file at every moment, and no model is loaded while it runs;
//!   it is the one file that [`store`] does not write.
//!
//! # Errors
//! Edges (files, models, network) return one error enum per module; pure stages return their
//! value with [`remark::Remark`]s. `tests/promises/layers.rs` keeps who may import whom.

pub mod model;
pub mod remark;
pub mod time;

pub mod asr;
pub mod audio;
pub mod draft;
pub mod import;
pub mod lang;
pub mod llm;
pub mod models;
pub mod ooxml;
pub mod render;
pub mod segment;
pub mod store;

pub mod pipeline;

pub mod cli;
pub mod web;
