//! Which settings are worth a thought.

/// The points that no other point beats, in their order; of both coordinates more is better.
///
/// One point beats another if it is at least as good in both and better in one, so equal points stand or fall
/// together. Points with a NaN are not on the front and beat nobody. What is better downwards is to be given with its
/// sign changed. Points are estimates: one that is beaten by less than its interval is not shown to be worse.
///
/// # Formula
/// `{i : no j with xⱼ ≥ xᵢ, yⱼ ≥ yᵢ and (xⱼ > xᵢ or yⱼ > yᵢ)}`
///
/// # Reference
/// Kung, Luccio & Preparata 1975, *On Finding the Maxima of a Set of Vectors*.
///
/// # Examples
/// ```
/// use concepts::evaluation::pareto_front;
/// let quality_and_diversity = [(0.9, 0.1), (0.5, 0.5), (0.4, 0.4), (0.1, 0.9), (0.1, 0.8)];
/// assert_eq!(pareto_front(&quality_and_diversity), [0, 1, 3]);
/// ```
pub fn pareto_front(points: &[(f64, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..points.len()).filter(|&i| !points[i].0.is_nan() && !points[i].1.is_nan()).collect();
    // The best x first, of equals the best y. partial_cmp, for which −0 and 0 are equal; no NaN is left.
    let better = |a: f64, b: f64| b.partial_cmp(&a).unwrap_or(std::cmp::Ordering::Equal);
    order.sort_by(|&i, &j| better(points[i].0, points[j].0).then(better(points[i].1, points[j].1)));
    let mut front = Vec::new();
    // The last point that was taken: the best y so far, and of those the best x.
    let mut last: Option<(f64, f64)> = None;
    for i in order {
        if last.is_none_or(|last| points[i].1 > last.1 || points[i] == last) {
            last = Some(points[i]);
            front.push(i);
        }
    }
    front.sort_unstable();
    front
}
