//! Promise: what the book says of this repository is so. Files that it names are there, its links
//! lead somewhere, every key, table and command is told of, and its examples can be read.

use std::fs;
use std::path::{Path, PathBuf};

use referat_core::language::overlay::Overlay;
use referat_document::profile::Profile;

use crate::support::{referat, root};

/// Folders of the repository by which a path is known for one.
const FOLDERS: [&str; 13] = [
    ".ci", ".cargo", ".config", ".github", "benches", "crates", "docs", "fuzz", "models",
    "samples", "src", "tests", "web",
];

/// The pages of the book, and what stands beside it.
fn pages() -> Vec<(PathBuf, String)> {
    let mut found: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name)).into();
    let mut folders = vec![root().join("docs/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs/src").join(name)).unwrap()
}

/// A page's text without its examples.
fn prose(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The examples of a page that are marked as `language`, without their indent.
fn examples(text: &str, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == format!("```{language}") {
            let indent = line.len() - line.trim_start().len();
            let inside = lines.by_ref().take_while(|line| line.trim() != "```");
            let inside: Vec<&str> = inside.map(|line| line.get(indent..).unwrap_or("")).collect();
            found.push(inside.join("\n"));
        }
    }
    found
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<String> {
    prose(text).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether `text` is a path of this repository, and no pattern for one.
fn is_path(text: &str) -> bool {
    let plain = text.chars().all(|it| it.is_ascii_alphanumeric() || "._-/".contains(it));
    let first = text.split('/').next().unwrap_or_default();
    plain && text.contains('/') && FOLDERS.contains(&first) && !text.contains("NAME")
}

#[test]
fn every_file_that_the_book_names_is_there_and_holds_what_is_named_in_it() {
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for quote in quoted(&text) {
            let (path, name) = quote.split_once("::").unwrap_or((&quote, ""));
            if !is_path(path) {
                continue;
            }
            let file = root().join(path);
            let holds = |text: String| {
                let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
                words.any(|word| word == name)
            };
            if !file.exists() || !name.is_empty() && !fs::read_to_string(file).is_ok_and(holds) {
                wrong.push(format!("{}: `{quote}`", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A heading's name in an address.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().filter_map(|it| match it {
        ' ' => Some('-'),
        it if it.is_alphanumeric() || it == '-' || it == '_' => Some(it),
        _ => None,
    });
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the address `link` on the page at `from` leads somewhere.
fn leads(from: &Path, link: &str) -> bool {
    if link.starts_with("http://") || link.starts_with("https://") {
        return true;
    }
    let (path, place) = link.split_once('#').unwrap_or((link, ""));
    let file = match path {
        "" => from.to_owned(),
        path => from.parent().unwrap().join(path),
    };
    let has_place = |text: String| {
        let text = prose(&text);
        let mut headings = text.lines().filter_map(|line| line.strip_prefix('#'));
        headings.any(|heading| anchor(heading.trim_start_matches('#')) == place)
    };
    file.exists() && (place.is_empty() || fs::read_to_string(file).is_ok_and(has_place))
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        let text = prose(&text);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !leads(&page, link)) {
            wrong.push(format!("{}: {link}", page.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_stands_in_the_summary() {
    let (summary, book) = (page("SUMMARY.md"), root().join("docs/src"));
    for (path, _) in pages() {
        let Ok(path) = path.strip_prefix(&book) else { continue };
        let path = path.to_str().unwrap().replace('\\', "/");
        assert!(path == "SUMMARY.md" || summary.contains(&format!("({path})")), "{path}");
    }
}

#[test]
fn the_readme_is_short() {
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 150, "{lines} lines");
}

#[test]
fn every_key_of_a_profile_is_told_of() {
    let source = fs::read_to_string(root().join("crates/document/src/profile.rs")).unwrap();
    let told = page("users/profiles.md");
    let mut keys = 0;
    for structure in ["pub struct Profile {", "pub struct PartWords {"] {
        let body = source.split(structure).nth(1).unwrap().split("\n}").next().unwrap();
        let fields =
            body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
        for (key, _) in fields {
            assert!(told.contains(&format!("| `{key}` |")), "{key} is not told of");
            keys += 1;
        }
    }
    assert!(keys > 10, "{keys}");
}

#[test]
fn every_table_of_words_is_told_of() {
    let told = page("users/own-words.md");
    for entry in fs::read_dir(root().join("crates/core/src/language/da")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(told.contains(&format!("| `{name}` |")), "{name} is not told of");
    }
}

#[test]
fn every_command_is_told_of() {
    let told = page("users/scripts.md");
    let help = referat(root(), &["--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<&str> = names.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.len() > 10, "{help}");
    for name in names {
        assert!(told.contains(&format!("`referat {name}")), "{name} is not told of");
    }
}

#[test]
fn the_books_examples_can_be_read() {
    for (page, text) in pages() {
        for example in examples(&text, "json") {
            let read: Result<serde_json::Value, _> = serde_json::from_str(&example);
            assert!(read.is_ok(), "{}: {read:?}\n{example}", page.display());
        }
        for line in examples(&text, "jsonl").iter().flat_map(|example| example.lines()) {
            let read: Result<serde_json::Value, _> = serde_json::from_str(line);
            assert!(read.is_ok(), "{}: {read:?}\n{line}", page.display());
        }
    }
    for example in examples(&page("users/profiles.md"), "toml") {
        Profile::parse("example", &example).unwrap();
    }
    for example in examples(&page("users/own-words.md"), "toml") {
        Overlay::parse("ord.toml", &example).unwrap();
    }
    let cues = examples(&page("developers/how-to-add.md"), "toml");
    let cue = cues.iter().find(|example| example.starts_with("[[cue]]")).unwrap();
    Overlay::parse("ord.toml", &cue.replace("[[cue]]", "[[da.cues.cue]]")).unwrap();
}
