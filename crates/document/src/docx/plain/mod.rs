//! The text of a DOCX file as Markdown lines, as Word prints it: headings, lists with the numbers
//! that Word gives, tables, page headers, text boxes; what is hidden, deleted or moved away is
//! left out.

mod body;
mod numbering;

use std::path::PathBuf;

use crate::docx::package::{Package, PackageError, PackageLimits};
use crate::error::ImportError;
use crate::xml_tree::{self, Element};

use numbering::Numbering;

/// Reads the text of a DOCX file.
pub(crate) fn read(bytes: &[u8], path: PathBuf) -> Result<String, ImportError> {
    let failed = |source| ImportError::Package { path: path.clone(), source };
    let wanted = |name: &str| {
        let lower = name.to_lowercase();
        let text = [".xml", ".rels", ".htm", ".html", ".mht", ".txt"];
        text.iter().any(|end| lower.ends_with(end)) && !lower.contains("theme")
    };
    let package = Package::read(bytes, PackageLimits::default(), wanted).map_err(failed)?;
    let main = main_part(&package)
        .ok_or_else(|| failed(PackageError::Missing("word/document.xml".into())))?;
    let markup = |source| ImportError::Markup { path: path.clone(), source };
    let document = xml_tree::read(&package.text(&main).map_err(failed)?).map_err(markup)?;
    let relations = Relations::of(&package, &main);
    let part = |kind: &str, usual: &str| {
        let name = relations.first(kind).unwrap_or_else(|| usual.to_owned());
        package.text(&name).ok().and_then(|text| xml_tree::read(&text).ok()).unwrap_or_default()
    };
    let numbering = Numbering::read(
        &part("/numbering", "word/numbering.xml"),
        &part("/styles", "word/styles.xml"),
    );
    let mut writer = body::Writer::new(numbering, &relations, &package);
    for name in relations.all("/header") {
        if let Ok(header) = xml_tree::read(&package.text(&name).unwrap_or_default()) {
            let mut own = body::Writer::new(Numbering::default(), &relations, &package);
            own.blocks(&header);
            writer.page_header(&own.finish());
        }
    }
    writer.blocks(document.child("body").unwrap_or(&document));
    let text = writer.finish();
    if text.chars().any(char::is_alphanumeric) {
        Ok(text)
    } else {
        Err(ImportError::Empty { path })
    }
}

/// Returns the name of the part that holds the text: Word online calls it `document2.xml`.
pub(crate) fn main_part(package: &Package) -> Option<String> {
    let relations = Relations::read(package, "_rels/.rels", "");
    let named = relations.first("/officeDocument").filter(|name| package.part(name).is_some());
    named.or_else(|| {
        let usual = |name: &&str| name.starts_with("word/document") && name.ends_with(".xml");
        package.names().find(usual).map(str::to_owned)
    })
}

/// What a part refers to.
#[derive(Debug, Default)]
pub(crate) struct Relations(Vec<(String, String, String)>);

impl Relations {
    /// Reads those of a part.
    pub(crate) fn of(package: &Package, part: &str) -> Self {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        Self::read(package, &format!("{folder}/_rels/{name}.rels"), folder)
    }

    fn read(package: &Package, name: &str, folder: &str) -> Self {
        let Ok(text) = package.text(name.trim_start_matches('/')) else { return Self::default() };
        let Ok(root) = xml_tree::read(&text) else { return Self::default() };
        let one = |it: &Element| {
            let target = it.attribute("Target")?;
            let target = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None if folder.is_empty() => target.to_owned(),
                None => format!("{folder}/{target}"),
            };
            Some((it.attribute("Id")?.to_owned(), it.attribute("Type")?.to_owned(), target))
        };
        Self(root.elements().filter_map(one).collect())
    }

    /// Returns the first part of a kind.
    pub(crate) fn first(&self, kind: &str) -> Option<String> {
        self.0.iter().find(|it| it.1.ends_with(kind)).map(|it| it.2.clone())
    }

    fn all(&self, kind: &str) -> Vec<String> {
        self.0.iter().filter(|it| it.1.ends_with(kind)).map(|it| it.2.clone()).collect()
    }

    fn target(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == id).map(|it| it.2.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docx(body: &str) -> Vec<u8> {
        let mut package = Package::default();
        let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        package.set("word/document.xml", xml);
        package.write().unwrap()
    }

    fn paragraph(properties: &str, text: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn headings_lists_and_tables_become_markdown() {
        let number = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr>";
        let bytes = docx(&format!(
            "{}{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph("<w:pStyle w:val=\"Heading2\"/>", "Dagsorden"),
            paragraph(number, "Valg &amp; mere"),
            paragraph("", "Sted"),
            paragraph("", "Salen"),
        ));
        let text = read(&bytes, "a.docx".into()).unwrap();
        assert_eq!(text, "## Dagsorden\n\n1. Valg & mere\n| Sted | Salen |\n\n");
    }

    #[test]
    fn what_word_does_not_print_is_left_out() {
        let body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Skjult</w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:delText>Slettet</w:delText></w:r></w:del>\
            <w:moveFrom><w:r><w:t>Flyttet</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>Ny</w:t></w:r></w:ins></w:p>";
        assert_eq!(read(&docx(body), "a.docx".into()).unwrap().trim(), "Ny");
    }

    #[test]
    fn an_archive_without_a_document_is_an_error() {
        let empty = Package::default().write().unwrap();
        assert!(read(&empty, "a.docx".into()).is_err());
    }
}
