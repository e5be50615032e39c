//! Which curve is above which, and where that changes.

use concepts::classical::Curve;
use concepts::evaluation::{
    Bootstrap, Difference, EvaluationError, Interval, mean_difference, mean_interval,
};
use concepts::numerics::statistics::mean;

/// Resamples of the repeats: enough for two digits of an interval.
const RESAMPLES: usize = 400;
/// The nearest example, in the order of the methods.
pub(crate) const NEAREST: usize = 2;

fn options(seed: u64) -> Bootstrap {
    Bootstrap { resamples: RESAMPLES, level: 0.95, seed }
}

/// Mean accuracy of a method at each size, with the interval of the mean over repeats.
pub(crate) fn means(curve: &Curve, method: usize, seed: u64) -> Result<Vec<Interval>, EvaluationError> {
    curve.accuracy[method].iter().map(|repeats| mean_interval(repeats, &options(seed))).collect()
}

/// What the curves of a trained method and of the nearest example do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meeting {
    /// The nearest example is shown to lead last at one number of examples, the trained method first at another.
    Crosses { nearest: usize, trained: usize },
    /// The other way round.
    Back { trained: usize, nearest: usize },
    /// More than once.
    Often,
    /// The trained method leads, first at this number.
    Trained(usize),
    /// The nearest example leads, first at this number.
    Nearest(usize),
    /// No difference is shown.
    Level,
}

/// Where which one leads: only where the interval of the paired difference leaves out 0.
pub(crate) fn meeting(curve: &Curve, trained: usize, seed: u64) -> Result<Meeting, EvaluationError> {
    let mut leads = Vec::new();
    for (place, &size) in curve.sizes.iter().enumerate() {
        let (a, b) = (&curve.accuracy[trained][place], &curve.accuracy[NEAREST][place]);
        match mean_difference(a, b, &options(seed))?.difference() {
            Difference::Larger => leads.push((true, size)),
            Difference::Smaller => leads.push((false, size)),
            Difference::NotShown => {}
        }
    }
    let changes: Vec<_> = leads.windows(2).filter(|pair| pair[0].0 != pair[1].0).collect();
    Ok(match (changes.as_slice(), leads.first()) {
        ([], None) => Meeting::Level,
        ([], Some(&(true, size))) => Meeting::Trained(size),
        ([], Some(&(false, size))) => Meeting::Nearest(size),
        ([pair], _) if pair[1].0 => Meeting::Crosses { nearest: pair[0].1, trained: pair[1].1 },
        ([pair], _) => Meeting::Back { trained: pair[0].1, nearest: pair[1].1 },
        _ => Meeting::Often,
    })
}

/// The mean over repeats at one size.
pub(crate) fn at(curve: &Curve, method: usize, place: usize) -> f64 {
    mean(&curve.accuracy[method][place])
}
