//! Samples in, words out: windows, the recognizer, guards.
