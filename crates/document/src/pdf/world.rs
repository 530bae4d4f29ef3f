//! What typst sees of the world: its own library, the fonts that are part of the program, one
//! template and one file of data. No clock, no network, no other file.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime};
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The program's fonts.
pub(super) struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

/// Stands where a character has no shape.
const BOX: char = '\u{25a1}';

/// The families that `referat.typ` names: a character is shown when every face of one has it. What
/// only other fonts have, typst does not find in every style.
const FAMILIES: [&str; 3] = ["Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"];

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Fonts { fonts, book }
});

/// Returns the fonts that are part of the program (SIL OFL and Bitstream Vera licences).
pub(super) fn fonts() -> &'static Fonts {
    &FONTS
}

impl Fonts {
    /// Returns the text with a box for every character that no font has, which is noted in
    /// `missing`: a PDF for screen readers may hold no character without a shape.
    pub(super) fn covered(&self, text: &str, missing: &mut BTreeSet<char>) -> String {
        let has = |letter: char| {
            letter.is_ascii()
                || letter.is_whitespace()
                || FAMILIES.iter().any(|family| {
                    let mut faces = self.fonts.iter().filter(|it| it.info().family == *family);
                    faces.all(|face| face.info().coverage.contains(letter as u32))
                })
        };
        // What only chooses between two looks of the letter before it needs no shape.
        let chooses = |letter: &char| matches!(letter, '\u{fe00}'..='\u{fe0f}');
        text.chars()
            .filter(|letter| !chooses(letter))
            .map(|letter| {
                if has(letter) {
                    return letter;
                }
                missing.insert(letter);
                BOX
            })
            .collect()
    }
}

/// The template and its data.
pub(super) struct Pages {
    library: LazyHash<Library>,
    fonts: &'static Fonts,
    template: Source,
    data: (FileId, Bytes),
}

impl Pages {
    /// Returns the pages that the template makes of `data`, which is JSON.
    pub(super) fn new(data: String, fonts: &'static Fonts) -> Self {
        let file = |name: &str| FileId::new(None, VirtualPath::new(name));
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            template: Source::new(file("referat.typ"), include_str!("referat.typ").to_owned()),
            data: (file("data.json"), Bytes::from_string(data)),
        }
    }
}

impl World for Pages {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = (id == self.template.id()).then(|| self.template.clone());
        found.ok_or_else(|| FileError::NotFound(id.vpath().as_rooted_path().to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = (id == self.data.0).then(|| self.data.1.clone());
        found.ok_or_else(|| FileError::NotFound(id.vpath().as_rooted_path().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<i64>) -> Option<Datetime> {
        None
    }
}
