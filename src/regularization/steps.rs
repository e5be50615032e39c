//! Gradient steps on an absolute value: by a subgradient, or by the proximal map.

use ndarray::Array1;

use super::penalty::soft_threshold;
use super::{Design, Penalty};

/// How a step treats the absolute value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The penalty is differentiated like the loss; at 0, where it has no slope, 0 is taken.
    Subgradient,
    /// A gradient step on the loss alone, then the soft threshold (ISTA).
    Proximal,
}

/// Runs gradient steps from 0 and shows every iterate to `see`, by the number of steps made.
///
/// Both take steps of `1 / (‖X‖² + l2)`. The proximal ones land on 0 and stay there, since a whole interval is
/// mapped to it. A subgradient step is never exactly as long as the coefficient: it jumps over 0, from one side to
/// the other.
///
/// # Formula
/// proximal `w ← S(w + ηXᵀr, η·l1) / (1 + η·l2)`; subgradient `w ← w + η (Xᵀr − l1·sign(w) − l2·w)`
///
/// # Shapes
/// iterates `(p)`
///
/// # Reference
/// Daubechies, Defrise & De Mol 2004; Beck & Teboulle 2009, section 1.
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Penalty, Step, gradient_steps, zeros};
/// use ndarray::array;
/// let design = Design::as_given(array![[1.0, 0.3], [0.3, 1.0]].view(), array![2.0, 0.6].view())?;
/// let mut last = [0; 2];
/// for (i, step) in [Step::Subgradient, Step::Proximal].into_iter().enumerate() {
///     gradient_steps(&design, Penalty::lasso(0.5), step, 1000, 1.7, |_, w| last[i] = zeros(w.view()));
/// }
/// assert_eq!(last, [0, 1]);
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
pub fn gradient_steps(
    design: &Design,
    penalty: Penalty,
    step: Step,
    steps: usize,
    lipschitz: f64,
    mut see: impl FnMut(usize, &Array1<f64>),
) {
    let eta = 1.0 / (lipschitz + penalty.l2);
    let threshold = Penalty { l1: eta * penalty.l1, l2: eta * penalty.l2 };
    let mut w: Array1<f64> = Array1::zeros(design.width());
    for made in 1..=steps {
        let slope = design.correlations(design.residual(w.view()).view());
        match step {
            Step::Subgradient => w.zip_mut_with(&slope, |w, c| {
                let sign = if *w == 0.0 { 0.0 } else { w.signum() };
                *w += eta * (c - penalty.l1 * sign - penalty.l2 * *w);
            }),
            Step::Proximal => w.zip_mut_with(&slope, |w, c| *w = soft_threshold(*w + eta * c, threshold)),
        }
        see(made, &w);
    }
}
