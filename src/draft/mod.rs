//! Passages and turns become statements: the structured referat.
