//! Scores a draft against a meeting's labels and against minutes written by hand.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::AddAssign;

use referat_core::domain::referat::{Referat, Section, Statement, StatementKind};

use super::gold::{Gold, Utterance};

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What was right.
    pub hit: usize,
    /// Out of these.
    pub of: usize,
}

impl Share {
    fn count(&mut self, hit: bool) {
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
    /// Labelled tasks found with their responsible and deadline.
    pub actions_found: Share,
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
    /// Sum of chrF over matched lines, and their number.
    pub chrf: (f64, usize),
    /// What went wrong, one line each.
    pub notes: Vec<String>,
}

impl AddAssign for DraftScore {
    fn add_assign(&mut self, other: Self) {
        self.decisions_found += other.decisions_found;
        self.decisions_right += other.decisions_right;
        self.actions_found += other.actions_found;
        self.acts += other.acts;
        self.cited += other.cited;
        self.lines += other.lines;
        self.gold_lines += other.gold_lines;
        self.statements += other.statements;
        self.chrf.0 += other.chrf.0;
        self.chrf.1 += other.chrf.1;
        self.notes.extend(other.notes);
    }
}

impl fmt::Display for DraftScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "decisions recall     {}", self.decisions_found)?;
        writeln!(f, "decisions precision  {}", self.decisions_right)?;
        writeln!(f, "actions              {}", self.actions_found)?;
        writeln!(f, "acts                 {}", self.acts)?;
        writeln!(f, "utterances cited     {}", self.cited)?;
        writeln!(f, "lines per utterance  {}", self.lines)?;
        writeln!(f, "gold lines found     {}", self.gold_lines)?;
        writeln!(f, "statements matched   {}", self.statements)?;
        let mean = self.chrf.0 / self.chrf.1.max(1) as f64;
        write!(f, "chrF of matched      {mean:.1} ({} lines)", self.chrf.1)
    }
}

/// Scores `referat` against the labels, and against `minutes` (`referat-gold.md`) if there are any.
pub fn score(gold: &Gold, referat: &Referat, minutes: Option<&str>) -> DraftScore {
    let mut score = DraftScore::default();
    let statements: Vec<(&Section, &Statement)> = referat
        .sections
        .iter()
        .flat_map(|section| section.statements.iter().map(move |statement| (section, statement)))
        .collect();
    outcomes(gold, &statements, &mut score);
    acts(gold, &statements, &mut score);
    for utterance in gold.utterances.iter().filter(|utterance| !utterance.procedural) {
        let cited = statements.iter().any(|(_, statement)| cites(gold, statement, utterance));
        score.cited.count(cited);
        if !cited {
            score.notes.push(format!("not cited: {}", utterance.text));
        }
    }
    score.lines = Share { hit: statements.len(), of: gold.utterances.len() };
    if let Some(minutes) = minutes {
        against_minutes(gold, &statements, &lines(minutes), &mut score);
    }
    score
}

/// Returns the utterances a statement cites: those most of which lies in one of its segments'
/// time, or the other way round.
fn cites(gold: &Gold, statement: &Statement, utterance: &Utterance) -> bool {
    let span = utterance.span();
    let own = gold.utterances.iter().position(|other| std::ptr::eq(other, utterance));
    let whole = gold.utterances.len();
    // Segments of a draft made from the gold itself are its utterances.
    if statement.segments.iter().all(|id| (id.0 as usize) < whole) {
        return own.is_some_and(|own| statement.segments.iter().any(|id| id.0 as usize == own));
    }
    span.overlap(statement.span) * 2 >= span.duration()
}

fn starts_in(gold: &Gold, statement: &Statement, start: f64) -> bool {
    let mut utterances = gold.utterances.iter();
    let utterance = utterances.find(|one| one.start.is_some_and(|at| (at - start).abs() < 0.5));
    utterance.is_some_and(|utterance| cites(gold, statement, utterance))
}

fn in_item(section: &Section, item: u32) -> bool {
    section.item.as_ref().map_or(item == 0, |number| *number == item.to_string())
}

fn outcomes(gold: &Gold, statements: &[(&Section, &Statement)], score: &mut DraftScore) {
    let decided: Vec<_> = statements
        .iter()
        .filter(|(_, one)| matches!(one.kind, StatementKind::Decision | StatementKind::Vote))
        .collect();
    for decision in &gold.decisions {
        let found = decided.iter().any(|(section, statement)| {
            in_item(section, decision.item) && starts_in(gold, statement, decision.start)
        });
        score.decisions_found.count(found);
        if !found {
            score.notes.push(format!("decision not found: {}", decision.text));
        }
    }
    for (section, statement) in decided {
        let right = gold.decisions.iter().any(|decision| {
            in_item(section, decision.item) && starts_in(gold, statement, decision.start)
        });
        score.decisions_right.count(right);
        if !right {
            score.notes.push(format!("no decision: {}", statement.text));
        }
    }
    for action in &gold.actions {
        let found = statements.iter().any(|(section, statement)| {
            statement.kind == StatementKind::Action
                && in_item(section, action.item)
                && starts_in(gold, statement, action.start)
                && statement.responsible == action.responsible
                && plain(statement.deadline.as_deref()) == plain(action.deadline.as_deref())
        });
        score.actions_found.count(found);
        if !found {
            score.notes.push(format!("task not found: {}", action.text));
        }
    }
}

/// Returns a deadline without the small words that do not tell days apart.
fn plain(deadline: Option<&str>) -> BTreeSet<String> {
    let small = ["den", "the", "of", "inden", "by", ""];
    let words = deadline.unwrap_or("").to_lowercase();
    words
        .split(|letter: char| !letter.is_alphanumeric())
        .map(|word| {
            let digits = word.trim_end_matches(char::is_alphabetic);
            if digits.is_empty() { word.to_owned() } else { digits.to_owned() }
        })
        .filter(|word| !small.contains(&word.as_str()))
        .collect()
}

fn acts(gold: &Gold, statements: &[(&Section, &Statement)], score: &mut DraftScore) {
    for (_, statement) in statements {
        let labels: Vec<&str> = gold
            .utterances
            .iter()
            .filter(|one| !one.procedural && cites(gold, statement, one))
            .map(|one| one.act.as_str())
            .collect();
        // The labels know no act for a vote or a task.
        if matches!(statement.kind, StatementKind::Vote | StatementKind::Action) {
            continue;
        }
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

/// A line of minutes written by hand.
struct Line<'a> {
    item: u32,
    text: &'a str,
    sources: Vec<usize>,
    kind: Option<StatementKind>,
}

fn lines(minutes: &str) -> Vec<Line<'_>> {
    let mut item = 0;
    let mut lines = Vec::new();
    for line in minutes.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            let mut words = heading.split([' ', '*']);
            item = words.find_map(|word| word.parse().ok()).unwrap_or(item);
        } else if let Some((text, comment)) =
            line.strip_prefix("- ").and_then(|line| line.split_once("<!-- src"))
        {
            let words = comment.trim_end_matches("-->").split_whitespace();
            let kind = match words.clone().next_back() {
                Some("decision") => Some(StatementKind::Decision),
                Some("action") => Some(StatementKind::Action),
                _ => None,
            };
            let sources = words.filter_map(|word| word.parse().ok()).collect();
            lines.push(Line { item, text: text.trim(), sources, kind });
        }
    }
    lines
}

fn against_minutes(
    gold: &Gold,
    statements: &[(&Section, &Statement)],
    lines: &[Line<'_>],
    score: &mut DraftScore,
) {
    let matches = |line: &Line<'_>, section: &Section, statement: &Statement| {
        let under = in_item(section, line.item) || (section.item.is_none() && line.item == 1);
        let overlap = line.sources.iter().any(|source| {
            gold.utterances.get(*source).is_some_and(|one| cites(gold, statement, one))
        });
        let speaker = match line.kind {
            Some(kind) => statement.kind == kind,
            None => statement.speaker.as_ref().is_some_and(|name| line.text.starts_with(name)),
        };
        under && overlap && speaker
    };
    for line in lines {
        let found: Vec<&Statement> = statements
            .iter()
            .filter(|(section, statement)| matches(line, section, statement))
            .map(|(_, statement)| *statement)
            .collect();
        score.gold_lines.count(!found.is_empty());
        let best = found.iter().map(|statement| chrf(&statement.text, line.text)).reduce(f64::max);
        match best {
            Some(best) => {
                score.chrf.0 += best;
                score.chrf.1 += 1;
            }
            None => score.notes.push(format!("line not found: {}", line.text)),
        }
    }
    for (section, statement) in statements {
        let found = lines.iter().any(|line| matches(line, section, statement));
        score.statements.count(found);
        if !found {
            score.notes.push(format!("no such line: {}", statement.text));
        }
    }
}

/// Returns the character n-gram F-score (n up to 6, recall weighted twice), 0 to 100.
pub fn chrf(hypothesis: &str, reference: &str) -> f64 {
    let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0);
    for n in 1..=6 {
        let (ours, theirs) = (ngrams(hypothesis, n), ngrams(reference, n));
        let (our_sum, their_sum): (usize, usize) = (ours.values().sum(), theirs.values().sum());
        if our_sum == 0 || their_sum == 0 {
            continue;
        }
        let shared: usize = ours
            .iter()
            .map(|(gram, count)| (*count).min(theirs.get(gram).copied().unwrap_or(0)))
            .sum();
        precision += shared as f64 / our_sum as f64;
        recall += shared as f64 / their_sum as f64;
        orders += 1;
    }
    if orders == 0 || precision + recall == 0.0 {
        return 0.0;
    }
    let (precision, recall) = (precision / f64::from(orders), recall / f64::from(orders));
    100.0 * 5.0 * precision * recall / (4.0 * precision + recall)
}

fn ngrams(text: &str, n: usize) -> HashMap<String, usize> {
    let letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut counts = HashMap::new();
    for gram in letters.windows(n) {
        *counts.entry(gram.iter().collect()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chrf_is_100_for_the_same_and_0_for_nothing_shared() {
        assert!((chrf("taget er utæt", "taget er utæt") - 100.0).abs() < 1e-9);
        assert!(chrf("abc", "xyz").abs() < 1e-9);
    }

    #[test]
    fn a_deadline_is_compared_without_small_words() {
        assert_eq!(plain(Some("den 1. maj")), plain(Some("1. maj")));
        assert_eq!(plain(Some("1st of June")), plain(Some("1 June")));
        assert_ne!(plain(Some("1. maj")), plain(Some("1. juni")));
    }
}
