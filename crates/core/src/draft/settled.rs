//! What the referent settled holds for every draft: what she rejected does not come back, also
//! when another model gives it other names, and an item is closed or open as she said.

use std::collections::BTreeMap;

use crate::domain::agenda::Agenda;
use crate::domain::meeting::{Header, Participant};
use crate::domain::referat::{Referat, StatementId};
use crate::domain::review::{Review, ReviewKind, standing};
use crate::language::names::Names;
use crate::language::words::Words;
use crate::time::Span;

/// When the statements that she rejected were said, by name.
pub type Rejected = BTreeMap<StatementId, Span>;

/// A statement is one that was rejected under another name when their spans have at least half
/// of what they cover in common: more than for merging, because here nothing shows what is left
/// out.
const SAME_SPAN: f64 = 0.5;

/// Leaves out of a draft what she rejected. `known` are the spans of what she rejected in
/// earlier drafts; `earlier` gives those of the last draft. Returns also what is known now.
pub fn without_rejected(
    mut referat: Referat,
    reviews: &[Review],
    known: &Rejected,
    earlier: impl Fn(&StatementId) -> Option<Span>,
) -> (Referat, Rejected) {
    let mut last = BTreeMap::new();
    for review in reviews {
        match &review.kind {
            ReviewKind::Reject { statement } => last.insert(statement.clone(), true),
            ReviewKind::Accept { statement } | ReviewKind::Reopen { statement } => {
                last.insert(statement.clone(), false)
            }
            _ => continue,
        };
    }
    let statements = || referat.sections.iter().flat_map(|section| &section.statements);
    let mut rejected = Rejected::new();
    for id in last.iter().filter(|(_, rejected)| **rejected).map(|(id, _)| id) {
        let here = statements().find(|statement| statement.id == *id).map(|found| found.span);
        if let Some(span) = here.or_else(|| earlier(id)).or_else(|| known.get(id).copied()) {
            rejected.insert(id.clone(), span);
        }
    }
    let there: Vec<StatementId> = statements().map(|statement| statement.id.clone()).collect();
    for section in &mut referat.sections {
        section.statements.retain(|statement| match last.get(&statement.id) {
            Some(rejected) => !rejected,
            None => !rejected.iter().any(|(id, span)| {
                let cover = span.cover(statement.span).duration().as_secs_f64();
                let common = span.overlap(statement.span).as_secs_f64();
                !there.contains(id) && cover > 0.0 && common / cover >= SAME_SPAN
            }),
        });
    }
    (referat, rejected)
}

/// Closes and opens items as she said; what she says of an item that there is not is passed over.
pub fn close_items(agenda: &mut Agenda, reviews: &[Review]) {
    for review in reviews {
        let ReviewKind::Closed { item, closed } = &review.kind else { continue };
        for found in agenda.items.iter_mut().filter(|found| found.number == *item) {
            found.closed = *closed;
        }
    }
}

/// Adds to those present whom she has set as a speaker and who is not on the list.
pub fn add_guests(header: &mut Header, language: Words<'_>, reviews: &[Review]) {
    let mut names = Names::new(header, language);
    for kind in standing(reviews) {
        let ReviewKind::Speaker { name: Some(name), .. } = kind else { continue };
        if names.find(name).is_none() {
            header.present.push(Participant { name: name.clone(), ..Participant::default() });
            names = Names::new(header, language);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::AgendaItem;
    use crate::domain::referat::{Section, Statement, StatementKind};
    use crate::time::Timestamp;

    fn name(id: &str) -> StatementId {
        StatementId(id.to_owned())
    }

    fn statement(id: &str, start: u64, end: u64) -> Statement {
        Statement {
            id: name(id),
            kind: StatementKind::Decision,
            speaker: None,
            text: id.to_owned(),
            segments: Vec::new(),
            span: Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap(),
            confidence: 1.0,
            responsible: None,
            deadline: None,
            sub: None,
            own_text: None,
            material: Vec::new(),
        }
    }

    fn referat(statements: Vec<Statement>) -> Referat {
        Referat {
            sections: vec![Section { statements, ..Section::default() }],
            ..Referat::default()
        }
    }

    fn said(kind: ReviewKind) -> Review {
        Review { at: "2026-11-25T10:00:00Z".to_owned(), kind }
    }

    fn left(referat: &Referat) -> Vec<&str> {
        referat.sections[0].statements.iter().map(|statement| statement.text.as_str()).collect()
    }

    #[test]
    fn the_last_word_about_a_statement_holds() {
        let draft = || referat(vec![statement("s-1", 0, 1000), statement("s-2", 1000, 2000)]);
        let reject = said(ReviewKind::Reject { statement: name("s-1") });
        let accept = said(ReviewKind::Accept { statement: name("s-1") });
        let none = |_: &StatementId| None;
        let (one, known) =
            without_rejected(draft(), std::slice::from_ref(&reject), &Rejected::new(), none);
        assert_eq!(left(&one), ["s-2"]);
        assert!(known.contains_key(&name("s-1")));
        let reopen = said(ReviewKind::Reopen { statement: name("s-1") });
        for last in [accept, reopen] {
            let (both, known) = without_rejected(draft(), &[reject.clone(), last], &known, none);
            assert_eq!(left(&both), ["s-1", "s-2"]);
            assert!(known.is_empty());
        }
    }

    #[test]
    fn another_name_for_the_same_stretch_stays_out_and_a_neighbour_does_not() {
        let reject = [said(ReviewKind::Reject { statement: name("s-1") })];
        let known = Rejected::from([(name("s-1"), statement("s-1", 0, 1000).span)]);
        let draft = referat(vec![statement("s-8", 100, 1100), statement("s-9", 900, 2000)]);
        let (draft, known) = without_rejected(draft, &reject, &known, |_| None);
        assert_eq!(left(&draft), ["s-9"]);
        assert_eq!(known.len(), 1);
    }

    #[test]
    fn an_item_is_closed_as_she_said_last() {
        let item = |number: &str| AgendaItem { number: number.to_owned(), ..AgendaItem::default() };
        let mut agenda = Agenda { items: vec![item("1"), item("2")] };
        let says = |item: &str, closed| said(ReviewKind::Closed { item: item.to_owned(), closed });
        close_items(&mut agenda, &[says("2", true), says("1", true), says("1", false)]);
        let closed: Vec<bool> = agenda.items.iter().map(|item| item.closed).collect();
        assert_eq!(closed, [false, true]);
    }

    #[test]
    fn a_speaker_who_is_not_on_the_list_was_there() {
        let names = |name: &str, taken_back| {
            let (span, name) = (Span::default(), Some(name.to_owned()));
            said(ReviewKind::Speaker { span, voice: None, name, taken_back })
        };
        let kim = Participant { name: "Kim Holm".to_owned(), ..Participant::default() };
        let mut header = Header { present: vec![kim], ..Header::default() };
        let reviews = [
            names("Anna Vind", false),
            names("Kim Holm", false),
            names("Bo Lund", false),
            names("Anna Vind", false),
            names("Bo Lund", true),
        ];
        add_guests(&mut header, Words::danish(), &reviews);
        let present: Vec<&str> = header.present.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(present, ["Kim Holm", "Anna Vind"]);
    }
}
