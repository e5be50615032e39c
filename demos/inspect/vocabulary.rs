//! The tokens of a model, and how it writes a chat.

use concepts::tokenizer::{Decoder, Message, Model};

use super::WORDS;
use super::shown::{one_line, token};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::{Lang, Text};
use crate::real::Real;
use crate::{named, row};

/// What a template gets that asks for the date.
const DATE: &str = "01 Jan 2025";
/// Lines of a chat that are shown.
const LINES: usize = 40;

pub(super) fn findings(real: &Real) -> Findings {
    let mut findings = Findings::default();
    findings.table("vocabulary", vocabulary(real));
    findings.note("rowless", rowless(real.tokenizer.len(), real.config().vocab));
    let (tables, note) = chat(real);
    findings.tables("chat", tables);
    findings.note("chat_note", note);
    findings
}

fn vocabulary(real: &Real) -> Table {
    let tokenizer = &real.tokenizer;
    let grid = Grid::new("vocabulary", &WORDS);
    let kind = grid.word(match tokenizer.model() {
        Model::Bpe(..) if matches!(tokenizer.decoder(), Decoder::Bytes) => "bytes",
        Model::Bpe(..) => "bpe",
        Model::WordPiece(_) => "wordpiece",
        Model::Unigram(_) => "unigram",
        Model::WordLevel(_) => "words",
    });
    let special = tokenizer.added().iter().filter(|added| added.special).count();
    let list = |ids: &[u32]| match ids {
        [] => grid.word("none"),
        ids => Text::same(ids.iter().map(|&id| token(real, id)).collect::<Vec<_>>().join(" ")),
    };
    let (begin, end) = (list(tokenizer.frame().0), list(&real.ends));
    let template = grid.word(if real.template().is_some() { "there" } else { "none" });
    grid.said("tokens", row![tokenizer.len()])
        .said("model", row![kind])
        .said("special", row![special])
        .said("begin", row![begin])
        .said("end", row![end])
        .said("template", row![template])
        .table()
}

/// Tokens that the tokenizer has and the embedding has no row for: a text that has one is refused when it is read.
fn rowless(ids: usize, rows: usize) -> Option<Text> {
    (ids > rows).then(|| WORDS.with("rowless", &named![ids, rows, over = ids - rows]))
}

/// A chat of one line as the model was trained to read it, or why there is none.
fn chat(real: &Real) -> (Vec<Table>, Option<Text>) {
    let content = WORDS.get("chat.hello");
    let messages = [Message { role: "user", content: content.get(Lang::En) }];
    match real.chat(&messages, Some(DATE)) {
        None => (Vec::new(), Some(WORDS.get("chat.missing"))),
        Some(Err(refused)) => (Vec::new(), Some(WORDS.with("chat.refused", &named![reason = refused.0]))),
        Some(Ok(text)) => {
            let lines = text.split_inclusive('\n').take(LINES);
            let rows = (1_usize..).zip(lines).map(|(place, line)| row![place, one_line(line)]);
            (vec![Grid::new("chat", &WORDS).rows(rows).table()], None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_without_a_row_are_said() {
        assert_eq!((rowless(64, 64), rowless(60, 64)), (None, None));
        let said = rowless(70, 64).expect("six of them");
        assert!(said.get(Lang::En).contains('6') && said.get(Lang::Zh).contains("64"), "{said:?}");
    }
}
