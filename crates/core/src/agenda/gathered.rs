//! The people of a page as they are gathered, in whatever form it has them.

use crate::language::pages::PagePhrases;
use crate::language::people_words::PeopleWords;
use crate::names::entry::ListedPerson;

use super::finding::Finding;
use super::zones::Sender;

/// What the people under a label are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Present,
    Remote,
    Absent,
    Chair,
    Referent,
    /// They only get a copy.
    Copy,
}

/// The people as they are gathered.
#[derive(Debug)]
pub(super) struct People<'v> {
    pub(super) known: &'v PeopleWords,
    pub(super) page: &'v PagePhrases,
    pub(super) found: Vec<ListedPerson>,
    /// Who leads, as told by initials or title.
    pub(super) chair: Option<String>,
    pub(super) referent: Option<String>,
    pub(super) sender: Option<Sender>,
    pub(super) own: bool,
    /// Whether several people stood together anywhere.
    pub(super) listed: bool,
    pub(super) remarks: Vec<Finding>,
}
