//! The sentences of a transcript, to be looked for in other files.

use referat_core::domain::transcript::Transcript;

/// Sentences of fewer words are no trace: `Tak for det.` is in any referat.
const WORDS: usize = 4;

/// The sentences of a transcript.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    sentences: Vec<String>,
}

impl Spoken {
    /// Returns the sentences of `transcript` that have at least four words; those that the
    /// guards removed count too.
    pub fn of(transcript: &Transcript) -> Self {
        let segments = transcript.segments.iter().map(|segment| segment.text.as_str());
        let removed = transcript.removed.iter().map(|removed| removed.text.as_str());
        let texts = segments.chain(removed);
        let sentences = texts.flat_map(|text| text.split(['.', '?', '!'])).map(plain);
        let mut sentences: Vec<String> =
            sentences.filter(|sentence| sentence.split(' ').count() >= WORDS).collect();
        sentences.sort_unstable();
        sentences.dedup();
        Self { sentences }
    }

    /// Returns how many of the sentences stand in `text`, whatever its case and punctuation.
    pub fn count_in(&self, text: &str) -> usize {
        let text = format!(" {} ", plain(text));
        let stands = |sentence: &&String| text.contains(&format!(" {sentence} "));
        self.sentences.iter().filter(stands).count()
    }

    /// Returns the sentences without those that stand in `text`.
    pub fn beyond(&self, text: &str) -> Self {
        let text = format!(" {} ", plain(text));
        let mut sentences = self.sentences.clone();
        sentences.retain(|sentence| !text.contains(&format!(" {sentence} ")));
        Self { sentences }
    }
}

/// Returns the words of a file that is text, DOCX or PDF; `None` when it has none to read.
pub fn text_of(bytes: &[u8], name: &str) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => referat_document::read_bytes(bytes, name).ok(),
    }
}

fn plain(text: &str) -> String {
    let letters = text.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' });
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use referat_core::domain::transcript::Segment;

    #[test]
    fn a_sentence_is_found_whatever_its_punctuation_and_short_ones_are_not_looked_for() {
        let text = "Tak for det. Stien ved åen, er lukket til maj!".to_owned();
        let segment = Segment { text, ..Segment::default() };
        let transcript = Transcript { segments: vec![segment], ..Transcript::default() };
        let spoken = Spoken::of(&transcript);
        assert_eq!(spoken.count_in("<p>stien ved åen er lukket til maj</p>"), 1);
        assert_eq!(spoken.count_in("Tak for det. Stien ved åen er åben."), 0);
        let kept = |text: &str| spoken.beyond(text).count_in("Stien ved åen er lukket til maj.");
        assert_eq!(kept("Stien ved åen."), 1);
        assert_eq!(kept("- Stien ved åen er lukket, til maj."), 0);
    }
}
