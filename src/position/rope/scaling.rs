//! Other frequencies for longer texts than those of training.

use super::ramp::{Ramp, YarnRamp};
use super::rope_frequencies;
use crate::position::PositionError;
use crate::position::check::not_empty;
use crate::position::words::Dimension;

/// How the frequencies of a trained model are changed to reach further.
///
/// `factor` (`s`) is the new length divided by the trained one; `train_len` is the length of training.
///
/// # Formula
/// With `θᵢ = base^(−2i/d)`, `rᵢ = train_len · θᵢ / 2π` the turns that a pair makes in training, and
/// `γᵢ = clip((rᵢ − α) / (β − α), 0, 1)`:
///
/// | | `θ'ᵢ` |
/// |---|---|
/// | `None` | `θᵢ` |
/// | `Interpolation` | `θᵢ / s` |
/// | `NtkAware` | `base'^(−2i/d)`, `base' = base · s^(d/(d−2))` |
/// | `DynamicNtk` | the same, with `s len/train_len − (s − 1)` in the place of `s`; `θᵢ` up to `train_len` |
/// | `NtkByParts`, `Yarn`, `Llama3` | `(1 − γᵢ) θᵢ/s + γᵢ θᵢ` |
///
/// # Reference
/// Chen et al. 2023, *Extending Context Window of Large Language Models via Positional Interpolation*;
/// Peng et al. 2023, *YaRN: Efficient Context Window Extension of Large Language Models*, section 3,
/// also for the NTK-aware forms of bloc97 and emozilla; Grattafiori et al. 2024, *The Llama 3 Herd of
/// Models*, for the last with the released code.
///
/// # Examples
/// ```
/// use concepts::position::rope::{Scaling, rope_frequencies};
/// let theta = rope_frequencies(128, 10_000.0)?;
/// let ntk = Scaling::NtkAware { factor: 8.0 }.frequencies(128, 10_000.0)?;
/// assert_eq!(ntk[0], theta[0]); // the fastest pair is kept,
/// assert!((theta[63] / ntk[63] - 8.0).abs() < 1e-12); // the slowest interpolated
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scaling {
    /// As trained.
    None,
    /// Positional interpolation (PI): all angles are squeezed into the trained range.
    Interpolation {
        /// New length / trained length.
        factor: f64,
    },
    /// A larger base: the fastest pair stays, the slowest is interpolated.
    NtkAware {
        /// New length / trained length.
        factor: f64,
    },
    /// [`Scaling::NtkAware`] for the length at hand. With `factor` 1 the stretch is `len / train_len`.
    DynamicNtk {
        /// How much faster than `len / train_len` the stretch grows; 1 to reach just `len`.
        factor: f64,
        /// Length of training.
        train_len: usize,
        /// Length at hand.
        len: usize,
    },
    /// Pairs that turn often in training are kept, those that turn less than once are interpolated.
    NtkByParts {
        /// New length / trained length.
        factor: f64,
        /// Length of training.
        train_len: usize,
        /// Turns below which a pair is interpolated; 1 in the paper.
        alpha: f64,
        /// Turns above which a pair is kept; 32 in the paper.
        beta: f64,
        /// Over what the ramp runs.
        ramp: YarnRamp,
    },
    /// [`Scaling::NtkByParts`], and scores that are made sharper: [`Scaling::attention_factor`].
    Yarn {
        /// New length / trained length.
        factor: f64,
        /// Length of training.
        train_len: usize,
        /// Turns below which a pair is interpolated; 1 in the paper.
        alpha: f64,
        /// Turns above which a pair is kept; 32 in the paper.
        beta: f64,
        /// Over what the ramp runs.
        ramp: YarnRamp,
    },
    /// Llama 3.1: by wavelength, which is the same as [`Scaling::NtkByParts`] by rotations with
    /// `α = low_freq_factor` and `β = high_freq_factor`.
    Llama3 {
        /// New length / trained length; 8.
        factor: f64,
        /// Wavelengths above `train_len / low_freq_factor` are interpolated; 1.
        low_freq_factor: f64,
        /// Wavelengths below `train_len / high_freq_factor` are kept; 4.
        high_freq_factor: f64,
        /// Length of training; 8192.
        train_len: usize,
    },
}

impl Scaling {
    /// YaRN with the paper's ends of the ramp, 1 and 32 turns, and its ramp by rotations.
    pub fn yarn(factor: f64, train_len: usize) -> Scaling {
        Scaling::Yarn { factor, train_len, alpha: 1.0, beta: 32.0, ramp: YarnRamp::ByRotations }
    }

    /// The frequencies for heads of which `rotary_dim` features are rotated.
    ///
    /// # Shapes
    /// → `(rotary_dim/2)`
    ///
    /// # Errors
    /// [`PositionError`] if `rotary_dim` is 0 or odd, `base` is not a finite number above 1, `factor` is
    /// below 1, a length is 0, or the ends of the ramp are not `0 < lower < upper`.
    pub fn frequencies(&self, rotary_dim: usize, base: f64) -> Result<Vec<f64>, PositionError> {
        let theta = rope_frequencies(rotary_dim, base)?;
        match *self {
            Scaling::None => Ok(theta),
            Scaling::Interpolation { factor } => {
                at_least_one(factor)?;
                Ok(theta.iter().map(|theta| theta / factor).collect())
            }
            Scaling::NtkAware { factor } => rope_frequencies(rotary_dim, ntk_base(rotary_dim, base, factor)?),
            Scaling::DynamicNtk { factor, train_len, len } => {
                let stretch = dynamic_stretch(factor, train_len, len)?;
                rope_frequencies(rotary_dim, ntk_base(rotary_dim, base, stretch)?)
            }
            Scaling::NtkByParts { factor, train_len, alpha, beta, ramp }
            | Scaling::Yarn { factor, train_len, alpha, beta, ramp } => {
                by_parts(&theta, base, factor, &Ramp { train_len, alpha, beta, over: ramp })
            }
            Scaling::Llama3 { factor, low_freq_factor: alpha, high_freq_factor: beta, train_len } => {
                let over = YarnRamp::ByRotations;
                by_parts(&theta, base, factor, &Ramp { train_len, alpha, beta, over })
            }
        }
    }

    /// By what queries and keys are multiplied beside the rotation, each of them; scores grow by its
    /// square. 1 but for YaRN.
    ///
    /// # Formula
    /// `0.1 ln s + 1`
    ///
    /// # Reference
    /// Peng et al. 2023, *YaRN*, section 3.4, equation 22.
    ///
    /// # Examples
    /// ```
    /// use concepts::position::rope::Scaling;
    /// assert_eq!(Scaling::Interpolation { factor: 8.0 }.attention_factor(), 1.0);
    /// assert!((Scaling::yarn(8.0, 2048).attention_factor() - 1.2079).abs() < 1e-4);
    /// ```
    pub fn attention_factor(&self) -> f64 {
        match *self {
            // A factor below 1 has no frequencies; that it has no logarithm either need not show here.
            Scaling::Yarn { factor, .. } => yarn_mscale(factor, 1.0),
            _ => 1.0,
        }
    }
}

/// YaRN's temperature with a strength of its own: what queries and keys are multiplied with, each.
///
/// A configuration may have two. Cosine and sine are multiplied by `mscale(m) / mscale(m_all)`; where the
/// model is DeepSeek's, the scores besides by `mscale(m_all)²`.
///
/// # Formula
/// `0.1 m ln s + 1`
///
/// # Reference
/// DeepSeek-AI 2024, *DeepSeek-V2*, section 3.1.4, with the released code.
///
/// # Examples
/// ```
/// use concepts::position::rope::yarn_mscale;
/// assert!((yarn_mscale(40.0, 0.707) - 1.2608).abs() < 1e-4);
/// assert_eq!(yarn_mscale(1.0, 0.707), 1.0);
/// ```
pub fn yarn_mscale(factor: f64, mscale: f64) -> f64 {
    0.1 * mscale * libm::log(factor.max(1.0)) + 1.0
}

/// The base with which the slowest pair is interpolated by `factor` and the fastest is kept.
///
/// # Formula
/// `base · factor^(d/(d − 2))`; with a single pair there is nothing to stretch, and it is `base`
///
/// # Errors
/// [`PositionError::BadFactor`] if `factor` is below 1.
///
/// # Reference
/// bloc97 2023, *NTK-Aware Scaled RoPE*, as given in Peng et al. 2023, *YaRN*, section 3.1.
///
/// # Examples
/// ```
/// use concepts::position::rope::ntk_base;
/// assert!((ntk_base(128, 10_000.0, 8.0)? - 82_684.6).abs() < 0.1);
/// # Ok::<(), concepts::position::PositionError>(())
/// ```
pub fn ntk_base(rotary_dim: usize, base: f64, factor: f64) -> Result<f64, PositionError> {
    at_least_one(factor)?;
    if rotary_dim <= 2 {
        return Ok(base);
    }
    let d = rotary_dim as f64;
    Ok(base * libm::pow(factor, d / (d - 2.0)))
}

/// `s len/train_len − (s − 1)`, and 1 as long as the text is no longer than in training.
fn dynamic_stretch(factor: f64, train_len: usize, len: usize) -> Result<f64, PositionError> {
    at_least_one(factor)?;
    not_empty(Dimension::TrainingLength, train_len)?;
    not_empty(Dimension::Length, len)?;
    let longer = len.max(train_len) as f64 / train_len as f64;
    Ok(factor * longer - (factor - 1.0))
}

/// `(1 − γ) θ/s + γ θ`.
fn by_parts(theta: &[f64], base: f64, factor: f64, ramp: &Ramp) -> Result<Vec<f64>, PositionError> {
    at_least_one(factor)?;
    ramp.check()?;
    let kept = ramp.kept(theta, base);
    Ok(theta.iter().zip(kept).map(|(theta, kept)| (1.0 - kept) * theta / factor + kept * theta).collect())
}

/// A context is made longer, not shorter.
fn at_least_one(factor: f64) -> Result<(), PositionError> {
    // Written so that NaN is refused as well.
    if !(factor >= 1.0 && factor.is_finite()) {
        return Err(PositionError::BadFactor { factor });
    }
    Ok(())
}
