/// What can be wrong with the inputs of a measurement.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluationError {
    /// There is nothing to resample.
    #[error("evaluation: there is nothing to resample; give at least one value")]
    Empty,
    /// Two lists that belong together differ in length.
    #[error(
        "evaluation: {first} values cannot be paired with {second}; give one of each for the same prompts"
    )]
    Unpaired {
        /// Length of the first.
        first: usize,
        /// Length of the second.
        second: usize,
    },
    /// A level of confidence that is none.
    #[error("evaluation: the level {level} is not between 0 and 1; 0.95 is usual")]
    Level {
        /// The level asked for.
        level: f64,
    },
    /// A number of resamples that is 0 or would take too long.
    #[error("evaluation: {resamples} resamples; give 1 to {max}, 2000 is usual")]
    Resamples {
        /// The number asked for.
        resamples: usize,
        /// The largest one.
        max: usize,
    },
    /// More places than should be kept in memory.
    #[error(
        "evaluation: {resamples} resamples of {values} values are more than {max} places to keep; give fewer \
         resamples"
    )]
    Places {
        /// Resamples asked for.
        resamples: usize,
        /// Values in each.
        values: usize,
        /// The most places.
        max: usize,
    },
    /// A weight that no histogram can have.
    #[error("evaluation: weight {place} of a histogram is {value}; give finite numbers from 0")]
    Weight {
        /// Its place, from 0.
        place: usize,
        /// The weight.
        value: f64,
    },
    /// A histogram that cannot be brought to a sum of 1.
    #[error("evaluation: the weights of a histogram add up to {total}; give some above 0, with a finite sum")]
    Mass {
        /// Their sum.
        total: f64,
    },
    /// Two histograms that are not over the same cells.
    #[error("evaluation: histograms of {first} and {second} cells; give both over the same cells")]
    Cells {
        /// Cells of the first.
        first: usize,
        /// Cells of the second.
        second: usize,
    },
    /// An n-gram length that is not counted.
    #[error("evaluation: n-grams of {n} tokens; give 1 to {max}")]
    Order {
        /// The length asked for.
        n: usize,
        /// The longest.
        max: usize,
    },
    /// Texts that are all too short.
    #[error("evaluation: no text has {n} tokens, so there are no n-grams to compare; give longer texts")]
    NoNgrams {
        /// The length of the n-grams.
        n: usize,
    },
    /// A quantity that has to be a number above 0.
    #[error("evaluation: {what} is {value}; give a finite number above 0")]
    NotPositive {
        /// Which one.
        what: super::words::Quantity,
        /// The value.
        value: f64,
    },
    /// A number of parts that is not there.
    #[error("evaluation: {what} is {value}; give {min} to {max}")]
    Count {
        /// Which one.
        what: super::words::Size,
        /// The number asked for.
        value: usize,
        /// The smallest.
        min: usize,
        /// The largest.
        max: usize,
    },
    /// No points at all: no texts to cluster, no settings on a curve.
    #[error("evaluation: there are no points; give at least one")]
    NoPoints,
    /// A coordinate of a point that is no number.
    #[error("evaluation: number {column} of point {row} is {value}; only finite numbers have a distance")]
    Point {
        /// The point, from 0.
        row: usize,
        /// The coordinate, from 0.
        column: usize,
        /// The value.
        value: f64,
    },
    /// Points and centres that are not in one space.
    #[error("evaluation: points have {points} coordinates and centres {centers}; give both the same number")]
    Dimensions {
        /// Coordinates of a point.
        points: usize,
        /// Coordinates of a centre.
        centers: usize,
    },
    /// A probability that has to be between two ends.
    #[error("evaluation: the power {power} is not from {low} to 1, without the ends; 0.8 is usual")]
    Power {
        /// The power asked for.
        power: f64,
        /// What chance alone reaches.
        low: f64,
    },
    /// A p-value that is none.
    #[error("evaluation: p-value {place} is {value}; give numbers from 0 to 1")]
    PValue {
        /// Its place, from 0.
        place: usize,
        /// The value.
        value: f64,
    },
    /// A difference that is no number.
    #[error(
        "evaluation: difference {place} is {value}; leave out prompts for which a strategy has no number"
    )]
    Difference {
        /// Its place, from 0.
        place: usize,
        /// The value.
        value: f64,
    },
    /// A place beyond what was measured.
    #[error(
        "evaluation: at {x} the curve was not measured, only from {low} to {high}; choose a place inside or \
         measure more settings"
    )]
    OffCurve {
        /// The place asked for.
        x: f64,
        /// The smallest place measured.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// A curve that says two things at one place.
    #[error("evaluation: two points of the curve are at {x}; give each place once")]
    SamePlace {
        /// The place.
        x: f64,
    },
    /// A point of a curve that is nowhere.
    #[error("evaluation: point {point} of the curve is at {x}; give a finite number")]
    NoPlace {
        /// The point, from 0.
        point: usize,
        /// The place.
        x: f64,
    },
}
