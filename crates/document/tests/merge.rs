//! Random lives of a draft: edited, generated again, boundaries moved, speakers renamed. Nothing
//! that a human wrote is lost, names are unique, and proposals stand only where both changed.
//!
//! The model knows nothing of how texts are merged. It puts marks of its own into the text, keeps
//! a list of those that the human has not taken out again, and looks for them afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;
use referat_core::domain::referat::StatementId;
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};
use referat_document::merge::{Draft, Spans, Texts, merge};

/// One thing that happens to a meeting's draft.
#[derive(Clone, Debug)]
enum Step {
    /// The human writes a word into a line.
    Write { line: usize },
    /// The human puts a line, a paragraph or a list entry after a line.
    Add { line: usize, form: usize },
    /// The human deletes a line.
    Delete { line: usize },
    /// The human moves a line somewhere else.
    Move { line: usize, to: usize },
    /// The machine words a statement otherwise.
    Reword { statement: usize },
    /// The machine hears a statement that it had not heard, or no longer hears one.
    Hear { statement: usize },
    /// An item begins a statement earlier or later.
    Boundary { item: usize, later: bool },
    /// Somebody is found to be somebody else.
    Rename { speaker: usize },
    /// An item is closed, or is not after all.
    Close { item: usize },
    /// Another model gives other times, so that every name changes.
    Rebase,
    /// The draft is made again.
    Regenerate,
}

fn step() -> impl Strategy<Value = Step> {
    let place = 0..1000_usize;
    prop_oneof![
        4 => place.clone().prop_map(|line| Step::Write { line }),
        3 => (place.clone(), 0..4_usize).prop_map(|(line, form)| Step::Add { line, form }),
        2 => place.clone().prop_map(|line| Step::Delete { line }),
        1 => (place.clone(), place.clone()).prop_map(|(line, to)| Step::Move { line, to }),
        2 => place.clone().prop_map(|statement| Step::Reword { statement }),
        1 => place.clone().prop_map(|statement| Step::Hear { statement }),
        2 => (place.clone(), any::<bool>()).prop_map(|(item, later)| Step::Boundary { item, later }),
        1 => place.clone().prop_map(|speaker| Step::Rename { speaker }),
        1 => place.prop_map(|item| Step::Close { item }),
        1 => Just(Step::Rebase),
        4 => Just(Step::Regenerate),
    ]
}

/// What the machine knows of the meeting.
struct Machine {
    /// Wording and whether it is heard, of each statement.
    statements: Vec<(u32, bool)>,
    /// The first statement of each item.
    boundaries: Vec<usize>,
    closed: Vec<bool>,
    speakers: [u32; 3],
    epoch: u32,
}

impl Machine {
    fn new() -> Self {
        Self {
            statements: vec![(0, true); 12],
            boundaries: vec![0, 4, 8],
            closed: vec![false; 3],
            speakers: [0; 3],
            epoch: 0,
        }
    }

    fn line(&self, index: usize) -> String {
        let speaker = index % 3;
        let name = format!("Taler{speaker}v{}", self.speakers[speaker]);
        format!("{name} orienterede om sag {index} udgave {}.", self.statements[index].0)
    }

    fn draft(&self) -> Draft {
        let mut open =
            String::from("## Referat af mødet\n\n---\n\n**Tid:**\n\nTirsdag.\n\n**Deltagende:**\n");
        for (speaker, version) in self.speakers.iter().enumerate() {
            let _ = write!(open, "\nTaler{speaker}v{version}\n");
        }
        open += "\n## Dagsorden\n\n1. Velkomst\n2. Status\n3. Eventuelt\n";
        let mut closed = String::from("## Lukket referat af mødet\n");
        let any_closed = self.closed.contains(&true);
        let mut spans = Spans::new();
        for item in 0..3 {
            let heading = format!("\n### **Ad {} Punkt {item}**\n", item + 1);
            open += &heading;
            let end = self.boundaries.get(item + 1).copied().unwrap_or(self.statements.len());
            let mut body = String::from("\n");
            for index in self.boundaries[item]..end {
                if self.statements[index].1 {
                    let id = format!("s-{:x}", index as u32 + 256 * (self.epoch + 1));
                    let start =
                        Timestamp::from_ms(index as u64 * 10_000 + u64::from(self.epoch % 5) * 300);
                    let _ = write!(
                        body,
                        "- {} <!-- {id} {start} -->\n  - {start} Ordret {index}.\n",
                        self.line(index)
                    );
                    let span = Span::from_start(start, std::time::Duration::from_secs(9));
                    spans.insert(StatementId(id), span);
                }
            }
            if self.closed[item] {
                open += "\n*Punktet er behandlet for lukkede døre.*\n";
                closed += &heading;
                closed += &body;
            } else {
                open += &body;
            }
        }
        Draft { texts: Texts { open, closed: any_closed.then_some(closed) }, spans }
    }
}

/// The human's two texts as lines.
struct Human {
    lines: [Vec<String>; 2],
    /// Marks that she wrote and has not taken out.
    marks: BTreeSet<String>,
    next: u32,
}

impl Human {
    fn read(&mut self, texts: &Texts) {
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        self.lines = [lines(&texts.open), texts.closed.as_deref().map_or_else(Vec::new, lines)];
    }

    fn texts(&self, closed: bool) -> Texts {
        let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect();
        Texts { open: text(&self.lines[0]), closed: closed.then(|| text(&self.lines[1])) }
    }

    fn place(&self, line: usize) -> (usize, usize) {
        let total = self.lines[0].len() + self.lines[1].len();
        let line = line % total.max(1);
        match line.checked_sub(self.lines[0].len()) {
            None => (0, line),
            Some(line) => (1, line),
        }
    }

    fn mark(&mut self) -> String {
        self.next += 1;
        let mark = format!("hun{}x", self.next);
        self.marks.insert(mark.clone());
        mark
    }

    fn write(&mut self, line: usize) {
        let (file, at) = self.place(line);
        if self.lines[file]
            .get(at)
            .is_none_or(|line| line.trim().is_empty() || line.starts_with("---"))
        {
            return;
        }
        let mark = self.mark();
        let line = &mut self.lines[file][at];
        // Before the comment, as one who edits the sentence does.
        let end = line.find(" <!--").unwrap_or(line.len());
        line.insert_str(end, &format!(" {mark}"));
    }

    fn add(&mut self, line: usize, form: usize) {
        let (file, at) = self.place(line);
        let mark = self.mark();
        let new = match form {
            0 => vec![format!("- {mark} egen linje")],
            1 => vec![String::new(), format!("{mark} eget afsnit"), String::new()],
            2 => vec![format!("  - {mark} under")],
            _ => vec![
                String::new(),
                format!("> {mark} citat"),
                format!("> {mark} mere"),
                String::new(),
            ],
        };
        let at = (at + 1).min(self.lines[file].len());
        self.lines[file].splice(at..at, new);
    }

    fn delete(&mut self, line: usize) {
        let (file, at) = self.place(line);
        if at < self.lines[file].len() {
            let gone = self.lines[file].remove(at);
            let left = self.lines.concat().join("\n");
            self.marks.retain(|mark| !gone.contains(mark.as_str()) || left.contains(mark.as_str()));
        }
    }

    fn shift(&mut self, line: usize, to: usize) {
        let (file, at) = self.place(line);
        if at < self.lines[file].len() {
            let moved = self.lines[file].remove(at);
            let to = to % (self.lines[file].len() + 1);
            self.lines[file].insert(to, moved);
        }
    }
}

/// The names of the statements in a text.
fn names(text: &str) -> Vec<String> {
    let comments = text.split("<!-- s-").skip(1);
    comments.filter_map(|rest| Some(rest.split_whitespace().next()?.to_owned())).collect()
}

/// The line of each statement in a draft or text, by name.
fn named_lines(texts: &Texts) -> BTreeMap<String, String> {
    let all = format!("{}\n{}", texts.open, texts.closed.as_deref().unwrap_or_default());
    let named = all.lines().filter_map(|line| {
        let (said, comment) = line.split_once(" <!-- s-")?;
        Some((comment.split_whitespace().next()?.to_owned(), said.to_owned()))
    });
    named.collect()
}

fn live(steps: &[Step]) {
    let mut machine = Machine::new();
    let mut base = machine.draft();
    let mut human = Human { lines: [Vec::new(), Vec::new()], marks: BTreeSet::new(), next: 0 };
    human.read(&base.texts);
    for step in steps {
        match *step {
            Step::Write { line } => human.write(line),
            Step::Add { line, form } => human.add(line, form),
            Step::Delete { line } => human.delete(line),
            Step::Move { line, to } => human.shift(line, to),
            Step::Reword { statement } => machine.statements[statement % 12].0 += 1,
            Step::Hear { statement } => {
                let heard = &mut machine.statements[statement % 12].1;
                *heard = !*heard;
            }
            Step::Boundary { item, later } => {
                let item = item % 2 + 1;
                let (low, high) = (
                    machine.boundaries[item - 1],
                    machine.boundaries.get(item + 1).copied().unwrap_or(12),
                );
                let at = &mut machine.boundaries[item];
                *at = if later { (*at + 1).min(high) } else { at.saturating_sub(1).max(low) };
            }
            Step::Rename { speaker } => machine.speakers[speaker % 3] += 1,
            Step::Close { item } => {
                let closed = &mut machine.closed[item % 3];
                *closed = !*closed;
            }
            Step::Rebase => machine.epoch += 1,
            Step::Regenerate => {
                base = regenerate(&base, &mut human, &machine);
            }
        }
    }
    regenerate(&base, &mut human, &machine);
}

fn regenerate(base: &Draft, human: &mut Human, machine: &Machine) -> Draft {
    let theirs = machine.draft();
    let ours = human.texts(base.texts.closed.is_some() || !human.lines[1].is_empty());
    let merged = merge(base, &ours, &theirs, Words::danish());
    let all =
        format!("{}\n{}", merged.texts.open, merged.texts.closed.as_deref().unwrap_or_default());

    for mark in &human.marks {
        assert!(
            all.contains(mark.as_str()),
            "lost {mark}\n--- ours\n{}\n--- merged\n{all}",
            human.lines.concat().join("\n")
        );
    }
    let names = names(&all);
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{all}");

    // A proposal for a statement that stood under the same name in all three texts: both changed.
    let (before, hers, new) =
        (named_lines(&base.texts), named_lines(&ours), named_lines(&theirs.texts));
    let was_open = |id: &str| human.lines.concat().join("\n").contains(&format!("forslag s-{id} "));
    for (id, line) in &new {
        let proposed = all.contains(&format!("forslag s-{id} "));
        if let (Some(base), Some(ours)) = (before.get(id), hers.get(id))
            && proposed
            && !was_open(id)
        {
            assert!(base != ours && base != line && ours != line, "{id}\n{all}");
        }
        // And where both changed there is one.
        if let (Some(base), Some(ours)) = (before.get(id), hers.get(id))
            && base != ours
            && base != line
            && ours != line
            && ours.starts_with("- ")
            && names.iter().filter(|name| *name == id).count() == 1
            && !ours.contains("<!--")
        {
            assert!(proposed, "no proposal for {id}\n{all}");
        }
    }
    assert!(all.matches("<!-- forslag").count() <= names.len() + 40, "{all}");

    // The same draft again changes nothing.
    let again = merge(&theirs, &merged.texts, &theirs, Words::danish());
    assert_eq!(again.conflicts, 0);
    assert_eq!(again.texts, merged.texts);

    human.read(&merged.texts);
    theirs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_human_word_is_lost_in_any_life_of_a_draft(steps in prop::collection::vec(step(), 1..40)) {
        live(&steps);
    }
}
