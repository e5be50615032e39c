//! What lies on a threshold.

use crate::numerics::tolerance::ON_THE_EDGE;

/// `value` reaches `threshold`: the one rule of every cut, here and in the fast twin.
///
/// Whoever asks for `p = 0.8` of (0.5, 0.3, 0.15, 0.05) means two tokens. In binary none of these numbers
/// exists, and after a softmax 0.5 + 0.3 is a little less or a little more than 0.8: compared bit by bit,
/// rounding would decide. So what is short of a threshold by less than [`ON_THE_EDGE`] of it has reached it.
///
/// Both numbers are not negative.
pub(super) fn reaches(value: f64, threshold: f64) -> bool {
    value >= least(threshold)
}

/// The smallest value that [`reaches`] the threshold.
pub(super) fn least(threshold: f64) -> f64 {
    threshold * (1.0 - ON_THE_EDGE)
}
