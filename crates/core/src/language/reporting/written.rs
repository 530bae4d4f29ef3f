//! Short forms of measures, as they are written: `2,9 mio. kr.`, `kl. 17`.

use super::Reporting;
use super::clause::bare;

impl Reporting<'_> {
    /// Returns a line with its measures written short; what is quoted stays as it was said.
    pub fn written(&self, line: &str) -> String {
        let short = |(place, part): (usize, &str)| match place % 2 {
            0 => self.short(part),
            _ => part.to_owned(),
        };
        let parts: Vec<String> = line.split('"').enumerate().map(short).collect();
        parts.join("\"")
    }

    fn short(&self, text: &str) -> String {
        let (of_number, before_number) = (&self.short.of_number, &self.short.before_number);
        if of_number.is_empty() && before_number.is_empty() || text.contains(['»', '“']) {
            return text.to_owned();
        }
        let words: Vec<&str> = text.split(' ').collect();
        let number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
        let mut out: Vec<String> = Vec::with_capacity(words.len());
        for (place, word) in words.iter().enumerate() {
            let key = bare(word);
            let counted = out.last().is_some_and(|last| {
                number(last) && !last.ends_with(['.', ','])
                    || of_number.values().any(|of| of == last)
            });
            let counts = words.get(place + 1).is_some_and(|next| number(next));
            let short = match (of_number.get(&key), before_number.get(&key)) {
                (Some(short), _) if counted => Some(short),
                (_, Some(short)) if counts => Some(short),
                _ => None,
            };
            out.push(match short {
                Some(short) => {
                    let end = word.trim_start_matches(char::is_alphabetic);
                    format!("{short}{}", end.trim_start_matches('.'))
                }
                None => (*word).to_owned(),
            });
        }
        out.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use crate::language::reporting::Reporting;
    use crate::language::words::Words;

    #[test]
    fn measures_are_written_short_outside_quotations() {
        let danish = Reporting::of(Words::danish());
        assert_eq!(
            danish.written(
                "Bo Lund oplyste, at den koster 2,9 millioner kroner, og åbner klokken 17."
            ),
            "Bo Lund oplyste, at den koster 2,9 mio. kr., og åbner kl. 17."
        );
        assert_eq!(danish.written("Den koster 500 kroner."), "Den koster 500 kr.");
        let quoted = "Bo Lund oplyste: \"Den koster 500 kroner.\"";
        assert_eq!(danish.written(quoted), quoted);
        assert_eq!(danish.written("Der blev talt om kroner."), "Der blev talt om kroner.");
    }
}
