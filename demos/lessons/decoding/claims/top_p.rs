//! C16 to C18, C20: a fixed mass.

use std::cell::Cell;

use concepts::numerics::tolerance::ON_THE_EDGE;

use crate::kit::case::{Case, Checked, Takes};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::decoding::experiments::distributions::{geometric, random_softmax, uniform};
use crate::lessons::decoding::experiments::draws::{going_on, sampled};
use crate::lessons::decoding::experiments::truncation::{Rule, as_written, faults, top_k, top_p};

/// Of the written answer's range.
const P: f64 = 0.9;
const VOCAB: usize = 1000;
const TRIALS: usize = 400;

/// Random distributions from nearly flat to very steep.
fn distributions(seed: u64) -> Vec<Vec<f64>> {
    let spread = |i: usize| 1.0 + 7.0 * i as f64 / TRIALS as f64;
    (0..TRIALS).map(|i| random_softmax(VOCAB, spread(i), seed, &format!("Q7 top-p {i}"))).collect()
}

fn none(t: &mut Takes, id: &'static str, count: usize) {
    t.exactly(id, count as f64, 0.0).over(TRIALS).drawn();
}

/// C16: the smallest set of tokens whose probabilities reach P
pub(crate) fn smallest_set(c: &mut Case) -> Checked {
    let all = distributions(c.seed);
    let right: Rule = &|p| top_p(p, P);
    c.value("edge", ON_THE_EDGE);
    c.holds(right, |t, rule| {
        let faults = faults(&all, P, rule);
        none(t, "short", faults.short);
        none(t, "spare", faults.spare);
    })
    .control("written", &|p| as_written(p, P))
    .control("more", &|p| top_k(p, top_p(p, P).count() + 1));
    Ok(())
}

/// C17: in code, `cumsum ≤ P`
pub(crate) fn as_code(c: &mut Case) -> Checked {
    let all = distributions(c.seed);
    let (right, written): (Rule, Rule) = (&|p| top_p(p, P), &|p| as_written(p, P));
    let test = |t: &mut Takes, rule: Rule| {
        let faults = faults(&all, P, rule);
        none(t, "empty", faults.empty);
        none(t, "short", faults.short);
        none(t, "spare", faults.spare);
    };
    let (peaked, found) = ([0.95, 0.03, 0.02], faults(&all, P, written));
    c.value("edge", ON_THE_EDGE)
        .value("p", P)
        .value("kept-wrong", written(&peaked).count())
        .value("kept-right", right(&peaked).count());
    c.value("trials", TRIALS).value("empties", found.empty).value("shorts", found.short);
    c.as_written(|t| test(t, written));
    c.corrected(Wrong, right, test).control("patched", &|p| {
        let kept = as_written(p, P);
        if kept.count() == 0 { top_k(p, 1) } else { kept }
    });
    Ok(())
}

/// C18: few tokens where it is steep, many where it is flat
pub(crate) fn adapts(c: &mut Case) -> Checked {
    // 1 − rⁿ ≥ 0.9 for the first time.
    let by_hand =
        [("steepest", 0.05, 1.0), ("steep", 0.5, 4.0), ("flat", 0.9, 22.0), ("flattest", 0.99, 230.0)];
    by_hand.iter().for_each(|&(name, ratio, _)| _ = c.value(name, ratio));
    let right: Rule = &|p| top_p(p, P);
    c.holds(right, |t, rule| {
        for (id, ratio, tokens) in by_hand {
            t.exactly(id, rule(&geometric(ratio, VOCAB)).count() as f64, tokens);
        }
        t.exactly("uniform", rule(&uniform(1024)).count() as f64, 922.0);
    })
    .control("top-k", &|p| top_k(p, 50));
    Ok(())
}

/// C20: random, and not always to be controlled
pub(crate) fn is_random(c: &mut Case) -> Checked {
    const DRAWS: usize = 100;
    type Draw<'a> = &'a dyn Fn(u64) -> Vec<usize>;
    let seed = c.seed;
    let p = random_softmax(50, 1.0, seed, "Q7 C20");
    let (nucleus, best) = (top_p(&p, P).q, top_k(&p, 1).q);
    let calls = Cell::new(seed);
    let seeded: Draw = &|seed| sampled(&nucleus, DRAWS, seed);
    c.holds(seeded, |t, draw| {
        let differ = |a: &[usize], b: &[usize]| a.iter().zip(b).filter(|(a, b)| a != b).count() as f64;
        let once = draw(seed);
        t.at_least("other-seed", differ(&once, &draw(seed + 1)), 10.0).over(DRAWS).drawn();
        t.exactly("same-seed", differ(&once, &draw(seed)), 0.0).over(DRAWS).drawn();
    })
    .control("greedy", &|seed| sampled(&best, DRAWS, seed))
    .control("going-on", &|seed| going_on(&nucleus, DRAWS, seed, &calls));
    Ok(())
}
