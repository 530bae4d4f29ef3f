//! What a merge keeps, replaces and sets side by side, over whole texts.

use super::*;
use referat_core::domain::referat::StatementId;
use referat_core::time::{Span, Timestamp};

const BASE: &str = "## Referat af mødet\n\n---\n\n**Tid:**\n\nTirsdag.\n\n**Deltagende:**\n\nIda Holm\n\nBo Lind\n\n### **Ad 1 Velkomst**\n\n- Ida bød velkommen. <!-- s-1 00:00:01 -->\n  - 00:00:01 Velkommen.\n- Bo takkede. <!-- s-2 00:00:05 -->\n\n### **Ad 2 Status**\n\n- Bo orienterede om stien. <!-- s-3 00:00:10 -->\n- Ida spurgte. <!-- s-4 00:00:20 -->\n";

fn draft(text: &str) -> Draft {
    closed_draft(text, None)
}

fn closed_draft(text: &str, closed: Option<&str>) -> Draft {
    Draft {
        texts: Texts { open: text.to_owned(), closed: closed.map(str::to_owned) },
        spans: Spans::new(),
    }
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(&draft(base), &draft(ours).texts, &draft(theirs), Words::danish())
}

#[test]
fn the_same_draft_again_changes_nothing() {
    assert_eq!(merged(BASE, BASE, BASE).texts.open, BASE);
    let ours = format!("{}\nEt afsnit.\n\n> Et citat\n", BASE.replace("spurgte.", "spurgte igen."));
    assert_eq!(merged(BASE, &ours, BASE).texts.open, ours);
}

#[test]
fn untouched_text_becomes_the_new_draft() {
    let theirs = BASE
        .replace("Bo takkede", "Bo Lind takkede")
        .replace("Tirsdag.", "Onsdag.")
        .replace("- Ida spurgte. <!-- s-4 00:00:20 -->\n", "- Ny. <!-- s-5 00:00:30 -->\n");
    assert_eq!(merged(BASE, BASE, &theirs).texts.open, theirs);
}

#[test]
fn header_and_statements_of_hers_stay_and_only_what_both_changed_conflicts() {
    let ours = BASE
        .replace("Tirsdag.", "Tirsdag kl. 9.")
        .replace("Bo Lind\n", "Bo Lind, formand\n\nEva Ny\n")
        .replace("Bo takkede.", "Bo takkede for kaffen.");
    let theirs =
        BASE.replace("Tirsdag.", "Onsdag.").replace("Ida spurgte.", "Ida spurgte om prisen.");
    let merged = merged(BASE, &ours, &theirs);
    assert_eq!(merged.conflicts, 1, "{}", merged.texts.open);
    let expected = ours.replace("Ida spurgte.", "Ida spurgte om prisen.").replace(
        "Tirsdag kl. 9.\n",
        "Tirsdag kl. 9.\n\n> Nyt forslag: Onsdag. <!-- forslag p-KEY -->\n",
    );
    let key = merged.texts.open.split("forslag p-").nth(1).unwrap()[..8].to_owned();
    assert_eq!(merged.texts.open, expected.replace("KEY", &key));
    let again = merge(&draft(&theirs), &merged.texts, &draft(&theirs), Words::danish());
    assert_eq!((again.texts, again.conflicts), (merged.texts, 0));
}

#[test]
fn deleting_one_side_settles_a_proposal() {
    let ours = BASE.replace("Bo takkede.", "Bo takkede for kaffen.").replace("Tirsdag.", "Fredag.");
    let theirs = BASE.replace("Bo takkede.", "Bo Lind takkede.").replace("Tirsdag.", "Onsdag.");
    let both = merged(BASE, &ours, &theirs).texts.open;
    let without = |marks: [&str; 2]| -> String {
        both.lines()
            .filter(|line| !marks.iter().any(|mark| line.contains(mark)))
            .map(|line| format!("{line}\n"))
            .collect()
    };
    // Hers stays.
    let kept = merged(&theirs, &without(["Nyt forslag", "Nyt forslag"]), &theirs).texts.open;
    assert!(
        kept.contains("- Bo takkede for kaffen. <!-- s-2") && !kept.contains("forslag"),
        "{kept}"
    );
    assert!(kept.contains("Fredag.") && !kept.contains("Onsdag."), "{kept}");
    // The machine's is taken.
    let taken = merged(&theirs, &without(["for kaffen", "Fredag"]), &theirs).texts.open;
    assert!(taken.contains("- Bo Lind takkede. <!-- s-2 00:00:05 -->\n"), "{taken}");
    assert!(taken.contains("\nOnsdag.\n") && !taken.contains("forslag"), "{taken}");
    // And is the machine's again: the next draft replaces it.
    let next = theirs.replace("Bo Lind takkede.", "Bo Lind sagde tak.");
    assert!(merged(&theirs, &taken, &next).texts.open.contains("- Bo Lind sagde tak. <!-- s-2"));
}

#[test]
fn deleted_stays_deleted_added_and_moved_stay_where_she_put_them() {
    let ours = BASE
        .replace("- Bo takkede. <!-- s-2 00:00:05 -->\n", "- Hendes egen.\n\nHendes afsnit.\n")
        .replace("- Bo orienterede om stien. <!-- s-3 00:00:10 -->\n", "")
        .replace(
            "00:00:20 -->\n",
            "00:00:20 -->\n- Bo orienterede om stien. <!-- s-3 00:00:10 -->\n",
        );
    let theirs = BASE
        .replace("Bo takkede.", "Bo Lind takkede.")
        .replace("Bo orienterede om stien.", "Bo orienterede om broen.");
    let text = merged(BASE, &ours, &theirs).texts.open;
    assert_eq!(text, ours.replace("stien", "broen"));
}

#[test]
fn a_moved_boundary_carries_her_text_along() {
    let ours = BASE.replace("Bo takkede.", "Bo takkede for kaffen.");
    let line = "- Bo takkede. <!-- s-2 00:00:05 -->\n";
    let theirs =
        BASE.replace(line, "").replace("- Bo orienterede", &format!("{line}- Bo orienterede"));
    let merged = merged(BASE, &ours, &theirs);
    assert_eq!(merged.texts.open, theirs.replace("Bo takkede.", "Bo takkede for kaffen."));
    assert_eq!(merged.conflicts, 0);
}

#[test]
fn names_that_changed_are_known_by_their_time() {
    let spans = |names: [&str; 4]| -> Spans {
        let times: [(u64, u64); 4] = [(1, 4), (5, 9), (10, 18), (20, 30)];
        let span = |(start, end)| {
            Span::new(Timestamp::from_ms(start * 1000), Timestamp::from_ms(end * 1000)).unwrap()
        };
        names
            .iter()
            .zip(times)
            .map(|(name, time)| (StatementId((*name).to_owned()), span(time)))
            .collect()
    };
    let base = Draft { spans: spans(["s-1", "s-2", "s-3", "s-4"]), ..draft(BASE) };
    let mut theirs = draft(&BASE.replace("<!-- s-", "<!-- s-9"));
    theirs.spans = spans(["s-91", "s-92", "s-93", "s-94"]);
    let ours = BASE
        .replace("Bo takkede.", "Bo takkede for kaffen.")
        .replace("- Ida spurgte. <!-- s-4 00:00:20 -->\n", "");
    let merged = merge(&base, &draft(&ours).texts, &theirs, Words::danish());
    assert_eq!(merged.texts.open, ours.replace("<!-- s-", "<!-- s-9"));
}

const CLOSED: &str = "## Lukket referat af mødet\n\n### **Ad 2 Status**\n\n- Bo orienterede om stien. <!-- s-3 00:00:10 -->\n- Ida spurgte. <!-- s-4 00:00:20 -->\n";

#[test]
fn an_item_that_is_closed_takes_her_words_out_of_the_open_text_and_back_again() {
    let ours = BASE
        .replace("### **Ad 2 Status**\n", "### **Ad 2 Status**\n\nHendes hemmelige afsnit.\n")
        .replace("Ida spurgte.", "Ida spurgte om lønnen.")
        + "- Hendes linje.\n";
    let (open, rest) = BASE.split_once("- Bo orienterede").unwrap();
    assert!(rest.contains("s-4"));
    let theirs = closed_draft(&format!("{open}*Lukket.*\n"), Some(CLOSED));
    let merged = merge(&draft(BASE), &draft(&ours).texts, &theirs, Words::danish());
    let closed = merged.texts.closed.clone().unwrap();
    for hers in ["hemmelige", "om lønnen", "Hendes linje"] {
        assert!(closed.contains(hers), "{closed}");
        assert!(!merged.texts.open.contains(hers), "{}", merged.texts.open);
    }
    assert!(merged.texts.open.contains("*Lukket.*"));
    // What she writes under the closed item's heading in the open text later on stays there.
    let open = merged.texts.open.replace("*Lukket.*", "*Lukket.*\n\nTil orientering.");
    let ours = Texts { open: open.clone(), closed: merged.texts.closed };
    let again = merge(&theirs, &ours, &theirs, Words::danish());
    assert_eq!(again.texts, ours);
    // Opened again.
    let back = merge(&theirs, &ours, &draft(BASE), Words::danish());
    for hers in ["hemmelige", "om lønnen", "Hendes linje", "Til orientering"] {
        assert!(back.texts.open.contains(hers), "{}", back.texts.open);
    }
    assert_eq!(back.texts.closed, None);
}

#[test]
fn a_heading_she_deleted_comes_back_only_for_new_statements() {
    let ours = BASE.split_once("### **Ad 2").unwrap().0.to_owned();
    assert_eq!(merged(BASE, &ours, BASE).texts.open.trim_end(), ours.trim_end());
    let theirs = format!("{BASE}- Nyt udsagn. <!-- s-8 00:00:40 -->\n");
    let text = merged(BASE, &ours, &theirs).texts.open;
    assert!(
        text.ends_with("### **Ad 2 Status**\n\n- Nyt udsagn. <!-- s-8 00:00:40 -->\n"),
        "{text}"
    );
}

#[test]
fn a_name_that_stands_twice_is_kept_once_and_no_word_is_lost() {
    let ours = BASE.replace(
        "- Bo takkede. <!-- s-2 00:00:05 -->\n",
        "- Bo takkede. <!-- s-2 00:00:05 -->\n- Bo takkede også. <!-- s-2 00:00:05 -->\n",
    );
    let text = merged(BASE, &ours, BASE).texts.open;
    assert_eq!(text.matches("s-2 ").count(), 1, "{text}");
    assert!(text.contains("Bo takkede også."), "{text}");
}
