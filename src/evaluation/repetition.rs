//! Does a text say the same again and again?

use std::collections::BTreeSet;

use crate::numerics::statistics::mean;

/// When the end of a text counts as a loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopRule {
    /// A phrase of at least `phrase` tokens stands at least `repeats` times in a row at the end.
    AtLeast {
        /// Shortest phrase that counts, in tokens.
        phrase: usize,
        /// How often it has to stand there.
        repeats: usize,
    },
    /// The rule of the authors' program, `metrics/repetition.py` of `ari-holtzman/degen`, behind the
    /// percentages of the paper's tables: of all phrases up to 90 tokens the one with the most
    /// repeats, the shortest of equals. It has to stand there at least twice, and more than 50 times
    /// if it has one or two tokens.
    Script,
}

impl LoopRule {
    /// The rule that the paper states: two tokens or more, three times or more.
    pub const PAPER: Self = Self::AtLeast { phrase: 2, repeats: 3 };

    /// Tokens of the shortest text that can end in a loop: of a shorter one nothing can be said.
    ///
    /// # Examples
    /// ```
    /// use concepts::evaluation::{LoopRule, ending_loop};
    /// assert_eq!(LoopRule::PAPER.shortest(), 6);
    /// assert!(ending_loop(&[1; 6], LoopRule::PAPER).is_some());
    /// assert!(ending_loop(&[1; 5], LoopRule::PAPER).is_none());
    /// ```
    pub fn shortest(self) -> usize {
        match self {
            LoopRule::AtLeast { phrase, repeats } => phrase.max(1) * repeats.max(1),
            // A phrase of three that stands twice; shorter ones have to stand there more often.
            LoopRule::Script => 6,
        }
    }
}

/// The loop in which a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// Length of the phrase, in tokens.
    pub phrase: usize,
    /// How often it stands at the end, without anything between.
    pub repeats: usize,
}

/// The longest phrase that [`LoopRule::Script`] looks for.
const SCRIPT_LONGEST: usize = 90;

/// The phrase that a text ends by repeating, if it does: the shortest that satisfies the rule.
///
/// # Formula
/// The last `n` tokens stand there `r(n) = 1 + ⌊m/n⌋` times, `m` the largest number for which the last
/// `m` tokens each equal the one `n` places before.
///
/// # Reference
/// Holtzman et al. 2020, *The Curious Case of Neural Text Degeneration*, section 5, and its figure of
/// how often each strategy gets stuck, whose caption has the rule [`LoopRule::PAPER`].
///
/// # Examples
/// ```
/// use concepts::evaluation::{Loop, LoopRule, ending_loop};
/// let stuck = [9, 8, 1, 2, 3, 1, 2, 3, 1, 2, 3];
/// let found = Loop { phrase: 3, repeats: 3 };
/// assert_eq!(ending_loop(&stuck, LoopRule::PAPER), Some(found));
/// assert_eq!(ending_loop(&stuck, LoopRule::Script), Some(found));
/// // Out of the loop again: the end is what counts.
/// assert_eq!(ending_loop(&[1, 2, 1, 2, 1, 2, 7], LoopRule::PAPER), None);
/// ```
pub fn ending_loop(text: &[u32], rule: LoopRule) -> Option<Loop> {
    match rule {
        LoopRule::AtLeast { phrase, repeats } => {
            let loops = (phrase.max(1)..=text.len()).map(|phrase| last_phrase(text, phrase));
            loops.take_while(|l| l.phrase <= text.len() / repeats.max(1)).find(|l| l.repeats >= repeats)
        }
        LoopRule::Script => {
            let loops = (1..=SCRIPT_LONGEST.min(text.len())).map(|phrase| last_phrase(text, phrase));
            // Of equals the shortest: the last of the maxima, seen from the end.
            let most = loops.rev().max_by_key(|l| l.repeats)?;
            (most.repeats > 1 && (most.phrase >= 3 || most.repeats > 50)).then_some(most)
        }
    }
}

/// The last `phrase` tokens and how often they stand at the end.
fn last_phrase(text: &[u32], phrase: usize) -> Loop {
    let before = text[..text.len() - phrase].iter().rev();
    let same = text.iter().rev().zip(before).take_while(|(a, b)| a == b).count();
    Loop { phrase, repeats: 1 + same / phrase }
}

/// The share of texts that end in a loop; NaN for no texts.
///
/// # Examples
/// ```
/// use concepts::evaluation::{LoopRule, loop_rate};
/// let texts: [&[u32]; 4] = [&[1, 2, 1, 2, 1, 2], &[1, 2, 3], &[], &[5, 5, 5, 5, 5, 5]];
/// assert_eq!(loop_rate(&texts, LoopRule::PAPER), 0.5); // 5 5, three times, is a loop too
/// ```
pub fn loop_rate(texts: &[&[u32]], rule: LoopRule) -> f64 {
    let looping = texts.iter().filter(|text| ending_loop(text, rule).is_some()).count();
    looping as f64 / texts.len() as f64
}

/// The share of a text's n-grams that repeat an earlier one, "rep-n" or "seq-rep-n"; NaN for a text
/// of fewer than `n` tokens and for `n` = 0.
///
/// # Formula
/// `1 − |different n-grams| / |n-grams|`
///
/// # Reference
/// Welleck et al. 2020, *Neural Text Generation with Unlikelihood Training*: seq-rep-n.
///
/// # Examples
/// ```
/// use concepts::evaluation::repeated_ngrams;
/// assert_eq!(repeated_ngrams(&[1, 2, 1, 2, 1], 2), 0.5); // 12, 21, 12, 21: two of four
/// assert!(repeated_ngrams(&[1], 2).is_nan());
/// ```
pub fn repeated_ngrams(text: &[u32], n: usize) -> f64 {
    if n == 0 || text.len() < n {
        return f64::NAN;
    }
    let different: BTreeSet<&[u32]> = text.windows(n).collect();
    1.0 - different.len() as f64 / (text.len() - n + 1) as f64
}

/// The mean of [`repeated_ngrams`] over texts, "seq-rep-n"; NaN if a text is shorter than `n` or there are none.
///
/// Each text weighs the same, however long it is, and only repeats inside of it count: what texts have in
/// common is [`self_bleu`](super::self_bleu)'s. Longer texts repeat more: compare texts of one length.
///
/// # Formula
/// `(1/T) Σ_t (1 − |different n-grams in t| / |n-grams of t|)`, from 0 to below 1
///
/// # Reference
/// Welleck et al. 2020, section 6.1, with n = 4: seq-rep-4.
///
/// # Examples
/// ```
/// use concepts::evaluation::sequence_repetition;
/// assert_eq!(sequence_repetition(&[&[1, 2, 3], &[1, 1, 1]], 2), 0.25); // 0 and ½
/// ```
pub fn sequence_repetition(texts: &[&[u32]], n: usize) -> f64 {
    mean(&texts.iter().map(|text| repeated_ngrams(text, n)).collect::<Vec<_>>())
}

/// The share of tokens that stand among the `window` tokens before them, "rep/ℓ" of a generated text; NaN
/// for an empty text.
///
/// # Formula
/// `(1/N) Σ_i 1[tᵢ ∈ {t_{i−ℓ} … t_{i−1}}]`
///
/// # Reference
/// Welleck et al. 2020, section 6.1: rep/ℓ, there of the greedy prediction at each place of a human text, with
/// ℓ from 16 to 512; here of the text itself.
///
/// # Examples
/// ```
/// use concepts::evaluation::repeated_tokens;
/// assert_eq!(repeated_tokens(&[1, 2, 1, 2, 3], 2), 2.0 / 5.0);
/// assert_eq!(repeated_tokens(&[1, 2, 1, 2, 3], 1), 0.0);
/// ```
pub fn repeated_tokens(text: &[u32], window: usize) -> f64 {
    let again = |&i: &usize| text[i.saturating_sub(window)..i].contains(&text[i]);
    (0..text.len()).filter(again).count() as f64 / text.len() as f64
}
