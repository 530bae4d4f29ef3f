//! A DOCX file opened: which of its parts is what is told by its relations, not by their names.
//! Word online calls the text `document2.xml`.

use super::package::{Package, PackageError, PackageLimits};
use crate::xml_tree::{self, Element};

/// The relations of the package itself.
const ROOT: &str = "_rels/.rels";

/// A package whose text was found.
#[derive(Clone, Debug)]
pub(super) struct WordFile {
    /// The parts.
    pub(super) package: Package,
    /// Name of the part that holds the text.
    pub(super) main: String,
    /// What that part refers to.
    pub(super) relations: Relations,
}

impl WordFile {
    /// Opens those parts of a file that `wanted` asks for.
    ///
    /// # Errors
    /// The archive is damaged, a limit is reached, or no part holds a text.
    pub(super) fn open(
        bytes: &[u8],
        limits: PackageLimits,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Self, PackageError> {
        let package = Package::read(bytes, limits, wanted)?;
        let named = Relations::read(&package, ROOT, "").first("/officeDocument");
        let named = named.filter(|name| package.part(name).is_some());
        let usual = |name: &&str| name.starts_with("word/document") && name.ends_with(".xml");
        let main = named.or_else(|| package.names().find(usual).map(str::to_owned));
        let main = main.ok_or_else(|| PackageError::Missing("word/document.xml".to_owned()))?;
        let relations = Relations::read(&package, &relations_of(&main), folder(&main));
        Ok(Self { package, main, relations })
    }

    /// Returns the name of the part of a kind, such as `styles`, that the text refers to; where
    /// it refers to none, the name that Word would give it.
    pub(super) fn part_of(&self, kind: &str) -> String {
        let usual = || within(folder(&self.main), &format!("{kind}.xml"));
        self.relations.first(&format!("/{kind}")).unwrap_or_else(usual)
    }

    /// Returns the part of a kind as a tree; an empty one where it is not there or damaged.
    pub(super) fn tree_of(&self, kind: &str) -> Element {
        self.tree(&self.part_of(kind))
    }

    /// Returns a part as a tree; an empty one where it is not there or damaged.
    pub(super) fn tree(&self, name: &str) -> Element {
        let text = self.package.text(name).ok();
        text.and_then(|text| xml_tree::read(&text).ok()).unwrap_or_default()
    }
}

/// Returns the name of the part with the relations of another.
pub(super) fn relations_of(part: &str) -> String {
    let name = part.rsplit('/').next().unwrap_or(part);
    within(folder(part), &format!("_rels/{name}.rels"))
}

fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns the name of a part that a part in `folder` calls `target`.
fn within(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

/// What a part refers to.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations(Vec<Relation>);

#[derive(Clone, Debug)]
struct Relation {
    id: String,
    kind: String,
    part: String,
}

impl Relations {
    fn read(package: &Package, name: &str, folder: &str) -> Self {
        let Ok(text) = package.text(name) else { return Self::default() };
        let Ok(root) = xml_tree::read(&text) else { return Self::default() };
        let one = |it: &Element| {
            let attribute = |name: &str| it.attribute(name).map(str::to_owned);
            let part = within(folder, it.attribute("Target")?);
            Some(Relation { id: attribute("Id")?, kind: attribute("Type")?, part })
        };
        Self(root.elements().filter_map(one).collect())
    }

    fn first(&self, kind: &str) -> Option<String> {
        self.all(kind).next().map(str::to_owned)
    }

    /// Returns the parts of a kind.
    pub(super) fn all(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |it| it.kind.ends_with(kind)).map(|it| it.part.as_str())
    }

    /// Returns the part that is called `id`.
    pub(super) fn target(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|it| it.id == id).map(|it| it.part.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_what_the_relations_say() {
        let relation = |kind: &str, target: &str| {
            format!(
                "<Relationships><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>"
            )
        };
        let mut package = Package::default();
        package.set(ROOT, relation("officeDocument", "/word/document2.xml"));
        package.set("word/document.xml", "<old/>");
        package.set("word/document2.xml", "<new/>");
        package.set("word/_rels/document2.xml.rels", relation("styles", "styles2.xml"));
        let file =
            WordFile::open(&package.write().unwrap(), PackageLimits::TEXT, |_| true).unwrap();
        assert_eq!(file.main, "word/document2.xml");
        assert_eq!(file.part_of("styles"), "word/styles2.xml");
        assert_eq!(file.part_of("numbering"), "word/numbering.xml");
        assert_eq!(file.relations.target("a"), Some("word/styles2.xml"));
    }

    #[test]
    fn a_package_without_a_text_is_an_error() {
        let empty = Package::default().write().unwrap();
        assert!(matches!(
            WordFile::open(&empty, PackageLimits::TEXT, |_| true),
            Err(PackageError::Missing(_))
        ));
    }
}
