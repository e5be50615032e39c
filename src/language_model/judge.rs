//! How probable a text is, in units that models with different tokens share.

use super::LanguageModelError;

/// The log-probability of a text, with its length in characters and bytes.
///
/// Models with different tokens give different numbers of tokens to one text, so their perplexities a token
/// cannot be compared; a character and a byte are the same for all.
///
/// # Examples
/// ```
/// use concepts::language_model::Likelihood;
/// let eight_bits = Likelihood::of(-8.0 * 2f64.ln(), "ab我"); // 3 characters, 5 bytes
/// assert!((eight_bits.bits_per_byte() - 8.0 / 5.0).abs() < 1e-12);
/// assert!((eight_bits.nats_per_character() - 8.0 * 2f64.ln() / 3.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likelihood {
    /// `ln p(text | prompt)`, in nats.
    pub log_probability: f64,
    /// Characters of the text.
    pub characters: usize,
    /// Bytes of the text, in UTF-8.
    pub bytes: usize,
}

impl Likelihood {
    /// That of `text`, whose log-probability is known.
    pub fn of(log_probability: f64, text: &str) -> Self {
        Self { log_probability, characters: text.chars().count(), bytes: text.len() }
    }

    /// `−ln p / characters`; NaN for an empty text.
    pub fn nats_per_character(self) -> f64 {
        -self.log_probability / self.characters as f64
    }

    /// `−log₂ p / characters`; NaN for an empty text.
    pub fn bits_per_character(self) -> f64 {
        self.nats_per_character() / std::f64::consts::LN_2
    }

    /// `−log₂ p / bytes`; NaN for an empty text.
    pub fn bits_per_byte(self) -> f64 {
        -self.log_probability / std::f64::consts::LN_2 / self.bytes as f64
    }

    /// Both texts together: sums, so that every character weighs the same.
    pub fn and(self, other: Self) -> Self {
        Self {
            log_probability: self.log_probability + other.log_probability,
            characters: self.characters + other.characters,
            bytes: self.bytes + other.bytes,
        }
    }
}

/// `−log₂ p / bytes` of a text with a known log-probability in nats.
///
/// # Examples
/// ```
/// use concepts::language_model::bits_per_byte;
/// assert!((bits_per_byte(-6.0 * 2f64.ln(), "我") - 2.0).abs() < 1e-12); // 6 bits for 3 bytes
/// ```
pub fn bits_per_byte(log_probability: f64, text: &str) -> f64 {
    Likelihood::of(log_probability, text).bits_per_byte()
}

/// Whatever says how probable a text is.
///
/// A model that writes and judges itself calls good what it would have written. So texts are judged by a model
/// of another kind ([`Ppm`](super::Ppm) for an n-gram model), learned from another text
/// (see [`halves`]). Usable as `&dyn Judge`.
///
/// After no prompt do the probabilities of all next characters add up to more than 1.
pub trait Judge {
    /// `ln p(text | prompt)`: that a text which begins with `prompt` goes on with `text`.
    ///
    /// # Errors
    /// [`LanguageModelError`] if the judge cannot read a text.
    fn judge(&self, prompt: &str, text: &str) -> Result<Likelihood, LanguageModelError>;
}

/// A text in two halves, one to learn to write from and one to learn to judge from.
///
/// The cut lies where a paragraph begins, at the place nearest to the middle; where a line does, if there is no
/// blank line; in the middle otherwise.
///
/// # Examples
/// ```
/// use concepts::language_model::halves;
/// assert_eq!(halves("one\n\ntwo\n\nthree"), ("one\n\n", "two\n\nthree"));
/// assert_eq!(halves("one\ntwo\nthree"), ("one\n", "two\nthree")); // of two equally near ones the first
/// assert_eq!(halves("我爱你们"), ("我爱", "你们"));
/// ```
#[must_use]
pub fn halves(text: &str) -> (&str, &str) {
    let middle = text.len() / 2;
    let nearest = |mark: &str| {
        let ends = text.match_indices(mark).map(|(at, _)| at + mark.len()).filter(|&at| at < text.len());
        ends.min_by_key(|at| at.abs_diff(middle))
    };
    let boundary = || (middle..=text.len()).find(|&at| text.is_char_boundary(at));
    text.split_at(nearest("\n\n").or_else(|| nearest("\n")).or_else(boundary).unwrap_or(0))
}
