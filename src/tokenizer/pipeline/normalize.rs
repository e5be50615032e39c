//! What is done to text before it is cut.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};
use unicode_normalization_alignments::char::is_combining_mark;

use super::align::Aligned;
use super::{Charsmap, EncodeError, SentencePiece, unicode};
use crate::tokenizer::char_of_byte;
use crate::tokenizer::pretokenize::{BertNormalizer, Pattern, PatternError};

/// One change that a tokenizer makes to text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Normalize {
    /// BERT's: control characters, CJK, accents, case.
    Bert(BertNormalizer),
    /// Unicode's form C: characters and marks composed.
    Nfc,
    /// Form KC: composed, and `ﬁ` is `fi`, `①` is `1`.
    Nfkc,
    /// Form D: decomposed.
    Nfd,
    /// Form KD.
    Nfkd,
    /// Every character in lower case.
    Lowercase,
    /// Marks such as accents go. Those of composed characters stay: [`Nfd`](Self::Nfd) comes first.
    StripAccents,
    /// Control characters go, tabs, ends of lines and what has no width become spaces (`nmt` of SentencePiece).
    Nmt,
    /// Every byte becomes a printable character, as in a byte-level vocabulary.
    Printable,
    /// Text before the text, unless that is empty.
    Prepend(String),
    /// Every occurrence of the first text becomes the second.
    Replace(String, String),
    /// Every match of the pattern becomes the text.
    ReplacePattern(Pattern, String),
    /// Whitespace at the beginning and at the end goes, or at one of them.
    Strip {
        /// At the beginning.
        left: bool,
        /// At the end.
        right: bool,
    },
    /// SentencePiece's table of replacements, as of T5 and XLM-R.
    Precompiled(Charsmap),
    /// All that SentencePiece does before its model, as its own files say it.
    SentencePiece(Box<SentencePiece>),
}

impl Normalize {
    /// The changed text.
    ///
    /// Unicode's forms are those of Unicode 9, by which Hugging Face goes: later characters stay as they are.
    ///
    /// # Errors
    /// [`PatternError::TooSlow`]
    ///
    /// # Examples
    /// ```
    /// use concepts::tokenizer::Normalize;
    /// assert_eq!(Normalize::Nfc.apply("e\u{301}")?, "é");
    /// assert_eq!(Normalize::Replace(" ".into(), "▁".into()).apply("a b")?, "a▁b");
    /// # Ok::<(), concepts::tokenizer::pretokenize::PatternError>(())
    /// ```
    pub fn apply(&self, text: &str) -> Result<String, PatternError> {
        let mut out = Aligned::new(text.len());
        self.append(text, &mut out)?;
        Ok(out.text)
    }

    /// Does it change the text of an added token that is looked for in changed text?
    pub(super) fn changes_tokens(&self) -> bool {
        // It knows its own symbols as they are.
        !matches!(self, Self::SentencePiece(_))
    }

    /// Appends the changed text.
    fn append(&self, text: &str, out: &mut Aligned) -> Result<(), PatternError> {
        match self {
            Self::Bert(bert) => by_cluster(text, out, starts_composed, |part| bert.normalize(part)),
            Self::Nfc => by_cluster(text, out, starts_composed, unicode::nfc),
            Self::Nfkc => by_cluster(text, out, starts_compatible, unicode::nfkc),
            Self::Nfd => by_cluster(text, out, starts_composed, unicode::nfd),
            Self::Nfkd => by_cluster(text, out, starts_compatible, unicode::nfkd),
            Self::Lowercase => {
                by_character(text, out, |part| part.chars().flat_map(char::to_lowercase).collect());
            }
            Self::StripAccents => {
                by_character(text, out, |part| part.chars().filter(|&c| !is_combining_mark(c)).collect());
            }
            Self::Nmt => by_character(text, out, |part| part.chars().filter_map(unicode::nmt).collect()),
            Self::Printable => by_character(text, out, |part| part.bytes().map(char_of_byte).collect()),
            Self::Prepend(before) => {
                if !text.is_empty() {
                    out.push(0..0, before, false);
                }
                out.push(0..text.len(), text, true);
            }
            Self::Replace(old, new) => {
                let places = text.match_indices(old.as_str()).map(|(at, part)| at..at + part.len());
                replaced(text, out, places.filter(|place| !place.is_empty()), new);
            }
            Self::ReplacePattern(pattern, new) => replaced(text, out, pattern.places(text)?, new),
            Self::Strip { left, right } => {
                let start = if *left { text.len() - text.trim_start().len() } else { 0 };
                let end = if *right { text.trim_end().len() } else { text.len() };
                // Of whitespace alone both ends are taken at once.
                let range = start..end.max(start);
                out.push(range.clone(), &text[range], true);
            }
            Self::Precompiled(charsmap) => charsmap.append(text, out),
            Self::SentencePiece(rules) => rules.append(text, out),
        }
        Ok(())
    }
}

/// How many times longer a text may become. The longest that Unicode's forms make of a character is 11 times as
/// long, and a sign for a space takes three bytes.
const MOST_GROWTH: usize = 32;
/// And so many bytes on top: what is put before a short text.
const MOST_BEFORE: usize = 256;

/// The most bytes that a text of so many may become: in normalisation, in the steps on a word, in decoding.
pub(super) fn most_bytes(bytes: usize) -> usize {
    bytes.saturating_mul(MOST_GROWTH).saturating_add(MOST_BEFORE)
}

/// What is said of a text that becomes longer.
pub(super) fn grows() -> EncodeError {
    EncodeError::Grows { limit: MOST_GROWTH }
}

/// All changes, one after the other.
///
/// # Errors
/// [`EncodeError::Grows`]: steps that each make a text longer multiply; [`EncodeError::Pattern`].
pub(super) fn apply_all<'a>(
    steps: impl IntoIterator<Item = &'a Normalize>,
    text: &str,
) -> Result<Aligned, EncodeError> {
    let most = most_bytes(text.len());
    let one = |step: &Normalize, text: &str| {
        let mut out = Aligned::within(text.len(), most);
        step.append(text, &mut out)?;
        if out.over { Err(grows()) } else { Ok(out) }
    };
    let mut steps = steps.into_iter();
    match steps.next() {
        None => Ok(Aligned::same(text)),
        Some(first) => steps.try_fold(one(first, text)?, |so_far, step| {
            let next = one(step, &so_far.text)?;
            Ok(so_far.then(next))
        }),
    }
}

/// Whether text may be normalised up to this character and from it on separately: what it decomposes to begins
/// with a character that neither composes with what stands before it nor changes places with it (UAX #15,
/// section 9.1).
fn starts_composed(c: char) -> bool {
    let stable = |first: char| is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes;
    std::iter::once(c)
        .nfd()
        .next()
        .is_some_and(|first| canonical_combining_class(first) == 0 && stable(first))
}

fn starts_compatible(c: char) -> bool {
    let stable = |first: char| is_nfkc_quick(std::iter::once(first)) == IsNormalized::Yes;
    std::iter::once(c)
        .nfkd()
        .next()
        .is_some_and(|first| canonical_combining_class(first) == 0 && stable(first))
}

/// Changes text cluster by cluster, so that it is known what comes from where.
fn by_cluster(text: &str, out: &mut Aligned, starts: fn(char) -> bool, change: impl Fn(&str) -> String) {
    let mut start = 0;
    while start < text.len() {
        let end = cluster_end(text, start, starts);
        let part = &text[start..end];
        let changed = change(part);
        // ASCII changes its case at most, if nothing was taken away.
        let bytewise = changed == part || (part.is_ascii() && changed.len() == part.len());
        out.push(start..end, &changed, bytewise);
        start = end;
    }
}

/// Changes text character by character.
fn by_character(text: &str, out: &mut Aligned, change: impl Fn(&str) -> String) {
    by_cluster(text, out, |_| true, change);
}

/// The end of a run of printable ASCII characters, or else of one character with all that belongs to it.
fn cluster_end(text: &str, start: usize, starts: fn(char) -> bool) -> usize {
    let plain = |byte: &u8| (b' '..=b'~').contains(byte);
    let run = text.as_bytes()[start..].iter().take_while(|byte| plain(byte)).count();
    let belongs = |at: usize| text[at..].chars().next().is_some_and(|c| !starts(c));
    if run > 0 && !belongs(start + run) {
        return start + run;
    }
    // The last character of the run has a mark, and makes a cluster with it.
    if run > 1 {
        return start + run - 1;
    }
    let mut rest = text[start..].char_indices().skip(1);
    rest.find(|&(_, c)| starts(c)).map_or(text.len(), |(at, _)| start + at)
}

fn replaced(
    text: &str,
    out: &mut Aligned,
    places: impl IntoIterator<Item = std::ops::Range<usize>>,
    new: &str,
) {
    let mut start = 0;
    for place in places {
        out.push(start..place.start, &text[start..place.start], true);
        start = place.end;
        out.push(place, new, false);
    }
    out.push(start..text.len(), &text[start..], true);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps() -> Vec<Normalize> {
        use Normalize::{Bert, Lowercase, Nfc, Nfd, Nfkc, Nfkd};
        vec![Bert(BertNormalizer::default()), Nfc, Nfkc, Nfd, Nfkd, Lowercase]
    }

    fn whole(step: &Normalize, text: &str) -> String {
        match step {
            Normalize::Bert(bert) => bert.normalize(text),
            Normalize::Nfc => unicode::nfc(text),
            Normalize::Nfkc => unicode::nfkc(text),
            Normalize::Nfd => unicode::nfd(text),
            Normalize::Nfkd => unicode::nfkd(text),
            _ => text.chars().flat_map(char::to_lowercase).collect(),
        }
    }

    /// Marks, jamo, ligatures and half-width signs beside letters: whatever could reach over a border.
    fn texts() -> impl Strategy<Value = String> {
        let odd = "[a-cA-C \\t\u{301}\u{323}\u{344}\u{1100}\u{1161}\u{11a8}\u{ac00}\u{fb01}\u{ff76}\u{ff9e}éÅ我\u{f900}\u{200d}İ]{0,12}";
        prop_oneof![odd.prop_map(String::from), any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn clusters_give_what_the_whole_gives(text in texts()) {
            for step in steps() {
                prop_assert_eq!(step.apply(&text).unwrap(), whole(&step, &text), "{:?}", step);
            }
        }

        #[test]
        fn origins_lie_in_the_text_and_follow_each_other(text in texts()) {
            let mut steps = steps();
            steps.push(Normalize::Replace("a".into(), "bcd".into()));
            steps.push(Normalize::Prepend("▁".into()));
            steps.push(Normalize::Strip { left: true, right: true });
            for pair in steps.windows(2) {
                let aligned = apply_all(pair, &text).unwrap();
                let mut last = 0..0;
                for (at, c) in aligned.text.char_indices() {
                    let origin = aligned.origin(at..at + c.len_utf8());
                    prop_assert!(text.get(origin.clone()).is_some(), "{:?} in {:?}", origin, text);
                    prop_assert!(last.start <= origin.start && last.end <= origin.end);
                    last = origin;
                }
            }
        }
    }

    #[test]
    fn what_comes_from_where() {
        let aligned = apply_all(&[Normalize::Bert(BertNormalizer::default())], "aÉ\u{0}我b").unwrap();
        assert_eq!(aligned.text, "ae 我 b");
        let origin = |part: &str| {
            let at = aligned.text.find(part).unwrap();
            aligned.origin(at..at + part.len())
        };
        assert_eq!((origin("a"), origin("e"), origin("我"), origin("b")), (0..1, 1..3, 4..7, 7..8));
    }

    #[test]
    fn steps_that_multiply_are_refused_before_they_fill_memory() {
        let longer = Normalize::Replace("a".into(), "a".repeat(100));
        let error = EncodeError::Grows { limit: MOST_GROWTH };
        assert_eq!(apply_all(&vec![longer.clone(); 6], "banana"), Err(error.clone()));
        assert_eq!(apply_all(&vec![longer; 6], "none").map(|text| text.text), Ok("none".to_owned()));
        let before = Normalize::Prepend("▁".repeat(100));
        assert_eq!(apply_all(&[before], "a"), Err(error));
        let signs = Normalize::Replace(" ".into(), "▁".into());
        assert!(apply_all(&[Normalize::Prepend("▁".into()), signs, Normalize::Nfkd], "ﷺ ﷺ").is_ok());
    }
}
