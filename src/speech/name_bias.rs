//! A bonus for names while decoding: a token that begins the name of a participant, or goes on
//! with one, is made likelier than the model holds it.

/// Names as tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NameBias {
    names: Vec<Vec<i32>>,
}

/// What is added to the logit of a token that begins a name, and of one that goes on with it.
///
/// Measured 2026-11-26 with base on four synthetic meetings of 2,512 words (names right of 71,
/// as heard; CER): none 16, 0.243; 1 and 4 22, 0.245; 2 and 4 28, 0.241; nobody was named who
/// was not said.
const FIRST: f32 = 2.0;
const NEXT: f32 = 4.0;

/// Fewest letters of a part of a name that is helped when it is said alone: shorter ones are
/// words of the language too often (`Hvidt` was heard three times where nobody said it).
const ALONE: usize = 6;

impl NameBias {
    /// Returns the bias towards full names and their longer parts, as `tokens` spells them.
    pub(super) fn new<E>(
        names: &[String],
        tokens: impl Fn(&str) -> Result<Vec<i32>, E>,
    ) -> Result<Self, E> {
        let long = |part: &&str| part.chars().count() >= ALONE;
        let parts = names.iter().flat_map(|name| {
            std::iter::once(name.as_str()).chain(name.split_whitespace().filter(long))
        });
        let mut names: Vec<Vec<i32>> = parts.map(tokens).collect::<Result<_, E>>()?;
        names.sort_unstable();
        names.dedup();
        Ok(Self { names })
    }

    /// Tells whether there is no name.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Returns how many tokens the longest name has.
    pub(super) fn longest(&self) -> usize {
        self.names.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Adds to `logits`, one for each token of the vocabulary, what is due after `said`.
    pub(super) fn apply(&self, said: &[i32], logits: &mut [f32]) {
        let mut due: Vec<(i32, f32)> = Vec::new();
        for name in &self.names {
            for (place, token) in name.iter().enumerate() {
                if said.ends_with(&name[..place]) {
                    due.push((*token, if place == 0 { FIRST } else { NEXT }));
                }
            }
        }
        // A token that several names ask for is helped once.
        due.sort_by(|(one, less), (other, more)| one.cmp(other).then(more.total_cmp(less)));
        due.dedup_by_key(|(token, _)| *token);
        for (token, bonus) in due {
            if let Some(logit) = usize::try_from(token).ok().and_then(|at| logits.get_mut(at)) {
                *logit += bonus;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each letter is a token.
    fn bias(names: &[&str]) -> NameBias {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let tokens = |name: &str| Ok::<_, ()>(name.bytes().map(i32::from).collect());
        NameBias::new(&names, tokens).unwrap()
    }

    fn helped(bias: &NameBias, said: &str) -> String {
        let said: Vec<i32> = said.bytes().map(i32::from).collect();
        let mut logits = [0.0; 128];
        bias.apply(&said, &mut logits);
        let most = logits.iter().copied().fold(0.0, f32::max);
        let most = |at: &usize| logits[*at] == most;
        (0..logits.len()).filter(most).map(|at| at as u8 as char).collect()
    }

    #[test]
    fn a_name_that_has_begun_is_helped_most_and_once() {
        let bias = bias(&["Ida Ravn", "Ib Ravnholt"]);
        assert_eq!(helped(&bias, ""), "IR");
        assert_eq!(helped(&bias, "og I"), "bd");
        assert_eq!(helped(&bias, "og Ida"), " ");
        assert_eq!(helped(&bias, "det er Ravn"), "h");
        assert_eq!(bias.longest(), "Ib Ravnholt".len());
    }

    #[test]
    fn a_short_part_of_a_name_is_helped_only_within_it() {
        let bias = bias(&["Ida Ravn"]);
        assert_eq!(helped(&bias, ""), "I");
        assert_eq!(helped(&bias, "Ida R"), "a");
        assert_eq!(helped(&bias, "den R"), "I");
    }
}
