//! Memory that training needs: weights with all that goes with them, and activations.

use super::BudgetError;
use crate::budget::words::{Field, Quantity};

/// What ZeRO splits over the devices. Each stage splits what those before it split, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zero {
    /// Stage 0: nothing; every device holds all.
    Nothing,
    /// Stage 1: the state of the optimiser.
    Optimizer,
    /// Stage 2: gradients as well.
    Gradients,
    /// Stage 3: weights as well.
    Weights,
}

/// Bytes on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingState {
    /// Weights in 16 bits.
    pub weights: u64,
    /// Gradients in 16 bits.
    pub gradients: u64,
    /// Adam's state in 32 bits: a copy of the weights, mean and variance.
    pub optimizer: u64,
}

impl TrainingState {
    /// All of it, at most `u64::MAX`.
    pub fn total(&self) -> u64 {
        self.weights.saturating_add(self.gradients).saturating_add(self.optimizer)
    }
}

/// Bytes on one of `devices` devices for weights, gradients and Adam in mixed precision. Activations come
/// on top, see [`activation_bytes_per_layer`].
///
/// # Formula
/// 16 bytes a parameter: `2 + 2 + (4 + 4 + 4)`; what is split is divided by the devices, rounded up
///
/// # Errors
/// [`BudgetError::BadField`] if there is no device, [`BudgetError::Overflow`] beyond 64 bits.
///
/// # Reference
/// Rajbhandari et al. 2020, *ZeRO: Memory Optimizations Toward Training Trillion Parameter Models*, figure 1.
///
/// # Examples
/// ```
/// use concepts::budget::{Zero, training_state};
/// let alone = training_state(7_500_000_000, Zero::Nothing, 64)?;
/// assert_eq!(alone.total(), 120_000_000_000);
/// assert_eq!(training_state(7_500_000_000, Zero::Weights, 64)?.total(), 1_875_000_000);
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn training_state(parameters: u64, zero: Zero, devices: u64) -> Result<TrainingState, BudgetError> {
    if devices == 0 {
        let (name, field) = ("training".into(), Field::Devices);
        return Err(BudgetError::BadField { name, field, size: 0, least: 1, most: u64::MAX });
    }
    let bytes = |each: u64, split_from: Zero| {
        let held_by = if zero >= split_from { devices } else { 1 };
        let all = each.checked_mul(parameters).ok_or(BudgetError::Overflow { what: Quantity::Training });
        all.map(|all| all.div_ceil(held_by))
    };
    Ok(TrainingState {
        weights: bytes(2, Zero::Weights)?,
        gradients: bytes(2, Zero::Gradients)?,
        optimizer: bytes(12, Zero::Optimizer)?,
    })
}

/// What is computed again in the backward pass instead of being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recompute {
    /// Nothing.
    Nothing,
    /// The core of attention: scores, softmax, dropout, weighted sum.
    Attention,
    /// The whole layer, from its input.
    Layer,
}

/// Bytes of activations that one layer keeps for the backward pass, in 16 bits and on one device.
///
/// For the layer of GPT-2 and GPT-3: as many key/value heads as heads, a feed-forward network of `4d`
/// without gate, dropout, and attention that stores its `n × n` tables. Other layers keep other amounts.
///
/// # Formula
/// `n·b·d·(34 + 5·H·n/d)`; with attention recomputed `34·n·b·d`; with all recomputed `2·n·b·d`
///
/// # Errors
/// [`BudgetError::Overflow`] beyond 64 bits.
///
/// # Reference
/// Korthikanti et al. 2022, *Reducing Activation Recomputation in Large Transformer Models*, equation 1 and
/// table 2, without parallelism.
///
/// # Examples
/// ```
/// use concepts::budget::{Recompute, activation_bytes_per_layer};
/// // GPT-3: the tables of attention are 80 of 114 parts.
/// let kept = activation_bytes_per_layer(2048, 1, 12_288, 96, Recompute::Nothing)?;
/// let core = activation_bytes_per_layer(2048, 1, 12_288, 96, Recompute::Attention)?;
/// assert_eq!((kept, core), (114 * 2048 * 12_288, 34 * 2048 * 12_288));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn activation_bytes_per_layer(
    n: u64,
    batch: u64,
    d_model: u64,
    heads: u64,
    recompute: Recompute,
) -> Result<u64, BudgetError> {
    let product = |factors: &[u64]| factors.iter().try_fold(1_u64, |all, &factor| all.checked_mul(factor));
    let linear = |bytes: u64| product(&[bytes, n, batch, d_model]);
    let bytes = match recompute {
        Recompute::Layer => linear(2),
        Recompute::Attention => linear(34),
        Recompute::Nothing => {
            let tables = product(&[5, heads, n, n, batch]);
            linear(34).zip(tables).and_then(|(linear, tables)| linear.checked_add(tables))
        }
    };
    bytes.ok_or(BudgetError::Overflow { what: Quantity::Activations })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_are_those_of_the_paper() {
        // Figure 1: 7.5 billion parameters, 64 devices, in GB.
        for (zero, printed) in
            [(Zero::Nothing, 120.0), (Zero::Optimizer, 31.4), (Zero::Gradients, 16.6), (Zero::Weights, 1.9)]
        {
            let bytes = training_state(7_500_000_000, zero, 64).unwrap().total();
            assert_eq!((bytes as f64 / 1e8).round() / 10.0, printed, "{zero:?}");
        }
    }

    #[test]
    fn the_tables_of_attention_weigh_what_the_paper_says() {
        // Section 5: 5·a·s/h is 80 for GPT-3 and 64 for MT-NLG.
        for (d_model, heads, printed) in [(12_288, 96, 80), (20_480, 128, 64)] {
            let bytes = |recompute| activation_bytes_per_layer(2048, 1, d_model, heads, recompute).unwrap();
            let tables = bytes(Recompute::Nothing) - bytes(Recompute::Attention);
            assert_eq!(tables, printed * 2048 * d_model);
        }
    }

    #[test]
    fn what_cannot_be_is_an_error() {
        assert!(training_state(1, Zero::Weights, 0).unwrap_err().to_string().contains("devices is 0"));
        assert!(training_state(u64::MAX, Zero::Nothing, 1).is_err());
        assert!(activation_bytes_per_layer(u64::MAX, 2, 1, 1, Recompute::Layer).is_err());
    }
}
