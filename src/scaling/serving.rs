use super::words::Size;
use super::{Law, Optimum, ScalingError, training_flops};
use crate::numerics::golden_section;

/// Operations a parameter and token when a model only reads and writes: one product, one sum.
const A_SERVED_TOKEN: f64 = 2.0;

/// The cheapest model of a quality, training and serving together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServingOptimum {
    /// Its parameters and training tokens.
    pub best: Optimum,
    /// Operations of its training.
    pub training: f64,
    /// Operations of serving.
    pub serving: f64,
}

impl ServingOptimum {
    /// Training and serving.
    pub fn total(&self) -> f64 {
        self.training + self.serving
    }
}

impl Law {
    /// The model that reaches `loss` and serves `served` tokens at the lowest total cost.
    ///
    /// A smaller model trained longer costs more in training and less for every token served. With nothing served
    /// it is the optimum of training. Found by search over `ln N`; a minimum `N` exists below which no number of
    /// tokens reaches the loss.
    ///
    /// # Formula
    /// minimise `6ND + 2N·T` where `L(N, D) = loss`; there `1 + T/3D = αA·N^(−α) / (βB·D^(−β))`
    ///
    /// # Errors
    /// [`ScalingError::BelowFloor`] for a loss that is not above `E`, [`ScalingError::NotPositive`] for a negative or
    /// infinite number of tokens.
    ///
    /// # Reference
    /// Sardana & Frankle 2023, *Beyond Chinchilla-Optimal: Accounting for Inference in Language Model Scaling Laws*,
    /// equation 3.
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU as law;
    /// let best = law.optimum(1e23)?;
    /// let served = law.serving_optimum(law.loss(best.n, best.d), 10.0 * best.d)?;
    /// assert!(served.best.n < best.n && served.best.d > best.d); // smaller, trained longer
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn serving_optimum(&self, loss: f64, served: f64) -> Result<ServingOptimum, ScalingError> {
        if served.is_nan() || served < 0.0 || served.is_infinite() {
            return Err(ScalingError::NotPositive { size: Size::Tokens, value: served });
        }
        let compute = self.compute_for(loss)?;
        let free = self.optimum(compute)?;
        let cost = |x: f64| self.serving_cost(loss, x.exp(), served).unwrap_or(f64::INFINITY);
        // The floor of N, where all of the loss above E is the parameters' term; serving never makes it larger.
        let least = (self.a / (loss - self.e)).ln() / self.alpha;
        let n = golden_section(cost, least, free.n.ln() + 1.0).exp();
        let d = self.tokens_for(loss, n).unwrap_or(f64::INFINITY);
        let serving = A_SERVED_TOKEN * n * served;
        Ok(ServingOptimum { best: Optimum { n, d }, training: training_flops(n, d), serving })
    }

    /// Operations of training `n` parameters to a loss and serving `served` tokens; `None` if they cannot reach it.
    ///
    /// # Formula
    /// `6ND + 2N·T`
    pub fn serving_cost(&self, loss: f64, n: f64, served: f64) -> Option<f64> {
        Some(training_flops(n, self.tokens_for(loss, n)?) + A_SERVED_TOKEN * n * served)
    }
}
