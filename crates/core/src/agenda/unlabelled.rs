//! What stands in a header without a label: names above the apologies, day, time and place.

use crate::language::labels::Field;
use crate::remark::Remark;

use super::header::{Read, Words};
use super::lines::Line;
use super::people::{self, PeopleLine};
use super::when;

/// Returns names that stand without a label just before the absent.
pub(super) fn names(lines: &[Line], at: usize, words: Words) -> Option<PeopleLine> {
    let text = lines[at].squeezed();
    let next = lines.get(at + 1)?;
    let (field, _) = words.labels.split(&next.text)?;
    let several =
        text.contains(',') || words.titles.and.iter().any(|and| text.contains(&format!(" {and} ")));
    let people = field == Field::Absent && several && people::is_people(&text, words.titles);
    people.then_some(PeopleLine { number: lines[at].number, text })
}

/// Takes day, time and place from the first lines where no label gives them.
pub(super) fn time(lines: &[Line], read: &mut Read, words: Words, years: &[i16]) {
    let near = &lines[..lines.len().min(read.end.clamp(6, 25))];
    if read.header.date.is_none() {
        let rank = |line: &Line, at: usize| {
            let dates = words.dates.dates(&line.text);
            let date = dates.first()?;
            let lower = line.text.to_lowercase();
            let meeting = words.labels.meetings.iter().any(|word| lower.contains(word.as_str()));
            let before = at > 0 && {
                let before = lines[at - 1].text.to_lowercase();
                words.labels.meetings.iter().any(|word| before.contains(word.as_str()))
            };
            let alone = line.text.trim().len() <= date.to - date.from + 30;
            // A letterhead's date stands far to the right and is the day of writing.
            let letterhead = date.from > 60 || line.indent > 60;
            let rank = match (meeting, before && alone) {
                _ if letterhead => 0,
                (true, _) => 3,
                (_, true) => 2,
                _ => i32::from(alone),
            };
            Some(rank + i32::from(date.year.is_some()))
        };
        let best = near.iter().enumerate().filter_map(|(at, line)| Some((rank(line, at)?, at)));
        let best = best.max_by_key(|(rank, at)| (*rank, std::cmp::Reverse(*at)));
        if let Some((rank, at)) = best {
            let line = &near[at];
            let remarks =
                when::read(&mut read.header, &line.text, line.number, words.dates, years, false);
            read.remarks.extend(remarks);
            if rank <= 1 && read.header.date.is_some() {
                read.remarks.push(Remark::at(
                    line.number,
                    "this date has no label; it is taken as the meeting's",
                ));
            }
        }
    }
    for (at, line) in near.iter().enumerate() {
        let dates = words.dates.dates(&line.text);
        let same = dates.iter().any(|it| {
            read.header.date.is_some_and(|date| date.day() == it.day && date.month() == it.month)
        });
        if !same {
            continue;
        }
        if read.header.start.is_none()
            && let Some(time) = words.dates.time(&line.text, false)
        {
            (read.header.start, read.header.end) = (Some(time.start), read.header.end.or(time.end));
        }
        if read.header.place.is_none() {
            let next = lines.get(at + 1).filter(|next| {
                let apart = lines
                    .get(at + 2)
                    .is_none_or(|it| it.after_blank || words.labels.split(&it.text).is_some());
                apart && next.text.chars().count() <= 60
            });
            read.header.place = when::place_after(&line.text, words.dates, words.labels)
                .or_else(|| when::place_after(&next?.text, words.dates, words.labels));
        }
    }
}
