//! Where the user's own files lie, as their system has it: one place for all that asks.

use std::path::PathBuf;

use directories::BaseDirs;

/// The name of the program's folder among those of others.
const OWN: &str = "referat";

/// Returns where the user's settings are: `REFERAT_CONFIG`, or `referat` in the folder of the
/// system's settings; `None` where the user has no home.
pub fn settings() -> Option<PathBuf> {
    if let Some(own) = variable("REFERAT_CONFIG") {
        return Some(own);
    }
    let base = BaseDirs::new()?;
    let folder = base.config_dir().join(OWN);
    // Until December 2026 they lay here on macOS too; whoever has them there keeps them.
    let before = base.home_dir().join(".config").join(OWN);
    Some(if !folder.exists() && before.exists() { before } else { folder })
}

/// Returns where models are: `REFERAT_MODELS`, or `referat/models` in the folder of the user's
/// data on this machine; `None` where the user has no home.
pub fn models() -> Option<PathBuf> {
    let own = variable("REFERAT_MODELS");
    own.or_else(|| Some(BaseDirs::new()?.data_local_dir().join(OWN).join("models")))
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
