//! Weights: what exists, where it comes from, how it is imported, which is installed. The one
//! place that uses the network.

mod checksum;
mod endpoint;
pub mod error;
mod http;
pub mod hub;
pub mod import;
pub mod installed;
pub mod library;
pub mod manifest;
pub mod pull;
pub mod recommend;
mod room;
pub mod tensors;
pub mod torch;
mod wheels;
