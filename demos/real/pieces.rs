//! Which bytes of a text each of its tokens stands for.

use concepts::tokenizer::{Decoder, TokenId, Tokenizer};

/// The bytes of each token of a text, if decoding gives the text back. The places that published tokenizers give are no
/// measure of that: a token that is part of a character has the place of the whole one.
pub(crate) fn bytes_of_tokens(tokenizer: &Tokenizer, ids: &[TokenId], text: &str) -> Option<Vec<usize>> {
    let decoded = |ids: &[TokenId]| tokenizer.decode_bytes(ids).unwrap_or_default();
    if decoded(ids) != text.as_bytes() {
        return None;
    }
    let of = |place: usize| {
        if is_byte(tokenizer, ids[place]) {
            return 1;
        }
        // Behind the token before it, since the first of a text may lose a blank.
        let from = place.saturating_sub(1);
        decoded(&ids[from..=place]).len().saturating_sub(decoded(&ids[from..place]).len())
    };
    let bytes: Vec<usize> = (0..ids.len()).map(of).collect();
    (bytes.iter().sum::<usize>() == text.len()).then_some(bytes)
}

/// Is it SentencePiece's token of one byte, `<0xE6>`? Alone it decodes to the sign for what is no text.
fn is_byte(tokenizer: &Tokenizer, id: TokenId) -> bool {
    let name = tokenizer.token(id).unwrap_or_default();
    let digits = name.strip_prefix("<0x").and_then(|rest| rest.strip_suffix('>'));
    *tokenizer.decoder() != Decoder::Bytes
        && digits.is_some_and(|digits| digits.len() == 2 && u8::from_str_radix(digits, 16).is_ok())
}
