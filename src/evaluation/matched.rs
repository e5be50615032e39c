//! Two strategies at the same strength, though neither was run at exactly that one.

use super::{Bootstrap, EvaluationError, Interval, mean_difference};

/// One setting of a strategy: a point of its curve.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePoint {
    /// The quantity in which strategies are matched, as measured at this setting: diversity, for instance.
    pub x: f64,
    /// The quantity in which they are compared, one value a prompt, in the same order everywhere.
    pub y: Vec<f64>,
}

/// Each prompt's value at a place between the points of a curve, by straight lines.
///
/// Points are taken in the order of `x`, whatever order they are given in. Places outside of the curve are refused:
/// what was not measured is not guessed.
///
/// # Formula
/// Between neighbours `a`, `b` with `a.x ≤ x ≤ b.x`: `y_i = (1 − t) a.y_i + t b.y_i`, `t = (x − a.x)/(b.x − a.x)`
///
/// # Errors
/// [`EvaluationError`] if there are no points, a place is not finite or there twice, points have values for different
/// numbers of prompts, or `at` is outside.
///
/// # Examples
/// ```
/// use concepts::evaluation::{CurvePoint, matched_values};
/// let curve = [CurvePoint { x: 0.0, y: vec![1.0, 5.0] }, CurvePoint { x: 1.0, y: vec![3.0, 5.0] }];
/// assert_eq!(matched_values(&curve, 0.25)?, [1.5, 5.0]);
/// assert!(matched_values(&curve, 1.25).is_err());
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn matched_values(curve: &[CurvePoint], at: f64) -> Result<Vec<f64>, EvaluationError> {
    let points = in_order(curve)?;
    let (low, high) = ends(&points)?;
    if !(low.x <= at && at <= high.x) {
        return Err(EvaluationError::OffCurve { x: at, low: low.x, high: high.x });
    }
    let after = points.iter().position(|point| point.x >= at).unwrap_or(points.len() - 1);
    let b = points[after];
    // On a point its own values count, whatever its neighbours are.
    if after == 0 || b.x == at {
        return Ok(b.y.clone());
    }
    let a = points[after - 1];
    // Halves, since the difference of two places may be beyond f64.
    let t = (0.5 * at - 0.5 * a.x) / (0.5 * b.x - 0.5 * a.x);
    Ok(a.y.iter().zip(&b.y).map(|(a, b)| (1.0 - t) * a + t * b).collect())
}

/// The difference of two curves at one place, paired by prompt, with its interval.
///
/// A strategy that is more diverse has lower quality, as a rule; so neither at "their usual settings" nor at the same
/// value of a parameter are two strategies compared fairly, but where both are equally diverse. The places `x` are
/// taken as they are: the interval says how sure the difference in `y` is, not how exactly `x` was measured.
///
/// # Formula
/// The interval of `mean_i (yᵢ^first(at) − yᵢ^second(at))`, with [`matched_values`]
///
/// # Errors
/// As [`matched_values`] for each curve, and as [`mean_difference`].
///
/// # Examples
/// ```
/// use concepts::evaluation::{Bootstrap, CurvePoint, Difference, matched_difference};
/// let line = |height: f64| [0.0, 1.0].map(|x| CurvePoint { x, y: vec![height + x, height + 3.0 * x, height] });
/// let gap = matched_difference(&line(2.0), &line(1.5), 0.4, &Bootstrap::default())?;
/// assert!((gap.estimate - 0.5).abs() < 1e-12);
/// assert_eq!(gap.difference(), Difference::Larger);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn matched_difference(
    first: &[CurvePoint],
    second: &[CurvePoint],
    at: f64,
    options: &Bootstrap,
) -> Result<Interval, EvaluationError> {
    mean_difference(&matched_values(first, at)?, &matched_values(second, at)?, options)
}

/// The places that all curves cover, from the lowest to the highest; `None` if there are none.
///
/// # Examples
/// ```
/// use concepts::evaluation::{CurvePoint, common_range};
/// let curve = |places: [f64; 2]| places.map(|x| CurvePoint { x, y: vec![] });
/// assert_eq!(common_range(&[&curve([3.0, 1.0]), &curve([2.0, 5.0])]), Some((2.0, 3.0)));
/// assert_eq!(common_range(&[&curve([0.0, 1.0]), &curve([2.0, 5.0])]), None);
/// ```
pub fn common_range(curves: &[&[CurvePoint]]) -> Option<(f64, f64)> {
    let mut range = (f64::NEG_INFINITY, f64::INFINITY);
    for curve in curves {
        let low = curve.iter().map(|point| point.x).min_by(f64::total_cmp)?;
        let high = curve.iter().map(|point| point.x).max_by(f64::total_cmp)?;
        range = (range.0.max(low), range.1.min(high));
    }
    (range.0 <= range.1 && range.0.is_finite() && range.1.is_finite()).then_some(range)
}

fn in_order(curve: &[CurvePoint]) -> Result<Vec<&CurvePoint>, EvaluationError> {
    let nowhere = curve.iter().enumerate().find(|(_, point)| !point.x.is_finite());
    if let Some((point, &CurvePoint { x, .. })) = nowhere {
        return Err(EvaluationError::NoPlace { point, x });
    }
    let mut points: Vec<&CurvePoint> = curve.iter().collect();
    points.sort_by(|a, b| a.x.total_cmp(&b.x));
    for pair in points.windows(2) {
        if pair[0].x == pair[1].x {
            return Err(EvaluationError::SamePlace { x: pair[0].x });
        }
        if pair[0].y.len() != pair[1].y.len() {
            return Err(EvaluationError::Unpaired { first: pair[0].y.len(), second: pair[1].y.len() });
        }
    }
    Ok(points)
}

fn ends<'a>(points: &[&'a CurvePoint]) -> Result<(&'a CurvePoint, &'a CurvePoint), EvaluationError> {
    match points {
        [] => Err(EvaluationError::NoPoints),
        [first, .., last] => Ok((first, last)),
        [only] => Ok((only, only)),
    }
}
