//! Random documents: such as layout and a referent in Word make, and text as it is typed.

use proptest::collection::vec;
use proptest::prelude::*;

use referat_core::domain::referat::StatementId;
use referat_document::document::{Beneath, Block, Document, NumberedEntry, Said, StatementBlock};
use referat_document::text::{Run, Style, Text};

/// Words that try every mark of every format.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zæøåA-ZÆØÅ0-9]{1,9}[.,:?]?",
        1 => prop::sample::select(vec![
            "*", "**", "_a_", "`x`", "~", "#", "##", "-", "+", "1.", "4.1.", "2)", "4a.", ">", "|",
            "&amp;", "&", "<b>", "</w:t>", "-->", "<!--", "[a](b)", "[?]", "[ukendt taler]", "\\",
            "$x$", "#set", "@ref", "{{ x }}", "{%", "=cmd|' /C calc'!A0", "\"", "'", "]]>", "–",
            "00:00:12", "Øvrigt:", "s-1a", "---", "===", "<br>", "~~a~~", "a*b*c", "__", "//", "/*",
        ]).prop_map(str::to_owned),
    ]
}

/// A line's words.
fn words() -> impl Strategy<Value = String> {
    vec(word(), 1..9).prop_map(|words| words.join(" "))
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        5 => Just(Style::default()),
        1 => Just(Style::STRONG),
        1 => Just(Style { emphasis: true, ..Style::default() }),
        1 => Just(Style { emphasis: true, ..Style::STRONG }),
        1 => Just(Style::COMMENT),
    ]
}

/// Formatted text on one line.
fn line() -> impl Strategy<Value = Text> {
    vec((words(), style(), prop::bool::ANY), 1..4).prop_map(|runs| {
        let runs = runs.into_iter().map(|(mut text, style, space)| {
            text.push_str(if space { " " } else { "" });
            Run { text, style }
        });
        Text::from(runs.collect::<Vec<_>>())
    })
}

/// Formatted text that may have line breaks.
fn text() -> impl Strategy<Value = Text> {
    vec(line(), 1..3).prop_map(|lines| {
        let mut runs = Vec::new();
        for line in lines {
            runs.extend(line.runs().to_vec());
            runs.push(Run { text: "\n".into(), style: Style::default() });
        }
        Text::from(runs)
    })
}

fn said() -> impl Strategy<Value = Said> {
    ("0[0-2]:[0-5][0-9]:[0-5][0-9]", words()).prop_map(|(at, text)| Said { at, text: text.into() })
}

fn beneath() -> impl Strategy<Value = Beneath> {
    prop_oneof![
        said().prop_map(Beneath::Said),
        vec(said(), 1..3).prop_map(|said| Beneath::More { label: "Øvrigt:".into(), said }),
        (1u8..3, text()).prop_map(|(depth, text)| Beneath::Point { depth, text }),
    ]
}

fn statement() -> impl Strategy<Value = StatementBlock> {
    let id = prop::option::of("s-[0-9a-f]{12}");
    (id, "0[0-2]:[0-5][0-9]:[0-5][0-9]", text(), vec(beneath(), 0..4)).prop_map(
        |(id, at, text, beneath)| {
            let at = if id.is_some() { at } else { String::new() };
            StatementBlock { id: id.map(StatementId), at, text, beneath }
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        2 => (1u8..4, line(), any::<bool>())
            .prop_map(|(level, text, bold)| Block::Heading { level, text, bold }),
        1 => Just(Block::Rule),
        1 => words().prop_map(|words| Block::Label(words.into())),
        3 => text().prop_map(Block::Paragraph),
        1 => words().prop_map(|words| Block::Note(words.into())),
        1 => vec(vec(line(), 1..3), 1..4).prop_map(|entries| {
            let number = |(index, lines): (usize, _)| NumberedEntry {
                number: (index + 1).to_string(),
                lines,
            };
            Block::Numbered(entries.into_iter().enumerate().map(number).collect())
        }),
        6 => statement().prop_map(Block::Statement),
        1 => (vec(line(), 3), vec(vec(line(), 3), 0..3))
            .prop_map(|(head, rows)| Block::Table { head, rows }),
        1 => "[a-zæøå][a-zæøå ]{0,19}".prop_map(Block::Comment),
    ]
}

/// A document of any blocks.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    vec(block(), 0..12).prop_map(|blocks| Document { blocks })
}

/// Text as somebody types it into `referat.md`.
pub(crate) fn typed() -> impl Strategy<Value = String> {
    let begin = prop::sample::select(vec![
        "",
        "",
        "",
        "- ",
        "- ",
        "  - ",
        "    ",
        "* ",
        "+ ",
        "## ",
        "# ",
        "###### ",
        "1. ",
        "12) ",
        "> ",
        "| ",
        "**",
        "*",
        "<!-- ",
        "\t- ",
        "---",
        "```",
        "\\",
        "| - | - |",
    ]);
    let end = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "  ",
        "\\",
        "**",
        "*",
        " -->",
        " |",
        " <!-- s-1a 00:00:10 -->",
        "\r",
    ]);
    let line = (begin, prop::option::of(words()), end)
        .prop_map(|(begin, words, end)| format!("{begin}{}{end}", words.unwrap_or_default()));
    vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}
