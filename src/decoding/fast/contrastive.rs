//! Contrastive search without sorting, and with many hidden states side by side.

use pulp::Arch;

use super::keep::beyond_f32;
use super::sampler::Sampler;
use super::settings::Settings;
use super::top_k::best;
use crate::decoding::contrastive::{Direction, Look, cosine, search, sorted};
use crate::decoding::words::Parameter;
use crate::decoding::{Candidate, DecodingError, Generated, HiddenStates};

/// As [`contrastive_search`](crate::decoding::contrastive_search), on logits that are not sorted and with products of
/// many hidden states side by side, each of which has the bits of the twin.
///
/// Of a small vocabulary, which is sorted in no time, the text is that of the twin to the last bit. Of a large one
/// probabilities come from `f32` weights, so scores differ from those of the twin by
/// [`SAMPLING_F32`](crate::numerics::tolerance::SAMPLING_F32); where two candidates are nearer than that, another one
/// may win.
///
/// # Errors
/// As [`contrastive_search`](crate::decoding::contrastive_search).
///
/// # Examples
/// ```
/// use concepts::decoding::{HiddenStates, LanguageModel, contrastive_search, fast_contrastive_search};
/// struct Dull;
/// impl LanguageModel for Dull {
///     type State = usize;
///     fn vocab_size(&self) -> usize { 3 }
///     fn start(&self) -> usize { 0 }
///     fn advance(&self, last: &mut usize, token: u32) { *last = token as usize }
///     fn logits(&self, _: &usize, logits: &mut [f32]) { logits.copy_from_slice(&[1.0, 0.5, 0.0]) }
/// }
/// impl HiddenStates for Dull {
///     fn hidden(&self, last: &usize) -> Vec<f32> {
///         (0..3).map(|i| if i == *last { 1.0 } else { 0.0 }).collect()
///     }
/// }
/// let (fast, twin) = (fast_contrastive_search(&Dull, &[], 3, 0.6, 3)?, contrastive_search(&Dull, &[], 3, 0.6, 3)?);
/// assert_eq!(fast.tokens(), twin.tokens());
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn fast_contrastive_search<M: HiddenStates>(
    model: &M,
    prompt: &[u32],
    k: usize,
    alpha: f64,
    max_tokens: usize,
) -> Result<Generated, DecodingError> {
    let sampler = Sampler::unchecked(Settings::default());
    let mut look = SideBySide { sampler, arch: Arch::new(), blocks: Vec::new(), squares: Vec::new() };
    search(model, prompt, (k, alpha), max_tokens, &mut look)
}

/// A vocabulary below this is sorted.
const SMALL: usize = 512;
/// Hidden states side by side: enough sums for the processor to have something to do while each waits for its last
/// addition.
const LANES: usize = 32;

/// Candidates by selection, hidden states in blocks.
struct SideBySide {
    sampler: Sampler,
    arch: Arch,
    /// Of each block the first numbers of all its states, then the second ones, and so on.
    blocks: Vec<Vec<[f32; LANES]>>,
    /// The squared lengths of all states.
    squares: Vec<f64>,
}

impl Look for SideBySide {
    fn best(&mut self, logits: &[f32], k: usize) -> Result<Vec<Candidate>, DecodingError> {
        let sampler = &mut self.sampler;
        if logits.len() < SMALL {
            return sorted(logits, k);
        }
        let extent = sampler.scan(logits)?;
        if k == 0 {
            return Err(DecodingError::Zero { name: Parameter::K });
        }
        if beyond_f32(extent, 1.0) {
            return sorted(logits, k);
        }
        let whole = f64::from(extent.max) + sampler.log_sum(logits, extent);
        best(logits, &sampler.maxima, k, &mut sampler.sums, &mut sampler.list);
        let candidates = sampler.list.iter().map(|entry| {
            let log_prob = f64::from(entry.logit) - whole;
            Candidate { id: entry.id, log_prob, prob: libm::exp(log_prob) }
        });
        Ok(candidates.collect())
    }

    fn keep(&mut self, state: Direction) {
        let lane = self.squares.len() % LANES;
        if lane == 0 {
            self.blocks.push(vec![[0.0; LANES]; state.hidden.len()]);
        }
        if let Some(block) = self.blocks.last_mut() {
            block.iter_mut().zip(&state.hidden).for_each(|(numbers, x)| numbers[lane] = *x);
        }
        self.squares.push(state.square);
    }

    fn closest(&self, state: &Direction) -> f64 {
        let mut most = f64::NAN;
        for (block, squares) in self.blocks.iter().zip(self.squares.chunks(LANES)) {
            let products = self.arch.dispatch(|| products(&state.hidden, block));
            for (product, &square) in products.into_iter().zip(squares) {
                most = most.max(cosine(product, state.square, square));
            }
        }
        if self.squares.is_empty() { 0.0 } else { most }
    }
}

/// The product of one state with each of a block; every sum runs as it would alone.
#[inline(always)]
fn products(state: &[f32], block: &[[f32; LANES]]) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for (x, numbers) in state.iter().zip(block) {
        for (sum, y) in sums.iter_mut().zip(numbers) {
            *sum += f64::from(*x) * f64::from(*y);
        }
    }
    sums
}
