//! Value and derivative of one number.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, PI};

use crate::numerics::{sigmoid, softplus};

/// The coefficient of the cube in the approximation by tanh.
const CUBIC: f64 = 0.044_715;
/// The slope in the approximation by σ.
const SLOPE: f64 = 1.702;

/// A function that stands between two matrices.
///
/// # Reference
/// Nair & Hinton 2010 (ReLU); Hendrycks & Gimpel 2016 (GELU, its approximations, SiLU); Ramachandran et al. 2017
/// (Swish); So et al. 2021 (squared ReLU); Misra 2019 (Mish).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// `x`: the gate of the bilinear layer.
    Identity,
    /// `σ(x) = 1 / (1 + e^(−x))`: the gate of GLU.
    Sigmoid,
    /// `(e^x − e^(−x)) / (e^x + e^(−x))`: what networks had before ReLU.
    Tanh,
    /// `max(x, 0)`.
    Relu,
    /// `max(x, 0)²`.
    SquaredRelu,
    /// `x Φ(x)`, with the distribution function of the normal distribution.
    Gelu,
    /// `x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
    GeluTanh,
    /// `x σ(1.702 x)`.
    GeluSigmoid,
    /// `x σ(βx)`; with β = 1 it is also called SiLU.
    Swish {
        /// β.
        beta: f64,
    },
    /// `ln(1 + e^x)`.
    Softplus,
    /// `x tanh(ln(1 + e^x))`.
    Mish,
}

impl Activation {
    /// `x σ(x)`.
    pub const SILU: Activation = Activation::Swish { beta: 1.0 };

    /// The function. At −∞ and ∞ it is the limit.
    ///
    /// # Examples
    /// ```
    /// use concepts::activation::Activation;
    /// assert_eq!(Activation::Relu.of(-2.0), 0.0);
    /// assert!((Activation::Gelu.of(1.0) - 0.841_344_746_068_542_9).abs() < 1e-15);
    /// assert_eq!(Activation::SILU.of(f64::NEG_INFINITY), 0.0);
    /// ```
    pub fn of(self, x: f64) -> f64 {
        // −∞ times a weight of 0 would be NaN.
        if x == f64::NEG_INFINITY && self.vanishes_left() {
            return 0.0;
        }
        match self {
            Activation::Identity => x,
            Activation::Sigmoid => sigmoid(x),
            Activation::Tanh => libm::tanh(x),
            Activation::Relu => relu(x),
            Activation::SquaredRelu => relu(x) * relu(x),
            Activation::Gelu => x * normal_cdf(x),
            Activation::GeluTanh => x * sigmoid(2.0 * bent(x)),
            Activation::GeluSigmoid => x * sigmoid(SLOPE * x),
            Activation::Swish { beta } => x * sigmoid(beta * x),
            Activation::Softplus => softplus(x),
            Activation::Mish => x * libm::tanh(softplus(x)),
        }
    }

    fn vanishes_left(self) -> bool {
        match self {
            Activation::Identity | Activation::Tanh => false,
            Activation::Swish { beta } => beta > 0.0,
            _ => true,
        }
    }

    /// The derivative. Of ReLU at 0 it is 0, as in PyTorch. The limit at −∞ and ∞.
    ///
    /// # Formula
    /// `tanh′ = 4 σ(2x) σ(−2x)`, `GELU′ = Φ + xφ`, `Swish′ = σ(βx) + βx σ(βx)(1 − σ(βx))`, `Mish′ = T + x(1 − T²)σ(x)` with
    /// `T = tanh(softplus(x))`
    ///
    /// # Examples
    /// ```
    /// use concepts::activation::Activation;
    /// assert_eq!(Activation::Gelu.derivative(0.0), 0.5);
    /// // The steepest point of GELU is √2: there the slope is above 1.
    /// assert!((Activation::Gelu.derivative(2f64.sqrt()) - 1.128_904_145_185_154_4).abs() < 1e-12);
    /// ```
    pub fn derivative(self, x: f64) -> f64 {
        match self {
            Activation::Identity => 1.0,
            Activation::Sigmoid => sigmoid(x) * sigmoid(-x),
            // 1 − tanh² would lose its digits where tanh is near 1.
            Activation::Tanh => 4.0 * sigmoid(2.0 * x) * sigmoid(-2.0 * x),
            Activation::Relu => f64::from(u8::from(x > 0.0)) + nan(x),
            Activation::SquaredRelu => 2.0 * relu(x),
            Activation::Gelu => normal_cdf(x) + times(x, normal_pdf(x)),
            Activation::GeluTanh => {
                let inner = 2.0 * (FRAC_2_PI).sqrt() * (1.0 + 3.0 * CUBIC * x * x);
                let s = sigmoid(2.0 * bent(x));
                s + times(x * inner, s * sigmoid(-2.0 * bent(x)))
            }
            Activation::GeluSigmoid => Activation::Swish { beta: SLOPE }.derivative(x),
            Activation::Swish { beta } => {
                let z = beta * x;
                sigmoid(z) + times(z, sigmoid(z) * sigmoid(-z))
            }
            Activation::Softplus => sigmoid(x),
            Activation::Mish => {
                let t = libm::tanh(softplus(x));
                t + times(x, (1.0 - t * t) * sigmoid(x))
            }
        }
    }
}

/// A product in which a weight of 0 wins over an infinite factor.
fn times(x: f64, weight: f64) -> f64 {
    if weight == 0.0 { 0.0 } else { x * weight }
}

/// 0, or NaN for NaN.
fn nan(x: f64) -> f64 {
    if x.is_nan() { x } else { 0.0 }
}

/// Keeps a NaN, which `f64::max` drops.
fn relu(x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { x }
}

/// `Φ`, by `erfc`, so that its tail keeps its digits.
fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

fn normal_pdf(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// What the approximation by tanh takes the tanh of.
fn bent(x: f64) -> f64 {
    FRAC_2_PI.sqrt() * x * (1.0 + CUBIC * x * x)
}
