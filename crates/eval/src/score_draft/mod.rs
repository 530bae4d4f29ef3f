//! Scores a draft against a meeting's labels and against minutes written by hand.

mod minutes;
mod outcomes;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::AddAssign;

use referat_core::domain::referat::{Referat, Section, Statement, StatementKind};
use referat_core::domain::transcript::Transcript;
use referat_core::draft::lint::Lint;
use referat_core::language::words::Words;

use super::citing::Citations;
use super::gold::Gold;

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What was right.
    pub hit: usize,
    /// Out of these.
    pub of: usize,
}

impl Share {
    pub(crate) fn count(&mut self, hit: bool) {
        self.hit += usize::from(hit);
        self.of += 1;
    }

    /// Returns the share, 1 when there was nothing to count.
    pub fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.hit as f64 / self.of as f64 }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.hit += other.hit;
        self.of += other.of;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} ({} of {})", self.value(), self.hit, self.of)
    }
}

/// The figures of one draft; figures of several meetings add up.
#[derive(Clone, Debug, Default)]
pub struct DraftScore {
    /// Labelled decisions that a decision or vote of the draft stands for.
    pub decisions_found: Share,
    /// The draft's decisions and votes that are labelled ones.
    pub decisions_right: Share,
    /// Labelled tasks found, whoever is told to be responsible.
    pub tasks_found: Share,
    /// Labelled tasks found with their responsible.
    pub actions_found: Share,
    /// The draft's tasks that are labelled ones, with their responsible.
    pub actions_right: Share,
    /// Of the tasks found with their responsible that have a deadline or are told one: it is right.
    pub deadlines: Share,
    /// Decisions and tasks told with a confidence of at least `SURE`: they are right.
    pub sure_decisions: Share,
    /// See [`sure_decisions`](Self::sure_decisions).
    pub sure_actions: Share,
    /// Statements whose act is the labelled one of speech they cite.
    pub acts: Share,
    /// Utterances with content that a statement cites.
    pub cited: Share,
    /// Statements per utterance (`hit` lines of `of` utterances).
    pub lines: Share,
    /// Lines of the hand-written minutes that a statement covers.
    pub gold_lines: Share,
    /// Statements that cover a line of the hand-written minutes.
    pub statements: Share,
    /// Statements in whose line the lint finds a fault.
    pub lint: Share,
    /// Sum of chrF over matched lines, and their number.
    pub chrf: (f64, usize),
    /// Sum over all lines of the best chrF of what cites the same speech, whoever speaks in it.
    pub wording: (f64, usize),
    /// What went wrong, one line each.
    pub notes: Vec<String>,
}

/// What is told with this confidence is taken to be asserted.
pub const SURE: f32 = 0.9;

impl AddAssign for DraftScore {
    fn add_assign(&mut self, other: Self) {
        self.decisions_found += other.decisions_found;
        self.decisions_right += other.decisions_right;
        self.tasks_found += other.tasks_found;
        self.actions_found += other.actions_found;
        self.actions_right += other.actions_right;
        self.deadlines += other.deadlines;
        self.sure_decisions += other.sure_decisions;
        self.sure_actions += other.sure_actions;
        self.acts += other.acts;
        self.cited += other.cited;
        self.lines += other.lines;
        self.gold_lines += other.gold_lines;
        self.statements += other.statements;
        self.lint += other.lint;
        self.chrf.0 += other.chrf.0;
        self.chrf.1 += other.chrf.1;
        self.wording.0 += other.wording.0;
        self.wording.1 += other.wording.1;
        self.notes.extend(other.notes);
    }
}

impl fmt::Display for DraftScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "decisions recall     {}", self.decisions_found)?;
        writeln!(f, "decisions precision  {}", self.decisions_right)?;
        writeln!(f, "actions recall       {}", self.actions_found)?;
        writeln!(f, "actions precision    {}", self.actions_right)?;
        writeln!(f, "deadlines            {}", self.deadlines)?;
        writeln!(f, "acts                 {}", self.acts)?;
        writeln!(f, "utterances cited     {}", self.cited)?;
        writeln!(f, "lines per utterance  {}", self.lines)?;
        writeln!(f, "gold lines found     {}", self.gold_lines)?;
        writeln!(f, "statements matched   {}", self.statements)?;
        let mean = self.chrf.0 / self.chrf.1.max(1) as f64;
        write!(f, "chrF of matched      {mean:.1} ({} lines)", self.chrf.1)
    }
}

/// A statement with the utterances it cites.
struct Cited<'a> {
    section: &'a Section,
    statement: &'a Statement,
    utterances: BTreeSet<usize>,
}

/// Scores `referat`, made from `transcript`, against the labels, and against `minutes`
/// (`referat-gold.md`) if there are any. Its items bear the gold's numbers.
pub fn score(
    gold: &Gold,
    transcript: &Transcript,
    referat: &Referat,
    minutes: Option<&str>,
) -> DraftScore {
    let mut score = DraftScore::default();
    let citations = Citations::new(gold, transcript);
    let statements = referat.sections.iter().flat_map(|section| {
        let own = section.statements.iter();
        own.map(move |statement| (section, statement))
    });
    let statements: Vec<Cited<'_>> = statements
        .map(|(section, statement)| {
            let utterances = citations.of(statement);
            Cited { section, statement, utterances }
        })
        .collect();
    outcomes::decisions(gold, &statements, &mut score);
    outcomes::tasks(gold, &statements, &mut score);
    acts(gold, &statements, &mut score);
    let matter = gold.utterances.iter().enumerate().filter(|(_, one)| !one.procedural);
    for (place, utterance) in matter {
        let cited = statements.iter().any(|one| one.utterances.contains(&place));
        score.cited.count(cited);
        if !cited {
            score.notes.push(format!("not cited: {}", utterance.text));
        }
    }
    score.lines = Share { hit: statements.len(), of: gold.utterances.len() };
    let lint = Lint::new(Words::of(gold.language), &referat.header);
    for Cited { statement, .. } in &statements {
        let fault = lint.fault(&statement.text);
        score.lint.count(fault.is_some());
        if let Some(fault) = fault {
            score.notes.push(format!("{fault:?}: {}", statement.text));
        }
    }
    if let Some(minutes) = minutes {
        minutes::against_minutes(&statements, &minutes::lines(minutes), &mut score);
    }
    score
}

fn in_item(section: &Section, item: u32) -> bool {
    section.item.as_ref().map_or(item == 0, |number| *number == item.to_string())
}

fn acts(gold: &Gold, statements: &[Cited<'_>], score: &mut DraftScore) {
    for Cited { statement, utterances, .. } in statements {
        // The labels know no act for a vote or a task.
        if matches!(statement.kind, StatementKind::Vote | StatementKind::Action) {
            continue;
        }
        let cited = utterances.iter().filter_map(|place| gold.utterances.get(*place));
        let labels: Vec<&str> =
            cited.filter(|one| !one.procedural).map(|one| one.act.as_str()).collect();
        let right = labels.iter().any(|label| stands_for(label).contains(&statement.kind));
        score.acts.count(right);
        if !right {
            let kind = statement.kind;
            score.notes.push(format!("{kind:?} for {labels:?}: {}", statement.text));
        }
    }
}

fn stands_for(label: &str) -> &'static [StatementKind] {
    use StatementKind as Kind;
    match label {
        "bød velkommen" => &[Kind::Welcome, Kind::Opening],
        "orienterede" | "oplyste" => &[Kind::Information, Kind::Answer],
        "spurgte" => &[Kind::Question],
        "foreslog" => &[Kind::Proposal],
        "bekymring" => &[Kind::Concern],
        "takkede" => &[Kind::Thanks],
        "støttede" => &[Kind::Support],
        "bemærkede" => &[Kind::Remark, Kind::Objection],
        "besluttede" => &[Kind::Decision],
        "afsluttede" => &[Kind::Closing],
        _ => &[],
    }
}
