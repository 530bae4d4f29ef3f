//! Promise: a referat survives being read and written: what the program wrote comes back byte for
//! byte, as blocks and as the units of a merge.

use referat_core::draft;
use referat_core::language::words::Words;
use referat_document::document::Block;
use referat_document::markdown::read::document;
use referat_document::markdown::write::{markdown, referat_md};
use referat_document::merge::without_material;
use referat_document::profile::Profile;
use referat_eval::gold::Gold;

use crate::support;

#[test]
fn a_draft_is_read_and_written_byte_for_byte() {
    for name in [
        "byraad_ravnholt",
        "council_harwick_en",
        "kredsraad_soenderfjord",
        "skolebestyrelse_engbakken",
    ] {
        let gold: Gold = serde_json::from_value(support::gold(name)).unwrap();
        let meeting = gold.meeting();
        let (draft, _) = draft::referat(&meeting, &gold.transcript(), &gold.structure(), "sha");
        for profile in ["kredsraad", "kommune", "bestyrelse", "english"] {
            let text =
                referat_md(&draft, Words::of(gold.language), &Profile::named(profile).unwrap());
            assert_eq!(markdown(&document(&text)), text, "{name}, {profile}");
            assert_eq!(without_material(&text, Some(&[])), text, "{name}, {profile}");
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
