//! What a signal and its gradient become in many layers, at the start of training.

use ndarray::{Array2, Axis};

use super::{Activation, ActivationError, Size};
use crate::numerics::{normal, rng};

/// How the weights start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// `N(0, 2/width)`, made for ReLU (He et al. 2015).
    He,
    /// `N(0, 1/width)`, made for what is nearly the identity (Glorot & Bengio 2010).
    Xavier,
}

impl Start {
    /// Variance of a weight, times the width.
    pub fn gain(self) -> f64 {
        match self {
            Start::He => 2.0,
            Start::Xavier => 1.0,
        }
    }
}

/// What was measured, layer by layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Root of the mean square of what each layer puts out, the first layer first.
    pub forward: Vec<f64>,
    /// Root of the mean square of the gradient that arrives at the output of each layer.
    pub backward: Vec<f64>,
    /// Share of units, over all layers, whose derivative is exactly 0 for every input.
    pub dead: f64,
    /// Share of all derivatives that are exactly 0.
    pub silent: f64,
}

/// Sends random inputs through layers `f(h W)` and a random gradient back.
///
/// # Shapes
/// `inputs` rows of `width` numbers from N(0, 1); each `W (width, width)`
///
/// # Errors
/// [`ActivationError::Zero`] for no layer, no unit or no input.
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, Start, flow};
/// let flow = flow(Activation::Relu, Start::He, (8, 64), 16, 7)?;
/// assert_eq!(flow.forward.len(), 8);
/// assert!(flow.forward[7] > 0.2 && flow.forward[7] < 5.0);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn flow(
    f: Activation,
    start: Start,
    (depth, width): (usize, usize),
    inputs: usize,
    seed: u64,
) -> Result<Flow, ActivationError> {
    for (what, size) in [(Size::Depth, depth), (Size::Width, width), (Size::Inputs, inputs)] {
        if size == 0 {
            return Err(ActivationError::Zero { what });
        }
    }
    let rms = |x: &Array2<f64>| (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt();
    // The same draws for every function, so that they are compared on the same weights.
    let mut draws = rng(seed, "activation flow");
    let mut h = normal((inputs, width), 1.0, &mut draws);
    let spread = (start.gain() / width as f64).sqrt();
    let (mut weights, mut slopes, mut forward) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..depth {
        let w = normal((width, width), spread, &mut draws);
        let before = h.dot(&w);
        h = before.mapv(|x| f.of(x));
        forward.push(rms(&h));
        weights.push(w);
        slopes.push(before.mapv_into(|x| f.derivative(x)));
    }
    let mut gradient = normal((inputs, width), 1.0, &mut draws);
    let mut backward = vec![0.0; depth];
    for layer in (0..depth).rev() {
        backward[layer] = rms(&gradient);
        gradient = (gradient * &slopes[layer]).dot(&weights[layer].t());
    }
    let units = (depth * width) as f64;
    let never = |slope: &Array2<f64>| {
        slope.axis_iter(Axis(1)).filter(|unit| unit.iter().all(|s| *s == 0.0)).count() as f64
    };
    let zeros = |slope: &Array2<f64>| slope.iter().filter(|s| **s == 0.0).count() as f64;
    Ok(Flow {
        forward,
        backward,
        dead: slopes.iter().map(never).sum::<f64>() / units,
        silent: slopes.iter().map(zeros).sum::<f64>() / (units * inputs as f64),
    })
}
