//! In which order windows are decoded: as they come, or in chains, for models that are told
//! the sentence before each window.

use std::collections::{HashMap, VecDeque};

use super::decoded::DecodedWindow;
use super::recognizer::Window;

/// Which window may be decoded next.
#[derive(Clone, Debug)]
pub enum WindowOrder {
    /// Any.
    Free,
    /// A chain's first window, or one whose predecessor is done. A chain's first window is
    /// told no sentence, so that several lanes have work; where chains begin depends on the
    /// number of windows alone, so that every machine tells each window the same.
    Chained {
        /// Windows of a chain.
        length: usize,
        /// The last sentences of the windows that are done.
        said: HashMap<usize, String>,
    },
}

impl WindowOrder {
    /// Returns the order of a plan of `windows` windows that are told the sentence before,
    /// when `done` is what came of some of them in an earlier run.
    pub fn chained(windows: usize, done: &[DecodedWindow]) -> Self {
        // Up to eight chains, so that lanes share a short recording too; in a long one every
        // sixteenth window goes without.
        let length = windows.div_ceil(8).clamp(2, 16);
        let said = done.iter().map(|heard| (heard.window, last_sentence(heard))).collect();
        Self::Chained { length, said }
    }

    /// Returns the sentence before a window, or `None` when the window must wait for it.
    fn before(&self, window: usize) -> Option<String> {
        match self {
            Self::Chained { length, said } if !window.is_multiple_of(*length) => {
                said.get(&(window - 1)).cloned()
            }
            _ => Some(String::new()),
        }
    }
}

/// Returns what the next window is told; nothing when the words are not to be trusted, since
/// a model that is told a loop goes on with it.
fn last_sentence(heard: &DecodedWindow) -> String {
    match heard.segments.last() {
        Some(segment) if heard.flagged.is_empty() => segment.text.clone(),
        _ => String::new(),
    }
}

/// The windows of a recording on their way to the lanes.
pub(super) struct Queue<I> {
    windows: I,
    order: WindowOrder,
    /// Read, but not yet to be decoded.
    waiting: VecDeque<Window>,
    most_waiting: usize,
}

impl<I, E> Queue<I>
where
    I: Iterator<Item = Result<Window, E>>,
{
    /// Returns the queue of `windows`, which come in the order of their places, for so many
    /// lanes.
    pub(super) fn new(windows: I, order: WindowOrder, lanes: usize) -> Self {
        let most_waiting = match &order {
            WindowOrder::Free => 1,
            WindowOrder::Chained { length, .. } => lanes * length,
        };
        Self { windows, order, waiting: VecDeque::new(), most_waiting }
    }

    /// Returns a window that can be decoded now; `None` when there is none, or none before
    /// another is done.
    pub(super) fn next(&mut self) -> Result<Option<Window>, E> {
        let mut seen = 0;
        loop {
            while let Some(window) = self.waiting.get(seen) {
                if let Some(before) = self.order.before(window.index) {
                    let window = self.waiting.remove(seen);
                    return Ok(window.map(|window| Window { before, ..window }));
                }
                seen += 1;
            }
            if self.waiting.len() >= self.most_waiting {
                return Ok(None);
            }
            match self.windows.next().transpose()? {
                Some(window) => self.waiting.push_back(window),
                None => return Ok(None),
            }
        }
    }

    /// Notes what came of a window.
    pub(super) fn done(&mut self, heard: &DecodedWindow) {
        if let WindowOrder::Chained { said, .. } = &mut self.order {
            said.insert(heard.window, last_sentence(heard));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::error::AsrError;
    use referat_core::domain::guarded::FlagReason;
    use referat_core::domain::transcript::{Flagged, Segment};
    use referat_core::time::Span;

    fn windows(indices: impl Iterator<Item = usize>) -> Vec<Result<Window, AsrError>> {
        let window = |index| Window { index, ..Window::default() };
        indices.map(|index| Ok(window(index))).collect()
    }

    fn heard(window: usize) -> DecodedWindow {
        let segment = Segment { text: format!("Det var {window}."), ..Segment::default() };
        DecodedWindow { window, segments: vec![segment], ..DecodedWindow::default() }
    }

    fn next(queue: &mut Queue<std::vec::IntoIter<Result<Window, AsrError>>>) -> (usize, String) {
        let window = queue.next().unwrap().unwrap();
        (window.index, window.before)
    }

    #[test]
    fn a_window_waits_for_the_sentence_before_it_and_lanes_share_the_chains() {
        let order = WindowOrder::chained(32, &[]);
        let mut queue = Queue::new(windows(0..32).into_iter(), order, 2);
        assert_eq!(next(&mut queue), (0, String::new()));
        assert_eq!(next(&mut queue), (4, String::new()));
        queue.done(&heard(4));
        assert_eq!(next(&mut queue), (5, "Det var 4.".into()));
        queue.done(&heard(0));
        assert_eq!(next(&mut queue), (1, "Det var 0.".into()));
        let mut queue = Queue::new(windows(0..2).into_iter(), WindowOrder::chained(2, &[]), 2);
        assert_eq!(next(&mut queue).0, 0);
        assert!(queue.next().unwrap().is_none());
    }

    #[test]
    fn a_run_that_goes_on_tells_the_same_sentences() {
        let order = WindowOrder::chained(8, &[heard(0), heard(2)]);
        let rest = windows([1, 3, 4, 5, 6, 7].into_iter());
        let mut queue = Queue::new(rest.into_iter(), order, 1);
        assert_eq!(next(&mut queue), (1, "Det var 0.".into()));
        assert_eq!(next(&mut queue), (3, "Det var 2.".into()));
        assert_eq!(next(&mut queue), (4, String::new()));
    }

    #[test]
    fn a_doubtful_window_tells_nothing() {
        let flagged = Flagged { span: Span::default(), reason: FlagReason::Loop };
        let order =
            WindowOrder::chained(2, &[DecodedWindow { flagged: vec![flagged], ..heard(0) }]);
        let mut queue = Queue::new(windows(1..2).into_iter(), order, 1);
        assert_eq!(next(&mut queue), (1, String::new()));
    }

    #[test]
    fn without_a_sentence_to_tell_windows_go_as_they_come() {
        let mut queue = Queue::new(windows(0..3).into_iter(), WindowOrder::Free, 2);
        let order: Vec<usize> = (0..3).map(|_| next(&mut queue).0).collect();
        assert_eq!(order, [0, 1, 2]);
        assert!(queue.next().unwrap().is_none());
    }
}
