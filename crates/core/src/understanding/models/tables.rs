//! Which of the tables' phrases stand in a sentence: clues among others.

use crate::language::acts::Acts;
use crate::language::fillers::Fillers;
use crate::language::outcomes::{Doer, Outcomes};
use crate::language::words::Words;

/// Returns a name for every kind of phrase that is found.
pub(super) fn hits(text: &str, language: Words<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let clean = Fillers::of(language).clean(text);
    let bare = clean.trim_end_matches(['.', '!', ' ']);
    let acts = Acts::of(language);
    if let Some(act) = acts.read(&clean).or_else(|| acts.read(text)) {
        found.push(format!("act:{:?}", act.kind));
        if act.introduction {
            found.push("intro".to_owned());
        }
    }
    let words = Outcomes::of(language);
    let not = words.not_decided.is_in(bare);
    if not {
        found.push("notdecided".to_owned());
    }
    if let Some(frame) = words.decision.near(bare).find(|frame| frame.pattern.is_in(bare)) {
        let chair = if frame.chair { ":chair" } else { "" };
        let not = if not { ":not" } else { "" };
        found.push(format!("decides{chair}{not}"));
    }
    if let Some(frame) = words.action.near(bare).find(|frame| frame.pattern.is_in(bare)) {
        let verb = frame.pattern.find(bare);
        let verb = verb.as_ref().and_then(|verb| frame.pattern.group(verb, "verb")).unwrap_or("");
        let who = if frame.who == Doer::Named { "named" } else { "self" };
        let not = if words.not_task.is_in(bare) { ":not" } else { "" };
        let weak = if words.weak_verbs.contains(&verb.to_lowercase()) { ":weak" } else { "" };
        found.push(format!("task:{who}{not}{weak}"));
    }
    let asked = clean.trim_end_matches(['.', '?', '!']);
    let phrases = [
        ("approval?", &words.approval_question),
        ("assent", &words.assent),
        ("for?", &words.ask_for),
        ("against?", &words.ask_against),
        ("votes_for", &words.votes_for),
        ("votes_against", &words.votes_against),
        ("abstained", &words.votes_abstained),
        ("voted", &words.voted),
    ];
    let phrases = phrases.into_iter().filter(|(_, pattern)| pattern.is_in(asked));
    found.extend(phrases.map(|(name, _)| name.to_owned()));
    if words.deadlines.iter().any(|pattern| pattern.is_in(bare)) {
        found.push("deadline".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_that_decides_is_named() {
        let found = hits("Så er dagsordenen godkendt.", Words::danish());
        assert!(found.iter().any(|name| name == "decides"), "{found:?}");
    }
}
