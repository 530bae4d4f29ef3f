//! LaTeX becomes plain lines, each command's text on the line where it stood.

use std::sync::LazyLock;

use crate::language::pattern::regex;
use regex::{Captures, Regex};

/// Returns whether a text is a LaTeX document.
pub(super) fn is_latex(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty()).take(40);
    lines.any(|line| line.starts_with("\\documentclass") || line.starts_with("\\begin{document}"))
}

/// Returns the document as plain text with as many lines.
pub(super) fn to_plain(text: &str) -> String {
    static SETUP: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\\(?:documentclass|usepackage|pagestyle|thispagestyle|renewcommand|newcommand|setlength|addtolength|begin|end|[lcr]head|[lcr]foot|label|vspace|hspace|includegraphics|includepdf|input)\*?(?:\[[^\]]*\])?(?:\{[^{}]*\}){0,3}(?:\[[^\]]*\])?",
        )
    });
    static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"\\item\s*(?:\[([^\]]*)\])?\s*"));
    static HEADING: LazyLock<Regex> =
        LazyLock::new(|| regex(r"\\(?:(sub)*section|chapter|paragraph)\*?\{([^{}]*)\}"));
    static KEPT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\\(?:title|author|date|textbf|textit|emph|underline|textsc|text|mbox|large|Large)\{([^{}]*)\}",
        )
    });
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| regex(r"\\[a-zA-Z]+\*?(?:\{[^{}]*\})?"));
    static BREAK: LazyLock<Regex> = LazyLock::new(|| regex(r"\\\\(?:\[[^\]]*\])?"));
    let mut plain = String::with_capacity(text.len());
    // Numbers of the numbered lists that are open; `None` for bullets.
    let mut lists: Vec<Option<u32>> = Vec::new();
    let mut section = 0u32;
    for line in text.split('\n') {
        let comment = line.char_indices().find(|(at, c)| *c == '%' && !line[..*at].ends_with('\\'));
        let line = comment.map_or(line, |(at, _)| &line[..at]);
        if line.contains("\\begin{") && lists.len() < 50 {
            if line.contains("{enumerate}") {
                lists.push(Some(0));
            } else if line.contains("{itemize}") || line.contains("{description}") {
                lists.push(None);
            }
        } else if line.contains("\\end{enumerate}") || line.contains("\\end{itemize}") {
            lists.pop();
        }
        let line = SETUP.replace_all(line, "");
        let line = BREAK.replace_all(&line, "  ");
        let line = line.replace("\\textsection", "§").replace("\\S ", "§ ").replace("\\&", "&");
        let depth = lists.len();
        let line = ITEM.replace(&line, |it: &Captures<'_>| match (it.get(1), lists.last_mut()) {
            (Some(mark), _) => format!("{} ", mark.as_str().trim()),
            // An inner list is indented, so that its numbers are not taken for the agenda's.
            (None, Some(Some(count))) => {
                *count += 1;
                if depth > 1 { format!("{}- ", "  ".repeat(depth)) } else { format!("{count}. ") }
            }
            (None, _) => format!("{}- ", "  ".repeat(depth)),
        });
        let line = HEADING.replace(&line, |it: &Captures<'_>| {
            if it.get(1).is_some() {
                return format!("## {}", &it[2]);
            }
            section += 1;
            format!("# {section}. {}", &it[2])
        });
        let line = KEPT.replace_all(&line, "$1");
        let line = COMMAND.replace_all(&line, "");
        plain.push_str(line.replace(['{', '}'], "").replace('~', " ").trim_end());
        plain.push('\n');
    }
    plain.pop();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_sections_become_numbered_lines() {
        let text = "\\documentclass{article}\n\\title{Referat}\n\\begin{enumerate}\n\\item[\\textsection 1] Til stede:\n\\begin{enumerate}\n\\item Bo Bech;\n\\end{enumerate}\n\\end{enumerate}";
        assert!(is_latex(text));
        assert_eq!(to_plain(text), "\nReferat\n\n§ 1 Til stede:\n\n    - Bo Bech;\n\n");
    }

    #[test]
    fn a_comment_ends_a_line() {
        assert_eq!(to_plain("50 \\% af % alle"), "50 \\% af");
    }
}
