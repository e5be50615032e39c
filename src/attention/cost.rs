//! What attention costs: multiply-adds and waiting, in closed form.
//!
//! Only products of matrices are counted; softmax, scaling and masks are of a lower order. A masked
//! product is counted in full, as a kernel without special cases computes it. Each form is tied by
//! tests to a run that counts itself, in [`counted`](super::counted). A cost beyond `u64` comes out as
//! `u64::MAX`.

/// Multiply-adds of the core of attention: scores and weighted sum.
///
/// # Formula
/// `n_q·n_k·d_k + n_q·n_k·d_v`
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, table 1: `O(n²·d)`.
///
/// # Examples
/// ```
/// use concepts::attention::cost::attention_multiply_adds;
/// // Twice the tokens cost four times as much.
/// let (short, long) = (attention_multiply_adds(512, 512, 64, 64), attention_multiply_adds(1024, 1024, 64, 64));
/// assert_eq!(long, 4 * short);
/// ```
pub fn attention_multiply_adds(n_q: u64, n_k: u64, d_k: u64, d_v: u64) -> u64 {
    fit(times(&[n_q, n_k, d_k]).saturating_add(times(&[n_q, n_k, d_v])))
}

/// Multiply-adds of the four projections `W_Q`, `W_K`, `W_V`, `W_O`, each `(d_model, d_model)`.
///
/// # Formula
/// `4·n·d_model²`
///
/// # Examples
/// ```
/// use concepts::attention::cost::{attention_multiply_adds, projection_multiply_adds};
/// // The core overtakes the projections at n = 2·d_model.
/// assert_eq!(projection_multiply_adds(128, 64), attention_multiply_adds(128, 128, 64, 64));
/// ```
pub fn projection_multiply_adds(n: u64, d_model: u64) -> u64 {
    fit(times(&[4, n, d_model, d_model]))
}

/// Multiply-adds of the core of *linear* attention, `φ(Q)(φ(K)ᵀV)`, with its
/// normaliser. Linear in the number of tokens.
///
/// # Formula
/// `n_k·d_k·d_v + n_q·d_k·d_v + n_q·d_k`
///
/// # Reference
/// Katharopoulos et al. 2020, *Transformers are RNNs*.
///
/// # Examples
/// ```
/// use concepts::attention::cost::linear_attention_multiply_adds;
/// assert_eq!(linear_attention_multiply_adds(200, 200, 8, 8), 2 * linear_attention_multiply_adds(100, 100, 8, 8));
/// ```
pub fn linear_attention_multiply_adds(n_q: u64, n_k: u64, d_k: u64, d_v: u64) -> u64 {
    fit(times(&[n_k, d_k, d_v]).saturating_add(times(&[n_q, d_k, d_v])).saturating_add(times(&[n_q, d_k])))
}

/// Multiply-adds of the gradient of the core: `dV`, `dA`, `dQ`, `dK`, and `S` once more with
/// `recompute`.
///
/// With `d_k = d_v` that is 2 times the forward pass, with recomputation 2.5 times: FlashAttention
/// does *more* arithmetic, and is faster because it moves less data.
///
/// # Formula
/// `2·n_q·n_k·d_v + 2·n_q·n_k·d_k`, with `recompute` plus `n_q·n_k·d_k`
///
/// # Examples
/// ```
/// use concepts::attention::cost::{attention_backward_multiply_adds, attention_multiply_adds};
/// let forward = attention_multiply_adds(100, 100, 8, 8);
/// assert_eq!(attention_backward_multiply_adds(100, 100, 8, 8, false), 2 * forward);
/// assert_eq!(2 * attention_backward_multiply_adds(100, 100, 8, 8, true), 5 * forward);
/// ```
pub fn attention_backward_multiply_adds(n_q: u64, n_k: u64, d_k: u64, d_v: u64, recompute: bool) -> u64 {
    let scores = if recompute { 3 } else { 2 };
    fit(times(&[2, n_q, n_k, d_v]).saturating_add(times(&[scores, n_q, n_k, d_k])))
}

/// Multiply-adds of a recurrent layer of width `d` over `n` inputs of width `d`.
///
/// # Formula
/// `n·d² (W h) + n·d² (U x) = 2·n·d²`
///
/// # Examples
/// ```
/// use concepts::attention::cost::{attention_multiply_adds, rnn_multiply_adds};
/// // Below n = d the core of attention is the cheaper one.
/// assert!(attention_multiply_adds(32, 32, 64, 64) < rnn_multiply_adds(32, 64));
/// ```
pub fn rnn_multiply_adds(n: u64, d: u64) -> u64 {
    fit(times(&[2, n, d, d]))
}

/// Multiply-adds to generate `n` tokens with a KV cache: one layer, one head of width `d`, with its
/// four projections.
///
/// # Formula
/// `Σₜ (4d² + 2td) = 4nd² + d·n(n+1)`, `t = 1..=n`
///
/// # Examples
/// ```
/// use concepts::attention::cost::{decode_multiply_adds_cached, decode_multiply_adds_uncached};
/// // The first token has no past: the cache saves nothing yet.
/// assert_eq!(decode_multiply_adds_cached(1, 64), decode_multiply_adds_uncached(1, 64));
/// assert!(decode_multiply_adds_uncached(1000, 64) > 300 * decode_multiply_adds_cached(1000, 64));
/// ```
pub fn decode_multiply_adds_cached(n: u64, d: u64) -> u64 {
    fit(times(&[4, n, d, d]).saturating_add(times(&[d, n]).saturating_mul(u128::from(n) + 1)))
}

/// As [`decode_multiply_adds_cached`], but every token computes its whole prefix anew, with complete
/// `t × t` products.
///
/// # Formula
/// `Σₜ (4td² + 2t²d) = 2d²·n(n+1) + d·n(n+1)(2n+1)/3`, `t = 1..=n`
///
/// # Examples
/// ```
/// use concepts::attention::cost::decode_multiply_adds_uncached;
/// assert_eq!(decode_multiply_adds_uncached(2, 3), (4 * 9 + 2 * 3) + (4 * 2 * 9 + 2 * 4 * 3));
/// ```
pub fn decode_multiply_adds_uncached(n: u64, d: u64) -> u64 {
    let pairs = times(&[n]).saturating_mul(u128::from(n) + 1);
    let projections = times(&[2, d, d]).saturating_mul(pairs);
    // n(n+1)(2n+1) is a multiple of 6.
    let core = (pairs.saturating_mul(2 * u128::from(n) + 1) / 3).saturating_mul(u128::from(d));
    fit(projections.saturating_add(core))
}

/// Products that must wait for one another in attention with projections: projections, scores,
/// weighted sum. However many tokens there are.
///
/// # Examples
/// ```
/// use concepts::attention::cost::{attention_stages, rnn_stages};
/// assert!(attention_stages() < rnn_stages(100));
/// ```
pub fn attention_stages() -> u64 {
    3
}

/// Products that must wait for one another in a recurrent layer: each state needs the one before.
///
/// # Formula
/// `n`
///
/// # Examples
/// ```
/// assert_eq!(concepts::attention::cost::rnn_stages(100), 100);
/// ```
pub fn rnn_stages(n: u64) -> u64 {
    n
}

/// Products that must wait for one another when `n` tokens are *generated*: projections, scores,
/// weighted sum and output for each, with or without a cache. Attention is parallel only over tokens
/// that are known.
///
/// # Formula
/// `4n`
///
/// # Examples
/// ```
/// assert_eq!(concepts::attention::cost::decode_stages(100), 400);
/// ```
pub fn decode_stages(n: u64) -> u64 {
    n.saturating_mul(4)
}

/// The product of the factors, in numbers wide enough for any size in use.
fn times(factors: &[u64]) -> u128 {
    factors.iter().fold(1, |product: u128, &factor| product.saturating_mul(u128::from(factor)))
}

/// Back to `u64`, at most its maximum.
fn fit(cost: u128) -> u64 {
    u64::try_from(cost).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_over_tokens_are_the_sums() {
        for (n, d) in [(0, 5), (1, 1), (7, 3), (50, 16)] {
            let cached: u64 = (1..=n).map(|t| 4 * d * d + 2 * t * d).sum();
            let uncached: u64 = (1..=n).map(|t| 4 * t * d * d + 2 * t * t * d).sum();
            assert_eq!(decode_multiply_adds_cached(n, d), cached);
            assert_eq!(decode_multiply_adds_uncached(n, d), uncached);
        }
    }

    #[test]
    fn a_cost_beyond_the_type_does_not_wrap() {
        let big = u64::MAX;
        assert_eq!(attention_multiply_adds(big, big, big, big), big);
        assert_eq!(decode_multiply_adds_cached(big, big), big);
        assert_eq!(decode_multiply_adds_uncached(big, big), big);
        assert_eq!(decode_stages(big), big);
    }
}
