//! What a text lost and gained when another took its place, line by line, and under which of its
//! headings: enough to know one earlier version from another.

use std::collections::HashMap;

use serde::Serialize;

/// The lines in which two texts differ.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ChangedLines {
    lost: usize,
    gained: usize,
    /// The headings that they stand under, in order.
    under: Vec<String>,
}

impl ChangedLines {
    /// Compares two texts; a line that only stands elsewhere is no difference.
    pub(super) fn between(before: &str, after: &str) -> Self {
        let (before, after) = (lines(before), lines(after));
        let mut counts: HashMap<&str, isize> = HashMap::new();
        before.iter().for_each(|line| *counts.entry(line.words).or_default() += 1);
        after.iter().for_each(|line| *counts.entry(line.words).or_default() -= 1);
        let mut changed = Self::default();
        // The last of several like lines counts as the one that went.
        for line in before.iter().rev() {
            if let Some(count) = counts.get_mut(line.words).filter(|count| **count > 0) {
                *count -= 1;
                changed.lost += 1;
                changed.name(line.heading);
            }
        }
        for line in after.iter().rev() {
            if let Some(count) = counts.get_mut(line.words).filter(|count| **count < 0) {
                *count += 1;
                changed.gained += 1;
                changed.name(line.heading);
            }
        }
        let order = |name: &String| after.iter().chain(&before).position(|it| it.heading == name);
        changed.under.sort_by_key(order);
        changed
    }

    fn name(&mut self, heading: &str) {
        if !heading.is_empty() && !self.under.iter().any(|name| name == heading) {
            self.under.push(heading.to_owned());
        }
    }
}

/// A line, and the heading that it stands under.
struct LineUnder<'a> {
    words: &'a str,
    heading: &'a str,
}

/// Returns the lines of a text that hold words, without their marks and comments.
fn lines(text: &str) -> Vec<LineUnder<'_>> {
    let mut heading = "";
    let mut lines = Vec::new();
    for line in text.lines() {
        let words = line.split("<!--").next().unwrap_or_default();
        let words = words.trim_matches([' ', '#', '*', '-']);
        if line.starts_with('#') {
            heading = words;
        }
        if !words.is_empty() {
            lines.push(LineUnder { words, heading });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_counted_and_named_by_its_heading() {
        let before = "# Referat\n\n### **Ad 1 Velkomst**\n- Kim bød velkommen. <!-- s-1 -->\n\
            ### **Ad 2 Budget**\n- Budgettet blev drøftet.\n- Ja.\n- Ja.\n";
        let after = "# Referat\n\n### **Ad 1 Velkomst**\n- Kim bød velkommen. <!-- s-9 -->\n\
            ### **Ad 2 Budget**\n- Budgettet blev vedtaget.\n- Ja.\n";
        let changed = ChangedLines::between(before, after);
        assert_eq!((changed.lost, changed.gained), (2, 1));
        assert_eq!(changed.under, ["Ad 2 Budget"]);
        assert_eq!(ChangedLines::between(before, before), ChangedLines::default());
    }

    #[test]
    fn headings_stand_in_the_order_of_the_text() {
        let text = |one: &str, two: &str| format!("## A\n{one}\n## B\n{two}\n");
        let changed = ChangedLines::between(&text("x", "y"), &text("v", "w"));
        assert_eq!(changed.under, ["A", "B"]);
    }
}
