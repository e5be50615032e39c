//! Searches on trees whose every text has a known probability.

use concepts::decoding::{BeamSearch, Greedy, LanguageModel, LengthPenalty, Pipeline, Strategy, generate};
use concepts::language_model::{Branch, TreeModel};
use concepts::numerics::rng;
use rayon::prelude::*;

use super::search;

/// A text and its exact probability.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub tokens: Vec<u32>,
    pub probability: f64,
}

/// A way to look for the most probable text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    Greedy,
    /// The library's beam search, without a length penalty.
    Beam(usize),
}

/// No tree here is deeper.
const DEEP: usize = 12;
/// Of the random trees: tokens, depth, how uneven the branchings are.
const BRANCHES: usize = 4;
const DEPTH: usize = 5;
const UNEVEN: f64 = 0.5;

/// The tree on which greedy loses.
pub(crate) fn greedy_loses() -> TreeModel {
    TreeModel::greedy_trap()
}

/// The tree on which beam search loses.
pub(crate) fn beam_loses() -> TreeModel {
    TreeModel::beam_trap()
}

/// The `i`-th random tree of a seed.
pub(crate) fn random(seed: u64, i: usize) -> Option<TreeModel> {
    TreeModel::random(BRANCHES, DEPTH, UNEVEN, seed.wrapping_mul(1_000_003).wrapping_add(i as u64)).ok()
}

/// What a search finds.
pub(crate) fn found(tree: &TreeModel, search: Search) -> Found {
    let tokens = match search {
        Search::Greedy => {
            let text = generate(tree, &[], &mut Greedy, DEEP, &mut rng(0, "Q7 greedy draws nothing"));
            text.map(|text| text.tokens()).unwrap_or_default()
        }
        Search::Beam(beams) => search::best(tree, beams, DEEP),
    };
    of(tree, tokens)
}

fn of(tree: &TreeModel, tokens: Vec<u32>) -> Found {
    let probability = if tokens.is_empty() { f64::NAN } else { tree.probability(&tokens) };
    Found { tokens, probability }
}

/// All texts of a tree with the sums of their logits, depth first.
fn walked(tree: &TreeModel) -> Vec<(Vec<u32>, f64)> {
    let mut texts = Vec::new();
    let mut open = vec![(Vec::new(), 0.0, tree.start())];
    let mut logits = vec![0.0f32; tree.vocab_size()];
    while let Some((prefix, sum, state)) = open.pop() {
        tree.logits(&state, &mut logits);
        for (token, &logit) in (0u32..).zip(&logits).filter(|(_, logit)| **logit > f32::NEG_INFINITY) {
            let longer = [prefix.as_slice(), &[token]].concat();
            let sum = sum + f64::from(logit);
            if Some(token) == tree.end() {
                texts.push((longer, sum));
            } else {
                let mut next = state;
                tree.advance(&mut next, token);
                open.push((longer, sum, next));
            }
        }
    }
    texts
}

/// All texts of a tree.
pub(crate) fn all(tree: &TreeModel) -> Vec<Found> {
    walked(tree).into_iter().map(|(tokens, _)| of(tree, tokens)).collect()
}

/// The most probable text, by looking at all.
pub(crate) fn best(tree: &TreeModel) -> Found {
    let best = walked(tree).into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    of(tree, best.map_or_else(Vec::new, |(tokens, _)| tokens))
}

/// The `n` most probable beginnings of `depth` tokens, by looking at all.
pub(crate) fn best_beginnings(tree: &TreeModel, depth: usize, n: usize) -> Vec<Found> {
    let mut level = vec![Vec::new()];
    for _ in 0..depth {
        level = level
            .iter()
            .flat_map(|prefix: &Vec<u32>| {
                (0..tree.vocab_size() as u32).map(move |t| [prefix.as_slice(), &[t]].concat())
            })
            .collect();
    }
    let mut found: Vec<Found> = level.into_iter().map(|tokens| of(tree, tokens)).collect();
    found.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    found.truncate(n);
    found
}

/// Ends with probability 0.1 after each token, goes on with 0.8. What else may follow leads to texts that are
/// ten times less probable.
fn ending(longest: usize) -> Option<TreeModel> {
    const TEN: [&str; 10] = ["b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    let rare = || Branch::of(TEN.map(|token| (token, 0.1, Branch::end())));
    let last = Branch::of(TEN[..9].iter().map(|&token| (token, 0.1, rare()))).ending(0.1);
    let go_on = |then, _| Branch::of([("a", 0.8, then), ("b", 0.1, rare())]).ending(0.1);
    TreeModel::new(&(1..longest).fold(last, go_on)).ok()
}

/// Tokens of the text that beam search chooses there, the end included, by what scores are divided by.
pub(crate) fn chosen_length(longest: usize, length: LengthPenalty) -> f64 {
    // As many beams as there are prefixes: nothing is lost on the way.
    let search = BeamSearch { length, ..BeamSearch::new(64, longest + 3) };
    let found = ending(longest).and_then(|tree| search.run(&tree, &[]).ok());
    found.and_then(|found| found.best().map(|best| best.tokens.len() as f64)).unwrap_or(f64::NAN)
}

/// How many different texts come from `seeds` seeds.
pub(crate) fn distinct(tree: &TreeModel, sampled: bool, seeds: u64, seed: u64) -> f64 {
    let text = |i: u64| {
        let mut strategy: Box<dyn Strategy> =
            if sampled { Box::new(Pipeline::default()) } else { Box::new(Greedy) };
        let mut rng = rng(seed.wrapping_add(i), "Q7 texts of a tree");
        generate(tree, &[], &mut *strategy, DEEP, &mut rng).map(|text| text.tokens()).unwrap_or_default()
    };
    let mut texts: Vec<Vec<u32>> = (0..seeds).map(text).collect();
    texts.sort();
    texts.dedup();
    texts.len() as f64
}

/// A search on many random trees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shares {
    /// The optimum was found.
    pub optimal: f64,
    /// Found something more probable than greedy did.
    pub better: f64,
    /// Found something less probable.
    pub worse: f64,
    /// Found something less probable than the search before it in the list.
    pub dropped: f64,
}

/// How searches do on the same random trees.
pub(crate) fn shares(searches: &[Search], trees: usize, seed: u64) -> Vec<Shares> {
    // The same products in another order may differ by rounding.
    let more = |a: f64, b: f64| a > b * (1.0 + 1e-9);
    let of_tree = |tree: TreeModel| -> Vec<[bool; 4]> {
        let (greedy, optimum) = (found(&tree, Search::Greedy).probability, best(&tree).probability);
        let each: Vec<f64> = searches.iter().map(|&search| found(&tree, search).probability).collect();
        let before = |i: usize| each[i.saturating_sub(1)];
        let judged = |(i, &p): (usize, &f64)| {
            [!more(optimum, p), more(p, greedy), more(greedy, p), more(before(i), p)]
        };
        each.iter().enumerate().map(judged).collect()
    };
    let judged: Vec<Vec<[bool; 4]>> =
        (0..trees).into_par_iter().filter_map(|i| random(seed, i)).map(of_tree).collect();
    let share = |i: usize, which: usize| {
        judged.iter().filter(|tree| tree[i][which]).count() as f64 / judged.len() as f64
    };
    let of_search = |i: usize| {
        let [optimal, better, worse, dropped] = [0, 1, 2, 3].map(|which| share(i, which));
        Shares { optimal, better, worse, dropped }
    };
    (0..searches.len()).map(of_search).collect()
}

/// The names of the tokens, without the end.
pub(crate) fn spelled(tree: &TreeModel, tokens: &[u32]) -> String {
    let names = tree.names();
    tokens.iter().filter_map(|&token| names.get(token as usize)).cloned().collect::<Vec<_>>().join(" ")
}
