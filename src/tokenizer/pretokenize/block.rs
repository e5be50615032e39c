//! GPT-2's pattern for 64 ASCII bytes at once.
//!
//! Going through words one character at a time, a processor guesses wrongly at nearly every end of a
//! word. Here a set of 64 bits says for each class where it is, and a few operations on whole sets say
//! where all pieces start.

use super::patterns::contraction;

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// A byte in all eight bytes of a number.
const fn all(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// For each class of the pattern the places where it is; bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, Default)]
struct Sets {
    beyond_ascii: u64,
    letter: u64,
    number: u64,
    whitespace: u64,
    space: u64,
    apostrophe: u64,
}

/// Where the pieces start that follow the one at the start of the block. Places about which the block
/// does not decide are left out, and so is everything behind them. An empty set means that it decides
/// nothing.
#[inline]
pub(super) fn gpt2_starts(block: &[u8; BLOCK]) -> u64 {
    let sets = classes(block);
    let starts = starts(sets);
    // The last byte before what is not ASCII, or before the end, depends on what follows.
    let decided = sets.beyond_ascii.trailing_zeros().saturating_sub(1).min(63);
    let starts = if starts & sets.apostrophe == 0 { starts } else { with_contractions(block, sets, starts) };
    // The start of the block itself is known.
    starts & ((1 << decided) - 1) & !1
}

/// The starts if there were no contractions; the first byte is one.
#[inline]
fn starts(sets: Sets) -> u64 {
    let Sets { letter, number, whitespace, space, .. } = sets;
    let other = !(letter | number | whitespace);
    // The same class goes on.
    let same = (letter & letter << 1) | (number & number << 1) | (other & other << 1);
    // A word starts at the space before it.
    let word = !whitespace & !same & !(space << 1);
    // A run of whitespace starts a piece, and so does its last character.
    let run = whitespace & !(whitespace << 1 & whitespace >> 1);
    word | run | 1
}

/// Moves the starts behind `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d`.
#[cold]
fn with_contractions(block: &[u8; BLOCK], sets: Sets, mut starts: u64) -> u64 {
    let mut left = starts & sets.apostrophe;
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        left &= left - 1;
        if at + 4 > BLOCK {
            // What follows is out of sight.
            return starts & (u64::MAX >> (BLOCK - 1 - at));
        }
        if let Some(len) = contraction(&block[at + 1..]) {
            starts &= !(0b11 << (at + 1));
            starts |= 2 << (at + len);
        }
    }
    starts
}

/// The sets of a block.
#[inline]
fn classes(block: &[u8; BLOCK]) -> Sets {
    let mut sets = Sets::default();
    let (words, _) = block.as_chunks::<8>();
    for (i, &word) in words.iter().enumerate() {
        let eight = eight(u64::from_le_bytes(word));
        let put = |set: &mut u64, high: u64| *set |= gather(high) << (8 * i);
        put(&mut sets.beyond_ascii, eight.beyond_ascii);
        put(&mut sets.letter, eight.letter);
        put(&mut sets.number, eight.number);
        put(&mut sets.whitespace, eight.whitespace);
        put(&mut sets.space, eight.space);
        put(&mut sets.apostrophe, eight.apostrophe);
    }
    sets
}

/// The classes of eight bytes: the highest bit of each byte says yes or no.
#[inline]
fn eight(bytes: u64) -> Sets {
    const HIGH: u64 = all(0x80);
    // Seven bits a byte, so that no sum below reaches the next byte.
    let x = bytes & !HIGH;
    let at_least = |x: u64, byte: u8| x + all(0x80 - byte);
    let between = |x: u64, low: u8, high: u8| at_least(x, low) & !at_least(x, high + 1) & HIGH;
    let equal = |byte: u8| !((x ^ all(byte)) + all(0x7F)) & HIGH;
    let space = equal(b' ');
    Sets {
        beyond_ascii: bytes & HIGH,
        // Upper case to lower case.
        letter: between(x | all(0x20), b'a', b'z'),
        number: between(x, b'0', b'9'),
        whitespace: between(x, b'\t', b'\r') | space,
        space,
        apostrophe: equal(b'\''),
    }
}

/// The highest bits of eight bytes, side by side.
#[inline]
fn gather(high: u64) -> u64 {
    // Multiplying adds up shifted copies: one of them puts bit 8k at 56 + k, and no two meet.
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_class() {
        for byte in 0..=255u8 {
            for place in [0, 7, 8, 63] {
                let mut block = [b'.'; BLOCK];
                block[place] = byte;
                let sets = classes(&block);
                let expect = |yes: bool| u64::from(yes) << place;
                assert_eq!(sets.beyond_ascii, expect(byte >= 0x80), "{byte}");
                if byte < 0x80 {
                    assert_eq!(sets.letter, expect(byte.is_ascii_alphabetic()), "{byte}");
                    assert_eq!(sets.number, expect(byte.is_ascii_digit()), "{byte}");
                    assert_eq!(sets.whitespace, expect(char::from(byte).is_whitespace()), "{byte}");
                    assert_eq!(sets.space, expect(byte == b' '), "{byte}");
                    assert_eq!(sets.apostrophe, expect(byte == b'\''), "{byte}");
                }
            }
        }
    }
}
