//! The `referat` command.

fn main() {}
