//! Promise: the code stays a house that a stranger finds the way in: a type name means one thing,
//! no two files need each other, and what is said in a language stands in its tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

struct Source {
    path: PathBuf,
    /// Its module, as in `["purge", "plan"]`.
    module: Vec<String>,
    /// Its text without its own tests.
    text: String,
}

/// The files of every crate, crate by crate.
fn crates() -> Vec<Vec<Source>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let others = fs::read_dir(root.join("crates")).unwrap();
    let mut roots: Vec<PathBuf> = others.map(|it| it.unwrap().path().join("src")).collect();
    roots.push(root.join("src"));
    roots.sort();
    roots.iter().map(|root| sources(root)).collect()
}

fn sources(root: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(root).unwrap().with_extension("");
                let mut module: Vec<String> =
                    inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                if matches!(module.last().unwrap().as_str(), "mod" | "lib" | "main") {
                    module.pop();
                }
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                found.push(Source { path, module, text });
            }
        }
    }
    found
}

#[test]
fn a_type_name_means_one_thing() {
    let named =
        Regex::new(r"(?m)^ *pub(?:\([a-z]+\))? (?:struct|enum|trait|type) ([A-Z]\w*)").unwrap();
    let mut places: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for source in crates().into_iter().flatten() {
        for found in named.captures_iter(&source.text) {
            places.entry(found[1].to_owned()).or_default().insert(source.path.clone());
        }
    }
    assert!(places.len() > 300, "the names are found: {}", places.len());
    // `Args` stands for what is typed after each command.
    let shared: Vec<_> =
        places.iter().filter(|(name, files)| files.len() > 1 && *name != "Args").collect();
    let share = shared.len() as f64 / places.len() as f64;
    println!("{} of {} type names are shared: {share:.3}", shared.len(), places.len());
    // Measured 2026-11-28: 0.04.
    assert!(share < 0.06, "{share:.3}: name some of these apart: {shared:#?}");
}

#[test]
fn no_two_files_need_each_other() {
    let mut circles = Vec::new();
    for sources in crates() {
        let needs: Vec<BTreeSet<usize>> =
            sources.iter().map(|source| needed(source, &sources)).collect();
        for (at, source) in sources.iter().enumerate() {
            if reached(at, &needs).contains(&at) {
                circles.push(source.path.clone());
            }
        }
    }
    assert!(circles.is_empty(), "these need each other, in one circle or several: {circles:#?}");
}

/// Files of the core whose strings may hold letters of one language, and why.
const LETTERED: [(&str, &str); 3] = [
    ("agenda/lines.rs", "the letters that HTML has names for"),
    ("draft/wording.rs", "a word order of spoken Danish, not yet in the clauses' tables"),
    ("understanding/people/likeness.rs", "spellings that sound alike, in names of any language"),
];

#[test]
fn what_is_said_in_a_language_stands_in_its_tables() {
    let strings = Regex::new(r#"(?s)r"[^"]*"|r\#".*?"\#|"(?:\\.|[^"\\])*""#).unwrap();
    let comment = Regex::new(r"(?m)^\s*//.*$|//[/!]? .*$").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/core/src");
    let mut found = Vec::new();
    let mut lettered = BTreeSet::new();
    for source in sources(&root) {
        let text = comment.replace_all(&source.text, "").replace("'\"'", "");
        let danish = |text: &str| text.to_lowercase().contains(['æ', 'ø', 'å']);
        let place = source.path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        for string in strings.find_iter(&text).filter(|string| danish(string.as_str())) {
            if LETTERED.iter().any(|(file, _)| *file == place) {
                lettered.insert(place.clone());
            } else {
                found.push(format!("{place}: {}", string.as_str()));
            }
        }
    }
    assert!(found.is_empty(), "these belong in the tables of words: {found:#?}");
    assert_eq!(lettered.len(), LETTERED.len(), "an exception that none needs: {lettered:?}");
}

/// The files that one imports, by place.
fn needed(source: &Source, sources: &[Source]) -> BTreeSet<usize> {
    let import =
        Regex::new(r"\b(crate|super)((?:::[a-z_0-9]+)*)::(?:\{([^;]*?)\}|[A-Za-z_0-9]+)").unwrap();
    let member = Regex::new(r"(?:^|,)\s*([A-Za-z_0-9]+)").unwrap();
    let place = |path: &[String]| {
        (0..=path.len())
            .rev()
            .find_map(|length| sources.iter().position(|it| it.module == path[..length]))
    };
    let code: Vec<&str> =
        source.text.lines().map(|line| line.split("//").next().unwrap_or("")).collect();
    let code = code.join("\n");
    let mut needed = BTreeSet::new();
    for found in import.captures_iter(&code) {
        let mut path = match &found[1] {
            "crate" => Vec::new(),
            _ => source.module[..source.module.len().saturating_sub(1)].to_vec(),
        };
        for part in found[2].split("::").filter(|part| !part.is_empty()) {
            match part {
                "super" => drop(path.pop()),
                part => path.push(part.to_owned()),
            }
        }
        let whole = found.get(0).unwrap().as_str();
        match found.get(3) {
            Some(group) => {
                for one in member.captures_iter(group.as_str()) {
                    let mut path = path.clone();
                    path.push(one[1].to_owned());
                    needed.extend(place(&path));
                }
            }
            None => {
                path.push(whole.rsplit("::").next().unwrap().to_owned());
                needed.extend(place(&path));
            }
        }
    }
    needed.retain(|at| sources[*at].module != source.module);
    needed
}

/// All files that one needs, by way of others too.
fn reached(from: usize, needs: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<usize> = needs[from].iter().copied().collect();
    while let Some(at) = open.pop() {
        if seen.insert(at) {
            open.extend(&needs[at]);
        }
    }
    seen
}
