//! GPT-2's printable bytes: a character for each byte, so that a vocabulary of bytes is a text file.

use super::bpe::{Base, ByteOrder};

/// The character that stands for a byte.
///
/// # Formula
/// Printable bytes (`!`–`~`, `¡`–`¬`, `®`–`ÿ`) stand for themselves, the other 68 in order for
/// `U+0100`, `U+0101`, …; so the space is `Ġ` and the end of a line `Ċ`.
///
/// # Reference
/// Radford et al. 2019, `bytes_to_unicode` in GPT-2's `encoder.py`.
///
/// # Examples
/// ```
/// use concepts::tokenizer::{byte_of_char, char_of_byte};
/// assert_eq!([b'a', b' ', b'\n'].map(char_of_byte), ['a', 'Ġ', 'Ċ']);
/// assert!((0..=255).all(|byte| byte_of_char(char_of_byte(byte)) == Some(byte)));
/// ```
pub fn char_of_byte(byte: u8) -> char {
    match byte {
        b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF => char::from(byte),
        0..=0x20 => shifted(byte.into()),
        0x7F..=0xA0 => shifted(0x21 + u32::from(byte - 0x7F)),
        0xAD => shifted(0x43),
    }
}

/// The `n`-th character that is lent to a byte which is not printable; there are 68.
fn shifted(n: u32) -> char {
    char::from_u32(0x100 + n).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that a character stands for; `None` if it is none of the 256.
pub fn byte_of_char(c: char) -> Option<u8> {
    match u32::from(c) {
        n @ (0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF) => u8::try_from(n).ok(),
        n @ 0x100..=0x120 => u8::try_from(n - 0x100).ok(),
        n @ 0x121..=0x142 => u8::try_from(n - 0x121 + 0x7F).ok(),
        0x143 => Some(0xAD),
        _ => None,
    }
}

/// Bytes as printable characters.
///
/// # Examples
/// ```
/// use concepts::tokenizer::{bytes_from_printable, printable_from_bytes};
/// assert_eq!(printable_from_bytes(" 我".as_bytes()), "ĠæĪĳ");
/// assert_eq!(bytes_from_printable("ĠæĪĳ"), Some(" 我".as_bytes().to_vec()));
/// assert_eq!(bytes_from_printable("我"), None);
/// ```
pub fn printable_from_bytes(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char_of_byte).collect()
}

/// The bytes again; `None` if a character stands for no byte.
pub fn bytes_from_printable(text: &str) -> Option<Vec<u8>> {
    text.chars().map(byte_of_char).collect()
}

impl ByteOrder {
    /// The bytes by id.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::bpe::ByteOrder;
    /// assert_eq!(ByteOrder::Value.bytes()[32], b' ');
    /// assert_eq!(ByteOrder::Gpt2.bytes()[220], b' ');
    /// ```
    pub fn bytes(self) -> [u8; 256] {
        let mut order: [u8; 256] = std::array::from_fn(|id| id as u8);
        if self == ByteOrder::Gpt2 {
            order.sort_by_key(|&byte| char_of_byte(byte));
        }
        order
    }
}

impl Base {
    /// The 256 bytes by id; `None` for characters, which are known only when the corpus is.
    pub(super) fn bytes(self) -> Option<[u8; 256]> {
        match self {
            Base::Chars => None,
            Base::Bytes(order) => Some(order.bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_exact() {
        let back = |c: char| byte_of_char(c).is_none_or(|byte| char_of_byte(byte) == c);
        assert!((0..=0x10FFFF).filter_map(char::from_u32).all(back));
    }

    #[test]
    fn gpt2_numbers_printable_bytes_first() {
        let order = ByteOrder::Gpt2.bytes();
        // The ids of GPT-2's own vocabulary.
        for (byte, id) in [(b'!', 0), (b'A', 32), (b'~', 93), (0xA1, 94), (0xFF, 187), (0, 188), (b' ', 220)]
        {
            assert_eq!(order[id], byte);
        }
        assert_eq!(order[255], 0xAD);
    }
}
