//! BFGS for a handful of variables.

/// What a descent came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<const K: usize> {
    pub(super) at: [f64; K],
    pub(super) value: f64,
    /// How often the function was computed.
    pub(super) calls: usize,
}

/// Steps at most; a few dozen are usual.
pub(super) const STEPS: usize = 400;
/// Halvings of one step at most.
const HALVINGS: usize = 40;
/// A step that promises less than this share of the value is rounding.
const PROMISE: f64 = 1e-15;
/// A step must gain this share of what the slope promises (Armijo).
const ARMIJO: f64 = 1e-4;
/// No variable goes further than this in one step: the logarithms of constants are of order one.
const FARTHEST: f64 = 2.0;

/// Walks down from `start`. `f` gives value and gradient.
///
/// The inverse Hessian is guessed from the changes of the gradient; a step is halved until it gains enough, and a
/// direction that does not go down is replaced by that of the gradient.
///
/// # Reference
/// Nocedal & Wright 2006, *Numerical Optimization*, algorithm 6.1 with backtracking.
pub(super) fn minimise<const K: usize>(
    f: impl Fn(&[f64; K]) -> (f64, [f64; K]),
    start: [f64; K],
) -> Found<K> {
    let mut at = start;
    let (mut value, mut gradient) = f(&at);
    let mut calls = 1;
    let mut inverse = scaled_identity(&gradient);
    let mut fresh = true;
    for _ in 0..STEPS {
        let mut direction = product(&inverse, &gradient).map(|x| -x);
        let longest = direction.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        if longest > FARTHEST {
            direction = direction.map(|x| x * FARTHEST / longest);
        }
        let slope = dot(&direction, &gradient);
        if slope.is_nan() || -slope <= PROMISE * value.abs() {
            if fresh {
                break;
            }
            (inverse, fresh) = (scaled_identity(&gradient), true);
            continue;
        }
        let Some((next, lower, steeper, tried)) = backtrack(&f, &at, value, &direction, slope) else {
            if fresh {
                break;
            }
            (inverse, fresh) = (scaled_identity(&gradient), true);
            continue;
        };
        calls += tried;
        update(&mut inverse, &difference(&next, &at), &difference(&steeper, &gradient));
        (at, value, gradient, fresh) = (next, lower, steeper, false);
    }
    Found { at, value, calls }
}

type Step<const K: usize> = ([f64; K], f64, [f64; K], usize);

fn backtrack<const K: usize>(
    f: &impl Fn(&[f64; K]) -> (f64, [f64; K]),
    at: &[f64; K],
    value: f64,
    direction: &[f64; K],
    slope: f64,
) -> Option<Step<K>> {
    let mut length = 1.0;
    for tried in 1..=HALVINGS {
        let next = std::array::from_fn(|i| at[i] + length * direction[i]);
        let (lower, gradient) = f(&next);
        if lower < value && lower <= value + ARMIJO * length * slope {
            return Some((next, lower, gradient, tried));
        }
        length *= 0.5;
    }
    None
}

/// A first guess with which the first step is of length 0.1.
fn scaled_identity<const K: usize>(gradient: &[f64; K]) -> [[f64; K]; K] {
    let size = dot(gradient, gradient).sqrt();
    let scale = if size > 0.0 && size.is_finite() { 0.1 / size } else { 1.0 };
    std::array::from_fn(|i| std::array::from_fn(|j| if i == j { scale } else { 0.0 }))
}

/// `H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ`, `ρ = 1/yᵀs`; left as it is where the curvature is not positive.
fn update<const K: usize>(h: &mut [[f64; K]; K], s: &[f64; K], y: &[f64; K]) {
    let ys = dot(s, y);
    let sizes = (dot(s, s) * dot(y, y)).sqrt();
    if ys.is_nan() || ys <= 1e-12 * sizes {
        return;
    }
    let hy = product(h, y);
    let factor = (1.0 + dot(y, &hy) / ys) / ys;
    for i in 0..K {
        for j in 0..K {
            h[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / ys;
        }
    }
}

fn dot<const K: usize>(a: &[f64; K], b: &[f64; K]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn product<const K: usize>(m: &[[f64; K]; K], x: &[f64; K]) -> [f64; K] {
    std::array::from_fn(|i| dot(&m[i], x))
}

fn difference<const K: usize>(a: &[f64; K], b: &[f64; K]) -> [f64; K] {
    std::array::from_fn(|i| a[i] - b[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_down_a_curved_valley() {
        // Rosenbrock's function.
        let f = |&[x, y]: &[f64; 2]| {
            let (u, v) = (1.0 - x, y - x * x);
            (u * u + 100.0 * v * v, [-2.0 * u - 400.0 * x * v, 200.0 * v])
        };
        let found = minimise(f, [-1.2, 1.0]);
        assert!((found.at[0] - 1.0).abs() < 1e-6 && (found.at[1] - 1.0).abs() < 1e-6, "{found:?}");
        assert!(found.calls < 200);
    }

    #[test]
    fn stays_where_nothing_is_a_number() {
        let found = minimise(|_: &[f64; 2]| (f64::NAN, [f64::NAN; 2]), [1.0, 2.0]);
        assert_eq!(found.at, [1.0, 2.0]);
    }
}
