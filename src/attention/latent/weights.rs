//! The matrices of a layer, by the names of the paper.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2};
use rand::Rng;

use super::LatentSizes;
use crate::attention::AttentionError;
use crate::attention::mask::same;
use crate::numerics::normal;

/// The weights of a layer of multi-head latent attention. All are used as `y = x W`.
///
/// Head `h` owns the columns (of `w_o`: the rows) `h·d .. (h+1)·d` of what belongs to all heads, where
/// `d` is its width there.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentWeights {
    /// Compresses the input for the queries, `(d_model, q_lora)`; `None` if `q_lora` is.
    pub w_dq: Option<Array2<f64>>,
    /// The part of the queries without position, `(q_lora or d_model, heads·d_nope)`.
    pub w_uq: Array2<f64>,
    /// The part of the queries that is turned, `(q_lora or d_model, heads·d_rope)`.
    pub w_qr: Array2<f64>,
    /// Compresses the input for keys and values, `(d_model, kv_lora)`.
    pub w_dkv: Array2<f64>,
    /// The part of the keys without position, from the latent vector, `(kv_lora, heads·d_nope)`.
    pub w_uk: Array2<f64>,
    /// The values, from the latent vector, `(kv_lora, heads·d_v)`.
    pub w_uv: Array2<f64>,
    /// The one key that is turned and that all heads share, `(d_model, d_rope)`.
    pub w_kr: Array2<f64>,
    /// From the heads to the model, `(heads·d_v, d_model)`.
    pub w_o: Array2<f64>,
    /// Gains of the RMS normalisation of the latent vector of the queries, `(q_lora)`; `None` for a layer
    /// without.
    pub q_gain: Option<Array1<f64>>,
    /// Gains of the RMS normalisation of the latent vector of keys and values, `(kv_lora)`.
    pub kv_gain: Option<Array1<f64>>,
}

impl LatentWeights {
    /// Independent entries `N(0, 1/rows)`: what has unit variance keeps it. Without normalisation.
    pub(super) fn random(sizes: &LatentSizes, rng: &mut impl Rng) -> LatentWeights {
        let LatentSizes { d_model, heads, d_nope, d_rope, d_v, kv_lora, q_lora } = *sizes;
        let mut draw = |rows: usize, columns| normal((rows, columns), 1.0 / (rows as f64).sqrt(), rng);
        LatentWeights {
            w_dq: q_lora.map(|rank| draw(d_model, rank)),
            w_uq: draw(sizes.query_input(), heads * d_nope),
            w_qr: draw(sizes.query_input(), heads * d_rope),
            w_dkv: draw(d_model, kv_lora),
            w_uk: draw(kv_lora, heads * d_nope),
            w_uv: draw(kv_lora, heads * d_v),
            w_kr: draw(d_model, d_rope),
            w_o: draw(heads * d_v, d_model),
            q_gain: None,
            kv_gain: None,
        }
    }

    /// Every matrix has the shape that the sizes tell.
    pub(super) fn check(&self, sizes: &LatentSizes) -> Result<(), AttentionError> {
        let LatentSizes { d_model, heads, d_nope, d_rope, d_v, kv_lora, .. } = *sizes;
        let input = sizes.query_input();
        for (name, w, rows, columns) in [
            (Operand::WUq, &self.w_uq, input, heads * d_nope),
            (Operand::WQr, &self.w_qr, input, heads * d_rope),
            (Operand::WDkv, &self.w_dkv, d_model, kv_lora),
            (Operand::WUk, &self.w_uk, kv_lora, heads * d_nope),
            (Operand::WUv, &self.w_uv, kv_lora, heads * d_v),
            (Operand::WKr, &self.w_kr, d_model, d_rope),
            (Operand::WO, &self.w_o, heads * d_v, d_model),
        ] {
            fits(name, w, rows, columns)?;
        }
        let rank = |w: &Option<Array2<f64>>| w.as_ref().map_or(0, Array2::ncols);
        same(
            Dimension::QLora,
            (Operand::Sizes, sizes.q_lora.unwrap_or(0)),
            (Operand::WDq, rank(&self.w_dq)),
        )?;
        if let Some(w_dq) = &self.w_dq {
            fits(Operand::WDq, w_dq, d_model, input)?;
        }
        for (name, gain, width) in [
            (Operand::QueryGains, &self.q_gain, sizes.q_lora.unwrap_or(0)),
            (Operand::KeyGains, &self.kv_gain, kv_lora),
        ] {
            if let Some(gain) = gain {
                same(Dimension::LatentWidth, (Operand::Sizes, width), (name, gain.len()))?;
            }
        }
        Ok(())
    }

    /// Number of weights, gains included.
    pub(super) fn count(&self) -> usize {
        let matrices = [&self.w_uq, &self.w_qr, &self.w_dkv, &self.w_uk, &self.w_uv, &self.w_kr, &self.w_o];
        let gains = [&self.q_gain, &self.kv_gain];
        matrices.iter().map(|w| w.len()).sum::<usize>()
            + self.w_dq.as_ref().map_or(0, Array2::len)
            + gains.iter().map(|gain| gain.as_ref().map_or(0, Array1::len)).sum::<usize>()
    }
}

/// One matrix against its shape.
fn fits(name: Operand, w: &Array2<f64>, rows: usize, columns: usize) -> Result<(), AttentionError> {
    same(Dimension::Rows, (Operand::Sizes, rows), (name, w.nrows()))?;
    same(Dimension::Columns, (Operand::Sizes, columns), (name, w.ncols()))
}
