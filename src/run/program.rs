//! The build of this program that decodes fastest here, for the engine's process.

use std::path::PathBuf;

use super::error::RunError;

/// The version of this program: an engine of another one may hear other words.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The builds of this program for newer processors, the best first: they lie beside it where
/// the release has them.
const BUILDS: [&str; 2] = ["referat-engine-v4", "referat-engine-v3"];

/// Returns the build of this program that decodes fastest here.
///
/// # Errors
/// The system does not tell where this program is.
pub fn executable() -> Result<PathBuf, RunError> {
    let own = std::env::current_exe().map_err(RunError::NoProgram)?;
    let fitting = BUILDS.into_iter().zip(supported()).filter(|(_, fits)| *fits);
    let beside = fitting
        .map(|(name, _)| own.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION));
    Ok(beside.into_iter().find(|path| path.is_file()).unwrap_or(own))
}

/// Tells which of [`BUILDS`] this processor runs.
#[cfg(target_arch = "x86_64")]
fn supported() -> [bool; 2] {
    let v3 = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("f16c");
    let v4 = v3
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512cd")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl");
    [v4, v3]
}

/// Tells which of [`BUILDS`] this processor runs: they are for another one.
#[cfg(not(target_arch = "x86_64"))]
const fn supported() -> [bool; 2] {
    [false, false]
}
