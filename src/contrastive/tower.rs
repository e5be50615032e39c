//! Two small towers, one for pictures and one for captions, with their gradients by hand.

use ndarray::{Array2, ArrayView2, Axis};
use rand::Rng;

use super::error::Side::{Images, Texts};
use super::scene::{PIXELS, WORDS};
use super::{Contrast, ContrastiveError, Objective, Sharpness, contrast, through_unit_rows, unit_rows};
use crate::numerics::normal;

/// Hidden units of the picture's tower.
const HIDDEN: usize = 48;
/// Numbers of an embedding.
pub const EMBEDDING: usize = 16;

/// Everything that is learnt, as matrices: the gradient has the same form.
#[derive(Debug, Clone, PartialEq)]
pub struct Towers {
    /// `(pixels, hidden)`
    pub w1: Array2<f64>,
    /// `(1, hidden)`
    pub b1: Array2<f64>,
    /// `(hidden, d)`
    pub w2: Array2<f64>,
    /// `(words, d)`
    pub words: Array2<f64>,
    /// `(1, d)`
    pub b2: Array2<f64>,
    /// `(1, 2)`: `ln s = −ln τ`, and the bias that SigLIP adds.
    pub sharpness: Array2<f64>,
}

impl Towers {
    /// Towers that have learnt nothing yet.
    pub fn new(sharpness: Sharpness, rng: &mut impl Rng) -> Towers {
        Towers {
            w1: normal((PIXELS, HIDDEN), (2.0 / PIXELS as f64).sqrt(), rng),
            b1: Array2::zeros((1, HIDDEN)),
            w2: normal((HIDDEN, EMBEDDING), (HIDDEN as f64).sqrt().recip(), rng),
            words: normal((WORDS, EMBEDDING), (WORDS as f64).sqrt().recip(), rng),
            b2: normal((1, EMBEDDING), 0.1, rng),
            sharpness: Array2::from_shape_vec((1, 2), vec![sharpness.scale.ln(), sharpness.bias])
                .unwrap_or_default(),
        }
    }

    /// How sharp the model is by now.
    pub fn sharp(&self) -> Sharpness {
        Sharpness { scale: self.sharpness[[0, 0]].exp(), bias: self.sharpness[[0, 1]] }
    }

    /// What is learnt, in a fixed order.
    pub fn parts_mut(&mut self) -> [&mut Array2<f64>; 6] {
        [&mut self.w1, &mut self.b1, &mut self.w2, &mut self.words, &mut self.b2, &mut self.sharpness]
    }

    /// Pictures to embeddings, not yet of length 1.
    ///
    /// # Formula
    /// `ReLU(x W₁ + b₁) W₂`
    ///
    /// # Shapes
    /// `pictures (n, PIXELS)` → `(n, d)`
    pub fn images(&self, pictures: ArrayView2<f64>) -> Array2<f64> {
        self.hidden(pictures).dot(&self.w2)
    }

    fn hidden(&self, pictures: ArrayView2<f64>) -> Array2<f64> {
        (pictures.dot(&self.w1) + &self.b1).mapv(|a| a.max(0.0))
    }

    /// Captions, each as counts of words, to embeddings, not yet of length 1.
    ///
    /// # Formula
    /// `c E + b₂`
    ///
    /// # Shapes
    /// `captions (n, WORDS)` → `(n, d)`
    pub fn texts(&self, captions: ArrayView2<f64>) -> Array2<f64> {
        captions.dot(&self.words) + &self.b2
    }

    /// Cosines of pictures, a row each, and captions, a column each.
    ///
    /// # Errors
    /// [`ContrastiveError`]
    pub fn cosines(
        &self,
        pictures: ArrayView2<f64>,
        captions: ArrayView2<f64>,
    ) -> Result<Array2<f64>, ContrastiveError> {
        let images = unit_rows(self.images(pictures).view(), Images)?;
        let texts = unit_rows(self.texts(captions).view(), Texts)?;
        Ok(images.dot(&texts.t()))
    }

    /// The loss of a batch and its gradient by everything that is learnt.
    ///
    /// # Formula
    /// With `a = x W₁ + b₁`, `h = ReLU(a)`: `dW₂ = hᵀ dz`, `da = (dz W₂ᵀ) ∘ [a > 0]`, `dW₁ = xᵀ da`; for captions
    /// `dE = cᵀ dz`. In between, `dz` goes through making `z` one long.
    ///
    /// # Errors
    /// [`ContrastiveError`]
    ///
    /// # Examples
    /// ```
    /// use concepts::contrastive::{Objective, Scene, Sharpness, Towers, pairs};
    /// use concepts::numerics::rng;
    /// let mut draws = rng(7, "doc");
    /// let towers = Towers::new(Sharpness::temperature(0.07)?, &mut draws);
    /// let (pictures, captions) = pairs(&Scene::all()[..4], &mut draws);
    /// let (loss, gradient) = towers.pass(pictures.view(), captions.view(), Objective::CLIP)?;
    /// assert!(loss > 0.0 && gradient.w1.dim() == towers.w1.dim());
    /// # Ok::<(), concepts::contrastive::ContrastiveError>(())
    /// ```
    pub fn pass(
        &self,
        pictures: ArrayView2<f64>,
        captions: ArrayView2<f64>,
        objective: Objective,
    ) -> Result<(f64, Towers), ContrastiveError> {
        let hidden = self.hidden(pictures);
        let (raw_images, raw_texts) = (hidden.dot(&self.w2), self.texts(captions));
        let (images, texts) = (unit_rows(raw_images.view(), Images)?, unit_rows(raw_texts.view(), Texts)?);
        let sharp = self.sharp();
        let Contrast { loss, by_images, by_texts, by_scale, by_bias } =
            contrast(images.view(), texts.view(), objective, sharp)?;
        let by_images = through_unit_rows(raw_images.view(), by_images.view());
        let by_texts = through_unit_rows(raw_texts.view(), by_texts.view());
        let mut by_hidden = by_images.dot(&self.w2.t());
        by_hidden.zip_mut_with(&hidden, |by, &h| *by = if h > 0.0 { *by } else { 0.0 });
        let gradient = Towers {
            w1: pictures.t().dot(&by_hidden),
            b1: by_hidden.sum_axis(Axis(0)).insert_axis(Axis(0)),
            w2: hidden.t().dot(&by_images),
            words: captions.t().dot(&by_texts),
            b2: by_texts.sum_axis(Axis(0)).insert_axis(Axis(0)),
            sharpness: ndarray::array![[by_scale * sharp.scale, by_bias]],
        };
        Ok((loss, gradient))
    }
}
