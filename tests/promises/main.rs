//! What `referat` promises, a file for each promise. They are one program: linking one for each
//! takes longer than running them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

#[path = "../support/mod.rs"]
mod support;

mod agenda;
mod agenda_hostile;
mod audio;
mod bounded;
mod commands;
mod docs;
mod draft;
mod draft_header;
mod draft_hostile;
mod draft_life;
mod draft_llm;
mod draft_phrases;
mod draft_profiles;
mod export;
mod export_docx;
mod export_pdf;
mod export_template;
mod house;
mod layers;
mod models_base;
mod models_import;
mod models_library;
mod models_pull;
mod mutated;
mod names;
mod new;
mod own_words;
mod purge;
mod referat_text;
mod run_value;
mod segment;
mod take;
mod transcripts;
mod web_document;
mod web_gate;
mod web_job;
mod web_meeting;
mod web_upload;
