//! Letters with their places become lines.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A letter and where it stands, in the direction in which its line runs.
struct Letter {
    /// Along the line.
    x: f64,
    /// Across the lines, growing downwards.
    y: f64,
    width: f64,
    size: f64,
    text: String,
    /// Quarter turn of its line.
    turn: u8,
}

/// Gathers a page's letters and writes them as lines.
pub(super) struct PlacedText {
    page: Vec<Letter>,
    text: String,
    most: usize,
}

impl PlacedText {
    pub(super) fn new(most: usize) -> Self {
        Self { page: Vec::new(), text: String::new(), most }
    }

    pub(super) fn finish(mut self) -> String {
        self.write_page();
        joined(&self.text)
    }

    fn write_page(&mut self) {
        let mut letters = std::mem::take(&mut self.page);
        // A stamp along the margin runs another way than the page.
        let turned = |turn: u8| letters.iter().filter(|it| it.turn == turn).count();
        let turn = (0..4u8).max_by_key(|turn| (turned(*turn), u8::MAX - turn)).unwrap_or(0);
        letters.retain(|letter| letter.turn == turn);
        letters.sort_by(|one, other| one.y.total_cmp(&other.y));
        let left = letters.iter().map(|it| it.x).fold(f64::MAX, f64::min);
        let mut lines: Vec<(f64, Vec<&Letter>)> = Vec::new();
        let mut from = 0;
        while from < letters.len() {
            let (top, size) = (letters[from].y, letters[from].size.max(1.0));
            let mut to = from;
            while to < letters.len() && letters[to].y - top < size * 0.45 {
                to += 1;
            }
            let mut line: Vec<&Letter> = letters[from..to].iter().collect();
            line.sort_by(|one, other| one.x.total_cmp(&other.x));
            if line.iter().any(|it| !it.text.trim().is_empty()) {
                lines.push((top, line));
            }
            from = to;
        }
        // What is wider than the page's own spacing of lines is an empty line.
        let mut steps: Vec<f64> = lines.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        steps.sort_by(f64::total_cmp);
        let usual = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
        let mut before: Option<f64> = None;
        for (top, line) in &lines {
            if before.is_some_and(|before| top - before > usual * 1.35) {
                self.text.push('\n');
            }
            before = Some(*top);
            write_line(&mut self.text, line, left);
        }
        self.text.push('\n');
    }
}

/// Writes a line; a gap between columns is written as wide as it is.
fn write_line(text: &mut String, line: &[&Letter], left: f64) {
    let mut end: Option<f64> = None;
    let start = text.len();
    for letter in line {
        let em = letter.size.max(1.0);
        let gap = match end {
            Some(end) => letter.x - end,
            None => 0.0,
        };
        if end.is_none() {
            let indent = ((letter.x - left) / (em * 0.5)).round().clamp(0.0, 120.0) as usize;
            text.push_str(&" ".repeat(indent));
        } else if gap > em * 1.2 && !letter.text.trim().is_empty() {
            let wide = (gap / (em * 0.5)).round().clamp(3.0, 120.0) as usize;
            let trimmed = text.trim_end_matches(' ').len();
            text.truncate(trimmed.max(start));
            text.push_str(&" ".repeat(wide));
        } else if gap > em * 0.17 && !text.ends_with(' ') && !letter.text.starts_with(' ') {
            text.push(' ');
        }
        if letter.text.trim().is_empty() {
            if text.len() > start && !text.ends_with(' ') {
                text.push(' ');
            }
            // Blanks alone between columns are a gap.
            continue;
        }
        text.push_str(&letter.text);
        end = Some(letter.x + letter.width);
    }
    let trimmed = text.trim_end_matches(' ').len();
    text.truncate(trimmed.max(start));
    text.push('\n');
}

/// Joins words that the end of a line parts: `Godken-` and `delse`.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        loop {
            let last = out.rsplit('\n').next().unwrap_or_default();
            let broken = last.ends_with(['-', '\u{ad}'])
                && last.chars().rev().nth(1).is_some_and(char::is_lowercase);
            let Some(next) = lines.peek().filter(|_| broken) else { break };
            let rest = next.trim_start();
            let first = rest.split(' ').next().unwrap_or_default();
            // `teknik-` and `og miljøchef` keep their hyphen.
            if !rest.starts_with(char::is_lowercase)
                || matches!(first, "og" | "eller" | "and" | "or" | "samt")
            {
                break;
            }
            out.pop();
            out.push_str(rest);
            lines.next();
        }
        if lines.peek().is_some() {
            out.push('\n');
        }
    }
    out
}

impl OutputDev for PlacedText {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page.clear();
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.write_page();
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        if self.text.len() + self.page.len() > self.most {
            return Err(OutputError::IoError(std::io::ErrorKind::FileTooLarge.into()));
        }
        let (x, y) = (place.m31, place.m32);
        let along = place.m11.hypot(place.m12);
        let tall = place.m21.hypot(place.m22);
        // In PDF the page grows upwards; lines are read downwards.
        let (turn, x, y) = if place.m12.abs() > place.m11.abs() {
            if place.m12 > 0.0 { (1, y, x) } else { (3, -y, -x) }
        } else if place.m11 < 0.0 {
            (2, -x, y)
        } else {
            (0, x, -y)
        };
        // A letter that the font does not tell must not vanish without a trace.
        let untold =
            letter.is_empty() || letter.chars().all(|c| c.is_control() && !c.is_whitespace());
        let text = if untold { "\u{fffd}".to_owned() } else { letter.to_owned() };
        self.page.push(Letter {
            x,
            y,
            width: width * size * along,
            size: size.abs() * tall,
            text,
            turn,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parted_words_are_joined_and_pairs_keep_their_hyphen() {
        assert_eq!(
            joined("1. Godken-\n   delse af\n   teknik-\n   og miljø"),
            "1. Godkendelse af\n   teknik-\n   og miljø"
        );
    }
}
