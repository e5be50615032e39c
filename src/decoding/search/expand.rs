//! One step of a beam.

use std::cmp::Ordering;

use super::hypothesis::{Best, Hypothesis};
use super::length::LengthPenalty;
use crate::decoding::log_sum::log_probabilities;
use crate::decoding::{DecodingError, LanguageModel};

/// A prefix that is still growing.
#[derive(Debug, Clone)]
pub(super) struct Live<S> {
    pub(super) state: S,
    pub(super) tokens: Vec<u32>,
    pub(super) log_prob: f64,
}

/// One continuation of one prefix by one token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expansion {
    /// Which prefix.
    pub(super) parent: usize,
    pub(super) token: u32,
    pub(super) log_prob: f64,
    /// What expansions are ranked by; `log_prob`, unless something is subtracted from it.
    pub(super) rank_by: f64,
}

/// All continuations of all prefixes: up to `k · V`.
pub(super) fn expansions<M: LanguageModel>(
    model: &M,
    live: &[Live<M::State>],
    penalty: impl Fn(u32) -> f64,
) -> Result<Vec<Expansion>, DecodingError> {
    let vocab = model.vocab_size();
    let mut rows = vec![0.0; live.len() * vocab];
    let states: Vec<&M::State> = live.iter().map(|prefix| &prefix.state).collect();
    model.logits_all(&states, &mut rows);
    let mut all = Vec::new();
    for (parent, (prefix, logits)) in live.iter().zip(rows.chunks_exact(vocab.max(1))).enumerate() {
        for (token, step) in (0u32..).zip(log_probabilities(logits)?) {
            if step > f64::NEG_INFINITY {
                let log_prob = prefix.log_prob + step;
                all.push(Expansion { parent, token, log_prob, rank_by: log_prob - penalty(token) });
            }
        }
    }
    Ok(all)
}

/// The first `n` in the order of rank, sorted; nothing else is sorted.
pub(super) fn leading(mut all: Vec<Expansion>, n: usize) -> Vec<Expansion> {
    // Ties: the better prefix, then the lower id.
    let order = |a: &Expansion, b: &Expansion| {
        let rank = b.rank_by.partial_cmp(&a.rank_by).unwrap_or(Ordering::Equal);
        rank.then(a.parent.cmp(&b.parent)).then(a.token.cmp(&b.token))
    };
    if n < all.len() {
        all.select_nth_unstable_by(n, order);
        all.truncate(n);
    }
    all.sort_unstable_by(order);
    all
}

/// What a step needs to know beside the prefixes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) beams: usize,
    pub(super) max_tokens: usize,
    pub(super) length: LengthPenalty,
}

/// Moves the beam by one token. Texts that end go to `best`, the others become the new prefixes.
///
/// Each prefix has one continuation that ends at most. So among the first `2k` expansions there are `k` that
/// go on, if there are that many at all. One that ends counts as found only if it ranks among the first
/// `k`: it has to earn its place in the beam like any other.
pub(super) fn advance<M: LanguageModel>(
    model: &M,
    live: &[Live<M::State>],
    all: Vec<Expansion>,
    rules: Rules,
    best: &mut Best,
) -> Vec<Live<M::State>> {
    let mut next: Vec<Live<M::State>> = Vec::new();
    for (rank, expansion) in leading(all, rules.beams.saturating_mul(2)).into_iter().enumerate() {
        let parent = &live[expansion.parent];
        let ended = model.end() == Some(expansion.token);
        let cut_off = parent.tokens.len() + 1 == rules.max_tokens;
        if ended || cut_off {
            if rank < rules.beams {
                best.add(hypothesis(&parent.tokens, expansion, ended, rules.length));
            }
        } else if next.len() < rules.beams {
            let tokens = extended(&parent.tokens, expansion.token);
            next.push(Live { state: parent.state.clone(), tokens, log_prob: expansion.log_prob });
        }
    }
    let last: Vec<u32> = next.iter().filter_map(|prefix| prefix.tokens.last().copied()).collect();
    model.advance_all(&mut next.iter_mut().map(|prefix| &mut prefix.state).collect::<Vec<_>>(), &last);
    next
}

fn hypothesis(prefix: &[u32], expansion: Expansion, ended: bool, length: LengthPenalty) -> Hypothesis {
    let tokens = extended(prefix, expansion.token);
    let score = length.score(expansion.log_prob, tokens.len());
    Hypothesis { tokens, log_prob: expansion.log_prob, score, ended }
}

pub(super) fn extended(prefix: &[u32], token: u32) -> Vec<u32> {
    prefix.iter().copied().chain([token]).collect()
}
