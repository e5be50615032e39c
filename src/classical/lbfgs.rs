use std::collections::VecDeque;

/// When a minimiser stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Until {
    /// The largest part of the gradient is below this.
    pub gradient: f64,
    /// Steps at most.
    pub steps: usize,
}

/// What a minimiser found.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The place.
    pub at: Vec<f64>,
    /// The height.
    pub value: f64,
    /// The largest part of the gradient there.
    pub gradient: f64,
    /// Steps that were made.
    pub steps: usize,
}

/// Pairs of steps and changes of the gradient that are remembered.
const MEMORY: usize = 8;
/// A step must fall by at least this share of what the slope promises (Armijo).
const PROMISED: f64 = 1e-4;
/// Halvings of a step before it is given up: the height no longer changes in `f64`.
const HALVINGS: usize = 40;
/// Steps in a row that do not fall: what is left of the gradient is rounding.
const IDLE: usize = 5;

/// The minimum of a convex function, by L-BFGS with steps that are halved until they fall enough. No randomness:
/// the same start gives the same place.
///
/// # Formula
/// `x ← x − t·H·∇f`, where `H` is built from the last few steps so that `H·Δ∇f = Δx`
///
/// # Reference
/// Nocedal & Wright 2006, *Numerical Optimization*, algorithm 7.4.
///
/// # Examples
/// ```
/// use concepts::classical::{Until, minimise};
/// let valley = |x: &[f64]| (x[0].powi(2) + 10.0 * (x[1] - 1.0).powi(2), vec![2.0 * x[0], 20.0 * (x[1] - 1.0)]);
/// let found = minimise(valley, vec![3.0, -2.0], Until { gradient: 1e-10, steps: 100 });
/// assert!(found.at[0].abs() < 1e-9 && (found.at[1] - 1.0).abs() < 1e-9);
/// ```
pub fn minimise(function: impl Fn(&[f64]) -> (f64, Vec<f64>), start: Vec<f64>, until: Until) -> Minimum {
    let mut x = start;
    let (mut value, mut gradient) = function(&x);
    let mut past: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    let (mut steps, mut idle) = (0, 0);
    while steps < until.steps && idle < IDLE && largest(&gradient) >= until.gradient {
        let mut direction = downhill(&gradient, &past);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            // Rounding has turned the direction: begin again with the slope itself.
            past.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        // Without memory the first step is as long as 1.
        let mut length = if past.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..HALVINGS {
            let there: Vec<f64> = x.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            let (height, gradient) = function(&there);
            if height <= value + PROMISED * length * slope {
                found = Some((there, height, gradient));
                break;
            }
            length /= 2.0;
        }
        let Some((there, height, turned)) = found else { break };
        let moved: Vec<f64> = there.iter().zip(&x).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = turned.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        if dot(&moved, &change) > 0.0 {
            past.push_back((moved, change));
            if past.len() > MEMORY {
                past.pop_front();
            }
        }
        idle = if height < value { 0 } else { idle + 1 };
        (x, value, gradient) = (there, height, turned);
        steps += 1;
    }
    Minimum { value, gradient: largest(&gradient), at: x, steps }
}

/// `−H·∇f` by the two loops of L-BFGS.
fn downhill(gradient: &[f64], past: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(past.len());
    for (moved, change) in past.iter().rev() {
        let share = dot(moved, &q) / dot(moved, change);
        add(&mut q, -share, change);
        shares.push(share);
    }
    if let Some((moved, change)) = past.back() {
        let scale = dot(moved, change) / dot(change, change);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for ((moved, change), share) in past.iter().zip(shares.into_iter().rev()) {
        let back = dot(change, &q) / dot(moved, change);
        add(&mut q, share - back, moved);
    }
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], share: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += share * what);
}

fn largest(all: &[f64]) -> f64 {
    all.iter().fold(0.0, |most, x| most.max(x.abs()))
}
