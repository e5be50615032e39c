//! Arithmetic a token, while a prompt is read and while text is written.

use super::{BudgetError, Kind, ModelConfig, Window, parameters};
use crate::budget::words::{Asked, Quantity};

/// Operations, one for each multiplication and one for each addition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flops {
    /// Products with weights: projections, feed-forward networks, output.
    pub weights: u128,
    /// The core of attention: scores and weighted sums.
    pub attention: u128,
}

impl Flops {
    /// All of them, at most `u128::MAX`.
    pub fn total(&self) -> u128 {
        self.weights.saturating_add(self.attention)
    }
}

const OVERFLOW: BudgetError = BudgetError::Overflow { what: Quantity::Operations };

/// Parameters that one token is multiplied with.
///
/// The embedding is looked up, not multiplied with; the output is, tied or not. Norms and positions do
/// not count, biases do. Layers with a state count with what they multiply with.
///
/// # Formula
/// `N = attention + recurrence + feed-forward (experts in use only) + V·d`
///
/// # Errors
/// As [`parameters`], and [`BudgetError::NotADecoder`].
///
/// # Examples
/// ```
/// use concepts::budget::{find, multiplied_parameters};
/// // LLaMA-2 7B without its embedding and its 65 norms.
/// let llama = &find("llama-2-7b")?.config;
/// assert_eq!(multiplied_parameters(llama)?, 6_738_415_616 - 32_000 * 4096 - 65 * 4096);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn multiplied_parameters(config: &ModelConfig) -> Result<u64, BudgetError> {
    decoder_only(config, Asked::Arithmetic)?;
    let counted = parameters(config)?;
    let layers = ["attention", "recurrence", "feed-forward"].map(|term| counted.active_in(term));
    let bias = if config.output_bias { config.vocab } else { 0 };
    let output = config.vocab.checked_mul(config.d_model).and_then(|output| output.checked_add(bias));
    layers.into_iter().try_fold(output.ok_or(OVERFLOW)?, u64::checked_add).ok_or(OVERFLOW)
}

/// Operations to read a prompt of `tokens` tokens, with an output at each.
///
/// Causal: the masked half is not computed. A server that wants only the last output saves the others;
/// they are counted here. Latent attention builds its keys and values.
///
/// # Formula
/// `2·N·n + Σ over layers Σₜ 2·H·(d_k + d_v)·min(t, window)`, `t = 1..=n`; on average a token sees
/// `(n + 1)/2` tokens. A layer with a state of `s` numbers decays it, adds to it and reads it: `6·s` a token.
/// An indexer scores every key in sight, attention takes the best
///
/// # Errors
/// As [`multiplied_parameters`], and [`BudgetError::Overflow`] beyond 128 bits.
///
/// # Reference
/// Kaplan et al. 2020, *Scaling Laws for Neural Language Models*, section 2.1. Its `N` leaves the
/// embedding out, and with it the output.
///
/// # Examples
/// ```
/// use concepts::budget::{find, prefill_flops};
/// let llama = &find("llama-2-7b")?.config;
/// let (short, long) = (prefill_flops(llama, 100)?, prefill_flops(llama, 200)?);
/// assert_eq!(long.weights, 2 * short.weights);
/// assert!(long.attention > 3 * short.attention);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn prefill_flops(config: &ModelConfig, tokens: u64) -> Result<Flops, BudgetError> {
    let width = config
        .latent
        .map_or([config.head_dim; 2], |latent| [latent.nope.saturating_add(latent.rope), latent.value]);
    counted(config, tokens, width, |window| match window {
        Some(Window { size, chunked: true, .. }) => chunk_pairs(tokens, size),
        window => visible_pairs(tokens, window.map(|window| window.size)),
    })
}

/// Operations to write one token that sees `context` tokens, itself included.
///
/// Latent attention is absorbed: scores and sums are taken over the compressed cache.
///
/// # Formula
/// `2·N + Σ over layers 2·H·(d_k + d_v)·min(context, window)`; with latent attention
/// `d_k = kv_rank + rope`, `d_v = kv_rank`
///
/// # Errors
/// As [`prefill_flops`].
///
/// # Examples
/// ```
/// use concepts::budget::{decode_flops, find};
/// let flops = decode_flops(&find("llama-2-7b")?.config, 4096)?;
/// assert_eq!(flops.attention, 32 * 4 * 4096 * 4096);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn decode_flops(config: &ModelConfig, context: u64) -> Result<Flops, BudgetError> {
    let width = config
        .latent
        .map_or([config.head_dim; 2], |latent| [latent.kv_rank.saturating_add(latent.rope), latent.kv_rank]);
    let seen = |window: Option<Window>| match window {
        // The place of the newest token in its chunk.
        Some(Window { size, chunked: true, .. }) => (context.max(1) - 1) % size + context.min(1),
        window => window.map_or(context, |window| window.size.min(context)),
    };
    counted(config, 1, width, |window| Some(u128::from(seen(window))))
}

/// Weights for so many tokens; the core for as many pairs a layer as `pairs` says, given the window.
fn counted(
    config: &ModelConfig,
    tokens: u64,
    [d_k, d_v]: [u64; 2],
    pairs: impl Fn(Option<Window>) -> Option<u128>,
) -> Result<Flops, BudgetError> {
    let weights = product(&[2, multiplied_parameters(config)?.into(), tokens.into()]).ok_or(OVERFLOW)?;
    let (full, windowed) = config.full_and_windowed_layers();
    let a_pair = [2, config.heads.into(), u128::from(d_k) + u128::from(d_v)];
    let of =
        |layers: u64, a_pair: [u128; 3], window| product(&[layers.into(), product(&a_pair)?, pairs(window)?]);
    // An indexer lets attention see so many keys, like a window, and scores all of them itself.
    let picked = config.indexer.map(|indexer| Window { size: indexer.top, layers: full, chunked: false });
    let scored = config
        .indexer
        .map_or(Some(0), |indexer| of(full, [2, indexer.heads.into(), u128::from(indexer.width) + 1], None));
    let state = config
        .recurrent
        .map_or(Some(0), |state| product(&[6, state.layers.into(), state.matrix.into(), tokens.into()]));
    let parts = [of(full, a_pair, picked), of(windowed, a_pair, config.window), scored, state];
    let attention = parts.into_iter().try_fold(0_u128, |sum, part| sum.checked_add(part?));
    Ok(Flops { weights, attention: attention.ok_or(OVERFLOW)? })
}

/// `Σₜ ((t − 1) mod size + 1)`, `t = 1..=n`: whole chunks, and the last.
fn chunk_pairs(n: u64, size: u64) -> Option<u128> {
    let whole = visible_pairs(size, None)?.checked_mul((n / size).into())?;
    whole.checked_add(visible_pairs(n % size, None)?)
}

/// `Σₜ min(t, window)`, `t = 1..=n`.
fn visible_pairs(n: u64, window: Option<u64>) -> Option<u128> {
    let n = u128::from(n);
    let rising = window.map_or(n, |size| n.min(size.into()));
    // At most 2⁶⁴·2⁶⁴ and halved: in 128 bits.
    (rising * (rising + 1) / 2).checked_add((n - rising) * rising)
}

fn product(factors: &[u128]) -> Option<u128> {
    factors.iter().try_fold(1_u128, |product, &factor| product.checked_mul(factor))
}

/// Does the model write token by token from one stack?
pub(super) fn decoder_only(config: &ModelConfig, what: Asked) -> Result<(), BudgetError> {
    if config.kind == Kind::Decoder && !config.cross_attention {
        return Ok(());
    }
    Err(BudgetError::NotADecoder { name: config.name.clone(), what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::cost::attention_multiply_adds;
    use crate::budget::{Recurrent, find};

    #[test]
    fn the_pairs_in_sight_are_the_sum_over_tokens() {
        for (n, window) in [(0, None), (1, Some(1)), (7, None), (7, Some(3)), (7, Some(7)), (7, Some(9))] {
            let one_by_one = (1..=n).map(|t| u128::from(window.map_or(t, |size: u64| size.min(t)))).sum();
            assert_eq!(visible_pairs(n, window), Some(one_by_one), "{n} {window:?}");
        }
        assert!(visible_pairs(u64::MAX, None).is_none_or(|pairs| pairs > u128::from(u64::MAX)));
    }

    #[test]
    fn reading_costs_what_writing_costs_token_by_token() {
        let mut gemma = find("gemma-3-1b").unwrap().config.clone();
        gemma.window = Some(Window { size: 5, layers: 22, chunked: false });
        let mut chunked = gemma.clone();
        chunked.window = Some(Window { size: 5, layers: 22, chunked: true });
        let state =
            Recurrent { layers: 3, beside: false, parameters: 50, norms: 5, matrix: 60, last_inputs: 7 };
        let hybrid = ModelConfig { recurrent: Some(state), window: None, ..gemma.clone() };
        for model in [&gemma, &chunked, &hybrid, &find("mixtral-8x7b").unwrap().config] {
            let written: u128 = (1..=20).map(|t| decode_flops(model, t).unwrap().total()).sum();
            assert_eq!(prefill_flops(model, 20).unwrap().total(), written, "{}", model.name);
        }
    }

    #[test]
    fn a_multiply_add_is_two_operations() {
        let gpt = &find("gpt-2-small").unwrap().config;
        let core = attention_multiply_adds(1, 1000, 64, 64);
        assert_eq!(decode_flops(gpt, 1000).unwrap().attention, u128::from(2 * 12 * 12 * core));
        // 12 d² a layer and its biases, and the output; d = 768, 12 layers, 50257 words.
        let weights = 12 * (12 * 768 * 768 + (4 + 5) * 768) + 50_257 * 768;
        assert_eq!(decode_flops(gpt, 1000).unwrap().weights, 2 * weights);
        assert_eq!(prefill_flops(gpt, 1000).unwrap().weights, 2 * 1000 * weights);
    }

    #[test]
    fn sharing_keys_and_values_saves_no_operation_in_the_core() {
        let llama = &find("llama-2-70b").unwrap().config;
        // 80 layers; 64 query heads of 128 meet 1000 keys and 1000 values.
        assert_eq!(decode_flops(llama, 1000).unwrap().attention, 80 * 64 * 2 * (128 + 128) * 1000);
        let full = ModelConfig { kv_heads: 64, ..llama.clone() };
        for (shared, own) in [
            (decode_flops(llama, 1000).unwrap(), decode_flops(&full, 1000).unwrap()),
            (prefill_flops(llama, 1000).unwrap(), prefill_flops(&full, 1000).unwrap()),
        ] {
            assert_eq!(shared.attention, own.attention);
            // Only the projections of keys and values are smaller.
            assert!(shared.weights < own.weights);
        }
    }

    #[test]
    fn latent_attention_reads_wide_keys_and_writes_over_the_latent() {
        let deepseek = &find("deepseek-v3").unwrap().config;
        // Building keys and values: 192 and 128 wide. Absorbed: 576 and 512.
        assert_eq!(prefill_flops(deepseek, 1).unwrap().attention, 61 * 128 * 2 * (192 + 128));
        assert_eq!(decode_flops(deepseek, 1).unwrap().attention, 61 * 128 * 2 * (576 + 512));
    }

    #[test]
    fn beyond_128_bits_is_an_error_and_an_encoder_writes_nothing() {
        let model = &find("llama-3.1-405b").unwrap().config;
        assert_eq!(prefill_flops(model, u64::MAX), Err(OVERFLOW));
        for other in ["bert-base", "t5-base"] {
            let error = decode_flops(&find(other).unwrap().config, 1).unwrap_err();
            assert!(matches!(error, BudgetError::NotADecoder { .. }), "{error}");
        }
    }
}
