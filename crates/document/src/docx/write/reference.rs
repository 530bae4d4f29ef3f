//! An office's own document lends its styles, theme, settings, page set-up, header and footer;
//! its text is replaced by ours.

use quick_xml::Reader;
use quick_xml::events::Event;

use referat_core::language::headings::Headings;

use super::body::BodyWriter;
use super::numbering::ListNumbering;
use super::styles;
use super::{DocxError, DocxOptions, whole};
use crate::document::Document;
use crate::docx::opened::{WordFile, relations_of};
use crate::docx::package::{Package, PackageError, PackageLimits};

const TYPES: &str = "[Content_Types].xml";
const TYPE_OF: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Parts that hold what somebody wrote about the office's document, not how it looks.
const LEFT_OUT: [&str; 6] = [
    "word/comments",
    "word/people.xml",
    "word/glossary/",
    "docProps/thumbnail",
    "docProps/custom.xml",
    "customXml/",
];

/// Returns the office's package with our text in it.
pub(super) fn package(
    document: &Document,
    options: &DocxOptions<'_>,
    bytes: &[u8],
) -> Result<Package, DocxError> {
    let wanted = |name: &str| !LEFT_OUT.iter().any(|out| name.starts_with(out));
    let file =
        WordFile::open(bytes, PackageLimits::default(), wanted).map_err(DocxError::Reference)?;
    if file.package.names().any(|name| name.contains("vbaProject")) {
        return Err(DocxError::Macros);
    }
    let text = |name: &str| file.package.text(name).map_err(DocxError::Reference);
    let own = [("styles", file.part_of("styles")), ("numbering", file.part_of("numbering"))];
    let [(_, styles_name), (_, numbering_name)] = &own;
    let section = section(&text(&file.main)?)?;
    let list_of_relations = relations_of(&file.main);
    let types = without_left_out(&text(TYPES)?);
    let relations = without_left_out(&text(&list_of_relations)?);
    let (style_part, map) = match file.package.text(styles_name) {
        Ok(office) => styles::merged(&office)?,
        Err(PackageError::Missing(_)) => {
            (styles::own_part(&Headings::of(options.language).locale), <_>::default())
        }
        Err(error) => return Err(DocxError::Reference(error)),
    };
    let lists = file.package.text(numbering_name).ok();
    let mut body = BodyWriter::new(&map, false, ListNumbering::beside(lists.as_deref())?);
    body.blocks(&document.blocks);
    let numbering = body.numbering.part(lists.as_deref());
    let main = whole(&body.out, &section);
    let (types, relations) = registered(&types, &relations, &own);
    let mut package = file.package;
    package.set(&file.main, main);
    package.set(styles_name, style_part);
    package.set(numbering_name, numbering);
    package.set(TYPES, types);
    package.set(&list_of_relations, relations);
    if let Ok(root) = package.text("_rels/.rels") {
        package.set("_rels/.rels", without_left_out(&root));
    }
    if package.part("docProps/core.xml").is_some() {
        let title = document.title().unwrap_or_default();
        package
            .set("docProps/core.xml", super::core(&title, &Headings::of(options.language).locale));
    }
    Ok(package)
}

/// Returns the last section's properties: page size, margins, header and footer.
fn section(document: &str) -> Result<String, quick_xml::Error> {
    let plain = include_str!("parts/section.xml").trim();
    let Some(start) = document.rfind("<w:sectPr") else { return Ok(pages_only(plain)) };
    let rest = &document[start..];
    let end = rest.find("</w:sectPr>").map(|at| at + "</w:sectPr>".len());
    let Some(end) = end else { return Ok(pages_only(plain)) };
    let mut reader = Reader::from_str(&rest[..end]);
    // What stands there must be well formed and use no namespace that our document lacks.
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(it) | Event::Empty(it) => {
                let foreign = |name: &str| !matches!(name.split(':').next(), Some("w" | "r"));
                let known = it.attributes().flatten().all(|a| !foreign(a.key.as_ref()));
                if foreign(it.name().as_ref()) || !known {
                    return Ok(pages_only(plain));
                }
            }
            _ => {}
        }
    }
    Ok(rest[..end].to_owned())
}

/// Returns section properties without the headers and footers, which belong to our own package.
fn pages_only(section: &str) -> String {
    let size = section.find("<w:pgSz").unwrap_or(0);
    format!("<w:sectPr>{}", section[size..].replace("<w:titlePg/>", ""))
}

/// Takes the entries of parts that are left out from a list of types or relations.
fn without_left_out(list: &str) -> String {
    let mut kept = String::with_capacity(list.len());
    let mut rest = list;
    while let Some(start) = rest.find("<Override ").or_else(|| rest.find("<Relationship ")) {
        let Some(length) = rest[start..].find("/>") else { break };
        let entry = &rest[start..start + length + 2];
        kept.push_str(&rest[..start]);
        let out = LEFT_OUT.iter().any(|part| {
            let part = part.trim_start_matches("word/");
            entry.contains(&format!("/word/{part}"))
                || entry.contains(&format!("\"{part}"))
                || entry.contains(&format!("/{part}"))
        });
        if !out {
            kept.push_str(entry);
        }
        rest = &rest[start + length + 2..];
    }
    kept + rest
}

/// Returns the lists with the parts that we put in, by kind and name, and with a template as a
/// document.
fn registered(types: &str, relations: &str, parts: &[(&str, String)]) -> (String, String) {
    let mut types = types
        .replace(&format!("{TYPE_OF}.template.main+xml"), &format!("{TYPE_OF}.document.main+xml"));
    let mut relations = relations.to_owned();
    for (kind, name) in parts {
        if !types.contains(&format!("\"/{name}\"")) {
            let entry =
                format!("<Override PartName=\"/{name}\" ContentType=\"{TYPE_OF}.{kind}+xml\"/>");
            types = types.replace("</Types>", &format!("{entry}</Types>"));
        }
        if !relations.contains(&format!("{RELATION}/{kind}\"")) {
            // It lies beside the text.
            let target = name.rsplit('/').next().unwrap_or(name);
            let entry = format!(
                "<Relationship Id=\"rIdReferat{kind}\" Type=\"{RELATION}/{kind}\" Target=\"{target}\"/>"
            );
            relations = relations.replace("</Relationships>", &format!("{entry}</Relationships>"));
        }
    }
    (types, relations)
}
