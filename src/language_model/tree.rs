//! A model with every probability written down.

use std::collections::BTreeSet;

use super::LanguageModelError;
use crate::decoding::LanguageModel;
use crate::numerics::tolerance::EXACT_F64;

/// What may follow at one place of a tree: tokens by name, each with its probability and what
/// follows it.
///
/// # Examples
/// ```
/// use concepts::language_model::{Branch, TreeModel};
/// // "yes" half the time, else "no", after which the text ends or goes on with "never".
/// let no = Branch::of([("never", 0.25, Branch::end())]).ending(0.75);
/// let tree = TreeModel::new(&Branch::of([("yes", 0.5, Branch::end()), ("no", 0.5, no)]))?;
/// assert_eq!(tree.names(), ["yes", "no", "never"]);
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    next: Vec<(String, f64, Branch)>,
    ending: f64,
}

impl Branch {
    /// The text ends here.
    pub fn end() -> Self {
        Self { next: Vec::new(), ending: 1.0 }
    }

    /// The tokens that may follow. Their probabilities give 1, unless the text may also end here.
    pub fn of<'a>(next: impl IntoIterator<Item = (&'a str, f64, Self)>) -> Self {
        let next = next.into_iter().map(|(name, p, then)| (name.to_owned(), p, then)).collect();
        Self { next, ending: 0.0 }
    }

    /// The text ends here with probability `p`.
    pub fn ending(mut self, p: f64) -> Self {
        self.ending = p;
        self
    }
}

/// A language model that is a tree: every text that it can say, with its exact probability.
///
/// Token ids are given in the order in which a walk through the tree, depth first, meets the names;
/// the last id is the end token. Off the tree the text can only end.
///
/// # Examples
/// ```
/// use concepts::decoding::LanguageModel;
/// use concepts::language_model::TreeModel;
/// let tree = TreeModel::greedy_trap();
/// assert_eq!(tree.names(), ["A", "a", "b", "c", "B", "C"]);
/// assert_eq!(tree.end(), Some(6));
/// let mut logits = vec![0.0; tree.vocab_size()];
/// tree.logits(&tree.start(), &mut logits);
/// assert_eq!(logits[0], 0.5f32.ln());        // A
/// assert_eq!(logits[1], f32::NEG_INFINITY);  // a cannot come first
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TreeModel {
    pub(super) names: Vec<String>,
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Token, probability, node that it leads to.
    pub(super) next: Vec<(u32, f64, usize)>,
    pub(super) ending: f64,
}

impl TreeModel {
    /// The model that says what stands at `root`.
    ///
    /// # Errors
    /// [`LanguageModelError`] if the probabilities of a branching are not from 0 to 1 or do not give
    /// 1, or if a token stands twice at one branching.
    pub fn new(root: &Branch) -> Result<Self, LanguageModelError> {
        let mut tree = Self { names: Vec::new(), nodes: Vec::new() };
        tree.add(root, &mut Vec::new())?;
        Ok(tree)
    }

    /// A tree on which greedy search misses the best text, and a beam of 2 finds it.
    ///
    /// A .5, B .4, C .1; A → a .4, b .3, c .3; B → a .9, b .1; C → a 1. Greedy says `A a` (.20); the
    /// best is `B a` (.36).
    pub fn greedy_trap() -> Self {
        let leaves = |of: &[(&'static str, f64)]| Branch::of(of.iter().map(|&(t, p)| (t, p, Branch::end())));
        Self::known(&Branch::of([
            ("A", 0.5, leaves(&[("a", 0.4), ("b", 0.3), ("c", 0.3)])),
            ("B", 0.4, leaves(&[("a", 0.9), ("b", 0.1)])),
            ("C", 0.1, leaves(&[("a", 1.0)])),
        ]))
    }

    /// A tree on which beams of 2, 3 and 4 do worse than greedy search.
    ///
    /// A .36, B .34, C .30; A → x .40, y .35, z .25, and then e 1; B and C → x .5, y .5, and then four
    /// tokens of .25 each. Greedy says `A x e` (.144), the best. A beam of 2 keeps `B x` and `B y`
    /// (.17 each), drops `A x` (.144) and ends with .0425.
    pub fn beam_trap() -> Self {
        let e = || Branch::of([("e", 1.0, Branch::end())]);
        let four = || Branch::of(["p", "q", "r", "s"].map(|t| (t, 0.25, Branch::end())));
        let pair = || Branch::of([("x", 0.5, four()), ("y", 0.5, four())]);
        Self::known(&Branch::of([
            ("A", 0.36, Branch::of([("x", 0.40, e()), ("y", 0.35, e()), ("z", 0.25, e())])),
            ("B", 0.34, pair()),
            ("C", 0.30, pair()),
        ]))
    }

    /// A tree written in this file; a test holds it valid.
    fn known(root: &Branch) -> Self {
        Self::new(root).unwrap_or(Self { names: Vec::new(), nodes: Vec::new() })
    }

    /// The names of the tokens, by id, without the end token.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The token with this name.
    pub fn token(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|known| known == name).map(|id| id as u32)
    }

    /// The exact probability that a text begins with `tokens`; with the end token as the last one,
    /// that it is exactly these.
    ///
    /// # Examples
    /// ```
    /// use concepts::language_model::TreeModel;
    /// let tree = TreeModel::greedy_trap();
    /// let path: Vec<u32> = ["B", "a"].iter().filter_map(|name| tree.token(name)).collect();
    /// assert!((tree.probability(&path) - 0.36).abs() < 1e-15);
    /// ```
    pub fn probability(&self, tokens: &[u32]) -> f64 {
        let mut state = self.start();
        let mut p = 1.0;
        for &token in tokens {
            p *= self.next(state, token);
            self.advance(&mut state, token);
        }
        p
    }

    /// The probability of one token at one place.
    fn next(&self, state: Option<usize>, token: u32) -> f64 {
        let node = state.and_then(|node| self.nodes.get(node));
        if token as usize == self.names.len() {
            return node.map_or(1.0, |node| node.ending);
        }
        let found = node.and_then(|node| node.next.iter().find(|next| next.0 == token));
        found.map_or(0.0, |next| next.1)
    }

    /// Adds what stands at `branch` and returns its node. `path` leads there.
    fn add(&mut self, branch: &Branch, path: &mut Vec<String>) -> Result<usize, LanguageModelError> {
        valid(branch, path)?;
        let place = self.nodes.len();
        self.nodes.push(Node { next: Vec::new(), ending: branch.ending });
        for (name, p, then) in &branch.next {
            let token = self.token(name).unwrap_or(self.names.len() as u32);
            if token as usize == self.names.len() {
                self.names.push(name.clone());
            }
            path.push(name.clone());
            let child = self.add(then, path)?;
            path.pop();
            self.nodes[place].next.push((token, *p, child));
        }
        Ok(place)
    }
}

/// The check that the probabilities of a branching are some, and its tokens different.
fn valid(branch: &Branch, path: &[String]) -> Result<(), LanguageModelError> {
    let probabilities: Vec<f64> = branch.next.iter().map(|next| next.1).chain([branch.ending]).collect();
    let each = probabilities.iter().all(|p| (0.0..=1.0).contains(p));
    // A NaN fails the first test, so the sum is a number.
    if !each || (probabilities.iter().sum::<f64>() - 1.0).abs() > EXACT_F64 {
        return Err(LanguageModelError::Probabilities { path: path.to_vec(), probabilities });
    }
    let mut met = BTreeSet::new();
    match branch.next.iter().find(|next| !met.insert(&next.0)) {
        None => Ok(()),
        Some((name, ..)) => Err(LanguageModelError::Twice { path: path.to_vec(), name: name.clone() }),
    }
}

impl LanguageModel for TreeModel {
    /// The place in the tree; none once the text has left it.
    type State = Option<usize>;

    fn vocab_size(&self) -> usize {
        self.names.len() + 1
    }

    fn start(&self) -> Option<usize> {
        Some(0)
    }

    fn advance(&self, state: &mut Option<usize>, token: u32) {
        let node = state.and_then(|node| self.nodes.get(node));
        let next = node.and_then(|node| node.next.iter().find(|next| next.0 == token));
        *state = next.map(|next| next.2);
    }

    fn logits(&self, state: &Option<usize>, logits: &mut [f32]) {
        logits.fill(f32::NEG_INFINITY);
        let node = state.and_then(|node| self.nodes.get(node));
        logits[self.names.len()] = libm::log(node.map_or(1.0, |node| node.ending)) as f32;
        for &(token, p, _) in node.iter().flat_map(|node| &node.next) {
            logits[token as usize] = libm::log(p) as f32;
        }
    }

    fn end(&self) -> Option<u32> {
        Some(self.names.len() as u32)
    }
}
