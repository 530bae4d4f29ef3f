//! Promise: a referat survives being read and written: no character of the referent's is lost,
//! and what the program wrote comes back byte for byte.

use proptest::prelude::*;

use referat_core::draft;
use referat_document::document::Block;
use referat_document::markdown::read::{document, read};
use referat_document::markdown::write::{markdown, referat_md};
use referat_document::profile::Profile;
use referat_eval::gold::Gold;

use crate::support;
use crate::support::documents;

/// The letters and digits of a text: what no reader may lose. They are sorted, as the comment
/// that names a statement goes to the end of its text.
fn letters(text: &str) -> String {
    let text = text.replace("&amp;", "&");
    let mut letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

#[test]
fn a_draft_is_read_and_written_byte_for_byte() {
    for name in ["byraad_ravnholt", "council_harwick_en", "kredsraad_soenderfjord"] {
        let gold: Gold = serde_json::from_value(support::gold(name)).unwrap();
        let meeting = gold.meeting();
        let (draft, _) = draft::referat(&meeting, &gold.transcript(), &gold.structure(), "sha");
        for profile in ["kredsraad", "kommune", "bestyrelse", "english"] {
            let text = referat_md(&draft, gold.language, &Profile::named(profile).unwrap());
            assert_eq!(markdown(&document(&text)), text, "{name}, {profile}");
            let statements = draft.sections.iter().flat_map(|section| &section.statements);
            let blocks = document(&text).blocks;
            for statement in statements {
                let found = blocks.iter().any(|block| match block {
                    Block::Statement(found) => {
                        found.id.as_ref() == Some(&statement.id)
                            && found.at == statement.span.start().to_string()
                    }
                    _ => false,
                });
                assert!(found, "{}: {:?}", name, statement.id);
            }
        }
    }
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

#[test]
fn every_byte_belongs_to_one_piece() {
    for text in ["", "\n\n", "\n a\n\n- b\n  - c\n\nd\n\n", "<!-- a", "| a |\n| - |\n| b |\nc"] {
        let pieces = read(text);
        let joined: String = pieces.iter().map(|piece| &text[piece.source.clone()]).collect();
        assert_eq!(joined, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_keeps_its_letters(text in documents::typed()) {
        let pieces = read(&text);
        let joined: String = pieces.iter().map(|piece| &text[piece.source.clone()]).collect();
        prop_assert_eq!(&joined, &text);
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
}
