//! The metrics of a test, from answers that are drawn.

use rand::Rng;
use rand_distr::{Distribution, Exp1, Gumbel};

use super::law::{Items, PowerLaw};
use super::metrics::{Metric, Test, edit_distance};
use crate::numerics::statistics::{mean, variance};

/// What a test of drawn answers shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulated {
    /// The mean over the items.
    pub mean: f64,
    /// Its standard error.
    pub error: f64,
}

/// Takes a test: every item is drawn token by token, or option by option, and scored as a person would score it.
///
/// A wrong token is one that the answer does not have, so that the edit distance is what a program would report.
/// The log-likelihood and Brier score of an item follow from its difficulty; they are drawn where difficulties are.
///
/// # Formula
/// Mean and `s/√n` over the items
///
/// # Examples
/// ```
/// use concepts::emergence::{Items, Metric, PowerLaw, Test, simulate};
/// use concepts::numerics::rng;
/// let (law, test) = (PowerLaw::new(2e7, 0.35)?, Test::new(5, 4, 0.25, Items::Alike)?);
/// let drawn = simulate(Metric::TokenErrors, &test, &law, 1e9, 2000, &mut rng(7, "example"));
/// assert!((drawn.mean - test.expected(Metric::TokenErrors, &law, 1e9)).abs() < 4.0 * drawn.error);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn simulate(
    metric: Metric,
    test: &Test,
    law: &PowerLaw,
    size: f64,
    items: usize,
    rng: &mut impl Rng,
) -> Simulated {
    let cost = law.cross_entropy(size);
    let scores: Vec<f64> = (0..items)
        .map(|_| {
            let difficulty: f64 = match test.items {
                Items::Alike => 1.0,
                Items::Mixed => Exp1.sample(rng),
            };
            of_drawn_item(metric, test, cost * difficulty, rng)
        })
        .collect();
    Simulated { mean: mean(&scores), error: (variance(&scores) / items as f64).sqrt() }
}

fn of_drawn_item(metric: Metric, test: &Test, cost: f64, rng: &mut impl Rng) -> f64 {
    match metric {
        Metric::ExactMatch => {
            let p = (-cost).exp();
            f64::from(u8::from((0..test.tokens).all(|_| rng.random::<f64>() < p)))
        }
        Metric::TokenErrors => {
            let p = (-cost).exp();
            let right: Vec<u32> = (0..test.tokens as u32).collect();
            let wrong = u32::MAX;
            let said: Vec<u32> =
                right.iter().map(|&token| if rng.random::<f64>() < p { token } else { wrong }).collect();
            distance(&right, &said)
        }
        Metric::LogLikelihood | Metric::Brier => test.of_item(metric, cost),
        Metric::MultipleChoice => {
            let advantage = test.advantage(-(-cost).exp_m1());
            let Ok(noise) = Gumbel::new(0.0, test.waver) else { return f64::NAN };
            let right = advantage + noise.sample(rng);
            let best = (1..test.options).map(|_| noise.sample(rng)).fold(f64::NEG_INFINITY, f64::max);
            f64::from(u8::from(right > best))
        }
    }
}

/// Longer answers are compared token by token: the distance is the same where wrong tokens stand nowhere in the
/// answer, and takes `L` steps rather than `L²`.
fn distance(right: &[u32], said: &[u32]) -> f64 {
    const SHORT: usize = 32;
    if right.len() <= SHORT {
        return edit_distance(right, said) as f64;
    }
    right.iter().zip(said).filter(|(a, b)| a != b).count() as f64
}
