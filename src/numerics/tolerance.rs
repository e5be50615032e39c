//! Every tolerance of the project, with its reason. No bare `1e-6` stands anywhere else.

/// An identity in `f64` over sums of at most a few thousand terms of order one: rounding leaves
/// about `n · 2.2e-16`, and this allows a margin above it.
pub const EXACT_F64: f64 = 1e-12;

/// Against a reference implementation in `f64` whose sums run in another order.
pub const ORACLE_F64: f64 = 1e-10;

/// Where the path of a lasso ends, as a share of its largest penalty. Behind an exact fit correlations are rounding, some
/// 1e-14 of the largest, and who would come next is chance; at this share a lasso is least squares to ten digits.
pub const END_OF_PATH: f64 = 1e-10;

/// Against a reference implementation in `f32`: eps is 1.2e-7, and values are of order one.
pub const ORACLE_F32: f64 = 1e-5;

/// Attention in `f32` with scores of up to 1e4: eps of 1.2e-7 moves such a score by 1e-3 a rounding,
/// a weight by as much relative to itself, and a few roundings lie on the way.
pub const LARGE_SCORES_F32: f64 = 1e-2;

/// An analytic gradient against a central difference of step [`DIFFERENCE_STEP`] in `f64`:
/// truncation `h²` and rounding `eps/h` together stay below this.
pub const GRADIENT: f64 = 1e-6;

/// Step of the central differences: near the cube root of `f64::EPSILON`, where truncation and
/// rounding balance.
pub const DIFFERENCE_STEP: f64 = 1e-5;

/// A probability from a sum of `f32` weights. Each weight is off by about 3 eps (its logit is scaled, its
/// exponential is a polynomial); in a tail of weight `2⁻²⁰` by 20 eps of almost nothing.
pub const SAMPLING_F32: f64 = 1e-6;

/// A threshold of a truncation counts as reached by what is short of it by less than this share of it.
/// Above [`SAMPLING_F32`], so that the fast sampler and its readable twin see the same edge, and far below
/// any `p` that a person means: a logit in `f32` does not say its probability more exactly.
pub const ON_THE_EDGE: f64 = 2e-6;

/// The place of a minimum that a search over function values in `f64` finds, as a share: near the minimum the
/// value changes with the square of the distance, so that `√(2.2e-16)` = 1.5e-8 is lost in rounding, and more where
/// the valley is flat.
pub const FLAT_MINIMUM: f64 = 1e-6;

/// Constants of a fit to noisy runs against another optimiser's, as a share. Constants hold each other: along the
/// valley in which they trade, the objective of both optimisers is the same to 1e-9 long before they are.
pub const FIT_CONSTANTS: f64 = 1e-3;

/// A mean over 4096 points against an adaptive integral: the midpoint rule misses what a steep end of the interval
/// holds, less than a point's share of it.
pub const MEAN_OVER_POINTS: f64 = 1e-3;

/// The height of a maximum found by climbing or by golden sections, against one found in another way: both stop
/// where the height no longer changes, within some 1e-9 of heights of up to a thousand.
pub const CLIMBED: f64 = 1e-6;

/// The place of such a maximum: the height changes with the square of the distance from it.
pub const FLAT_TOP: f64 = 1e-3;

/// The steepest slope of a curve by differences of step 1e-3 on a grid of 1e-3: where the slope is
/// largest it is a parabola, of which the grid misses less than 1e-5.
pub const STEEPEST: f64 = 1e-4;

/// What a person's program may be off by, times the larger of 1 and the number itself. It may compute in `f32`, whose
/// eps is 1.2e-7: a sum of five hundred terms of order one is then off by at most 6e-5.
pub const GRADED: f64 = 1e-4;

/// Logits of a decoder in `f32` against `f64`, as a share of the largest: eps is 6e-8 a rounding, sums of some hundred
/// terms lose a few of them each, and some two hundred matrices lie one behind the other.
pub const DECODER_F32: f64 = 1e-4;

/// Logits of a published model in `f32` against `f64`, of many tokens together and of one after the other. They go up to
/// 40, and two hundred matrices, each with sums of up to two thousand terms, lie one behind the other.
pub const REAL_MODEL_F32: f64 = 1e-3;

/// The same with keys and values rounded to 11 bits of mantissa, 5e-4 of each number: their mean over the tokens that
/// a query sees is off by less.
pub const KEPT_IN_16_BITS: f64 = 2e-3;

/// The same with keys and values in steps of 1/127 of the largest of a head: half a step is 4e-3 of it.
pub const KEPT_IN_8_BITS: f64 = 5e-2;
