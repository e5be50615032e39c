//! What a tokenizer makes of a text held out, as numbers.

use concepts::tokenizer::{Model, TokenId, Tokenizer};

use super::prose::beginning;

/// Tokens of a text, and how many of them stand for something unknown; NaN if it cannot be cut.
pub(crate) fn cut(tokenizer: &Tokenizer, text: &str) -> (f64, f64) {
    let unknown = unknown(tokenizer);
    let (mut tokens, mut lost) = (0.0, 0.0);
    // A text is cut as a whole, in which ends of lines may stand together; SentencePiece's unigram model learns line by
    // line.
    let lines: Vec<&str> = match tokenizer.model() {
        Model::Unigram(_) => text.lines().collect(),
        _ => vec![text],
    };
    for line in lines {
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
    use concepts::tokenizer::Allowed;
    use concepts::tokenizer::bpe::Base;
    use concepts::tokenizer::pretokenize::{Behavior, Cut, Pretokenizer, Split};

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

    #[test]
    fn a_pattern_of_its_own_cuts_the_whole_text_too() {
        let text = "a\n\n\nb\n\n\n".repeat(50);
        let trained = Trained::new(&text, Pretokenizer::Gpt2, BYTES, 40).unwrap();
        let pattern = Split::regex(r"\s*[\r\n]+|\w", Behavior::Isolated, false).unwrap();
        let tokenizer = tokenizer_of(&trained).unwrap().with_pretokenizer(Pretokenizer::None);
        let tokenizer = tokenizer.with_cuts(vec![Cut::Split(pattern)]);
        assert_eq!(cut(&tokenizer, &text).0, tokenizer.ids(&text, Allowed::None).unwrap().len() as f64);
    }
}
