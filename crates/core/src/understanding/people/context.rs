//! What a naming tells: whether whoever is named speaks next, spoke before, speaks now, or none
//! of these. Learnt from the words around the name and its place in the turn.

use super::floor::{Floor, VoicedTurn};
use super::hashed::Bag;
use super::register::{NamedBy, Naming};

/// What a name tells of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They name themselves.
    Speaks,
    /// They are addressed and speak next.
    Next,
    /// They are answered, having spoken just before.
    Before,
    /// They are spoken of.
    Elsewhere,
}

/// A number of words, roughly.
fn size(count: usize) -> usize {
    match count {
        0..=3 => count,
        4..=5 => 4,
        6..=9 => 5,
        10..=19 => 6,
        20..=49 => 7,
        _ => 8,
    }
}

/// One word as a context sees it: names are told by being names.
fn word(turn: &VoicedTurn, at: Option<usize>) -> &str {
    let Some(at) = at else { return "^" };
    let Some(word) = turn.words.get(at) else { return "$" };
    let named = |naming: &Naming| naming.words.0 <= at && at < naming.words.1;
    if word.capital && turn.namings.iter().any(named) {
        "<name>"
    } else if word.text.bytes().all(|letter| letter.is_ascii_digit()) {
        "<number>"
    } else {
        &word.text
    }
}

/// Returns the features of one naming of one person (none: a stranger). `chairs` is how likely
/// each voice is the chair's.
pub fn features(
    floor: &Floor,
    at: usize,
    naming: &Naming,
    person: Option<usize>,
    chairs: &[f32],
) -> Bag {
    let turn = &floor.turns[at];
    let place = Place::new(turn, naming);
    let mut bag = Bag::default();
    shape(&mut bag, floor, turn, naming, &place);
    near_words(&mut bag, turn, naming, &place);
    persons(&mut bag, floor, turn, &place);
    neighbours(&mut bag, floor, at, &place);
    others(&mut bag, turn, naming, person, &place);
    parts(&mut bag, floor, at, naming, person, chairs, &place);
    bag
}

/// Where a naming stands.
struct Place {
    /// In which sentence of the turn: the last (`L`), the last but one (`l`); the first (`F`),
    /// the second (`f`).
    sentence: String,
    /// Whether it begins or ends its sentence.
    edge: &'static str,
    /// By a name, a title, or a stranger's name.
    broad: char,
    /// The sentence's words: first and last.
    bounds: (usize, usize),
    first: bool,
    last: bool,
}

impl Place {
    fn new(turn: &VoicedTurn, naming: &Naming) -> Self {
        let words = &turn.words;
        let sentence = words[naming.words.0].sentence;
        let left = words.last().map_or(0, |word| word.sentence) - sentence;
        let own = |word: &super::said::SaidWord| word.sentence == sentence;
        let first = words.iter().position(own).unwrap_or_default();
        let last = words.iter().rposition(own).unwrap_or_default();
        let from = ["F", "f", "-"][sentence.min(2)];
        let to = ["L", "l", "-"][left.min(2)];
        Self {
            sentence: format!("{to}{from}"),
            edge: match (first == naming.words.0, last + 1 == naming.words.1) {
                (true, true) => "be",
                (true, false) => "b-",
                (false, true) => "-e",
                (false, false) => "--",
            },
            broad: match naming.by {
                NamedBy::Title | NamedBy::TitleTail => 't',
                NamedBy::Stranger => 's',
                _ => 'n',
            },
            bounds: (first, last),
            first: sentence == 0,
            last: left == 0,
        }
    }
}

fn shape(bag: &mut Bag, floor: &Floor, turn: &VoicedTurn, naming: &Naming, place: &Place) {
    let words = &turn.words;
    let (from, to) = naming.words;
    let Place { sentence, edge, broad, bounds, .. } = place;
    let before = from.checked_sub(1).map_or('^', |before| words[before].mark);
    let after = words[to - 1].mark;
    let end = words[bounds.1].mark;
    let common = words[from..to].iter().all(|word| floor.register.common.contains(&word.text));
    let by = naming.by;
    bag.put(format_args!("bias"));
    bag.put(format_args!("by:{by:?}"));
    bag.put(format_args!("by:{by:?}:{sentence}"));
    bag.put(format_args!("near:{}", naming.near));
    bag.put(format_args!("common:{common}:{broad}"));
    bag.put(format_args!("common:{common}:{broad}:{}", words[from].opens));
    bag.put(format_args!("many:{}:{broad}", naming.people.len().min(4)));
    bag.put(format_args!("place:{sentence}"));
    bag.put(format_args!("edge:{edge}:{sentence}:{broad}"));
    bag.put(format_args!("marks:{before}{after}"));
    bag.put(format_args!("marks:{before}{after}:{sentence}"));
    bag.put(format_args!("end:{end}:{sentence}:{edge}"));
    bag.put(format_args!("to-end:{}", size(words.len() - to)));
    bag.put(format_args!("to-start:{}", size(from)));
    bag.put(format_args!("sentence:{}:{edge}", size(bounds.1 + 1 - bounds.0)));
    bag.put(format_args!("turn:{}", size(words.len())));
    bag.put(format_args!("turn:{}:{sentence}", size(words.len())));
    bag.put(format_args!("genitive:{}", words[to - 1].text.ends_with('s')));
    let cap_next = words.get(to).is_some_and(|next| next.capital && !next.opens && after == ' ');
    let cap_before = from > 0 && words[from - 1].capital && !words[from].opens && before == ' ';
    bag.put(format_args!("capital-next:{cap_next}"));
    bag.put(format_args!("capital-before:{cap_before}"));
}

fn near_words(bag: &mut Bag, turn: &VoicedTurn, naming: &Naming, place: &Place) {
    let words = &turn.words;
    let (from, to) = naming.words;
    let (sentence, bounds) = (&place.sentence, place.bounds);
    let left = |step: usize| word(turn, from.checked_sub(step));
    let right = |step: usize| word(turn, Some(to + step - 1));
    let before = from.checked_sub(1).map_or('^', |before| words[before].mark);
    let after = words[to - 1].mark;
    for step in 1..=3 {
        bag.put(format_args!("l{step}:{}", left(step)));
        bag.put(format_args!("l:{}", left(step)));
        bag.put(format_args!("r{step}:{}", right(step)));
        bag.put(format_args!("r:{}", right(step)));
    }
    bag.put(format_args!("l12:{} {}", left(2), left(1)));
    bag.put(format_args!("r12:{} {}", right(1), right(2)));
    bag.put(format_args!("lr:{}_{}:{before}{after}", left(1), right(1)));
    bag.put(format_args!("l1:{}:{sentence}", left(1)));
    bag.put(format_args!("r1:{}:{sentence}:{after}", right(1)));
    let first = word(turn, Some(bounds.0));
    bag.put(format_args!("s1:{first}"));
    bag.put(format_args!("s12:{first} {}", word(turn, Some(bounds.0 + 1))));
    bag.put(format_args!("f1:{}", word(turn, Some(0))));
    for at in to..(bounds.1 + 1).min(to + 10) {
        bag.put(format_args!("in-r:{}", word(turn, Some(at))));
    }
    for at in bounds.0.max(from.saturating_sub(8))..from {
        bag.put(format_args!("in-l:{}", word(turn, Some(at))));
    }
}

fn persons(bag: &mut Bag, floor: &Floor, turn: &VoicedTurn, place: &Place) {
    let Place { sentence, edge, bounds, .. } = place;
    let classes = floor.register.classes;
    let has = |class: &[String]| {
        let words = turn.words[bounds.0..=bounds.1].iter();
        words.into_iter().any(|word| class.contains(&word.text))
    };
    if has(&classes.first_person) {
        bag.put(format_args!("me:{edge}"));
    }
    if has(&classes.second_person) {
        bag.put(format_args!("you:{edge}:{sentence}"));
    }
    if has(&classes.third_person) {
        bag.put(format_args!("they:{edge}"));
    }
    let after = turn.words[bounds.0..].iter().take(40);
    if after.into_iter().any(|word| classes.second_person.contains(&word.text)) {
        bag.put(format_args!("you-after:{sentence}"));
    }
}

fn neighbours(bag: &mut Bag, floor: &Floor, at: usize, place: &Place) {
    let Place { sentence, edge, .. } = place;
    match floor.turns.get(at + 1) {
        Some(next) => {
            let word = |at: usize| {
                next.words.get(at).map_or("$", |word: &super::said::SaidWord| &word.text)
            };
            let last = if place.last { "L" } else { "-" };
            bag.put(format_args!("n1:{}:{last}", word(0)));
            if place.last {
                bag.put(format_args!("n12:{} {}", word(0), word(1)));
            }
            bag.put(format_args!("next:{}:{sentence}", size(next.words.len())));
        }
        None => bag.put(format_args!("last-turn:{sentence}")),
    }
    match at.checked_sub(1).map(|before| &floor.turns[before]) {
        Some(before) => {
            let mark = before.words.last().map_or(' ', |word| word.mark);
            bag.put(format_args!("before:{mark}:{}", if place.first { "F" } else { "-" }));
            bag.put(format_args!("before:{}:{sentence}", size(before.words.len())));
        }
        None => bag.put(format_args!("first-turn:{sentence}")),
    }
    let (next, before) = floor.around(at);
    let same = next.is_some() && next == before;
    bag.put(format_args!("same:{same}"));
    bag.put(format_args!("same:{same}:{sentence}:{edge}"));
}

fn others(bag: &mut Bag, turn: &VoicedTurn, naming: &Naming, person: Option<usize>, place: &Place) {
    let sentence = &place.sentence;
    let here = || turn.namings.iter().filter(|other| other.by != NamedBy::Stranger);
    let same = |other: &&Naming| person.is_some_and(|person| other.people.contains(&person));
    let count = here().filter(same).count();
    let is = |other: Option<&Naming>| other.is_some_and(|other| other.words == naming.words);
    bag.put(format_args!("times:{}", count.min(3)));
    bag.put(format_args!("others:{}", (here().count() - count).min(4)));
    bag.put(format_args!("last-named:{}:{sentence}", is(here().next_back())));
    bag.put(format_args!("first-named:{}:{sentence}", is(here().next())));
    let end = naming.words.1;
    let comma = turn.words[end - 1].mark == ',';
    let listed = turn
        .namings
        .iter()
        .any(|other| other.words.0 == end + 1 || (comma && other.words.0 == end));
    bag.put(format_args!("listed:{listed}"));
}

fn parts(
    bag: &mut Bag,
    floor: &Floor,
    at: usize,
    naming: &Naming,
    person: Option<usize>,
    chairs: &[f32],
    place: &Place,
) {
    let Place { sentence, edge, broad, .. } = place;
    let turn = &floor.turns[at];
    let (next, before) = floor.around(at);
    let chair = |voice: usize| chairs.get(voice).copied().unwrap_or_default();
    let own = chair(turn.voice);
    let own = usize::from(own > 0.3) + usize::from(own > 0.8);
    let other = |voice: Option<usize>| voice.map_or(3, |voice| usize::from(chair(voice) > 0.5));
    let (next, before) = (other(next), other(before));
    bag.put(format_args!("chair:{own}"));
    bag.put(format_args!("chair:{own}:{sentence}:{edge}:{broad}"));
    bag.put(format_args!("chairs:{before}{own}{next}"));
    bag.put(format_args!("chairs:{before}{own}{next}:{sentence}"));
    let Some(person) = person else { return };
    let presents = floor.presents(person, turn);
    bag.put(format_args!("presents:{presents}"));
    bag.put(format_args!("presents:{presents}:{sentence}"));
    let led = naming.words.0.checked_sub(1).map(|before| &turn.words[before]);
    let titled = led.is_some_and(|before| floor.register.titled(person, before));
    bag.put(format_args!("titled:{titled}"));
    let listed = &floor.register.people[person];
    if listed.absent {
        bag.put(format_args!("absent"));
    }
    if listed.chair {
        bag.put(format_args!("the-chair"));
        bag.put(format_args!("the-chair:{sentence}:{edge}:{own}"));
    }
}
