//! The rows of a block become people.

use crate::language::people_words::PeopleWords;
use crate::language::remarks::RemarkKind;
use crate::names::entry::{self, Attendance, ListedPerson};
use crate::names::list::{self, ListStyle};

use super::super::fate::Fates;
use super::super::finding::Finding;
use super::super::gathered::{Group, People};
use super::super::lines::{Line, squeeze};
use super::super::prose;
use super::super::words::PageWords;
use super::{group_of, unfinished};

/// Cuts a value where another label of people begins on the same line.
pub(super) fn second_label(value: &str, words: PageWords) -> (String, Option<(String, String)>) {
    for (at, _) in value.match_indices(':') {
        let before = &value[..at];
        let start = before
            .rfind(['.', '·', '\t', ';'])
            .map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8))
            .or_else(|| before.rfind("  ").map(|at| at + 2));
        let Some(start) = start else { continue };
        let start = start
            + (before[start..].len() - before[start..].trim_start_matches(['·', ' ', '*']).len());
        let label = before[start..].trim_matches(['*', ' ']);
        if !label.is_empty() && label.split(' ').count() <= 4 && group_of(label, words).is_some() {
            return (
                value[..start].trim_end_matches(['.', '·', ' ', '*', '\t', ';']).to_owned(),
                Some((label.to_owned(), value[at + 1..].trim().to_owned())),
            );
        }
    }
    (value.to_owned(), None)
}

/// Returns the title that a label gives: `Formand: Bo Bech`.
pub(super) fn title_label(label: &str, entry: &ListedPerson, words: PageWords) -> Option<String> {
    let known = words.people;
    let bare = label.trim_matches(|c: char| ":*- ".contains(c));
    let office = known.is_title(bare)
        && !known.tells_copy(bare)
        && !words.page.people.chair.has_in_any_case(bare)
        && bare.split(' ').count() <= 2
        && entry.title.is_none()
        && !known.tells_minutes(bare)
        && !known.tells_lead(bare)
        && !known.tells_present(bare);
    office.then(|| bare.to_owned())
}

/// Returns the initials of a text that holds nothing else.
pub(super) fn initials_only(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for part in text.split([',', ';', '·', '/']) {
        let part = part.split('(').next().unwrap_or_default().trim();
        let short = (2..=4).contains(&part.chars().count())
            && part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
        if !short {
            return None;
        }
        found.push(part.to_owned());
    }
    (!found.is_empty()).then_some(found)
}

/// Joins the lines that one list is broken over.
pub(super) fn joined(
    block: &[(usize, String)],
    lines: &[Line],
    known: &PeopleWords,
) -> Vec<(usize, String)> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    for (at, text) in block {
        if let Some((_, last)) = rows.last_mut() {
            let head = text.trim_start();
            let lower = head.starts_with(|c: char| c.is_lowercase() || c == '(');
            let person = entry::read(&squeeze(head), false, known)
                .is_some_and(|it| it.sure && it.name.contains(' '));
            let strong = last.trim_end().ends_with(['·', ';']);
            if list::starts_inverted(head, known) {
                rows.push((*at, text.clone()));
                continue;
            }
            if lines[*at].after_blank && !unfinished(last, known) {
                rows.push((*at, text.clone()));
                continue;
            }
            let open = unfinished(last, known) && !strong;
            let long = last.chars().count() >= 55 && last.matches(',').count() >= 2;
            let begins_list =
                lower && entry::read(&squeeze(head), false, known).is_some_and(|it| it.sure);
            if open
                || head.starts_with('(') && !strong
                || long && !strong && !person
                || lower && !begins_list && !person
            {
                last.push(' ');
                last.push_str(head);
                continue;
            }
        }
        rows.push((*at, text.clone()));
    }
    rows
}

/// Cuts a list where it ends and a sentence begins.
pub(super) fn first_sentence<'t>(text: &'t str, known: &PeopleWords) -> (&'t str, &'t str) {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                let word = text[..at].rsplit([' ', ',', '(']).next().unwrap_or_default();
                let after = &text[at + 1..];
                let short = word.chars().count() <= 3 && !word.ends_with(')')
                    || known.is_qualifier(word)
                    || known.is_title_word(word);
                if after.starts_with(' ')
                    && after.trim_start().starts_with(char::is_uppercase)
                    && !short
                {
                    return (&text[..at], after.trim());
                }
            }
            _ => {}
        }
    }
    (text, "")
}

impl People<'_> {
    /// Takes the people of a block; tells whether it held any or told that there are none.
    pub(super) fn take(
        &mut self,
        block: &[(usize, String)],
        group: Group,
        label: &str,
        lines: &[Line],
        words: PageWords,
        fates: &mut Fates,
    ) -> bool {
        let known = words.people;
        let rows = joined(block, lines, words.people);
        let texts: Vec<&str> = rows.iter().map(|it| it.1.as_str()).collect();
        let mut style = list::style_of(&texts, true, words.people);
        if matches!(group, Group::Chair | Group::Referent) {
            style.listed = false;
        }
        // One line whose name stands last: `badminton Gitte`.
        if let [only] = texts[..]
            && list::read(only, style, words.people).people.iter().all(|it| !it.sure && !it.own)
        {
            style.one_per_line = true;
        }
        let mut told = false;
        let known_in = |row: &str| {
            list::read(row, style, words.people).people.iter().any(|it| it.sure || it.own)
        };
        let several = texts
            .iter()
            .map(|row| list::read(row, style, words.people).people.len())
            .sum::<usize>();
        // Names that nobody knows are names among names; one word alone may be anything.
        if group == Group::Present && several < 2 && !texts.iter().any(|row| known_in(row)) {
            style.listed = false;
        }
        for (at, text) in &rows {
            let number = lines[*at].number;
            // `Mødeleder: Gitte      Skriver: Susan`, `Ordstyrer: Lisbet. Referent: Bodo`.
            let (text, second) = second_label(text, words);
            if let Some((label, value)) = second
                && let Some(group) = group_of(&label, words)
            {
                self.take(&[(*at, value)], group, &label, lines, words, fates);
                told = true;
            }
            let (list_text, rest) = first_sentence(&text, words.people);
            let read = list::read(list_text, style, words.people);
            let names: Vec<String> = read.people.iter().map(|it| it.name.clone()).collect();
            if read.people.is_empty() {
                let bare = list_text.trim().trim_matches(|c: char| "-–. ".contains(c));
                let role = matches!(group, Group::Chair | Group::Referent)
                    && !known.is_nobody(bare)
                    && bare.split_whitespace().count() <= 5;
                if role {
                    let slot =
                        if group == Group::Chair { &mut self.chair } else { &mut self.referent };
                    slot.get_or_insert_with(|| bare.to_owned());
                    told = true;
                } else if known.is_nobody(bare) || bare.starts_with(|c: char| c.is_ascii_digit()) {
                    told = true;
                } else if let Some(initials) = initials_only(bare) {
                    // `Deltagere: KMJ, HBN`: who they are stands elsewhere.
                    self.initials(&initials, bare, group);
                    told = true;
                } else if !read.left.is_empty() && told {
                    let found = Finding::at(number, RemarkKind::NoPerson);
                    self.remarks.push(found.with("text", squeeze(bare)));
                }
            } else {
                told = true;
                for left in read.left.iter().filter(|it| !known.is_nobody(it)) {
                    if let Some(initials) = initials_only(left) {
                        self.initials(&initials, left, group);
                        continue;
                    }
                    let found = Finding::at(number, RemarkKind::NoPerson);
                    self.remarks.push(found.with("text", left));
                }
            }
            self.listed |= read.people.len() > 1 || rows.len() > 1;
            for mut entry in read.people {
                if let Some(title) = title_label(label, &entry, words) {
                    entry.title = Some(title);
                }
                self.add(entry, group);
            }
            if told {
                fates.people(number, names);
            }
            if !rest.is_empty() {
                prose::sentences(rest, number, words, self, fates, true);
            }
        }
        told
    }

    /// Takes the people of an item that is called `Til stede`, one per line.
    pub(in crate::agenda) fn of_item(
        &mut self,
        places: &[usize],
        group: Group,
        lines: &[Line],
        words: PageWords,
        fates: &mut Fates,
    ) {
        let row = |at: &usize| {
            let mut text = lines[*at].text.trim_end_matches([';', '.']);
            while let Some(cut) = words.page.people.row_and.strip_end(text) {
                text = cut;
            }
            (*at, text.to_owned())
        };
        let named = |it: &(usize, String)| {
            !list::read(
                &it.1,
                ListStyle { listed: true, one_per_line: true, ..ListStyle::default() },
                words.people,
            )
            .people
            .is_empty()
        };
        let block: Vec<(usize, String)> = places.iter().map(row).take_while(named).collect();
        self.take(&block, group, "", lines, words, fates);
    }

    /// Notes initials that stand for people who are explained elsewhere.
    pub(super) fn initials(&mut self, initials: &[String], text: &str, group: Group) {
        for one in initials {
            let noted = text
                .split([',', ';', '·'])
                .find(|part| part.trim().starts_with(one.as_str()))
                .unwrap_or_default();
            if self.known.tells_minutes(noted) {
                self.referent.get_or_insert_with(|| one.clone());
            }
            if group == Group::Chair || self.known.tells_lead(noted) {
                self.chair.get_or_insert_with(|| one.clone());
            }
            let absent = group == Group::Absent;
            if absent {
                self.found.push(ListedPerson {
                    initials: Some(one.clone()),
                    attendance: Some(Attendance::Absent),
                    ..ListedPerson::default()
                });
            }
        }
    }
}
