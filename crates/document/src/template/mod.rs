//! A document becomes whatever text a template of the office's own makes of it.
//!
//! Takes the document, what the machine knows of its statements, and a template in the Jinja
//! language; gives text. The template gets values and can do nothing but write them: no file but
//! those that the caller's loader hands out, no clock, no network, a bounded number of steps.
//! Every value is escaped for the kind of file that the template's name ends in, so that what
//! somebody said stays text; kinds whose markup is not known here are refused.

mod data;

use std::error::Error as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use crate::document::Document;
use crate::markdown::write::escaped;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::Referat;
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;

/// Steps that a template may take, and 64-byte pieces of text that it may make: enough for
/// 10,000 statements under `samples/templates/referat.html.jinja` (`tests/promises/export_template.rs`).
const FUEL: u64 = 10_000_000;
/// How deep loops, macros and includes may stand in one another; an include counts as ten.
const DEPTH: usize = 120;
/// Endings that only say that a file is a template.
const OWN_ENDINGS: [&str; 3] = [".jinja", ".jinja2", ".j2"];

/// Gives the text of a template that another one includes, by its name; `None` where there is
/// none, the reason where it cannot be read.
pub type Load = Box<dyn Fn(&str) -> Result<Option<String>, String> + Send + Sync>;

/// A template of the user's own.
pub struct Template<'a> {
    /// The file's name; its ending tells what is written: `brev.html.jinja` writes HTML.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Hands out what it includes.
    pub load: Load,
}

/// What a template is filled with.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The document as it is to be sent.
    pub document: &'a Document,
    /// The document's header and agenda, read from its text.
    pub meeting: &'a Meeting,
    /// What the machine knows of its statements; none where there is no draft.
    pub referat: Option<&'a Referat>,
    /// The fixed words.
    pub language: Words<'a>,
    /// Whether times and the speakers' sentences stand in the document.
    pub draft: bool,
}

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Nothing says how text is kept from becoming markup in such a file.
    #[error("cannot use the template `{name}`: its name does not end in a kind of text known here")]
    Kind {
        /// The template.
        name: String,
    },
    /// A line of it fails.
    #[error("cannot use the template `{name}`: line {line}: {reason}")]
    Line {
        /// The template, or the one it includes.
        name: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
        /// What to do about it.
        tip: String,
    },
}

impl TemplateError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> String {
        match self {
            Self::Kind { .. } => "name it after what it writes, as in `brev.html.jinja`: \
                .txt, .md, .html, .xml, .fodt or .json"
                .to_owned(),
            Self::Line { tip, .. } => tip.clone(),
        }
    }
}

/// Returns the file name of what the template called `name` writes: without the ending that
/// says it is one.
pub fn written_name(name: &str) -> &str {
    OWN_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// Returns what the template writes.
///
/// # Errors
/// The kind of file is not known, or a line of the template cannot be read or carried out.
pub fn write(template: Template<'_>, contents: &Contents<'_>) -> Result<String, TemplateError> {
    let Template { name, text, load } = template;
    let Some(escape) = escape(written_name(name)) else {
        return Err(TemplateError::Kind { name: name.to_owned() });
    };
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // A line of nothing but a tag leaves no blank line behind.
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().map_err(|error| located(name, &error))?);
    // What is included writes into the same file.
    environment.set_auto_escape_callback(move |_| escape.clone());
    environment.set_formatter(|out, state, value| match state.auto_escape() {
        // What is absent is not written.
        _ if value.is_none() => Ok(()),
        AutoEscape::Custom(_) if !value.is_safe() => {
            Ok(out.write_str(&escaped(&value.to_string()))?)
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    environment.set_loader(move |name| {
        load(name).map_err(|reason| Error::new(ErrorKind::BadInclude, reason))
    });
    let failed = |error: Error| located(name, &error);
    let template = environment.template_from_named_str(name, text).map_err(failed)?;
    let values = data::values(contents, Headings::of(contents.language));
    template.render(Value::from(Serde(&values))).map_err(failed)
}

/// Returns how text is escaped in a file of that name.
fn escape(name: &str) -> Option<AutoEscape> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "txt" => Some(AutoEscape::None),
        "md" | "markdown" => Some(AutoEscape::Custom("markdown".into())),
        "html" | "htm" | "xhtml" | "xml" | "fodt" => Some(AutoEscape::Html),
        "json" => Some(AutoEscape::Json),
        _ => None,
    }
}

/// Returns the failure with the place where it began: an include that fails wraps it.
fn located(name: &str, error: &Error) -> TemplateError {
    let mut inner = error;
    while let Some(source) = inner.source().and_then(|source| source.downcast_ref::<Error>()) {
        inner = source;
    }
    let reason = inner.detail().map_or_else(|| inner.kind().to_string(), str::to_owned);
    TemplateError::Line {
        name: inner.name().or(error.name()).unwrap_or(name).to_owned(),
        line: inner.line().or(error.line()).unwrap_or(1),
        reason: reason.replace('\n', " "),
        tip: tip(inner.kind()).to_owned(),
    }
}

fn tip(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::UndefinedError => {
            "the names that a template may use stand in `referat export --help`"
        }
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            "a template includes files of its own folder and of those in it, by name"
        }
        ErrorKind::OutOfFuel => "let it loop over less: it takes more steps than a referat needs",
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => {
            "use one of Jinja's own filters, as in {{ title | upper }}"
        }
        _ => {
            "mend that line: {{ value }}, {% for … in … %}, {% if … %}, each ended with {% end… %}"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    fn written(name: &str, text: &str) -> Result<String, TemplateError> {
        let blocks = vec![
            Block::Heading { level: 1, text: "Referat <b>".into(), bold: false },
            Block::Paragraph("{{ 7*7 }} *a* \"b\" # c".into()),
        ];
        let contents = Contents {
            document: &Document { blocks },
            meeting: &Meeting::default(),
            referat: None,
            language: Words::danish(),
            draft: false,
        };
        let load: Load = Box::new(|name| match name {
            "hoved.txt" => Ok(Some("{{ title }}|{{ header.place }}".to_owned())),
            "fejl.txt" => Ok(Some("en\n{{ findes_ikke }}".to_owned())),
            "laast.txt" => Err("it is not yours to read".to_owned()),
            _ => Ok(None),
        });
        write(Template { name, text, load }, &contents)
    }

    #[test]
    fn a_value_is_escaped_for_the_kind_of_file_and_never_read_as_a_template() {
        let text = "{{ blocks[1].text }}";
        assert_eq!(written("a.txt", text).unwrap(), "{{ 7*7 }} *a* \"b\" # c");
        assert_eq!(written("a.md.j2", text).unwrap(), "{{ 7\\*7 }} \\*a\\* \"b\" # c");
        assert_eq!(written("a.html", text).unwrap(), "{{ 7*7 }} *a* &quot;b&quot; # c");
        assert_eq!(written("a.json.jinja", text).unwrap(), "\"{{ 7*7 }} *a* \\\"b\\\" # c\"");
        assert!(matches!(written("a.tex", text), Err(TemplateError::Kind { .. })));
        assert!(matches!(written("a", text), Err(TemplateError::Kind { .. })));
    }

    #[test]
    fn what_is_included_is_escaped_as_the_file_that_it_is_written_into() {
        let html = written("a.html", "{% include 'hoved.txt' %}").unwrap();
        assert_eq!(html, "Referat &lt;b&gt;|");
    }

    #[test]
    fn a_failure_names_the_file_and_the_line_where_it_began() {
        let place = |text: &str| match written("a.txt", text) {
            Err(TemplateError::Line { name, line, .. }) => (name, line),
            other => panic!("{other:?}"),
        };
        assert_eq!(place("a\n{% for %}"), ("a.txt".into(), 2));
        assert_eq!(place("a\n\n{{ titel }}"), ("a.txt".into(), 3));
        assert_eq!(place("{{ title | findes_ikke }}"), ("a.txt".into(), 1));
        assert_eq!(place("\n{% include 'fejl.txt' %}"), ("fejl.txt".into(), 2));
        assert_eq!(place("\n{% include 'ingen.txt' %}"), ("a.txt".into(), 2));
        assert_eq!(place("\n{% include 'laast.txt' %}"), ("a.txt".into(), 2));
    }

    #[test]
    fn a_template_that_does_not_end_is_ended() {
        let all =
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
        assert!(written("a.txt", all).is_err());
        let deep = "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}";
        assert!(written("a.txt", deep).is_err());
        let wide = "{% set n = namespace(s='0123456789') %}\
            {% for a in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}";
        assert!(written("a.txt", wide).is_err());
    }
}
