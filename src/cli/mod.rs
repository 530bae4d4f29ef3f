//! The terminal: arguments, messages, exit codes.
