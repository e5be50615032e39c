//! A measurement beside its prediction.

use super::text::{Text, text};

/// Where the tolerance of an identity comes from.
pub const ROUNDING: Text = text("rounding of sums in f64", "f64 求和的舍入误差");
/// Where the bound of a count comes from.
pub const COUNTED: Text = text("counted, not timed", "实际计数，不是计时");
/// Where the bound of something that must be exactly so comes from.
pub const EXACT: Text = text("exact, bit for bit", "精确相等，不设容差");

/// One or several measurements that must all agree with their predictions.
#[derive(Debug, Clone)]
pub struct Test(pub Vec<Measure>);

/// One measurement beside its prediction.
#[derive(Debug, Clone)]
pub struct Measure {
    /// What was measured.
    pub what: Text,
    /// What was predicted, with the tolerance.
    pub criterion: Criterion,
    /// Where the tolerance or the threshold comes from.
    pub basis: Text,
    /// Read in a publication, not measured here; `basis` says where.
    pub looked_up: bool,
    /// The measured value.
    pub value: f64,
    /// The interval that the value is known to lie in, if it was estimated from a sample.
    pub interval: Option<(f64, f64)>,
    /// Sample size: how many numbers the value sums up.
    pub n: Option<usize>,
    /// The seed, if anything was drawn.
    pub seed: Option<u64>,
}

/// What a measured value must satisfy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Criterion {
    /// Within `tolerance` of `target`.
    Near {
        /// The predicted value.
        target: f64,
        /// The largest distance from it.
        tolerance: f64,
    },
    /// Not above this.
    AtMost(f64),
    /// Not below this.
    AtLeast(f64),
}

/// How a test came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Every measurement agrees.
    Pass,
    /// At least one measurement disagrees.
    Fail,
    /// None disagrees, but an interval lies across its threshold.
    Undecided,
}

impl Criterion {
    fn meets(self, value: f64) -> bool {
        match self {
            Criterion::Near { target, tolerance } => (value - target).abs() <= tolerance,
            Criterion::AtMost(bound) => value <= bound,
            Criterion::AtLeast(bound) => value >= bound,
        }
    }

    /// Does every value of the interval break the criterion?
    fn excludes(self, (low, high): (f64, f64)) -> bool {
        match self {
            Criterion::Near { target, tolerance } => high < target - tolerance || low > target + tolerance,
            Criterion::AtMost(bound) => low > bound,
            Criterion::AtLeast(bound) => high < bound,
        }
    }
}

impl Measure {
    /// Does the measurement agree with its prediction? A value that is not a number never does.
    pub fn outcome(&self) -> Outcome {
        match self.interval {
            None if self.criterion.meets(self.value) => Outcome::Pass,
            None => Outcome::Fail,
            Some((low, high)) if self.criterion.meets(low) && self.criterion.meets(high) => Outcome::Pass,
            Some(interval) if self.criterion.excludes(interval) => Outcome::Fail,
            Some((low, high)) if low.is_nan() || high.is_nan() => Outcome::Fail,
            Some(_) => Outcome::Undecided,
        }
    }
}

impl Test {
    /// The outcome of all measurements together.
    pub fn outcome(&self) -> Outcome {
        let outcomes: Vec<_> = self.0.iter().map(Measure::outcome).collect();
        if outcomes.contains(&Outcome::Fail) {
            Outcome::Fail
        } else if outcomes.contains(&Outcome::Undecided) {
            Outcome::Undecided
        } else {
            Outcome::Pass
        }
    }

    /// Is this the same test, measurement by measurement, run on something else?
    pub(super) fn same_as(&self, other: &Test) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|(a, b)| a.what == b.what && a.criterion == b.criterion)
    }
}
