//! Statements worded by a language model, under check.
//!
//! The model is given one item's statements with what was said, and answers with sentences that
//! each name the statements they rest on. A sentence that tells a name, a number, a date or a
//! negation which its statements do not tell is refused, and those statements keep the line that
//! the rules wrote. Decisions, votes and tasks are never reworded. Asking is the caller's: nothing
//! here knows a network.

mod check;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::agenda::AgendaItem;
use crate::domain::meeting::Meeting;
use crate::domain::referat::{Section, Statement, StatementKind};
use crate::language::prose::ProseWords;
use crate::language::words::Words;
use crate::remark::Remark;

use check::Sources;

/// A sentence that rests on more statements than this has lost its way.
const MOST_STATEMENTS: usize = 4;

/// What a model is asked about one section.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The item as JSON, statements numbered from 1.
    pub user: String,
    /// JSON schema of the answer.
    pub schema: &'static serde_json::Value,
}

#[derive(Deserialize)]
struct Answer {
    sentences: Vec<RawSentence>,
}

#[derive(Deserialize)]
struct RawSentence {
    text: String,
    statements: Vec<Number>,
}

/// Models write the numbers of statements with and without quotation marks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Digits(usize),
    Text(String),
}

static SCHEMA: LazyLock<serde_json::Value> = LazyLock::new(|| {
    serde_json::json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["sentences"],
        "properties": { "sentences": { "type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["text", "statements"],
            "properties": {
                "text": { "type": "string" },
                "statements": { "type": "array", "items": { "type": "string" } },
            },
        } } },
    })
});

/// Returns what to ask a model about `section`, or `None` when nothing in it may be reworded.
pub fn question(section: &Section, meeting: &Meeting, language: Words<'_>) -> Option<Question> {
    let unknown = &crate::language::headings::Headings::of(language).unknown_speaker;
    let statements: Vec<serde_json::Value> = section
        .statements
        .iter()
        .zip(1..)
        .filter(|(statement, _)| may_be_reworded(statement))
        .map(|(statement, number): (_, usize)| {
            let said: Vec<&str> = statement.material.iter().map(|one| one.text.as_str()).collect();
            serde_json::json!({
                "number": number.to_string(),
                "speaker": statement.speaker.as_ref().unwrap_or(unknown),
                "line": statement.text,
                "said": said,
            })
        })
        .collect();
    if statements.is_empty() {
        return None;
    }
    let title = item_of(section, meeting).map(|item| item.title.as_str());
    let user = serde_json::json!({ "item": title, "statements": statements }).to_string();
    Some(Question { user, schema: &SCHEMA })
}

/// Returns how a model is to answer in `language`.
pub fn instruction(language: Words<'_>) -> &str {
    ProseWords::of(language).system.trim()
}

/// Words the statements of `section` as `answer` does, as far as what it says was said; returns
/// why sentences were refused. Statements that no good sentence rests on stay as they are.
pub fn reword(
    section: &mut Section,
    meeting: &Meeting,
    language: Words<'_>,
    answer: &str,
) -> Vec<Remark> {
    let item = item_of(section, meeting);
    let place = item.map_or_else(String::new, |item| format!("item {}: ", item.number));
    let refused = |why: &str| Remark::on_whole(format!("{place}{why}"));
    let Some(answer) = parse(answer) else {
        return vec![refused(
            "the language model's answer is not the JSON asked for and is unused",
        )];
    };
    let mut remarks = Vec::new();
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for sentence in answer.sentences {
        let text = sentence.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(places) = places(&sentence.statements, section) else {
            remarks.push(refused(
                "a sentence of the language model names no statements of its own and is unused",
            ));
            continue;
        };
        let group = join(&mut groups, &places);
        group.texts.push(text);
    }
    let mut taken: Vec<usize> = Vec::new();
    for group in groups.into_values() {
        let statements: Vec<&Statement> =
            group.places.iter().filter_map(|place| section.statements.get(*place)).collect();
        let sources = Sources::new(&statements, item, meeting, language);
        let fault = group.fault.map(str::to_owned).or_else(|| sources.fault(&group.texts));
        if let Some(fault) = fault {
            remarks.push(refused(&format!("a sentence of the language model is unused: {fault}")));
            continue;
        }
        let Some((first, others)) = group.places.split_first() else { continue };
        let others: Vec<Statement> =
            others.iter().filter_map(|place| section.statements.get(*place).cloned()).collect();
        if let Some(statement) = section.statements.get_mut(*first) {
            take(statement, &others, group.texts.join(" "));
            taken.extend(group.places.iter().skip(1));
        }
    }
    let mut place = 0..;
    section.statements.retain(|_| place.next().is_none_or(|place| !taken.contains(&place)));
    remarks
}

/// Sentences that share statements, in the answer's order.
#[derive(Default)]
struct Group {
    /// Places of the statements within the section, in order.
    places: Vec<usize>,
    texts: Vec<String>,
    fault: Option<&'static str>,
}

/// Returns the group of the statements at `places`, those it touches joined into it.
fn join<'g>(groups: &'g mut BTreeMap<usize, Group>, places: &[usize]) -> &'g mut Group {
    let touched: Vec<usize> = groups
        .iter()
        .filter(|(_, group)| group.places.iter().any(|place| places.contains(place)))
        .map(|(key, _)| *key)
        .collect();
    let mut all = Group { places: places.to_vec(), ..Group::default() };
    for key in touched {
        let group = groups.remove(&key).unwrap_or_default();
        all.places.extend(group.places);
        all.texts.extend(group.texts);
        all.fault = all.fault.or(group.fault);
    }
    all.places.sort_unstable();
    all.places.dedup();
    if all.places.len() > MOST_STATEMENTS {
        all.fault = Some("it rests on too many statements");
    }
    let key = all.places.first().copied().unwrap_or_default();
    groups.entry(key).or_insert(all)
}

fn parse(answer: &str) -> Option<Answer> {
    // Models put fences and courtesies around their JSON.
    let start = answer.find('{')?;
    let end = answer.rfind('}')?;
    serde_json::from_str(answer.get(start..=end)?).ok()
}

/// Returns the places of the statements that a sentence names: known ones that may be reworded
/// and stand under one heading.
fn places(numbers: &[Number], section: &Section) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(numbers.len());
    for number in numbers {
        let number = match number {
            Number::Digits(number) => *number,
            Number::Text(text) => text.trim().parse().ok()?,
        };
        places.push(number.checked_sub(1)?);
    }
    places.sort_unstable();
    places.dedup();
    let first = section.statements.get(*places.first()?)?;
    let fits = |place: &usize| {
        let statement = section.statements.get(*place);
        statement.is_some_and(|one| may_be_reworded(one) && one.sub == first.sub)
    };
    places.iter().all(fits).then_some(places)
}

fn may_be_reworded(statement: &Statement) -> bool {
    !matches!(statement.kind, StatementKind::Decision | StatementKind::Vote | StatementKind::Action)
}

/// Words `statement` as `text`, which rests on `others` too: their sources and material join.
fn take(statement: &mut Statement, others: &[Statement], text: String) {
    let mut own = statement.text.clone();
    for other in others {
        own = format!("{own} {}", other.text);
        statement.segments.extend(&other.segments);
        statement.span = statement.span.cover(other.span);
        statement.confidence = statement.confidence.min(other.confidence);
        statement.material.extend(other.material.iter().cloned());
    }
    statement.segments.sort_unstable();
    statement.segments.dedup();
    statement.own_text = Some(own);
    statement.text = text;
}

fn item_of<'m>(section: &Section, meeting: &'m Meeting) -> Option<&'m AgendaItem> {
    let number = section.item.as_deref()?;
    meeting.agenda.items.iter().find(|item| item.number == number)
}
