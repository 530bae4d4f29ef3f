//! What the full-screen view shows and what its keys mean, without a terminal: keys and
//! statuses in, acts and a drawn frame out. Nothing is told by colour alone.

use std::collections::VecDeque;

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Style, Stylize};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, List, ListState, Paragraph};

use super::length::spoken;
use super::record_words::{self as words, Weight};
use crate::recorder::status::{Phase, Status};
use referat_core::domain::agenda::Agenda;
use referat_core::domain::mark::MarkKind;

/// Messages that are kept in sight.
const MESSAGES: usize = 5;
/// Cells of the level meter, and the level at its left end.
const METER: usize = 40;
const QUIETEST_DBFS: f32 = -60.0;

/// What a key asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyAction {
    /// Mark this.
    Mark(MarkKind),
    /// Pause, or go on.
    Pause,
    /// End the recording.
    Stop,
}

/// What the keys are for at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    /// Marks.
    Keys,
    /// A note is being typed.
    Note(String),
    /// Is the recording to be stopped?
    AskStop,
}

/// The view of one recording.
#[derive(Debug)]
pub(super) struct View {
    items: Vec<(String, String, bool)>,
    chosen: usize,
    typed: String,
    mode: Mode,
    messages: VecDeque<(Weight, String)>,
    status: Option<Status>,
}

impl View {
    /// Returns the view of a recording of a meeting with this agenda.
    pub(super) fn new(agenda: &Agenda) -> Self {
        let item = |item: &referat_core::domain::agenda::AgendaItem| {
            (item.number.clone(), item.title.clone(), item.closed)
        };
        Self {
            items: agenda.items.iter().map(item).collect(),
            chosen: 0,
            typed: String::new(),
            mode: Mode::Keys,
            messages: VecDeque::new(),
            status: None,
        }
    }

    /// Takes in a message.
    pub(super) fn tell(&mut self, weight: Weight, text: String) {
        self.messages.push_back((weight, text));
        if self.messages.len() > MESSAGES {
            self.messages.pop_front();
        }
    }

    /// Takes in how the recording is.
    pub(super) fn show(&mut self, status: Status) {
        self.status = Some(status);
    }

    /// Takes in a key; returns what it asks for.
    pub(super) fn press(&mut self, key: KeyEvent) -> Option<KeyAction> {
        let interrupt =
            key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c');
        match (&mut self.mode, key.code) {
            (Mode::AskStop, KeyCode::Char('y' | 'j') | KeyCode::Enter) => {
                return Some(KeyAction::Stop);
            }
            (Mode::AskStop, _) if interrupt => return Some(KeyAction::Stop),
            (Mode::AskStop, _) => self.mode = Mode::Keys,
            (_, _) if interrupt => self.mode = Mode::AskStop,
            (Mode::Note(text), KeyCode::Enter) => {
                let text = std::mem::take(text).trim().to_owned();
                self.mode = Mode::Keys;
                return (!text.is_empty()).then_some(KeyAction::Mark(MarkKind::Note { text }));
            }
            (Mode::Note(_), KeyCode::Esc) => self.mode = Mode::Keys,
            (Mode::Note(text), KeyCode::Backspace) => {
                text.pop();
            }
            (Mode::Note(text), KeyCode::Char(letter)) => text.push(letter),
            (Mode::Note(_), _) => {}
            (Mode::Keys, code) => return self.key(code),
        }
        None
    }

    fn key(&mut self, code: KeyCode) -> Option<KeyAction> {
        let last = self.items.len().saturating_sub(1);
        match code {
            KeyCode::Char(' ') => return Some(KeyAction::Pause),
            KeyCode::Char('d') => return Some(KeyAction::Mark(MarkKind::Decision)),
            KeyCode::Char('a') => return Some(KeyAction::Mark(MarkKind::Action)),
            KeyCode::Char('c') => return Some(KeyAction::Mark(MarkKind::Closed)),
            KeyCode::Char('n') => self.mode = Mode::Note(String::new()),
            KeyCode::Char('q') => self.mode = Mode::AskStop,
            KeyCode::Up => {
                self.typed.clear();
                self.chosen = self.chosen.saturating_sub(1);
            }
            KeyCode::Down => {
                self.typed.clear();
                self.chosen = (self.chosen + 1).min(last);
            }
            KeyCode::Esc => self.typed.clear(),
            KeyCode::Backspace => {
                self.typed.pop();
            }
            KeyCode::Char(digit) if digit.is_ascii_digit() || digit == '.' => {
                self.typed.push(digit);
                if let Some(at) = self.items.iter().position(|item| item.0 == self.typed) {
                    self.chosen = at;
                }
            }
            KeyCode::Enter => {
                let typed = std::mem::take(&mut self.typed);
                let item = match self.items.get(self.chosen) {
                    Some((number, ..)) if typed.is_empty() || *number == typed => number.clone(),
                    _ if typed.is_empty() => return None,
                    _ => typed,
                };
                return Some(KeyAction::Mark(MarkKind::Item { item }));
            }
            _ => {}
        }
        None
    }

    /// Draws the view.
    pub(super) fn draw(&self, frame: &mut Frame<'_>) {
        let [top, agenda, messages, keys] = Layout::vertical([
            Constraint::Length(4),
            Constraint::Min(4),
            Constraint::Length(MESSAGES as u16 + 2),
            Constraint::Length(2),
        ])
        .areas(frame.area());
        if let Some(status) = &self.status {
            frame.render_widget(Paragraph::new(head(status)), top);
        }
        let current = self.status.as_ref().and_then(|status| status.item.as_deref());
        let items = self.items.iter().map(|(number, title, closed)| {
            let now = if current == Some(number) { "now " } else { "    " };
            let closed = if *closed { " (closed)" } else { "" };
            format!("{now}{number}. {title}{closed}")
        });
        let list = List::new(items)
            .block(Block::bordered().title(" Agenda "))
            .highlight_symbol("> ")
            .highlight_style(Style::new().bold());
        let mut state = ListState::default();
        state.select((!self.items.is_empty()).then_some(self.chosen));
        frame.render_stateful_widget(list, agenda, &mut state);
        let said = self.messages.iter().map(|(weight, text)| match weight {
            Weight::Note => Line::from(text.as_str()),
            Weight::Warning => Line::from(format!("WARNING: {text}")).bold(),
        });
        let block = Block::bordered().title(" Messages ");
        frame.render_widget(Paragraph::new(said.collect::<Vec<_>>()).block(block), messages);
        frame.render_widget(Paragraph::new(self.prompt()), keys);
    }

    fn prompt(&self) -> Vec<Line<'_>> {
        match &self.mode {
            Mode::Note(text) => vec![
                Line::from(format!("Note: {text}_")).bold(),
                Line::from("Enter keeps it, Esc leaves it"),
            ],
            Mode::AskStop => {
                vec![Line::from("Stop the recording? y stops it, any other key goes on").bold()]
            }
            Mode::Keys => {
                let item = match self.typed.as_str() {
                    "" => "up/down or number, Enter: item begins".to_owned(),
                    typed => format!("item {typed}_, Enter: it begins"),
                };
                vec![
                    Line::from(item),
                    Line::from("space pause  d decision  a action  n note  c closed  q stop"),
                ]
            }
        }
    }
}

fn head(status: &Status) -> Vec<Line<'static>> {
    let recording = status.phase == Phase::Recording;
    let sign = if recording { "REC" } else { "---" };
    let phase = words::phase(status.phase);
    let level = (status.peak_dbfs - QUIETEST_DBFS) / -QUIETEST_DBFS;
    let full = (level.clamp(0.0, 1.0) * METER as f32).round() as usize;
    let clipping = if status.clipping { "  TOO LOUD" } else { "" };
    let left = match status.left {
        Some(left) => format!("room for {} on the disk", spoken(left)),
        None => String::new(),
    };
    vec![
        Line::from(vec![
            Span::from(format!("{sign} {}", status.position)).bold(),
            Span::from(format!("  {phase}")),
        ]),
        Line::from(format!(
            "level [{}{}] {:>4.0} dB{clipping}",
            "#".repeat(full),
            "-".repeat(METER - full),
            status.peak_dbfs.max(-99.0)
        )),
        Line::from(format!("device {}", status.device)),
        Line::from(left),
    ]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use referat_core::domain::agenda::AgendaItem;
    use referat_core::time::Timestamp;

    fn agenda() -> Agenda {
        let item = |number: &str, title: &str, closed| AgendaItem {
            number: number.into(),
            title: title.into(),
            closed,
            ..AgendaItem::default()
        };
        let titles = [("1", "Velkomst"), ("2", "Budget"), ("10", "Personsag")];
        let items = titles.map(|(number, title)| item(number, title, number == "10"));
        Agenda { items: items.into() }
    }

    fn press(view: &mut View, keys: &str) -> Vec<KeyAction> {
        let code = |letter| match letter {
            '\n' => KeyCode::Enter,
            '^' => KeyCode::Up,
            'v' => KeyCode::Down,
            letter => KeyCode::Char(letter),
        };
        keys.chars().filter_map(|letter| view.press(KeyEvent::from(code(letter)))).collect()
    }

    fn item(number: &str) -> KeyAction {
        KeyAction::Mark(MarkKind::Item { item: number.into() })
    }

    #[test]
    fn keys_mark_items_decisions_actions_and_notes() {
        let mut view = View::new(&agenda());
        assert_eq!(press(&mut view, "\nv\n10\n"), [item("1"), item("2"), item("10")]);
        assert_eq!(press(&mut view, "^\n"), [item("2")]);
        let marks = [MarkKind::Decision, MarkKind::Action, MarkKind::Closed].map(KeyAction::Mark);
        assert_eq!(press(&mut view, "dac"), marks);
        assert_eq!(press(&mut view, " "), [KeyAction::Pause]);
        let note = MarkKind::Note { text: "ring d. 2".into() };
        assert_eq!(press(&mut view, "nring d. 2\nd"), [KeyAction::Mark(note), marks[0].clone()]);
    }

    #[test]
    fn stopping_takes_a_yes() {
        let mut view = View::new(&agenda());
        assert!(press(&mut view, "q").is_empty());
        assert!(press(&mut view, "x").is_empty());
        assert_eq!(press(&mut view, "d"), [KeyAction::Mark(MarkKind::Decision)]);
        assert_eq!(press(&mut view, "qy"), [KeyAction::Stop]);
    }

    #[test]
    fn without_an_agenda_a_typed_number_is_the_item() {
        let mut view = View::new(&Agenda::default());
        assert!(press(&mut view, "\n").is_empty());
        assert_eq!(press(&mut view, "12\n"), [item("12")]);
    }

    #[test]
    fn the_view_shows_time_level_disk_device_items_and_messages() {
        let mut view = View::new(&agenda());
        view.tell(Weight::Warning, "silence for 30 s".into());
        view.show(Status {
            phase: Phase::Recording,
            position: Timestamp::from_ms(3_723_000),
            recorded: Duration::from_secs(3723),
            peak_dbfs: -30.0,
            clipping: true,
            silent: Duration::ZERO,
            left: Some(Duration::from_secs(7_500)),
            device: "Bordmikrofon".into(),
            item: Some("2".into()),
            lost_frames: 0,
        });
        let mut terminal = Terminal::new(TestBackend::new(70, 20)).unwrap();
        terminal.draw(|frame| view.draw(frame)).unwrap();
        let shown = terminal.backend().to_string();
        for wanted in [
            "REC 01:02:03  recording",
            "####################--------------------]  -30 dB  TOO LOUD",
            "Bordmikrofon",
            "room for 2 h 05 min",
            "> ",
            "now 2. Budget",
            "10. Personsag (closed)",
            "WARNING: silence for 30 s",
            "q stop",
        ] {
            assert!(shown.contains(wanted), "{wanted}\n{shown}");
        }
    }
}
