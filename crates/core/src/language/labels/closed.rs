//! Titles of items that are dealt with behind closed doors: `Personalesag (lukket)`.

use super::Labels;

impl Labels {
    /// Tells whether an item's title says that it is dealt with behind closed doors.
    pub fn is_closed(&self, title: &str) -> bool {
        let lower = title.to_lowercase();
        self.closed.iter().any(|mark| {
            lower.contains(&format!("({mark}"))
                || lower.contains(&format!("[{mark}"))
                || lower.ends_with(&format!("- {mark}"))
                || lower.ends_with(&format!("– {mark}"))
                || lower.starts_with(&format!("{mark}:"))
                || lower.starts_with(&format!("{mark} -"))
                || lower.trim_end_matches([':', '.']) == *mark
        })
    }

    /// Returns an item's title with the mark of a closed item, or without any.
    pub fn marked_closed(&self, title: &str, closed: bool) -> String {
        // A presenter follows the title, and behind `Sag – lukket` hides the mark.
        let told = self.is_closed(&format!("{title} /"));
        if closed && told {
            return title.to_owned();
        }
        let plain = self.without_mark(title);
        match self.closed.first().filter(|_| closed) {
            Some(mark) => format!("{plain} ({mark})"),
            None => plain,
        }
    }

    fn without_mark(&self, title: &str) -> String {
        // One small letter for each, so that places are those of the title.
        let lower: String = title.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
        let mut marks: Vec<&String> = self.closed.iter().collect();
        marks.sort_by_key(|mark| std::cmp::Reverse(mark.chars().count()));
        let cut = |from: usize, to: usize| -> String {
            let place = |at: usize| lower[..at].chars().count();
            let (from, to) = (place(from), place(to));
            let kept = title.chars().enumerate().filter(|(at, _)| *at < from || *at >= to);
            kept.map(|(_, c)| c).collect()
        };
        for mark in marks {
            for (open, close) in [('(', ')'), ('[', ']')] {
                if let Some(from) = lower.find(&format!("{open}{mark}")) {
                    let to = lower[from..].find(close).map_or(lower.len(), |at| from + at + 1);
                    return cut(from, to).trim().to_owned();
                }
            }
            for dash in ["- ", "– "] {
                if lower.ends_with(&format!("{dash}{mark}")) {
                    return cut(lower.len() - mark.len() - dash.len(), lower.len())
                        .trim()
                        .to_owned();
                }
            }
            for dash in [":", " -"] {
                if lower.starts_with(&format!("{mark}{dash}")) {
                    return cut(0, mark.len() + dash.len()).trim().to_owned();
                }
            }
        }
        title.to_owned()
    }
}
