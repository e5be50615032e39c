//! A small network that learns a task from right answers.

use ndarray::{Array1, Array2, Axis};

use super::TasksError;
use super::alphabet::{END, FIRST_JUNK};
use super::error::sized;
use super::words::Quantity;
use crate::decoding::{HiddenStates, LanguageModel};
use crate::numerics::{normal, rng};

/// Tokens that the network knows: all that belong to a task.
const TOKENS: usize = FIRST_JUNK as usize;
/// One more stands for a place where nothing is yet.
const SLOT: usize = TOKENS + 1;
/// The longest window and the widest layer.
const MOST: usize = 1024;

/// A text so far, and what comes next.
pub type Example = (Vec<u32>, u32);

/// Two hidden layers over a window of tokens, each token in its place.
///
/// A text longer than the window is not seen beyond it.
///
/// # Formula
/// `h₁ = relu(Σᵢ W₁[i, xᵢ] + b₁)`, `h₂ = relu(h₁ W₂ + b₂)`, `p = softmax(h₂ W₃ + b₃)`
///
/// # Shapes
/// `W₁ (window · (tokens + 1), width)`, `W₂ (width, width)`, `W₃ (width, tokens)`
///
/// # Reference
/// Bengio et al. 2003, *A Neural Probabilistic Language Model*, section 2.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    window: usize,
    /// `W₁, b₁, W₂, b₂, W₃, b₃`; each bias is one row.
    pub(super) parts: [Array2<f64>; 6],
}

/// What a forward pass leaves.
struct Pass {
    first: Array2<f64>,
    second: Array2<f64>,
    logits: Array2<f64>,
}

impl Network {
    /// A network that knows nothing yet: He's normal weights, biases 0.
    ///
    /// # Errors
    /// [`TasksError`] if a size is 0 or more than 1024.
    pub fn new(window: usize, width: usize, seed: u64) -> Result<Self, TasksError> {
        sized(Quantity::Window, window, MOST)?;
        sized(Quantity::Width, width, MOST)?;
        let mut draws = rng(seed, "tasks network");
        // A window has one token a place, so W₁ has `window` inputs, not all its rows.
        let std = |inputs: usize| (2.0 / inputs as f64).sqrt();
        let parts = [
            normal((window * SLOT, width), std(window), &mut draws),
            Array2::zeros((1, width)),
            normal((width, width), std(width), &mut draws),
            Array2::zeros((1, width)),
            normal((width, TOKENS), std(width) / 2.0, &mut draws),
            Array2::zeros((1, TOKENS)),
        ];
        Ok(Self { window, parts })
    }

    /// The same shapes, all zeros.
    pub(super) fn zeros(&self) -> Self {
        Self { window: self.window, parts: self.parts.clone().map(|part| Array2::zeros(part.dim())) }
    }

    /// The row of `W₁` for each place.
    fn rows(&self, text: &[u32]) -> impl Iterator<Item = usize> {
        let token = |place: usize| text.get(place).map_or(TOKENS, |&token| (token as usize).min(TOKENS));
        (0..self.window).map(|place| place * SLOT + token(place)).collect::<Vec<_>>().into_iter()
    }

    fn forward<'e>(&self, texts: impl ExactSizeIterator<Item = &'e [u32]>) -> Pass {
        let [w1, b1, w2, b2, w3, b3] = &self.parts;
        // (texts, width)
        let mut first: Array2<f64> = Array2::zeros((texts.len(), w2.nrows()));
        for (text, mut row) in texts.zip(first.outer_iter_mut()) {
            row += &b1.row(0);
            self.rows(text).for_each(|place| row += &w1.row(place));
        }
        first.mapv_inplace(|x| x.max(0.0));
        let second = (first.dot(w2) + b2).mapv(|x| x.max(0.0));
        let logits = second.dot(w3) + b3;
        Pass { first, second, logits }
    }

    /// The mean cross-entropy of examples, in nats, and its gradient.
    ///
    /// # Formula
    /// `L = −1/n Σ ln p(next | text)`; `∂L/∂logits = (p − onehot)/n`, and back by the chain rule
    ///
    /// # Errors
    /// [`TasksError`] if there are no examples, or a next token belongs to no task.
    ///
    /// # Examples
    /// ```
    /// use concepts::tasks::{FIRST_JUNK, Network};
    /// let untrained = Network::new(4, 8, 7)?;
    /// let (loss, _) = untrained.loss_and_gradient(&[(vec![1, 2], 3)])?;
    /// assert!(loss.is_finite() && loss > 0.0);
    /// # Ok::<(), concepts::tasks::TasksError>(())
    /// ```
    pub fn loss_and_gradient(&self, examples: &[Example]) -> Result<(f64, Network), TasksError> {
        sized(Quantity::Examples, examples.len(), usize::MAX)?;
        if let Some(&(_, token)) = examples.iter().find(|(_, next)| *next >= FIRST_JUNK) {
            return Err(TasksError::NoSuchToken { token, vocab_size: FIRST_JUNK });
        }
        let n = examples.len() as f64;
        let Pass { first, second, logits } = self.forward(examples.iter().map(|(text, _)| text.as_slice()));
        let mut loss = 0.0;
        let mut d_logits = logits;
        for (mut row, &(_, next)) in d_logits.outer_iter_mut().zip(examples) {
            let max = row.fold(f64::NEG_INFINITY, |max, &x| max.max(x));
            let right = row[next as usize] - max;
            row.mapv_inplace(|x| libm::exp(x - max));
            let sum = row.sum();
            loss += (libm::log(sum) - right) / n;
            row.mapv_inplace(|x| x / sum / n);
            row[next as usize] -= 1.0 / n;
        }
        let [_, _, w2, _, w3, _] = &self.parts;
        let active = |d: Array2<f64>, h: &Array2<f64>| d * h.mapv(|h| if h > 0.0 { 1.0 } else { 0.0 });
        let d_second = active(d_logits.dot(&w3.t()), &second);
        let d_first = active(d_second.dot(&w2.t()), &first);
        let bias = |d: &Array2<f64>| d.sum_axis(Axis(0)).insert_axis(Axis(0));
        let mut gradient = self.zeros();
        for (d, (text, _)) in d_first.outer_iter().zip(examples) {
            for place in self.rows(text) {
                let mut row = gradient.parts[0].row_mut(place);
                row += &d;
            }
        }
        gradient.parts[1] = bias(&d_first);
        gradient.parts[2] = first.t().dot(&d_second);
        gradient.parts[3] = bias(&d_second);
        gradient.parts[4] = second.t().dot(&d_logits);
        gradient.parts[5] = bias(&d_logits);
        Ok((loss, gradient))
    }

    /// Weights and biases, `W₁, b₁, W₂, b₂, W₃, b₃`; each bias is one row.
    pub fn parts(&self) -> &[Array2<f64>; 6] {
        &self.parts
    }

    /// The same with other weights; those of another shape are not taken.
    pub fn with_part(mut self, place: usize, part: Array2<f64>) -> Self {
        if let Some(old) = self.parts.get_mut(place).filter(|old| old.dim() == part.dim()) {
            *old = part;
        }
        self
    }

    /// Numbers that are learnt.
    pub fn parameters(&self) -> usize {
        self.parts.iter().map(Array2::len).sum()
    }
}

impl LanguageModel for Network {
    type State = Vec<u32>;

    fn vocab_size(&self) -> usize {
        TOKENS
    }

    fn start(&self) -> Vec<u32> {
        Vec::new()
    }

    fn advance(&self, text: &mut Vec<u32>, token: u32) {
        text.push(token);
    }

    fn logits(&self, text: &Vec<u32>, logits: &mut [f32]) {
        let row: Array1<f64> = self.forward([text.as_slice()].into_iter()).logits.row(0).to_owned();
        logits.iter_mut().zip(row).for_each(|(logit, x)| *logit = x as f32);
    }

    fn end(&self) -> Option<u32> {
        Some(END)
    }
}

impl HiddenStates for Network {
    /// The second hidden layer.
    fn hidden(&self, text: &Vec<u32>) -> Vec<f32> {
        self.forward([text.as_slice()].into_iter()).second.row(0).iter().map(|&x| x as f32).collect()
    }
}
