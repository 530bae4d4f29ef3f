//! The main job: each sample's sound and dagsorden become a referat, by the real binary.

use std::fs;

use serde_json::Value;

use crate::support::{assert_valid, done, gold, json, model_is_here, sample_meeting, stderr};

/// The share of the spoken words whose time the draft gives to the item they belong to.
fn item_accuracy(minutes: &Value, gold: &Value) -> f64 {
    let mut spans = Vec::new();
    for section in minutes["sections"].as_array().unwrap() {
        let item = section["item"].as_str().unwrap_or("0").to_owned();
        for span in section["spans"].as_array().unwrap() {
            let at = |field: &str| span[field].as_f64().unwrap() / 1000.0;
            spans.push((at("start_ms"), at("end_ms"), item.clone()));
        }
    }
    let (mut right, mut all) = (0.0, 0.0);
    for utterance in gold["utterances"].as_array().unwrap() {
        let (start, end) =
            (utterance["start"].as_f64().unwrap(), utterance["end"].as_f64().unwrap());
        let words = utterance["text"].as_str().unwrap().split_whitespace().count() as f64;
        let item = utterance["item"].to_string();
        let shared: f64 = spans
            .iter()
            .filter(|span| span.2 == item)
            .map(|span| (span.1.min(end) - span.0.max(start)).max(0.0))
            .sum();
        right += words * (shared / (end - start)).min(1.0);
        all += words;
    }
    right / all
}

fn people(gold: &Value, present: &Value) -> Vec<String> {
    let all = gold["participants"].as_array().unwrap();
    let names = all.iter().filter(|person| person["present"] == *present);
    names.map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

fn names(list: &Value) -> Vec<String> {
    let people = list.as_array().unwrap().iter();
    people.map(|person| person["name"].as_str().unwrap().to_owned()).collect()
}

fn becomes_a_referat(sample: &str, gold_name: &str, heading: &str, at_least: f64) {
    if !model_is_here() {
        return;
    }
    let gold = gold(gold_name);
    let (folder, meeting) = sample_meeting(sample);
    done(folder.path(), &["run", "m", "--model", "base"]);

    let transcript = json(&meeting.join("transcript.json"));
    let minutes = json(&meeting.join("minutes.json"));
    assert_valid(&transcript, "transcript.schema.json");
    assert_valid(&minutes, "minutes.schema.json");

    let header = &minutes["header"];
    assert!(header["title"].as_str().unwrap().ends_with(gold["title"].as_str().unwrap()));
    assert_eq!(names(&header["present"]), people(&gold, &Value::Bool(true)));
    assert_eq!(names(&header["remote"]), people(&gold, &"remote".into()));
    assert_eq!(names(&header["absent"]), people(&gold, &Value::Bool(false)));
    assert_eq!(header["place"], gold["place"]);
    let titles = |list: &Value| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|item| item["title"].clone()).collect()
    };
    assert_eq!(titles(&minutes["agenda"]), titles(&gold["agenda"]));

    let referat = fs::read_to_string(meeting.join("referat.md")).unwrap();
    assert!(referat.contains(gold["time"].as_str().unwrap()), "{referat}");
    let mut from = 0;
    for item in gold["agenda"].as_array().unwrap() {
        let wanted =
            format!("### **{heading} {} {}", item["number"], item["title"].as_str().unwrap())
                .replace('"', "");
        let at = referat[from..].find(&wanted);
        assert!(at.is_some(), "no `{wanted}` in order in\n{referat}");
        from += at.unwrap();
    }
    for section in minutes["sections"].as_array().unwrap() {
        if section["item"].is_string() {
            let item = &section["item"];
            assert!(!section["statements"].as_array().unwrap().is_empty(), "item {item} is empty");
        }
    }
    let accuracy = item_accuracy(&minutes, &gold);
    assert!(accuracy >= at_least, "{sample}: item accuracy {accuracy:.3} < {at_least}");

    // A second run has nothing to do.
    let again = done(folder.path(), &["run", "m", "--model", "base"]);
    assert!(stderr(&again).contains("up to date"), "{}", stderr(&again));
}

#[test]
fn the_danish_sample_becomes_a_referat() {
    becomes_a_referat("kredsraad", "kredsraad_soenderfjord", "Ad", 0.80);
}

#[test]
fn the_english_sample_becomes_a_referat() {
    becomes_a_referat("council_en", "council_harwick_en", "Item", 0.90);
}
