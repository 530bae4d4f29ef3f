//! Two writers changed one text: what either wrote is in the result.

use proptest::prelude::*;
use referat_core::language::words::Words;
use referat_document::merge::together;

const BASE: &str = "## Referat\n\nHeld på rådhuset\n\n- Kim talte. <!-- s-1 00:00:01 -->\n  - 00:00:01 a\n- Anne sang. <!-- s-2 00:00:05 -->\n- Bo sov. <!-- s-3 00:00:09 -->\n\nSlut\n";

fn both(ours: &str, theirs: &str) -> (String, usize) {
    together(BASE, ours, theirs, Words::danish())
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
    // Read again and merged with nothing new it stays.
    assert_eq!(together(&text, &text, &text, Words::danish()), (text.clone(), 0));
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

#[test]
fn a_proposal_that_one_settles_is_settled_and_one_that_both_have_stays() {
    let open = "- Kim talte. <!-- s-1 00:00:01 -->\n  > Nyt forslag: Kim råbte. <!-- forslag s-1 00:00:01 -->\n- Anne sang. <!-- s-2 00:00:05 -->\n";
    let settled = "- Kim råbte. <!-- s-1 00:00:01 -->\n- Anne sang. <!-- s-2 00:00:05 -->\n";
    let other = open.replace("sang", "tav");
    let expected = settled.replace("sang", "tav");
    assert_eq!(together(open, settled, &other, Words::danish()), (expected.clone(), 0));
    assert_eq!(together(open, &other, settled, Words::danish()), (expected, 0));
    assert_eq!(together(open, &other, open, Words::danish()), (other.clone(), 0));
    assert_eq!(together(open, open, &other, Words::danish()), (other, 0));
}

#[test]
fn the_same_line_added_by_both_is_there_once() {
    let added = BASE.replace("- Bo", "- Fælles linje\n- Bo");
    assert_eq!(both(&added, &added), (added, 0));
}

/// A text of statements and paragraphs, changed: words of its own stand in what `changes` names.
fn changed(by: &str, changes: &[(usize, u8)]) -> (String, Vec<String>) {
    let mut lines: Vec<String> = BASE.lines().map(str::to_owned).collect();
    let mut words = Vec::new();
    for (place, form) in changes {
        if lines.is_empty() {
            break;
        }
        let at = place % lines.len();
        let word = format!("{by}{}x", words.len());
        match form {
            0 if !lines[at].trim().is_empty() && !lines[at].starts_with("  -") => {
                let end = lines[at].find(" <!--").unwrap_or(lines[at].len());
                lines[at].insert_str(end, &format!(" {word}"));
            }
            1 => lines.insert(at + 1, format!("- {word} linje")),
            2 => lines
                .splice(at + 1..=at, [String::new(), word.clone(), String::new()])
                .for_each(drop),
            3 if !lines[at].contains('x') => {
                lines.remove(at);
                continue;
            }
            4 if !lines[at].contains('x') => {
                let line = lines.remove(at);
                lines.push(line);
                continue;
            }
            _ => continue,
        }
        words.push(word);
    }
    (lines.join("\n") + "\n", words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_either_is_lost(
        ours in prop::collection::vec((0..40usize, 0..5u8), 0..12),
        theirs in prop::collection::vec((0..40usize, 0..5u8), 0..12),
    ) {
        let ((ours, our_words), (theirs, their_words)) = (changed("a", &ours), changed("b", &theirs));
        let (text, _) = both(&ours, &theirs);
        for word in our_words.iter().chain(&their_words) {
            prop_assert!(text.contains(word.as_str()), "lost {}\n--- ours\n{}--- theirs\n{}--- both\n{}", word, ours, theirs, text);
        }
        for name in ["s-1 ", "s-2 ", "s-3 "] {
            prop_assert!(text.matches(&format!("<!-- {name}")).count() < 2, "{}", text);
        }
        prop_assert_eq!(&together(&text, &text, &text, Words::danish()).0, &text);
    }
}
