//! One person from many mentions; who leads and who takes the minutes.

use crate::domain::meeting::{Header, Participant};
use crate::names::entry::{self, Attendance, ListedPerson};
use crate::names::list::{self, ListStyle};
use crate::names::resolver::{Resolver, fold};

use super::super::finding::Finding;
use super::super::gathered::{Group, People};
use super::super::zones::Zones;

pub(super) fn participant(entry: &ListedPerson) -> Participant {
    Participant {
        name: entry.name.clone(),
        title: entry.title.clone().filter(|it| !it.is_empty()),
        role: None,
        party: entry.party.clone(),
        initials: entry.initials.clone(),
    }
}

/// Tells whether a shorter name is that of the longer: one is the other's start.
pub(super) fn same_person(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let initial =
        |word: &String, full: &String| word.chars().count() == 1 && full.starts_with(word.as_str());
    match short {
        [] => false,
        [first] => long.first() == Some(first) && long.len() > 1,
        [first, rest @ ..] => {
            long.first() == Some(first)
                && (long.starts_with(short)
                    || short.len() < long.len()
                        && rest.len() == 1
                        && (long.last() == rest.last() || initial(&rest[0], &long[long.len() - 1]))
                    || short.len() == long.len()
                        && rest
                            .iter()
                            .zip(&long[1..])
                            .all(|(word, full)| word == full || initial(word, full)))
        }
    }
}

/// Adds to a person what another mention tells.
pub(super) fn merge(person: &mut ListedPerson, other: ListedPerson) {
    if other.name.split(' ').count() > person.name.split(' ').count() {
        person.name = other.name;
    }
    person.title = person.title.take().or(other.title);
    person.office = person.office.take().or(other.office);
    person.party = person.party.take().or(other.party);
    person.initials = person.initials.take().or(other.initials);
    person.nickname = person.nickname.take().or(other.nickname);
    person.role = person.role.take().or(other.role);
    person.attendance = person.attendance.max(other.attendance);
    person.leads |= other.leads;
    person.minutes |= other.minutes;
}

impl People<'_> {
    /// Adds a person, or what is new about one who is known.
    pub(in crate::agenda) fn add(&mut self, mut entry: ListedPerson, group: Group) {
        match group {
            Group::Absent => entry.attendance = Some(Attendance::Absent),
            Group::Remote if entry.attendance.is_none() => {
                entry.attendance = Some(Attendance::Remote)
            }
            Group::Chair => entry.leads = true,
            Group::Referent => entry.minutes = true,
            _ => {}
        }
        if entry.own {
            self.own = true;
            let Some(sender) = self.sender.clone() else { return };
            entry.name = sender.name;
            if entry.title.is_none() {
                entry.title = sender.title;
            }
            entry.minutes |= sender.minutes;
            entry.own = false;
        }
        if fold(&entry.name).is_empty() {
            return;
        }
        match self.place_of(&entry.name) {
            Some(at) => merge(&mut self.found[at], entry),
            None => self.found.push(entry),
        }
    }

    /// Returns the place of the one person who is called so.
    pub(in crate::agenda) fn place_of(&self, name: &str) -> Option<usize> {
        let wanted = fold(name);
        if let Some(same) = self.found.iter().position(|it| fold(&it.name) == wanted) {
            return Some(same);
        }
        let fits: Vec<usize> = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, it)| {
                same_person(&fold(&it.name), &wanted)
                    || it.nickname.as_deref().is_some_and(|nick| nick == name)
            })
            .map(|it| it.0)
            .collect();
        match fits[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Takes a mail's addressees where nobody else is named, and the writer with them.
    pub(super) fn addressed(&mut self, zones: &Zones) {
        let read: Vec<ListedPerson> = {
            let texts: Vec<&str> = zones.addressees.iter().map(String::as_str).collect();
            let style = ListStyle {
                one_per_line: true,
                listed: false,
                ..list::style_of(&texts, false, self.known)
            };
            texts
                .iter()
                .flat_map(|text| {
                    list::read(text.trim_matches(['\'', '"', ' ']), style, self.known).people
                })
                .filter(|it| it.sure)
                .collect()
        };
        if !self.listed && read.len() >= 2 {
            for entry in read {
                self.add(entry, Group::Present);
            }
            if let Some(sender) = self.sender.clone() {
                self.add(
                    ListedPerson {
                        name: sender.name,
                        title: sender.title,
                        sure: true,
                        ..ListedPerson::default()
                    },
                    Group::Present,
                );
            }
            return;
        }
        // A first name in the list is that addressee's.
        for entry in read {
            if let Some(at) = self.place_of(&entry.name).filter(|at| {
                self.found[*at].name.split(' ').count() < entry.name.split(' ').count()
            }) {
                self.found[at].name = entry.name;
            }
        }
    }

    /// Gives the writer's full name and title to the one who is called so.
    pub(super) fn signed(&mut self) {
        let Some(sender) = self.sender.clone() else { return };
        if let Some(at) = self.place_of(&sender.name) {
            let longer = self.found[at].name.split(' ').count() < sender.name.split(' ').count();
            if longer {
                self.found[at].name = sender.name;
            }
            let person = &mut self.found[at];
            if person.title.is_none() && sender.title.is_some() {
                person.title = sender.title;
                if let Some(title) = person.title.clone()
                    && self.known.head_rank(&title).is_some()
                {
                    person.office.get_or_insert(title);
                }
            }
        }
    }

    /// Notes who leads, by title or initials.
    pub(in crate::agenda) fn set_chair(&mut self, text: &str) {
        self.chair.get_or_insert_with(|| text.to_owned());
    }

    /// Settles the header's people, chair and referent.
    pub(in crate::agenda) fn fill(
        mut self,
        header: &mut Header,
    ) -> (Vec<Participant>, Vec<(usize, String)>, Vec<Finding>) {
        // Initials that stood alone belong to the one whom they fit.
        let bare: Vec<ListedPerson> =
            self.found.iter().filter(|it| it.name.is_empty()).cloned().collect();
        self.found.retain(|it| !it.name.is_empty());
        let all: Vec<Participant> = self.found.iter().map(participant).collect();
        let resolver = Resolver::new(&all, self.known);
        for entry in bare {
            if let Some(at) = entry.initials.as_deref().and_then(|it| resolver.find(it)) {
                self.found[at].attendance = entry.attendance;
            }
        }
        // Who only has a part in the meeting is no list of those who come.
        let name_of = |text: &str| resolver.find(text).map(|at| self.found[at].name.clone());
        let told = |text: &Option<String>| text.as_deref().and_then(name_of);
        header.referent = told(&self.referent)
            .or_else(|| {
                self.found
                    .iter()
                    .find(|it| it.minutes && it.attendance != Some(Attendance::Absent))
                    .map(|it| it.name.clone())
            })
            .or_else(|| {
                self.referent
                    .clone()
                    .filter(|it| entry::read(it, false, self.known).is_some_and(|it| it.sure))
            });
        header.chair = self.chair(&told(&self.chair));
        if !self.listed && self.found.iter().all(|it| it.leads || it.minutes) {
            self.found.clear();
        }
        let mut called = Vec::new();
        let mut ordered = Vec::new();
        for attendance in [Attendance::Present, Attendance::Remote, Attendance::Absent] {
            for entry in self
                .found
                .iter()
                .filter(|it| it.attendance.unwrap_or(Attendance::Present) == attendance)
            {
                if let Some(nickname) = &entry.nickname {
                    called.push((ordered.len(), nickname.clone()));
                }
                let mut person = participant(entry);
                if let Some(role) = &entry.role {
                    person.role = Some(role.clone());
                } else if let Some(office) =
                    entry.office.clone().filter(|office| Some(office) != person.title.as_ref())
                {
                    person.role = Some(office);
                }
                ordered.push(person.clone());
                match attendance {
                    Attendance::Present => header.present.push(person),
                    Attendance::Remote => header.remote.push(person),
                    Attendance::Absent => header.absent.push(person),
                }
            }
        }
        (ordered, called, self.remarks)
    }

    /// Returns who leads the meeting: who is said to, else the head of the body who comes.
    pub(super) fn chair(&self, told: &Option<String>) -> Option<String> {
        let (known, phrases) = (self.known, &self.page.people);
        if told.is_some() {
            return told.clone();
        }
        let comes = |it: &&ListedPerson| it.attendance != Some(Attendance::Absent);
        if let Some(leads) = self.found.iter().filter(comes).find(|it| it.leads) {
            return Some(leads.name.clone());
        }
        let rank = |it: &ListedPerson| {
            let office = it.office.as_deref().and_then(|office| known.head_rank(office));
            office.or_else(|| it.title.as_deref().and_then(|title| known.head_rank(title)))
        };
        for wanted in 0..3 {
            let fits: Vec<&ListedPerson> =
                self.found.iter().filter(comes).filter(|it| rank(it) == Some(wanted)).collect();
            // The head of another body comes last: `formand for Klimaudvalget`.
            let own = fits.iter().find(|it| {
                let office =
                    it.office.as_deref().or(it.title.as_deref()).unwrap_or_default().to_lowercase();
                !phrases.of_other.are_in(&office) && !phrases.others_chair.end(&office)
            });
            let own = own.or_else(|| fits.first().filter(|_| fits.len() == 1 || wanted == 0));
            let mayor = self.found.iter().filter(comes).find(|it| {
                it.title.as_deref().is_some_and(|it| phrases.mayors.has(&it.to_lowercase()))
            });
            let of_other = own.is_some_and(|it| {
                let office = it.office.as_deref().or(it.title.as_deref()).unwrap_or_default();
                phrases.of_chaired.are_in(&office.to_lowercase())
            });
            if wanted == 0
                && (own.is_none() || of_other)
                && let Some(mayor) = mayor.filter(|_| {
                    self.found
                        .iter()
                        .filter(|it| {
                            it.title
                                .as_deref()
                                .is_some_and(|it| phrases.one_mayor.has(&it.to_lowercase()))
                        })
                        .count()
                        == 1
                })
            {
                return Some(mayor.name.clone());
            }
            if let Some(own) = own {
                return Some(own.name.clone());
            }
        }
        None
    }
}
