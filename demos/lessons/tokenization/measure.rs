//! What a tokenizer makes of a text, as numbers.

use concepts::tokenizer::{Encoding, Model, TokenId, Tokenizer};

/// Tokens of a text, and how many of them stand for something unknown; NaN if it cannot be cut.
pub(super) fn cut(tokenizer: &Tokenizer, text: &str) -> (f64, f64) {
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
pub(super) fn unknown(tokenizer: &Tokenizer) -> Option<TokenId> {
    match tokenizer.model() {
        Model::Bpe(_, rules) => rules.unknown,
        Model::WordPiece(model) => Some(model.unknown()),
        Model::Unigram(model) => model.unknown(),
    }
}

/// A token for people: text as it is, with `Ġ` for a space where the model is byte-level, and bytes that are
/// no whole character as `\xE6`. Of a very long one, the beginning.
pub(super) fn shown(tokenizer: &Tokenizer, id: TokenId) -> String {
    let symbol = match tokenizer.model() {
        Model::Bpe(bpe, _) if tokenizer.model().is_byte_level() => bpe.vocabulary().token(id),
        _ => None,
    };
    let name = match symbol {
        Some(symbol) => symbol.to_string().replace(' ', "Ġ"),
        None => tokenizer.token(id).unwrap_or_default().replace(' ', "Ġ"),
    };
    beginning(&one_line(&name))
}

/// Most characters of a token that a table shows: a corpus of one endless word makes endless tokens.
const SHOWN: usize = 40;

/// The text, or its beginning and how many characters there are.
pub(super) fn beginning(text: &str) -> String {
    let length = text.chars().count();
    if length <= SHOWN {
        return text.to_owned();
    }
    let begun: String = text.chars().take(SHOWN - 10).collect();
    format!("{begun}…[{length}]")
}

/// All tokens of a text for people.
pub(super) fn listed(tokenizer: &Tokenizer, encoding: &Encoding) -> String {
    let names: Vec<String> = encoding.ids.iter().map(|&id| shown(tokenizer, id)).collect();
    names.join(" ")
}

/// Ends of lines and tabs made visible.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => '⏎',
            '\t' => '⇥',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// Text that is measured on, in bytes.
const MEASURED: usize = 100_000;

/// The beginning of a text, as much as is measured on.
pub(super) fn measured(bytes: &[u8]) -> &[u8] {
    let starts_character = |&at: &usize| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
    let most = bytes.len().min(MEASURED);
    &bytes[..(0..=most).rev().find(starts_character).unwrap_or(most)]
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn long_tokens_are_shown_by_their_beginning() {
        assert_eq!(beginning("词"), "词");
        assert_eq!(beginning(&"a".repeat(40)), "a".repeat(40));
        assert_eq!(beginning(&"词".repeat(900)), format!("{}…[900]", "词".repeat(30)));
    }
}
