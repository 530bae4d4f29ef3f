//! The folder of the meetings' folders. A meeting is asked for by the name of its folder and by
//! nothing else: no path, no link that leads out.

use std::path::{Component, Path, PathBuf};

use super::error::{ApiError, ApiResult};
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;

/// The meetings of one folder.
#[derive(Clone, Debug)]
pub(super) struct MeetingLibrary {
    root: PathBuf,
}

/// What makes a folder a meeting.
const SIGNS: [&str; 5] = ["dagsorden.md", "referat.md", "review.jsonl", "transcript.json", "audio"];

impl MeetingLibrary {
    /// Returns the library in the folder `root`, which must be there.
    pub(super) fn open(root: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Read { path: root.to_owned(), source };
        let root = std::fs::canonicalize(root).map_err(failed)?;
        MeetingFolder::open(&root)?;
        Ok(Self { root })
    }

    /// Returns its folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns its name.
    pub(super) fn name(&self) -> String {
        self.root.file_name().unwrap_or(self.root.as_os_str()).to_string_lossy().into_owned()
    }

    /// Returns the meeting in the folder named `id`.
    pub(super) fn meeting(&self, id: &str) -> ApiResult<MeetingFolder> {
        let missing = || ApiError::not_found("such meeting");
        let path = self.place(id).ok_or_else(missing)?;
        let about = std::fs::symlink_metadata(&path).map_err(|_| missing())?;
        if !about.is_dir() || !is_meeting(&path) {
            return Err(missing());
        }
        Ok(MeetingFolder::open(&path)?)
    }

    /// Returns where the meeting named `id` is or would be; `None` when that is no plain name.
    pub(super) fn place(&self, id: &str) -> Option<PathBuf> {
        is_plain(id).then(|| self.root.join(id))
    }

    /// Returns the meetings' names and folders, in order of name.
    pub(super) fn meetings(&self) -> ApiResult<Vec<(String, MeetingFolder)>> {
        let failed = |source| StoreError::Read { path: self.root.clone(), source };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.root).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if let (true, Ok(name)) = (is_folder, entry.file_name().into_string()) {
                names.push(name);
            }
        }
        names.sort();
        let open = |name: String| self.meeting(&name).ok().map(|folder| (name, folder));
        Ok(names.into_iter().filter_map(open).collect())
    }
}

/// Tells whether a name is that of one folder on every system: no path, nothing hidden, nothing
/// that a system reads as something else.
pub(super) fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let one = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None)
        if part.to_str() == Some(name));
    let odd = |letter: char| letter.is_control() || r#"/\:*?"<>|"#.contains(letter);
    one && name.len() <= 200
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(odd)
}

/// Tells whether the file at `path` lies in the folder `root`, also when it is a link.
pub(super) fn lies_within(path: &Path, root: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|path| path.starts_with(root))
}

fn is_meeting(path: &Path) -> bool {
    SIGNS.iter().any(|name| path.join(name).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_one_folder_is_a_meeting() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join("2023-03-07 møde/audio")).unwrap();
        std::fs::create_dir_all(root.path().join("noget andet")).unwrap();
        std::fs::create_dir_all(root.path().join(".skjult/audio")).unwrap();
        let library = MeetingLibrary::open(root.path()).unwrap();
        assert!(library.meeting("2023-03-07 møde").is_ok());
        let climbing = [
            "",
            ".",
            "..",
            "../x",
            "2023-03-07 møde/",
            "2023-03-07 møde/audio",
            "/etc",
            ".skjult",
            "noget andet",
            "a\\b",
            "C:",
            "x\0",
            "CON:",
            "a.",
            "..%2f",
        ];
        for bad in climbing {
            assert!(library.meeting(bad).is_err(), "{bad:?}");
        }
        assert_eq!(library.meetings().unwrap().len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_no_meeting() {
        let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir_all(elsewhere.path().join("audio")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("link")).unwrap();
        let library = MeetingLibrary::open(root.path()).unwrap();
        assert!(library.meeting("link").is_err());
        assert!(!lies_within(&root.path().join("link/audio"), library.root()));
    }
}
