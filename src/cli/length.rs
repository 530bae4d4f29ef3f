//! Lengths of time as people say them.

use std::time::Duration;

/// Returns a length as people say it: `2 h 05 min`, `3 min 20 s`, `14 s`.
pub(super) fn spoken(length: Duration) -> String {
    let seconds = length.as_secs_f64().round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_as_people_say_it() {
        assert_eq!(spoken(Duration::from_secs(14)), "14 s");
        assert_eq!(spoken(Duration::from_secs(200)), "3 min 20 s");
        assert_eq!(spoken(Duration::from_secs(7500)), "2 h 05 min");
    }
}
