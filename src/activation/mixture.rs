//! A mixture of experts: several feed-forward layers, of which each token uses a few.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rand::Rng;

use super::{Activation, ActivationError, GatedLayer, Size};
use crate::numerics::normal;
use crate::numerics::softmax::softmax;

/// Feed-forward layers side by side, and a router that gives each token some of them.
///
/// # Formula
/// `p = softmax(x R)`; T = the k experts with the largest p, of equal ones the first;
/// `gₑ = pₑ / Σ_{j ∈ T} pⱼ`; `y = Σ_{e ∈ T} gₑ · expertₑ(x)`
///
/// Divided by their sum, the gates are those of a softmax over the k chosen scores alone: what the softmax over all of
/// them divides by cancels.
///
/// # Shapes
/// `router (d_model, E)`, E experts of one width; `x (n, d_model)` → `(n, d_model)`
///
/// # Reference
/// Shazeer et al. 2017, *Outrageously Large Neural Networks*; Jiang et al. 2024, *Mixtral of Experts*, section 2.1.
///
/// # Examples
/// ```
/// use concepts::activation::{Activation, Mixture};
/// use concepts::numerics::{normal, rng};
/// let mut rng = rng(7, "doc");
/// let layer = Mixture::random(4, 11, (8, 2), Activation::SILU, &mut rng)?;
/// let x = normal((5, 4), 1.0, &mut rng);
/// assert_eq!(layer.forward(x.view())?.dim(), (5, 4));
/// let gates: f64 = layer.route(x.row(0))?.iter().map(|choice| choice.gate).sum();
/// assert!((gates - 1.0).abs() < 1e-15);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    router: Array2<f64>,
    experts: Vec<GatedLayer>,
    active: usize,
}

/// An expert that a token was given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// Which one, from 0.
    pub expert: usize,
    /// What its output is multiplied by.
    pub gate: f64,
}

impl Mixture {
    /// A router and the experts that it chooses `active` of.
    ///
    /// # Errors
    /// [`ActivationError`] if there is no expert, none or more than all are to be active, or a width does not fit.
    pub fn new(
        router: Array2<f64>,
        experts: Vec<GatedLayer>,
        active: usize,
    ) -> Result<Mixture, ActivationError> {
        for (what, size) in [(Size::Experts, experts.len()), (Size::Active, active)] {
            if size == 0 {
                return Err(ActivationError::Zero { what });
            }
        }
        if active > experts.len() {
            return Err(ActivationError::TooMany { active, experts: experts.len() });
        }
        let widths = experts.iter().map(|expert| (router.nrows(), expert.w.nrows()));
        for (left, right) in widths.chain([(router.ncols(), experts.len())]) {
            if left != right {
                return Err(ActivationError::Lengths { left, right });
            }
        }
        Ok(Mixture { router, experts, active })
    }

    /// Independent entries `N(0, 1/rows)`; of `count` experts each token uses `active`.
    ///
    /// # Errors
    /// [`ActivationError`] as [`Mixture::new`], and if a width is 0.
    pub fn random(
        d_model: usize,
        d_ff: usize,
        (count, active): (usize, usize),
        f: Activation,
        rng: &mut impl Rng,
    ) -> Result<Mixture, ActivationError> {
        let experts: Result<Vec<_>, _> =
            (0..count).map(|_| GatedLayer::random(d_model, d_ff, f, rng)).collect();
        let router = normal((d_model, count), 1.0 / (d_model as f64).sqrt(), rng);
        Mixture::new(router, experts?, active)
    }

    /// Which experts a token is given, the most probable first.
    ///
    /// # Errors
    /// [`ActivationError::Lengths`] if the token has another width.
    pub fn route(&self, x: ArrayView1<f64>) -> Result<Vec<Choice>, ActivationError> {
        let (left, right) = (x.len(), self.router.nrows());
        if left != right {
            return Err(ActivationError::Lengths { left, right });
        }
        let scores = x.dot(&self.router);
        let p = softmax(scores.view());
        let mut order: Vec<usize> = (0..p.len()).collect();
        // By scores: two probabilities may both have been rounded to 0. The sort keeps the order of equal ones.
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        let chosen = &order[..self.active];
        let mass: f64 = chosen.iter().map(|&expert| p[expert]).sum();
        Ok(chosen.iter().map(|&expert| Choice { expert, gate: p[expert] / mass }).collect())
    }

    /// The layer applied to each token.
    ///
    /// # Errors
    /// As [`Mixture::route`].
    pub fn forward(&self, x: ArrayView2<f64>) -> Result<Array2<f64>, ActivationError> {
        let mut y = Array2::zeros(x.raw_dim());
        for (token, mut out) in x.axis_iter(Axis(0)).zip(y.axis_iter_mut(Axis(0))) {
            for Choice { expert, gate } in self.route(token)? {
                let said = self.experts[expert].forward(token.insert_axis(Axis(0)))?;
                out.scaled_add(gate, &said.row(0));
            }
        }
        Ok(y)
    }
}
