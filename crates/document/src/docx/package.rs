//! A DOCX file's package: named parts in a ZIP archive, unpacked under limits.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use regex::bytes::Regex;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What a package may come to. What is counted is what is unpacked, whatever the archive says.
#[derive(Clone, Copy, Debug)]
pub struct PackageLimits {
    /// Most parts. Default: 2000.
    pub parts: usize,
    /// Most bytes of one part. Default: 32 MiB.
    pub part: usize,
    /// Most bytes of all parts. Default: 128 MiB.
    pub total: usize,
}

impl PackageLimits {
    /// What is read of a package for its text alone.
    pub(crate) const TEXT: Self = Self { parts: 2000, part: 32 << 20, total: 64 << 20 };
}

impl Default for PackageLimits {
    fn default() -> Self {
        Self { parts: 2000, part: 32 << 20, total: 128 << 20 }
    }
}

/// What each entry of an archive's list of parts begins with.
#[expect(clippy::expect_used, reason = "a test reads it")]
static ENTRY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)PK\x01\x02").expect("the pattern is well formed"));

/// A package that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The bytes are no archive, or a damaged one.
    #[error("{0}")]
    Archive(#[from] zip::result::ZipError),
    /// A part cannot be unpacked.
    #[error("its part {part} cannot be unpacked: {source}")]
    Unpack {
        /// Name of the part.
        part: String,
        /// What the unpacker says.
        source: std::io::Error,
    },
    /// The archive has no such part.
    #[error("it has no part {0}")]
    Missing(String),
    /// There is more in it than is read.
    #[error("{what} is more than {limit} MiB unpacked")]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit in mebibytes.
        limit: usize,
    },
    /// There are more parts than are read.
    #[error("it has more than {0} parts")]
    TooMany(usize),
    /// A part cannot be packed.
    #[error("it cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
}

/// The parts of a package, in the archive's order.
#[derive(Clone, Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Unpacks those parts of an archive that `wanted` asks for.
    ///
    /// # Errors
    /// The archive is damaged, or a limit is reached.
    pub fn read(
        bytes: &[u8],
        limits: PackageLimits,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Self, PackageError> {
        // A list of a million parts is long before any is unpacked. A package within a package
        // has its own.
        if ENTRY.find_iter(bytes).nth(limits.parts * 4).is_some() {
            return Err(PackageError::TooMany(limits.parts));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > limits.parts {
            return Err(PackageError::TooMany(limits.parts));
        }
        let (mut parts, mut left) = (Vec::new(), limits.total);
        for index in 0..zip.len() {
            let file = zip.by_index(index)?;
            let name = file.name()?.trim_start_matches('/').to_owned();
            if file.is_dir() || !wanted(&name) {
                continue;
            }
            let most = limits.part.min(left);
            let mut part = Vec::new();
            // The size that the archive states may be a lie, so what is read is what is counted.
            let read = file.take(most as u64 + 1).read_to_end(&mut part);
            read.map_err(|source| PackageError::Unpack { part: name.clone(), source })?;
            if part.len() > most {
                let (what, limit) = match most < limits.part {
                    true => ("what it holds".to_owned(), limits.total >> 20),
                    false => (format!("its part {name}"), limits.part >> 20),
                };
                return Err(PackageError::TooLarge { what, limit });
            }
            left -= part.len();
            parts.push((name, part));
        }
        Ok(Self { parts })
    }

    /// Returns a part's bytes.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, part)| part.as_slice())
    }

    /// Returns a part as text, bytes that are no UTF-8 replaced.
    ///
    /// # Errors
    /// There is no such part.
    pub fn text(&self, name: &str) -> Result<String, PackageError> {
        let part = self.part(name).ok_or_else(|| PackageError::Missing(name.to_owned()))?;
        Ok(String::from_utf8_lossy(part).into_owned())
    }

    /// Returns the parts' names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Puts a part in, in place of the one of that name.
    pub fn set(&mut self, name: &str, part: impl Into<Vec<u8>>) {
        match self.parts.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = part.into(),
            None => self.parts.push((name.to_owned(), part.into())),
        }
    }

    /// Takes a part out.
    pub fn remove(&mut self, name: &str) {
        self.parts.retain(|(known, _)| known != name);
    }

    /// Packs the parts; the same parts give the same bytes.
    ///
    /// # Errors
    /// A part cannot be packed.
    pub fn write(&self) -> Result<Vec<u8>, PackageError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        // Readers look for the list of types first.
        let first = |(name, _): &&(String, Vec<u8>)| name == "[Content_Types].xml";
        let types = self.parts.iter().filter(first);
        for (name, part) in types.chain(self.parts.iter().filter(|part| !first(part))) {
            zip.start_file(name.as_str(), options)?;
            zip.write_all(part)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(size: usize, parts: usize) -> Vec<u8> {
        let mut package = Package::default();
        for index in 0..parts {
            package.set(&format!("{index}.xml"), vec![b'a'; size]);
        }
        package.write().unwrap()
    }

    #[test]
    fn what_is_packed_is_read_and_the_same_parts_give_the_same_bytes() {
        let bytes = packed(10, 3);
        assert_eq!(bytes, packed(10, 3));
        let package = Package::read(&bytes, PackageLimits::default(), |_| true).unwrap();
        assert_eq!(package.text("1.xml").unwrap(), "aaaaaaaaaa");
        assert_eq!(package.names().count(), 3);
        assert!(matches!(package.text("x"), Err(PackageError::Missing(_))));
    }

    #[test]
    fn limits_hold_whatever_the_archive_says() {
        let limits = PackageLimits { parts: 3, part: 100, total: 150 };
        let read = |bytes: &[u8]| Package::read(bytes, limits, |_| true);
        assert!(matches!(read(&packed(1, 4)), Err(PackageError::TooMany(3))));
        assert!(matches!(read(&packed(101, 1)), Err(PackageError::TooLarge { .. })));
        assert!(matches!(read(&packed(80, 2)), Err(PackageError::TooLarge { .. })));
        let cut = packed(50, 2);
        assert!(read(&cut[..cut.len() / 2]).is_err());
    }
}
