//! What a model is trained to say: inputs, and the target of each position.

use crate::architecture::words::{Bounds, Dimension, Objective, Part, Share};
use rand::Rng;
use rand::seq::index::sample;

use super::ArchitectureError;
use super::error::at_least_one;

/// One training example. Position `i` reads `inputs[..]` as far as the architecture lets it see, and is
/// to say `targets[i]`; where that is `None` nothing is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What the model reads.
    pub inputs: Vec<usize>,
    /// What each position is to say, as many as there are inputs.
    pub targets: Vec<Option<usize>>,
}

impl Example {
    /// Number of positions that have a target: so many losses come from this text.
    pub fn losses(&self) -> usize {
        self.targets.iter().flatten().count()
    }
}

/// Causal language modelling: every position is to say the next token.
///
/// All positions are trained at once, so a text of `n` tokens gives `n − 1` losses.
///
/// # Formula
/// `targetᵢ = tokenᵢ₊₁`; the last position has none
///
/// # Errors
/// [`ArchitectureError::TooShort`] if there is no second token.
///
/// # Reference
/// Radford et al. 2018, *Improving Language Understanding by Generative Pre-Training*, section 3.1.
///
/// # Examples
/// ```
/// use concepts::architecture::clm_targets;
/// let example = clm_targets(&[5, 6, 7])?;
/// assert_eq!(example.targets, [Some(6), Some(7), None]);
/// assert_eq!(example.losses(), 2);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn clm_targets(tokens: &[usize]) -> Result<Example, ArchitectureError> {
    prefix_lm_targets(tokens, 0)
}

/// Prefix language modelling: the prefix is only read, and every later token is to be said by the position
/// before it.
///
/// # Formula
/// `targetᵢ = tokenᵢ₊₁` if `i + 1 ≥ prefix`: `n − max(prefix, 1)` losses
///
/// # Errors
/// [`ArchitectureError`] if the text is shorter than two tokens or than the prefix and one more.
///
/// # Reference
/// Raffel et al. 2020 (T5), section 3.2.3; Liu et al. 2018, *Generating Wikipedia by Summarizing Long
/// Sequences*.
///
/// # Examples
/// ```
/// use concepts::architecture::prefix_lm_targets;
/// let example = prefix_lm_targets(&[5, 6, 7, 8], 2)?;
/// assert_eq!(example.targets, [None, Some(7), Some(8), None]);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn prefix_lm_targets(tokens: &[usize], prefix: usize) -> Result<Example, ArchitectureError> {
    let n = tokens.len();
    if n < 2 {
        return Err(ArchitectureError::TooShort { objective: Objective::NextToken, least: 2, tokens: n });
    }
    if prefix >= n {
        return Err(ArchitectureError::TooFewTokens { what: Part::PrefixAndOne, part: prefix, tokens: n });
    }
    let next = |i: usize| tokens.get(i + 1).copied().filter(|_| i + 1 >= prefix);
    Ok(Example { inputs: tokens.to_vec(), targets: (0..n).map(next).collect() })
}

/// The shares of [`mlm_mask`]. The default is that of BERT: 0.15, of which 0.8 and 0.1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MlmRates {
    /// Share of the tokens that are to be said.
    pub select: f64,
    /// Of these, the share that is hidden behind the mask token.
    pub mask: f64,
    /// Of these, the share that is replaced by any token. The rest is left as it is.
    pub random: f64,
}

impl Default for MlmRates {
    fn default() -> Self {
        MlmRates { select: 0.15, mask: 0.8, random: 0.1 }
    }
}

impl MlmRates {
    /// Shares, all of them.
    fn check(&self) -> Result<(), ArchitectureError> {
        for (what, value) in [
            (Share::Selected, self.select),
            (Share::Hidden, self.mask),
            (Share::Replaced, self.random),
            (Share::HiddenAndReplaced, self.mask + self.random),
        ] {
            // The sum of two shares may round to just above 1.
            if !(0.0..=1.0 + f64::EPSILON).contains(&value) {
                return Err(ArchitectureError::BadShare { what, value, range: Bounds::Between0And1 });
            }
        }
        Ok(())
    }
}

/// Masked language modelling: some tokens are to be said, and most of these are hidden.
///
/// A hidden token that is always the mask would never occur in use; therefore some selected tokens are
/// replaced by any token and some are left, and the model cannot tell which of the tokens it sees are
/// right. Only selected positions give a loss: 15 of 100, where predicting the next token gives 99.
///
/// # Formula
/// `max(1, round(select · n))` positions, drawn without repetition; each is the mask token with
/// probability `mask`, any of `vocabulary` tokens with probability `random`, else itself
///
/// # Errors
/// [`ArchitectureError`] if there is no token, `vocabulary` is 0, or a rate is no share.
///
/// # Reference
/// Devlin et al. 2019, *BERT*, section 3.1 and appendix A.1.
///
/// # Examples
/// ```
/// use concepts::architecture::{MlmRates, mlm_mask};
/// use concepts::numerics::rng;
/// let tokens: Vec<usize> = (0..100).collect();
/// let example = mlm_mask(&tokens, 1000, 103, MlmRates::default(), &mut rng(7, "doc"))?;
/// assert_eq!(example.losses(), 15);
/// // What is to be said is the token that was there.
/// assert!(example.targets.iter().enumerate().all(|(i, target)| target.is_none_or(|token| token == i)));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn mlm_mask(
    tokens: &[usize],
    vocabulary: usize,
    mask_token: usize,
    rates: MlmRates,
    rng: &mut impl Rng,
) -> Result<Example, ArchitectureError> {
    at_least_one(&[(Dimension::Tokens, tokens.len()), (Dimension::Vocabulary, vocabulary)])?;
    rates.check()?;
    let n = tokens.len();
    let count = ((rates.select * n as f64).round_ties_even() as usize).clamp(1, n);
    let mut example = Example { inputs: tokens.to_vec(), targets: vec![None; n] };
    for i in sample(rng, n, count) {
        example.targets[i] = Some(tokens[i]);
        let share: f64 = rng.random();
        if share < rates.mask {
            example.inputs[i] = mask_token;
        } else if share < rates.mask + rates.random {
            example.inputs[i] = rng.random_range(0..vocabulary);
        }
    }
    Ok(example)
}
