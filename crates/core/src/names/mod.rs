//! People's names: which words are names, how people are written in lists, and whom a name
//! that is written or said in any form means.

pub mod entry;
pub mod given;
pub mod list;
pub mod resolver;
