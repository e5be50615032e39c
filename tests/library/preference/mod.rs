//! Preferences: comparisons, rewards, divergences and the algorithms trained on them.
//!
//! | file | what it checks |
//! |---|---|
//! | `oracle` | losses and gradients of PyTorch, fits of SciPy |
//! | `properties` | fast and readable twins, exact identities, bounds |
//! | `convergence` | the algorithms reach the optimum in closed form |
//! | `language` | whole answers against tokens, exact values, PPO with a critic |
//! | `hostile` | comparisons and numbers that have no answer |

mod convergence;
mod hostile;
mod language;
mod oracle;
mod properties;

use proptest::prelude::*;

/// Distributions over `n` answers without zeros.
fn distribution(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.02..1.0_f64, n).prop_map(|w| {
        let sum: f64 = w.iter().sum();
        w.into_iter().map(|w| w / sum).collect()
    })
}

/// The largest difference.
fn off(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, |m: f64, d| if d.is_nan() { f64::INFINITY } else { m.max(d) })
}
