//! Decisions and tasks of a draft beside the labelled ones.

use referat_core::domain::referat::{Statement, StatementKind};

use super::{Cited, DraftScore, SURE, in_item};
use crate::deadlines::same_deadline;
use crate::gold::{Action, Gold};

/// Returns the place of the utterance that begins at `start`.
fn place(gold: &Gold, start: f64) -> Option<usize> {
    let begins = |at: Option<f64>| at.is_some_and(|at| (at - start).abs() < 0.5);
    gold.utterances.iter().position(|one| begins(one.start))
}

fn stands(gold: &Gold, one: &Cited<'_>, item: u32, start: f64) -> bool {
    in_item(one.section, item) && place(gold, start).is_some_and(|at| one.utterances.contains(&at))
}

pub(super) fn decisions(gold: &Gold, statements: &[Cited<'_>], score: &mut DraftScore) {
    let decides = |one: &&Cited<'_>| {
        matches!(one.statement.kind, StatementKind::Decision | StatementKind::Vote)
    };
    let told: Vec<&Cited<'_>> = statements.iter().filter(decides).collect();
    let gold_decisions: Vec<f64> = gold.decisions.iter().map(|one| one.start).collect();
    for decision in &gold.decisions {
        let found = told.iter().any(|one| stands(gold, one, decision.item, decision.start));
        score.decisions_found.count(found);
        if !found {
            let why = missed(gold, &told, decision.item, decision.start);
            score.notes.push(format!("decision not found, {why}: {}", decision.text));
        }
    }
    for one in told {
        let mut labelled = gold.decisions.iter();
        let right = labelled.any(|decision| stands(gold, one, decision.item, decision.start));
        score.decisions_right.count(right);
        if one.statement.confidence >= SURE {
            score.sure_decisions.count(right);
        }
        if !right {
            score.notes.push(untold("decision", gold, one, &gold_decisions));
        }
    }
}

pub(super) fn tasks(gold: &Gold, statements: &[Cited<'_>], score: &mut DraftScore) {
    let told: Vec<&Cited<'_>> =
        statements.iter().filter(|one| one.statement.kind == StatementKind::Action).collect();
    let gold_tasks: Vec<f64> = gold.actions.iter().map(|one| one.start).collect();
    let falls_to = |one: &Statement, action: &Action| one.responsible == action.responsible;
    for action in &gold.actions {
        let mut own = told.iter().filter(|one| stands(gold, one, action.item, action.start));
        let any = own.clone().next().is_some();
        let found = own.clone().find(|one| falls_to(one.statement, action));
        score.tasks_found.count(any);
        score.actions_found.count(found.is_some());
        match found {
            Some(one) => deadline(one.statement, action, score),
            None => {
                let line = own.next().map(|one| one.statement.text.as_str()).unwrap_or_default();
                let who = action.responsible.as_deref().unwrap_or("-");
                let why = missed(gold, &told, action.item, action.start);
                score.notes.push(format!("task not found, {why}: {who}: {} {line}", action.text));
            }
        }
    }
    for one in told {
        let mut labelled = gold.actions.iter();
        let right = labelled.any(|action| {
            stands(gold, one, action.item, action.start) && falls_to(one.statement, action)
        });
        score.actions_right.count(right);
        if one.statement.confidence >= SURE {
            score.sure_actions.count(right);
        }
        if !right {
            score.notes.push(untold("task", gold, one, &gold_tasks));
        }
    }
}

/// Tells where what was told stands that comes nearest to something labelled, and what was said.
fn missed(gold: &Gold, told: &[&Cited<'_>], item: u32, start: f64) -> String {
    let Some(at) = place(gold, start) else { return "said nowhere".to_owned() };
    let said = gold.utterances.get(at).map(|one| one.text.as_str()).unwrap_or_default();
    let far = |one: &&&Cited<'_>| one.utterances.iter().map(|own| own.abs_diff(at)).min();
    let nearest = told.iter().filter(|one| far(one).is_some()).min_by_key(|one| far(one));
    let by = nearest.and_then(|one| {
        let item = if in_item(one.section, item) { "" } else { " under another item" };
        Some(format!("{} away{item}", far(&one)?))
    });
    format!("{} ({said})", by.unwrap_or_else(|| "none told".to_owned()))
}

/// Tells what is wrong with a decision or a task that is none, and how sure it was told.
fn untold(kind: &str, gold: &Gold, one: &Cited<'_>, starts: &[f64]) -> String {
    let cites = |start: &f64| place(gold, *start).is_some_and(|at| one.utterances.contains(&at));
    let wrong = if starts.iter().any(cites) { "item or name" } else { kind };
    format!("no {wrong} {:.2}: {}", one.statement.confidence, one.statement.text)
}

fn deadline(told: &Statement, action: &Action, score: &mut DraftScore) {
    let right = match (&told.deadline, &action.deadline) {
        (None, None) => return,
        (Some(told), Some(labelled)) => same_deadline(told, labelled),
        _ => false,
    };
    score.deadlines.count(right);
    if !right {
        let due = |due: &Option<String>| due.clone().unwrap_or_else(|| "-".to_owned());
        let (told, labelled) = (due(&told.deadline), due(&action.deadline));
        score.notes.push(format!("deadline {told} for {labelled}: {}", action.text));
    }
}
