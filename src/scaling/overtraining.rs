use super::words::Size;
use super::{Law, Optimum, ScalingError, training_flops};

/// A run beside the best run that reaches the same loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overtraining {
    /// The loss of the run by the law.
    pub loss: f64,
    /// The best split of the run's own budget.
    pub best: Optimum,
    /// How much lower the loss of that split is.
    pub gap: f64,
    /// The smallest budget that reaches the run's loss.
    pub enough: f64,
    /// The run's operations over that budget: 1 at the optimum, never below.
    pub factor: f64,
}

impl Law {
    /// What a run of `n` parameters on `d` tokens costs beside the best one.
    ///
    /// A model smaller than the optimum trained longer is not a mistake: it is cheaper to serve. This says what
    /// training pays for it.
    ///
    /// # Errors
    /// [`ScalingError::NotPositive`] for sizes that are not finite numbers above 0.
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// // LLaMA-2 7B: 2T tokens
    /// let run = BESIROGLU.overtraining(7e9, 2e12)?;
    /// assert!(run.factor > 1.5 && run.best.n > 7e9);
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn overtraining(&self, n: f64, d: f64) -> Result<Overtraining, ScalingError> {
        let (n, d) = (Law::positive(Size::Parameters, n)?, Law::positive(Size::Tokens, d)?);
        let (c, loss) = (training_flops(n, d), self.loss(n, d));
        let best = self.optimum(c)?;
        let enough = self.compute_for(loss)?;
        Ok(Overtraining { loss, best, gap: loss - self.loss(best.n, best.d), enough, factor: c / enough })
    }
}
