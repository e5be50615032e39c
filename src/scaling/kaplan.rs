use super::Optimum;

/// Operations of one petaFLOP/s for a day, the unit of Kaplan's compute.
pub const PF_DAY: f64 = 8.64e19;

/// Kaplan's laws: pure powers, without a floor.
///
/// `N` counts parameters without embeddings. Each one-variable law is for the case that the other two sizes are no
/// bottleneck.
///
/// # Reference
/// Kaplan et al. 2020, *Scaling Laws for Neural Language Models*, equations 1.1 to 1.5 and table 6.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kaplan {
    /// Exponent of the parameters.
    pub alpha_n: f64,
    /// Parameters at which the law gives a loss of 1.
    pub n_c: f64,
    /// Exponent of the tokens.
    pub alpha_d: f64,
    /// Tokens at which the law gives a loss of 1.
    pub d_c: f64,
    /// Exponent of the compute, spent in the best way.
    pub alpha_c: f64,
    /// Compute at which the law gives a loss of 1, in PF-days.
    pub c_c: f64,
    /// Best parameters at one PF-day, and the exponent with which they grow.
    pub n_opt: (f64, f64),
    /// Tokens of the best run at one PF-day, and the exponent.
    pub d_opt: (f64, f64),
}

impl Kaplan {
    /// As published.
    pub const PUBLISHED: Kaplan = Kaplan {
        alpha_n: 0.076,
        n_c: 8.8e13,
        alpha_d: 0.095,
        d_c: 5.4e13,
        alpha_c: 0.050,
        c_c: 3.1e8,
        n_opt: (1.3e9, 0.73),
        d_opt: (2e10, 0.27),
    };

    /// The loss by parameters, with data and compute to spare.
    ///
    /// # Formula
    /// `L(N) = (N_c / N)^α_N`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::Kaplan;
    /// assert!((Kaplan::PUBLISHED.by_parameters(1e8) - 2.830).abs() < 5e-4);
    /// ```
    pub fn by_parameters(&self, n: f64) -> f64 {
        (self.n_c / n).powf(self.alpha_n)
    }

    /// The loss by tokens, with parameters to spare and stopped in time.
    ///
    /// # Formula
    /// `L(D) = (D_c / D)^α_D`
    pub fn by_tokens(&self, d: f64) -> f64 {
        (self.d_c / d).powf(self.alpha_d)
    }

    /// The loss by operations, spent in the best way.
    ///
    /// # Formula
    /// `L(C) = (C_c / C)^α_C`, `C` in PF-days
    pub fn by_compute(&self, c: f64) -> f64 {
        (self.c_c / (c / PF_DAY)).powf(self.alpha_c)
    }

    /// The joint law of parameters and tokens. One without end leaves the law of the other.
    ///
    /// # Formula
    /// `L(N, D) = [ (N_c / N)^(α_N/α_D) + D_c / D ]^α_D`
    ///
    /// # Examples
    /// ```
    /// use concepts::scaling::Kaplan;
    /// let law = Kaplan::PUBLISHED;
    /// assert!((law.loss(1e9, f64::INFINITY) - law.by_parameters(1e9)).abs() < 1e-12);
    /// assert!(law.loss(1e9, 1e10) > law.by_parameters(1e9).max(law.by_tokens(1e10)));
    /// ```
    pub fn loss(&self, n: f64, d: f64) -> f64 {
        ((self.n_c / n).powf(self.alpha_n / self.alpha_d) + self.d_c / d).powf(self.alpha_d)
    }

    /// The best model for a budget, as Kaplan's empirical fit has it.
    ///
    /// The exponents are measured, not derived from [`Kaplan::loss`]: that form under `C = 6ND` would give
    /// `α_D / (α_N + α_D)` = 0.556.
    ///
    /// # Formula
    /// `N = 1.3·10⁹ · C^0.73`, `D = 2·10¹⁰ · C^0.27`, `C` in PF-days
    pub fn optimum(&self, c: f64) -> Optimum {
        let days = c / PF_DAY;
        let of = |(at_one, exponent): (f64, f64)| at_one * days.powf(exponent);
        Optimum { n: of(self.n_opt), d: of(self.d_opt) }
    }
}
