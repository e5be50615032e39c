//! The probabilities as logarithms in tables.

use super::levels::{Level, levels};
use super::rows::rows;
use super::{Discounts, MAX_ORDER, check};
use crate::decoding::LanguageModel;
use crate::language_model::LanguageModelError;

/// A Kneser–Ney model of order 1 to 8, interpolated, with three discounts an order.
///
/// The formula stands at its readable twin, [`CountedNgrams`](super::CountedNgrams). This form is
/// for use: training sorts the corpus once; the logits of a whole vocabulary take one addition a
/// token and a store for each token seen after the context. The same corpus gives the same model,
/// bit for bit, on any number of threads.
///
/// The token that ends a document has the id `vocab_size` of the training, so the model has one
/// token more than the tokenizer. It also stands before the first token: the model starts as after
/// the end of another text, and once a text has ended it begins a new one. No token has probability
/// 0, whether or not it was seen.
///
/// # Examples
/// ```
/// use concepts::decoding::LanguageModel;
/// use concepts::language_model::KneserNey;
///
/// let model = KneserNey::train(&[&[0, 1, 2, 0, 1, 2, 0, 1]], 3, 3)?;
/// assert_eq!(model.vocab_size(), 4);
/// assert_eq!(model.end(), Some(3));
///
/// let mut state = model.start();
/// model.advance(&mut state, 0);
/// model.advance(&mut state, 1);
/// let mut logits = [0.0; 4];
/// model.logits(&state, &mut logits);
/// assert!(logits[2] > logits[0]);                        // 0 1 is followed by 2
/// let sum: f32 = logits.iter().map(|z| z.exp()).sum();
/// assert!((sum - 1.0).abs() < 1e-6);                     // the logits are log-probabilities
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct KneserNey {
    order: usize,
    end: u32,
    /// `ln p(w)` with no context, for every token.
    unigram: Vec<f32>,
    levels: Vec<Level>,
    /// By level and entry: `ln p(w | h)`, interpolated.
    ln_p: Vec<Vec<f32>>,
    /// By level and node: `ln γ(h)`, what an entry of a shorter context is weighed with.
    ln_gamma: Vec<Vec<f32>>,
    discounts: Vec<Discounts>,
}

impl KneserNey {
    /// Trains on `documents`, whose tokens are below `vocab_size`.
    ///
    /// # Errors
    /// [`LanguageModelError`] if the order is not from 1 to 8, the vocabulary is empty or above 2²⁴,
    /// a token is not below `vocab_size`, or the documents have no token or more than 2³¹.
    pub fn train(documents: &[&[u32]], vocab_size: usize, order: usize) -> Result<Self, LanguageModelError> {
        check(documents, vocab_size, order)?;
        let end = vocab_size as u32;
        let levels = levels(&rows(documents, end, order), end, order);
        let mut model = Self {
            order,
            end,
            unigram: Vec::new(),
            ln_p: Vec::new(),
            ln_gamma: Vec::new(),
            discounts: levels.iter().map(Level::discounts).collect(),
            levels,
        };
        model.interpolate();
        // From here on only logarithms are needed.
        model.levels.iter_mut().for_each(|level| level.count = Vec::new());
        Ok(model)
    }

    /// The order: one more than the number of tokens it looks back.
    pub fn order(&self) -> usize {
        self.order
    }

    /// The discounts of every order, from 1.
    pub fn discounts(&self) -> &[Discounts] {
        &self.discounts
    }

    /// How many different n-grams it holds, for each order from 1.
    pub fn ngrams(&self) -> Vec<usize> {
        self.levels.iter().map(|level| level.token.len()).collect()
    }

    /// How many of the last tokens the model has seen together: the length of the context in use.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoding::LanguageModel;
    /// use concepts::language_model::KneserNey;
    /// let model = KneserNey::train(&[&[0, 1, 2, 0, 1, 2]], 3, 3)?;
    /// let mut state = model.start();
    /// model.advance(&mut state, 0);
    /// model.advance(&mut state, 2); // 0 was never followed by 2, but 2 alone was seen
    /// assert_eq!(model.seen(&state), 1);
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn seen(&self, state: &Context) -> usize {
        self.path(state).1
    }

    /// The tokens seen after the longest known part of the context, sorted: those that an unsmoothed
    /// model could say.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoding::LanguageModel;
    /// use concepts::language_model::KneserNey;
    /// let model = KneserNey::train(&[&[0, 1, 0, 2]], 3, 2)?;
    /// let mut state = model.start();
    /// model.advance(&mut state, 0);
    /// assert_eq!(model.followers(&state), [1, 2]);
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn followers(&self, state: &Context) -> &[u32] {
        let (nodes, depth) = self.path(state);
        let level = &self.levels[depth];
        &level.token[level.entries(nodes[depth])]
    }

    /// Fills the tables, from the empty context up.
    fn interpolate(&mut self) {
        let vocab_size = self.end as usize + 1;
        // `p(w | h′)` for the parent at hand. A child's tokens are among its parent's, so what an
        // earlier parent left behind is never read; below the root all tokens are alike.
        let mut lower = vec![1.0 / vocab_size as f64; vocab_size];
        let mut p = Vec::new();
        for depth in 0..self.order {
            let (mut next_p, mut ln_gamma) = (Vec::new(), Vec::new());
            if depth == 0 {
                ln_gamma.push(self.fill(0, 0, &lower, &mut next_p));
                self.unigram = self.unigrams(&next_p, ln_gamma[0], lower[0]);
            } else {
                let parents = &self.levels[depth - 1];
                for parent in 0..parents.nodes() {
                    for entry in parents.entries(parent) {
                        lower[parents.token[entry] as usize] = p[entry];
                    }
                    for node in parents.children(parent) {
                        ln_gamma.push(self.fill(depth, node, &lower, &mut next_p));
                    }
                }
            }
            self.ln_p.push(next_p.iter().map(|&p| libm::log(p) as f32).collect());
            self.ln_gamma.push(ln_gamma.iter().map(|&g: &f64| g as f32).collect());
            p = next_p;
        }
    }

    /// Appends `p(w | h)` for the entries of a node and returns `ln γ(h)`.
    fn fill(&self, depth: usize, node: usize, lower: &[f64], p: &mut Vec<f64>) -> f64 {
        let (level, discounts) = (&self.levels[depth], self.discounts[depth]);
        let entries = level.entries(node);
        let counts = || level.count[entries.clone()].iter().map(|&count| u64::from(count));
        let total = counts().sum::<u64>() as f64;
        let taken: f64 = counts().map(|count| discounts.of(count)).sum();
        for (&token, count) in level.token[entries.clone()].iter().zip(counts()) {
            let kept = count as f64 - discounts.of(count);
            p.push(kept / total + taken / total * lower[token as usize]);
        }
        libm::log(taken / total)
    }

    /// `ln p(w)` for every token: what the root has, and `γ / |V|` for what was never seen.
    fn unigrams(&self, p: &[f64], ln_gamma: f64, uniform: f64) -> Vec<f32> {
        let mut all = vec![(ln_gamma + libm::log(uniform)) as f32; self.end as usize + 1];
        for (&token, &p) in self.levels[0].token.iter().zip(p) {
            all[token as usize] = libm::log(p) as f32;
        }
        all
    }

    /// The node of each part of the context that was seen, the empty one first, and the length of
    /// the longest.
    fn path(&self, state: &Context) -> ([usize; MAX_ORDER], usize) {
        let mut nodes = [0; MAX_ORDER];
        for (depth, &token) in state.before[..state.len].iter().enumerate() {
            let children = self.levels[depth].children(nodes[depth]);
            match self.levels[depth + 1].first[children.clone()].binary_search(&token) {
                Ok(place) => nodes[depth + 1] = children.start + place,
                Err(_) => return (nodes, depth),
            }
        }
        (nodes, state.len)
    }
}

/// The last tokens of a prefix, at most `order − 1`, and none from before the last end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The nearest first; 0 beyond `len`.
    before: [u32; MAX_ORDER - 1],
    len: usize,
}

impl LanguageModel for KneserNey {
    type State = Context;

    fn vocab_size(&self) -> usize {
        self.end as usize + 1
    }

    fn start(&self) -> Context {
        let mut state = Context { before: [0; MAX_ORDER - 1], len: 0 };
        self.advance(&mut state, self.end);
        state
    }

    fn advance(&self, state: &mut Context, token: u32) {
        if token == self.end {
            *state = Context { before: [0; MAX_ORDER - 1], len: 0 };
        }
        state.len = (state.len + 1).min(self.order - 1);
        if state.len > 0 {
            state.before.copy_within(0..state.len - 1, 1);
            state.before[0] = token;
        }
    }

    fn logits(&self, state: &Context, logits: &mut [f32]) {
        let (nodes, longest) = self.path(state);
        // What a token known only from a context of length d is weighed with: Π γ of all longer ones.
        let mut weight = [0.0; MAX_ORDER];
        for depth in (0..longest).rev() {
            weight[depth] = weight[depth + 1] + self.ln_gamma[depth + 1][nodes[depth + 1]];
        }
        for (logit, ln_p) in logits.iter_mut().zip(&self.unigram) {
            *logit = ln_p + weight[0];
        }
        for depth in 1..=longest {
            let entries = self.levels[depth].entries(nodes[depth]);
            let tokens = &self.levels[depth].token[entries.clone()];
            for (&token, ln_p) in tokens.iter().zip(&self.ln_p[depth][entries]) {
                logits[token as usize] = ln_p + weight[depth];
            }
        }
    }

    fn end(&self) -> Option<u32> {
        Some(self.end)
    }
}
