//! The `referat` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    referat::cli::main()
}
