//! What decides a merge of WordPiece, counted from outside.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::tokenizer::wordpiece::{Candidate, Criterion, Step, Ties, Until, trace_training};

use super::whiteboard::CORPUS;

/// The criteria that go by the name of WordPiece, and the one that is BPE's.
pub(crate) const CRITERIA: [Criterion; 4] =
    [Criterion::Frequency, Criterion::Ratio, Criterion::Likelihood, Criterion::Perplexity];

/// The merges on the nine words under a criterion, with the table before each.
pub(crate) fn steps(criterion: Criterion, merges: usize) -> Vec<Step> {
    trace_training(&CORPUS, criterion, Ties::FirstMet, Until::Merges(merges))
        .map(|(steps, _)| steps)
        .unwrap_or_default()
}

/// The pieces that a criterion merges, in order.
pub(crate) fn order(criterion: Criterion, merges: usize) -> Vec<String> {
    steps(criterion, merges).iter().map(|step| step.best().merged.clone()).collect()
}

/// There is nothing to merge.
#[derive(Debug, thiserror::Error)]
#[error("the nine words give no table of pairs")]
pub(crate) struct NoPairs;

/// The table before the first merge; it is the same for every criterion.
pub(crate) fn first_table() -> Result<Step, NoPairs> {
    steps(Criterion::Ratio, 1).into_iter().next().ok_or(NoPairs)
}

/// Of the first merges, those that leave the least perplexity per character. Merging changes no character, so
/// their number stays.
pub(crate) fn least_per_character(steps: &[Step], merges: usize) -> usize {
    let characters = steps.first().map_or(0, |first| first.tokens) as f64;
    let least = |step: &&Step| {
        let of = |c: &Candidate| (-(step.log_likelihood + c.likelihood_gain) / characters).exp();
        // Equally good pairs may differ in the last digits.
        step.candidates.iter().all(|other| of(step.best()) <= of(other) * (1.0 + EXACT_F64))
    };
    steps.iter().take(merges).filter(least).count()
}

/// The candidate with the largest score.
pub(crate) fn best(table: &Step, score: impl Fn(&Candidate) -> f64) -> Option<&Candidate> {
    table.candidates.iter().max_by(|a, b| score(a).total_cmp(&score(b)))
}

/// By how much the pair that was merged gains less likelihood than the best pair at hand, at most.
pub(crate) fn shortfall(steps: &[Step]) -> f64 {
    let gain = |candidate: &Candidate| candidate.likelihood_gain;
    let short = |step: &Step| best(step, gain).map_or(f64::NAN, gain) - gain(step.best());
    steps.iter().map(short).fold(f64::NEG_INFINITY, f64::max)
}

/// Candidates whose gain, found so, lies below `m·(ln(m·(N − m)/(c(x)·c(y))) − 1)`.
pub(crate) fn bound_violations(table: &Step, gain: impl Fn(&Candidate) -> f64) -> usize {
    let tokens = table.tokens as f64;
    let below = |candidate: &&Candidate| {
        let m = candidate.replaced as f64;
        // ratio = c(xy)/(c(x)·c(y)), and c(xy) = m where no pair overlaps itself
        let bound = m * ((candidate.ratio * (tokens - m)).ln() - 1.0);
        gain(candidate) < bound
    };
    table.candidates.iter().filter(below).count()
}
