//! Promise: whatever lies in a file of others, reading it takes at most ten seconds and 300 MB:
//! a file too large, one that unpacks to gigabytes, and one whose parts are nested without end give
//! an error that says so, or what could be read.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{peak_memory_mb, root};

const MEBI: usize = 1 << 20;
const DEEP: usize = 100_000;
/// The longest that is read, in seconds.
const SECONDS: u64 = 10;
/// The most memory that is held meanwhile, in MB.
const MEMORY: f64 = 300.0;

/// Runs the program on a file; it must end well and within bounds. Returns what it said.
fn bounded(folder: &Path, args: &[&str], what: &str) -> String {
    let said = folder.join("said.txt");
    let start = Instant::now();
    let mut took = Duration::ZERO;
    let mut program = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(File::options().create(true).write(true).truncate(true).open(&said).unwrap())
        .spawn()
        .unwrap();
    let mut peak = 0.0_f64;
    let status = loop {
        peak = peak.max(peak_memory_mb(program.id()));
        took = took.max(worked(program.id()));
        if let Some(status) = program.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_secs(12 * SECONDS) || peak > 3.0 * MEMORY {
            program.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(4));
    };
    let said = fs::read_to_string(&said).unwrap();
    let tail: String = said.chars().take(300).collect();
    println!("{what}: {took:.1?}, {peak:.0} MB, {status}: {tail}");
    assert!(matches!(status.code(), Some(0 | 1)), "{what}: {status}: {tail}");
    assert!(!said.contains("panicked"), "{what}: {tail}");
    if status.code() == Some(1) {
        assert!(said.starts_with("error: ") && said.contains("\ntip: "), "{what}: {tail}");
    }
    assert!(took < Duration::from_secs(SECONDS), "{what} took {took:?}");
    assert!(peak < MEMORY, "{what} took {peak} MB");
    said
}

/// How long a running process has worked, on all processors together: what others do meanwhile
/// does not count. Nothing where that is not told.
fn worked(id: u32) -> Duration {
    let told = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let behind_name = told.rsplit_once(") ").map_or("", |it| it.1);
    let times = behind_name.split(' ').skip(11).take(2);
    // In hundredths of a second.
    Duration::from_millis(10 * times.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>())
}

/// Writes a file that is not there yet.
fn write(path: &Path, bytes: &[u8]) {
    let file = File::options().create_new(true).write(true).open(path);
    file.unwrap().write_all(bytes).unwrap();
}

/// Reads bytes as a dagsorden, within bounds.
fn agenda(name: &str, what: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join(name), bytes);
    bounded(folder.path(), &["agenda", name], what)
}

/// Begins a meeting with a file of this kind, within bounds.
fn begun(kind: &str, name: &str, what: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md").display().to_string();
    write(&folder.path().join(name), bytes);
    bounded(folder.path(), &["new", "m", "--agenda", &agenda, kind, name], what)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    for (name, part) in parts {
        zip.start_file(*name, if *name == "mimetype" { stored } else { packed }).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", text.as_bytes())])
}

fn odt(body: &str) -> Vec<u8> {
    let text = format!("<o:document><o:body><o:text>{body}</o:text></o:body></o:document>");
    let kind = b"application/vnd.oasis.opendocument.text";
    archive(&[("mimetype", kind), ("content.xml", text.as_bytes())])
}

fn nested(open: &str, close: &str) -> String {
    format!("{}1. Valg af referent{}", open.repeat(DEEP), close.repeat(DEEP))
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of these objects, the first its catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let end = format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.extend(end.bytes());
    file
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// A PDF of one page that is made of `content`, with more objects from number 5 on.
fn page(content: Vec<u8>, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 800] >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {resources} >> >>")
            .into_bytes(),
        content,
    ];
    objects.extend(more.iter().cloned());
    pdf(&objects)
}

#[test]
fn files_that_are_too_large_are_refused_unread() {
    let text = "1. Valg af referent\n".repeat(100 * MEBI / 20);
    for (start, name) in [
        ("", "a.md"),
        ("%PDF-1.7\n", "a.pdf"),
        ("PK\x03\x04", "a.docx"),
        ("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "a.odt"),
        ("{\\rtf1 ", "a.rtf"),
        ("<html>", "a.html"),
        ("From: a\nSubject: b\nMessage-ID: c\n\n", "a.eml"),
    ] {
        let said = agenda(name, name, format!("{start}{text}").as_bytes());
        assert!(said.starts_with(&format!("error: cannot read `{name}`: the file is larger than")));
    }
    for (kind, start, name) in [
        ("--transcript", "{\"segments\":[", "a.json"),
        ("--transcript", "WEBVTT\n\n", "a.vtt"),
        ("--voices", "SPEAKER ", "a.rttm"),
    ] {
        let said = begun(kind, name, name, format!("{start}{text}").as_bytes());
        assert!(said.contains("is larger than"), "{said}");
    }
}

#[test]
fn long_texts_are_read_in_part() {
    let most = 60 * MEBI;
    let line = "1. Valg af referent\n";
    let lines = |start: &str, line: &str| {
        format!("{start}{}", line.repeat((most - start.len()) / line.len()))
    };
    for (name, text) in [
        ("a.md", lines("", line)),
        ("one-line.md", lines("", "a ")),
        ("letters.md", lines("", "æ")),
        ("b.rtf", lines("{\\rtf1 ", "1. Valg\\par ")),
        ("signs.rtf", lines("{\\rtf1 ", "\\'e6")),
        ("cells.rtf", lines("{\\rtf1 ", "a\\cell ")),
        ("c.html", lines("<html>", "<p>1. Valg</p>")),
        ("and.html", lines("<html>", "&")),
        ("empty.html", lines("<html>", "<table><tr><td>")),
        ("d.eml", lines("From: a\nSubject: b\nMessage-ID: c\n\n", line)),
        (
            "parts.eml",
            lines(
                "From: a\nSubject: b\nMessage-ID: c\nContent-Type: multipart/mixed; boundary=b\n\n",
                "--b\n\na\n",
            ),
        ),
        ("head.eml", lines("From: a\nSubject: b\nMessage-ID: c\n", "To: a\n")),
    ] {
        agenda(name, name, text.as_bytes());
    }
}

#[test]
fn what_is_nested_without_end_is_read_or_refused() {
    let lists: String = (0..2000).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect();
    let parts: String = (0..DEEP)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let texts: [(&str, String); 13] = [
        ("quotes.md", nested("> ", "")),
        ("bullets.md", nested("- ", "")),
        ("lists.md", lists),
        ("brackets.md", nested("(", ")")),
        ("stars.md", nested("**", "**")),
        ("links.md", nested("[", "](a)")),
        (
            "latex.md",
            format!("\\documentclass{{a}}\n{}", "\\begin{enumerate}\\item a ".repeat(DEEP)),
        ),
        ("groups.rtf", format!("{{\\rtf1 {}}}", nested("{", "}"))),
        ("divs.html", format!("<html>{}", nested("<div>", "</div>"))),
        ("lists.html", format!("<html>{}", nested("<ul><li>a", "</ul>"))),
        ("tables.html", format!("<html>{}", nested("<table><tr><td>a", "</table>"))),
        ("quotes.html", format!("<html>{}", nested("<blockquote>", "</blockquote>"))),
        ("parts.eml", format!("From: a\nSubject: b\nMIME-Version: 1.0\n{parts}\n1. Valg\n")),
    ];
    for (name, text) in texts {
        agenda(name, name, text.as_bytes());
    }
    for (open, close) in [
        ("<w:p>", "</w:p>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:r><w:txbxContent>", "</w:txbxContent></w:r>"),
    ] {
        agenda("a.docx", open, &docx(&nested(open, close)));
    }
    for (open, close) in [
        ("<t:list><t:list-item>", "</t:list-item></t:list>"),
        ("<t:section>", "</t:section>"),
        ("<t:table><t:table-row><t:table-cell>", "</t:table-cell></t:table-row></t:table>"),
        ("<t:p><t:span>", "</t:span></t:p>"),
    ] {
        agenda("a.odt", open, &odt(&nested(open, close)));
    }
    for (open, close) in [("[", "]"), ("<< /A ", " >>")] {
        let deep = format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
        let text = stream("", b"BT (Valg) Tj ET");
        agenda("a.pdf", open, &page(text, "", &[deep.clone().into_bytes()]));
        agenda("a.pdf", open, &page(stream("", deep.as_bytes()), "", &[]));
    }
    for (open, close) in [("[", "]"), ("{\"segments\":", "}")] {
        let deep = format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
        for (kind, name) in [("--transcript", "a.json"), ("--voices", "voices.json")] {
            begun(kind, name, open, deep.as_bytes());
            begun(kind, name, open, format!("{{\"segments\":[{deep}]}}").as_bytes());
        }
    }
}

#[test]
fn packages_that_unpack_to_more_than_is_read_are_refused() {
    let zeros = vec![b' '; 100 * MEBI];
    let body = |one: &str, size: usize| one.repeat(size / one.len());
    for (what, file) in [
        ("a docx of zeros", archive(&[("word/document.xml", &zeros)])),
        ("an odt of zeros", odt(&body(" ", 100 * MEBI))),
        ("a docx of elements", docx(&body("<w:p/>", 30 * MEBI))),
        ("a docx of paragraphs", docx(&body("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 30 * MEBI))),
        ("a docx of attributes", docx(&format!("<w:p {}/>", body("a='' ", 30 * MEBI)))),
        ("a docx of references", docx(&format!("<w:p a='{}'/>", body("&", 30 * MEBI)))),
        (
            "a docx of letters",
            docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", body("a ", 30 * MEBI))),
        ),
        ("an odt of paragraphs", odt(&body("<t:p>a</t:p>", 30 * MEBI))),
        ("an odt of attributes", odt(&format!("<t:p {}/>", body("a='' ", 30 * MEBI)))),
    ] {
        agenda(if what.contains("odt") { "a.odt" } else { "a.docx" }, what, &file);
    }
    let part = vec![b' '; 31 * MEBI];
    let names: Vec<String> = (0..40).map(|n| format!("word/header{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &part[..])).collect();
    agenda("a.docx", "a docx of many parts", &archive(&many));
    let names: Vec<String> = (0..200_000).map(|n| format!("{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"a"[..])).collect();
    agenda("a.docx", "a docx of very many parts", &archive(&many));
}

#[test]
fn a_pdf_that_unpacks_or_draws_without_end_is_refused() {
    let zeros = zlib(&vec![b' '; 200 * MEBI]);
    let twice = zlib(&zeros);
    let flate = "/Filter /FlateDecode";
    let text = || stream("", b"BT (Valg) Tj ET");
    let drawing = |of: &str, content: &str| {
        let dictionary = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {of}");
        stream(&dictionary, content.as_bytes())
    };
    let names = |id: usize| format!("/Resources << /XObject << /X {id} 0 R >> >>");
    let begun = || stream("", b"/X Do");
    let draws = "/XObject << /X 5 0 R >>";
    let many = "/X Do ".repeat(1000);
    let chain: Vec<Vec<u8>> = (6..10_006).map(|next| drawing(&names(next), "/X Do")).collect();
    let doubling: Vec<Vec<u8>> = (6..26).map(|next| drawing(&names(next), &many)).collect();
    let packed = |content: &[u8]| stream(&format!("/Type /ObjStm /N 1 /First 4 {flate}"), content);
    for (what, file) in [
        ("zeros in a page", page(stream(flate, &zeros), "", &[])),
        (
            "zeros packed twice",
            page(stream("/Filter [/FlateDecode /FlateDecode]", &twice), "", &[]),
        ),
        ("steps in a page", page(stream(flate, &zlib(&b"q ".repeat(50 * MEBI))), "", &[])),
        ("steps, as many as are read", page(stream("", &b"q ".repeat(2 * MEBI - 1)), "", &[])),
        ("numbers in a page", page(stream("", &b"0 ".repeat(2 * MEBI - 1)), "", &[])),
        ("zeros as objects", page(text(), "", &[packed(&zeros)])),
        ("numbers as objects", {
            let numbers = [b"9 0 [".to_vec(), b"0 ".repeat(40 * MEBI)].concat();
            page(text(), "", &[packed(&zlib(&numbers))])
        }),
        ("many numbers", {
            let numbers = [b"[".to_vec(), b"0 ".repeat(25 * MEBI), b"]".to_vec()].concat();
            page(text(), "", &[numbers])
        }),
        ("as many numbers as are read", {
            let numbers = [b"[".to_vec(), b"0 ".repeat(1_400_000), b"]".to_vec()].concat();
            page(text(), "", &[numbers])
        }),
        ("a drawing that draws itself", page(begun(), draws, &[drawing(&names(5), "/X Do")])),
        ("one that does with the page's names", page(begun(), draws, &[drawing("", "/X Do")])),
        ("drawings in drawings", page(begun(), draws, &chain)),
        ("drawings in drawings, a thousand each", page(begun(), draws, &doubling)),
        (
            "a picture of zeros",
            page(
                begun(),
                draws,
                &[stream(&format!("/Subtype /Image /Width 9 /Height 9 {flate}"), &zeros)],
            ),
        ),
        (
            "pages that hold each other",
            pdf(&[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_vec(),
            ]),
        ),
    ] {
        agenda("a.pdf", what, &file);
    }
}

#[test]
fn transcripts_of_more_than_a_day_are_refused() {
    let most = 60 * MEBI;
    let json =
        |start: &str, one: &str, end: &str| format!("{start}{}{end}", one.repeat(most / one.len()));
    let segment = "{\"start\":0,\"end\":1,\"text\":\"a\",\"words\":[";
    for (name, text) in [
        ("numbers.json", json("{\"a\":[", "0,", "0],\"segments\":[]}")),
        ("segments.json", json("{\"segments\":[", "{},", "{}]}")),
        (
            "words.json",
            json(&format!("{{\"segments\":[{segment}"), "{\"word\":\"\"},", "{\"word\":\"a\"}]}]}"),
        ),
        (
            "own.json",
            json(
                "{\"version\":1,\"language\":\"da\",\"segments\":[",
                "{\"id\":1,\"start_ms\":1,\"end_ms\":2,\"text\":\"a\"},",
                "{}]}",
            ),
        ),
    ] {
        begun("--transcript", name, name, text.as_bytes());
    }
    let cues = |start: &str, one: &str| format!("{start}{}", one.repeat(15 * MEBI / one.len()));
    for (name, text) in [
        ("cues.vtt", cues("WEBVTT\n\n", "00:00.000 --> 00:01.000\nA.\n\n")),
        ("lines.vtt", cues("WEBVTT\n\n", "a\n")),
        ("blanks.srt", cues("1\n00:00:01,000 --> 00:00:02,000\nA\n", "\n")),
        ("ands.vtt", cues("WEBVTT\n\n00:00.000 --> 00:01.000\n", "&<")),
    ] {
        begun("--transcript", name, name, text.as_bytes());
    }
    for (name, text) in [
        ("turns.rttm", cues("", "SPEAKER m 1 1 1 <NA> <NA> a <NA> <NA>\n")),
        ("none.rttm", cues("", "SPEAKER\n")),
        (
            "voices.json",
            cues("{\"version\":1,\"turns\":[", "{\"start_ms\":0,\"end_ms\":1,\"voice\":\"a\"},")
                + "{}]}",
        ),
    ] {
        begun("--voices", name, name, text.as_bytes());
    }
}
