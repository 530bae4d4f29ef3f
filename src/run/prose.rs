//! Has a language model word a draft's statements, one section at a time.
//!
//! A model that is not there, does not answer or answers nonsense costs its wording and nothing
//! else: the draft is made all the same, and remarks say what was unused.

use crate::llm::{self, Server};
use referat_core::domain::meeting::Meeting;
use referat_core::domain::referat::Referat;
use referat_core::draft::prose;
use referat_core::language::words::Words;
use referat_core::remark::Remark;

/// Words the statements of `referat` as the model behind `server` does, where that tells only
/// what was said. Closed items stay with the rules' wording.
pub fn reword(
    referat: &mut Referat,
    meeting: &Meeting,
    language: Words<'_>,
    server: &Server,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let closed = |number: Option<&str>| {
        meeting.agenda.items.iter().any(|item| item.closed && Some(item.number.as_str()) == number)
    };
    referat.language_model = Some(server.model().to_owned());
    for section in &mut referat.sections {
        if closed(section.item.as_deref()) {
            continue;
        }
        let Some(question) = prose::question(section, meeting, language) else { continue };
        let asked = llm::LlmQuestion {
            system: prose::instruction(language),
            user: &question.user,
            schema: question.schema,
        };
        match server.ask(&asked) {
            Ok(answer) => remarks.extend(prose::reword(section, meeting, language, &answer)),
            Err(error) => {
                remarks.push(Remark::on_whole(error.to_string()));
                if error.is_lasting() {
                    remarks.push(Remark::on_whole("the language model is not asked any more"));
                    break;
                }
            }
        }
    }
    remarks
}
