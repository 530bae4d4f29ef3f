//! Promise: a template of the office's own gets the whole referat and can do nothing but write
//! it; what fails in it is told by file and line.

use std::fs;
use std::path::Path;
use std::time::Instant;

use referat::export::fill_in::fill_in;
use referat::export::{ExportOptions, export};
use referat::store::folder::MeetingFolder;
use referat_document::{html, plain};

use crate::support;
use crate::support::meeting::{hostile, sample};
use crate::support::{assert_fails_well, done, referat, root, stderr};

/// What a template that stands in `folder` makes of the meeting.
fn written(meeting: &Path, draft: bool, template: &Path) -> String {
    let options = ExportOptions { draft, ..ExportOptions::new(plain::FORMAT) };
    fill_in(&MeetingFolder::open(meeting).unwrap(), &options, template).unwrap().0
}

/// The words of a page's body, without its tags and the punctuation that tells them apart.
fn words(html: &str) -> Vec<String> {
    let body = html.split_once("<body>").unwrap().1;
    let text = regex::Regex::new("<[^>]*>").unwrap().replace_all(body, " ").into_owned();
    let text = regex::Regex::new(r"\b\d+\. ").unwrap().replace_all(&text, " ").into_owned();
    text.replace("&#x2f;", "/").split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_sample_template_writes_every_word_that_the_page_has() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let template = root().join("samples/templates/referat.html.jinja");
    let own = MeetingFolder::open(&meeting).unwrap();
    for draft in [false, true] {
        let options = ExportOptions { draft, ..ExportOptions::new(html::FORMAT) };
        let page = String::from_utf8(export(&own, &options).unwrap().bytes).unwrap();
        // The fold's own word is all that the template leaves out.
        let page = page.replace("Øvrigt:", "");
        let made = written(&meeting, draft, &template);
        assert_eq!(words(&made), words(&page), "draft: {draft}");
        assert!(made.contains("<h1>Referat af") && made.contains("<html lang=\"da\">"), "{made}");
    }
}

#[test]
fn what_was_decided_is_gathered_by_the_sample_template() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let made = written(&meeting, false, &root().join("samples/templates/beslutninger.md.jinja"));
    assert!(made.starts_with("# Referat af"), "{made}");
    assert!(made.contains("\nTirsdag den 7. marts 2023"), "{made}");
    let bullets = made.lines().filter(|line| line.starts_with("- ")).count();
    let minutes = support::json(&meeting.join("minutes.json"));
    let sections = minutes["sections"].as_array().unwrap().iter();
    let all = sections.flat_map(|section| section["statements"].as_array().unwrap());
    let outcomes = all.filter(|it| ["decision", "vote", "action"].iter().any(|k| it["kind"] == *k));
    assert_eq!(bullets, outcomes.count(), "{made}");
    assert!(bullets > 0 && !made.contains("\n\n\n"), "{made}");
}

#[test]
fn the_referents_own_words_are_what_a_template_gets() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let path = meeting.join("referat.md");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("**Deltagende:**\n", "**Deltagende:**\n\nKontorchef Nina Persson\n");
    fs::write(&path, text.replace("### **Ad 3", "- Egen *linje*\n\n### **Ad 3")).unwrap();
    let template = folder.path().join("a.txt.jinja");
    fs::write(
        &template,
        "{% for one in header.present %}{{ one.title }}: {{ one.name }}\n{% endfor %}\
         {% for section in sections if section.item == '2' %}\
         {% for one in section.statements %}{{ one.text }}|{{ one.id }}|{{ one.speaker }}\n\
         {% endfor %}{% endfor %}",
    )
    .unwrap();
    let made = written(&meeting, false, &template);
    assert!(made.contains("Kontorchef: Nina Persson\n"), "{made}");
    assert!(made.contains("\nEgen linje||\n"), "{made}");
    let known = made.lines().filter(|line| line.contains("|s-") && !line.ends_with('|')).count();
    assert!(known > 1, "{made}");
}

#[test]
fn what_was_said_or_printed_is_inert_in_what_a_template_writes() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = hostile(folder.path());
    let all = "{{ title }}\n{% for block in blocks %}{{ block.text or '' }}\n\
        {% for entry in block.entries or [] %}{{ entry.lines[0].text }}\n{% endfor %}{% endfor %}\
        {% for person in header.present %}{{ person.name }}\n{% endfor %}\
        {% for item in agenda %}{{ item.title }}\n{% endfor %}";
    let made = |name: &str| {
        let path = folder.path().join(name);
        fs::write(&path, all).unwrap();
        written(&meeting, true, &path)
    };
    let html = made("a.html");
    assert!(!html.contains('<') && html.contains("&lt;script&gt;"), "{html}");
    let md = made("a.md.jinja");
    for mark in ["<script", "<img", "<a ", "<!--", "[klik]", "[x]"] {
        let bare = md.match_indices(mark).any(|(at, _)| !md[..at].ends_with(['\\', '!']));
        assert!(!bare, "{mark}: {md}");
    }
    let plain = made("a.txt");
    assert!(plain.contains("{{ 7*7 }}") && plain.contains("#read(\"/etc/passwd\")"), "{plain}");
    assert!(!plain.contains(['\u{202e}', '\u{0}']), "{plain}");
    let path = folder.path().join("a.json.jinja");
    fs::write(&path, "{\"all\": {{ blocks }}, \"title\": {{ title }}}").unwrap();
    let json: serde_json::Value = serde_json::from_str(&written(&meeting, true, &path)).unwrap();
    assert!(json["all"].as_array().unwrap().len() > 20);
}

#[test]
fn a_template_reads_no_file_but_those_of_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    fs::write(folder.path().join("hemmelig.txt"), "HEMMELIGT").unwrap();
    let own = folder.path().join("skabeloner");
    fs::create_dir_all(own.join("dele")).unwrap();
    fs::write(own.join("dele/hoved.txt"), "Vores hoved: {{ title }}\n").unwrap();
    fs::write(own.join(".skjult"), "HEMMELIGT").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../hemmelig.txt", own.join("genvej.txt")).unwrap();
    let run = |text: &str| {
        fs::write(own.join("a.txt.jinja"), text).unwrap();
        referat(folder.path(), &["export", "m", "--template", "skabeloner/a.txt.jinja", "-o", "-"])
    };
    let fine = run("{% include 'dele/hoved.txt' %}slut\n");
    assert!(fine.status.success(), "{}", stderr(&fine));
    assert!(String::from_utf8_lossy(&fine.stdout).starts_with("Vores hoved: Referat af"));
    let absolute = folder.path().join("hemmelig.txt").display().to_string();
    for outside in [
        "../hemmelig.txt",
        &absolute,
        ".skjult",
        "genvej.txt",
        "dele/../../hemmelig.txt",
        "findes.txt",
        "",
        "dele",
    ] {
        let output = run(&format!("x\n{{% include {outside:?} %}}"));
        assert_fails_well(&output);
        assert!(!String::from_utf8_lossy(&output.stdout).contains("HEMMELIGT"), "{outside}");
        assert!(stderr(&output).contains("`a.txt.jinja`: line 2"), "{}", stderr(&output));
    }
}

#[test]
fn the_command_writes_beside_the_referat_and_says_where_a_template_fails() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let run = |name: &str| referat(folder.path(), &["export", "m", "--template", name]);
    put("brev.txt.jinja", "Kære alle\n\n{{ title }}\n");
    done(folder.path(), &["export", "m", "--template", "brev.txt.jinja"]);
    let made = fs::read_to_string(meeting.join("referat-brev.txt")).unwrap();
    assert!(made.starts_with("Kære alle\n\nReferat af") && made.ends_with('\n'), "{made}");
    for (text, expected) in [
        ("a\n{% for x in %}", "line 2"),
        ("a\nb\n{{ titel }}", "line 3"),
        ("{{ title | mærkelig }}", "line 1"),
        ("{{ header.sted }}", "line 1"),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
            "line 1",
        ),
    ] {
        put("fejl.txt", text);
        let output = run("fejl.txt");
        assert_fails_well(&output);
        assert!(
            stderr(&output).contains(&format!("`fejl.txt`: {expected}: ")),
            "{}",
            stderr(&output)
        );
    }
    put("brev.tex", "{{ title }}");
    assert_fails_well(&run("brev.tex"));
    assert_fails_well(&run("findes-ikke.txt"));
    put("tom.txt", "");
    assert_fails_well(&run("tom.txt"));
    let own = ["export", "m", "--template", "brev.txt.jinja", "-o", "brev.txt.jinja"];
    assert_eq!(referat(folder.path(), &own).status.code(), Some(2));
    let both = ["export", "m", "--template", "brev.txt.jinja", "--to", "docx"];
    assert_eq!(referat(folder.path(), &both).status.code(), Some(2));
    let help = done(folder.path(), &["export", "--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("statements"));
}

#[test]
fn a_long_referat_does_not_use_a_template_up() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = folder.path().join("m");
    fs::create_dir_all(&meeting).unwrap();
    let lines = (0..10_000).map(|id| {
        format!(
            "- Anna Bech **talte** om {id}. <!-- s-{id:012x} 00:00:05 -->\n  - 00:00:05 Sagt.\n"
        )
    });
    let text = format!("## Referat\n\n### **Ad 1 Sagen**\n\n{}", lines.collect::<String>());
    fs::write(meeting.join("referat.md"), text).unwrap();
    let begun = Instant::now();
    let made = written(&meeting, true, &root().join("samples/templates/referat.html.jinja"));
    println!("10,000 statements by a template: {:?}", begun.elapsed());
    assert_eq!(made.matches("<li>").count(), 10_000);
}
