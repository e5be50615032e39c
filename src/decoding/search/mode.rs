use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::beam::{BeamSearch, Found};
use super::exhaustive::MAX_PREFIXES;
use super::expand::{Live, extended};
use super::hypothesis::Hypothesis;
use crate::decoding::generate::after;
use crate::decoding::log_sum::log_probabilities;
use crate::decoding::{DecodingError, LanguageModel};

/// The most probable text of all there are, by looking at the most probable prefix first.
///
/// A further token never makes a prefix more probable. So the first *whole* text that is the most probable entry of
/// the list is the mode: whatever is still open is less probable already. No prefix below greedy's text has to be
/// kept, for that text is there. The result is that of [`exhaustive_search`](super::exhaustive_search) without a length
/// penalty, in time that grows with the number of prefixes more probable than the mode, `n/p` at most for a mode of `n`
/// tokens and probability `p`.
///
/// # Formula
/// `argmax_x Π_t p(x_t | prompt, x_<t)` over all texts that end, or have `max_tokens` tokens
///
/// # Errors
/// `max_tokens` is 0, a token of the prompt is not in the vocabulary, the model gives no distribution, or more than
/// 2¹⁸ prefixes are more probable than the mode.
///
/// # Reference
/// Stahlberg and Byrne 2019, *On NMT Search Errors and Model Errors: Cat Got Your Tongue?*, algorithm 1: there depth
/// first; the same bound.
///
/// # Examples
/// ```
/// use concepts::decoding::mode_search;
/// use concepts::language_model::TreeModel;
/// let found = mode_search(&TreeModel::beam_trap(), &[], 4)?;
/// assert!((found.hypotheses[0].log_prob.exp() - 0.144).abs() < 1e-7);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn mode_search<M: LanguageModel>(
    model: &M,
    prompt: &[u32],
    max_tokens: usize,
) -> Result<Found, DecodingError> {
    let greedy = BeamSearch::new(1, max_tokens).run(model, prompt)?;
    let bound = greedy.best().map_or(f64::NEG_INFINITY, |text| text.log_prob);
    let mut found = Found { hypotheses: Vec::new(), steps: 0, rows: 0, expansions: 0 };
    let mut logits = vec![0.0; model.vocab_size()];
    let start = Live { state: after(model, prompt)?, tokens: Vec::new(), log_prob: 0.0 };
    let mut open = BinaryHeap::from([Open { live: start, whole: false, ended: false }]);
    while let Some(Open { live, whole, ended }) = open.pop() {
        if whole {
            let Live { tokens, log_prob, .. } = live;
            found.hypotheses.push(Hypothesis { tokens, log_prob, score: log_prob, ended });
            break;
        }
        if found.rows == MAX_PREFIXES {
            return Err(DecodingError::TreeTooLarge { limit: MAX_PREFIXES });
        }
        model.logits(&live.state, &mut logits);
        found.rows += 1;
        found.steps = found.steps.max(live.tokens.len() + 1);
        for (token, step) in (0u32..).zip(log_probabilities(&logits)?) {
            let log_prob = live.log_prob + step;
            if log_prob == f64::NEG_INFINITY || log_prob < bound {
                continue;
            }
            found.expansions += 1;
            let ended = model.end() == Some(token);
            let whole = ended || live.tokens.len() + 1 == max_tokens;
            let mut state = live.state.clone();
            if !whole {
                model.advance(&mut state, token);
            }
            let live = Live { state, tokens: extended(&live.tokens, token), log_prob };
            open.push(Open { live, whole, ended });
        }
    }
    Ok(found)
}

/// A prefix on the list, or a whole text.
struct Open<S> {
    live: Live<S>,
    whole: bool,
    ended: bool,
}

/// By probability; of equals the one with the lower tokens is first.
impl<S> Ord for Open<S> {
    fn cmp(&self, other: &Self) -> Ordering {
        let probable = self.live.log_prob.total_cmp(&other.live.log_prob);
        probable.then_with(|| other.live.tokens.cmp(&self.live.tokens))
    }
}

impl<S> PartialOrd for Open<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> PartialEq for Open<S> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<S> Eq for Open<S> {}

#[cfg(test)]
mod tests {
    use super::super::exhaustive_search;
    use super::*;
    use crate::language_model::TreeModel;

    /// Four tokens, all alike, for ever.
    struct Flat;

    impl LanguageModel for Flat {
        type State = ();

        fn vocab_size(&self) -> usize {
            4
        }

        fn start(&self) {}

        fn advance(&self, (): &mut (), _: u32) {}

        fn logits(&self, (): &(), logits: &mut [f32]) {
            logits.fill(0.0);
        }
    }

    #[test]
    fn the_mode_is_what_looking_at_everything_finds() {
        for seed in 0..60 {
            let tree = TreeModel::random(4, 6, 1.0 + (seed % 3) as f64, seed).unwrap();
            let all = exhaustive_search(&tree, &[], BeamSearch::new(1, 6)).unwrap();
            let first = mode_search(&tree, &[], 6).unwrap();
            assert_eq!(first.hypotheses, all.hypotheses, "{seed}");
            assert!(first.rows <= all.rows && first.rows >= 1, "{seed}");
        }
    }

    #[test]
    fn no_tokens_are_refused_and_a_mode_that_is_nowhere_near_is_given_up() {
        let tree = TreeModel::beam_trap();
        assert!(mode_search(&tree, &[], 0).is_err());
        let limit = MAX_PREFIXES;
        assert_eq!(mode_search(&Flat, &[], 12).unwrap_err(), DecodingError::TreeTooLarge { limit });
    }
}
