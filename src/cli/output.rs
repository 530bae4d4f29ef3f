//! Data on standard output. Whoever reads it may stop reading: that ends the command in peace.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};

/// Writes a line of data, as `println!` does.
macro_rules! outln {
    ($($text:tt)*) => {
        $crate::cli::output::line(format_args!($($text)*))
    };
}
pub(super) use outln;

/// Writes a line. Where nobody reads any more (`referat models list | head`) there is nothing
/// left to do.
#[expect(clippy::exit, reason = "what would be said is wanted no more")]
pub(super) fn line(text: Arguments<'_>) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_fmt(text).and_then(|()| out.write_all(b"\n")) {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        eprintln!("error: cannot write to standard output: {error}");
        std::process::exit(1);
    }
}
