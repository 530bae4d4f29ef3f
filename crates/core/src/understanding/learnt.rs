//! What was learnt from meetings with labels, as one value that a run is given: how well a meeting
//! is understood can then be measured with models that never saw it.

use std::sync::{Arc, LazyLock};

use super::models::Understanding;
use super::people::weights::PeopleModel;
use super::route::weights::RouteWeights;
use crate::domain::language::Language;
use crate::language::words::Words;

/// Everything that was learnt.
#[derive(Clone, Debug)]
pub struct LearntModels {
    /// What sentences do.
    pub sentences: Arc<Understanding>,
    /// Whose a voice is.
    pub people: Arc<PeopleModel>,
    /// Where an item ends and another begins, before it is known who speaks.
    pub route: Arc<RouteWeights>,
    /// The same where it is known of somebody who presents an item.
    pub presented: Arc<RouteWeights>,
    /// The languages of the meetings it was learnt from. The words of another would be taken for
    /// theirs, so there the rules go alone.
    pub languages: &'static [Language],
}

/// The languages of the meetings in `corpus/`.
const LANGUAGES: [Language; 2] = [Language::DA, Language::EN];

static COMPILED: LazyLock<LearntModels> = LazyLock::new(|| LearntModels {
    sentences: Arc::new(Understanding::compiled()),
    people: Arc::new(PeopleModel::compiled()),
    route: Arc::new(RouteWeights::compiled()),
    presented: Arc::new(RouteWeights::compiled_presented()),
    languages: &LANGUAGES,
});

impl LearntModels {
    /// Returns what is compiled in.
    pub fn compiled() -> Self {
        COMPILED.clone()
    }

    /// Tells whether it was learnt from meetings in `language`.
    pub fn know(&self, language: Words<'_>) -> bool {
        self.languages.contains(&language.language())
    }
}

impl Default for LearntModels {
    fn default() -> Self {
        Self::compiled()
    }
}
