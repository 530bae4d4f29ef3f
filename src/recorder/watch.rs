//! Warnings that matter, each told once until its cause has gone: silence, clipping, a disk
//! that fills, trouble with writing. In: the writer's reports. Out: events.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::status::Event;
use super::writer::WriterReport;

/// Silence that is worth a warning: a pause for thought is shorter, a dead microphone is not.
const SILENT: Duration = Duration::from_secs(30);
/// Silence after which the meeting may be over.
const OVER: Duration = Duration::from_secs(600);
/// Disk that is worth a warning.
const DISK: Duration = Duration::from_secs(3600);
/// How often the disk is asked.
const ASK: Duration = Duration::from_secs(2);

/// Watches one recording.
#[derive(Debug)]
pub(super) struct Watch {
    folder: PathBuf,
    stop_after: Option<Duration>,
    told: Told,
    asked: Option<Instant>,
    left: Option<Duration>,
    peak_dbfs: f32,
}

/// What was told and not yet taken back.
#[derive(Debug, Default)]
struct Told {
    silent: bool,
    over: u32,
    clipping: bool,
    disk: bool,
    trouble: bool,
}

/// Level of no sound at all.
const NOTHING: f32 = -120.0;

impl Watch {
    /// Returns a watch on the disk of `folder` that ends the recording after so much silence.
    pub(super) fn new(folder: PathBuf, stop_after: Option<Duration>) -> Self {
        let told = Told::default();
        Self { folder, stop_after, told, asked: None, left: None, peak_dbfs: NOTHING }
    }

    /// Takes in a report. While the recording is `held` the level means nothing.
    pub(super) fn look(&mut self, report: &WriterReport, held: bool, events: &mut Vec<Event>) {
        self.peak_dbfs = self.peak_dbfs.max(report.peak_dbfs.unwrap_or(NOTHING));
        if !held {
            self.level(report, events);
        }
        self.disk(report, events);
    }

    fn level(&mut self, report: &WriterReport, events: &mut Vec<Event>) {
        let silent = report.silent;
        if silent < SILENT {
            self.told.silent = false;
            self.told.over = 0;
        } else if !std::mem::replace(&mut self.told.silent, true) {
            events.push(Event::Silent(silent));
        }
        let overs = (silent.as_secs() / OVER.as_secs()) as u32;
        if overs > self.told.over {
            self.told.over = overs;
            events.push(Event::LongSilence(silent));
        }
        if self.stop_after.is_some_and(|agreed| silent >= agreed) {
            events.push(Event::SilenceEnds(silent));
        }
        if !report.keeps_clipping {
            self.told.clipping = false;
        } else if !std::mem::replace(&mut self.told.clipping, true) {
            events.push(Event::Clipping);
        }
    }

    fn disk(&mut self, report: &WriterReport, events: &mut Vec<Event>) {
        match &report.trouble {
            Some(trouble) if !self.told.trouble => {
                self.told.trouble = true;
                events.push(Event::DiskFull(trouble.clone()));
            }
            None if self.told.trouble => {
                self.told.trouble = false;
                events.push(Event::DiskBack);
            }
            _ => {}
        }
        let Some(layout) = report.layout else { return };
        if self.asked.is_some_and(|asked| asked.elapsed() < ASK) {
            return;
        }
        self.asked = Some(Instant::now());
        let a_second =
            u64::from(layout.rate_hz) * u64::from(layout.channels) * u64::from(layout.bits / 8);
        let free = fs4::available_space(&self.folder).ok();
        self.left = free.map(|free| Duration::from_secs(free / a_second.max(1)));
        match self.left {
            Some(left) if left < DISK && !self.told.disk => {
                self.told.disk = true;
                events.push(Event::DiskLow(left));
            }
            // A little more than an hour, so that the warning does not come and go.
            Some(left) if left > DISK + DISK / 10 => self.told.disk = false,
            _ => {}
        }
    }

    /// Returns how long the disk has room for.
    pub(super) fn left(&self) -> Option<Duration> {
        self.left
    }

    /// Returns the highest peak since the last call, in dBFS.
    pub(super) fn take_peak(&mut self) -> f32 {
        std::mem::replace(&mut self.peak_dbfs, NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(stop_after: Option<Duration>) -> Watch {
        Watch::new(std::env::temp_dir(), stop_after)
    }

    fn silent(seconds: u64) -> WriterReport {
        WriterReport { silent: Duration::from_secs(seconds), ..WriterReport::default() }
    }

    fn seen(watch: &mut Watch, report: &WriterReport) -> Vec<Event> {
        let mut events = Vec::new();
        watch.look(report, false, &mut events);
        events
    }

    #[test]
    fn silence_is_told_once_until_there_is_sound_again() {
        let mut watch = watch(None);
        assert!(seen(&mut watch, &silent(29)).is_empty());
        let told = Event::Silent(Duration::from_secs(30));
        assert_eq!(seen(&mut watch, &silent(30)), std::slice::from_ref(&told));
        assert!(seen(&mut watch, &silent(31)).is_empty());
        assert!(seen(&mut watch, &silent(0)).is_empty());
        assert_eq!(seen(&mut watch, &silent(30)), [told]);
    }

    #[test]
    fn long_silence_offers_to_stop_and_stops_only_when_agreed() {
        let mut never = watch(None);
        seen(&mut never, &silent(30));
        let long = Duration::from_secs(1200);
        assert_eq!(seen(&mut never, &silent(1200)), [Event::LongSilence(long)]);
        assert!(seen(&mut never, &silent(1201)).is_empty());
        let mut agreed = watch(Some(long));
        assert!(seen(&mut agreed, &silent(1200)).contains(&Event::SilenceEnds(long)));
        let mut events = Vec::new();
        agreed.look(&silent(5000), true, &mut events);
        assert!(events.is_empty(), "a pause is not silence");
    }

    #[test]
    fn trouble_with_the_disk_and_clipping_come_and_go() {
        let mut watch = watch(None);
        let full = WriterReport { trouble: Some("full".into()), ..WriterReport::default() };
        assert_eq!(seen(&mut watch, &full), [Event::DiskFull("full".into())]);
        assert!(seen(&mut watch, &full).is_empty());
        assert_eq!(seen(&mut watch, &WriterReport::default()), [Event::DiskBack]);
        let clipping = WriterReport { keeps_clipping: true, ..WriterReport::default() };
        assert_eq!(seen(&mut watch, &clipping), [Event::Clipping]);
        assert!(seen(&mut watch, &clipping).is_empty());
    }
}
