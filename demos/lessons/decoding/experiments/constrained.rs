//! Constrained decoding on a tree: masking token by token is not the model's distribution over the texts that
//! are allowed.

use concepts::language_model::TreeModel;

use super::trees::{Found, all};

/// A text that is allowed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Allowed {
    pub tokens: Vec<u32>,
    /// Its probability under the model.
    pub probability: f64,
    /// The same, given that the text is an allowed one.
    pub conditioned: f64,
    /// Its probability if at each step all tokens are masked that no allowed text goes on with.
    pub masked: f64,
}

/// Texts that are allowed if their last token before the end has this name.
pub(crate) fn ending_in(tree: &TreeModel, name: &str) -> Vec<Allowed> {
    let texts = all(tree);
    let last = |found: &Found| found.tokens.iter().rev().nth(1).copied();
    let allowed: Vec<&Found> = texts.iter().filter(|found| last(found) == tree.token(name)).collect();
    let total: f64 = allowed.iter().map(|found| found.probability).sum();
    let mass = |prefix: &[u32]| -> f64 {
        texts.iter().filter(|found| found.tokens.starts_with(prefix)).map(|found| found.probability).sum()
    };
    let step = |prefix: &[u32], token: u32| {
        let mut next: Vec<u32> = allowed
            .iter()
            .filter(|found| found.tokens.starts_with(prefix))
            .filter_map(|found| found.tokens.get(prefix.len()).copied())
            .collect();
        next.sort_unstable();
        next.dedup();
        let longer = |token: u32| mass(&[prefix, &[token]].concat());
        longer(token) / next.into_iter().map(longer).sum::<f64>()
    };
    let of = |found: &&Found| Allowed {
        tokens: found.tokens.clone(),
        probability: found.probability,
        conditioned: found.probability / total,
        masked: (0..found.tokens.len()).map(|i| step(&found.tokens[..i], found.tokens[i])).product(),
    };
    allowed.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_distributions_and_they_differ() {
        let texts = ending_in(&TreeModel::greedy_trap(), "a");
        let sum = |of: fn(&Allowed) -> f64| texts.iter().map(of).sum::<f64>();
        assert!((sum(|text| text.conditioned) - 1.0).abs() < 1e-12);
        // By hand: the mask leaves the first choice as it is, 0.5, 0.4, 0.1; a tree gives logits in f32.
        let mut masked: Vec<f64> = texts.iter().map(|text| text.masked).collect();
        masked.sort_by(f64::total_cmp);
        assert!(masked.iter().zip([0.1, 0.4, 0.5]).all(|(a, b)| (a - b).abs() < 1e-6), "{masked:?}");
        let best = texts.iter().max_by(|a, b| a.conditioned.total_cmp(&b.conditioned)).unwrap();
        assert!(best.masked < best.conditioned);
    }
}
