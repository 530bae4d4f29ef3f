//! Which house rules a meeting's minutes follow: named, or those that lie beside the meeting.
//!
//! `profil.toml` in the meeting's folder comes first, then the one in the folder above (a year's
//! meetings of one body), then the user's own; without any, the seed's layout. A profile of the
//! user's is found by its name in `profiler/` of the user's settings.

use std::path::{Path, PathBuf};

use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use referat_document::profile::{Profile, ProfileError};

use super::settings::{FrozenFile, ProfileChoice};
use crate::error::PipelineError;

/// The file of house rules beside a meeting, above it, or among the user's settings.
pub const FILE: &str = "profil.toml";

/// The folder of the user's own profiles.
const FOLDER: &str = "profiler";

/// Returns the house rules called `named` (a name, or a TOML file), else those that lie nearest
/// to the meeting. `settings` is the user's folder of settings.
///
/// # Errors
/// There are none of that name, or they cannot be read or understood.
pub fn choose(
    folder: &MeetingFolder,
    named: Option<&str>,
    settings: Option<&Path>,
) -> Result<Profile, PipelineError> {
    find(folder, named.map(choice).transpose()?.as_ref(), settings)
}

/// Returns the choice that `named` (a name, or a TOML file) stands for.
///
/// # Errors
/// The file cannot be read.
pub fn choice(named: &str) -> Result<ProfileChoice, PipelineError> {
    let path = Path::new(named);
    if path.extension().is_none_or(|ending| ending != "toml") {
        return Ok(ProfileChoice::Named(named.to_owned()));
    }
    let bytes = artefact::read(path)?;
    text(path, &bytes)?;
    Ok(ProfileChoice::File(FrozenFile::of(path, &bytes)))
}

/// Returns the house rules of a choice, else those that lie nearest to the meeting. `settings` is
/// the user's folder of settings.
///
/// # Errors
/// There are none of that name, or they cannot be read or understood.
pub fn find(
    folder: &MeetingFolder,
    choice: Option<&ProfileChoice>,
    settings: Option<&Path>,
) -> Result<Profile, PipelineError> {
    let named = match choice {
        None => return nearest(folder, settings),
        Some(ProfileChoice::File(FrozenFile { file, text })) => {
            return Ok(Profile::parse(file, text)?);
        }
        Some(ProfileChoice::Named(named)) => named,
    };
    // A name holds no path: it is looked up in one folder alone.
    let plain = !named.is_empty() && !named.contains(['/', '\\', '.']);
    let own = settings
        .filter(|_| plain)
        .map(|settings| settings.join(FOLDER).join(format!("{}.toml", named.to_lowercase())));
    if let Some(own) = own
        && let Some(text) = artefact::read_if_there(&own)?
    {
        return read(&own, &text);
    }
    Ok(Profile::named(named)?)
}

/// Returns what is wrong with the house rules among the user's `settings`.
pub fn faults(settings: &Path) -> Vec<PipelineError> {
    let listed = std::fs::read_dir(settings.join(FOLDER)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.push(settings.join(FILE));
    paths.sort();
    let fault = |path: &PathBuf| match artefact::read_if_there(path) {
        Ok(text) => read(path, &text?).err(),
        Err(error) => Some(error.into()),
    };
    paths.iter().filter_map(fault).collect()
}

fn nearest(folder: &MeetingFolder, settings: Option<&Path>) -> Result<Profile, PipelineError> {
    let root = folder.root();
    let above = std::path::absolute(root).ok().and_then(|path| path.parent().map(Path::to_owned));
    let places = [Some(root.to_owned()), above, settings.map(Path::to_owned)];
    for place in places.into_iter().flatten() {
        let path = place.join(FILE);
        if let Some(text) = artefact::read_if_there(&path)? {
            return read(&path, &text);
        }
    }
    Ok(Profile::default())
}

fn read(path: &Path, bytes: &[u8]) -> Result<Profile, PipelineError> {
    Ok(Profile::parse(&path.display().to_string(), text(path, bytes)?)?)
}

/// Returns what a file of house rules says.
fn text<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, ProfileError> {
    std::str::from_utf8(bytes)
        .map_err(|_| ProfileError::NotText { name: path.display().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(path: &Path, text: &str) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        artefact::write(path, text.as_bytes()).unwrap();
    }

    #[test]
    fn the_rules_nearest_to_the_meeting_hold() {
        let root = tempfile::tempdir().unwrap();
        let settings = root.path().join("settings");
        let folder = MeetingFolder::create(&root.path().join("year/meeting")).unwrap();
        let name = |named| choose(&folder, named, Some(&settings)).unwrap().name;
        assert_eq!(name(None), "kredsraad");
        for (file, profile) in [
            ("settings/profil.toml", "kommune"),
            ("year/profil.toml", "bestyrelse"),
            ("year/meeting/profil.toml", "english"),
        ] {
            put(&root.path().join(file), &format!("base = \"{profile}\"\nname = \"{profile}\""));
            assert_eq!(name(None), profile);
        }
        put(&settings.join("profiler/hus.toml"), "base = \"kommune\"\nname = \"hus\"");
        assert_eq!(name(Some("Hus")), "hus");
        assert_eq!(name(Some("kommune")), "kommune");
        let file = settings.join("profiler/hus.toml");
        assert_eq!(name(Some(file.to_str().unwrap())), "hus");
    }

    #[test]
    fn a_profile_that_is_not_there_is_told() {
        let root = tempfile::tempdir().unwrap();
        let folder = MeetingFolder::create(&root.path().join("meeting")).unwrap();
        for bad in ["../hus", "findes-ikke", "", "findes/ikke.toml"] {
            assert!(choose(&folder, Some(bad), None).is_err(), "{bad}");
        }
    }
}
