//! Promise: a language model may word the draft and can put nothing into it that was not said.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::support::llm::{Model, Reply};
use crate::support::{assert_valid, done, json as read_json, referat, stderr};

const AGENDA: &str = "## Dagsorden for Bestyrelsesmødet i Havnegården

**Tid:**

Tirsdag den 7. marts 2023 kl. 19:00.

**Deltagende:**

Formand Lis Holm

Kasserer Bo Kjær

Vicevært Per Dahl

## Dagsorden

1. Taget /v. Per Dahl
2. Økonomi /v. Bo Kjær
";

/// What was said, by whom, in turn.
const SAID: &[(&str, &str)] = &[
    ("Lis Holm", "Så går vi til punkt 1, taget. Per, værsgo."),
    (
        "Per Dahl",
        "Taget over blok 4 er utæt, og reparationen koster 85.000 kroner. Den er ikke dækket af forsikringen.",
    ),
    ("Bo Kjær", "Jeg vil gerne spørge, om arbejdet kan vente til maj."),
    ("Lis Holm", "Så beslutter vi, at vi indhenter to tilbud."),
    ("Lis Holm", "Så går vi til punkt 2, økonomi. Bo, værsgo."),
    ("Bo Kjær", "Vi har et overskud på 12.000 kroner, og der er ingen restancer."),
];

fn meeting(folder: &Path) {
    fs::write(folder.join("dagsorden.md"), AGENDA).unwrap();
    let segments: Vec<Value> = SAID
        .iter()
        .enumerate()
        .map(|(id, (speaker, text))| {
            let at = id as u64 * 10_000;
            json!({"id": id, "start_ms": at, "end_ms": at + 9000, "text": text, "speaker": speaker})
        })
        .collect();
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    fs::write(folder.join("transcript.json"), transcript.to_string()).unwrap();
}

/// Returns the text of the draft, and what was said on stderr.
fn draft(args: &[&str]) -> (String, Value, String) {
    let folder = tempfile::tempdir().unwrap();
    meeting(folder.path());
    let mut all = vec!["draft", "."];
    all.extend(args);
    let output = done(folder.path(), &all);
    let minutes = read_json(&folder.path().join("minutes.json"));
    assert_valid(&minutes, "minutes.schema.json");
    (fs::read_to_string(folder.path().join("referat.md")).unwrap(), minutes, stderr(&output))
}

/// The draft without the line that says that a model was asked.
fn without_note(text: &str) -> String {
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let rest: Vec<&str> = blocks.into_iter().filter(|block| !block.contains("prøve")).collect();
    rest.join("\n\n")
}

/// The number of the statement whose line or words hold `part`.
fn number(item: &Value, part: &str) -> Option<String> {
    let statements = item["statements"].as_array().unwrap();
    let found = statements.iter().find(|one| one.to_string().contains(part));
    found.map(|one| one["number"].as_str().unwrap().to_owned())
}

/// A model that answers the item that holds `part` with this text, and others with nothing.
fn saying(part: &'static str, text: &'static str) -> Model {
    Model::serve(move |item| {
        let sentences = match number(item, part) {
            Some(number) => json!([{"text": text, "statements": [number]}]),
            None => json!([]),
        };
        Reply::Says(json!({ "sentences": sentences }).to_string())
    })
}

#[test]
fn a_good_sentence_stands_in_the_draft_with_the_drafts_own_line_beneath() {
    let told = "Per Dahl oplyste, at reparationen af taget over blok 4 koster 85.000 kroner, og at \
                den ikke er dækket af forsikringen.";
    let model = saying("utæt", told);
    let (plain, _, _) = draft(&[]);
    let (text, minutes, said) = draft(&["--llm", &model.url]);
    assert!(text.contains(&format!("- {told} <!-- s-")), "{text}\n{said}");
    assert!(text.contains("Udkastets egen linje: Per Dahl "), "{text}");
    assert!(text.contains("én linje i udkastet er skrevet af en sprogmodel"), "{text}");
    assert_eq!(minutes["language_model"], "prøve");
    assert!(!plain.contains("sprogmodel"));
    assert_eq!(model.asked(), 2, "one question for each item with something to word");
    let questions = model.questions.lock().unwrap();
    assert_eq!(questions[0]["temperature"], 0.0);
    assert_eq!(questions[0]["response_format"]["type"], "json_schema");
    assert!(
        !questions[0].to_string().contains("indhenter to tilbud"),
        "decisions keep their words"
    );
}

#[test]
fn what_was_not_said_never_reaches_the_draft() {
    let (plain, _, _) = draft(&[]);
    for (evil, why) in [
        // Names
        ("Per Dahl oplyste, at Jørgen Krag mener, at taget over blok 4 er utæt.", "Jørgen"),
        ("Jørgen Krag oplyste, at taget over blok 4 er utæt.", "begin"),
        ("Bo Kjær oplyste, at taget over blok 4 er utæt.", "begin"),
        ("Per Dahl oplyste, at taget er utæt ifølge ABC-Tag.", "ABC"),
        // Negations
        (
            "Per Dahl oplyste, at reparationen af taget over blok 4 er dækket af forsikringen.",
            "negation",
        ),
        (
            "Per Dahl oplyste, at taget over blok 4 ikke er utæt, og at reparationen er dækket af forsikringen.",
            "negation",
        ),
        (
            "Per Dahl oplyste, at taget over blok 4 ikke er utæt, og at reparationen koster 85.000 kroner.",
            "negation",
        ),
        // Numbers and dates
        (
            "Per Dahl oplyste, at reparationen af taget koster 86.000 kroner og ikke er dækket af forsikringen.",
            "86000",
        ),
        ("Per Dahl oplyste, at taget over blok 5 er utæt og ikke dækket af forsikringen.", "5"),
        (
            "Per Dahl oplyste, at taget over blok 4 er utæt siden den 3. januar og ikke dækket af forsikringen.",
            "3",
        ),
        (
            "Per Dahl oplyste, at taget er utæt siden fredag og ikke dækket af forsikringen.",
            "fredag",
        ),
        ("Per Dahl oplyste, at tyve tage er utætte og ikke dækket af forsikringen.", "20"),
        // Plain invention
        (
            "Per Dahl oplyste, at naboerne klager over larm, støj og manglende hjælp fra kommunen.",
            "not said",
        ),
        // Markup
        ("<script>alert(1)</script> Per Dahl oplyste, at taget er utæt.", "begin"),
        ("", "empty"),
    ] {
        let model = saying("utæt", evil);
        let (text, minutes, said) = draft(&["--llm", &model.url]);
        assert_eq!(without_note(&text), without_note(&plain), "{evil}");
        assert!(said.contains("is unused") && said.contains(why), "{evil}: {said}");
        assert!(evil.is_empty() || !minutes.to_string().contains(evil), "{evil}");
    }
}

#[test]
fn a_sentence_must_name_statements_that_may_be_reworded() {
    let (plain, _, _) = draft(&[]);
    for named in [json!([]), json!(["99"]), json!(["0"]), json!(["x"]), json!([-1]), json!([1, 99])]
    {
        let answer = json!({"sentences": [
            {"text": "Per Dahl oplyste, at taget er utæt.", "statements": named.clone()}]});
        let model = Model::serve(move |_| Reply::Says(answer.to_string()));
        let (text, _, said) = draft(&["--llm", &model.url]);
        assert_eq!(without_note(&text), without_note(&plain), "{named}: {said}");
    }
}

#[test]
fn a_model_that_breaks_off_lies_idle_or_talks_nonsense_costs_only_its_wording() {
    let (plain, _, _) = draft(&[]);
    let replies = [
        ("broken JSON", Reply::Says("{\"sentences\": [{\"text\": \"Per".into())),
        ("prose", Reply::Says("Gerne! Her er referatet.".into())),
        ("another form", Reply::Says("{\"sentences\": \"alle\"}".into())),
        ("no protocol", Reply::Raw(200, String::new(), "<html>".into())),
        ("an error", Reply::Raw(500, String::new(), "{}".into())),
        ("a huge answer", Reply::Raw(200, String::new(), "x".repeat(2 << 20))),
        ("silence", Reply::Silence),
        ("a trickle", Reply::Trickle),
    ];
    for (what, reply) in replies {
        let silent = matches!(reply, Reply::Silence | Reply::Trickle);
        let model = Model::serve(move |_| reply.clone());
        let begun = Instant::now();
        let (text, _, said) = draft(&["--llm", &model.url, "--llm-timeout", "1.5"]);
        assert_eq!(without_note(&text), without_note(&plain), "{what}: {said}");
        assert!(said.contains("note: "), "{what}: {said}");
        assert!(begun.elapsed().as_secs() < 20, "{what}");
        assert!(!silent || model.asked() == 1, "a silent server is not asked again");
    }
    // Nobody there at all.
    let (text, _, said) = draft(&["--llm", "http://127.0.0.1:9", "--llm-timeout", "2"]);
    assert_eq!(text, plain, "{said}");
    assert!(said.contains("tip: "), "{said}");
}

#[test]
fn a_server_that_knows_no_schemas_is_asked_without() {
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    let model = Model::serve(move |_| {
        // The first time and every other: refused.
        if count.fetch_add(1, std::sync::atomic::Ordering::SeqCst).is_multiple_of(2) {
            return Reply::Raw(400, String::new(), "{}".into());
        }
        Reply::Says(json!({"sentences": []}).to_string())
    });
    let (_, _, said) = draft(&["--llm", &model.url]);
    assert!(!said.contains("refused"), "{said}");
    let questions = model.questions.lock().unwrap();
    assert!(questions[0].get("response_format").is_some());
    assert!(questions[1].get("response_format").is_none());
}

#[test]
fn nothing_is_sent_to_another_machine() {
    let folder = tempfile::tempdir().unwrap();
    meeting(folder.path());
    for url in ["http://192.0.2.7:8080", "https://example.org/v1", "http://127.0.0.1@192.0.2.7/"] {
        let output = referat(folder.path(), &["draft", ".", "--llm", url]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("error: ") && said.contains("tip: "), "{said}");
        assert!(!folder.path().join("referat.md").exists());
    }
    // Nor by a server of this machine that sends us on.
    let other = Model::serve(|_| Reply::Says(String::new()));
    let location = format!("Location: {}/v1/chat/completions\r\n", other.url);
    let model = Model::serve(move |_| Reply::Raw(307, location.clone(), String::new()));
    let (_, _, said) = draft(&["--llm", &model.url]);
    assert_eq!((model.asked(), other.asked()), (1, 0), "{said}");
    // Nor by a proxy of the environment.
    let proxy = Model::serve(|_| Reply::Says(String::new()));
    let model = saying("utæt", "");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["draft", ".", "--llm", &model.url])
        .current_dir(folder.path())
        .envs(["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"].map(|name| (name, &proxy.url)))
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(proxy.asked(), 0);
    assert!(model.asked() > 0);
}
