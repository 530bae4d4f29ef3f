//! What is known of a meeting apart from what was said: its header and its agenda.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::agenda::Agenda;
use super::language::Language;

pub use jiff::civil::{Date, Weekday};

/// A meeting as its dagsorden announces it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Facts above the agenda.
    pub header: Header,
    /// The items, in printed order.
    pub agenda: Agenda,
    /// The language the meeting is held in.
    #[serde(default)]
    pub language: Language,
}

/// The facts that stand above a referat's agenda; what is not stated is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Header {
    /// The meeting's name, as in `Kredsrådsmødet i Sønderfjord Politi`.
    #[serde(default)]
    pub title: Option<String>,
    /// The day of the meeting (ISO 8601 in JSON).
    #[serde(default)]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub date: Option<Date>,
    /// When it starts.
    #[serde(default)]
    pub start: Option<ClockTime>,
    /// When it ends.
    #[serde(default)]
    pub end: Option<ClockTime>,
    /// Where it is held.
    #[serde(default)]
    pub place: Option<String>,
    /// Those present in the room.
    #[serde(default)]
    pub present: Vec<Participant>,
    /// Those taking part from elsewhere.
    #[serde(default)]
    pub remote: Vec<Participant>,
    /// Those who sent apologies.
    #[serde(default)]
    pub absent: Vec<Participant>,
    /// Name of the minute taker.
    #[serde(default)]
    pub referent: Option<String>,
    /// Name of the chair.
    #[serde(default)]
    pub chair: Option<String>,
}

impl Header {
    /// Returns everybody who takes part, in the room first.
    pub fn attending(&self) -> impl Iterator<Item = &Participant> {
        self.present.iter().chain(&self.remote)
    }

    /// Returns everybody named in the header, the absent last.
    pub fn everybody(&self) -> impl Iterator<Item = &Participant> {
        self.attending().chain(&self.absent)
    }
}

/// A person of the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Participant {
    /// Full name without title.
    pub name: String,
    /// Title as printed before (or after) the name, as in `Politidirektør`.
    #[serde(default)]
    pub title: Option<String>,
    /// Part in the meeting as printed after the name, as in `referent`.
    #[serde(default)]
    pub role: Option<String>,
    /// Party as printed: `V`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Initials as printed: `KMJ`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initials: Option<String>,
}

impl Participant {
    /// Returns the person as a header prints them: title, name, part in the meeting.
    pub fn printed(&self) -> String {
        let title = self.title.as_ref().map_or_else(String::new, |title| format!("{title} "));
        let role = self.role.as_ref().map_or_else(String::new, |role| format!(", {role}"));
        format!("{title}{}{role}", self.name)
    }
}

/// A time of day in whole minutes, `HH:MM` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime {
    hour: u8,
    minute: u8,
}

impl ClockTime {
    /// Returns the time of day, or `None` when it is not on a 24-hour clock.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// Returns the minutes since midnight.
    pub const fn minutes(self) -> u16 {
        self.hour as u16 * 60 + self.minute as u16
    }

    /// Returns the time `minutes` later, wrapping at midnight.
    pub fn plus_minutes(self, minutes: u64) -> Self {
        let total = (u64::from(self.minutes()) + minutes % 1440) % 1440;
        Self { hour: (total / 60) as u8, minute: (total % 60) as u8 }
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl FromStr for ClockTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split_once(':')
            .and_then(|(hour, minute)| Self::new(hour.parse().ok()?, minute.parse().ok()?))
            .ok_or_else(|| format!("`{text}` is not a time of day like 08:30"))
    }
}

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_time_is_read_and_written_as_hh_mm() {
        let time: ClockTime = "8:05".parse().unwrap();
        assert_eq!(time.to_string(), "08:05");
        assert!("24:00".parse::<ClockTime>().is_err());
    }

    #[test]
    fn adding_minutes_wraps_at_midnight() {
        assert_eq!(ClockTime::new(23, 50).unwrap().plus_minutes(20).to_string(), "00:10");
    }
}
