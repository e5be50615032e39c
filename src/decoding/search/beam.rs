use super::expand::{Live, Rules, advance, expansions};
use super::hypothesis::{Best, Hypothesis};
use super::length::LengthPenalty;
use crate::decoding::generate::after;
use crate::decoding::words::Parameter;
use crate::decoding::{DecodingError, LanguageModel};

/// Beam search: the `k` most probable prefixes go on, compared as whole sequences.
///
/// At each step all `k · V` continuations compete; how many of one prefix win does not matter. A
/// continuation by the end token leaves the beam as a finished text if it is among the best `k`.
///
/// It is neither optimal nor always better than greedy: the prefix of the best text can fall out of the
/// beam, the greedy one too. With as many beams as there are prefixes it is exhaustive.
///
/// # Early stopping
/// The search ends before `max_tokens` only when that cannot change the result: when `n_best` texts are
/// finished and no prefix can reach the score of the worst of them any more. A prefix with log-probability
/// `s` after `t` tokens can at best score `max(s/lp(t+1), s/lp(max_tokens))`: further tokens only lower
/// `s ≤ 0`, and `lp` is monotone in the length, so the quotient is largest at one of the ends. All prefixes
/// are of one length, so it is enough to look at the most probable one. The common rule “stop when k texts
/// are finished” has no such guarantee.
///
/// # Formula
/// `Bₜ₊₁ = top-k over b ∈ Bₜ, v ∈ V of ln p(b) + ln p(v | b)`; the result maximises `ln p / lp(L)`
///
/// # Reference
/// Graves 2012, *Sequence Transduction with Recurrent Neural Networks*, algorithm 1; for the stopping rule
/// Huang, Zhao and Ma 2017, *When to Finish? Optimal Beam Search for Neural Text Generation*.
///
/// # Examples
/// ```
/// use concepts::{decoding::BeamSearch, language_model::TreeModel};
/// let tree = TreeModel::greedy_trap();
/// let greedy = BeamSearch::new(1, 3).run(&tree, &[])?;
/// let beam = BeamSearch::new(2, 3).run(&tree, &[])?;
/// assert!((greedy.best().expect("a text").log_prob.exp() - 0.20).abs() < 1e-7);
/// assert!((beam.best().expect("a text").log_prob.exp() - 0.36).abs() < 1e-7);
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BeamSearch {
    /// How many prefixes go on. 1 is greedy, as long as there is no length penalty.
    pub beams: usize,
    /// A text with that many tokens is cut off; it competes as it is.
    pub max_tokens: usize,
    /// How texts of different length are compared.
    pub length: LengthPenalty,
    /// How many texts are wanted, at most `beams`.
    pub n_best: usize,
}

/// What a search found, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The texts, the best first.
    pub hypotheses: Vec<Hypothesis>,
    /// Steps: calls of the model, if all prefixes of a step are one batch.
    pub steps: usize,
    /// Rows of logits: one a prefix and step.
    pub rows: u64,
    /// Continuations that competed, over all steps.
    pub expansions: u64,
}

impl Found {
    /// The best text.
    pub fn best(&self) -> Option<&Hypothesis> {
        self.hypotheses.first()
    }
}

impl BeamSearch {
    /// One text, no length penalty.
    pub fn new(beams: usize, max_tokens: usize) -> Self {
        Self { beams, max_tokens, length: LengthPenalty::None, n_best: 1 }
    }

    /// Searches for the continuations of `prompt`.
    ///
    /// # Errors
    /// `beams`, `max_tokens` or `n_best` is 0, `n_best` is more than `beams`, the exponent of the length
    /// penalty is not between −10 and 10, a token of the prompt is not in the vocabulary, or the model
    /// gives no distribution. More beams than tokens are fine.
    pub fn run<M: LanguageModel>(&self, model: &M, prompt: &[u32]) -> Result<Found, DecodingError> {
        self.check()?;
        let mut best = Best::new(self.n_best);
        let mut live = vec![Live { state: after(model, prompt)?, tokens: Vec::new(), log_prob: 0.0 }];
        let mut found = Found { hypotheses: Vec::new(), steps: 0, rows: 0, expansions: 0 };
        while !self.is_settled(&best, &live) {
            let all = expansions(model, &live, |_| 0.0)?;
            found.steps += 1;
            found.rows += live.len() as u64;
            found.expansions += all.len() as u64;
            live = advance(model, &live, all, self.rules(), &mut best);
        }
        found.hypotheses = best.into_list();
        Ok(found)
    }

    /// Can no prefix change the result any more? The first prefix is the most probable one.
    pub(super) fn is_settled<S>(&self, best: &Best, live: &[Live<S>]) -> bool {
        let top = live.iter().map(|prefix| prefix.log_prob).reduce(f64::max);
        let (Some(top), Some(prefix)) = (top, live.first()) else { return true };
        best.is_settled(self.length.bound(top, prefix.tokens.len() + 1, self.max_tokens))
    }

    pub(super) fn rules(&self) -> Rules {
        Rules { beams: self.beams, max_tokens: self.max_tokens, length: self.length }
    }

    pub(super) fn check(&self) -> Result<(), DecodingError> {
        let counts = [
            (Parameter::Beams, self.beams),
            (Parameter::MaxTokens, self.max_tokens),
            (Parameter::NBest, self.n_best),
        ];
        if let Some((name, _)) = counts.into_iter().find(|(_, count)| *count == 0) {
            return Err(DecodingError::Zero { name });
        }
        if self.n_best > self.beams {
            let (name, limit_name) = (Parameter::NBest, Parameter::Beams);
            return Err(DecodingError::TooMany { name, value: self.n_best, limit_name, limit: self.beams });
        }
        self.length.check()
    }
}
