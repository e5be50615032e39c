//! What one computes by hand: softmax, nucleus, perplexity, an angle of RoPE, exact match.

use concepts::decoding::{Candidates, top_p, written_answer_top_p};
use concepts::numerics::softmax::softmax;
use concepts::position::rope::rope_frequencies;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::{between, one_of};
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::named;

/// One probability out of three logits.
pub(super) static SOFTMAX: PuzzleKind = PuzzleKind { id: "softmax", lesson: "attention", draw: weights };
/// How many tokens top-p keeps.
pub(super) static NUCLEUS: PuzzleKind = PuzzleKind { id: "nucleus", lesson: "decoding", draw: nucleus };
/// Perplexity out of a few probabilities.
pub(super) static PERPLEXITY: PuzzleKind =
    PuzzleKind { id: "perplexity", lesson: "decoding", draw: perplexity };
/// By how much RoPE turns a pair.
pub(super) static ANGLE: PuzzleKind = PuzzleKind { id: "angle", lesson: "rope", draw: angle };
/// A whole answer right.
pub(super) static EXACT_MATCH: PuzzleKind =
    PuzzleKind { id: "exact-match", lesson: "emergence", draw: exact };

fn list(xs: &[f64]) -> Text {
    Text::same(xs.iter().map(|x| short(*x)).collect::<Vec<_>>().join(", "))
}

/// Logits that are logarithms of small whole numbers, so that the exponentials are known.
fn weights(rng: &mut ChaCha8Rng) -> Drawn {
    let counts: [usize; 3] = [between(1, 9, rng), between(1, 9, rng), between(1, 9, rng)];
    let logits = counts.map(|count| (count as f64).ln());
    let p = softmax(logits.as_slice().into());
    let right = p[0];
    let [a, b, c] = counts;
    let values = named![a, b, c, right];
    let first = logits[0];
    Drawn::new(&values, right, Unit::Plain)
        .slip("no-exp", first / logits.iter().sum::<f64>())
        .slip("other-order", p[2])
        .slip("over-max", a as f64 / *counts.iter().max().unwrap_or(&1) as f64)
}

fn nucleus(rng: &mut ChaCha8Rng) -> Drawn {
    let mut shares = one_of(
        &[
            [0.4, 0.25, 0.15, 0.1, 0.06, 0.04],
            [0.3, 0.25, 0.2, 0.15, 0.06, 0.04],
            [0.35, 0.3, 0.2, 0.08, 0.05, 0.02],
        ],
        rng,
    );
    let p = one_of(&[0.5, 0.6, 0.7, 0.8, 0.9], rng);
    shares.shuffle(rng);
    let candidates = Candidates::from_probabilities(&shares).expect("they sum to 1");
    let kept = |count: usize| count as f64;
    let right = kept(top_p(&candidates, p).map_or(0, |kept| kept.ids().len()));
    let dropped = written_answer_top_p(&candidates, p).map_or(0, |kept| kept.len());
    // In the order in which they stand, without sorting.
    let mut mass = 0.0;
    let unsorted = shares.iter().take_while(|share| {
        let short_of = mass < p - concepts::numerics::tolerance::ON_THE_EDGE;
        mass += **share;
        short_of
    });
    let above = shares.iter().filter(|share| **share >= 1.0 - p).count();
    let values = named![shares = list(&shares), p, right];
    Drawn::new(&values, right, Unit::Plain)
        .slip("crossing-dropped", kept(dropped))
        .slip("not-sorted", kept(unsorted.count()))
        .slip("as-threshold", kept(above))
}

fn perplexity(rng: &mut ChaCha8Rng) -> Drawn {
    let p: [f64; 4] = [(); 4].map(|()| one_of(&[0.5, 0.25, 0.125, 0.2, 0.1, 0.05, 0.8], rng));
    let surprise = p.map(|p| -p.ln());
    let mean = surprise.iter().sum::<f64>() / p.len() as f64;
    let right = mean.exp();
    let values = named![shares = list(&p), right, mean];
    Drawn::new(&values, right, Unit::Plain)
        .slip("loss", mean)
        .slip("mean-probability", p.len() as f64 / p.iter().sum::<f64>())
        .slip("not-averaged", (mean * p.len() as f64).exp())
        .slip("base-mixed", mean.exp2())
}

fn angle(rng: &mut ChaCha8Rng) -> Drawn {
    let d = one_of(&[64usize, 128], rng);
    let base = one_of(&[10_000.0, 500_000.0], rng);
    let (i, m) = (d / one_of(&[4, 8], rng), 10 * between(1, 90, rng));
    let frequencies = rope_frequencies(d, base).expect("an even dimension");
    let right = m as f64 * frequencies[i];
    let values = named![d, base, pair = i, position = m, right];
    let theta = |exponent: f64| base.powf(-exponent);
    Drawn::new(&values, right, Unit::Angle)
        .slip("half-exponent", m as f64 * theta(i as f64 / d as f64))
        .slip("no-position", frequencies[i])
        .slip("double-exponent", m as f64 * theta(4.0 * i as f64 / d as f64))
}

fn exact(rng: &mut ChaCha8Rng) -> Drawn {
    let p = one_of(&[0.9, 0.95, 0.98, 0.99], rng);
    let tokens = one_of(&[5usize, 10, 20, 30, 50], rng);
    let right = f64::powi(p, tokens as i32);
    let values = named![p, tokens, right];
    let one_wrong = 1.0 - p;
    Drawn::new(&values, right, Unit::Plain)
        .slip("per-token", p)
        .slip("linear", 1.0 - tokens as f64 * one_wrong)
        .slip("any", 1.0 - f64::powi(one_wrong, tokens as i32))
}
