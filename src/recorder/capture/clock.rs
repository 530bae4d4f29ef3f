//! Three clocks read at once: one that never stops, one that stops while the machine sleeps,
//! and the one on the wall, which people set.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A reading of the clocks. Only differences of `steady` and `awake` mean anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Goes on while the machine sleeps and is never set.
    pub steady: Duration,
    /// Stands still while the machine sleeps, where the system has such a clock.
    pub awake: Duration,
    /// Milliseconds since 1970.
    pub wall_ms: i64,
}

impl Moment {
    /// Reads the clocks. Neither blocks nor allocates.
    pub fn now() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { steady: steady(), awake: awake(), wall_ms: wall.as_millis() as i64 }
    }

    /// Returns the time from `earlier` to `self`, zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        self.steady.saturating_sub(earlier.steady)
    }

    /// Returns how much of the time since `earlier` the machine slept.
    pub fn slept_since(self, earlier: Self) -> Duration {
        self.since(earlier).saturating_sub(self.awake.saturating_sub(earlier.awake))
    }

    /// Returns by how many milliseconds the wall clock was set since `earlier`.
    pub fn set_since(self, earlier: Self) -> i64 {
        self.wall_ms - earlier.wall_ms - self.since(earlier).as_millis() as i64
    }

    /// Returns the reading that all three clocks show `later`.
    pub fn plus(self, later: Duration) -> Self {
        Self {
            steady: self.steady + later,
            awake: self.awake + later,
            wall_ms: self.wall_ms + later.as_millis() as i64,
        }
    }
}

#[cfg(unix)]
fn read(clock: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn steady() -> Duration {
    read(rustix::time::ClockId::Boottime)
}

/// Apple's monotonic clock goes on in sleep.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn steady() -> Duration {
    read(rustix::time::ClockId::Monotonic)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn awake() -> Duration {
    read(rustix::time::ClockId::Monotonic)
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn awake() -> Duration {
    since_start()
}

/// The performance counter of Windows goes on in sleep.
#[cfg(not(unix))]
fn steady() -> Duration {
    since_start()
}

#[cfg(not(unix))]
fn awake() -> Duration {
    since_start()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn since_start() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_and_a_set_clock_are_told_apart() {
        let before = Moment::now();
        let hour = Duration::from_secs(3600);
        let slept = Moment { awake: before.awake, ..before.plus(hour) };
        assert_eq!((slept.slept_since(before), slept.set_since(before)), (hour, 0));
        let set = Moment { wall_ms: before.wall_ms - 3_600_000, ..before.plus(hour) };
        assert_eq!((set.slept_since(before), set.set_since(before)), (Duration::ZERO, -7_200_000));
    }
}
