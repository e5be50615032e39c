//! A pair of models for timing: what they say is known, and a call takes as long as one of a large model.

use ndarray::Array2;

use super::TasksError;
use super::error::{between, sized};
use super::words::Quantity;
use crate::decoding::LanguageModel;

/// The widest layer.
const MOST_WIDTH: usize = 16_384;

/// A weight: a sum of 16 384 is far below what `f32` adds to a logit.
const TINY: f32 = 1e-30;

/// A model of three tokens that says the same at every place, and whose every call reads a matrix of weights once,
/// for however many rows it is asked: that is what a forward pass of a large model costs.
///
/// The weights are so small that the product changes no probability; zeros would be one page of memory, read again and
/// again.
///
/// # Shapes
/// `weights (width, columns)`
pub struct Costly {
    p: [f64; 3],
    weights: Array2<f32>,
}

impl Costly {
    /// A draft and its target, which agree with probability `acceptance` at every place, as those of
    /// [`speculation_curve`](super::speculation_curve). The target's weights are `width` times `columns`, the draft has
    /// `cost` of its columns.
    ///
    /// # Errors
    /// [`TasksError`] if a rate is not from 0 to 1, or a size is 0 or more than 16 384.
    ///
    /// # Examples
    /// ```
    /// use concepts::{decoding::speculative_sampling, numerics::rng, tasks::Costly};
    /// let (draft, target) = Costly::pair(1.0, (8, 8), 0.25)?;
    /// let text = speculative_sampling(&draft, &target, &[], 4, &[], 10, &mut rng(1, "doc"))?;
    /// assert_eq!((text.tokens.len(), text.target_calls), (10, 2)); // all proposals are accepted
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pair(
        acceptance: f64,
        (width, columns): (usize, usize),
        cost: f64,
    ) -> Result<(Self, Self), TasksError> {
        between(Quantity::Acceptance, acceptance, 0.0, 1.0)?;
        between(Quantity::Cost, cost, 0.0, 1.0)?;
        sized(Quantity::Width, width, MOST_WIDTH)?;
        sized(Quantity::Width, columns, MOST_WIDTH)?;
        let other = 1.0 - acceptance;
        let of_draft = (cost * columns as f64).round() as usize;
        let model = |p, columns| Self { p, weights: Array2::from_elem((width, columns), TINY) };
        Ok((model([acceptance, 0.0, other], of_draft), model([acceptance, other, 0.0], columns)))
    }
}

impl LanguageModel for Costly {
    type State = ();

    fn vocab_size(&self) -> usize {
        self.p.len()
    }

    fn start(&self) {}

    fn advance(&self, (): &mut (), _: u32) {}

    fn logits(&self, (): &(), logits: &mut [f32]) {
        self.logits_all(&[&()], logits);
    }

    fn logits_all(&self, states: &[&()], logits: &mut [f32]) {
        let inputs = Array2::<f32>::ones((states.len(), self.weights.nrows()));
        // (states, columns)
        let outputs = inputs.dot(&self.weights);
        for (row, output) in logits.chunks_exact_mut(self.p.len()).zip(outputs.rows()) {
            let nothing = output.first().copied().unwrap_or(0.0);
            row.iter_mut().zip(self.p).for_each(|(logit, p)| *logit = libm::log(p) as f32 + nothing);
        }
    }
}
