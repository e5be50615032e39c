//! C11 to C15: a fixed number of tokens.

use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;

use crate::kit::case::{Case, Checked, Takes};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::decoding::experiments::distributions::{geometric, random_softmax, zipf};
use crate::lessons::decoding::experiments::draws::{SIGMAS, counts, distance, named_right};
use crate::lessons::decoding::experiments::truncation::{Kept, by_hand, min_p, top_k};

/// Of the written answer's range.
const K: usize = 50;
const VOCAB: usize = 1000;
/// The vocabulary of GPT-2.
const GPT2: usize = 50_257;
/// Half the mass on the first token, a quarter on the second, …
const STEEP: f64 = 0.5;
/// The first hundred tokens are nearly alike.
const FLAT: f64 = 0.99;
/// A token this much less probable than the best is junk.
const JUNK: f64 = 1e-4;

/// C11: samples from the K most probable tokens
pub(crate) fn samples_from_k(c: &mut Case) -> Checked {
    const DRAWS: usize = 100_000;
    const SMALL: usize = 8;
    let seed = c.seed;
    let p = random_softmax(40, 1.5, seed, "Q7 C11 distribution");
    let expected = by_hand(&p, SMALL);
    let evenly = expected.iter().map(|q| if *q > 0.0 { 1.0 / SMALL as f64 } else { 0.0 }).collect();
    c.holds(top_k(&p, SMALL), |t, kept| {
        let drawn = counts(&kept.q, DRAWS, &mut rng(seed, "Q7 C11 draws"));
        let seen = drawn.iter().filter(|&&count| count > 0).count();
        t.exactly("drawn", seen as f64, SMALL as f64).over(DRAWS).drawn();
        t.at_most("shares", distance(&drawn, &expected), SIGMAS).over(DRAWS).drawn();
    })
    .control("more", top_k(&p, SMALL + 1))
    .control("evenly", Kept { q: evenly });
    Ok(())
}

/// C12: in code, sort, take the first K, sample from those
pub(crate) fn as_code(c: &mut Case) -> Checked {
    const DRAWS: usize = 1000;
    let p = zipf(GPT2);
    let (truncated, sum): (f64, f64) = (p[..K].iter().sum(), top_k(&p, K).q.iter().sum());
    let [with_ids, without] = [named_right(true, DRAWS, c.seed)?, named_right(false, DRAWS, c.seed)?];
    let test = |t: &mut Takes, [sum, named]: [f64; 2]| {
        t.near("sum", sum, 1.0, EXACT_F64).over(K);
        t.exactly("named", named, 1.0).over(DRAWS).drawn();
    };
    c.value("vocab", GPT2).value("k", K).value("truncated", truncated);
    c.as_written(|t| test(t, [truncated, without]));
    c.corrected(Qualified, [sum, with_ids], test)
        .control("no-sum", [truncated, with_ids])
        .control("no-ids", [sum, without]);
    Ok(())
}

/// C13: avoids tokens of very low probability
pub(crate) fn avoids_the_improbable(c: &mut Case) -> Checked {
    let (steep, flat) = (geometric(STEEP, VOCAB), geometric(FLAT, VOCAB));
    let (in_steep, in_flat) = (top_k(&steep, K).least(&steep), top_k(&flat, K).least(&flat));
    c.value("k", K).value("ratio", STEEP).value("flat-ratio", FLAT);
    c.value("steep-p", in_steep).value("flat-p", in_flat);
    c.as_written(|t| {
        t.at_least("steep", in_steep, JUNK);
    });
    c.corrected(Qualified, min_p(&steep, 0.05), |t, kept| {
        t.at_least("flat", in_flat, JUNK);
        t.at_least("min-p", kept.least(&steep) / steep[0], 0.05);
        t.exactly("count", kept.count() as f64, 5.0);
    })
    .control("top-k", top_k(&steep, K));
    Ok(())
}

/// Tokens kept that are junk beside the most probable one.
fn junk(kept: &Kept, p: &[f64]) -> f64 {
    let largest = p.iter().copied().fold(0.0, f64::max);
    kept.ids().filter(|&i| p[i] < JUNK * largest).count() as f64
}

/// C14: where the distribution is steep, K may be too few
pub(crate) fn steep(c: &mut Case) -> Checked {
    let of = |ratio: f64, k: usize| {
        let p = geometric(ratio, VOCAB);
        let kept = top_k(&p, k);
        (kept.mass(&p), junk(&kept, &p))
    };
    let (mass, rubbish) = of(STEEP, K);
    // The first tokens of a geometric distribution, rʲ ≥ 1e-4, are no junk; all later ones are.
    let clean = (1e-4f64.ln() / STEEP.ln()).floor() + 1.0;
    c.value("ratio", STEEP).value("vocab", VOCAB).value("k", K);
    c.value("lost", 1.0 - mass).value("junk", rubbish);
    c.as_written(|t| {
        t.at_least("cut", 1.0 - mass, 0.01);
    });
    c.corrected(Wrong, (STEEP, K), |t, (ratio, k)| {
        let (mass, rubbish) = of(ratio, k);
        t.at_least("mass", mass, 0.99);
        t.exactly("junk", rubbish, K as f64 - clean).over(K);
    })
    .control("flat", (FLAT, K))
    .control("one-more", (STEEP, K + 1));
    Ok(())
}

/// C15: where the distribution is flat, K may be too many
pub(crate) fn flat(c: &mut Case) -> Checked {
    let of = |ratio: f64| {
        let p = geometric(ratio, VOCAB);
        let kept = top_k(&p, K);
        (kept.mass(&p), needed(&p, 0.9), junk(&kept, &p))
    };
    let (mass, enough, rubbish) = of(FLAT);
    c.value("ratio", FLAT).value("vocab", VOCAB).value("k", K).value("mass", mass).value("needed", enough);
    c.as_written(|t| {
        t.at_least("junk", rubbish, 1.0).over(K);
    });
    c.corrected(Wrong, FLAT, |t, ratio| {
        let (mass, needed, _) = of(ratio);
        t.at_most("mass", mass, 0.5);
        t.at_least("needed", needed, 2.0 * K as f64);
    })
    .control("steep", STEEP);
    Ok(())
}

/// How many of the most probable tokens reach a mass, counted one by one.
fn needed(falling: &[f64], mass: f64) -> f64 {
    let mut sum = 0.0;
    let reached = falling.iter().position(|p| {
        sum += p;
        sum >= mass
    });
    reached.map_or(f64::NAN, |last| last as f64 + 1.0)
}
