//! What a rule keeps of a distribution.

use concepts::decoding::{self, Candidate, Candidates, DecodingError, written_answer_top_p};
use concepts::numerics::tolerance::ON_THE_EDGE;

/// What is left of a distribution, by token: the probability it is sampled with, 0 where it was cut.
pub(crate) struct Kept {
    pub q: Vec<f64>,
}

impl Kept {
    /// The tokens that are left.
    pub(crate) fn ids(&self) -> impl Iterator<Item = usize> {
        self.q.iter().enumerate().filter(|(_, q)| **q > 0.0).map(|(i, _)| i)
    }

    /// How many are left.
    pub(crate) fn count(&self) -> usize {
        self.ids().count()
    }

    /// Their mass before anything was cut.
    pub(crate) fn mass(&self, p: &[f64]) -> f64 {
        self.ids().map(|i| p[i]).sum()
    }

    /// The smallest probability, before anything was cut, of a token that is left.
    pub(crate) fn least(&self, p: &[f64]) -> f64 {
        self.ids().map(|i| p[i]).fold(f64::INFINITY, f64::min)
    }
}

/// A rule that keeps some tokens of a distribution.
pub(crate) type Rule<'a> = &'a dyn Fn(&[f64]) -> Kept;

/// How often, of many distributions, a rule keeps nothing, falls short of a mass, has a token to spare.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    pub empty: usize,
    pub short: usize,
    pub spare: usize,
}

/// Counts the faults of a rule that should keep the smallest set with this mass.
pub(crate) fn faults(distributions: &[Vec<f64>], wanted: f64, rule: Rule) -> Faults {
    // What rounding leaves short of a mass has reached it.
    let enough = wanted * (1.0 - ON_THE_EDGE);
    let mut faults = Faults::default();
    for p in distributions {
        let kept = rule(p);
        let mass = kept.mass(p);
        faults.empty += usize::from(kept.count() == 0);
        faults.short += usize::from(mass < enough);
        faults.spare += usize::from(kept.count() > 0 && mass - kept.least(p) >= enough);
    }
    faults
}

/// The `k` most probable, renormalised by hand, from the ranks.
pub(crate) fn by_hand(p: &[f64], k: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mass: f64 = order[..k].iter().map(|&i| p[i]).sum();
    let mut q = vec![0.0; p.len()];
    order[..k].iter().for_each(|&i| q[i] = p[i] / mass);
    q
}

type Cut<'a> = &'a dyn Fn(&Candidates) -> Result<Candidates, DecodingError>;

/// A rule of the library, on probabilities. What it refuses comes out as NaN, which passes no test.
fn kept(p: &[f64], rule: Cut) -> Kept {
    let left = Candidates::from_probabilities(p).and_then(|all| rule(&all));
    Kept { q: left.map_or_else(|_| vec![f64::NAN; p.len()], |left| left.dense(p.len())) }
}

pub(crate) fn top_k(p: &[f64], k: usize) -> Kept {
    kept(p, &|all| decoding::top_k(all, k))
}

pub(crate) fn top_p(p: &[f64], mass: f64) -> Kept {
    kept(p, &|all| decoding::top_p(all, mass))
}

pub(crate) fn min_p(p: &[f64], share: f64) -> Kept {
    kept(p, &|all| decoding::min_p(all, share))
}

/// The written answer's rule, `cumsum ≤ P`. It may keep nothing, and what it keeps does not sum to 1.
pub(crate) fn as_written(p: &[f64], mass: f64) -> Kept {
    let kept: Result<Vec<Candidate>, DecodingError> =
        Candidates::from_probabilities(p).and_then(|all| written_answer_top_p(&all, mass));
    let mut q = vec![0.0; p.len()];
    match kept {
        Ok(kept) => kept.iter().for_each(|candidate| q[candidate.id as usize] = candidate.prob),
        Err(_) => q.fill(f64::NAN),
    }
    Kept { q }
}
