//! A word cut into tokens, as a number: the drill compares numbers.
//!
//! Six bits a letter: five say which one, the last says whether a token ends with it. Eight letters are 48 bits, which
//! an `f64` holds exactly, so that equal numbers are equal cuts.

/// The most letters of all tokens together.
pub const MOST_LETTERS: usize = 8;

const BITS: u32 = 6;

/// A cut as a number; nothing if a letter is none of a to z, or there are none or too many.
///
/// # Examples
/// ```
/// use demos::practice::drill::cut::{number, text};
/// let cut = number("lo w est").unwrap();
/// assert_eq!(number("LO|w|est"), Some(cut));
/// assert_eq!(number("['lo', 'w', 'est']"), Some(cut));
/// assert_ne!(number("low est"), Some(cut));
/// assert_eq!(text(cut), "lo w est");
/// assert_eq!(number("3 tokens"), None);
/// ```
pub fn number(tokens: &str) -> Option<f64> {
    let tokens: Vec<String> = tokens
        .split(|c: char| c.is_whitespace() || "|,，、·/+-[]\"'".contains(c))
        .filter(|token| !token.is_empty())
        .map(str::to_lowercase)
        .collect();
    let letters = tokens.iter().map(|token| token.chars().count()).sum::<usize>();
    let known = tokens.iter().all(|token| token.chars().all(|c| c.is_ascii_lowercase()));
    if letters == 0 || letters > MOST_LETTERS || !known {
        return None;
    }
    let mut number: u64 = 0;
    for token in &tokens {
        for (i, letter) in token.bytes().enumerate() {
            let ends = u64::from(i + 1 == token.len());
            number = number << BITS | u64::from(letter - b'a' + 1) << 1 | ends;
        }
    }
    Some(number as f64)
}

/// The tokens of a cut, with blanks between them.
pub fn text(cut: f64) -> String {
    let mut rest = cut as u64;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = (b'a' - 1 + (rest >> 1 & 31) as u8) as char;
        letters.push((letter, rest & 1 == 1));
        rest >>= BITS;
    }
    let mut text = String::new();
    for (letter, ends) in letters.into_iter().rev() {
        text.push(letter);
        if ends {
            text.push(' ');
        }
    }
    text.trim_end().to_string()
}
