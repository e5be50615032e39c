//! Who may see whom.

use crate::architecture::words::{Dimension, Part};
use ndarray::Array2;

use super::ArchitectureError;
use super::error::at_least_one;
use crate::attention::Mask;

/// The four kinds of transformer. What tells them apart is who may see whom; the blocks are the same.
///
/// # Examples
/// ```
/// use concepts::architecture::Architecture;
/// let seen = |architecture: Architecture| {
///     Ok::<_, concepts::architecture::ArchitectureError>(
///         architecture.reach(8)?.iter().filter(|&&seen| seen).count(),
///     )
/// };
/// assert_eq!(seen(Architecture::EncoderOnly)?, 64);
/// assert_eq!(seen(Architecture::DecoderOnly)?, 36);
/// assert_eq!(seen(Architecture::PrefixLm { prefix: 3 })?, 39);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
///
/// # Reference
/// Raffel et al. 2020, *Exploring the Limits of Transfer Learning* (T5), section 3.2.1 and figure 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// Every token sees every token (BERT).
    EncoderOnly,
    /// Every token sees the past and itself (GPT).
    DecoderOnly,
    /// The first `prefix` tokens see each other; the others see the past and themselves.
    PrefixLm {
        /// Number of tokens of the prefix; 0 is a decoder, all tokens an encoder.
        prefix: usize,
    },
    /// The first `source` tokens go through an encoder. The others go through a decoder that sees their
    /// past and, by cross-attention, everything that the encoder made (the transformer of 2017, T5).
    EncoderDecoder {
        /// Number of tokens of the encoder.
        source: usize,
    },
}

impl Architecture {
    /// The mask of self-attention over `n` tokens in the stack that makes the outputs. For an
    /// encoder–decoder that is the decoder, with `n` tokens of its own; its encoder and its
    /// cross-attention need no mask.
    ///
    /// # Errors
    /// [`ArchitectureError`] if `n` is 0 or smaller than the prefix.
    pub fn self_mask(&self, n: usize) -> Result<Mask, ArchitectureError> {
        at_least_one(&[(Dimension::Tokens, n)])?;
        match *self {
            Architecture::EncoderOnly => Ok(Mask::None),
            Architecture::DecoderOnly | Architecture::EncoderDecoder { .. } => Ok(Mask::Causal),
            Architecture::PrefixLm { prefix } => {
                fits(Part::Prefix, prefix, n)?;
                Ok(Mask::Pairs(Array2::from_shape_fn((n, n), |(i, j)| j < prefix || j <= i)))
            }
        }
    }

    /// Which output may depend on which input, through any number of layers: `(n, n)`, `true` where output
    /// `i` may depend on input `j`. The tokens of an encoder–decoder are those of the encoder, then those
    /// of the decoder.
    ///
    /// With one layer or with many the table is the same, since seeing is transitive in all four: whom a
    /// token sees sees nobody whom the token itself does not. Note that an encoder–decoder has the table of a prefix language model. The
    /// two differ in their weights, which are separate or shared, not in who sees whom.
    ///
    /// # Errors
    /// [`ArchitectureError`] if `n` is 0, smaller than the prefix, or leaves encoder or decoder without
    /// tokens.
    pub fn reach(&self, n: usize) -> Result<Array2<bool>, ArchitectureError> {
        match *self {
            Architecture::EncoderDecoder { source } => {
                self.target(n)?;
                Architecture::PrefixLm { prefix: source }.reach(n)
            }
            _ => Ok(self.self_mask(n)?.table(n, n)),
        }
    }

    /// Of `n` tokens, how many go through the decoder of an encoder–decoder.
    pub(super) fn target(&self, n: usize) -> Result<usize, ArchitectureError> {
        let Architecture::EncoderDecoder { source } = *self else { return Ok(n) };
        fits(Part::Source, source, n)?;
        at_least_one(&[(Dimension::SourceTokens, source), (Dimension::TargetTokens, n - source)])?;
        Ok(n - source)
    }
}

/// A part is no longer than the whole.
fn fits(what: Part, part: usize, tokens: usize) -> Result<(), ArchitectureError> {
    if part > tokens {
        return Err(ArchitectureError::TooFewTokens { what, part, tokens });
    }
    Ok(())
}
