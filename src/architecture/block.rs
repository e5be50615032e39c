//! Attention and feed-forward, each added to what it reads.

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use super::{Activation, ArchitectureError, FeedForward, LayerNorm};
use crate::attention::{Mask, MultiHead};

/// How many times wider than the model the hidden layer is.
const WIDENING: usize = 4;

/// A block of a transformer: self-attention, cross-attention if it has a second sequence to read, and a
/// feed-forward layer. Each normalises its input first and adds its output to the unnormalised one.
///
/// # Formula
/// `x ← x + Attention(LN(x))`, `x ← x + CrossAttention(LN(x), memory)`, `x ← x + FeedForward(LN(x))`
///
/// # Shapes
/// `x (n, d_model)`, `memory (m, d_model)` → `(n, d_model)`
///
/// # Reference
/// Vaswani et al. 2017, *Attention Is All You Need*, section 3.1; normalised first: Xiong et al. 2020, *On
/// Layer Normalization in the Transformer Architecture*.
///
/// # Examples
/// ```
/// use concepts::architecture::Block;
/// use concepts::attention::Mask;
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let block = Block::random(8, 2, false, &mut rng)?;
/// let x = normal((5, 8), 1.0, &mut rng);
/// assert_eq!(block.forward(x.view(), &Mask::Causal, None)?.dim(), (5, 8));
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    attention: (LayerNorm, MultiHead),
    cross: Option<(LayerNorm, MultiHead)>,
    feed_forward: (LayerNorm, FeedForward),
}

impl Block {
    /// An untrained block with GELU and a hidden layer four times as wide as the model; with
    /// cross-attention if `cross` is set.
    ///
    /// # Errors
    /// [`ArchitectureError`] if a number is 0 or the heads do not divide `d_model`.
    pub fn random(
        d_model: usize,
        heads: usize,
        cross: bool,
        rng: &mut impl Rng,
    ) -> Result<Block, ArchitectureError> {
        let norm = || LayerNorm::new(d_model);
        let attention = (norm()?, MultiHead::random(d_model, heads, heads, rng)?);
        let cross = match cross {
            true => Some((norm()?, MultiHead::random(d_model, heads, heads, rng)?)),
            false => None,
        };
        let wide = FeedForward::random(d_model, WIDENING * d_model, Activation::Gelu, rng)?;
        Ok(Block { attention, cross, feed_forward: (norm()?, wide) })
    }

    /// The block applied to a sequence. `memory` is what a block with cross-attention reads.
    ///
    /// # Errors
    /// [`ArchitectureError`] if a shape or the mask does not fit, or if a memory is given to a block
    /// without cross-attention or missing for one with it.
    pub fn forward(
        &self,
        x: ArrayView2<f64>,
        mask: &Mask,
        memory: Option<ArrayView2<f64>>,
    ) -> Result<Array2<f64>, ArchitectureError> {
        let (norm, attention) = &self.attention;
        let mut x = &x + &attention.forward(norm.forward(x)?.view(), mask)?;
        match (&self.cross, memory) {
            (Some((norm, cross)), Some(memory)) => {
                let read = cross.cross(norm.forward(x.view())?.view(), memory, &Mask::None)?;
                x += &read;
            }
            (None, None) => {}
            (cross, _) => return Err(ArchitectureError::Memory { has: cross.is_some() }),
        }
        let (norm, feed_forward) = &self.feed_forward;
        let wide = feed_forward.forward(norm.forward(x.view())?.view())?;
        Ok(x + wide)
    }

    /// Number of weights.
    ///
    /// # Formula
    /// `4·d² + 8·d² + 4·d`, and `4·d² + 2·d` more with cross-attention, `d = d_model`
    pub fn parameters(&self) -> usize {
        let attention = |(norm, layer): &(LayerNorm, MultiHead)| norm.parameters() + layer.parameters();
        let (norm, feed_forward) = &self.feed_forward;
        attention(&self.attention)
            + self.cross.as_ref().map_or(0, attention)
            + norm.parameters()
            + feed_forward.parameters()
    }
}
