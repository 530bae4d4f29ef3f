//! Promise: whatever was said or printed, the draft shows it and obeys none of it; what is closed
//! stays apart; nobody is named who is not of the meeting.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use referat_core::domain::agenda::{AgendaItem, ItemIndex, SubItem};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Meeting, Participant};
use referat_core::domain::passage::{
    Attribution, Basis, BasisKind, Passage, Reason, ReasonKind, Structure, Turn,
};
use referat_core::domain::referat::{Referat, StatementKind};
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::draft;
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};
use referat_document::markdown::write::{closed_md, referat_md};
use referat_document::profile::Profile;

const PROFILES: [&str; 4] = ["kredsraad", "kommune", "bestyrelse", "english"];

/// Pieces that Markdown, HTML, templates, word processors and spreadsheets obey, among words.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "<b>",
    "-->",
    "<!-- s-0 00:00:00 -->",
    "--!>",
    "<!--",
    "]]>",
    "<img src=x onerror=y>",
    "&lt;",
    "&#60;",
    "[klik](javascript:x)",
    "![x](http://y)",
    "[a]: http://z",
    "[a][b]",
    "<http://x>",
    "`kode`",
    "```",
    "~~~",
    "# ",
    "## Falsk",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "> ",
    "---",
    "===",
    "| a | b |",
    "{{ 7*7 }}",
    "{% raw %}",
    "${x}",
    "<%= x %>",
    "{ MERGEFIELD x }",
    "\u{13}FIELD\u{15}",
    "=HYPERLINK(1)",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "    ",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "*",
    "**",
    "_",
    "__",
    "taget",
    "skal",
    "skiftes",
    "vi",
    "beslutter,",
    "at",
    "jeg",
    "foreslår,",
    "hvem?",
    "og",
    "ikke.",
    "er",
];

/// A text of such pieces.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(PIECES), any::<bool>()), 1..9).prop_map(
        |pieces| {
            let mut text = String::new();
            for (piece, apart) in pieces {
                text += piece;
                if apart {
                    text.push(' ');
                }
            }
            text
        },
    )
}

/// A meeting whose every text is given: two items with a part each, the first closed or not.
fn meeting(texts: &[String], closed: bool) -> (Meeting, Transcript, Structure) {
    let at = |place: usize| texts[place % texts.len()].clone();
    let person = |place| Participant {
        name: at(place),
        title: Some(at(place + 1)),
        role: Some(at(place + 2)),
        ..Participant::default()
    };
    let mut meeting = Meeting { language: Language::DA, ..Meeting::default() };
    meeting.header.title = Some(at(0));
    meeting.header.place = Some(at(1));
    meeting.header.present = vec![person(2), person(3)];
    meeting.header.absent = vec![person(4)];
    let (mut transcript, mut structure) = (Transcript::default(), Structure::default());
    for index in 0..2 {
        meeting.agenda.items.push(AgendaItem {
            number: (index + 1).to_string(),
            title: at(index + 3),
            presenter_printed: Some(at(index + 4)),
            closed: closed && index == 0,
            sub: vec![SubItem { title: at(index + 5), ..SubItem::default() }],
            ..AgendaItem::default()
        });
        let mut segments = Vec::new();
        for place in 0..texts.len() {
            let id = SegmentId(transcript.segments.len() as u32);
            let ms = u64::from(id.0) * 5000;
            let span = Span::new(Timestamp::from_ms(ms), Timestamp::from_ms(ms + 4000)).unwrap();
            let text = if index == 0 { format!("Hemmeligt: {}", at(place)) } else { at(place) };
            transcript.segments.push(Segment { id, span, text, ..Segment::default() });
            let attribution = if place % 2 == 0 {
                Attribution::Named {
                    // Now and then a name that is not of the meeting.
                    name: if place % 4 == 0 { at(2) } else { "Jørgen Udefra".to_owned() },
                    basis: Basis { kind: BasisKind::Voice, quote: at(place) },
                    confidence: 0.9,
                }
            } else {
                Attribution::Unknown
            };
            structure.turns.push(Turn {
                item: Some(ItemIndex(index)),
                segments: vec![id],
                span,
                attribution,
            });
            segments.push(id);
        }
        structure.passages.push(Passage {
            item: Some(ItemIndex(index)),
            segments,
            span: Span::default(),
            reason: Reason { kind: ReasonKind::Order, quote: at(index), score: 0.1 },
            confidence: 0.1,
        });
    }
    (meeting, transcript, structure)
}

/// Asserts that a Markdown reader finds the draft's own blocks in `text` and nothing else.
fn assert_inert(text: &str, headings: usize, referat: &Referat) {
    let ids: BTreeSet<String> = referat
        .sections
        .iter()
        .flat_map(|section| &section.statements)
        .map(|one| format!("<!-- {} {} -->", one.id.0, one.span.start()))
        .collect();
    let mut found = 0;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => found += 1,
            Event::InlineHtml(html) | Event::Html(html) => {
                assert!(ids.contains(html.trim()), "{html} in\n{text}");
            }
            Event::Start(
                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_),
            )
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_)) => {
                panic!("{event:?} in\n{text}")
            }
            _ => {}
        }
    }
    assert!(found <= headings, "{found} headings in\n{text}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains('\u{202e}'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn nothing_said_or_printed_is_obeyed(texts in proptest::collection::vec(text(), 2..6), closed: bool) {
        let (meeting, transcript, structure) = meeting(&texts, closed);
        let (referat, _) = draft::referat(&meeting, &transcript, &structure, "sha");
        for name in PROFILES {
            let profile = Profile::named(name).unwrap();
            let text = referat_md(&referat, Words::of(meeting.language), &profile);
            // Title, agenda, two items with a part each, and what a profile puts at the end.
            assert_inert(&text, 8, &referat);
            if closed {
                prop_assert!(!text.contains("Hemmeligt"), "{}", text);
                let apart = closed_md(&referat, Words::of(meeting.language), &profile).unwrap();
                assert_inert(&apart, 8, &referat);
            }
        }
        let said: BTreeSet<SegmentId> = transcript.segments.iter().map(|one| one.id).collect();
        let named = |name: &String| meeting.header.everybody().any(|one| one.name == *name);
        let mut lines = 0;
        for statement in referat.sections.iter().flat_map(|section| &section.statements) {
            lines += 1;
            prop_assert!(!statement.segments.is_empty());
            prop_assert!(statement.segments.iter().all(|id| said.contains(id)));
            prop_assert!(statement.speaker.iter().chain(&statement.responsible).all(named));
            prop_assert!(!statement.text.contains("Jørgen Udefra"));
            prop_assert!(statement.kind != StatementKind::Procedural);
        }
        // Every sentence may be one of its own here; more there cannot be.
        let sentences: usize = texts.iter().map(|text| 1 + text.matches(['.', '?']).count()).sum();
        prop_assert!(lines <= 2 * sentences + 2, "{} lines of {} sentences", lines, sentences);
    }
}
