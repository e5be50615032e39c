//! How varied texts are.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::numerics::statistics::log_log_slope;

/// Different n-grams per token, over all texts together, "distinct-n"; NaN for `n` = 0 or no tokens.
///
/// The divisor is the number of tokens, as in the paper. For `n` above 1 some programs divide by the
/// number of n-grams, which is smaller by `n − 1` a text. Longer texts have lower values: compare
/// texts of one length only.
///
/// # Formula
/// `|different n-grams in all texts| / |tokens in all texts|`
///
/// # Reference
/// Li et al. 2016, *A Diversity-Promoting Objective Function for Neural Conversation Models*.
///
/// # Examples
/// ```
/// use concepts::evaluation::distinct_ngrams;
/// let texts: [&[u32]; 2] = [&[1, 2, 3], &[1, 2]];
/// assert_eq!(distinct_ngrams(&texts, 1), 3.0 / 5.0);
/// assert_eq!(distinct_ngrams(&texts, 2), 2.0 / 5.0); // 12 and 23
/// ```
pub fn distinct_ngrams(texts: &[&[u32]], n: usize) -> f64 {
    if n == 0 {
        return f64::NAN;
    }
    let different: BTreeSet<&[u32]> = texts.iter().flat_map(|text| text.windows(n)).collect();
    let tokens: usize = texts.iter().map(|text| text.len()).sum();
    different.len() as f64 / tokens as f64
}

/// How many different texts there are.
///
/// # Examples
/// ```
/// use concepts::evaluation::unique_texts;
/// assert_eq!(unique_texts(&[&[1, 2], &[1, 3], &[1, 2]]), 2);
/// ```
pub fn unique_texts(texts: &[&[u32]]) -> usize {
    texts.iter().collect::<BTreeSet<_>>().len()
}

/// The ranks that [`zipf_exponent`] is usually fitted to: 1 to 5000, as in the paper's program.
pub const ZIPF_RANKS: usize = 5_000;

/// The exponent of Zipf's law in all texts together, by least squares on the logarithms.
///
/// All ranks weigh the same, so the many rare tokens decide: the value depends on how many tokens
/// were counted, and may be compared only between samples of one size. Estimates by maximum
/// likelihood would be better statistics; this is the number that papers report. NaN if fewer than
/// two different tokens, or ranks, are given.
///
/// # Formula
/// `frequency(r) ∝ r^(−s)`: minus the slope of `ln frequency` on `ln r`, for the `ranks` most frequent
/// tokens (all if there are fewer), the most frequent at `r` = 1
///
/// # Reference
/// Holtzman et al. 2020, section 5; ranks and fit as in `metrics/zipf.py` of `ari-holtzman/degen`.
///
/// # Examples
/// ```
/// use concepts::evaluation::{ZIPF_RANKS, zipf_exponent};
/// // 12, 6, 4 and 3 times: exactly 12/r.
/// let text: Vec<u32> = [(7, 12), (1, 6), (4, 4), (2, 3)]
///     .iter()
///     .flat_map(|&(token, times)| vec![token; times])
///     .collect();
/// assert!((zipf_exponent(&[&text], ZIPF_RANKS) - 1.0).abs() < 1e-12);
/// ```
pub fn zipf_exponent(texts: &[&[u32]], ranks: usize) -> f64 {
    let mut frequencies: Vec<f64> =
        rank_frequencies(texts).into_iter().map(|(_, count)| count as f64).collect();
    frequencies.truncate(ranks);
    let rank: Vec<f64> = (1..=frequencies.len()).map(|r| r as f64).collect();
    -log_log_slope(&rank, &frequencies)
}

/// The tokens of all texts together with how often each occurs, the most frequent first: what is drawn
/// against the rank on two logarithmic axes. Of equal counts the smaller token comes first.
///
/// # Examples
/// ```
/// use concepts::evaluation::rank_frequencies;
/// assert_eq!(rank_frequencies(&[&[5, 9, 5], &[4, 5]]), [(5, 3), (4, 1), (9, 1)]);
/// ```
pub fn rank_frequencies(texts: &[&[u32]]) -> Vec<(u32, u64)> {
    let mut counts = BTreeMap::new();
    for &token in texts.iter().copied().flatten() {
        *counts.entry(token).or_insert(0u64) += 1;
    }
    let mut ranked: Vec<(u32, u64)> = counts.into_iter().collect();
    ranked.sort_by_key(|&(token, count)| (Reverse(count), token));
    ranked
}

/// Different tokens as a share of the first `tokens` tokens of a text; NaN if it has fewer, and for 0.
///
/// The share falls with length in any text, which is why the length is fixed here and a shorter text has
/// no value. From 0, never reached, to 1: no token twice.
///
/// # Formula
/// `|different tokens in t₁ … t_N| / N`
///
/// # Reference
/// Templin 1957, *Certain Language Skills in Children*; how it depends on length: Richards 1987,
/// *Type/Token Ratios: What Do They Really Tell Us?*
///
/// # Examples
/// ```
/// use concepts::evaluation::type_token_ratio;
/// assert_eq!(type_token_ratio(&[1, 2, 1, 3, 3, 3], 4), 3.0 / 4.0);
/// assert!(type_token_ratio(&[1, 2, 1], 4).is_nan());
/// ```
pub fn type_token_ratio(text: &[u32], tokens: usize) -> f64 {
    match text.get(..tokens) {
        Some(start) if tokens > 0 => start.iter().collect::<BTreeSet<_>>().len() as f64 / tokens as f64,
        _ => f64::NAN,
    }
}
