//! What one segment tells of who speaks in it and who speaks after it.

use crate::language::cues::{CueKind, Cues, Found, Heard};
use crate::language::names::{Form, Mention, Names};
use crate::language::words::Words;

/// Whom the chair gives the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// A participant.
    Person { person: usize, form: Form, why: Why },
    /// Whoever has the floor.
    Holder,
    /// Whoever asked.
    Asker,
    /// The minister who takes part in the debate.
    Minister,
    /// Somebody, but it is not clear who.
    Somebody,
}

/// What for somebody is given the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// A contribution of their own.
    Floor,
    /// A remark on somebody else's.
    Remark,
    /// It was not said.
    Unsaid,
}

/// What a segment tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Signal {
    /// How surely only the chair says this.
    pub(super) chair: f32,
    /// Whom it gives the word, and in which words.
    pub(super) calls: Option<(Called, String)>,
    /// Whether giving the word was said in so many words, not only a name.
    pub(super) granted: bool,
    /// Who says who they are, and in which words.
    pub(super) own: Option<(usize, String)>,
    /// Whether it ends with a question.
    pub(super) asks: bool,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether whoever has the floor is done.
    pub(super) done: bool,
    /// Whether the word is given for a contribution of one's own.
    pub(super) floor: bool,
    /// Whether somebody else begins to speak.
    pub(super) turn: bool,
    /// Everybody spoken of.
    pub(super) mentions: Vec<usize>,
    /// Whether the chair passes to somebody else.
    pub(super) handover: bool,
    /// Whether somebody is addressed as at a parliament, by title or party and full name.
    pub(super) formal: bool,
}

/// Most words of a segment that is nothing but a call.
const CALL_WORDS: usize = 12;

/// A phrase that tells at least this much is followed by the speaker's own name.
const SAYS_WHO: f32 = 3.0;

/// Reads the signals of one segment. `opens` is how much it tells of an item beginning.
pub(super) fn signal(
    text: &str,
    names: &Names,
    language: Words<'_>,
    damage: f32,
    opens: f32,
) -> Signal {
    let heard = Heard::new(text);
    let cues = Cues::of_speakers(language).find(&heard, damage, language);
    let mentions = names.mentions(&heard);
    let length = heard.words.len();
    let strongest = |kind: CueKind| {
        let own = cues.iter().filter(move |cue| cue.kind == kind);
        own.max_by(|a, b| a.strength.total_cmp(&b.strength))
    };
    let grant = strongest(CueKind::Grant);
    // In the middle of a long contribution the same words are somebody else's.
    let edge = |words: (usize, usize)| length <= 25 || words.0 <= 4;
    let chair =
        strongest(CueKind::Chair).filter(|cue| edge(cue.words)).map_or(0.0, |cue| cue.strength);
    let leaves = strongest(CueKind::Leave).is_some();
    let chair = if leaves && length <= 5 { chair.max(2.0) } else { chair };
    let short = length <= CALL_WORDS;
    let own = strongest(CueKind::Own).and_then(|cue| {
        // `Jeg er Ida Holm` tells it only word for word, `jeg er enig med Ida` does not.
        let sure = cue.strength >= SAYS_WHO;
        let reach = if sure { 2 } else { 0 };
        let after = mentions
            .iter()
            .find(|m| m.words.0 >= cue.words.1 && m.words.0 <= cue.words.1 + reach)?;
        let close = after.form == Form::Full || (short && sure);
        close.then(|| (after.person, heard.quote(text, (cue.words.0, after.words.1)).to_owned()))
    });
    // A call that opens with a bare full name: `Hr. Nick Sørensen, værsgo.`, `Ida Holm. Jeg er …`
    let leads = mentions.first().filter(|m| m.words.0 <= 1 && m.form == Form::Full);
    let called = called(text, &heard, &mentions, language);
    let bare = short
        && called.as_ref().is_some_and(|(mention, _)| {
            mention.form != Form::Part
                && named_words(&mentions) * 2 + 4 >= length
                && !text.trim_end().ends_with('?')
        });
    // `Hvad siger ordføreren til det?` asks the speaker; it does not call them.
    let asks = text.trim_end().ends_with('?');
    let role = |kind: CueKind, short_only: usize| {
        let leading = |cue: &Found| cue.words.0 == 0 || grant.is_some();
        strongest(kind).filter(|cue| {
            let longest = if leading(cue) { CALL_WORDS } else { short_only };
            !asks && length <= longest && cue.words.1 + 6 >= length
        })
    };
    let floor = strongest(CueKind::Floor).is_some();
    let done = strongest(CueKind::Done).is_some();
    let remark = !floor && !done && strongest(CueKind::Remark).is_some();
    let done = done || (!remark && leaves);
    let grants = grant.is_some_and(|cue| cue.strength >= 2.5 || opens > 0.0 || short);
    let me = strongest(CueKind::Me);
    let mut signal = Signal {
        chair,
        granted: grants,
        own,
        done,
        floor,
        asks,
        words: length,
        handover: strongest(CueKind::Handover).is_some(),
        turn: strongest(CueKind::Turn).is_some() || asks,
        mentions: mentions.iter().map(|mention| mention.person).collect(),
        formal: strongest(CueKind::Address).is_some()
            || (short && mentions.iter().any(|mention| mention.form == Form::Title)),
        ..Signal::default()
    };
    // A name in the middle of a contribution is spoken of, not called.
    let placed = |words: (usize, usize)| length <= 25 || words.1 + 10 >= length;
    let called = called.filter(|(mention, _)| placed(mention.words));
    if let Some((mention, quote)) =
        called.filter(|_| grants || bare || (opens > 1.0 && !signal.formal))
    {
        let why = match (floor, remark) {
            (true, _) => Why::Floor,
            (_, true) => Why::Remark,
            _ => Why::Unsaid,
        };
        signal.calls =
            Some((Called::Person { person: mention.person, form: mention.form, why }, quote));
    } else if let Some(cue) = role(CueKind::Asker, CALL_WORDS) {
        signal.calls = Some((Called::Asker, heard.quote(text, cue.words).to_owned()));
    } else if let Some(cue) = role(CueKind::Holder, 6).filter(|_| !leaves) {
        signal.calls = Some((Called::Holder, heard.quote(text, cue.words).to_owned()));
    } else if let Some(cue) = role(CueKind::Minister, 6).filter(|_| !leaves) {
        signal.calls = Some((Called::Minister, heard.quote(text, cue.words).to_owned()));
    } else if grants && grant.is_some_and(|cue| cue.strength >= 2.5) {
        signal.calls = Some((Called::Somebody, String::new()));
    }
    if signal.own.is_none() && leads.is_some() && !bare && grant.is_none() && length > 3 {
        signal.own = leads
            .filter(|_| me.is_some_and(|me| me.words.0 <= 5))
            .map(|mention| (mention.person, heard.quote(text, mention.words).to_owned()));
    }
    if signal.own.is_some() {
        signal.calls = None;
    }
    signal
}

/// Returns the last person spoken of who is not being thanked, with the words about it.
fn called(
    text: &str,
    heard: &Heard,
    mentions: &[Mention],
    language: Words<'_>,
) -> Option<(Mention, String)> {
    let thanked = |mention: &&Mention| {
        let cues = Cues::of_speakers(language);
        let before = |count: usize| {
            heard.quote(text, (mention.words.0.saturating_sub(count), mention.words.0))
        };
        let at_once = if mention.form == Form::Full { 1 } else { 2 };
        cues.has(CueKind::Thanks, &Heard::new(clause(before(8))))
            || cues.has(CueKind::ThankYou, &Heard::new(before(at_once)))
    };
    let mention = mentions.iter().rev().find(|mention| !thanked(mention))?;
    // `statsministeren` in the middle of a speech is a subject, not a call.
    let from = mention.words.0.saturating_sub(3);
    let to = (mention.words.1 + 3).min(heard.words.len());
    Some((*mention, heard.quote(text, (from, to)).to_owned()))
}

fn named_words(mentions: &[Mention]) -> usize {
    mentions.iter().map(|mention| mention.words.1 - mention.words.0).sum()
}

/// Returns the last clause of a text: what stands after its last full stop, unless that only
/// ends a short form (`hr.`).
fn clause(text: &str) -> &str {
    let mut ends = text.match_indices(['.', '?', '!', ';']).filter(|(at, _)| {
        let word = text[..*at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 2
    });
    let after = ends.next_back().map_or(text, |(at, mark)| &text[at + mark.len()..]);
    after.rsplit_once(" og ").map_or(after, |(_, last)| last)
}
