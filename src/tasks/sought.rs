//! Does a search find the most probable text?

use super::TasksError;
use super::answers::after;
use super::error::sized;
use super::words::Quantity;
use crate::comparison::log_probs;
use crate::decoding::{BeamSearch, LanguageModel, Pipeline, generate, mode_search};
use crate::numerics::rng;
use crate::numerics::tolerance::EXACT_F64;

/// The most draws of one search.
const MOST_DRAWS: usize = 100_000;

/// A way to look for the most probable text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Beam search; one beam is greedy.
    Beams(usize),
    /// The most probable of so many texts that are drawn from the model as it is.
    Draws(usize),
}

/// What a search made of one prompt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sought {
    /// The probability that it finds the mode: 0 or 1 where there is no chance.
    pub found: f64,
    /// By how many nats what it found is less probable than the mode.
    pub behind: f64,
    /// Rows of logits that it took.
    pub rows: f64,
}

/// The most probable text of a model, found by looking at whatever could be more probable: see [`mode_search`].
///
/// # Errors
/// [`TasksError`] as [`mode_search`].
pub fn mode<M: LanguageModel>(model: &M, prompt: &[u32], longest: usize) -> Result<Vec<u32>, TasksError> {
    let found = mode_search(model, prompt, longest)?;
    Ok(found.best().map(|text| text.tokens.clone()).unwrap_or_default())
}

/// Looks for the most probable text of at most `longest` tokens, and sets what is found beside the `mode`, which is
/// known: [`mode()`] finds it, and [`Chain::most_probable_after`](super::Chain::most_probable_after).
///
/// Of draws it is computed how often one of them is the mode, and run by how much the best of them is behind.
///
/// # Formula
/// `found = [ln p(x) = ln p(mode)]`, of `k` draws `1 − (1 − p(mode))^k`; `behind = ln p(mode) − ln p(x)`
///
/// # Errors
/// [`TasksError`] if there are no beams or draws, or more than 10⁵ draws, or the model gives no distribution.
///
/// # Reference
/// Stahlberg and Byrne 2019, *On NMT Search Errors and Model Errors: Cat Got Your Tongue?*, section 2, for search
/// errors as they are counted here.
///
/// # Examples
/// ```
/// use concepts::language_model::TreeModel;
/// use concepts::tasks::{Search, mode, sought};
/// let tree = TreeModel::greedy_trap();
/// let mode = mode(&tree, &[], 3)?;
/// let [greedy, beams] = [1, 2].map(|beams| sought(&tree, &[], &mode, Search::Beams(beams), 3, 7));
/// let greedy = greedy?;
/// assert_eq!((greedy.found, beams?.found), (0.0, 1.0));
/// assert!((greedy.behind - (0.36f64 / 0.20).ln()).abs() < 1e-6);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn sought<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    mode: &[u32],
    search: Search,
    longest: usize,
    seed: u64,
) -> Result<Sought, TasksError> {
    let best = log_prob(model, prompt, mode)?;
    match search {
        Search::Beams(beams) => {
            let found = BeamSearch::new(beams, longest).run(model, prompt)?;
            let own = found.best().map_or(f64::NEG_INFINITY, |text| text.log_prob);
            // Two texts that are equally probable are both modes.
            let behind = (best - own).max(0.0);
            let is_mode = behind <= EXACT_F64 * best.abs().max(1.0);
            Ok(Sought { found: f64::from(u8::from(is_mode)), behind, rows: found.rows as f64 })
        }
        Search::Draws(k) => {
            sized(Quantity::Draws, k, MOST_DRAWS)?;
            let mut draws = rng(seed, &format!("tasks sought {prompt:?}"));
            let (mut own, mut rows) = (f64::NEG_INFINITY, 0);
            for _ in 0..k {
                let text = generate(model, prompt, &mut Pipeline::default(), longest, &mut draws)?;
                own = own.max(text.steps.iter().map(|step| step.log_prob).sum::<f64>());
                rows += text.model_calls;
            }
            let missed = libm::exp(k as f64 * libm::log1p(-libm::exp(best)));
            Ok(Sought { found: 1.0 - missed, behind: (best - own).max(0.0), rows: rows as f64 })
        }
    }
}

/// `ln p` of a text.
fn log_prob<M: LanguageModel>(model: &M, prompt: &[u32], text: &[u32]) -> Result<f64, TasksError> {
    after(model, &[prompt, text].concat())?; // all tokens are known
    Ok(log_probs(model, prompt, text)?.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::{Chain, Writer};

    #[test]
    fn looking_at_every_prefix_finds_what_dynamic_programming_finds() {
        for seed in 0..8 {
            let chain = Chain::drawn(12, 0.3, seed).unwrap();
            let writer = Writer::new(&chain, 0.0, 1).unwrap();
            for word in 0..3 {
                let found = mode(&writer, &[word], 8).unwrap();
                assert_eq!(found, chain.most_probable_after(word as usize, 8), "{seed} {word}");
            }
        }
        assert!(Chain::drawn(3, 1.0, 7).unwrap().most_probable_after(3, 5).is_empty());
    }

    #[test]
    fn a_beam_of_every_prefix_finds_it_and_more_draws_find_it_more_often() {
        let chain = Chain::drawn(6, 0.5, 7).unwrap();
        let writer = Writer::new(&chain, 0.0, 1).unwrap();
        let best = chain.most_probable_after(2, 4);
        let look = |search| sought(&writer, &[2], &best, search, 4, 7).unwrap();
        let whole = look(Search::Beams(6 * 6 * 6));
        assert_eq!((whole.found, whole.behind), (1.0, 0.0));
        let steps = best.iter().scan(2, |last, &word| {
            let p = chain.after(*last)[word as usize];
            *last = word as usize;
            Some(p)
        });
        let p: f64 = steps.product();
        let [one, many] = [1, 50].map(|k| look(Search::Draws(k)));
        assert!((one.found - p).abs() < 1e-6);
        assert!((many.found - (1.0 - (1.0 - p).powi(50))).abs() < 1e-5);
        assert!(many.behind <= one.behind && many.rows == 50.0 * one.rows);
        assert!(sought(&writer, &[2], &best, Search::Draws(0), 4, 7).is_err());
        assert!(sought(&writer, &[2], &[99], Search::Beams(2), 4, 7).is_err());
    }
}
