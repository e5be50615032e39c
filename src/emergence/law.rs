//! Cross-entropy as a power law in the size, and what exact match makes of it.

use super::EmergenceError;
use super::error::{inside, positive};
use super::words::Quantity;

/// Are all questions of a test equally hard?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// Every question costs the model its mean cross-entropy.
    Alike,
    /// Easy and hard ones: each costs a multiple of the mean that is drawn from the exponential distribution.
    Mixed,
}

/// The cross-entropy a token as a power law in the size: smooth, without a kink anywhere.
///
/// # Formula
/// `CE(N) = (c/N)^α` nats a token, `p(N) = e^(−CE)`, exact match of `L` tokens `p^L = e^(−L·CE)`.
///
/// With `u = L·CE(N)` exact match is `e^(−u)`, and `ln u = ln L + α ln c − α ln N`: a longer answer moves the curve
/// along the logarithm of `N` and changes nothing else. Where questions differ in difficulty, exact match is the
/// mean of `e^(−u·d)` over the difficulties `d`, again a function of `u` alone: for exponential difficulties
/// `1/(1 + u)`, a logistic curve in `ln N`.
///
/// # Reference
/// Schaeffer, Miranda, Koyejo 2023, *Are Emergent Abilities of Large Language Models a Mirage?*, section 2; the law
/// is that of Kaplan et al. 2020 without an irreducible loss.
///
/// # Examples
/// ```
/// use concepts::emergence::{Items, PowerLaw};
/// let law = PowerLaw::new(2e7, 0.35)?;
/// let [short, long] = [1, 30].map(|tokens| law.exact_match(1e9, tokens, Items::Alike));
/// assert!((short - 0.7755).abs() < 1e-3 && (long - 4.9e-4).abs() < 1e-5);
/// // From 10 % to 90 % takes as many decades for every length.
/// let width = |tokens| -> Result<f64, concepts::emergence::EmergenceError> {
///     let at = |score| law.size_for(score, tokens, Items::Alike);
///     Ok((at(0.9)? / at(0.1)?).log10())
/// };
/// assert!((width(1)? - width(30)?).abs() < 1e-12);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLaw {
    scale: f64,
    exponent: f64,
}

impl PowerLaw {
    /// A law with scale `c` (the size at which a token costs 1 nat) and exponent `α`.
    ///
    /// # Errors
    /// [`EmergenceError::NotPositive`]
    pub fn new(scale: f64, exponent: f64) -> Result<PowerLaw, EmergenceError> {
        let (scale, exponent) = (positive(Quantity::Scale, scale)?, positive(Quantity::Exponent, exponent)?);
        Ok(PowerLaw { scale, exponent })
    }

    /// `c`
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// `α`
    pub fn exponent(&self) -> f64 {
        self.exponent
    }

    /// Nats a token.
    ///
    /// # Formula
    /// `CE(N) = (c/N)^α`
    pub fn cross_entropy(&self, size: f64) -> f64 {
        (self.scale / size).powf(self.exponent)
    }

    /// The probability of the right token where all questions are alike.
    ///
    /// # Formula
    /// `p(N) = e^(−CE(N))`
    pub fn token_accuracy(&self, size: f64) -> f64 {
        (-self.cross_entropy(size)).exp()
    }

    /// The share of answers of which every token is right.
    ///
    /// # Formula
    /// `e^(−u)` or `1/(1 + u)`, `u = L·CE(N)`
    pub fn exact_match(&self, size: f64, tokens: usize, items: Items) -> f64 {
        let u = tokens as f64 * self.cross_entropy(size);
        match items {
            Items::Alike => (-u).exp(),
            Items::Mixed => 1.0 / (1.0 + u),
        }
    }

    /// The size at which exact match reaches a score; `N₅₀` for a half.
    ///
    /// # Formula
    /// `N = c·(L/u)^(1/α)`, `u = −ln s` for questions that are alike and `1/s − 1` for mixed ones
    ///
    /// # Errors
    /// [`EmergenceError::Share`], [`EmergenceError::NoTokens`]
    pub fn size_for(&self, score: f64, tokens: usize, items: Items) -> Result<f64, EmergenceError> {
        let score = inside(Quantity::Target, score)?;
        if tokens == 0 {
            return Err(EmergenceError::NoTokens);
        }
        let u = match items {
            Items::Alike => -score.ln(),
            Items::Mixed => 1.0 / score - 1.0,
        };
        Ok(self.scale * (tokens as f64 / u).powf(1.0 / self.exponent))
    }

    /// Decades of size from one score to another, for any length of the answer.
    ///
    /// # Formula
    /// `log₁₀(u₁/u₂)/α`
    ///
    /// # Errors
    /// [`EmergenceError::Share`]
    pub fn decades_between(&self, low: f64, high: f64, items: Items) -> Result<f64, EmergenceError> {
        Ok((self.size_for(high, 1, items)? / self.size_for(low, 1, items)?).log10())
    }

    /// The steepest rise of exact match a decade of size, for any length of the answer.
    ///
    /// # Formula
    /// `α ln 10 · max u·|f′(u)|`: at `u = 1`, `α ln 10 / e` for questions that are alike, `α ln 10 / 4` for mixed ones
    pub fn steepest(&self, items: Items) -> f64 {
        let at_most = match items {
            Items::Alike => (-1.0f64).exp(),
            Items::Mixed => 0.25,
        };
        self.exponent * std::f64::consts::LN_10 * at_most
    }
}
