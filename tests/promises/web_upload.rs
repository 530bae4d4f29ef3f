//! Recordings come in whole or not at all, and go out in the parts that are asked for.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::support::editor::{Editor, cut_off, library, put, read};
use crate::support::write_wav;

fn audio(library: &Path) -> Vec<String> {
    let entries = fs::read_dir(library.join("m/audio")).unwrap().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A second of a tone.
fn tone(path: &Path) -> Vec<u8> {
    let samples: Vec<f32> = (0..16_000).map(|at| (at as f32 * 0.1).sin() * 0.5).collect();
    write_wav(path, &samples);
    fs::read(path).unwrap()
}

#[test]
fn a_recording_comes_in_and_goes_out_in_parts() {
    let (folder, library) = library();
    let wav = tone(&folder.path().join("tone.wav"));
    let mut editor = Editor::start(&library);
    let path = "/api/meetings/m/audio/m%C3%B8de%201.wav";
    let made = editor.raw("PUT", path, &[], &wav).expect(201);
    assert_eq!((&made["n"], &made["duration_ms"]), (&0.into(), &1000.into()));
    assert_eq!(audio(&library), ["møde 1.wav"]);
    assert_eq!(editor.raw("PUT", path, &[], &wav).expect(409)["error"], "exists");
    let whole = editor.get("/api/meetings/m/audio/0");
    assert_eq!((whole.status, whole.body.as_slice()), (200, wav.as_slice()));
    assert_eq!(whole.header("content-type"), Some("audio/wav"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let range =
        |range: &str| editor.raw("GET", "/api/meetings/m/audio/0", &[("Range", range)], b"");
    let part = range("bytes=1000-1999");
    assert_eq!((part.status, part.body.as_slice()), (206, &wav[1000..2000]));
    let total = format!("bytes 1000-1999/{}", wav.len());
    assert_eq!(part.header("content-range"), Some(total.as_str()));
    assert_eq!(range("bytes=32000-").body, &wav[32_000..]);
    assert_eq!(range("bytes=-10").body, &wav[wav.len() - 10..]);
    assert_eq!(range("bytes=9000000-").status, 416);
    let peaks = "/api/meetings/m/audio/0/peaks";
    let outline = editor.wait_for(peaks, |answer| answer.status != 202).expect(200);
    assert_eq!((&outline["step_ms"], &outline["duration_ms"]), (&20.into(), &1000.into()));
    assert_eq!(outline["peaks"].as_array().unwrap().len(), 50);
    assert!(outline["peaks"].as_array().unwrap().iter().all(|it| it.as_u64().unwrap() > 100));
    let meeting = editor.get("/api/meetings/m").expect(200);
    assert_eq!(meeting["recordings"][0]["duration_ms"], 1000);
    assert_eq!(meeting["recordings"][0]["plays"], "original");
    let copy = "/api/meetings/m/audio/0/copy";
    let copy = editor.wait_for(copy, |answer| answer.status != 202);
    assert_eq!((copy.status, copy.body.get(..4)), (200, Some(&b"RIFF"[..])));
    editor.assert_unharmed();
}

#[test]
fn one_that_cannot_fit_is_refused_before_a_byte_is_read() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let free = fs4::available_space(&library).unwrap();
    // All but half a gigabyte of what is free: a gigabyte must stay.
    for length in [free - (1 << 29), u64::MAX] {
        let mut stream = editor.connect();
        let length = length.to_string();
        let head =
            editor.head("PUT", "/api/meetings/m/audio/a.wav", &[("Content-Length", &length)]);
        stream.write_all(head.as_bytes()).unwrap();
        // Not a byte of it is sent, and the answer comes.
        let answer = read(&mut stream);
        if length == u64::MAX.to_string() {
            assert!((400..=507).contains(&answer.status), "{}", answer.head);
        } else {
            assert_eq!(answer.expect(507)["error"], "no_room");
        }
    }
    let chunked = [("Transfer-Encoding", "chunked")];
    let mut stream = editor.connect();
    let head = editor.head("PUT", "/api/meetings/m/audio/a.wav", &chunked);
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(read(&mut stream).expect(411)["error"], "length_required");
    assert!(audio(&library).is_empty());
    editor.assert_unharmed();
}

#[test]
fn what_is_no_sound_or_cut_off_leaves_nothing() {
    let (folder, library) = library();
    let wav = tone(&folder.path().join("tone.wav"));
    let mut editor = Editor::start(&library);
    let send = |name: &str, bytes: &[u8]| {
        editor.raw("PUT", &format!("/api/meetings/m/audio/{name}"), &[], bytes)
    };
    assert_eq!(
        send("a.wav", b"Dette er en tekst.\n".repeat(500).as_slice()).expect(415)["error"],
        "not_audio"
    );
    assert_eq!(send("a.mp3", &[0u8; 40_000]).expect(415)["error"], "not_audio");
    assert_eq!(send("a.m4a", b"%PDF-1.7\n").expect(415)["error"], "not_audio");
    assert_eq!(send("a.wav", b"").status, 415);
    assert_eq!(send("a.exe", &wav).expect(415)["error"], "not_audio");
    assert_eq!(send(".skjult.wav", &wav).expect(400)["error"], "bad_request");
    assert!(audio(&library).is_empty(), "{:?}", audio(&library));
    cut_off(&editor, "/api/meetings/m/audio/a.wav", wav.len(), &wav[..20_000]);
    let began = std::time::Instant::now();
    while !audio(&library).is_empty() {
        assert!(began.elapsed().as_secs() < 20, "{:?}", audio(&library));
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    editor.assert_unharmed();
    // What a kill left on the way is gone when the server is back.
    put(&library.join("m/audio/.referat-abc.part"), &wav);
    editor.kill_and_restart();
    assert!(audio(&library).is_empty());
}
