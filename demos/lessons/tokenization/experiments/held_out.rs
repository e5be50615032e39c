//! What a tokenizer makes of a text held out, as numbers.

use concepts::tokenizer::{Model, TokenId, Tokenizer};

use super::prose::beginning;

/// Tokens of a text, and how many of them stand for something unknown; NaN if it cannot be cut.
pub(crate) fn cut(tokenizer: &Tokenizer, text: &str) -> (f64, f64) {
    let unknown = unknown(tokenizer);
    let (mut tokens, mut lost) = (0.0, 0.0);
    // line by line, as SentencePiece reads
    for line in text.split_inclusive('\n') {
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
