//! The meeting folder: every file is written whole and atomically, or append-only.
