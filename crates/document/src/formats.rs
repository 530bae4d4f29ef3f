//! The kinds of file that a referat is sent as: a new one is a file with its [`Format`] and a line
//! here.

use std::str::FromStr;

use crate::format::Format;
use crate::{docx, html, json, markdown, pdf, plain};

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] =
        [docx::FORMAT, html::FORMAT, pdf::FORMAT, markdown::FORMAT, plain::FORMAT, json::FORMAT];
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(|format| format.ending).join(", ");
        Self::ALL
            .into_iter()
            .find(|format| format.ending.eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("`{text}` is not one of: {}", known()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_by_its_ending_and_what_is_none_is_told() {
        assert_eq!("DOCX".parse::<Format>().unwrap(), docx::FORMAT);
        let told = "odt".parse::<Format>().unwrap_err();
        assert_eq!(told, "`odt` is not one of: docx, html, pdf, md, txt, json");
    }

    #[test]
    fn no_two_formats_share_an_ending() {
        for (index, format) in Format::ALL.iter().enumerate() {
            assert!(!Format::ALL[..index].contains(format), "{format:?}");
        }
    }
}
