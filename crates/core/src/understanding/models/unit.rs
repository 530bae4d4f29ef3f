//! What is judged, a sentence of one voice, and what may be said of it.

/// What is known of whoever speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerPart {
    /// Nobody knows who speaks.
    #[default]
    Unknown,
    /// Whoever leads the meeting.
    Chair,
    /// The minute taker.
    Referent,
    /// Somebody who presents an item of the agenda.
    Presenter,
    /// Another participant.
    Member,
}

impl SpeakerPart {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Chair => "chair",
            Self::Referent => "referent",
            Self::Presenter => "presenter",
            Self::Member => "member",
        }
    }
}

/// A sentence within one voice's turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpokenUnit {
    /// As heard, numbers in digits.
    pub text: String,
    /// The turn it stands in: what one voice says until another speaks. Units of a turn follow
    /// each other and carry the same number.
    pub turn: usize,
    /// The voice or the person, where either is known.
    pub voice: Option<u32>,
    /// What is known of who it is.
    pub part: SpeakerPart,
    /// Mean probability of its words, where the recogniser told.
    pub confidence: Option<f32>,
}

/// What a sentence does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActKind {
    /// It remarks something.
    #[default]
    Remark,
    /// It asks.
    Question,
    /// It decides.
    Decision,
    /// It presents a matter.
    Presentation,
    /// It proposes.
    Proposal,
    /// It tells a fact.
    Information,
    /// It tells a worry.
    Concern,
    /// It supports what was said.
    Support,
    /// It thanks.
    Thanks,
    /// It ends the meeting.
    Closing,
    /// It welcomes.
    Welcome,
}

impl ActKind {
    /// Every act, in the order of the weights.
    pub const ALL: [Self; 11] = [
        Self::Remark,
        Self::Question,
        Self::Decision,
        Self::Presentation,
        Self::Proposal,
        Self::Information,
        Self::Concern,
        Self::Support,
        Self::Thanks,
        Self::Closing,
        Self::Welcome,
    ];
}

/// One thing that is judged of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Whether something is decided.
    Decision,
    /// Whether somebody takes on or is given a task.
    Action,
    /// Whether it only conducts the meeting, or is small talk.
    Procedural,
    /// Whether a line of the minutes would rest on it.
    Matters,
    /// Whether an item of the agenda begins with it.
    Opens,
    /// Whether this is what it does.
    Act(ActKind),
}

impl Target {
    /// Number of targets.
    pub const COUNT: usize = 5 + ActKind::ALL.len();

    /// Every target, in the order of the weights.
    pub fn all() -> impl Iterator<Item = Self> {
        let plain = [Self::Decision, Self::Action, Self::Procedural, Self::Matters, Self::Opens];
        plain.into_iter().chain(ActKind::ALL.into_iter().map(Self::Act))
    }

    /// Returns the target's place among the weights.
    pub fn place(self) -> usize {
        match self {
            Self::Decision => 0,
            Self::Action => 1,
            Self::Procedural => 2,
            Self::Matters => 3,
            Self::Opens => 4,
            Self::Act(kind) => 5 + kind as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_a_place_of_its_own() {
        let places: Vec<usize> = Target::all().map(Target::place).collect();
        assert_eq!(places, (0..Target::COUNT).collect::<Vec<_>>());
    }
}
