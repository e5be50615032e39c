//! From two sets of embeddings to a loss and its gradients: the readable twin of the fast kernel.

use ndarray::{Array2, ArrayView2};

use super::embed::{finite, paired};
use super::error::Side::{Images, Texts};
use super::{ContrastiveError, Objective, on_logits};

/// How cosines become logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sharpness {
    /// `s = 1/τ`: what cosines are multiplied with.
    pub scale: f64,
    /// What is added afterwards: 0 in CLIP; in SigLIP it begins at −10.
    pub bias: f64,
}

impl Sharpness {
    /// `s = 1/τ`, without a bias.
    ///
    /// # Errors
    /// [`ContrastiveError::Temperature`].
    pub fn temperature(tau: f64) -> Result<Sharpness, ContrastiveError> {
        let scale = 1.0 / tau;
        if tau > 0.0 && scale.is_finite() && scale > 0.0 {
            Ok(Sharpness { scale, bias: 0.0 })
        } else {
            Err(ContrastiveError::Temperature { value: tau })
        }
    }
}

/// A loss with the gradients by everything that it depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The loss.
    pub loss: f64,
    /// By the images' embeddings, as they were given.
    pub by_images: Array2<f64>,
    /// By the texts' embeddings, as they were given.
    pub by_texts: Array2<f64>,
    /// By the scale `s = 1/τ`. By `τ` it is `−s²` times this, by `ln s` it is `s` times this.
    pub by_scale: f64,
    /// By the bias.
    pub by_bias: f64,
}

/// The loss of a batch of pairs, row `i` of both being a pair. The vectors are taken as they are: for cosines make
/// them of length 1 first, with [`unit_rows`](super::unit_rows).
///
/// # Formula
/// `logits = s X Yᵀ + b`; with `G = ∂L/∂logits`: `dX = s G Y`, `dY = s Gᵀ X`, `ds = Σ G ∘ X Yᵀ`, `db = Σ G`
///
/// # Shapes
/// `images, texts (N, d)` → a number, two of `(N, d)`, two numbers
///
/// # Errors
/// [`ContrastiveError`]: fewer than two pairs, not one text for each image, numbers that are not finite, an
/// overflow.
///
/// # Reference
/// Radford et al. 2021, Figure 3; the same formula as in open_clip's `ClipLoss` and `SigLipLoss`.
///
/// # Examples
/// ```
/// use concepts::contrastive::{Objective, Sharpness, contrast};
/// use ndarray::array;
/// let (images, texts) = (array![[1.0, 0.0], [0.0, 1.0]], array![[1.0, 0.0], [0.0, 1.0]]);
/// let sharp = Sharpness::temperature(0.07)?;
/// assert!(contrast(images.view(), texts.view(), Objective::CLIP, sharp)?.loss < 1e-6);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn contrast(
    images: ArrayView2<f64>,
    texts: ArrayView2<f64>,
    objective: Objective,
    sharpness: Sharpness,
) -> Result<Contrast, ContrastiveError> {
    paired(images.dim(), texts.dim())?;
    finite(images, Images)?;
    finite(texts, Texts)?;
    let Sharpness { scale, bias } = sharpness;
    if !(scale.is_finite() && scale > 0.0) {
        return Err(ContrastiveError::Temperature { value: 1.0 / scale });
    }
    // (N, d) · (d, N) → (N, N)
    let products = images.dot(&texts.t());
    let logits = products.mapv(|product| scale * product + bias);
    let on = on_logits(logits.view(), objective).map_err(|_| ContrastiveError::Overflow)?;
    let made = Contrast {
        loss: on.loss,
        by_images: on.by_logits.dot(&texts) * scale,
        by_texts: on.by_logits.t().dot(&images) * scale,
        by_scale: (&on.by_logits * &products).sum(),
        by_bias: on.by_logits.sum(),
    };
    let whole = |x: &Array2<f64>| x.iter().all(|x| x.is_finite());
    let finite = made.loss.is_finite() && made.by_scale.is_finite();
    if finite && whole(&made.by_images) && whole(&made.by_texts) {
        Ok(made)
    } else {
        Err(ContrastiveError::Overflow)
    }
}
