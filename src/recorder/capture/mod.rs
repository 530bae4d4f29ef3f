//! Sound from a device to the disk. Samples pass a ring without locks from the device's own
//! thread to a writer, which keeps a WAV file whose header is true at all times. In: a device
//! or any other feeder. Out: files, and entries of the recorder's journal. Knows nothing of
//! agendas, marks or screens. The running recording is the one file that is not written by
//! `store`: it grows for hours and must be whole at every moment.

pub mod clock;
pub mod device;
pub mod error;
pub mod flac;
pub mod level;
pub mod part;
pub mod ring;
pub mod take;
