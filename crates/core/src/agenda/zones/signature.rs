//! Greetings and signatures, and the writer who is named there.

use crate::language::labels::Field;
use crate::names::entry;

use super::super::lines::{Line, squeeze};
use super::super::words::PageWords;
use super::found::{Outside, Sender, Zones};

/// Leaves out the greeting and what stands beneath it, and reads the writer's name there.
pub(super) fn signature(lines: &[Line], words: PageWords, zones: &mut Zones) {
    let mut inside = false;
    for at in 0..lines.len() {
        if zones.outside[at].is_some() {
            inside = false;
            continue;
        }
        let text = squeeze(&lines[at].text);
        if at > 2 && words.page.patterns.greeting.is_match(text.trim()) {
            inside = true;
            name_in(&text, lines, at, zones, words);
        } else if inside && lines[at].after_blank && resumes(&text, lines, at, words) {
            inside = false;
        }
        if inside {
            zones.outside[at] = Some(Outside::Signature);
        }
    }
}

/// Tells whether the meeting's text goes on after a greeting: a label or another list begins.
fn resumes(text: &str, lines: &[Line], at: usize, words: PageWords) -> bool {
    let label = words.labels().any(|labels| {
        matches!(
            labels.split(text),
            Some((
                Field::Agenda
                    | Field::Present
                    | Field::Absent
                    | Field::Remote
                    | Field::When
                    | Field::WhenAndWhere,
                _
            ))
        )
    });
    label
        && (lines[at].heading > 0 || text.contains(':') || text.chars().count() < 30)
        && !text.contains('@')
}

/// Reads the writer's full name and title from the lines after a greeting.
fn name_in(greeting: &str, lines: &[Line], at: usize, zones: &mut Zones, words: PageWords) {
    let known = words.people;
    let own = greeting
        .trim_matches(|c: char| ",.!".contains(c))
        .rsplit([' ', '/'])
        .next()
        .unwrap_or_default();
    let first = zones.sender.as_ref().map(|it| it.name.clone());
    let mut best: Option<Sender> = entry::read(own, false, known)
        .filter(|it| it.sure)
        .map(|it| Sender { name: it.name, title: None, minutes: false });
    for (step, line) in lines.iter().enumerate().skip(at + 1).take(6) {
        let bare =
            squeeze(&line.text).split(['|', '(']).next().unwrap_or_default().trim().to_owned();
        let (name, rest) =
            bare.split_once(',').map_or((bare.as_str(), None), |it| (it.0, Some(it.1)));
        let Some(found) = entry::read(name, best.is_none(), known)
            .filter(|it| it.name == name.trim() && (it.sure || it.name.contains(' ')))
        else {
            continue;
        };
        let longer = best
            .as_ref()
            .is_none_or(|best| found.name.split(' ').count() > best.name.split(' ').count());
        if longer {
            let next = lines.get(step + 1).map(|it| squeeze(&it.text)).unwrap_or_default();
            let next = next
                .split(['(', '|'])
                .next()
                .unwrap_or_default()
                .trim()
                .trim_end_matches([',', '.']);
            let beside = squeeze(&line.text)
                .split_once('|')
                .map(|it| it.1.split('|').next().unwrap_or_default().trim().to_owned());
            let title = rest.map(|it| it.trim().to_owned()).or(beside).unwrap_or_else(|| {
                let office = next.split(',').next().unwrap_or_default();
                words.page.mail.and_minutes.cut(office).trim().to_owned()
            });
            let titled = known.is_title(&title) && title.split(' ').count() <= 6;
            best = Some(Sender {
                name: found.name,
                title: titled.then_some(title),
                minutes: known.tells_minutes(next),
            });
        }
    }
    let Some(mut best) = best else { return };
    // `Kh Henriette` and `formand` under it.
    if best.title.is_none()
        && let Some(next) = lines.get(at + 1)
    {
        let next = squeeze(&next.text);
        let bare = next.split([',', '(', ':']).next().unwrap_or_default().trim();
        if known.is_title(bare) && bare.split(' ').count() <= 3 {
            best.title = Some(bare.to_owned());
        }
    }
    let better = match (&first, &zones.sender) {
        (Some(first), _) => best.name.split(' ').next() == first.split(' ').next(),
        _ => true,
    };
    if better {
        let longer = first
            .as_ref()
            .is_none_or(|first| first.split(' ').count() <= best.name.split(' ').count());
        let name = if longer { best.name } else { first.unwrap_or_default() };
        let title = best.title.or_else(|| zones.sender.as_ref().and_then(|it| it.title.clone()));
        zones.sender = Some(Sender { name, title, minutes: best.minutes });
    }
}
