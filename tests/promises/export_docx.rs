//! Promise: a referat goes to Word and comes back: nothing is lost, its headings are headings,
//! every element stands where the schema wants it, and a hostile file is an error at once.

use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use referat_core::domain::referat::StatementId;
use referat_core::language::words::Words;
use referat_document::document::{Beneath, Block, Document, StatementBlock};
use referat_document::docx;
use referat_document::docx::package::{Package, PackageLimits};
use referat_document::docx::{DocxOptions, docx};
use referat_document::markdown::read::document;
use referat_document::markdown::write::markdown;
use referat_document::text::{Run, Style, Text};

use crate::support::documents;
use crate::support::schema::assert_in_order;

fn draft() -> DocxOptions<'static> {
    DocxOptions { language: Words::danish(), draft: true, reference: None }
}

fn back(bytes: &[u8]) -> Document {
    docx::read(bytes, "referat.docx").unwrap()
}

fn unpacked(bytes: &[u8]) -> Package {
    Package::read(bytes, PackageLimits::default(), |_| true).unwrap()
}

/// A referat with everything a referat has.
const TEXT: &str = "## Referat af Byrådsmødet\n\n---\n\n**Tid:**\n\nTirsdag den 7. marts 2023.\n\n\
    **Deltagende:**\n\nAnna Bech\n\nBo Lund, referent\n\n## Dagsorden\n\n\
    1. Velkomst /v. Anna Bech  \nNye medlemmer\n2. Økonomi\n\n\
    ### **Ad 1 Velkomst /v. Anna Bech**\n\n\
    - Anna Bech bød **alle** velkommen. <!-- s-8f3a90c2d1e4 00:00:05 -->\n\
    \x20 - 00:00:05 Velkommen til.\n\x20 - Øvrigt: 00:00:09 Så er vi i gang. 00:00:15 Godt.\n\
    - Bo Lund takkede. <!-- s-00112233aabb 00:01:10 -->\n\x20 - egen note\n    - og en dybere\n\
    - Min egen linje\n\n\
    ### **Ad 2 Økonomi**\n\n#### **Budgettet**\n\n*Der er ikke fundet tale til dette punkt i optagelsen.*\n\n\
    ## Opfølgning\n\n| Opgave | Ansvarlig | Frist |\n| --- | --- | --- |\n| Lave plan | Bo Lund | 1. maj |\n";

#[test]
fn a_referat_goes_to_word_and_back_and_is_the_same() {
    let before = document(TEXT);
    assert_eq!(markdown(&before), TEXT);
    let bytes = docx(&before, &draft()).unwrap();
    assert_eq!(bytes, docx(&before, &draft()).unwrap(), "the same document gives the same bytes");
    assert_eq!(markdown(&back(&bytes)), TEXT);
    let sent = before.without_sources();
    assert_eq!(back(&docx(&sent, &DocxOptions { draft: false, ..draft() }).unwrap()), sent);
}

#[test]
fn every_element_stands_where_the_schema_wants_it() {
    let package = unpacked(&docx(&document(TEXT), &draft()).unwrap());
    for name in package.names().filter(|name| name.starts_with("word/") && name.ends_with(".xml")) {
        assert_in_order(&package.text(name).unwrap(), name);
    }
    let styles = package.text("word/styles.xml").unwrap();
    assert!(styles.contains("<w:lang w:val=\"da-DK\""));
    let body = package.text("word/document.xml").unwrap();
    for style in ["Title", "Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"] {
        assert!(body.contains(&format!("<w:pStyle w:val=\"{style}\"/>")), "{style}");
    }
    assert!(package.text("word/footer1.xml").unwrap().contains(" NUMPAGES "));
}

#[test]
#[should_panic(expected = "w:jc before w:spacing")]
fn the_check_of_the_order_finds_a_wrong_one() {
    assert_in_order("<w:p><w:pPr><w:jc w:val=\"left\"/><w:spacing/></w:pPr></w:p>", "wrong");
}

#[test]
fn an_offices_own_styles_are_taken_and_its_text_is_not() {
    let mut office =
        unpacked(&docx(&document("## Skabelon\n\nHemmelig tekst\n"), &draft()).unwrap());
    let styles = office.text("word/styles.xml").unwrap();
    let styles = styles.replace("w:styleId=\"Heading2\"", "w:styleId=\"Overskrift2\"").replace(
        "w:styleId=\"ReferatLabel\"><w:name w:val=\"Referat Label\"/>",
        "w:styleId=\"X\"><w:name w:val=\"X\"/>",
    );
    office.set("word/styles.xml", styles);
    let section = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2222\"";
    let main = office.text("word/document.xml").unwrap();
    let main =
        main.replace("<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\"", section);
    office.set("word/document.xml", main);
    let office = office.write().unwrap();
    let options = DocxOptions { reference: Some(&office), ..draft() };
    let bytes = docx(&document(TEXT), &options).unwrap();
    let package = unpacked(&bytes);
    let body = package.text("word/document.xml").unwrap();
    assert!(!body.contains("Hemmelig") && body.contains("w:top=\"2222\""));
    assert!(body.contains("<w:pStyle w:val=\"Overskrift2\"/>"));
    assert!(package.text("word/styles.xml").unwrap().contains("Referat Label"));
    for name in package.names().filter(|name| name.starts_with("word/") && name.ends_with(".xml")) {
        assert_in_order(&package.text(name).unwrap(), name);
    }
    let plain = |text: &str| text.replace("**Ad", "Ad").replace("Bech**\n", "Bech\n");
    let read = markdown(&back(&bytes));
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        assert!(read.contains(line), "{line}\n{read}");
    }
    assert!(plain(&read).contains("### Ad 1 Velkomst /v. Anna Bech"), "{read}");
    let damaged = DocxOptions { reference: Some(&office[..office.len() / 2]), ..draft() };
    assert!(docx(&document(TEXT), &damaged).is_err());
}

/// A DOCX file with this body, as Word writes it.
fn from_word(body: &str) -> Vec<u8> {
    let mut package = unpacked(&docx(&Document::default(), &draft()).unwrap());
    let main = format!(
        "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    package.set("word/document.xml", main);
    package.write().unwrap()
}

#[test]
fn tracked_changes_are_taken_as_accepted() {
    let bytes = from_word(
        "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr><w:bookmarkStart w:id=\"0\" w:name=\"s_1a2b\"/>\
         <w:r><w:t xml:space=\"preserve\">Bo </w:t></w:r>\
         <w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>spurgte</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\" w:author=\"A\"><w:r><w:rPr><w:b/></w:rPr><w:t>foreslog</w:t></w:r></w:ins>\
         <w:r><w:rPr><w:rPrChange w:id=\"3\"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>.</w:t></w:r>\
         <w:bookmarkEnd w:id=\"0\"/></w:p>\
         <w:p><w:pPr><w:rPr><w:del w:id=\"4\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Første </w:t></w:r></w:p>\
         <w:p><w:r><w:t>halvdel</w:t></w:r><w:moveFrom w:id=\"5\"><w:r><w:t>flyttet bort</w:t></w:r></w:moveFrom></w:p>\
         <w:p><w:moveTo w:id=\"6\"><w:r><w:t>flyttet hertil</w:t></w:r></w:moveTo></w:p>\
         <w:p><w:del w:id=\"7\"><w:r><w:delText>helt slettet</w:delText></w:r></w:del></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:trPr><w:del w:id=\"8\"/></w:trPr><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let expected = "- Bo **foreslog**. <!-- s-1a2b -->\n\nFørste halvdel\n\nflyttet hertil\n\n| A |\n| --- |\n";
    assert_eq!(markdown(&back(&bytes)), expected);
}

#[test]
fn fields_text_boxes_and_references_are_read_as_what_they_show() {
    let bytes = from_word(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DDEAUTO cmd calc</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>vist &amp; &#230;</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:br/><w:t>ny linje</w:t></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boks</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>boks</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
    );
    assert_eq!(markdown(&back(&bytes)), "vist & æ  \nny linje\n\nboks\n");
}

#[test]
fn a_hostile_or_damaged_file_is_an_error_at_once() {
    let good = docx(&document(TEXT), &draft()).unwrap();
    let begun = Instant::now();
    for part in 1..20 {
        let cut = &good[..good.len() * part / 20];
        assert!(docx::read(cut, "x.docx").is_err());
    }
    let mut package = unpacked(&good);
    let main = package.text("word/document.xml").unwrap();
    package.set("word/document.xml", &main.as_bytes()[..main.len() / 2]);
    let error = docx::read(&package.write().unwrap(), "x.docx").unwrap_err();
    assert!(error.to_string().contains("x.docx") && error.tip().is_some(), "{error}");
    package.set("word/document.xml", vec![b' '; 40 << 20]);
    assert!(docx::read(&package.write().unwrap(), "x.docx").is_err(), "a bomb");
    // Depth costs nothing and entities are not expanded.
    let deep = format!("{}{}", "<w:sdt>".repeat(50_000), "</w:sdt>".repeat(50_000));
    assert!(docx::read(&from_word(&deep), "x.docx").unwrap().blocks.is_empty());
    let entities = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    package.set("word/document.xml", entities);
    assert!(docx::read(&package.write().unwrap(), "x.docx").unwrap().blocks.is_empty());
    let taken = begun.elapsed();
    println!("hostile files: {taken:?}");
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}

#[test]
fn what_somebody_says_cannot_become_a_field_or_a_tag() {
    let evil = "</w:t></w:r><w:fldSimple w:instr=\"DDEAUTO\"/> { DDEAUTO c:\\\\cmd } =cmd|' /C calc'!A0 \u{0} \u{1}&#x0;";
    let mut made = Document::default();
    made.blocks.push(Block::Heading { level: 1, text: evil.into(), bold: true });
    made.blocks.push(Block::Statement(StatementBlock {
        id: Some(StatementId("s-\"/><w:fldSimple".into())),
        at: evil.into(),
        text: evil.into(),
        beneath: vec![Beneath::Point { depth: 1, text: evil.into() }],
    }));
    made.blocks.push(Block::Table { head: vec![evil.into()], rows: vec![vec![evil.into()]] });
    made.blocks.push(Block::Comment(evil.into()));
    let package = unpacked(&docx(&made, &draft()).unwrap());
    for name in package.names().filter(|name| name.ends_with(".xml")) {
        let text = package.text(name).unwrap();
        assert!(!text.contains("<w:fldSimple"), "{name}");
        assert_in_order(&text, name);
        // The only fields are the footer's own.
        assert_eq!(text.contains("instrText"), name.contains("footer"), "{name}");
    }
}

/// A document without what only one of the formats can tell, as both give it.
fn settled(made: &Document) -> Document {
    document(&markdown(made))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_document_goes_to_word_and_back(made in documents::document()) {
        let made = settled(&made);
        let bytes = docx(&made, &draft()).unwrap();
        let main = unpacked(&bytes).text("word/document.xml").unwrap();
        assert_in_order(&main, "document.xml");
        prop_assert_eq!(markdown(&settled(&back(&bytes))), markdown(&made));
    }

    #[test]
    fn damage_is_an_error_or_a_document_never_a_panic(at in 0usize..4000, byte: u8) {
        static GOOD: LazyLock<Package> =
            LazyLock::new(|| unpacked(&docx(&document(TEXT), &draft()).unwrap()));
        let mut package = GOOD.clone();
        let mut main = package.part("word/document.xml").unwrap().to_vec();
        let at = at % main.len();
        main[at] = byte;
        package.set("word/document.xml", main);
        let _ = docx::read(&package.write().unwrap(), "x.docx");
    }
}

/// Whether LibreOffice is there; the test says so when it is not. In CI it must be.
fn office_is_here() -> bool {
    let here = Command::new("soffice").arg("--version").output().is_ok();
    assert!(here || std::env::var_os("REFERAT_OFFICE").is_none(), "no LibreOffice");
    if !here {
        eprintln!("skipped: no LibreOffice (apt-get install libreoffice-writer-nogui)");
    }
    here
}

#[test]
fn libreoffice_opens_it_sees_its_headings_and_saves_it_without_loss() {
    if !office_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("referat.docx");
    std::fs::write(&path, docx(&document(TEXT), &draft()).unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let convert = |to: &str, into: &str| {
        let output = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", to, "--outdir", into, "referat.docx"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    convert("pdf", "pdf");
    let pdf = std::fs::read(folder.path().join("pdf/referat.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    convert("html", "html");
    let html = std::fs::read_to_string(folder.path().join("html/referat.html")).unwrap();
    let html = html.to_lowercase();
    assert!(html.contains("<h2") && html.contains("<h3"), "{html}");
    convert("docx:MS Word 2007 XML", "docx");
    let saved = std::fs::read(folder.path().join("docx/referat.docx")).unwrap();
    let (read, wanted) = (back(&saved), document(TEXT));
    assert_eq!(markdown(&read), markdown(&wanted));
}

#[test]
fn bold_and_italics_survive_word() {
    let run = |text: &str, strong, emphasis| Run {
        text: text.into(),
        style: Style { strong, emphasis, comment: false },
    };
    let runs = vec![run("a ", false, false), run("b", true, false), run("\nc", false, true)];
    let made = Document { blocks: vec![Block::Paragraph(Text::from(runs))] };
    assert_eq!(back(&docx(&made, &draft()).unwrap()), made);
}

#[test]
fn numbers_that_do_not_run_on_are_kept_as_they_are_printed() {
    let text = "4a. Valg  \naf to\n1. <!-- husk -->\n1. Økonomi\n";
    let bytes = docx(&document(text), &draft()).unwrap();
    assert_eq!(markdown(&back(&bytes)), text);
}
