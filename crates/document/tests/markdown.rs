//! The Markdown of a referat loses nothing: what is written comes back as it was, and what is typed
//! keeps its letters.

use proptest::prelude::*;
use referat_document::markdown::read::document;
use referat_document::markdown::write::markdown;
use referat_document::merge::without_material;

#[path = "../../../tests/support/documents.rs"]
mod documents;

/// The letters and digits of a text: what no reader may lose. They are sorted, as the comment
/// that names a statement goes to the end of its text.
fn letters(text: &str) -> String {
    let text = text.replace("&amp;", "&");
    let mut letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// A text divided into the units of a merge and written again.
fn rewritten(text: &str) -> String {
    without_material(text, Some(&[]))
}

#[test]
fn what_a_referent_types_is_understood() {
    let text = "## Referat\n\n**Til stede:**\nAnna Bech\nBo Lund\n\n\
        - Anna **foreslog** en sti. <!-- s-1a 00:00:10 --> Det blev drøftet.\n\
        \x20 - 00:00:10 Jeg foreslår en sti.\n\
        \x20 - min egen note\n\
        - Ny linje fra mig\n\
        <!-- husk: spørg Bo -->\n\
        Et afsnit, der er så langt, at editoren har brudt linjen et sted, hvor den\n\
        fortsætter her.\n\n> citat\n> mere\n\n1) Først\n2) Så\n";
    let blocks = document(text).blocks;
    assert_eq!(
        markdown(&document(text)),
        "## Referat\n\n**Til stede:**\n\nAnna Bech  \nBo Lund\n\n\
        - Anna **foreslog** en sti. Det blev drøftet. <!-- s-1a 00:00:10 -->\n\
        \x20 - 00:00:10 Jeg foreslår en sti.\n\
        \x20 - min egen note\n\
        - Ny linje fra mig\n\n\
        <!-- husk: spørg Bo -->\n\n\
        Et afsnit, der er så langt, at editoren har brudt linjen et sted, hvor den fortsætter her.\n\n\
        \\> citat\n\n\\> mere\n\n1. Først\n2. Så\n"
    );
    assert_eq!(blocks.len(), 10, "{blocks:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_keeps_its_letters(text in documents::typed()) {
        let written = markdown(&document(&text));
        prop_assert_eq!(letters(&written), letters(&text), "{}", written);
        // Written once, it reads back as the same blocks and is written the same way.
        prop_assert_eq!(document(&written), document(&text), "{}", written);
    }

    #[test]
    fn a_document_is_read_back_as_it_was_written(made in documents::document()) {
        let once = document(&markdown(&made));
        prop_assert_eq!(letters(&markdown(&once)), letters(&markdown(&made)));
        prop_assert_eq!(&document(&markdown(&once)), &once, "{}", markdown(&made));
    }

    #[test]
    fn what_nobody_touches_keeps_its_lines(text in documents::typed()) {
        let once = rewritten(&text);
        prop_assert_eq!(letters(&once), letters(&text), "{}", once);
        prop_assert_eq!(&rewritten(&once), &once);
        // It says the same as before.
        prop_assert_eq!(document(&once), document(&text), "{}", once);
    }

    #[test]
    fn a_document_is_rewritten_byte_for_byte(made in documents::document()) {
        let written = markdown(&document(&markdown(&made)));
        prop_assert_eq!(&rewritten(&written), &written);
    }
}
