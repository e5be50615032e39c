//! What the families are trained on, counted.

use concepts::architecture::{ArchitectureError, Example, MlmRates, mlm_mask, span_corruption};
use concepts::attention::{AttentionError, Mask, MultiHead};
use concepts::numerics::{normal, rng};

/// Tokens of the texts.
pub(crate) const TEXT: usize = 512;
/// Texts over which the shares of masked tokens are measured.
pub(crate) const TEXTS: usize = 800;
/// The mask token, which no text contains.
pub(crate) const MASK: usize = 1_000_000;

/// A text whose tokens all differ.
pub(crate) fn tokens() -> Vec<usize> {
    (0..TEXT).collect()
}

/// Of the tokens of many texts.
#[derive(Clone, Copy)]
pub(crate) struct Masked {
    /// How many are to be predicted,
    pub selected: usize,
    /// of these, hidden behind the mask,
    pub hidden: usize,
    /// and left as they are.
    pub kept: usize,
}

pub(crate) fn masked(rates: MlmRates, seed: u64) -> Result<Masked, ArchitectureError> {
    let mut rng = rng(seed, "Q5 C3");
    let tokens = tokens();
    let mut masked = Masked { selected: 0, hidden: 0, kept: 0 };
    for _ in 0..TEXTS {
        let example = mlm_mask(&tokens, MASK - 1, MASK, rates, &mut rng)?;
        for (i, target) in example.targets.iter().enumerate() {
            masked.selected += usize::from(target.is_some());
            masked.hidden += usize::from(target.is_some() && example.inputs[i] == MASK);
            masked.kept += usize::from(target.is_some() && example.inputs[i] == tokens[i]);
        }
    }
    Ok(masked)
}

/// Positions at which a model that copies its input would be right.
pub(crate) fn copied(example: &Example) -> f64 {
    let right =
        example.inputs.iter().zip(&example.targets).filter(|(input, target)| Some(**input) == **target);
    right.count() as f64 / example.losses().max(1) as f64
}

/// Positions whose target is the token that comes next.
pub(crate) fn asked_for_the_next(example: &Example) -> usize {
    let next = tokens().into_iter().skip(1);
    example.targets.iter().zip(next).filter(|(target, next)| **target == Some(*next)).count()
}

/// Tokens that are not where they were after the spans are put back in the place of their sentinels.
pub(crate) fn lost(mean_span: f64, seed: u64) -> Result<usize, ArchitectureError> {
    // Sentinels and the end mark are tokens that no text contains.
    let (sentinel, end) = (|span: usize| MASK + span, MASK - 1);
    let mut rng = rng(seed, "Q5 C13");
    let corruption = span_corruption(TEXT, 0.15, mean_span)?;
    let (encoder, target) = corruption.apply(&tokens(), sentinel, end, &mut rng)?;
    let mut back = Vec::new();
    for &token in encoder.iter().filter(|&&token| token != end) {
        if token < end {
            back.push(token);
            continue;
        }
        let span = target.iter().skip_while(|&&said| said != token).skip(1);
        back.extend(span.take_while(|&&said| said < end));
    }
    let kept = back.iter().zip(tokens()).filter(|(back, token)| **back == *token).count();
    Ok(TEXT.max(back.len()) - kept)
}

/// Tokens of the text whose answers may be seen.
pub(crate) const SEEN_TEXT: usize = 32;

/// Positions whose output moves when the token they are asked for changes: those that see the answer.
/// Position `i` is asked for token `i + ahead`.
pub(crate) fn answers_seen(ahead: usize, mask: Mask, seed: u64) -> Result<f64, AttentionError> {
    const D: usize = 8;
    let mut rng = rng(seed, "answers seen");
    let layer = MultiHead::random(D, 2, 2, &mut rng)?;
    let x = normal((SEEN_TEXT, D), 1.0, &mut rng);
    let before = layer.forward(x.view(), &mask)?;
    let mut seen = 0.0;
    for i in 0..SEEN_TEXT - ahead {
        let mut other = x.clone();
        other.row_mut(i + ahead).mapv_inplace(|x| x + 1.0);
        if layer.forward(other.view(), &mask)?.row(i) != before.row(i) {
            seen += 1.0;
        }
    }
    Ok(seen)
}
