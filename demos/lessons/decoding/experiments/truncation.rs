//! What a rule keeps of a distribution.

use concepts::decoding::{self, Candidate, Candidates, DecodingError, written_answer_top_p};

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
