//! The editor's server: the referent's meetings for a browser on the same machine.
//!
//! In: HTTP on loopback, from pages that `assets` carries. Out: what the other rooms make of
//! the meeting folders. It listens elsewhere only when it is told how that is kept safe
//! (`options`), lets nobody in without a secret, and answers no page but its own (`gate`,
//! `session`). What takes long runs in a process of its own (`jobs`, `record`); what is typed
//! is on the disk before it is answered (`document`).

mod address;
mod approve;
mod assets;
mod audio;
mod changed_lines;
mod document;
mod document_answer;
mod error;
mod events;
mod export;
mod gate;
mod heard;
mod history;
mod job;
mod job_requests;
mod jobs;
mod library;
mod meeting;
mod meetings;
mod note;
pub mod options;
mod record;
mod review;
mod routes;
mod sections;
pub mod server;
mod session;
mod sounds;
mod state;
mod summary;
mod tls;
mod transcripts;
mod upload;
mod voices;
#[cfg(test)]
mod wire;
mod worker;
