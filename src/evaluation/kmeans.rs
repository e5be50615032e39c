//! Points into clusters.

use ndarray::{Array2, ArrayView2, CowArray, Ix2};
use rand::Rng;

use super::EvaluationError;
use super::words::Size;
use crate::numerics::rng;

/// The most restarts, and the most steps of each.
const MOST: usize = 100_000;

/// How clusters are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KMeans {
    /// How many clusters.
    pub clusters: usize,
    /// How often to start anew; the result with the smallest inertia is kept, the first of equals.
    pub restarts: usize,
    /// When to stop if points still change their cluster.
    pub most_steps: usize,
    /// The seed of the starting centres.
    pub seed: u64,
}

/// Clusters that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// `(clusters, dimensions)`.
    pub centers: Array2<f64>,
    /// The nearest centre of each point.
    pub labels: Vec<usize>,
    /// `Σ_i ‖xᵢ − c(xᵢ)‖²`.
    pub inertia: f64,
    /// How often the centres were moved.
    pub steps: usize,
}

/// Clusters by Lloyd's algorithm, started by k-means++.
///
/// # Formula
/// Start: a point drawn evenly, then each next one with probability `∝ D(x)²`, the squared distance to the nearest
/// centre so far. Steps as in [`kmeans_from`].
///
/// # Shapes
/// `points` `(n, dimensions)`, one row a point.
///
/// # Errors
/// [`EvaluationError`] if the clusters are 0 or more than the points, there are no restarts or steps or more than
/// 10⁵, or a coordinate is not finite.
///
/// # Reference
/// Arthur & Vassilvitskii 2007, *k-means++: The Advantages of Careful Seeding*.
///
/// # Examples
/// ```
/// use concepts::evaluation::{KMeans, kmeans};
/// use ndarray::array;
/// let points = array![[0.0], [10.0], [1.0], [11.0]];
/// let options = KMeans { clusters: 2, restarts: 3, most_steps: 100, seed: 7 };
/// let found = kmeans(points.view(), &options)?;
/// assert_eq!(found.labels[0], found.labels[2]);
/// assert_ne!(found.labels[0], found.labels[1]);
/// assert_eq!(found.inertia, 1.0); // four times a half, squared
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn kmeans(points: ArrayView2<f64>, options: &KMeans) -> Result<Clustering, EvaluationError> {
    let KMeans { clusters, restarts, most_steps, seed } = *options;
    check_points(points)?;
    check(Size::Clusters, clusters, points.nrows())?;
    check(Size::Restarts, restarts, MOST)?;
    check(Size::Steps, most_steps, MOST)?;
    let points = points.as_standard_layout();
    let mut random = rng(seed, "evaluation::kmeans");
    let mut best: Option<Clustering> = None;
    for _ in 0..restarts {
        let found = lloyd(&points, start(&points, clusters, &mut random), most_steps);
        if best.as_ref().is_none_or(|best| found.inertia < best.inertia) {
            best = Some(found);
        }
    }
    best.ok_or(EvaluationError::Empty)
}

/// Lloyd's algorithm from given centres, until no point changes its cluster.
///
/// Of centres at the same distance the first one counts as the nearest. A centre without points stays where it is
/// (scikit-learn moves it to a far point).
///
/// # Formula
/// Repeat `label(x) = argmin_k ‖x − c_k‖²`, `c_k = mean of {x : label(x) = k}`: neither can make the inertia larger.
///
/// # Shapes
/// `points` `(n, dimensions)`, `centers` `(clusters, dimensions)`.
///
/// # Errors
/// As [`kmeans`], and if points and centres differ in dimensions.
///
/// # Reference
/// Lloyd 1982, *Least Squares Quantization in PCM*.
///
/// # Examples
/// ```
/// use concepts::evaluation::kmeans_from;
/// use ndarray::array;
/// let points = array![[0.0], [1.0], [10.0], [11.0]];
/// let found = kmeans_from(points.view(), array![[0.0], [1.0]], 100)?;
/// assert_eq!(found.labels, [0, 0, 1, 1]);
/// assert_eq!(found.centers, array![[0.5], [10.5]]);
/// # Ok::<(), concepts::evaluation::EvaluationError>(())
/// ```
pub fn kmeans_from(
    points: ArrayView2<f64>,
    centers: Array2<f64>,
    most_steps: usize,
) -> Result<Clustering, EvaluationError> {
    check_points(points)?;
    check_points(centers.view())?;
    check(Size::Clusters, centers.nrows(), points.nrows())?;
    check(Size::Steps, most_steps, MOST)?;
    if centers.ncols() != points.ncols() {
        return Err(EvaluationError::Dimensions { points: points.ncols(), centers: centers.ncols() });
    }
    Ok(lloyd(&points.as_standard_layout(), centers.as_standard_layout().into_owned(), most_steps))
}

fn check(what: Size, value: usize, max: usize) -> Result<(), EvaluationError> {
    if (1..=max).contains(&value) {
        return Ok(());
    }
    Err(EvaluationError::Count { what, value, min: 1, max })
}

fn check_points(points: ArrayView2<f64>) -> Result<(), EvaluationError> {
    if points.nrows() == 0 {
        return Err(EvaluationError::NoPoints);
    }
    let bad = points.indexed_iter().find(|(_, value)| !value.is_finite());
    bad.map_or(Ok(()), |((row, column), &value)| Err(EvaluationError::Point { row, column, value }))
}

/// The nearest centre of each point and the squared distance to it; of equals the first.
///
/// # Shapes
/// `points` `(n, dimensions)`, `centers` `(clusters, dimensions)`.
pub(super) fn nearest(points: ArrayView2<f64>, centers: ArrayView2<f64>) -> Vec<(usize, f64)> {
    let (points, centers) = (points.as_standard_layout(), centers.as_standard_layout());
    let of_point = |point: ndarray::ArrayView1<f64>| {
        let point = point.to_slice().unwrap_or_default();
        let distances = centers
            .rows()
            .into_iter()
            .map(|center| squared_distance(point, center.to_slice().unwrap_or_default()));
        let start = (0, f64::INFINITY);
        distances.enumerate().fold(start, |best, (k, d)| if d < best.1 { (k, d) } else { best })
    };
    points.rows().into_iter().map(of_point).collect()
}

/// `‖a − b‖²`, in eight sums that the compiler adds side by side.
fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a_parts, b_parts) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest = a_parts.remainder().iter().zip(b_parts.remainder());
    let rest: f64 = rest.map(|(a, b)| (a - b) * (a - b)).sum();
    for (a, b) in a_parts.zip(b_parts) {
        for lane in 0..8 {
            sums[lane] += (a[lane] - b[lane]) * (a[lane] - b[lane]);
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Starting centres by k-means++, `(clusters, dimensions)`.
fn start(points: &CowArray<f64, Ix2>, clusters: usize, random: &mut impl Rng) -> Array2<f64> {
    let mut chosen = vec![random.random_range(0..points.nrows())];
    let mut distances = vec![f64::INFINITY; points.nrows()];
    while chosen.len() < clusters {
        let newest = chosen[chosen.len() - 1];
        let center = points.select(ndarray::Axis(0), &[newest]);
        let to_newest = nearest(points.view(), center.view());
        distances.iter_mut().zip(to_newest).for_each(|(d, (_, new))| *d = d.min(new));
        chosen.push(draw(&distances, random));
    }
    points.select(ndarray::Axis(0), &chosen)
}

/// A place with probability in proportion to its weight; any place if all weights are 0.
fn draw(weights: &[f64], random: &mut impl Rng) -> usize {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return random.random_range(0..weights.len());
    }
    let mut left = random.random::<f64>() * total;
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    // Rounding left a crumb after the last weight: then the last that has one.
    weights.iter().rposition(|&weight| weight > 0.0).unwrap_or(0)
}

fn lloyd(points: &CowArray<f64, Ix2>, mut centers: Array2<f64>, most_steps: usize) -> Clustering {
    let mut near = nearest(points.view(), centers.view());
    let mut steps = 0;
    while steps < most_steps {
        move_centers(points, &near, &mut centers);
        steps += 1;
        let again = nearest(points.view(), centers.view());
        let settled = again.iter().zip(&near).all(|(a, b)| a.0 == b.0);
        near = again;
        if settled {
            break;
        }
    }
    let inertia = near.iter().map(|(_, distance)| distance).sum();
    Clustering { centers, labels: near.into_iter().map(|(label, _)| label).collect(), inertia, steps }
}

/// Each centre to the mean of its points.
fn move_centers(points: &CowArray<f64, Ix2>, near: &[(usize, f64)], centers: &mut Array2<f64>) {
    // (clusters, dimensions)
    let mut sums = Array2::<f64>::zeros(centers.dim());
    let mut sizes = vec![0usize; centers.nrows()];
    for (point, &(label, _)) in points.rows().into_iter().zip(near) {
        let mut sum = sums.row_mut(label);
        sum += &point;
        sizes[label] += 1;
    }
    for (k, &size) in sizes.iter().enumerate().filter(|&(_, &size)| size > 0) {
        centers.row_mut(k).assign(&(&sums.row(k) / size as f64));
    }
}
