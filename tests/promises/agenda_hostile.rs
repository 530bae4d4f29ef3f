//! Any bytes as a dagsorden give an answer or an error, in a time that grows with their length.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use referat_core::agenda::read_meeting;
use referat_document::read_bytes;

/// Stretches that documents are made of, in orders that no document has.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "## ",
        "Dagsorden",
        "Tid:",
        "Sted: ",
        "Deltagere:\n",
        "Afbud: ",
        "1. ",
        "2) ",
        "Punkt 3: ",
        "§ 4",
        "\n",
        "\n\n",
        "  \n",
        "| a | b |\n",
        "|",
        "/v. ",
        "ved ",
        "(",
        ")",
        "Anna Bech",
        "og",
        ", ",
        "kl. 8.30-10",
        "den 31. februar 2020",
        "1/1-00",
        "\\item[",
        "\\begin{enumerate}",
        "\\documentclass{a}\n",
        "**",
        "å",
        "İ",
        "ß",
        "\u{feff}",
        "\0",
        "99999999999",
        "12.",
        "pd ",
        "formand for ",
        "Present: ",
        "Agenda\n",
        "- ",
        "<b>",
        "&nbsp;",
    ];
    prop_oneof![prop::sample::select(words.to_vec()).prop_map(str::to_owned), "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok(text) = read_bytes(&bytes, "a") {
            read_meeting(&text, None);
        }
    }

    #[test]
    fn pieces_of_documents_are_read_in_any_order(pieces in prop::collection::vec(piece(), 0..80)) {
        let text = pieces.concat();
        let lines = text.split(['\n', '\u{c}', '\u{2028}']).count();
        let (meeting, remarks) = read_meeting(&text, None);
        for remark in remarks {
            prop_assert!(remark.line.is_none_or(|line| (1..=lines).contains(&line)));
        }
        for person in meeting.header.everybody() {
            prop_assert!(person.name.chars().any(char::is_alphabetic));
        }
    }
}

#[test]
fn long_documents_are_read_in_little_time() {
    let texts = [
        "1. Valg af referent\n".repeat(40_000),
        (1..30_000).map(|n| format!("{}. Punkt om noget\n\nDer blev talt.\n", n % 997)).collect(),
        format!("Deltagere: {}", "Anna Bech, ".repeat(100_000)),
        format!("Deltagere:\n{}", "Anna Bech\n\n".repeat(40_000)),
        "Sted: Dato: Tid: ".repeat(100_000),
        "(".repeat(1_000_000),
        "1. Valg (\n".to_owned() + &"mere tekst her og der\n".repeat(100_000),
        "a ".repeat(1_000_000),
        "| x ".repeat(500_000),
        "\\documentclass{a}\n".to_owned() + &"\\begin{enumerate}\\item ".repeat(100_000),
    ];
    for text in texts {
        let start = Instant::now();
        read_meeting(&text, None);
        let start_of_text: String = text.chars().take(30).collect();
        assert!(
            start.elapsed() < Duration::from_secs(8),
            "{start_of_text:?} took {:?}",
            start.elapsed()
        );
    }
}
