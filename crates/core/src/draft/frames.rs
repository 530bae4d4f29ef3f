//! What a sentence's own phrase makes of it (`jeg foreslår, at …`), where what was said fits it.

use crate::domain::referat::StatementKind;
use crate::language::clauses::{Clauses, Reported, Room};
use crate::language::reporting::Reporting;
use crate::language::words::Words;

use super::people::People;
use super::sentences::Sentence;

/// Returns the predicate that the sentence's frame makes, when it is of that kind and what was
/// said fits the frame.
pub(super) fn framed(
    sentence: &Sentence,
    kind: StatementKind,
    people: &People<'_>,
    language: Words<'_>,
) -> Option<String> {
    // An answer is information that was asked for.
    let told = if kind == StatementKind::Answer { StatementKind::Information } else { kind };
    let act = sentence.act.as_ref().filter(|act| act.kind == told)?;
    let text = act.text.as_ref().filter(|_| !sentence.is_unclear())?;
    if !text.contains("{rest}") {
        return Some(text.clone());
    }
    let rest = act.rest.as_deref().unwrap_or("").trim();
    let is_name = |word: &str| people.is_name(word);
    let clauses = Clauses::of(language);
    // `… til generalforsamling, dejligt at se så mange`: what hangs on is no part of the frame.
    let rest = match rest.split_once(", ") {
        Some((thing, more))
            if kind == StatementKind::Welcome && more.starts_with(char::is_lowercase) =>
        {
            thing.to_owned()
        }
        _ => people.unaddressed(rest),
    };
    // `anbefaler at give dispensation`: an infinitive stands behind no comma.
    let that = &Reporting::of(language).phrases.that;
    let text = match text.strip_suffix(&format!(", {that} {{rest}}")) {
        Some(before) if clauses.opens_with_infinitive(&rest) => {
            &format!("{before} {that} {{rest}}")
        }
        _ => text,
    };
    let rest = if act.main {
        match clauses.reported(&rest, true, &is_name)? {
            Reported::That(that) => that,
            Reported::Named(_) => return None,
        }
    } else {
        let reporting = Reporting::of(language);
        let room = room(text, &rest, clauses, reporting);
        let words: Vec<&str> = rest.split_whitespace().collect();
        let is_turned = clauses.is_finite(&words, 1) && kind == StatementKind::Question;
        match reporting.indirect_question(&format!("{rest}?")) {
            Some(turned) if room == Room::Clause && is_turned => {
                clauses.fitted(&turned, room, &is_name)?
            }
            _ => clauses.fitted(&rest, room, &is_name)?,
        }
    };
    // `foreslog at sige det`: what, was said before.
    if kind == StatementKind::Proposal && clauses.telling_words(&rest) == 0 {
        return None;
    }
    let rest = Reporting::of(language).stepped_back(rest);
    // `efterlyste, at …`: a clause stands behind a comma, a thing does not.
    let that = format!("{} ", Reporting::of(language).phrases.that);
    let comma = Reporting::of(language).phrases.comma_that.starts_with(',');
    let apart = comma && rest.starts_with(&that) && !text.contains(", {rest}");
    let text = if apart { text.replace(" {rest}", ", {rest}") } else { text.clone() };
    Some(text.replace("{rest}", &rest))
}

/// Returns what the frame has room for.
fn room(text: &str, rest: &str, clauses: Clauses<'_>, reporting: Reporting<'_>) -> Room {
    let before = text.split("{rest}").next().unwrap_or("").trim_end();
    let that = &reporting.phrases.that;
    let comma = if reporting.phrases.comma_that.starts_with(',') { "," } else { "" };
    if before.ends_with(&format!("{comma} {that}")) {
        return Room::Clause;
    }
    if reporting.phrases.infinitive_after.iter().any(|end| before.ends_with(end.as_str())) {
        return Room::Infinitive;
    }
    let first = rest.split([' ', ',']).next().unwrap_or("");
    if clauses.opens_clause(first) { Room::Clause } else { Room::Thing }
}
