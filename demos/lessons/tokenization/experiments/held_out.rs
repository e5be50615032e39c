//! What a tokenizer makes of a text held out, as numbers.

use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{Model, TokenId, Tokenizer};

use super::prose::beginning;

/// Tokens of a text, and how many of them stand for something unknown; NaN if it cannot be cut.
pub(crate) fn cut(tokenizer: &Tokenizer, text: &str) -> (f64, f64) {
    let unknown = unknown(tokenizer);
    let (mut tokens, mut lost) = (0.0, 0.0);
    // A pattern cuts a whole text, in which ends of lines may stand together; SentencePiece reads line by line.
    let whole =
        matches!(tokenizer.pretokenizer(), Pretokenizer::Gpt2 | Pretokenizer::Cl100k | Pretokenizer::Qwen);
    let lines: Vec<&str> = if whole { vec![text] } else { text.split_inclusive('\n').collect() };
    for line in lines {
        let line =
            if matches!(tokenizer.model(), Model::Unigram(_)) { line.trim_end_matches('\n') } else { line };
        let Ok(encoding) = tokenizer.encode(line) else { return (f64::NAN, f64::NAN) };
        tokens += encoding.ids.len() as f64;
        lost += encoding.ids.iter().filter(|&&id| Some(id) == unknown).count() as f64;
    }
    (tokens, lost)
}

/// The token for what is unknown, if there is one.
pub(crate) fn unknown(tokenizer: &Tokenizer) -> Option<TokenId> {
    match tokenizer.model() {
        Model::Bpe(_, rules) => rules.unknown,
        Model::WordPiece(model) => Some(model.unknown()),
        Model::Unigram(model) => model.unknown(),
        Model::WordLevel(model) => model.unknown().1,
    }
}

/// Text that is measured on, in bytes.
const MEASURED: usize = 100_000;

/// The beginning of a text, as much as is measured on.
pub(crate) fn measured(text: &str) -> &str {
    beginning(text, MEASURED)
}

#[cfg(test)]
mod tests {
    use concepts::tokenizer::bpe::Base;

    use super::*;
    use crate::lessons::tokenization::learn::tokenizer_of;
    use crate::lessons::tokenization::trained::{BYTES, Trained};

    #[test]
    fn empty_lines_are_cut_as_they_were_learned() {
        let text = "def a():\n    pass\n\n\ndef b():\n    pass\n\n\n".repeat(20);
        for base in [BYTES, Base::Chars] {
            let trained = Trained::new(&text, Pretokenizer::Gpt2, base, 40).unwrap();
            let tokens = cut(&tokenizer_of(&trained).unwrap(), &text).0;
            assert_eq!(tokens, trained.length(text.as_bytes()));
        }
    }
}
