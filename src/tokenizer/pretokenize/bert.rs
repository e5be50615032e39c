//! BERT's two steps: text is cleaned, then cut at whitespace and around punctuation.

use unicode_categories::UnicodeCategories;
use unicode_normalization_alignments::UnicodeNormalization;

use super::cut::is_punctuation;

/// What BERT does to text before cutting it. The default is that of the uncased models.
///
/// # Reference
/// `BasicTokenizer` in BERT's `tokenization.py`, and Hugging Face's `BertNormalizer`, which differs
/// where it matters: the conversion is not reversible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BertNormalizer {
    /// Control characters go, every kind of whitespace becomes a space.
    pub clean_text: bool,
    /// A space on either side of each CJK ideograph, so that each is a word of its own.
    pub space_around_chinese: bool,
    /// `é` becomes `e`.
    pub strip_accents: bool,
    /// `A` becomes `a`.
    pub lowercase: bool,
}

impl Default for BertNormalizer {
    fn default() -> Self {
        BertNormalizer { clean_text: true, space_around_chinese: true, strip_accents: true, lowercase: true }
    }
}

impl BertNormalizer {
    /// Applies the steps in the order of the fields.
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::pretokenize::BertNormalizer;
    /// assert_eq!(BertNormalizer::default().normalize("Caf\u{e9}\tЙ我爱"), "cafe и 我  爱 ");
    /// ```
    pub fn normalize(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.clean_text {
            text = text.chars().filter(|&c| !is_removed(c)).map(plain_space).collect();
        }
        if self.space_around_chinese {
            text = spaced(&text);
        }
        if self.strip_accents {
            text = text.nfd().map(|(c, _)| c).filter(|c| !c.is_mark_nonspacing()).collect();
        }
        if self.lowercase {
            // Letter by letter: without the rule for a final sigma, as in BERT.
            text = text.chars().flat_map(char::to_lowercase).collect();
        }
        text
    }
}

/// By the tables that Hugging Face uses: what no standard had given a meaning when they were made stays.
fn is_removed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0' | char::REPLACEMENT_CHARACTER => true,
        _ => c.is_other(),
    }
}

fn plain_space(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

fn spaced(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        if is_chinese(c) {
            result.extend([' ', c, ' ']);
        } else {
            result.push(c);
        }
    }
    result
}

/// CJK ideographs, by the blocks that BERT lists: Korean and Japanese syllables are not among them.
fn is_chinese(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// The end of the piece that starts at `at`, and whether it is kept: whitespace is not.
pub(super) fn piece(text: &str, at: usize) -> (usize, bool) {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else { return (at, false) };
    if first.is_whitespace() || is_punctuation(first) {
        return (at + first.len_utf8(), !first.is_whitespace());
    }
    let end = rest.find(|c: char| c.is_whitespace() || is_punctuation(c));
    (at + end.unwrap_or(rest.len()), true)
}
