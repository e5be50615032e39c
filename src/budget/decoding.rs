//! How fast a model reads and writes: what must be moved between memory and processor, and what computed.

use super::flops::decoder_only;
use super::kv_cache::bytes_read;
use super::{
    Accelerator, BudgetError, Dtype, ModelConfig, cache_bytes, decode_flops, parameters, prefill_flops,
};
use crate::budget::words::{Asked, Field, Quantity};

/// What one pass through the model costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepCost {
    /// Tokens that pass, of all sequences together: one each while writing, a prompt each while reading.
    pub tokens: u64,
    /// Operations.
    pub flops: u128,
    /// Bytes of weights that are read, once for all tokens.
    pub weight_bytes: u64,
    /// Bytes of cache: read while writing text, written while reading it. Each sequence has its own.
    pub cache_bytes: u64,
}

impl StepCost {
    /// Bytes that are moved.
    pub fn bytes(&self) -> u64 {
        self.weight_bytes.saturating_add(self.cache_bytes)
    }

    /// Operations a byte. Below the [`ridge`](Accelerator::ridge) memory decides.
    pub fn intensity(&self) -> f64 {
        self.flops as f64 / self.bytes() as f64
    }

    /// Seconds, if moving bytes were all.
    ///
    /// # Formula
    /// `bytes / bandwidth`
    pub fn memory_seconds(&self, on: &Accelerator) -> f64 {
        self.bytes() as f64 / on.bandwidth
    }

    /// Seconds, if arithmetic were all; `None` where the maker prints none.
    ///
    /// # Formula
    /// `operations / flops`
    pub fn arithmetic_seconds(&self, on: &Accelerator) -> Option<f64> {
        on.flops.map(|flops| self.flops as f64 / flops)
    }

    /// Seconds at best: the slower of memory and arithmetic decides. Where the maker prints no arithmetic,
    /// memory alone.
    ///
    /// # Formula
    /// `max(bytes / bandwidth, operations / flops)`
    ///
    /// # Reference
    /// Williams, Waterman & Patterson 2009, *Roofline*.
    pub fn seconds(&self, on: &Accelerator) -> f64 {
        let memory = self.memory_seconds(on);
        self.arithmetic_seconds(on).map_or(memory, |arithmetic| arithmetic.max(memory))
    }

    /// Tokens a second of all sequences together, if reading memory were all.
    ///
    /// # Formula
    /// `tokens · bandwidth / bytes`
    pub fn bandwidth_bound_tokens_per_second(&self, on: &Accelerator) -> f64 {
        self.tokens as f64 / self.memory_seconds(on)
    }

    /// Tokens a second of all sequences together at best.
    ///
    /// # Formula
    /// `tokens / max(bytes / bandwidth, operations / flops)`
    pub fn tokens_per_second(&self, on: &Accelerator) -> f64 {
        self.tokens as f64 / self.seconds(on)
    }
}

/// What a step costs in which each of `batch` sequences of `context` tokens gets one more.
///
/// Activations are not counted: they are small and stay on the chip. Of an embedding that is not tied
/// only single rows are read; it is not counted either. A batch reads an expert as soon as one of its
/// tokens goes there; the number of experts is the expected one if routing were even and independent.
///
/// # Formula
/// `bytes = weights + batch·cache`; of `E` experts, `k` a token, `E·(1 − (1 − k/E)^batch)` are read
///
/// # Errors
/// As [`decode_flops`] and [`cache_bytes`]; [`BudgetError::BadField`] if `batch` is 0.
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, accelerator, decode_cost, find};
/// let (llama, a100) = (&find("llama-2-7b")?.config, accelerator("a100")?);
/// let alone = decode_cost(llama, Dtype::Bf16, Dtype::Bf16, 1024, 1)?;
/// assert!(alone.intensity() < 1.1); // one operation a byte: memory decides
/// assert_eq!(alone.tokens_per_second(a100).round(), 148.0);
/// // Sixteen sequences share the reading of the weights.
/// let together = decode_cost(llama, Dtype::Bf16, Dtype::Bf16, 1024, 16)?;
/// assert!(together.tokens_per_second(a100) > 9.0 * alone.tokens_per_second(a100));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn decode_cost(
    config: &ModelConfig,
    weights: Dtype,
    cache: Dtype,
    context: u64,
    batch: u64,
) -> Result<StepCost, BudgetError> {
    let flops = decode_flops(config, context)?.total();
    passed(config, weights, (batch, batch), flops, bytes_read(config, cache, context, batch)?)
}

/// What it costs to read a prompt of `tokens` tokens in each of `batch` sequences.
///
/// As in [`decode_cost`], but all tokens of all prompts share the reading of the weights: it is the
/// arithmetic that grows. Their cache is written once; that attention reads parts of it again and again
/// from the chip's own memory is not counted.
///
/// # Formula
/// `bytes = weights + batch·cache`, `operations = batch·prefill`
///
/// # Errors
/// As [`decode_cost`]; [`BudgetError::BadField`] if `tokens` is 0.
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, accelerator, decode_cost, find, prefill_cost};
/// let (llama, h100) = (&find("llama-2-7b")?.config, accelerator("h100")?);
/// let ridge = h100.ridge().unwrap();
/// let reading = prefill_cost(llama, Dtype::Bf16, Dtype::Bf16, 2048, 1)?;
/// let writing = decode_cost(llama, Dtype::Bf16, Dtype::Bf16, 2048, 1)?;
/// assert!(reading.intensity() > ridge && writing.intensity() < ridge);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn prefill_cost(
    config: &ModelConfig,
    weights: Dtype,
    cache: Dtype,
    tokens: u64,
    batch: u64,
) -> Result<StepCost, BudgetError> {
    positive(config, Field::Tokens, tokens)?;
    let flops = prefill_flops(config, tokens)?.total();
    let all = tokens.checked_mul(batch).ok_or(BudgetError::Overflow { what: Quantity::Tokens })?;
    passed(config, weights, (all, batch), flops, cache_bytes(config, cache, tokens, batch)?)
}

/// So many tokens of a batch pass, with so many operations a sequence.
fn passed(
    config: &ModelConfig,
    weights: Dtype,
    (tokens, batch): (u64, u64),
    flops: u128,
    cache_bytes: u64,
) -> Result<StepCost, BudgetError> {
    positive(config, Field::Batch, batch)?;
    let flops = flops.checked_mul(batch.into()).ok_or(BudgetError::Overflow { what: Quantity::Operations });
    let weight_bytes = weights.bytes(parameters_read(config, tokens)?)?;
    Ok(StepCost { tokens, flops: flops?, weight_bytes, cache_bytes })
}

fn positive(config: &ModelConfig, field: Field, size: u64) -> Result<(), BudgetError> {
    if size > 0 {
        return Ok(());
    }
    Err(BudgetError::BadField { name: config.name.clone(), field, size, least: 1, most: u64::MAX })
}

/// Parameters that so many tokens read: layers with the experts in use, norms, the output.
fn parameters_read(config: &ModelConfig, tokens: u64) -> Result<u64, BudgetError> {
    decoder_only(config, Asked::Step)?;
    let counted = parameters(config)?;
    let lookups = if config.tied { 0 } else { counted.active_in("embedding") };
    let for_one = counted.active() - lookups - counted.active_in("positions");
    let idle = counted.total() - counted.active() - config.images;
    Ok(for_one + (idle_share_read(config, tokens) * idle as f64).round() as u64)
}

/// Of the experts that one token leaves idle, the share that so many tokens read all the same.
fn idle_share_read(config: &ModelConfig, tokens: u64) -> f64 {
    let Some(experts) = config.experts.filter(|experts| experts.active < experts.count) else { return 0.0 };
    let (all, one) = (experts.count as f64, experts.active as f64);
    let read = all * (1.0 - libm::pow(1.0 - one / all, tokens as f64));
    ((read - one) / (all - one)).clamp(0.0, 1.0)
}

/// Bytes of all weights. Formats with groups are taken for every weight; in practice norms stay wider.
///
/// # Errors
/// As [`parameters`] and [`Dtype::bytes`].
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, find, weight_bytes};
/// assert_eq!(weight_bytes(&find("llama-2-7b")?.config, Dtype::Bf16)?, 2 * 6_738_415_616);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn weight_bytes(config: &ModelConfig, dtype: Dtype) -> Result<u64, BudgetError> {
    dtype.bytes(parameters(config)?.total())
}

/// Bytes that the weights leave free: what [`largest_batch`](super::largest_batch) and
/// [`largest_context`](super::largest_context) ask for. Activations and the runtime need some of it too.
///
/// # Errors
/// [`BudgetError::WeightsDoNotFit`]; as [`weight_bytes`].
///
/// # Examples
/// ```
/// use concepts::budget::{Dtype, find, free_memory, largest_batch, parse_bytes};
/// let llama = &find("llama-2-7b")?.config;
/// let free = free_memory(llama, Dtype::Bf16, parse_bytes("80 GB")?)?;
/// assert_eq!(largest_batch(llama, Dtype::Bf16, 4096, free)?, 30);
/// // LLaMA-2 70B does not fit on one such accelerator.
/// assert!(free_memory(&find("llama-2-70b")?.config, Dtype::Bf16, parse_bytes("80 GB")?).is_err());
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn free_memory(config: &ModelConfig, dtype: Dtype, memory: u64) -> Result<u64, BudgetError> {
    let needed = weight_bytes(config, dtype)?;
    let name = || config.name.clone();
    memory.checked_sub(needed).ok_or_else(|| BudgetError::WeightsDoNotFit { name: name(), needed, memory })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::find;

    #[test]
    fn a_batch_reads_the_experts_that_independent_draws_reach() {
        let mixtral = &find("mixtral-8x7b").unwrap().config;
        // Two tokens, 2 of 8 experts each: the second brings 2 · 6/8 new ones, of 6 idle ones.
        assert!((idle_share_read(mixtral, 2) - 1.5 / 6.0).abs() < 1e-12);
        assert_eq!(idle_share_read(mixtral, 1), 0.0);
        assert!((idle_share_read(mixtral, 10_000) - 1.0).abs() < 1e-12);
        assert_eq!(idle_share_read(&find("llama-2-7b").unwrap().config, 10), 0.0);
    }

    #[test]
    fn arithmetic_takes_over_at_the_ridge() {
        let (llama, h100) =
            (&find("llama-2-7b").unwrap().config, crate::budget::accelerator("h100").unwrap());
        let ridge = h100.ridge().unwrap();
        let mut crossed = false;
        for batch in [1, 16, 256, 4096] {
            let cost = decode_cost(llama, Dtype::Bf16, Dtype::Bf16, 1, batch).unwrap();
            let bound_by_memory =
                cost.tokens_per_second(h100) == cost.bandwidth_bound_tokens_per_second(h100);
            assert_eq!(bound_by_memory, cost.intensity() <= ridge, "batch {batch}");
            crossed |= !bound_by_memory;
        }
        assert!(crossed);
    }

    #[test]
    fn a_batch_of_none_is_an_error() {
        let error = decode_cost(&find("phi-4").unwrap().config, Dtype::F16, Dtype::F16, 1, 0).unwrap_err();
        assert!(error.to_string().contains("the batch is 0"), "{error}");
        let error = prefill_cost(&find("phi-4").unwrap().config, Dtype::F16, Dtype::F16, 0, 1).unwrap_err();
        assert!(error.to_string().contains("the number of tokens is 0"), "{error}");
    }

    #[test]
    fn a_prompt_of_one_token_costs_what_writing_it_costs() {
        for id in ["llama-2-7b", "mixtral-8x7b", "gemma-3-4b"] {
            let model = &find(id).unwrap().config;
            let writing = decode_cost(model, Dtype::Bf16, Dtype::Fp8, 1, 3).unwrap();
            assert_eq!(prefill_cost(model, Dtype::Bf16, Dtype::Fp8, 1, 3).unwrap(), writing, "{id}");
        }
    }

    #[test]
    fn the_time_of_a_step_is_that_of_the_slower_of_two() {
        let on = crate::budget::accelerator("h100").unwrap();
        let step =
            StepCost { tokens: 2, flops: 989_000_000_000, weight_bytes: 1_000_000, cache_bytes: 2_350_000 };
        assert_eq!((step.bytes(), step.seconds(on)), (3_350_000, 1e-3));
        assert_eq!((step.memory_seconds(on), step.arithmetic_seconds(on)), (1e-6, Some(1e-3)));
        assert_eq!((step.tokens_per_second(on), step.bandwidth_bound_tokens_per_second(on)), (2e3, 2e6));
        let unknown = Accelerator { flops: None, ..*on };
        assert_eq!((step.seconds(&unknown), step.arithmetic_seconds(&unknown)), (1e-6, None));
    }
}
