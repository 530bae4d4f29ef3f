//! What several said together stands once: agreement, introductions, repetitions.

use crate::domain::referat::StatementKind;
use crate::language::acts::Act;
use crate::language::reporting::Reporting;
use crate::language::words::Words;

use super::entry::Entry;

/// Agreement of at most this many words joins what it agrees with.
const SHORT: usize = 8;

/// Talk that was heard badly stands together up to this many sentences.
const BLURRED: usize = 16;

/// Contributions of at most this many sentences join into one.
const GOES_ON: usize = 6;

/// Returns the entries with those joined that make one statement.
pub(super) fn merged(entries: Vec<Entry>, language: Words<'_>) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut introduced = 0;
    for mut entry in entries {
        entry.again = comes_again(&entry, &out);
        let introduces = introduces(&entry);
        let joins = joins(&entry, out.last(), language);
        let repeats = out.iter_mut().rev().take(8).find(|before| repeats(before, &entry));
        if let Some(before) = repeats {
            before.cite(&entry.segments);
        } else if closes_again(&entry, out.last())
            && let Some(last) = out.last_mut()
        {
            last.cite(&entry.segments);
            last.assent.extend(entry.sentences);
        } else if joins && let Some(last) = out.last_mut() {
            last.cite(&entry.segments);
            last.joined.extend(entry.speaker);
            last.assent.extend(entry.sentences);
        } else if (goes_on(&entry, out.last()) || runs_on(&entry, out.last()))
            && let Some(last) = out.last_mut()
        {
            last.cite(&entry.segments);
            last.sentences.extend(entry.sentences);
        } else if thanks(&entry, out.last(), language)
            && let Some(last) = out.last_mut()
        {
            last.cite(&entry.segments);
            last.thanked = entry.speaker;
            last.assent.extend(entry.sentences);
        } else if introduces
            && introduced > 0
            && let Some(last) = out.last_mut()
        {
            last.cite(&entry.segments);
            last.text = Some(Reporting::of(language).phrases.introduced.clone());
            last.speaker = None;
            last.sentences.extend(entry.sentences);
        } else {
            introduced = 0;
            out.push(entry);
        }
        introduced = if introduces { introduced + 1 } else { 0 };
    }
    out
}

fn introduces(entry: &Entry) -> bool {
    let named = |act: &Act| act.introduction;
    let said = entry.sentences.iter().any(|one| one.act.as_ref().is_some_and(named));
    // In a round, `Ida Jensen. Jeg er ny.` introduces too: it begins with the speaker's name.
    let begins = entry.speaker.as_ref().is_some_and(|name| {
        entry.sentences.first().is_some_and(|first| {
            first.text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with([',', '.']))
        })
    });
    (said || begins) && !entry.is_outcome()
}

/// Returns whether the entry only agrees with the one before, which somebody else said.
fn joins(entry: &Entry, last: Option<&Entry>, language: Words<'_>) -> bool {
    let agrees = entry.kind == Some(StatementKind::Support) && entry.speaker.is_some();
    let words: usize = entry.sentences.iter().map(super::sentences::Sentence::len).sum();
    let agreed_with = last.is_some_and(|last| {
        last.speaker.is_some()
            && last.speaker != entry.speaker
            && matches!(
                last.kind,
                Some(
                    StatementKind::Proposal
                        | StatementKind::Thanks
                        | StatementKind::Support
                        | StatementKind::Concern
                        | StatementKind::Objection
                        | StatementKind::Remark
                )
            )
    });
    // `Vi kan tiltræde indstillingen` is of the proposal, not of the remark that came between.
    let reporting = Reporting::of(language);
    let of_proposal = entry.sentences.iter().any(|one| reporting.speaks_of_proposal(&one.text));
    let between = last.is_some_and(|last| last.kind == Some(StatementKind::Remark) && last.replies);
    agrees && words <= SHORT && agreed_with && !(of_proposal && between)
}

/// Returns whether the entry only says goodbye after the meeting was closed.
fn closes_again(entry: &Entry, last: Option<&Entry>) -> bool {
    entry.kind == Some(StatementKind::Closing)
        && last.is_some_and(|last| last.kind == Some(StatementKind::Closing))
}

/// Returns whether talk that was heard badly goes on.
fn runs_on(entry: &Entry, last: Option<&Entry>) -> bool {
    entry.blurred
        && last.is_some_and(|last| {
            last.blurred && last.sentences.len() + entry.sentences.len() <= BLURRED
        })
}

/// Returns whether an entry before has the same line to begin with: talk about the item, or the
/// presentation of the same part of it.
fn comes_again(entry: &Entry, before: &[Entry]) -> bool {
    before.iter().any(|one| {
        (entry.blurred && one.blurred)
            || (entry.presents
                && one.presents
                && one.kind == Some(StatementKind::Information)
                && one.sub == entry.sub)
    })
}

/// Returns whether a speaker goes on with the same act after a word of the chair's.
fn goes_on(entry: &Entry, last: Option<&Entry>) -> bool {
    let same = |last: &Entry| {
        last.kind == entry.kind
            && last.speaker == entry.speaker
            && last.sub == entry.sub
            && !last.sentences.iter().any(super::sentences::Sentence::is_poor)
            && last.sentences.len() + entry.sentences.len() <= GOES_ON
    };
    entry.speaker.is_some() && !entry.is_outcome() && last.is_some_and(same)
}

/// Returns whether the entry is no more than thanks for the answer before it.
fn thanks(entry: &Entry, last: Option<&Entry>, language: Words<'_>) -> bool {
    let words: usize = entry.sentences.iter().map(super::sentences::Sentence::len).sum();
    // Thanks to somebody, and congratulations, are of their own.
    let answers = format!("{} for", Reporting::of(language).phrases.thanks);
    let back = entry
        .sentences
        .iter()
        .filter_map(|one| one.act.as_ref()?.text.as_ref())
        .all(|text| !text.contains("{rest}") || text.starts_with(&answers));
    entry.kind == Some(StatementKind::Thanks)
        && entry.speaker.is_some()
        && back
        && words <= SHORT
        && last.is_some_and(|last| {
            (last.speaker.is_some() || last.is_outcome())
                && last.kind != Some(StatementKind::Vote)
                && last.speaker != entry.speaker
                && last.thanked.is_none()
        })
}

/// Returns whether the entry says what has been said already.
fn repeats(before: &Entry, entry: &Entry) -> bool {
    let same_line = before.text.is_some() && before.text == entry.text;
    let same_words = !entry.sentences.is_empty()
        && before.sentences.len() == entry.sentences.len()
        && before.sentences.iter().zip(&entry.sentences).all(|(one, two)| one.text == two.text);
    before.kind == entry.kind
        && before.speaker == entry.speaker
        && (same_line || (before.text.is_none() && entry.text.is_none() && same_words))
}
