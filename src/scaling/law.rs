use super::ScalingError;
use super::words::Size;

/// Chinchilla's parametric law: an irreducible loss and two terms that fall.
///
/// # Formula
/// `L(N, D) = E + A / N^α + B / D^β`
///
/// # Reference
/// Hoffmann et al. 2022, *Training Compute-Optimal Large Language Models*, equations 2 and 10.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Law {
    /// The loss that no size removes, nats a token.
    pub e: f64,
    /// Factor of the parameters' term.
    pub a: f64,
    /// Factor of the tokens' term.
    pub b: f64,
    /// Exponent of the parameters.
    pub alpha: f64,
    /// Exponent of the tokens.
    pub beta: f64,
}

/// The constants as Hoffmann et al. 2022 print them, rounded: equation 10.
pub const HOFFMANN: Law = Law { e: 1.69, a: 406.4, b: 410.7, alpha: 0.34, beta: 0.28 };

/// The same fit with the digits of the paper's TeX source, as Besiroglu et al. 2024 report them.
pub const HOFFMANN_TEX: Law = Law { e: 1.6934, a: 406.4, b: 410.7, alpha: 0.3392, beta: 0.2849 };

/// Besiroglu et al. 2024, *Chinchilla Scaling: A replication attempt*: fitted again to the runs of the paper's figure.
pub const BESIROGLU: Law = Law { e: 1.8172, a: 482.01, b: 2085.43, alpha: 0.3478, beta: 0.3658 };

impl Law {
    /// The loss of `n` parameters trained on `d` tokens. Infinite sizes leave their term out.
    ///
    /// # Formula
    /// `L(N, D) = E + A / N^α + B / D^β`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// // Chinchilla: 70B parameters, 1.4T tokens
    /// assert!((BESIROGLU.loss(70e9, 1.4e12) - 1.9744).abs() < 1e-3);
    /// assert_eq!(BESIROGLU.loss(f64::INFINITY, f64::INFINITY), BESIROGLU.e);
    /// ```
    pub fn loss(&self, n: f64, d: f64) -> f64 {
        self.e + self.a / n.powf(self.alpha) + self.b / d.powf(self.beta)
    }

    /// The tokens with which `n` parameters reach a loss; `None` if no number of tokens is enough.
    ///
    /// # Formula
    /// `D = ( B / (L − E − A/N^α) )^(1/β)`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// let d = BESIROGLU.tokens_for(BESIROGLU.loss(7e9, 2e12), 7e9).unwrap();
    /// assert!((d / 2e12 - 1.0).abs() < 1e-9);
    /// assert_eq!(BESIROGLU.tokens_for(BESIROGLU.e, 7e9), None);
    /// ```
    pub fn tokens_for(&self, loss: f64, n: f64) -> Option<f64> {
        let left = loss - self.e - self.a / n.powf(self.alpha);
        (left > 0.0).then(|| (self.b / left).powf(1.0 / self.beta))
    }

    /// A size or a loss that a law can be asked about.
    pub(super) fn positive(size: Size, value: f64) -> Result<f64, ScalingError> {
        if value.is_finite() && value > 0.0 {
            Ok(value)
        } else {
            Err(ScalingError::NotPositive { size, value })
        }
    }
}
