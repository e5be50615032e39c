//! How long tokens are.

use concepts::tokenizer::{Model, Tokenizer};

/// Tokens of so many characters and more are counted together.
pub(crate) const LONGEST: usize = 12;

/// Share of the vocabulary by number of characters, without the marks of the algorithm. At 0: bytes that are
/// no whole character.
pub(crate) fn lengths(tokenizer: &Tokenizer) -> [f64; LONGEST + 1] {
    let mut shares = [0.0; LONGEST + 1];
    let all = tokenizer.len().max(1) as f64;
    for id in (0..tokenizer.model().len() as u32).filter(|&id| tokenizer.model().token(id).is_some()) {
        shares[characters(tokenizer, id).min(LONGEST)] += 1.0 / all;
    }
    shares
}

fn characters(tokenizer: &Tokenizer, id: u32) -> usize {
    match tokenizer.model() {
        Model::Bpe(bpe, _) => {
            let symbol = bpe.vocabulary().token(id);
            symbol.and_then(|symbol| symbol.as_str()).map_or(0, |text| text.chars().count())
        }
        Model::WordPiece(model) => {
            let name = tokenizer.token(id).unwrap_or_default();
            name.strip_prefix(model.continuation()).unwrap_or(&name).chars().count()
        }
        Model::Unigram(_) | Model::WordLevel(_) => tokenizer.token(id).map_or(0, |name| name.chars().count()),
    }
}
