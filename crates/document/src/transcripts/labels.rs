//! Who speaks, as subtitles write it before the words.

use std::collections::HashMap;

use referat_core::domain::transcript::Segment;

/// Most letters of a label before a colon.
const LONGEST: usize = 40;

/// Takes the labels off the texts of segments: `[SPEAKER_00]: …` always, `Name: …` where it is
/// two capital words or comes back, so that `Altså: …` stays what somebody said.
pub(super) fn take_off(segments: &mut [Segment]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for (label, _) in segments.iter().filter_map(|segment| plain(&segment.text)) {
        *times.entry(label.to_owned()).or_default() += 1;
    }
    for segment in segments {
        if segment.speaker.is_some() || segment.voice.is_some() {
            continue;
        }
        let found = bracketed(&segment.text).or_else(|| {
            plain(&segment.text).filter(|(label, _)| {
                label.contains(' ') || is_machines(label) || times.get(*label) > Some(&1)
            })
        });
        if let Some((label, rest)) = found {
            let (label, rest) = (label.to_owned(), rest.trim().to_owned());
            segment.text = rest;
            set(segment, &label);
        }
    }
}

/// Notes who speaks in a segment.
pub(super) fn set(segment: &mut Segment, label: &str) {
    let label = label.trim();
    if label.is_empty() {
        return;
    }
    match is_machines(label) {
        true => segment.voice = Some(label.to_owned()),
        false => segment.speaker = Some(label.to_owned()),
    }
}

/// Tells whether a label is a number that a machine gave, as in `SPEAKER_00`, `Taler 2` or `1`.
fn is_machines(label: &str) -> bool {
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit() || " _-#".contains(c));
    let kinds = ["", "speaker", "spk", "voice", "taler", "stemme", "person", "s"];
    bare.len() < label.len() && kinds.contains(&bare.to_lowercase().as_str())
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once(']')?;
    let said = rest.strip_prefix(':');
    let (colon, rest) = (said.is_some(), said.unwrap_or(rest));
    // `[Musik]` is no speaker: nothing is said after it.
    let fits = label.chars().count() <= LONGEST && !rest.trim().is_empty();
    (fits && (is_machines(label) || colon)).then_some((label, rest))
}

fn plain(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(": ")?;
    let words: Vec<&str> = label.split(' ').collect();
    let name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
    };
    let fits = label.chars().count() <= LONGEST && words.len() <= 5;
    (fits && (is_machines(label) || words.iter().all(name))).then_some((label, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracketed_label_may_hold_any_letter() {
        assert_eq!(bracketed("[SPEAKER_0¼]: Velkommen."), Some(("SPEAKER_0¼", " Velkommen.")));
        assert_eq!(bracketed("[Musik] spiller"), None);
    }

    fn taken(texts: &[&str]) -> Vec<(Option<String>, Option<String>, String)> {
        let segment = |text: &&str| Segment { text: (*text).to_owned(), ..Segment::default() };
        let mut segments: Vec<Segment> = texts.iter().map(segment).collect();
        take_off(&mut segments);
        segments.into_iter().map(|s| (s.speaker, s.voice, s.text)).collect()
    }

    #[test]
    fn a_label_is_told_from_what_is_said() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            taken(&[
                "SPEAKER 1: Ja",
                "[Ida]: Nej",
                "Altså: nej",
                "Bo: Ja",
                "Bo: Nej",
                "[Musik]",
                "Punkt 3: ja"
            ]),
            [
                (None, some("SPEAKER 1"), "Ja".into()),
                (some("Ida"), None, "Nej".into()),
                (None, None, "Altså: nej".into()),
                (some("Bo"), None, "Ja".into()),
                (some("Bo"), None, "Nej".into()),
                (None, None, "[Musik]".into()),
                (None, None, "Punkt 3: ja".into()),
            ]
        );
    }
}
