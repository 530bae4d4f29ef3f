//! Nobody but the referent's own browser gets anything from the editor, and no path leads out of
//! the library.

use serde_json::json;

use crate::support::editor::{Editor, library, put};
use crate::support::{assert_fails_well, referat};

#[test]
fn a_foreign_host_or_page_or_one_without_the_secret_gets_nothing() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let port = editor.port;
    let own = format!("localhost:{port}");
    assert_eq!(editor.raw("GET", "/api/meetings", &[("Host", &own)], b"").status, 200);
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", &format!("evil.example:{port}")] {
        for path in ["/", "/api/meetings", "/assets/x.js", "/m/m"] {
            let answer = editor.raw("GET", path, &[("Host", host)], b"");
            assert_eq!(answer.status, 403, "{host} {path}");
        }
    }
    let json = ("Content-Type", "application/json");
    for headers in [
        [("Origin", "http://evil.example"), json],
        [("Origin", "null"), json],
        [("Sec-Fetch-Site", "cross-site"), json],
        [("Sec-Fetch-Site", "same-site"), json],
    ] {
        for (method, path) in [
            ("POST", "/api/meetings/m/review"),
            ("PUT", "/api/meetings/m/document"),
            ("GET", "/api/meetings/m/document"),
            ("GET", "/api/meetings/m/audio/0"),
        ] {
            let answer = editor.raw(method, path, &headers, b"{\"lines\":[]}");
            assert_eq!(answer.status, 403, "{headers:?} {method} {path}");
        }
    }
    // A form of another page cannot send JSON.
    let form = [("Content-Type", "text/plain")];
    let answer = editor.raw("POST", "/api/meetings/m/review", &form, b"{\"lines\":[]}");
    assert_eq!(answer.status, 400);
    for cookie in ["", "referat-1=x", &format!("referat-{port}=0000")] {
        for path in ["/api/meetings", "/api/session", "/api/meetings/m/document", "/m/m", "/"] {
            let answer = editor.raw("GET", path, &[("Cookie", cookie)], b"");
            assert_eq!(answer.status, 401, "{cookie} {path}");
        }
    }
    let answer = editor.raw("GET", "/?token=0000", &[("Cookie", "")], b"");
    assert_eq!(answer.status, 401);
    editor.assert_unharmed();
}

#[test]
fn the_printed_address_lets_in_once_and_the_cookie_outlives_the_server() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let path = editor.address[editor.address.find("/?token=").unwrap()..].to_owned();
    assert_eq!(editor.raw("GET", &path, &[("Cookie", "")], b"").status, 401);
    editor.kill_and_restart();
    editor.assert_unharmed();
    let url = editor.send("POST", "/api/address", &json!({})).expect(200)["url"].clone();
    let path = url.as_str().unwrap().split(&editor.port.to_string()).nth(1).unwrap().to_owned();
    let answer = editor.raw("GET", &path, &[("Cookie", "")], b"");
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
}

#[test]
fn an_answer_allows_nothing_from_elsewhere_and_is_kept_nowhere() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    for path in ["/", "/m/m", "/api/meetings", "/api/nothing", "/nothing"] {
        let answer = editor.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
}

#[test]
fn no_path_parameter_leads_out_of_the_library() {
    let (folder, library) = library();
    put(&folder.path().join("andet/referat.md"), b"## Hemmeligt\n");
    put(&folder.path().join("andet/audio/a.wav"), b"hemmeligt");
    put(&folder.path().join("referat.md"), b"## Hemmeligt\n");
    let mut editor = Editor::start(&library);
    let climbing = [
        "..",
        "%2e%2e",
        "%2E%2E",
        "%252e%252e",
        "..%2fandet",
        "..%252fandet",
        "..%5candet",
        "%2e%2e%2fandet",
        ".",
        "%2e",
        "m%2f..%2f..%2fandet",
        "m%2faudio",
        "%2fetc",
        "m%00",
        "C:",
        "..%c0%afandet",
        "....//andet",
    ];
    for bad in climbing {
        for (method, path) in [
            ("GET", format!("/api/meetings/{bad}")),
            ("GET", format!("/api/meetings/{bad}/document")),
            ("GET", format!("/api/meetings/{bad}/transcript")),
            ("GET", format!("/api/meetings/{bad}/audio/0")),
            ("GET", format!("/api/meetings/{bad}/events")),
            ("GET", format!("/api/meetings/m/audio/{bad}")),
            ("GET", format!("/api/meetings/m/audio/{bad}/peaks")),
            ("GET", format!("/api/meetings/m/history/{bad}")),
            ("POST", format!("/api/meetings/m/history/{bad}/restore")),
            ("POST", format!("/api/meetings/{bad}/redraft")),
            ("POST", format!("/api/meetings/{bad}/record")),
            ("PUT", format!("/api/meetings/{bad}/audio/b.wav")),
            ("PUT", format!("/api/meetings/m/audio/{bad}")),
            ("PUT", format!("/api/meetings/m/audio/{bad}%2fb.wav")),
            ("DELETE", format!("/api/meetings/m/audio/{bad}")),
            ("GET", format!("/assets/{bad}/index.html")),
            ("GET", format!("/assets/{bad}")),
        ] {
            let answer = editor.raw(method, &path, &[], b"");
            assert!((400..500).contains(&answer.status), "{method} {path}: {}", answer.head);
            let body = String::from_utf8_lossy(&answer.body);
            assert!(!body.contains("emmeligt"), "{method} {path}");
        }
        let named = json!({"markdown": "1. Velkomst\n", "name": bad.replace("%2f", "/")});
        if !bad.contains('%') || bad.contains("%2f") {
            let answer = editor.send("POST", "/api/meetings", &named);
            assert_eq!(answer.status, 400, "{bad}: {}", answer.head);
        }
        let profile = json!({"format": "txt", "profile": format!("{bad}/x.toml")});
        assert_eq!(editor.send("POST", "/api/meetings/m/export", &profile).status, 400, "{bad}");
    }
    editor.assert_unharmed();
    let left: Vec<_> = std::fs::read_dir(&library).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(std::fs::read_dir(library.join("m/audio")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    let (folder, library) = library();
    let elsewhere = folder.path().join("andet");
    put(&elsewhere.join("audio/a.wav"), b"hemmeligt");
    std::os::unix::fs::symlink(&elsewhere, library.join("link")).unwrap();
    let audio = library.join("m/audio/a.wav");
    std::os::unix::fs::symlink(elsewhere.join("audio/a.wav"), audio).unwrap();
    let editor = Editor::start(&library);
    assert_eq!(editor.get("/api/meetings/link").status, 404);
    assert_eq!(editor.get("/api/meetings/m/audio/0").status, 403);
}

#[test]
fn others_reach_it_only_with_password_and_a_secret_way() {
    let (folder, library) = library();
    let password = folder.path().join("password");
    put(&password, b"en lang nok adgangskode\n");
    let dir = library.to_str().unwrap();
    let file = password.to_str().unwrap();
    let run = |args: &[&str]| referat(folder.path(), args);
    let base = ["edit", "--no-open", dir, "--listen", "127.0.0.1:0"];
    assert_eq!(run(&base).status.code(), Some(2));
    assert_eq!(run(&[&base[..], &["--password-file", file]].concat()).status.code(), Some(2));
    assert_eq!(run(&[&base[..], &["--behind-proxy"]].concat()).status.code(), Some(2));
    put(&password, b"kort\n");
    let short = [&base[..], &["--password-file", file, "--behind-proxy"]].concat();
    assert_fails_well(&run(&short));
    let tls = ["--tls-cert", file, "--tls-key", file];
    put(&password, b"en lang nok adgangskode\n");
    let bad = [&base[..], &["--password-file", file], &tls].concat();
    assert_fails_well(&run(&bad));
    let settings = folder.path().join("settings");
    let args = ["--listen", "127.0.0.1:0", "--password-file", file, "--behind-proxy"];
    let mut editor = Editor::process(&library, &settings, "", &args);
    assert_eq!(editor.get("/api/session").expect(401)["login"], true);
    assert_eq!(editor.get("/m/m").status, 200);
    let log_in = |editor: &Editor, password: &str| {
        let json = [("Content-Type", "application/json")];
        let body = json!({"password": password}).to_string();
        editor.raw("POST", "/api/login", &json, body.as_bytes())
    };
    assert_eq!(log_in(&editor, "forkert").status, 403);
    assert_eq!(log_in(&editor, "en lang nok adgangskode").status, 429);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let answer = log_in(&editor, "en lang nok adgangskode");
    assert_eq!(answer.status, 204);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.contains("; Secure"), "{cookie}");
    editor.cookie = cookie.split(';').next().unwrap().to_owned();
    editor.assert_unharmed();
}

#[test]
fn a_meeting_is_opened_by_its_folder_and_a_mistyped_command_is_told() {
    let (folder, library) = library();
    let settings = folder.path().join("settings");
    let editor = Editor::process(&library.join("m"), &settings, "0", &[]);
    assert!(editor.address.contains("/m/m?token="), "{}", editor.address);
    // Who opens it again gets to the one that runs.
    let again = std::process::Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["edit", "--no-open"])
        .arg(&library)
        .env("REFERAT_CONFIG", &settings)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert_eq!(
        (again.status.code(), said),
        (Some(0), format!("http://127.0.0.1:{}/\n", editor.port))
    );
    assert_eq!(referat(folder.path(), &["transscribe"]).status.code(), Some(2));
    assert_eq!(referat(folder.path(), &["edit", "findes-ikke"]).status.code(), Some(1));
}
