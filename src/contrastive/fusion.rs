//! Three ways in which a language model gets to see image tokens, computed and counted.

use ndarray::Array2;
use rand::Rng;

use super::ContrastiveError;
use super::error::Size;
use crate::numerics::softmax::softmax_rows;
use crate::numerics::{Tally, Tracked, normal};

/// The four matrices of attention with one head: queries from one sequence, keys and values from another.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossAttention {
    /// `(d, d)` each: for queries, keys, values and the output.
    pub w: [Array2<f64>; 4],
}

impl CrossAttention {
    /// Drawn.
    pub fn random(d: usize, rng: &mut impl Rng) -> CrossAttention {
        CrossAttention { w: [(); 4].map(|()| normal((d, d), (d as f64).sqrt().recip(), rng)) }
    }

    /// What every row of `asking` reads from `read`. With both the same it is self-attention.
    ///
    /// # Formula
    /// `softmax(A W_Q (B W_K)ᵀ / √d) B W_V W_O`
    ///
    /// # Shapes
    /// `asking (n, d)`, `read (m, d)` → `(n, d)`
    pub fn of(&self, asking: &Tracked, read: &Tracked, tally: &mut Tally) -> Tracked {
        let [q, k, v, o] = self.w.each_ref().map(|w| Tracked::input(w.clone()));
        let root = (asking.ncols() as f64).sqrt();
        let (q, k, v) = (tally.product(asking, &q), tally.product(read, &k), tally.product(read, &v));
        // (n, d) · (d, m) → (n, m)
        let weights = tally.product(&q, &k.transpose()).map(|scores| softmax_rows(&(scores / root)));
        let mixed = tally.product(&weights, &v);
        tally.product(&mixed, &o)
    }
}

/// Cross-attention into a language model that is left as it was: a gate opens from 0.
///
/// # Formula
/// `x + tanh(α) · Attention(x, image)`, `α = 0` at the start; `∂/∂α = (1 − tanh² α) Attention(x, image)`
///
/// # Reference
/// Alayrac et al. 2022, *Flamingo*, section 2.2.
///
/// # Examples
/// ```
/// use concepts::contrastive::{CrossAttention, Gated};
/// use concepts::numerics::{normal, rng};
/// let mut draws = rng(7, "doc");
/// let (text, image) = (normal((5, 8), 1.0, &mut draws), normal((9, 8), 1.0, &mut draws));
/// let layer = Gated { attention: CrossAttention::random(8, &mut draws), alpha: 0.0 };
/// assert_eq!(layer.forward(&text, &image), text);
/// // And yet the gate can learn: its gradient is not 0.
/// assert!(layer.by_alpha(&text, &image, &text).abs() > 1e-3);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Gated {
    /// Text asks, the image answers.
    pub attention: CrossAttention,
    /// The gate, before `tanh`.
    pub alpha: f64,
}

impl Gated {
    /// The text, with what it read from the image.
    pub fn forward(&self, text: &Array2<f64>, image: &Array2<f64>) -> Array2<f64> {
        text + self.read(text, image) * self.alpha.tanh()
    }

    fn read(&self, text: &Array2<f64>, image: &Array2<f64>) -> Array2<f64> {
        let (text, image) = (Tracked::input(text.clone()), Tracked::input(image.clone()));
        self.attention.of(&text, &image, &mut Tally::default()).value().clone()
    }

    /// The gradient by the gate, from the gradient by the output.
    pub fn by_alpha(&self, text: &Array2<f64>, image: &Array2<f64>, by_output: &Array2<f64>) -> f64 {
        let slope = 1.0 - self.alpha.tanh().powi(2);
        slope * (self.read(text, image) * by_output).sum()
    }
}

/// How image tokens reach the language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fusion {
    /// Every layer has a cross-attention from text to image tokens.
    Cross,
    /// A few learnt queries read the image once; what they bring goes before the text.
    Bottleneck,
    /// All image tokens go before the text, in one stream.
    Joined,
}

/// What meets what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Text tokens.
    pub text: usize,
    /// Image tokens.
    pub image: usize,
    /// Width of the language model.
    pub width: usize,
    /// Layers of the language model.
    pub layers: usize,
    /// Queries of the bottleneck.
    pub queries: usize,
}

/// What it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FusionCost {
    /// Tokens in the language model's stream.
    pub stream: u64,
    /// Multiply-adds of one pass without the image: text alone.
    pub text_alone: u128,
    /// Multiply-adds of one pass with the image.
    pub with_image: u128,
}

impl FusionCost {
    /// Multiply-adds that the image adds.
    pub fn added(self) -> u128 {
        self.with_image - self.text_alone
    }
}

/// Multiply-adds of one pass through the language model. Reading pixels into image tokens is the same for all three
/// and not counted.
///
/// # Formula
/// A layer over `n` tokens: `12 n d² + 2 n² d` (four matrices of attention, two of 4d in the feed-forward layer, and
/// scores and mixing without a mask). Cross-attention of `n` to `m`: `2 n d² + 2 m d² + 2 n m d`.
///
/// # Errors
/// [`ContrastiveError::Zero`].
///
/// # Examples
/// ```
/// use concepts::contrastive::{Fusion, Sizes, fusion_cost};
/// let sizes = Sizes { text: 64, image: 256, width: 1024, layers: 24, queries: 32 };
/// let joined = fusion_cost(Fusion::Joined, sizes)?;
/// assert_eq!(joined.stream, 320);
/// assert!(fusion_cost(Fusion::Cross, sizes)?.added() < joined.added());
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn fusion_cost(fusion: Fusion, sizes: Sizes) -> Result<FusionCost, ContrastiveError> {
    let Sizes { text, image, width, layers, queries } = sizes;
    let needed = [
        (text, Size::Text),
        (image, Size::Image),
        (width, Size::Width),
        (layers, Size::Layers),
        (queries, Size::Queries),
    ];
    if let Some((_, what)) = needed.into_iter().find(|(size, _)| *size == 0) {
        return Err(ContrastiveError::Zero { what });
    }
    let [n, m, d, layers, queries] = [text, image, width, layers, queries].map(|size| size as u128);
    let layer = |n: u128| 12 * n * d * d + 2 * n * n * d;
    let cross = |n: u128, m: u128| 2 * n * d * d + 2 * m * d * d + 2 * n * m * d;
    let (stream, with_image) = match fusion {
        Fusion::Cross => (n, layers * (layer(n) + cross(n, m))),
        Fusion::Bottleneck => (n + queries, cross(queries, m) + layers * layer(n + queries)),
        Fusion::Joined => (n + m, layers * layer(n + m)),
    };
    Ok(FusionCost { stream: stream as u64, text_alone: layers * layer(n), with_image })
}

/// Tokens of a square image that is cut into square patches.
///
/// # Formula
/// `(resolution / patch)²`, rounded down along each side
///
/// # Examples
/// ```
/// use concepts::contrastive::image_tokens;
/// assert_eq!((image_tokens(224, 16), image_tokens(336, 14)), (196, 576));
/// ```
pub fn image_tokens(resolution: usize, patch: usize) -> usize {
    resolution.checked_div(patch).unwrap_or(0).pow(2)
}
