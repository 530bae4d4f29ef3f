//! Two writers changed the same text: the changes of both, block by block.
//!
//! In: the text that both went out from, the one that is being saved (ours), and the one that
//! stands on the disk meanwhile (theirs). Where only one changed a block, that holds. Where both
//! did, ours stays and theirs stands beside it as a proposal. Nothing that either wrote is left
//! out of the result.

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::entries::{EditorEntry, Proposed};
use referat_core::domain::referat::StatementId;
use referat_document::document::{Beneath, Block, Document, NumberedEntry, StatementBlock};
use referat_document::markdown::write::markdown;

/// Returns the text of both, and how many blocks both changed.
pub fn together(
    base: &[EditorEntry],
    ours: &[EditorEntry],
    theirs: &[EditorEntry],
) -> (Vec<EditorEntry>, usize) {
    let mut both = Both::default();
    let (to_ours, to_theirs) = (pairs(base, ours), pairs(base, theirs));
    let (mut b, mut o, mut t) = (0, 0, 0);
    for (place, entry) in base.iter().enumerate() {
        let (Some(&our), Some(&their)) = (to_ours.get(&place), to_theirs.get(&place)) else {
            continue;
        };
        both.stretch(&base[b..place], &ours[o..our], &theirs[t..their]);
        both.one(entry, &ours[our], &theirs[their]);
        (b, o, t) = (place + 1, our + 1, their + 1);
    }
    both.stretch(&base[b..], &ours[o..], &theirs[t..]);
    (once(both.entries, base), both.conflicts)
}

/// What an entry goes by from one text to the other.
fn name(entry: &EditorEntry) -> String {
    match entry {
        EditorEntry::Block(Block::Statement(StatementBlock { id: Some(id), .. })) => id.0.clone(),
        EditorEntry::Proposal { proposal } => format!("proposal {}", proposal.key),
        EditorEntry::Block(block) => serde_json::to_string(block).unwrap_or_default(),
    }
}

/// Returns which entry of `other` each of `base` is, in order.
fn pairs(base: &[EditorEntry], other: &[EditorEntry]) -> HashMap<usize, usize> {
    let names = |entries: &[EditorEntry]| entries.iter().map(name).collect::<Vec<String>>();
    let mut pairs = HashMap::new();
    for step in capture_diff_slices(Algorithm::Myers, &names(base), &names(other)) {
        if let DiffOp::Equal { old_index, new_index, len } = step {
            pairs.extend((0..len).map(|at| (old_index + at, new_index + at)));
        }
    }
    pairs
}

#[derive(Default)]
struct Both {
    entries: Vec<EditorEntry>,
    conflicts: usize,
}

impl Both {
    /// Takes what lies between two entries that all three texts have.
    fn stretch(&mut self, base: &[EditorEntry], ours: &[EditorEntry], theirs: &[EditorEntry]) {
        if ours == base || ours == theirs {
            self.entries.extend_from_slice(theirs);
        } else if theirs == base {
            self.entries.extend_from_slice(ours);
        } else if base.len() == ours.len() && base.len() == theirs.len() {
            for ((base, ours), theirs) in base.iter().zip(ours).zip(theirs) {
                self.one(base, ours, theirs);
            }
        } else {
            self.entries.extend(joined(base, ours, theirs));
        }
    }

    /// Takes one entry that all three texts have.
    fn one(&mut self, base: &EditorEntry, ours: &EditorEntry, theirs: &EditorEntry) {
        if ours == base || ours == theirs {
            return self.entries.push(theirs.clone());
        }
        let (EditorEntry::Block(block), EditorEntry::Block(other)) = (ours, theirs) else {
            // Proposals: the one that is settled or changed here is ours.
            self.entries.push(ours.clone());
            if theirs != base && matches!(theirs, EditorEntry::Block(_)) {
                self.entries.push(theirs.clone());
            }
            return;
        };
        if theirs == base {
            return self.entries.push(ours.clone());
        }
        let base = match base {
            EditorEntry::Block(base) => Some(base),
            EditorEntry::Proposal { .. } => None,
        };
        let (block, proposal) = block_of_both(base, block, other);
        self.entries.push(EditorEntry::Block(block));
        if let Some(proposal) = proposal {
            self.conflicts += 1;
            self.entries.push(EditorEntry::Proposal { proposal });
        }
    }
}

/// Joins two lists that were both changed: what either took out unchanged stays out, what either
/// wrote stays in, ours first.
fn joined<T: PartialEq + Clone>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<T> {
    let stays = |it: &&T| !base.contains(it) || theirs.contains(it);
    let new = |it: &&T| !base.contains(it) && !ours.contains(it);
    ours.iter().filter(stays).chain(theirs.iter().filter(new)).cloned().collect()
}

/// Joins one block that both changed; where the same words were, theirs are a proposal.
fn block_of_both(base: Option<&Block>, ours: &Block, theirs: &Block) -> (Block, Option<Proposed>) {
    match (base, ours, theirs) {
        (Some(Block::Statement(base)), Block::Statement(ours), Block::Statement(theirs)) => {
            let beneath: Vec<Beneath> = if ours.beneath == base.beneath {
                theirs.beneath.clone()
            } else if theirs.beneath == base.beneath {
                ours.beneath.clone()
            } else {
                joined(&base.beneath, &ours.beneath, &theirs.beneath)
            };
            let free = ours.text == base.text || theirs.text == base.text;
            let text = if ours.text == base.text { &theirs.text } else { &ours.text };
            let (text, at) = (text.clone(), theirs.at.clone());
            let one = Block::Statement(StatementBlock { id: ours.id.clone(), at, text, beneath });
            let clash = !free && ours.text != theirs.text;
            (one, clash.then(|| proposal(ours.id.as_ref(), &Block::Statement(theirs.clone()))))
        }
        (Some(Block::Numbered(base)), Block::Numbered(ours), Block::Numbered(theirs)) => {
            let same_length = base.len() == ours.len() && base.len() == theirs.len();
            let clashes = |at: usize| {
                ours[at] != base[at] && theirs[at] != base[at] && ours[at] != theirs[at]
            };
            if same_length && (0..base.len()).any(clashes) {
                let theirs = Block::Numbered(theirs.clone());
                return (Block::Numbered(ours.clone()), Some(proposal(None, &theirs)));
            }
            let entries: Vec<NumberedEntry> = match same_length {
                true => (0..base.len())
                    .map(|at| if ours[at] == base[at] { &theirs[at] } else { &ours[at] })
                    .cloned()
                    .collect(),
                false => joined(base, ours, theirs),
            };
            (Block::Numbered(entries), None)
        }
        _ => (ours.clone(), Some(proposal(None, theirs))),
    }
}

/// Returns their block as a proposal beside the statement `id`, or beside a block without a name.
fn proposal(id: Option<&StatementId>, theirs: &Block) -> Proposed {
    let mut block = theirs.clone();
    let mut rest = String::new();
    if let Block::Statement(statement) = &mut block {
        rest = std::mem::take(&mut statement.at);
        statement.id = None;
        statement.beneath.clear();
    }
    let source = markdown(&Document { blocks: vec![block] });
    let source = source.trim_end();
    match id {
        Some(id) => {
            let line = source.strip_prefix("- ").unwrap_or(source);
            Proposed::new(id.0.clone(), rest, line.to_owned())
        }
        // Its key goes by the words it stands beside, and is made where it is written.
        None => Proposed::new("p-0".into(), String::new(), source.to_owned()),
    }
}

/// Leaves a statement that one of them moved in one place only.
fn once(entries: Vec<EditorEntry>, base: &[EditorEntry]) -> Vec<EditorEntry> {
    let before: HashMap<String, &EditorEntry> =
        base.iter().map(|entry| (name(entry), entry)).collect();
    let id = |entry: &EditorEntry| match entry {
        EditorEntry::Block(Block::Statement(StatementBlock { id: Some(id), .. })) => {
            Some(id.0.clone())
        }
        _ => None,
    };
    let mut count: HashMap<String, usize> = HashMap::new();
    for entry in &entries {
        if let Some(id) = id(entry) {
            *count.entry(id).or_default() += 1;
        }
    }
    if count.values().all(|count| *count < 2) {
        return entries;
    }
    // Of several the first that somebody changed keeps the name, else the first.
    let mut chosen: HashMap<String, usize> = HashMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let Some(id) = id(entry) else { continue };
        let changed = before.get(&id) != Some(&entry);
        match chosen.get(&id) {
            Some(other) if before.get(&id) != Some(&&entries[*other]) || !changed => {}
            _ => {
                chosen.insert(id, place);
            }
        }
    }
    let mut seen: HashSet<String> = HashSet::new();
    let mut out = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let Some(id) = id(entry).filter(|id| chosen.get(id) != Some(&place)) else {
            out.push(entry.clone());
            continue;
        };
        let keeps = chosen.get(&id).map(|place| &entries[*place]);
        let untouched = before.get(&id) == Some(&entry) || keeps == Some(entry);
        if untouched && seen.insert(format!("{id} {place}")) {
            continue;
        }
        if let EditorEntry::Block(Block::Statement(statement)) = entry {
            let copy = StatementBlock { id: None, ..statement.clone() };
            out.push(EditorEntry::Block(Block::Statement(copy)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::entries::{read, write};
    use super::*;
    use referat_core::domain::language::Language;

    const BASE: &str = "## Referat\n\nHeld på rådhuset\n\n- Kim talte. <!-- s-1 00:00:01 -->\n  - 00:00:01 a\n- Anne sang. <!-- s-2 00:00:05 -->\n- Bo sov. <!-- s-3 00:00:09 -->\n\nSlut\n";

    fn both(ours: &str, theirs: &str) -> (String, usize) {
        let (entries, conflicts) = together(&read(BASE), &read(ours), &read(theirs));
        (write(&entries, Language::Da), conflicts)
    }

    #[test]
    fn changes_in_different_places_are_both_there() {
        let ours = BASE.replace("Kim talte", "Kim råbte").replace("Slut\n", "Slut kl. 10\n");
        let theirs = BASE.replace("Anne sang", "Anne tav").replace("rådhuset", "skolen");
        let expected = ours.replace("Anne sang", "Anne tav").replace("rådhuset", "skolen");
        assert_eq!(both(&ours, &theirs), (expected, 0));
    }

    #[test]
    fn the_same_statement_changed_twice_stands_side_by_side() {
        let ours = BASE.replace("Kim talte", "Kim råbte");
        let theirs = BASE.replace("Kim talte", "Kim hviskede").replace("  - 00:00:01 a\n", "");
        let (text, conflicts) = both(&ours, &theirs);
        assert_eq!(conflicts, 1);
        assert!(text.contains("- Kim råbte. <!-- s-1 00:00:01 -->\n  > Nyt forslag: Kim hviskede. <!-- forslag s-1 00:00:01 -->\n- Anne"), "{text}");
    }

    #[test]
    fn a_paragraph_changed_twice_stands_side_by_side() {
        let ours = BASE.replace("rådhuset", "skolen");
        let theirs = BASE.replace("rådhuset", "kirken");
        let (text, conflicts) = both(&ours, &theirs);
        assert_eq!(conflicts, 1);
        assert!(text.contains("Held på skolen\n\n> Nyt forslag: Held på kirken <!--"), "{text}");
        assert_eq!(write(&read(&text), Language::Da), text);
    }

    #[test]
    fn what_one_changed_and_the_other_deleted_is_there() {
        let deleted = BASE.replace("- Anne sang. <!-- s-2 00:00:05 -->\n", "");
        let changed = BASE.replace("Anne sang", "Anne tav");
        assert!(both(&deleted, &changed).0.contains("Anne tav"));
        assert!(both(&changed, &deleted).0.contains("Anne tav"));
        assert_eq!(both(&deleted, BASE), (deleted.clone(), 0));
        assert_eq!(both(BASE, &deleted), (deleted, 0));
    }

    #[test]
    fn both_add_in_the_same_place() {
        let ours = BASE.replace("- Bo", "- Min linje\n- Bo");
        let theirs = BASE.replace("- Bo", "- Din linje\n- Bo");
        let (text, _) = both(&ours, &theirs);
        assert!(text.contains("- Min linje\n- Din linje\n- Bo sov."), "{text}");
    }

    #[test]
    fn a_statement_moved_by_one_and_changed_by_the_other_is_there_once() {
        let moved = BASE.replace("- Anne sang. <!-- s-2 00:00:05 -->\n", "").replace(
            "- Bo sov. <!-- s-3 00:00:09 -->\n",
            "- Bo sov. <!-- s-3 00:00:09 -->\n- Anne sang. <!-- s-2 00:00:05 -->\n",
        );
        let changed = BASE.replace("Anne sang", "Anne tav");
        for (ours, theirs) in [(&moved, &changed), (&changed, &moved)] {
            let (text, _) = both(ours, theirs);
            assert_eq!(text.matches("s-2").count(), 1, "{text}");
            assert!(text.contains("Anne tav"), "{text}");
        }
    }
}
