//! What is measured, for prose and claims alike.
//!
//! | file | what it measures |
//! |---|---|
//! | this one | who influences whom, what generation needs |
//! | [`objectives`] | what the families are trained on |

pub(crate) mod objectives;

use concepts::architecture::{Architecture, ArchitectureError, Transformer, influence};
use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rank, rng};
use ndarray::{Array2, Axis};
use rand::Rng;

/// Heads of the models.
pub(crate) const HEADS: usize = 2;
/// Random pushes of each input: one alone might hide a path.
pub(crate) const PUSHES: usize = 3;

/// Which output moves with which input.
pub(crate) fn influences(
    kind: Architecture,
    n: usize,
    layers: usize,
    d_model: usize,
    seed: u64,
) -> Result<Array2<f64>, ArchitectureError> {
    let mut rng = rng(seed, "influence");
    let model = Transformer::random(kind, layers, d_model, HEADS, &mut rng)?;
    let x = normal((n, d_model), 1.0, &mut rng);
    influence(&model, x.view(), PUSHES, &mut rng)
}

/// Entries of a matrix that are not exactly 0.
pub(crate) fn moved(matrix: &Array2<f64>) -> usize {
    matrix.iter().filter(|&&change| change != 0.0).count()
}

/// Entries in which what moved is not what the pattern allows.
pub(crate) fn against_pattern(matrix: &Array2<f64>, allowed: &Array2<bool>) -> usize {
    matrix.iter().zip(allowed).filter(|(change, allowed)| (**change != 0.0) != **allowed).count()
}

/// How far the states of the first `n` tokens move when one more is appended.
pub(crate) fn appended(kind: Architecture, n: usize, layers: usize, d_model: usize, seed: u64) -> f64 {
    let mut rng = rng(seed, "append");
    let moved = Transformer::random(kind, layers, d_model, HEADS, &mut rng).and_then(|model| {
        let longer = normal((n + 1, d_model), 1.0, &mut rng);
        let (shorter, _) = longer.view().split_at(Axis(0), n);
        let (before, after) = (model.forward(shorter)?, model.forward(longer.view())?);
        let (after, _) = after.view().split_at(Axis(0), n);
        Ok(max_difference(&before, &after.to_owned()))
    });
    moved.unwrap_or(f64::NAN)
}

/// Two letters, three places: every conditional drawn at random.
const PLACES: usize = 3;

/// The sum over all strings of the product of left-to-right conditionals: the chain rule.
pub(crate) fn chain_rule_sum(seed: u64) -> f64 {
    let mut rng = rng(seed, "chain rule");
    // p(1 | prefix), one for each prefix of each length
    let ones: Vec<Vec<f64>> = (0..PLACES).map(|t| (0..1 << t).map(|_| rng.random()).collect()).collect();
    strings()
        .map(|string| {
            (0..PLACES)
                .map(|t| {
                    let prefix = string & ((1 << t) - 1);
                    let one = ones[t][prefix];
                    if string >> t & 1 == 1 { one } else { 1.0 - one }
                })
                .product::<f64>()
        })
        .sum()
}

/// The same sum with conditionals that look both ways, as a masked model has them. A letter follows the other
/// two where these agree: that alone makes the two strings of one letter too likely together, whatever is drawn.
pub(crate) fn both_ways_sum(seed: u64) -> f64 {
    let mut rng = rng(seed, "both ways");
    // p(1 at place t | all other places)
    let mut one = |others: usize| match (others.count_ones() as usize, rng.random::<f64>()) {
        (0, drawn) => 0.1 * drawn,
        (count, drawn) if count == PLACES - 1 => 1.0 - 0.1 * drawn,
        (_, drawn) => drawn,
    };
    let ones: Vec<Vec<f64>> =
        (0..PLACES).map(|t| strings().map(|string| one(string & !(1 << t))).collect()).collect();
    strings()
        .map(|string| {
            (0..PLACES)
                .map(|t| {
                    let one = ones[t][string & !(1 << t)];
                    if string >> t & 1 == 1 { one } else { 1.0 - one }
                })
                .product::<f64>()
        })
        .sum()
}

fn strings() -> std::ops::Range<usize> {
    0..1 << PLACES
}

/// How a place is filled in again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refill {
    /// From its distribution given the other place, as a masked model does.
    SeeingTheOther,
    /// From its distribution alone: what the two have in common is lost.
    Blind,
}

/// Gibbs sampling from conditionals that belong to one joint distribution of 3 × 3: total variation between
/// what is sampled and the joint. Equal letters are the likelier ones, so the places depend on each other.
pub(crate) fn gibbs_distance(sweeps: usize, refill: Refill, seed: u64) -> f64 {
    let mut rng = rng(seed, "gibbs");
    let joint: Vec<f64> = (0..9).map(|i| rng.random::<f64>() + if i % 4 == 0 { 1.0 } else { 0.05 }).collect();
    let total: f64 = joint.iter().sum();
    let mut pick = |weights: [f64; 3]| {
        let mut left = rng.random::<f64>() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(2)
    };
    // The weights of a place's letters, given the letter of the other place: row x, column y.
    let row = |x: usize| [joint[3 * x], joint[3 * x + 1], joint[3 * x + 2]];
    let column = |y: usize| [joint[y], joint[3 + y], joint[6 + y]];
    let sum = |parts: [[f64; 3]; 3]| [0, 1, 2].map(|letter| parts.iter().map(|part| part[letter]).sum());
    let mut y = 0;
    let mut seen = [0.0; 9];
    for _ in 0..sweeps {
        let (x, next) = match refill {
            Refill::SeeingTheOther => {
                let x = pick(column(y));
                (x, pick(row(x)))
            }
            Refill::Blind => (pick(sum([0, 1, 2].map(column))), pick(sum([0, 1, 2].map(row)))),
        };
        y = next;
        seen[3 * x + y] += 1.0 / sweeps as f64;
    }
    seen.iter().zip(&joint).map(|(seen, weight)| (seen - weight / total).abs()).sum::<f64>() / 2.0
}

/// What the queries of a head look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Queries {
    Random,
    /// Every token asks the same.
    Alike,
}

/// Queries shorter than keys: weights that differ, and none so small that rounding would hide a row.
const QUERY: f64 = 0.5;

/// Rank of one head's attention weights.
pub(crate) fn weight_rank(kind: Architecture, queries: Queries, n: usize, d: usize, seed: u64) -> usize {
    let mut rng = rng(seed, "rank of attention weights");
    let (mut q, k) = (normal((n, d), QUERY, &mut rng), normal((n, d), 1.0, &mut rng));
    if queries == Queries::Alike {
        let first = q.row(0).to_owned();
        q.axis_iter_mut(Axis(0)).for_each(|mut row| row.assign(&first));
    }
    let mut scores = q.dot(&k.t()) / (d as f64).sqrt();
    if let Ok(reach) = kind.reach(n) {
        scores.zip_mut_with(&reach, |score, seen| {
            if !seen {
                *score = f64::NEG_INFINITY;
            }
        });
    }
    rank(&softmax_rows(&scores), EXACT_F64)
}
