//! Which models fit this machine, what they cost, and how good they are.

use super::installed::InstalledModel;
use super::library::Library;
use super::manifest::ManifestEntry;

/// What matters of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Bytes of memory that programs may use.
    pub memory_bytes: u64,
    /// Cores, each of which decodes on its own.
    pub cores: usize,
}

impl Machine {
    /// Returns this machine; a container's limit counts as its memory.
    pub fn here() -> Self {
        let mut system = sysinfo::System::new();
        system.refresh_memory();
        let limit = system.cgroup_limits().map_or(u64::MAX, |limits| limits.total_memory);
        Self {
            memory_bytes: system.total_memory().min(limit),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// What is to be said of one model on one machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// What the manifest or the note beside the weights says.
    pub name: String,
    /// Bytes to fetch.
    pub size_bytes: u64,
    /// Memory it takes while it decodes, with one lane per core.
    pub memory_bytes: u64,
    /// Whether that fits, with room for everything else.
    pub fits: bool,
    /// Higher is better; 0 when nothing is known for the language.
    pub rank: u32,
    /// How good it is for the language, for people.
    pub quality: String,
    /// Whether it is here.
    pub installed: bool,
    /// Seconds of work per second of speech, where it was measured.
    pub factor: Option<f64>,
}

/// Returns advice on every model for the language with this ISO 639-1 code, the best that
/// fits first. `probe` measures an installed model.
pub fn advise(
    library: &Library,
    language: &str,
    machine: Machine,
    probe: &mut dyn FnMut(&InstalledModel) -> Option<f64>,
) -> Vec<Advice> {
    let installed = library.installed().unwrap_or_default();
    let known = library.manifest().models.iter().filter(|entry| entry.is_whisper());
    let mut all: Vec<Advice> = known
        .map(|entry| (entry, installed.iter().find(|model| model.name == entry.name)))
        .chain(
            installed
                .iter()
                .filter(|model| library.manifest().find(&model.name).is_none())
                .filter(|model| model.is_whisper())
                .map(|model| (model.entry(), Some(model))),
        )
        .map(|(entry, model)| advice(entry, model, language, machine, probe))
        .collect();
    all.sort_by_key(|advice| (!advice.fits, std::cmp::Reverse(advice.rank), advice.size_bytes));
    all
}

fn advice(
    entry: &ManifestEntry,
    model: Option<&InstalledModel>,
    language: &str,
    machine: Machine,
    probe: &mut dyn FnMut(&InstalledModel) -> Option<f64>,
) -> Advice {
    let memory_bytes = entry.size_bytes + lane(entry) * machine.cores as u64;
    let quality = entry.languages.get(language);
    Advice {
        name: entry.name.clone(),
        size_bytes: entry.size_bytes,
        memory_bytes,
        // Half of the memory is left to the system and to what else the user has open.
        fits: memory_bytes <= machine.memory_bytes / 2,
        rank: quality.map_or(0, |quality| quality.rank),
        quality: quality.map_or("not known for it".into(), |quality| quality.quality.clone()),
        installed: model.is_some(),
        factor: model.and_then(probe),
    }
}

/// Returns the memory of one decoding lane beside the weights. Measured for large-v3-turbo
/// (two lanes: 1.1 GB with 574 MB of weights, 1.4 GB with 874 MB; 2026-11) and scaled by
/// width for the others.
fn lane(entry: &ManifestEntry) -> u64 {
    const TURBO: u64 = 265_000_000;
    let width = match entry.architecture.trim_start_matches("whisper-") {
        name if name.starts_with("tiny") => 384,
        name if name.starts_with("base") => 512,
        name if name.starts_with("small") => 768,
        name if name.starts_with("medium") => 1024,
        _ => 1280,
    };
    TURBO * width / 1280
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifest;

    fn best(memory_bytes: u64) -> String {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::at(folder.path(), Manifest::load().unwrap());
        let machine = Machine { memory_bytes, cores: 4 };
        advise(&library, "da", machine, &mut |_| None)[0].name.clone()
    }

    #[test]
    fn what_is_recommended_depends_on_the_memory() {
        assert_eq!(best(16 << 30), "edda-v0.2-q8_0");
        assert_eq!(best(3_500_000_000), "edda-v0.2");
        assert_eq!(best(1_200_000_000), "base-q8_0");
    }

    #[test]
    fn this_machine_has_memory_and_cores() {
        let here = Machine::here();
        assert!(here.memory_bytes > 1 << 28 && here.cores > 0, "{here:?}");
    }
}
