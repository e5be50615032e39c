//! Trees whose probabilities are drawn.

use crate::language_model::words::Quantity;
use rand::Rng;
use rand_distr::{Distribution, Gamma};

use super::error::sized;
use super::tree::Node;
use super::{LanguageModelError, TreeModel};
use crate::numerics::rng;

/// The most nodes that a random tree may have.
const MAX_NODES: usize = 1 << 20;

impl TreeModel {
    /// A full tree of `depth` tokens, `vocab_size` branches at each node, whose probabilities are
    /// drawn from a symmetric Dirichlet distribution. The text ends at the leaves.
    ///
    /// A concentration of 1 draws all distributions alike; near 0 one branch gets nearly everything.
    /// Tokens are named `0`, `1`, …
    ///
    /// # Errors
    /// [`LanguageModelError`] if a number is 0, the tree would have more than 2²⁰ nodes, or the
    /// concentration is not from 0.001 to 1000.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoding::LanguageModel;
    /// use concepts::language_model::TreeModel;
    /// let tree = TreeModel::random(4, 5, 0.5, 7)?;
    /// assert_eq!(tree.vocab_size(), 5); // four tokens and the end
    /// assert_eq!(tree, TreeModel::random(4, 5, 0.5, 7)?);
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn random(
        vocab_size: usize,
        depth: usize,
        concentration: f64,
        seed: u64,
    ) -> Result<Self, LanguageModelError> {
        sized(Quantity::Vocabulary, vocab_size, MAX_NODES)?;
        sized(Quantity::Depth, depth, MAX_NODES)?;
        sized(Quantity::Nodes, full_tree(vocab_size, depth), MAX_NODES)?;
        let (min, max) = (1e-3, 1e3);
        let out_of_range =
            LanguageModelError::Parameter { what: Quantity::Concentration, actual: concentration, min, max };
        if !(min..=max).contains(&concentration) {
            return Err(out_of_range);
        }
        let gamma = Gamma::new(concentration + 1.0, 1.0).map_err(|_| out_of_range)?;
        let mut generator = rng(seed, "language_model::TreeModel::random");
        let mut nodes = Vec::new();
        let inner = full_tree(vocab_size, depth - 1);
        for node in 0..inner {
            let p = dirichlet(vocab_size, concentration, gamma, &mut generator);
            // Breadth first: the children of node i begin at i·V + 1.
            let child = |token: usize| node * vocab_size + 1 + token;
            let next = p.iter().enumerate().map(|(token, &p)| (token as u32, p, child(token)));
            nodes.push(Node { next: next.collect(), ending: 0.0 });
        }
        nodes.resize(full_tree(vocab_size, depth), Node { next: Vec::new(), ending: 1.0 });
        Ok(Self { names: (0..vocab_size).map(|token| token.to_string()).collect(), nodes })
    }
}

/// `1 + V + V² + … + V^depth`, or some number above the limit if that is more.
fn full_tree(vocab_size: usize, depth: usize) -> usize {
    let (mut total, mut level) = (1usize, 1usize);
    for _ in 0..depth {
        level = level.saturating_mul(vocab_size);
        total = total.saturating_add(level);
        if total > MAX_NODES {
            return total;
        }
    }
    total
}

/// A draw from a symmetric Dirichlet distribution.
///
/// `Gamma(α) = Gamma(α + 1) · U^(1/α)`: in logarithms, where a small α underflows nothing.
fn dirichlet(n: usize, concentration: f64, above: Gamma<f64>, generator: &mut impl Rng) -> Vec<f64> {
    let mut draw = || {
        let u = 1.0 - generator.random::<f64>(); // in (0, 1]
        libm::log(above.sample(generator)) + libm::log(u) / concentration
    };
    let logs: Vec<f64> = (0..n).map(|_| draw()).collect();
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| libm::exp(log - highest)).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}
