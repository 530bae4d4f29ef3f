//! Promise: the PDF is tagged, conforms to PDF/UA-1 and holds the text, whatever it is.
#![cfg(feature = "pdf")]

use std::time::Instant;

use referat_core::language::words::Words;
use referat_document::markdown::read::document;
use referat_document::pdf::pdf;

const TEXT: &str = "## Referat af Byrådsmødet\n\n---\n\n**Tid:**\n\nTirsdag den 7. marts 2023.\n\n\
    ## Dagsorden\n\n1. Velkomst\n2. Økonomi\n\n### **Ad 1 Velkomst**\n\n\
    - Anna Bech bød **alle** velkommen. <!-- s-8f3a90c2d1e4 00:00:05 -->\n\
    \x20 - 00:00:05 Velkommen til.\n  - Øvrigt: 00:00:09 Så er vi i gang.\n  - egen note\n\n\
    ##### Dybt\n\n*Der er ikke fundet tale.*\n\n| Opgave | Frist |\n| --- | --- |\n| Lave plan | 1. maj |\n";

#[test]
fn a_referat_becomes_a_tagged_pdf_with_its_text() {
    let begun = Instant::now();
    let made = pdf(&document(TEXT), Words::danish(), true).unwrap();
    println!("PDF: {:?}, {} bytes", begun.elapsed(), made.bytes.len());
    assert!(made.missing.is_empty());
    let file = String::from_utf8_lossy(&made.bytes);
    assert!(file.contains("/StructTreeRoot") && file.contains("/Lang (da"), "tags and language");
    assert!(file.contains("pdfuaid:part"), "PDF/UA");
    let text = pdf_extract::extract_text_from_mem(&made.bytes).unwrap();
    for words in ["Referat af Byrådsmødet", "Økonomi", "egen note", "Lave plan"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(made.bytes, pdf(&document(TEXT), Words::danish(), true).unwrap().bytes);
}

#[test]
fn the_text_is_never_read_as_markup_and_no_character_stops_it() {
    let evil = "## #panic(\"a\") $x$ @ref\n\n- #read(\"/etc/passwd\") \\*a\\* <label> = b // c \u{1f600} \u{4e2d}\n";
    let made = pdf(&document(evil), Words::english(), false).unwrap();
    assert!(made.missing.contains(&'\u{1f600}'));
    let text = pdf_extract::extract_text_from_mem(&made.bytes).unwrap();
    assert!(text.contains("#panic") && text.contains("#read") && text.contains("// c"), "{text}");
    assert!(pdf(&document(""), Words::danish(), false).is_ok());
}
