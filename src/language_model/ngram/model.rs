//! The probabilities as logarithms in tables.

use super::levels::Level;
use super::{Discounts, MAX_ORDER};
use crate::decoding::LanguageModel;
use crate::language_model::error::known;
use crate::language_model::{LanguageModelError, Score};

/// A Kneser–Ney model of order 1 to 8, interpolated, with three discounts an order.
///
/// The formula stands at its readable twin, [`CountedNgrams`](super::CountedNgrams). This form is
/// for use: training sorts the corpus once ([`Training`](super::Training) does it step by step); the
/// logits of a whole vocabulary take one addition a token and a store for each token seen after the
/// context. The same corpus gives the same model, bit for bit, on any number of threads.
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
    pub(super) order: usize,
    pub(super) end: u32,
    /// `ln p(w)` with no context, for every token.
    pub(super) unigram: Vec<f32>,
    pub(super) levels: Vec<Level>,
    /// By level and entry: `ln p(w | h)`, interpolated.
    pub(super) ln_p: Vec<Vec<f32>>,
    /// By level and node: `ln γ(h)`, what an entry of a shorter context is weighed with.
    pub(super) ln_gamma: Vec<Vec<f32>>,
    pub(super) discounts: Vec<Discounts>,
}

impl KneserNey {
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

    /// `ln p(token | context)`, without the row of the whole vocabulary: one look at each length of context.
    ///
    /// It is the logit, bit for bit.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoding::LanguageModel;
    /// use concepts::language_model::KneserNey;
    /// let model = KneserNey::train(&[&[0, 1, 0, 2]], 3, 2)?;
    /// let mut logits = [0.0; 4];
    /// model.logits(&model.start(), &mut logits);
    /// assert_eq!(model.log_probability(&model.start(), 2), Some(logits[2]));
    /// assert_eq!(model.log_probability(&model.start(), 4), None); // no such token
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn log_probability(&self, state: &Context, token: u32) -> Option<f32> {
        let unigram = *self.unigram.get(token as usize)?;
        let (nodes, longest) = self.path(state);
        let mut weight = 0.0;
        for depth in (1..=longest).rev() {
            let level = &self.levels[depth];
            let entries = level.entries(nodes[depth]);
            if let Ok(place) = level.token[entries.clone()].binary_search(&token) {
                return Some(self.ln_p[depth][entries.start + place] + weight);
            }
            weight += self.ln_gamma[depth][nodes[depth]];
        }
        Some(unigram + weight)
    }

    /// What the model makes of `tokens` after `prefix`: [`score`](crate::language_model::score), without
    /// a row of logits for each token.
    ///
    /// # Errors
    /// [`LanguageModelError`] if a token is not below the model's vocabulary size.
    ///
    /// # Examples
    /// ```
    /// use concepts::language_model::{KneserNey, score};
    /// let model = KneserNey::train(&[&[0, 1, 0, 2]], 3, 2)?;
    /// let (fast, readable) = (model.score(&[0], &[1, 0])?, score(&model, &[0], &[1, 0])?);
    /// assert!((fast.log_probability - readable.log_probability).abs() < 1e-5);
    /// # Ok::<(), concepts::language_model::LanguageModelError>(())
    /// ```
    pub fn score(&self, prefix: &[u32], tokens: &[u32]) -> Result<Score, LanguageModelError> {
        known(&[prefix, tokens], self.vocab_size())?;
        let mut state = self.start();
        for &token in prefix {
            self.advance(&mut state, token);
        }
        let mut log_probability = 0.0;
        for &token in tokens {
            log_probability += self.log_probability(&state, token).map_or(f64::NAN, f64::from);
            self.advance(&mut state, token);
        }
        Ok(Score { log_probability, tokens: tokens.len() })
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
