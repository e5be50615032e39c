//! T5's span corruption: how long it makes both sides, and one way to do it.

use crate::architecture::words::{Bounds, Dimension, Objective, Operand, Share};
use rand::Rng;
use rand::seq::index::sample;

use super::ArchitectureError;
use super::error::same;

/// How a text of some length is corrupted: see [`span_corruption`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanCorruption {
    length: usize,
    noise_tokens: usize,
    spans: usize,
}

impl SpanCorruption {
    /// Tokens of the text.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Tokens that are taken out.
    pub fn noise_tokens(&self) -> usize {
        self.noise_tokens
    }

    /// Spans that they form; each leaves one sentinel behind.
    pub fn spans(&self) -> usize {
        self.spans
    }

    /// Tokens that the encoder reads, its end mark included: `length − noise_tokens + spans + 1`.
    pub fn encoder_length(&self) -> usize {
        self.length - self.noise_tokens + self.spans + 1
    }

    /// Tokens that the decoder is to say, its end mark included: `noise_tokens + spans + 1`.
    pub fn target_length(&self) -> usize {
        self.noise_tokens + self.spans + 1
    }
}

/// The arithmetic of span corruption: spans of tokens are taken out, each leaves a sentinel, and the
/// decoder is to say what was taken, span by span after its sentinel.
///
/// The decoder's text is short, since what was left in place is not said again. A text of 568 tokens fills
/// an encoder of 512 exactly.
///
/// # Formula
/// `noise = round(rate · length)`, between 1 and `length − 1`; `spans = max(1, round(noise / mean_span))`,
/// at most as many as there are tokens left in place;
/// `encoder = length − noise + spans + 1`, `target = noise + spans + 1`
///
/// # Errors
/// [`ArchitectureError`] if `length` is below 2, `rate` does not lie between 0 and 1, or `mean_span` is
/// below 1 or not finite.
///
/// # Reference
/// Raffel et al. 2020 (T5), sections 3.1.4 and 3.3.4.
///
/// # Examples
/// ```
/// use concepts::architecture::span_corruption;
/// let t5 = span_corruption(568, 0.15, 3.0)?;
/// assert_eq!((t5.encoder_length(), t5.target_length()), (512, 114));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn span_corruption(
    length: usize,
    rate: f64,
    mean_span: f64,
) -> Result<SpanCorruption, ArchitectureError> {
    if length < 2 {
        return Err(ArchitectureError::TooShort {
            objective: Objective::SpanCorruption,
            least: 2,
            tokens: length,
        });
    }
    if !(rate > 0.0 && rate < 1.0) {
        let (what, range) = (Share::Noise, Bounds::Inside0And1);
        return Err(ArchitectureError::BadShare { what, value: rate, range });
    }
    if !(mean_span >= 1.0 && mean_span.is_finite()) {
        let (what, range) = (Share::MeanSpan, Bounds::AtLeast1);
        return Err(ArchitectureError::BadShare { what, value: mean_span, range });
    }
    let noise_tokens = ((length as f64 * rate).round_ties_even() as usize).clamp(1, length - 1);
    let kept = length - noise_tokens;
    let spans = ((noise_tokens as f64 / mean_span).round_ties_even() as usize).clamp(1, kept);
    Ok(SpanCorruption { length, noise_tokens, spans })
}

impl SpanCorruption {
    /// What the encoder reads and what the decoder is to say, with spans drawn at random. `sentinel` names
    /// the token of each span; T5 counts down from the end of its vocabulary.
    ///
    /// The text starts with tokens that stay and ends with a span that is taken out. All ways to cut the
    /// two kinds of tokens into pieces are equally likely.
    ///
    /// # Errors
    /// [`ArchitectureError::ShapeMismatch`] if there are not `length` tokens.
    ///
    /// # Examples
    /// ```
    /// use concepts::{architecture::span_corruption, numerics::rng};
    /// let tokens: Vec<usize> = (0..20).collect();
    /// let corruption = span_corruption(20, 0.3, 3.0)?;
    /// let (encoder, target) = corruption.apply(&tokens, |k| 100 - k, 1, &mut rng(7, "doc"))?;
    /// assert_eq!((encoder.len(), target.len()), (20 - 6 + 2 + 1, 6 + 2 + 1));
    /// assert!(encoder.contains(&100) && target[0] == 100 && target.ends_with(&[1]));
    /// # Ok::<(), concepts::architecture::ArchitectureError>(())
    /// ```
    pub fn apply(
        &self,
        tokens: &[usize],
        sentinel: impl Fn(usize) -> usize,
        end: usize,
        rng: &mut impl Rng,
    ) -> Result<(Vec<usize>, Vec<usize>), ArchitectureError> {
        same(Dimension::Tokens, (Operand::Corruption, self.length), (Operand::Text, tokens.len()))?;
        let kept = pieces(self.length - self.noise_tokens, self.spans, rng);
        let noise = pieces(self.noise_tokens, self.spans, rng);
        let (mut encoder, mut target, mut rest) = (Vec::new(), Vec::new(), tokens);
        for (span, (kept, noise)) in kept.into_iter().zip(noise).enumerate() {
            let (stays, after) = rest.split_at(kept);
            let (goes, after) = after.split_at(noise);
            encoder.extend_from_slice(stays);
            encoder.push(sentinel(span));
            target.push(sentinel(span));
            target.extend_from_slice(goes);
            rest = after;
        }
        encoder.push(end);
        target.push(end);
        Ok((encoder, target))
    }
}

/// `total` cut into so many pieces of at least 1: all cuts are equally likely.
fn pieces(total: usize, count: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut cuts = sample(rng, total - 1, count - 1).into_vec();
    cuts.sort_unstable();
    let ends = cuts.into_iter().map(|cut| cut + 1).chain([total]);
    let mut start = 0;
    ends.map(|end| end - std::mem::replace(&mut start, end)).collect()
}
