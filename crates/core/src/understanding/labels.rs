//! Who speaks by the labels of a transcript made elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::passage::{Attribution, Basis, BasisKind};
use crate::domain::transcript::Segment;
use crate::language::names::Names;

/// How sure a label is that is a participant's name.
const LABELLED: f32 = 0.9;

/// Follows the labels of segments: returns the turn and speaker of each. A label that is no
/// participant's name only divides, unless a room of people sits behind it, who are told apart by
/// what is said: `by_cue` gives turns and speakers as if there were no labels.
pub(super) fn followed(
    segments: &[Segment],
    names: &Names,
    by_cue: impl FnOnce() -> Vec<(usize, Attribution)>,
) -> Vec<(usize, Attribution)> {
    let mut meant: HashMap<&str, Option<usize>> = HashMap::new();
    for label in segments.iter().filter_map(|segment| segment.speaker.as_deref()) {
        meant.entry(label).or_insert_with(|| names.find(label));
    }
    let person = |segment: &Segment| meant.get(segment.speaker.as_deref()?).copied().flatten();
    let labelled: BTreeSet<&str> =
        meant.values().flatten().map(|person| names.people()[*person].name.as_str()).collect();
    let unnamed = segments.iter().any(|segment| person(segment).is_none());
    let mut cued = if unnamed { by_cue() } else { Vec::new() };
    // Whoever has a label speaks under that.
    for (_, attribution) in &mut cued {
        if attribution.name().is_some_and(|name| labelled.contains(name)) {
            *attribution = Attribution::Unknown;
        }
    }
    let rooms = rooms(segments, &cued);
    let mut turn = 0;
    let mut before = None;
    let mut given = Vec::with_capacity(segments.len());
    for (at, segment) in segments.iter().enumerate() {
        let person = person(segment);
        let label = label(segment);
        let in_room = person.is_none() && label.is_some_and(|label| rooms.contains(label));
        let by_cue = cued.get(at).filter(|_| in_room);
        let now = (label, by_cue.map(|cued| cued.0));
        turn += usize::from(before.is_some_and(|before| before != now));
        before = Some(now);
        let attribution = match person {
            Some(person) => Attribution::Named {
                name: names.people()[person].name.clone(),
                basis: Basis { kind: BasisKind::Voice, quote: String::new() },
                confidence: LABELLED,
            },
            None => by_cue.map_or(Attribution::Unknown, |cued| cued.1.clone()),
        };
        given.push((turn, attribution));
    }
    given
}

fn label(segment: &Segment) -> Option<&str> {
    segment.speaker.as_deref().or(segment.voice.as_deref())
}

/// Returns the labels behind which several people are heard to speak.
fn rooms<'a>(segments: &'a [Segment], cued: &[(usize, Attribution)]) -> BTreeSet<&'a str> {
    let mut people: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (segment, (_, attribution)) in segments.iter().zip(cued) {
        if let (Some(label), Some(name)) = (label(segment), attribution.name()) {
            people.entry(label).or_default().insert(name);
        }
    }
    people.retain(|_, names| names.len() > 1);
    people.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Header, Participant};
    use crate::language::words::Words;

    fn speakers(labels: &[&str], cued: &[Option<&str>]) -> Vec<Option<String>> {
        let person = |name: &str| Participant { name: name.to_owned(), ..Participant::default() };
        let header = Header {
            present: vec![person("Ida Holm"), person("Jens Dahl"), person("Bo Lind")],
            ..Header::default()
        };
        let names = Names::new(&header, Words::danish());
        let segment =
            |label: &&str| Segment { speaker: Some((*label).to_owned()), ..Segment::default() };
        let segments: Vec<Segment> = labels.iter().map(segment).collect();
        let attribution = |name: &Option<&str>| match name {
            None => Attribution::Unknown,
            Some(name) => Attribution::Named {
                name: (*name).to_owned(),
                basis: Basis { kind: BasisKind::Chair, quote: String::new() },
                confidence: 0.8,
            },
        };
        let cued = || cued.iter().enumerate().map(|(at, name)| (at, attribution(name))).collect();
        let given = followed(&segments, &names, cued);
        given.into_iter().map(|one| one.1.name().map(str::to_owned)).collect()
    }

    #[test]
    fn a_label_is_a_name_in_any_of_its_forms() {
        let labels =
            ["Ida Holm (Guest)", "Dahl, Jens", "Bo Lind (External) (Unverified)", "Room 2"];
        let found = speakers(&labels, &[None; 4]);
        let want = [Some("Ida Holm"), Some("Jens Dahl"), Some("Bo Lind"), None];
        assert_eq!(found, want.map(|name| name.map(str::to_owned)));
    }

    #[test]
    fn people_in_one_room_are_told_apart_by_what_is_said() {
        let labels = ["Lokale 2", "Lokale 2", "Bo Lind", "Lokale 2"];
        let cued = [Some("Ida Holm"), Some("Jens Dahl"), None, Some("Bo Lind")];
        let want = [Some("Ida Holm"), Some("Jens Dahl"), Some("Bo Lind"), None];
        assert_eq!(speakers(&labels, &cued), want.map(|name| name.map(str::to_owned)));
        // One person is no room: it may be anybody's label.
        assert_eq!(speakers(&["Phone", "Phone"], &[Some("Ida Holm"), None]), [None, None]);
    }
}
