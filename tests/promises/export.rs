//! Promise: what is sent is the referent's text, in every format, without anything that only
//! she should see; what was said or printed is inert in all of them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use referat::export::{ExportOptions, Format, export};
use referat::store::folder::MeetingFolder;
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;
use referat_document::{docx, html, json as json_format, markdown, plain};

use crate::support::meeting::{drafted, hostile, sample};
use crate::support::{assert_fails_well, done, referat, stderr};

/// An export as text: of a DOCX the text that is read back from it.
fn text(meeting: &Path, format: Format, draft: bool) -> String {
    let folder = MeetingFolder::open(meeting).unwrap();
    let options = ExportOptions { draft, ..ExportOptions::new(format) };
    let bytes = export(&folder, &options).unwrap().bytes;
    match format == docx::FORMAT {
        true => markdown::markdown(&docx::read(&bytes, "referat.docx").unwrap()),
        false => String::from_utf8(bytes).unwrap(),
    }
}

const TEXTS: [Format; 5] =
    [docx::FORMAT, html::FORMAT, markdown::FORMAT, plain::FORMAT, json_format::FORMAT];

#[test]
fn the_referents_text_is_sent_without_times_material_and_comments() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let path = meeting.join("referat.md");
    let draft = fs::read_to_string(&path).unwrap();
    let edited =
        draft.replace("### **Ad 3", "- Egen linje med æøå <!-- husk Bodil -->\n\n### **Ad 3");
    let edited = format!("{edited}\n<!-- kun til mig -->\n");
    fs::write(&path, &edited).unwrap();
    let times = regex::Regex::new(r"\[\d+:\d\d|\b0\d:\d\d:\d\d\b").unwrap();
    for format in TEXTS {
        let sent = text(&meeting, format, false);
        assert!(sent.contains("Egen linje med æøå"), "{format:?}: {sent}");
        assert!(!sent.contains("kun til mig") && !sent.contains("husk Bodil"), "{format:?}");
        assert!(!times.is_match(&sent), "{format:?}: {sent}");
        let kept = text(&meeting, format, true);
        assert!(times.is_match(&kept) && kept.contains("kun til mig"), "{format:?}: {kept}");
    }
    assert!(!text(&meeting, markdown::FORMAT, false).contains("<!--"));
    assert_eq!(text(&meeting, docx::FORMAT, true), text(&meeting, markdown::FORMAT, true));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited, "the referent's file is left alone");
}

#[test]
fn that_a_draft_is_uncertain_is_told_in_drafts_alone() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let path = meeting.join("referat.md");
    let referat = fs::read_to_string(meeting.join("minutes.json")).unwrap();
    let referat: serde_json::Value = serde_json::from_str(&referat).unwrap();
    let note = Headings::of(Words::danish()).heard_badly_all(referat["speech_model"].as_str());
    let draft = fs::read_to_string(&path).unwrap();
    let hers = "*Mødet blev optaget.*";
    fs::write(&path, draft.replace("## Dagsorden", &format!("*{note}*\n\n{hers}\n\n## Dagsorden")))
        .unwrap();
    for format in TEXTS {
        let sent = text(&meeting, format, false);
        assert!(!sent.contains("hørte dårligt") && sent.contains("Mødet blev optaget."), "{sent}");
        assert!(text(&meeting, format, true).contains("hørte dårligt"), "{format:?}");
    }
}

#[test]
fn html_is_one_accessible_file() {
    let folder = tempfile::tempdir().unwrap();
    let html = text(&sample(folder.path()), html::FORMAT, false);
    for needed in [
        "<html lang=\"da\">",
        "<title>Referat af",
        "<header>",
        "<main>",
        "@media print",
        "<h1>Referat af",
        "<h2>Dagsorden</h2>",
        "<h3>Ad 1 ",
        "<h4>Kriminalitetsudviklingen",
        "default-src &#39;none&#39;",
    ] {
        let needed = needed.replace("&#39;", "'");
        assert!(html.contains(&needed), "{needed}\n{html}");
    }
    for fetched in ["<script", "<link", "<img", "<iframe", "src=", "href=", "url("] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    for element in ["ul", "ol", "li", "p", "main", "header", "h1", "h2", "h3", "strong"] {
        let opened = html.matches(&format!("<{element}>")).count()
            + html.matches(&format!("<{element} ")).count();
        assert_eq!(opened, html.matches(&format!("</{element}>")).count(), "{element}");
    }
}

#[test]
fn what_was_said_or_printed_is_inert_in_every_export() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = hostile(folder.path());
    let own = regex::Regex::new(r"(?m) <!-- s-[0-9a-f-]{8,} \d\d:\d\d:\d\d -->$").unwrap();
    for draft in [false, true] {
        let html = text(&meeting, html::FORMAT, draft);
        for tag in ["<script", "<img", "<a ", "<w:", "<label", "<i>", "<b>", "<!--"] {
            assert!(!html.contains(tag), "{tag} in HTML");
        }
        assert!(html.contains("&lt;script&gt;") && html.contains("{{ 7*7 }}"), "{html}");
        let md = text(&meeting, markdown::FORMAT, draft);
        let bare = |mark: &str| {
            md.match_indices(mark)
                .any(|(at, _)| !md[..at].ends_with('\\') && !md[..at].ends_with('!'))
        };
        for mark in ["<script", "<img", "<a ", "[klik]", "[x]"] {
            assert!(!bare(mark), "{mark} in Markdown: {md}");
        }
        let comments = md.matches("<!--").count();
        let escaped = md.matches("\\<!--").count();
        assert_eq!(comments - escaped, own.find_iter(&md).count(), "{md}");
        let plain = text(&meeting, plain::FORMAT, draft);
        assert!(!plain.contains(['\u{202e}', '\u{0}']));
        assert!(
            !plain.lines().any(|line| line.starts_with(['=', '@', '+']) && line.contains("cmd"))
        );
        let docx = text(&meeting, docx::FORMAT, draft);
        assert!(docx.contains("DDEAUTO") && docx.contains("{{ 7\\*7 }}"), "{docx}");
        assert!(serde_json::from_str::<Value>(&text(&meeting, json_format::FORMAT, draft)).is_ok());
    }
}

#[test]
fn json_tells_of_each_statement_what_the_machine_knows() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let sent: Value = serde_json::from_str(&text(&meeting, json_format::FORMAT, false)).unwrap();
    assert_eq!(sent["header"]["date"], "2023-03-07");
    assert_eq!(sent["blocks"][0]["heading"]["level"], 1);
    let statements = sent["statements"].as_object().unwrap();
    assert!(statements.len() > 10, "{}", statements.len());
    assert!(statements.values().all(|one| one["kind"].is_string() && one["segments"].is_null()));
    let kept: Value = serde_json::from_str(&text(&meeting, json_format::FORMAT, true)).unwrap();
    let kept = kept["statements"].as_object().unwrap();
    assert!(kept.values().all(|one| one["segments"].is_array() && one["start_ms"].is_u64()));
}

#[test]
fn the_command_writes_beside_the_referat_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let run = |args: &[&str]| referat(folder.path(), args);
    done(folder.path(), &["export", "m", "--to", "docx,html,md,txt,json"]);
    for name in
        ["referat.docx", "referat.html", "referat-endelig.md", "referat.txt", "referat.json"]
    {
        assert!(meeting.join(name).exists(), "{name}");
    }
    done(folder.path(), &["export", "m", "--to", "docx", "--draft", "-o", "x.docx"]);
    let office = ["export", "m", "--to", "docx", "--reference-doc", "x.docx", "-o", "y.docx"];
    done(folder.path(), &office);
    let output = done(folder.path(), &["export", "m", "--to", "txt", "-o", "-"]);
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("Referat af"));
    done(folder.path(), &["export", "m", "--to", "md", "--profile", "bestyrelse"]);
    let board = fs::read_to_string(meeting.join("referat-endelig.md")).unwrap();
    assert!(board.contains("Punkt 1"), "{board}");

    assert_fails_well(&run(&["export", "findes-ikke", "--to", "docx"]));
    assert_fails_well(&run(&["export", "m", "--to", "docx", "--reference-doc", "m/referat.md"]));
    let closed = run(&["export", "m", "--to", "docx", "--closed"]);
    assert_fails_well(&closed);
    assert!(stderr(&closed).contains("no closed items"), "{}", stderr(&closed));
    let misnamed = run(&["export", "m", "--to", "docx", "-o", "x.txt"]);
    assert_eq!(misnamed.status.code(), Some(2), "{}", stderr(&misnamed));
    assert!(!folder.path().join("x.txt").exists());
    assert_fails_well(&run(&["export", "m", "--to", "md", "--profile", "findes-ikke"]));
    let before = fs::read(meeting.join("referat.md")).unwrap();
    let own = run(&["export", "m", "--to", "md", "-o", "m/referat.md"]);
    assert_eq!(own.status.code(), Some(2), "{}", stderr(&own));
    assert_eq!(run(&["export", "m", "--to", "odt"]).status.code(), Some(2));
    assert_eq!(run(&["export", "m"]).status.code(), Some(2));
    assert_eq!(fs::read(meeting.join("referat.md")).unwrap(), before);
    if cfg!(not(feature = "pdf")) {
        assert_fails_well(&run(&["export", "m", "--to", "pdf"]));
    }
    fs::write(meeting.join("referat.md"), "## Mit eget\n").unwrap();
    assert_fails_well(&run(&["export", "m", "--to", "md", "--profile", "bestyrelse"]));
}

#[test]
fn what_is_not_finished_is_told_when_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let meeting = sample(folder.path());
    let unknown = &Headings::of(Words::danish()).unknown_speaker;
    let text = format!(
        "## Referat\n\n- {unknown} tav. <!-- s-1a 00:00:01 -->\n  > Nyt forslag: Kim talte. \
         <!-- forslag s-1a 00:00:01 -->\n- {unknown} talte. <!-- s-1b 00:00:09 -->\n"
    );
    fs::write(meeting.join("referat.md"), text).unwrap();
    let said = stderr(&done(folder.path(), &["export", "m", "--to", "txt,md"]));
    assert_eq!(said.matches("note: 1 proposal is not settled").count(), 1, "{said}");
    assert!(said.contains(&format!("note: `{unknown}` stands 2 times")), "{said}");
    let said = stderr(&done(folder.path(), &["export", "m", "--to", "txt", "--draft"]));
    assert!(!said.contains("note:"), "{said}");
}

#[test]
fn a_long_meeting_is_drafted_and_exported_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let items: Vec<String> =
        (1..=20).map(|item| format!("{item}. Orientering om sag nummer {item}")).collect();
    let agenda = format!("## Dagsorden for Mødet\n\n## Dagsorden\n\n{}\n", items.join("\n"));
    let said = [
        "Så er det sådan, at vi har brugt ni millioner mere end ventet på området.",
        "Jeg vil gerne spørge, hvor mange det drejer sig om.",
        "Vi beslutter, at vi laver en plan inden den første maj.",
        "Så går vi videre til næste punkt på dagsordenen.",
    ];
    // Three hours of speech: a segment every four seconds.
    let segments = (0..2700usize).map(|id| {
        let text = if id % 135 == 134 { said[3] } else { said[id % 3] };
        json!({"id": id, "start_ms": id * 4000, "end_ms": id * 4000 + 3900, "text": text})
    });
    let begun = Instant::now();
    let meeting = drafted(folder.path(), &agenda, segments.collect());
    let drafted = begun.elapsed();
    for format in TEXTS {
        assert!(text(&meeting, format, false).len() > 1000);
    }
    let taken = begun.elapsed();
    println!("3 h: draft {drafted:?}, draft and exports {taken:?}");
    // The promise is two seconds in a release build (`referat-eval verify` measures it); this build
    // is many times slower.
    assert!(taken - drafted < Duration::from_secs(10), "{:?}", taken - drafted);
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}
