use super::beam::{BeamSearch, Found};
use super::expand::{Live, extended};
use super::hypothesis::{Best, Hypothesis};
use crate::decoding::generate::after;
use crate::decoding::log_sum::log_probabilities;
use crate::decoding::{DecodingError, LanguageModel};

/// The most prefixes that are looked at.
pub(super) const MAX_PREFIXES: u64 = 1 << 18;

/// The best texts of all there are: what a search with an endless beam would find.
///
/// For small trees only. The result is exact, and so the oracle of every other search. Of `search` the
/// number of beams does not matter, except that `n_best` must not exceed it.
///
/// # Errors
/// As [`BeamSearch::run`], or the tree has more than 2¹⁸ prefixes.
///
/// # Examples
/// ```
/// use concepts::decoding::{BeamSearch, exhaustive_search};
/// use concepts::language_model::TreeModel;
/// let found = exhaustive_search(&TreeModel::beam_trap(), &[], BeamSearch::new(1, 4))?;
/// assert!((found.hypotheses[0].log_prob.exp() - 0.144).abs() < 1e-7);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn exhaustive_search<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    search: BeamSearch,
) -> Result<Found, DecodingError> {
    search.check()?;
    let mut best = Best::new(search.n_best);
    let mut found = Found { hypotheses: Vec::new(), steps: 0, rows: 0, expansions: 0 };
    let mut open = vec![Live { state: after(model, prompt)?, tokens: Vec::new(), log_prob: 0.0 }];
    let mut logits = vec![0.0; model.vocab_size()];
    // Depth first: the list holds at most V prefixes a level.
    while let Some(prefix) = open.pop() {
        if found.rows == MAX_PREFIXES {
            return Err(DecodingError::TreeTooLarge { limit: MAX_PREFIXES });
        }
        model.logits(&prefix.state, &mut logits);
        found.rows += 1;
        for (token, step) in (0u32..).zip(log_probabilities(&logits)?) {
            if step == f64::NEG_INFINITY {
                continue;
            }
            found.expansions += 1;
            let tokens = extended(&prefix.tokens, token);
            let log_prob = prefix.log_prob + step;
            let ended = model.end() == Some(token);
            if ended || tokens.len() == search.max_tokens {
                let score = search.length.score(log_prob, tokens.len());
                best.add(Hypothesis { tokens, log_prob, score, ended });
            } else {
                let mut state = prefix.state.clone();
                model.advance(&mut state, token);
                open.push(Live { state, tokens, log_prob });
            }
        }
        found.steps = found.steps.max(prefix.tokens.len() + 1);
    }
    found.hypotheses = best.into_list();
    Ok(found)
}
