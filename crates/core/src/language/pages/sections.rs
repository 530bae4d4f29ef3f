//! The phrases of pages as they are written: a list for each thing that a page says.

use serde::Deserialize;

use super::list::PhraseList;

/// The phrases as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageTable {
    pub(super) mail: MailPhrases,
    pub(super) columns: ColumnPhrases,
    pub(super) title: TitlePhrases,
    pub(super) presenter: PresenterPhrases,
    pub(super) item: ItemPhrases,
    pub(super) page: DocumentPhrases,
    pub(super) people: PeoplePhrases,
    pub(super) header: HeaderPhrases,
}

/// Makes a section of the table: lists of phrases.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$told:meta])* $field:ident)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$told])* pub $field: PhraseList),+
        }
    };
}

section! {
    /// What mails and posts carry that is not the meeting's.
    MailPhrases {
        /// Before the sender.
        from
        /// Before those whom it is sent to.
        to
        /// Before the subject.
        subject
        /// Before the day it was sent.
        sent
        /// Other words of a mail's head, as expressions.
        other
        /// What an older mail beneath is called before its kind.
        older
        /// Kinds of mails behind those.
        kinds
        /// How a line begins that tells who wrote the mail beneath.
        wrote_on
        /// The verb of such a line.
        wrote
        /// How the line over the replies to a post begins.
        replies
        /// Before a greeting.
        greeting_before
        /// How one greets, as expressions; more letters may follow.
        greeting_how
        /// What a greeting calls itself.
        greeting
        /// Whole greetings, as expressions.
        greetings
        /// Parts a title under a signature from that of the minute taker.
        and_minutes
        /// What firms put under their mails, as expressions.
        disclaimers
        /// How lines begin that tell how to dial in, as expressions.
        dial_in
        /// Before a page's number.
        pages
        /// Short forms of those, as expressions.
        page_signs
        /// Between a page's number and how many there are.
        page_of
        /// How a line begins that holds nothing but a page's number, as expressions.
        page_lines
        /// Beginnings of days beside a post's hour, as expressions.
        days
    }
}

section! {
    /// What heads the columns of a table.
    ColumnPhrases {
        /// Of the items' numbers.
        number
        /// Of their titles.
        title
        /// Of those who answer for them.
        owner
        /// Of what is asked of the meeting.
        kind
        /// Of the time that is set aside.
        minutes
        /// Of what lies beside them.
        papers
        /// Of people's names.
        name
        /// Of their titles.
        office
        /// Of whom they come from.
        firm
        /// Of their initials.
        initials
        /// Of whether they come.
        presence
        /// How the head begins of a column that looks like one of numbers and is one of titles.
        titled
    }
}

section! {
    /// What stands on an item's line beside its title.
    TitlePhrases {
        /// Before what is asked of the meeting.
        kind_before
        /// What is asked of the meeting, as expressions.
        kinds
        /// Letters for what is asked.
        kind_letters
        /// Minutes behind their number, as expressions.
        minutes
        /// Behind minutes: for each, or in all.
        each
        /// Before an hour, as an expression.
        clock
        /// Before who presents an item, as expressions.
        presenters
        /// Which of them also stand before a place.
        weak
        /// Titles whose full stop ends no name.
        short
        /// What begins or holds a note: papers, requests, asides; as expressions.
        notes
        /// Mark of news in capitals, in lower case.
        news
        /// Before somebody who is meant.
        it_is
        /// Before somebody who presents, behind a dash.
        by
    }
}

section! {
    /// How it is told who presents an item.
    PresenterPhrases {
        /// Before a presenter in a text, as expressions.
        marks
        /// Before a presenter who is named alone.
        before
        /// What people do about an item.
        verbs
        /// First words of what is said of somebody in brackets.
        said
        /// Parts a guest from where the guest comes from.
        of
        /// Behind somebody whose item it is.
        floor
        /// Before a name that may go on on the next line, as expressions.
        broken
        /// How a line begins that tells who presents, as expressions.
        opens
        /// Signs of a presenter on a title's line.
        signs
        /// Signs of a presenter behind a part.
        behind
    }
}

section! {
    /// What stands under and around an item.
    ItemPhrases {
        /// Labels of what is told about an item, as expressions.
        facts
        /// How a line begins that heads notes, as expressions.
        notes
        /// The verb of a recommendation.
        recommends
        /// What a part is called with a letter or number behind.
        named_parts
        /// Which of them end a title on the line before.
        part_words
        /// Behind the number of a point that a motion makes.
        that
        /// Before the number of a case, as expressions.
        case_before
        /// Before the number of a case whatever follows, as expressions.
        cases
        /// How such a number begins.
        case_begins
        /// How a heading begins under which all items are closed.
        closed_begins
        /// What such a heading holds.
        closed_holds
        /// How a heading begins under which items are open.
        open_begins
        /// What a line holds that names the agenda.
        agenda_holds
        /// Words that no title ends with.
        hanging
        /// Pauses of a programme.
        pauses
        /// What such a line holds that is no pause.
        no_pauses
        /// What the heading of a part of an agenda holds.
        part_heads
        /// Between an item's word and its number.
        number_signs
        /// Letters beyond a to z that count parts.
        letters
    }
}

section! {
    /// What a page says of itself.
    DocumentPhrases {
        /// What a line holds that approves the agenda and is not it.
        approves
        /// How a sentence ends that leads into the agenda.
        agenda_ends
        /// How the minutes of a meeting that was held begin.
        minutes_begin
        /// What such a line does not hold.
        minutes_not
        /// What a short line of theirs holds.
        minutes_of
        /// Words of a sentence that names no meeting.
        said
        /// Words that stand between a meeting's name and its day.
        name_ends
        /// Ends of weekdays.
        weekday_ends
    }
}

section! {
    /// People in sentences and lists.
    PeoplePhrases {
        /// Phrases that a list of those who come follows.
        lists
        /// Which of them are followed by a list only where it has two names.
        several
        /// Phrases that say that somebody comes.
        comes
        /// Where another subject may begin.
        cuts
        /// What a clause holds that says that somebody takes the minutes.
        minuting
        /// Whom apologies are to be sent to.
        asked
        /// The writer.
        undersigned
        /// Before who leads.
        led_by
        /// As what a guest is proposed.
        as_chair
        /// That a guest takes part.
        takes_part
        /// That nobody does.
        not
        /// That somebody is proposed.
        proposes
        /// Small words inside titles.
        inside_titles
        /// Before a number that ends no sentence.
        numbered
        /// Short forms whose full stop ends no sentence.
        short
        /// Between somebody and who that is.
        is
        /// What ends a title that is told of somebody.
        title_cuts
        /// Who takes the minutes by title.
        secretary
        /// Behind a name, before what else is told.
        comes_behind
        /// What a label of those who take part holds.
        takes_part_stem
        /// A label of the chair that is no title.
        chair
        /// How a label begins of those who come too.
        also
        /// Verbs that show a sentence.
        verbs
        /// Ends a row of a list.
        row_and
        /// Between a title and the body that it is of.
        of_other
        /// Which of them stand between a chair and another body than the meeting's.
        of_chaired
        /// How the chair of another body ends.
        others_chair
        /// Heads of councils.
        mayors
        /// Which of them there is one of.
        one_mayor
    }
}

section! {
    /// Day, time and place.
    HeaderPhrases {
        /// What a line holds whose day is not the meeting's, as expressions.
        later
        /// That the meeting ends, before the hour, as expressions.
        ends
        /// Before the hour that is half over next.
        half
        /// The twelve hours as they are called behind it; the whole list or nothing.
        half_hours
        /// Before a day in numbers, as expressions.
        day_signs
        /// Before a place that stands before the day.
        meets
        /// Between those and the place.
        meets_at
        /// Between the place and the day.
        meets_on
        /// How the day begins behind the place, as expressions.
        meets_day
        /// Behind an hour, as expressions.
        sharp
        /// Before a place, and part of it.
        place_kept
        /// What ends a place.
        place_ends
        /// How it begins in brackets where in the place it is: the room, the stairs.
        place_parts
        /// How what is no place begins.
        no_place_begins
        /// What it holds.
        no_place_holds
    }
}
