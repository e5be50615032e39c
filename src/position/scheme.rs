//! The schemes that work inside attention, as attention sees them.

use ndarray::Array2;

use super::alibi::penalties;
use super::rope::{Layout, rotate_by_complex};
use super::{PositionError, T5Bias, alibi_slopes};
use crate::attention::words::{Dimension, Operand};
use crate::attention::{AttentionError, Positions};

/// Rotary positions for every head of a layer, in `f64`.
///
/// # Formula
/// `rotate(x)ᵢ = f · R(first + i) xᵢ` on the rotated features, `f` the attention factor (1 but for YaRN);
/// the other features stay as they are
///
/// # Reference
/// Su et al. 2021, *RoFormer*, section 3.2; the factor: Peng et al. 2023, *YaRN*, section 3.4.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, MultiHead};
/// use concepts::numerics::{normal, rng};
/// use concepts::position::Rotary;
/// use concepts::position::rope::{Layout, Scaling};
/// let yarn = Scaling::yarn(8.0, 2048);
/// let frequencies = yarn.frequencies(4, 10_000.0).expect("4 is even");
/// let rotary = Rotary::new(frequencies, Layout::Halves).with_attention_factor(yarn.attention_factor());
/// let mut rng = rng(7, "doc");
/// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
/// let x = normal((5, 16), 1.0, &mut rng);
/// assert_eq!(layer.trace_with(x.view(), x.view(), &Mask::Causal, &rotary)?.output.dim(), (5, 16));
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rotary {
    frequencies: Vec<f64>,
    layout: Layout,
    attention_factor: f64,
}

impl Rotary {
    /// A rotation with these frequencies, one a pair. Fewer pairs than a head has leave its last features
    /// alone.
    pub fn new(frequencies: Vec<f64>, layout: Layout) -> Rotary {
        Rotary { frequencies, layout, attention_factor: 1.0 }
    }

    /// The same rotation, with queries and keys multiplied by `factor` where they are turned. Their scores
    /// grow by `factor²`.
    #[must_use]
    pub fn with_attention_factor(mut self, factor: f64) -> Rotary {
        self.attention_factor = factor;
        self
    }

    /// The frequencies, `(rotary_dim/2)`.
    pub fn frequencies(&self) -> &[f64] {
        &self.frequencies
    }

    /// Number of features that are turned.
    pub fn rotary_dim(&self) -> usize {
        2 * self.frequencies.len()
    }
}

impl Positions for Rotary {
    fn check(&self, _: usize, d_head: usize) -> Result<(), AttentionError> {
        if self.rotary_dim() > d_head {
            return Err(AttentionError::RotaryTooWide { rotary_dim: self.rotary_dim(), d_head });
        }
        Ok(())
    }

    fn rotate(&self, x: Array2<f64>, first_position: usize) -> Array2<f64> {
        let positions: Vec<i64> = (0..x.nrows()).map(|i| (first_position + i) as i64).collect();
        let turned = rotate_by_complex(x.view(), &positions, &self.frequencies, self.layout);
        let mut turned = turned.expect("the scheme fits the heads: `check` has been asked");
        for mut column in turned.columns_mut().into_iter().take(self.rotary_dim()) {
            column *= self.attention_factor;
        }
        turned
    }
}

/// ALiBi for a layer with a fixed number of heads.
///
/// # Formula
/// `B_ij = −m_h · |p_i − j|`, see [`alibi_slopes`] and [`alibi_bias`](super::alibi_bias)
///
/// # Reference
/// Press, Smith & Lewis 2022, *Train Short, Test Long*.
///
/// # Examples
/// ```
/// use concepts::attention::Positions;
/// use concepts::position::Alibi;
/// let alibi = Alibi::new(8)?;
/// let bias = alibi.bias(0, 8, 1, 4).expect("ALiBi adds to the scores");
/// assert_eq!(bias.row(0).to_vec(), [-1.5, -1.0, -0.5, 0.0]);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Alibi {
    slopes: Vec<f64>,
}

impl Alibi {
    /// The slopes of the paper for so many heads.
    ///
    /// # Errors
    /// As [`alibi_slopes`].
    pub fn new(heads: usize) -> Result<Alibi, PositionError> {
        Ok(Alibi { slopes: alibi_slopes(heads)? })
    }

    /// The slope of each head.
    pub fn slopes(&self) -> &[f64] {
        &self.slopes
    }
}

impl Positions for Alibi {
    fn check(&self, heads: usize, _: usize) -> Result<(), AttentionError> {
        same_heads((Operand::AlibiSlopes, self.slopes.len()), heads)
    }

    fn bias(&self, head: usize, _: usize, n_q: usize, n_k: usize) -> Option<Array2<f64>> {
        Some(penalties(n_q, n_k, self.slopes[head]))
    }
}

impl Positions for T5Bias {
    fn check(&self, heads: usize, _: usize) -> Result<(), AttentionError> {
        same_heads((Operand::T5Table, self.heads()), heads)
    }

    fn bias(&self, head: usize, _: usize, n_q: usize, n_k: usize) -> Option<Array2<f64>> {
        Some(self.values(head, n_q, n_k))
    }
}

/// A bias has one column or slope for each query head.
fn same_heads((left_name, left): (Operand, usize), heads: usize) -> Result<(), AttentionError> {
    if left == heads {
        return Ok(());
    }
    let what = Dimension::HeadCount;
    Err(AttentionError::ShapeMismatch { what, left_name, left, right_name: Operand::Layer, right: heads })
}
