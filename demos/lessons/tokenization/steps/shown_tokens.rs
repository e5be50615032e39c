//! How a token is written for people.

use concepts::tokenizer::{Decoder, Encoding, Model, TokenId, Tokenizer};

use crate::kit::visible::visible;

/// A token for people: text as it is, with `Ġ` or `▁` for a space, and bytes that are
/// no whole character as `\xE6`. Of a very long one, the beginning.
pub(crate) fn shown(tokenizer: &Tokenizer, id: TokenId) -> String {
    let symbol = match tokenizer.model() {
        Model::Bpe(bpe, _) if tokenizer.model().is_byte_level() => bpe.vocabulary().token(id),
        _ => None,
    };
    let name = match symbol {
        Some(symbol) => symbol.to_string().replace(' ', "Ġ"),
        None => tokenizer.token(id).unwrap_or_default().replace(' ', blank(tokenizer)),
    };
    beginning(&one_line(&name))
}

/// The sign of a blank in a name that has one: that of the other tokens.
fn blank(tokenizer: &Tokenizer) -> &'static str {
    if matches!(tokenizer.decoder(), Decoder::Bytes | Decoder::Joined) { "Ġ" } else { "▁" }
}

/// Most characters of a token that a table shows: a corpus of one endless word makes endless tokens.
const SHOWN: usize = 40;

/// The text, or its beginning and how many characters there are.
pub(crate) fn beginning(text: &str) -> String {
    let length = text.chars().count();
    if length <= SHOWN {
        return text.to_owned();
    }
    let begun: String = text.chars().take(SHOWN - 10).collect();
    format!("{begun}…[{length}]")
}

/// All tokens of a text for people.
pub(crate) fn listed(tokenizer: &Tokenizer, encoding: &Encoding) -> String {
    let names: Vec<String> = encoding.ids.iter().map(|&id| shown(tokenizer, id)).collect();
    names.join(" ")
}

/// Characters that show nothing: no width, and no part in an emoji.
const UNSEEN: [char; 3] = ['\u{ad}', '\u{200b}', '\u{2060}'];

/// Ends of lines and tabs by their signs, other controls and what shows nothing written out.
pub(crate) fn one_line(text: &str) -> String {
    let signs = text.replace('\n', "⏎").replace('\t', "⇥");
    let written = |text: String, c: &char| text.replace(*c, &c.escape_unicode().to_string());
    visible(&UNSEEN.iter().fold(signs, written)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{beginning, one_line};

    #[test]
    fn long_tokens_are_shown_by_their_beginning() {
        assert_eq!(beginning("词"), "词");
        assert_eq!(beginning(&"a".repeat(40)), "a".repeat(40));
        assert_eq!(beginning(&"词".repeat(900)), format!("{}…[900]", "词".repeat(30)));
    }

    #[test]
    fn what_shows_nothing_is_written_out() {
        assert_eq!(one_line("a\u{200b}b\n"), r"a\u{200b}b⏎");
        assert_eq!(one_line("👩\u{200d}👧"), "👩\u{200d}👧");
    }
}
