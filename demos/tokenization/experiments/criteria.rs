//! What decides a merge of WordPiece, counted from outside.

use std::collections::BTreeMap;

use concepts::tokenizer::wordpiece::{Candidate, Criterion, Step, Ties, Until, trace_training};

use super::whiteboard::CORPUS;

/// The criteria that go by the name of WordPiece, and the one that is BPE's.
pub(in super::super) static CRITERIA: [(Criterion, &str); 4] = [
    (Criterion::Frequency, "c(xy)"),
    (Criterion::Ratio, "c(xy)/(c(x)·c(y))"),
    (Criterion::Likelihood, "ΔL"),
    (Criterion::Perplexity, "exp(−L/N)"),
];

/// The merges on the nine words under a criterion, with the table before each.
pub(in super::super) fn steps(criterion: Criterion, merges: usize) -> Vec<Step> {
    trace_training(&CORPUS, criterion, Ties::FirstMet, Until::Merges(merges))
        .map(|(steps, _)| steps)
        .unwrap_or_default()
}

/// The pieces that a criterion merges, in order.
pub(in super::super) fn order(criterion: Criterion, merges: usize) -> Vec<String> {
    steps(criterion, merges).iter().map(|step| step.best().merged.clone()).collect()
}

/// The table before the first merge; it is the same for every criterion.
pub(in super::super) fn first_table() -> Option<Step> {
    steps(Criterion::Ratio, 1).into_iter().next()
}

/// The candidate with the largest score.
pub(in super::super) fn best(table: &Step, score: impl Fn(&Candidate) -> f64) -> Option<&Candidate> {
    table.candidates.iter().max_by(|a, b| score(a).total_cmp(&score(b)))
}

/// By how much the pair that was merged gains less likelihood than the best pair at hand, at most.
pub(in super::super) fn shortfall(steps: &[Step]) -> f64 {
    let gain = |candidate: &Candidate| candidate.likelihood_gain;
    let short = |step: &Step| best(step, gain).map_or(f64::NAN, gain) - gain(step.best());
    steps.iter().map(short).fold(f64::NEG_INFINITY, f64::max)
}

/// What a trainer has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Score {
    /// `c(xy)`: BPE.
    Pairs,
    /// `c(xy) / (c(x)·c(y))`: WordPiece as a ratio.
    PairsAndPieces,
}

/// Merges and what they took.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Counted {
    /// The pieces merged, in order.
    pub merged: Vec<String>,
    /// Neighbours looked at.
    pub looked_at: usize,
    /// Divisions.
    pub divisions: usize,
}

/// Training from counts alone, a trainer of its own: no model, no probability, no library.
pub(in super::super) fn from_counts(words: &[(String, u64)], score: Score, merges: usize) -> Counted {
    let mut corpus: Vec<(Vec<String>, u64)> =
        words.iter().map(|(word, count)| (spelled(word), *count)).collect();
    let mut counted = Counted::default();
    for _ in 0..merges {
        let (pieces, pairs) = tables(&corpus);
        counted.looked_at += corpus.iter().map(|(word, _)| word.len().saturating_sub(1)).sum::<usize>();
        let value = |pair: &(String, String), count: u64| match score {
            Score::Pairs => count as f64,
            Score::PairsAndPieces => count as f64 / (pieces[&pair.0] as f64 * pieces[&pair.1] as f64),
        };
        if score == Score::PairsAndPieces {
            counted.divisions += pairs.len();
        }
        // The first of equals, in the order in which a reader meets them.
        let mut chosen: Option<(&(String, String), f64)> = None;
        for (pair, count) in &pairs {
            let value = value(pair, *count);
            if chosen.is_none_or(|(_, most)| value > most) {
                chosen = Some((pair, value));
            }
        }
        let Some((pair, _)) = chosen else { break };
        let pair = pair.clone();
        counted.merged.push(together(&pair));
        merge(&mut corpus, &pair);
    }
    counted
}

fn spelled(word: &str) -> Vec<String> {
    word.chars().enumerate().map(|(i, c)| if i == 0 { c.into() } else { format!("##{c}") }).collect()
}

fn together((left, right): &(String, String)) -> String {
    format!("{left}{}", right.trim_start_matches("##"))
}

type Pieces = BTreeMap<String, u64>;
type Pairs = Vec<((String, String), u64)>;

/// Counts of pieces, and of pairs in the order in which a reader meets them.
fn tables(corpus: &[(Vec<String>, u64)]) -> (Pieces, Pairs) {
    let (mut pieces, mut pairs, mut place) = (Pieces::new(), Pairs::new(), BTreeMap::new());
    for (word, count) in corpus {
        for piece in word {
            *pieces.entry(piece.clone()).or_insert(0) += count;
        }
        for pair in word.windows(2).map(|two| (two[0].clone(), two[1].clone())) {
            let at = *place.entry(pair.clone()).or_insert_with(|| {
                pairs.push((pair, 0));
                pairs.len() - 1
            });
            pairs[at].1 += count;
        }
    }
    (pieces, pairs)
}

fn merge(corpus: &mut [(Vec<String>, u64)], pair: &(String, String)) {
    let new = together(pair);
    for (word, _) in corpus {
        let mut i = 0;
        while i + 1 < word.len() {
            if word[i] == pair.0 && word[i + 1] == pair.1 {
                word[i].clone_from(&new);
                word.remove(i + 1);
            }
            i += 1;
        }
    }
}

/// Candidates whose gain lies below `m·(ln(m·(N − m)/(c(x)·c(y))) − 1)`.
pub(in super::super) fn bound_violations(table: &Step) -> usize {
    let tokens = table.tokens as f64;
    let below = |candidate: &&Candidate| {
        let m = candidate.replaced as f64;
        // ratio = c(xy)/(c(x)·c(y)), and c(xy) = m where no pair overlaps itself
        let bound = m * ((candidate.ratio * (tokens - m)).ln() - 1.0);
        candidate.likelihood_gain < bound
    };
    table.candidates.iter().filter(below).count()
}
