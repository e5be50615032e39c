//! A layer of attention without softmax, as a step of gradient descent.

use ndarray::{Array2, ArrayView2, Axis};

use super::EmergenceError;
use super::error::positive;
use super::words::{Part, Quantity};

/// A layer of attention without softmax and without a scale.
///
/// # Formula
/// `e′ⱼ = eⱼ + P Σᵢ (W_V eᵢ)·((W_K eᵢ)ᵀ(W_Q eⱼ))` over the tokens `i` of the context
///
/// # Shapes
/// All four matrices `(w, w)`, tokens `(n, w)`.
///
/// # Reference
/// von Oswald et al. 2023, *Transformers Learn In-Context by Gradient Descent*, proposition 1.
///
/// # Examples
/// ```
/// use concepts::emergence::LinearAttention;
/// use ndarray::array;
/// // Two examples of y = 2x, then a question. One step of gradient descent with η = 0.1: w = 0.1·(1·2 + 2·4) = 1.
/// let tokens = array![[1.0, 2.0], [2.0, 4.0], [3.0, 0.0]];
/// let layer = LinearAttention::gradient_step(1, 0.1)?;
/// let out = layer.forward(tokens.view(), 2)?;
/// assert!((-out[[2, 1]] - 3.0).abs() < 1e-12); // the answer, with the sign turned
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LinearAttention {
    /// `W_Q`
    pub w_q: Array2<f64>,
    /// `W_K`
    pub w_k: Array2<f64>,
    /// `W_V`
    pub w_v: Array2<f64>,
    /// `P`
    pub p: Array2<f64>,
}

impl LinearAttention {
    /// The layer that makes one step of gradient descent on the least squares of the examples in its context.
    ///
    /// A token is `(x, r)`: an example starts with `r = y`, a question with `r = 0`. Queries and keys read `x`, values
    /// read `r`, and every token's `r` moves by `−η Σ rᵢ·(xᵢ·xⱼ)`. For an example `r` is then what is left of `y`, for
    /// a question the answer with the sign turned; the next layer makes the next step.
    ///
    /// # Formula
    /// `W_Q = W_K = diag(1, …, 1, 0)`, `W_V = diag(0, …, 0, 1)`, `P = −η·diag(0, …, 0, 1)`
    ///
    /// # Shapes
    /// `d` features → matrices `(d + 1, d + 1)`
    ///
    /// # Errors
    /// [`EmergenceError::NotPositive`]
    pub fn gradient_step(features: usize, step: f64) -> Result<LinearAttention, EmergenceError> {
        let step = positive(Quantity::StepSize, step)?;
        let mut reads_x = Array2::eye(features + 1);
        reads_x[[features, features]] = 0.0;
        let mut reads_r = Array2::zeros((features + 1, features + 1));
        reads_r[[features, features]] = 1.0;
        let p = &reads_r * -step;
        Ok(LinearAttention { w_q: reads_x.clone(), w_k: reads_x, w_v: reads_r, p })
    }

    /// The tokens after the layer. The first `context` of them are attended to, by all.
    ///
    /// # Shapes
    /// `(n, w)` → `(n, w)`
    ///
    /// # Errors
    /// [`EmergenceError::Shape`] where the width of a matrix is not that of the tokens.
    pub fn forward(&self, tokens: ArrayView2<f64>, context: usize) -> Result<Array2<f64>, EmergenceError> {
        let seen = self.seen(tokens, context)?;
        // (n, w) queries · (w, context) keys = (n, context) scores
        let scores = tokens.dot(&self.w_q.t()).dot(&seen.dot(&self.w_k.t()).t());
        let values = seen.dot(&self.w_v.t());
        Ok(&tokens + &scores.dot(&values).dot(&self.p.t()))
    }

    /// The same in `n·w²` steps instead of `n²·w`: without softmax, keys and values can be summed up first.
    ///
    /// # Formula
    /// `Σᵢ vᵢ(kᵢᵀqⱼ) = (Σᵢ vᵢkᵢᵀ) qⱼ`
    ///
    /// # Shapes
    /// `(n, w)` → `(n, w)`
    ///
    /// # Errors
    /// As [`LinearAttention::forward`].
    pub fn forward_by_state(
        &self,
        tokens: ArrayView2<f64>,
        context: usize,
    ) -> Result<Array2<f64>, EmergenceError> {
        let seen = self.seen(tokens, context)?;
        // (w, w): Σ vᵢ kᵢᵀ, then through P from the left and W_Q from the right.
        let state = seen.dot(&self.w_v.t()).t().dot(&seen.dot(&self.w_k.t()));
        let moved = self.p.dot(&state).dot(&self.w_q);
        Ok(&tokens + &tokens.dot(&moved.t()))
    }

    fn seen<'a>(
        &self,
        tokens: ArrayView2<'a, f64>,
        context: usize,
    ) -> Result<ArrayView2<'a, f64>, EmergenceError> {
        let width = tokens.ncols();
        for matrix in [&self.w_q, &self.w_k, &self.w_v, &self.p] {
            if let Some(&actual) = matrix.shape().iter().find(|&&side| side != width) {
                return Err(EmergenceError::Shape { what: Part::Weights, actual, expected: width });
            }
        }
        if context > tokens.nrows() {
            let (actual, expected) = (tokens.nrows(), context);
            return Err(EmergenceError::Shape { what: Part::Tokens, actual, expected });
        }
        Ok(tokens.split_at(Axis(0), context).0)
    }
}
