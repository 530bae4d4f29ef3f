//! A main clause as it is read: whose words it is in, and what is known of who is named in it.

use super::Clauses;

/// What a main clause is read by.
pub(super) struct Main<'a> {
    pub(super) clauses: Clauses<'a>,
    /// Whether a pronoun may stand for what was asked about.
    pub(super) answer: bool,
    pub(super) is_name: &'a dyn Fn(&str) -> bool,
    pub(super) is_common: &'a dyn Fn(&str) -> bool,
}
