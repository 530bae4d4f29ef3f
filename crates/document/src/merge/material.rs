//! The speakers' own sentences beneath the statements taken out of a text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::unit::{self, File, Side};
use super::writing;
use crate::markdown::units::UnitKind;
use referat_core::domain::referat::StatementId;
use referat_core::language::pattern::regex;
use referat_core::time::{Span, Timestamp};

static TIME: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(\d{2,}):(\d\d):(\d\d)\b"));

/// Returns `text` without the sentences that stand with their time beneath a statement: those
/// said within `spans`, or all where there are no spans. Every other line stays as it is.
pub fn without_material(text: &str, spans: Option<&[Span]>) -> String {
    let mut units = unit::read(text, File::Open, Side::Ours);
    for unit in units.iter_mut().filter(|unit| unit.text.id.is_some() || !unit.text.body.is_empty())
    {
        unit.text.body.retain(|line| !is_material(line, spans));
    }
    writing::write(&units)
}

/// Returns `text` without the sentences that stand with their time beneath a statement and not
/// in `known`.
pub fn without_material_beyond(text: &str, known: &str) -> String {
    let known: BTreeSet<&str> = known.lines().map(str::trim).collect();
    let mut units = unit::read(text, File::Open, Side::Ours);
    for unit in units.iter_mut().filter(|unit| unit.text.id.is_some() || !unit.text.body.is_empty())
    {
        unit.text.body.retain(|line| known.contains(line.trim()) || !is_material(line, None));
    }
    writing::write(&units)
}

/// Returns `text` without the statements named in `ids`.
pub fn without_statements(text: &str, ids: &BTreeSet<StatementId>) -> String {
    let mut units = unit::read(text, File::Open, Side::Ours);
    units.retain(|unit| !unit.text.id.as_ref().is_some_and(|id| ids.contains(id)));
    writing::write(&units)
}

/// Returns `text` without the proposals that are not settled.
pub fn without_proposals(text: &str) -> String {
    let mut units = unit::read(text, File::Open, Side::Ours);
    if units.iter().all(|unit| unit.text.proposal.is_none()) {
        return text.to_owned();
    }
    units.retain(|unit| unit.text.kind != UnitKind::Proposal);
    for unit in &mut units {
        unit.text.proposal = None;
    }
    writing::write(&units)
}

/// Returns whether a line beneath a statement is a sentence with its time, or several.
fn is_material(line: &str, spans: Option<&[Span]>) -> bool {
    let Some(entry) = line.trim_start().strip_prefix("- ") else { return false };
    let mut times = TIME.captures_iter(entry).peekable();
    // The time stands first, or after the one word that begins the folded sentences.
    let begins = times.peek().and_then(|time| time.get(0)).is_some_and(|time| {
        let before = &entry[..time.start()];
        before.is_empty() || (before.ends_with(": ") && before.split_whitespace().count() == 1)
    });
    begins
        && spans.is_none_or(|spans| {
            times.any(|time| {
                let part = |at: usize| time[at].parse::<u64>().unwrap_or_default();
                let second = part(1) * 3600 + part(2) * 60 + part(3);
                let shown = Span::from_start(
                    Timestamp::from_ms(second * 1000),
                    std::time::Duration::from_secs(1),
                );
                spans.iter().any(|span| span.overlap(shown) > std::time::Duration::ZERO)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "### **Ad 1**\n\n- A. <!-- s-1 00:00:01 -->\n  - 00:00:01 Ordret et.\n  - hendes note kl. 00:00:05\n  - Øvrigt: 00:00:09 Ordret to.\n- B. <!-- s-2 00:01:00 -->\n  - 00:01:00 Ordret tre.\n\nEt afsnit 00:00:01.\n";

    #[test]
    fn only_the_sentences_with_their_times_go() {
        let text = without_material(TEXT, None);
        assert_eq!(
            text,
            "### **Ad 1**\n\n- A. <!-- s-1 00:00:01 -->\n  - hendes note kl. 00:00:05\n- B. <!-- s-2 00:01:00 -->\n\nEt afsnit 00:00:01.\n"
        );
    }

    #[test]
    fn sentences_of_a_stretch_go_alone() {
        let span = Span::new(Timestamp::from_ms(59_000), Timestamp::from_ms(61_000)).unwrap();
        let text = without_material(TEXT, Some(&[span]));
        assert_eq!(text, TEXT.replace("  - 00:01:00 Ordret tre.\n", ""));
    }
}
