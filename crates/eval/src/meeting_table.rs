//! Scores of meetings as Markdown: what is measured down, meetings across; or, of many, the other
//! way round.

use std::fmt::Write as _;

use crate::score_agenda::Count;
use crate::score_draft::Share;
use crate::score_meeting::MeetingScore;
use crate::score_segment::Tally;

/// So many columns are the most that a page takes.
const ACROSS: usize = 12;

/// Returns the table of scores, each with the name of what it is of.
pub fn markdown(scores: &[(String, MeetingScore)]) -> String {
    let columns: Vec<Vec<(&str, String)>> = scores.iter().map(|(_, one)| figures(one)).collect();
    let Some(first) = columns.first() else { return String::new() };
    let mut text = String::new();
    if scores.len() > ACROSS {
        let names: Vec<&str> = first.iter().map(|(name, _)| *name).collect();
        let _ = writeln!(text, "| of | {} |", names.join(" | "));
        let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
        for ((name, _), column) in scores.iter().zip(&columns) {
            let cells: Vec<&str> = column.iter().map(|(_, figure)| figure.as_str()).collect();
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
        return text;
    }
    let names: Vec<&str> = scores.iter().map(|(name, _)| name.as_str()).collect();
    let _ = writeln!(text, "| what | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
    for (row, (name, _)) in first.iter().enumerate() {
        let cells: Vec<&str> = columns.iter().map(|column| column[row].1.as_str()).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    }
    text
}

fn figures(score: &MeetingScore) -> Vec<(&'static str, String)> {
    let read = |name: &str| of_count(score.dagsorden.row(name));
    let draft = &score.draft;
    let [decisions, actions, procedural, acts] = score.judged.sure;
    let guests = if score.guests.all == 0 {
        "-".to_owned()
    } else {
        format!("{:.3}", score.guests.asserted as f64 / score.guests.all as f64)
    };
    let chrf = |(sum, count): (f64, usize)| match count {
        0 => "-".to_owned(),
        count => format!("{:.3}", sum / count as f64 / 100.0),
    };
    vec![
        ("meetings", score.meetings.to_string()),
        ("people of the dagsorden, F1", read("people")),
        ("items of the dagsorden, F1", read("items")),
        ("words under the right item", of_tally(score.items).1),
        ("words named: R", of_tally(score.named).1),
        ("P", of_tally(score.named).0),
        ("named from 0.9: P", of_tally(score.sure_named).0),
        ("the chair's words: R", of_tally(score.chair).1),
        ("P", of_tally(score.chair).0),
        ("guests' words given to participants", guests),
        ("decisions: R", of_share(draft.decisions_found)),
        ("P", of_share(draft.decisions_right)),
        ("told from 0.9: P", of_share(draft.sure_decisions)),
        ("actions, whoever: R", of_share(draft.tasks_found)),
        ("actions with responsible: R", of_share(draft.actions_found)),
        ("P", of_share(draft.actions_right)),
        ("told from 0.9: P", of_share(draft.sure_actions)),
        ("deadlines of those found", of_share(draft.deadlines)),
        ("procedural: F1", of_count(score.judged.procedural)),
        ("acts of utterances", of_share(score.judged.acts)),
        ("judged from 0.9: decisions", of_share(decisions)),
        ("actions", of_share(actions)),
        ("procedural", of_share(procedural)),
        ("acts", of_share(acts)),
        ("acts of lines", of_share(draft.acts)),
        ("gold lines found", of_share(draft.gold_lines)),
        ("lines that find a gold line", of_share(draft.statements)),
        ("chrF of pairs", chrf(draft.chrf)),
        ("wording", chrf(draft.wording)),
        ("lines per utterance", of_share(draft.lines)),
        ("lines the lint hits", draft.lint.hit.to_string()),
    ]
}

fn of_share(share: Share) -> String {
    if share.of == 0 { "-".to_owned() } else { format!("{:.3}", share.value()) }
}

fn of_count(count: Count) -> String {
    let all = count.right + count.missed + count.wrong;
    if all == 0 { "-".to_owned() } else { format!("{:.3}", count.f1()) }
}

/// Returns precision and recall.
fn of_tally(tally: Tally) -> (String, String) {
    let shown = |of: u64, share: f64| match of {
        0 => "-".to_owned(),
        _ => format!("{share:.3}"),
    };
    (shown(tally.asserted, tally.precision()), shown(tally.all, tally.recall()))
}
