//! What the phrases of a meeting tell.

use serde::Deserialize;

/// What a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueKind {
    /// An item begins here.
    Open,
    /// The meeting has begun, and its first item has not.
    Before,
    /// An item ends here.
    Close,
    /// The following item is announced.
    Next,
    /// The first item is announced.
    First,
    /// The last item is announced.
    Last,
    /// An item is announced by number.
    Number,
    /// An item is mentioned without being taken up.
    Reference,
    /// An earlier item is taken up again.
    Back,
    /// Items are taken out of order or left out.
    Swap,
    /// The next speaker is announced, not the next item.
    Onward,
    /// The meeting ends.
    End,
    /// The chair gives the word to somebody.
    Grant,
    /// Only the chair says so.
    Chair,
    /// The chair lets somebody else lead, or takes over again.
    Handover,
    /// The word is given for a contribution of one's own.
    Floor,
    /// Whoever has the floor is done.
    Done,
    /// Whoever has the floor is called.
    Holder,
    /// Whoever asked is called.
    Asker,
    /// The minister is called.
    Minister,
    /// The word is given for a remark only, so that the one who has the floor keeps it.
    Remark,
    /// Somebody is spoken of as at a parliament: `hr.`, `ordføreren`.
    Address,
    /// The speaker means themselves.
    Me,
    /// Somebody who is named within the next words is thanked.
    Thanks,
    /// Somebody whose name follows at once is thanked.
    #[serde(rename = "thank")]
    ThankYou,
    /// Whoever spoke is thanked; a remark on it may follow.
    Leave,
    /// Somebody else begins to speak.
    Turn,
    /// The speaker says who they are.
    #[serde(rename = "self")]
    Own,
}
