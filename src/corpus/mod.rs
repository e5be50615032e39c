//! The training text: what tokenisers and small language models here learn from.
//!
//! Two texts, one English and one Chinese, embedded in the library so that everything runs offline.
//! Both were written for this project; nothing is copied, and the Chinese is no translation of the
//! English. They are stories with people and places that return, dialogues, letters, diaries, recipes,
//! explanations. A model of a few preceding tokens finds continuations in them, and a tokeniser finds
//! words that return in many forms.
//!
//! | text | bytes | characters | paragraphs |
//! |---|---|---|---|
//! | [`ENGLISH`] | 65677 | 65677, all ASCII | 292 |
//! | [`CHINESE`] | 47048 | 16138 | 290 |
//!
//! Plain UTF-8 with `\n`, no markup. A paragraph is one line, a blank line stands between two
//! paragraphs, and each piece begins with its title. No paragraph occurs twice, so nothing that is held
//! out by [`split`] was read in training.
//!
//! The texts are frozen. Merges, perplexities and every other number learned from them move when one
//! letter does; a test says so. And the prose of a lesson is never a corpus: correcting a sentence there
//! must not move a result.

/// The English training text: twenty-one pieces set in and around the small harbour town Port Ellery.
///
/// It ends with a story, a dialogue and an explanation, which are what [`split`] holds out.
///
/// ```
/// use concepts::corpus::ENGLISH;
///
/// assert!(ENGLISH.is_ascii()); // a byte is a character
/// assert!(ENGLISH.starts_with("The Clock on Mill Street\n\n"));
/// ```
pub const ENGLISH: &str = include_str!("english.txt");

/// The Chinese training text (simplified characters): eighteen pieces set in the small river town 青石镇.
///
/// Punctuation is full-width; there are some digits and a few Latin words, as in any Chinese text of
/// today. It ends with a story, a dialogue and an explanation, which are what [`split`] holds out.
///
/// ```
/// use concepts::corpus::CHINESE;
///
/// assert!(CHINESE.starts_with("桥头的面馆\n\n"));
/// let bytes_per_character = CHINESE.len() as f64 / CHINESE.chars().count() as f64;
/// assert!(2.9 < bytes_per_character && bytes_per_character < 3.0); // 3 for each 字 and each ，
/// ```
pub const CHINESE: &str = include_str!("chinese.txt");

/// The training part and the held-out part of a text: about nine tenths and one tenth of its bytes.
///
/// The cut lies where a paragraph begins after a blank line, at the place nearest to 90 % of the
/// bytes; of two that are equally near, the earlier one. The training part keeps the blank line, so
/// the two parts joined are the text. A text without such a place is all training, and the held-out
/// part is empty.
///
/// Held-out text is measured and never trained on: a model that has seen the text it is measured on
/// is measured on its memory.
///
/// ```
/// use concepts::corpus::{ENGLISH, split};
///
/// let (training, held_out) = split(ENGLISH);
/// assert_eq!(training.len() + held_out.len(), ENGLISH.len());
/// assert!(held_out.starts_with("The Lantern in the Window\n\n"));
///
/// assert_eq!(split("one paragraph"), ("one paragraph", ""));
/// ```
#[must_use]
pub fn split(text: &str) -> (&str, &str) {
    let off_target = |start: &usize| (10 * *start as u128).abs_diff(9 * text.len() as u128);
    let cut = paragraph_starts(text).min_by_key(off_target);
    text.split_at(cut.unwrap_or(text.len()))
}

/// Byte offsets at which a paragraph begins after a blank line. The first paragraph has none before it.
fn paragraph_starts(text: &str) -> impl Iterator<Item = usize> {
    let after_newline = text.match_indices('\n').map(|(at, _)| at + 1);
    after_newline.filter(|&start| {
        let (before, after) = text.split_at(start);
        before.ends_with("\n\n") && !after.is_empty() && !after.starts_with('\n')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const BOTH: [(&str, &str); 2] = [("english.txt", ENGLISH), ("chinese.txt", CHINESE)];

    /// 64-bit FNV-1a (Fowler, Noll, Vo): exclusive-or with each byte, then times the prime.
    fn fnv1a(text: &str) -> u64 {
        let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
    }

    #[test]
    fn the_hash_is_fnv1a() {
        // Test vectors of the authors.
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn both_texts_are_frozen() {
        let frozen = [(65_677, 0xce45_571d_4d8b_87b1), (47_048, 0xc318_18f8_cccd_3e5d)];
        for ((file, text), (bytes, expected)) in BOTH.into_iter().zip(frozen) {
            let (length, hash) = (text.len(), fnv1a(text));
            assert!(
                length == bytes && hash == expected,
                "src/corpus/{file} has changed: {length} bytes, hash {hash:#018x}, \
                 not {bytes} bytes, hash {expected:#018x}. \
                 Everything learned from it moves: merges, perplexities, samples. If that is meant, \
                 write the new pair here and look at each result again."
            );
        }
    }

    #[test]
    fn every_paragraph_occurs_once() {
        for (file, text) in BOTH {
            let mut seen = BTreeSet::new();
            for paragraph in text.trim_end().split("\n\n") {
                assert!(seen.insert(paragraph), "{file} has this twice: {paragraph}");
            }
        }
    }

    #[test]
    fn paragraphs_are_single_lines_without_stray_space() {
        for (file, text) in BOTH {
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{file}: end");
            for paragraph in text.trim_end().split("\n\n") {
                let clean = !paragraph.is_empty() && paragraph.trim() == paragraph;
                assert!(clean && !paragraph.contains(char::is_control), "{file}: {paragraph:?}");
            }
        }
    }

    #[test]
    fn held_out_text_is_whole_pieces_and_a_tenth() {
        let titles = ["The Lantern in the Window\n\n", "停电的晚上\n\n"];
        for ((file, text), title) in BOTH.into_iter().zip(titles) {
            let (_, held_out) = split(text);
            let share = held_out.len() as f64 / text.len() as f64;
            assert!(held_out.starts_with(title), "{file}: {held_out:.40}");
            assert!((share - 0.1).abs() < 0.001, "{file}: {share} of the bytes are held out");
        }
    }

    #[test]
    fn equally_near_places_give_the_earlier() {
        let text = "aaaaaaaaaaaaaaaaaaaaaaa\n\nbb\n\nc"; // 30 bytes: 25 and 29 are both 2 from 27
        assert_eq!(text.len(), 30);
        assert_eq!(split(text).1, "bb\n\nc");
    }

    #[test]
    fn a_text_without_a_second_paragraph_is_all_training() {
        for text in ["", "\n\n", "one line\n", "one paragraph\n\n", "two\nlines"] {
            assert_eq!(split(text), (text, ""));
        }
    }

    proptest! {
        /// The definition word by word, on texts made of newlines, letters and three-byte characters.
        #[test]
        fn split_cuts_at_the_nearest_paragraph(text in "[\na字]{0,60}") {
            let (training, held_out) = split(&text);
            prop_assert_eq!(format!("{training}{held_out}"), text.as_str());

            let bytes = text.as_bytes();
            let begins = |i: usize| bytes[i - 2..i] == *b"\n\n" && bytes[i] != b'\n';
            let starts: Vec<usize> = (2..bytes.len()).filter(|&i| begins(i)).collect();
            let distance = |start: usize| (10 * start).abs_diff(9 * bytes.len());
            let best = starts.iter().map(|&start| distance(start)).min();
            let first = starts.into_iter().find(|&start| Some(distance(start)) == best);
            prop_assert_eq!(training.len(), first.unwrap_or(bytes.len()));
        }
    }
}
