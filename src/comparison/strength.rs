//! How much a strategy cuts away.

use rayon::prelude::*;

use super::Recipe;
use crate::decoding::{Candidates, DecodingError, LanguageModel};
use crate::numerics::statistics::mean;

/// How strong a setting is, on average over contexts. All recipes see the same contexts, of text that people
/// wrote, so this number does not depend on what a strategy has made of its own text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// The entropy of what is drawn from, in nats.
    pub entropy: f64,
    /// `Σ p` of the tokens that may be drawn, under the model itself; 1 where nothing is cut.
    pub kept_mass: f64,
    /// How many tokens may be drawn.
    pub candidates: f64,
}

/// The strength of a recipe that chooses from the next token's distribution alone; `None` for one that looks at
/// what was said, or searches.
///
/// # Formula
/// Over contexts `c`: `mean H(q_c)`, `mean Σ_{v ∈ support(q_c)} p_c(v)`, `mean |support(q_c)|`, with `p_c` the
/// model's distribution and `q_c` what the recipe makes of it. Sampling with a temperature of 2 draws from *more*
/// entropy than the model has.
///
/// # Errors
/// The model gives no distribution, or a number of the recipe is out of its range.
///
/// # Examples
/// ```
/// use concepts::comparison::{Family, Recipe, strength};
/// let logits = vec![[0.5f32, 0.3, 0.15, 0.05].map(f32::ln).to_vec()];
/// let strong = strength(&Recipe::new(Family::TopP, 0.8), &logits)?.unwrap();
/// assert_eq!(strong.candidates, 2.0);
/// assert!((strong.kept_mass - 0.8).abs() < 1e-6);
/// assert!(strength(&Recipe::new(Family::Beam, 4.0), &logits)?.is_none());
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
pub fn strength(recipe: &Recipe, contexts: &[Vec<f32>]) -> Result<Option<Strength>, DecodingError> {
    let Some(pipeline) = recipe.pipeline().filter(|_| recipe.family.is_local()) else { return Ok(None) };
    let one = |logits: &Vec<f32>| {
        let kept = pipeline.candidates(logits, &[])?;
        let all = Candidates::from_logits(logits)?;
        let probs = all.dense(logits.len());
        let mass = kept.as_slice().iter().map(|candidate| probs[candidate.id as usize]).sum::<f64>();
        Ok([kept.entropy(), mass, kept.size() as f64])
    };
    let each: Vec<[f64; 3]> = contexts.par_iter().map(one).collect::<Result<_, DecodingError>>()?;
    let over = |part: usize| mean(&each.iter().map(|of| of[part]).collect::<Vec<_>>());
    Ok(Some(Strength { entropy: over(0), kept_mass: over(1), candidates: over(2) }))
}

/// The logits after every `apart`-th prefix of a text, at most `most` rows.
pub fn contexts<M: LanguageModel>(model: &M, text: &[u32], apart: usize, most: usize) -> Vec<Vec<f32>> {
    let mut state = model.start();
    let mut rows = Vec::new();
    for (place, &token) in text.iter().enumerate() {
        model.advance(&mut state, token);
        if (place + 1) % apart.max(1) == 0 && rows.len() < most {
            let mut logits = vec![0.0; model.vocab_size()];
            model.logits(&state, &mut logits);
            rows.push(logits);
        }
    }
    rows
}
