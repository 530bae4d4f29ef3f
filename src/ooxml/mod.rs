//! Office Open XML below the level of a document: the package of parts, read under limits and
//! written the same way for the same parts. Knows neither minutes nor blocks.

mod package;

pub use package::{Package, PackageError, PackageLimits};
