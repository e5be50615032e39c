use super::words::Size;
use super::{Law, OPERATIONS_A_TOKEN, ScalingError};
use crate::numerics::golden_section;

/// A split of a budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Optimum {
    /// Parameters.
    pub n: f64,
    /// Tokens.
    pub d: f64,
}

impl Optimum {
    /// Tokens a parameter.
    pub fn ratio(&self) -> f64 {
        self.d / self.n
    }
}

impl Law {
    /// How `N` and `D` of the optimum grow with compute: `N ∝ C^a`, `D ∝ C^b`, `a + b = 1`.
    ///
    /// # Formula
    /// `a = β / (α + β)`, `b = α / (α + β)`
    pub fn exponents(&self) -> (f64, f64) {
        let sum = self.alpha + self.beta;
        (self.beta / sum, self.alpha / sum)
    }

    /// The best split of a budget `c`, in closed form.
    ///
    /// Minimise `E + A/N^α + B/D^β` where `6ND = C`. Put `D = C/6N` in and set the derivative by `ln N` to 0:
    /// `αA/N^α = βB/D^β`. Twice as much of either term would not be worth what the other pays for it.
    ///
    /// # Formula
    /// `G = (αA / βB)^(1/(α+β))`, `N* = G·(C/6)^a`, `D* = (C/6)^b / G`
    ///
    /// # Errors
    /// [`ScalingError::NotPositive`] for a budget that is not a finite number above 0.
    ///
    /// # Reference
    /// Hoffmann et al. 2022, equation 4.
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::{BESIROGLU, HOFFMANN};
    /// // Chinchilla's own budget: the paper's printed constants do not give Chinchilla.
    /// assert!((HOFFMANN.optimum(5.76e23)?.n / 32.2e9 - 1.0).abs() < 1e-3);
    /// assert!((BESIROGLU.optimum(5.76e23)?.n / 72.3e9 - 1.0).abs() < 1e-3);
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn optimum(&self, c: f64) -> Result<Optimum, ScalingError> {
        let products = Law::positive(Size::Compute, c)? / OPERATIONS_A_TOKEN;
        let (a, b) = self.exponents();
        let g = (self.alpha * self.a / (self.beta * self.b)).powf(1.0 / (self.alpha + self.beta));
        Ok(Optimum { n: g * products.powf(a), d: products.powf(b) / g })
    }

    /// The `N` that the law wants of a budget `c`, whatever its exponents are: that of [`Law::optimum`] where the loss along
    /// `6ND = C` has a lowest point, 0 where it falls without end as `N` falls, and infinite where it does as `N` grows.
    ///
    /// A law fitted to few or noisy runs may have an exponent that is not above 0. If it is α, a smaller model costs
    /// nothing by that law, and if it is β, fewer tokens do.
    ///
    /// # Errors
    /// As [`Law::optimum`].
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::{BESIROGLU, Law};
    /// assert!((BESIROGLU.wanted_size(1e21)? / BESIROGLU.optimum(1e21)?.n - 1.0).abs() < 1e-12);
    /// assert_eq!(Law { alpha: -0.1, ..BESIROGLU }.wanted_size(1e21)?, 0.0);
    /// assert_eq!(Law { beta: 0.0, ..BESIROGLU }.wanted_size(1e21)?, f64::INFINITY);
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn wanted_size(&self, c: f64) -> Result<f64, ScalingError> {
        Law::positive(Size::Compute, c)?;
        Ok(wanted_size([self.a, self.b].map(f64::ln), [self.alpha, self.beta], c))
    }

    /// The best split by looking for it: the loss along `D = C/6N` is a valley in `ln N`, and a golden-section
    /// search walks to its floor. Nothing here knows of the closed form.
    ///
    /// Near a minimum a function is flat: the loss is exact to about 1e-16, so `ln N` only to about 1e-8.
    ///
    /// # Errors
    /// As [`Law::optimum`].
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// let (found, known) = (BESIROGLU.search(1e21)?, BESIROGLU.optimum(1e21)?);
    /// assert!((found.n / known.n - 1.0).abs() < 1e-6);
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn search(&self, c: f64) -> Result<Optimum, ScalingError> {
        let products = Law::positive(Size::Compute, c)? / OPERATIONS_A_TOKEN;
        let loss = |x: f64| self.loss(x.exp(), products / x.exp());
        let n = golden_section(loss, 0.0, products.ln().max(1.0)).exp();
        Ok(Optimum { n, d: products / n })
    }

    /// The loss along one budget: points `(N, L)` for the sizes given.
    ///
    /// # Formula
    /// `L(N, C/6N)`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU;
    /// let best = BESIROGLU.optimum(1e21)?.n;
    /// let curve = BESIROGLU.iso_flop(1e21, &[best / 4.0, best, best * 4.0]);
    /// assert!(curve[1].1 < curve[0].1 && curve[1].1 < curve[2].1); // a valley
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn iso_flop(&self, c: f64, sizes: &[f64]) -> Vec<(f64, f64)> {
        sizes.iter().map(|&n| (n, self.loss(n, c / (OPERATIONS_A_TOKEN * n)))).collect()
    }

    /// The frontier: the best loss for a budget is a power law above the floor. Its factor and its exponent.
    ///
    /// # Formula
    /// `L*(C) = E + K·C^(−γ)`, `γ = αβ / (α + β)`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::BESIROGLU as law;
    /// let (k, gamma) = law.frontier();
    /// let best = law.optimum(1e22)?;
    /// assert!((law.e + k * 1e22_f64.powf(-gamma) - law.loss(best.n, best.d)).abs() < 1e-12);
    /// # Ok::<(), concepts::scaling::ScalingError>(())
    /// ```
    pub fn frontier(&self) -> (f64, f64) {
        let gamma = self.alpha * self.beta / (self.alpha + self.beta);
        let g = (self.alpha * self.a / (self.beta * self.b)).powf(1.0 / (self.alpha + self.beta));
        let at_one = self.a / g.powf(self.alpha) + self.b * g.powf(self.beta);
        (at_one * OPERATIONS_A_TOKEN.powf(gamma), gamma)
    }

    /// The smallest budget that reaches a loss.
    ///
    /// # Formula
    /// `C = ( K / (L − E) )^(1/γ)`
    ///
    /// # Errors
    /// [`ScalingError::BelowFloor`] for a loss that is not above `E`.
    pub fn compute_for(&self, loss: f64) -> Result<f64, ScalingError> {
        let above = loss - self.e;
        if above.is_nan() || above <= 0.0 {
            return Err(ScalingError::BelowFloor { loss, floor: self.e });
        }
        let (k, gamma) = self.frontier();
        Ok((k / above).powf(1.0 / gamma))
    }
}

/// [`Law::wanted_size`] from the logarithms of `A` and `B`, which a steep fit has where the factors themselves overflow.
pub(super) fn wanted_size([ln_a, ln_b]: [f64; 2], [alpha, beta]: [f64; 2], c: f64) -> f64 {
    match (alpha > 0.0, beta > 0.0) {
        (false, true) => 0.0,
        (true, false) => f64::INFINITY,
        _ => {
            let ln_g = ((alpha / beta).ln() + ln_a - ln_b) / (alpha + beta);
            (ln_g + beta / (alpha + beta) * (c / OPERATIONS_A_TOKEN).ln()).exp()
        }
    }
}
