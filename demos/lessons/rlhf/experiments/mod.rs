//! What is measured, for figures, prose and claims alike.
//!
//! | file | what it holds |
//! |---|---|
//! | [`answers`] | six answers: fine-tuning, and every method towards the optimum |
//! | [`annotators`] | who compares: noise, own scales, two groups |
//! | [`pipeline`] | the three stages on a small language, and DPO beside them |
//! | [`proxy`] | what a reward that departs from the true one leads to, and remedies |
//! | [`judge`] | judges that like length or the first place, users who like agreement |

pub(crate) mod annotators;
pub(crate) mod answers;
pub(crate) mod judge;
pub(crate) mod pipeline;
pub(crate) mod proxy;

use rand::Rng;

/// A normal draw of variance 1, by Box and Muller.
pub(crate) fn standard_normal(rng: &mut impl Rng) -> f64 {
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.random::<f64>()).cos()
}
