//! Many texts at once.

use rayon::prelude::*;

use super::sampler::Sampler;
use super::settings::Settings;
use crate::decoding::generate::after;
use crate::decoding::{DecodingError, LanguageModel};
use crate::numerics::rng;

/// Continues each prompt by at most `max_tokens` tokens, on all cores; the tokens of each text, the end token
/// included if it was chosen.
///
/// Text `i` draws from a stream of its own, one number a token, whatever the settings. So two settings with
/// the same seed and stream are *paired*: their texts differ by the settings, not by luck, and the difference
/// of a measure varies less. The number of threads changes nothing. A token allocates nothing.
///
/// # Errors
/// As [`generate`](crate::decoding::generate) and [`Sampler::new`]; of several texts that fail the first one
/// is told.
///
/// # Examples
/// ```
/// use concepts::decoding::{Settings, generate_batch};
/// use concepts::language_model::TreeModel;
/// let tree = TreeModel::greedy_trap();
/// let greedy = Settings { temperature: 0.0, ..Settings::default() };
/// let texts = generate_batch(&tree, &[&[], &[4]], greedy, 10, 1, "doc")?;
/// assert_eq!(texts, [vec![0, 1, 6], vec![1, 6]]); // A a, and after B: a
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn generate_batch<M: LanguageModel + Sync>(
    model: &M,
    prompts: &[&[u32]],
    settings: Settings,
    max_tokens: usize,
    seed: u64,
    stream: &str,
) -> Result<Vec<Vec<u32>>, DecodingError> {
    let sampler = Sampler::new(settings)?;
    let memory = || (sampler.clone(), vec![0.0; model.vocab_size()]);
    let text = |(sampler, logits): &mut (Sampler, Vec<f32>), (i, prompt): (usize, &&[u32])| {
        let mut random = rng(seed, &format!("{stream} {i}"));
        let mut state = after(model, prompt)?;
        let mut tokens = Vec::with_capacity(max_tokens);
        while tokens.len() < max_tokens {
            model.logits(&state, logits);
            let token = sampler.sample(logits, &mut random)?;
            tokens.push(token);
            if model.end() == Some(token) {
                break;
            }
            model.advance(&mut state, token);
        }
        Ok::<_, DecodingError>(tokens)
    };
    let texts: Vec<Result<_, _>> = prompts.par_iter().enumerate().map_init(memory, text).collect();
    texts.into_iter().collect()
}
