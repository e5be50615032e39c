//! What decides a merge of WordPiece, counted from outside.

use concepts::tokenizer::wordpiece::{Candidate, Criterion, Step, Ties, Until, trace_training};

use super::whiteboard::CORPUS;

/// The criteria that go by the name of WordPiece, and the one that is BPE's.
pub(crate) static CRITERIA: [(Criterion, &str); 4] = [
    (Criterion::Frequency, "c(xy)"),
    (Criterion::Ratio, "c(xy)/(c(x)·c(y))"),
    (Criterion::Likelihood, "ΔL"),
    (Criterion::Perplexity, "exp(−L/N)"),
];

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

/// The table before the first merge; it is the same for every criterion.
pub(crate) fn first_table() -> Option<Step> {
    steps(Criterion::Ratio, 1).into_iter().next()
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
