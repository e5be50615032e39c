//! From the corpus to the tables, in steps.

use std::borrow::Cow;

use super::levels::{Contexts, Level};
use super::{KneserNey, check};
use crate::language_model::LanguageModelError;

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done. The first sorts the corpus and is the longest; then each order is counted, from the
    /// highest, and each is weighed, from the lowest.
    pub done: usize,
    /// Steps of the whole training.
    pub wanted: usize,
}

/// The training of a [`KneserNey`] model, in steps: whoever calls it shows between two steps how far it is.
///
/// # Examples
/// ```
/// use concepts::language_model::ngram::Training;
/// let corpus = [0, 1, 2, 0, 1, 2];
/// let mut training = Training::new(&[&corpus], 3, 3)?;
/// let mut shown = Vec::new();
/// while let Some(progress) = training.step() {
///     shown.push((progress.done, progress.wanted));
/// }
/// assert_eq!(shown.first(), Some(&(1, 7)));
/// assert_eq!(shown.last(), Some(&(7, 7)));
/// let model = training.finish();
/// assert_eq!(model.ngrams(), [4, 5, 5]); // E 0 1 2 0 1 2 E, without the first E alone
/// # Ok::<(), concepts::language_model::LanguageModelError>(())
/// ```
pub struct Training<'a> {
    /// Needed for the first step only.
    documents: Vec<Cow<'a, [u32]>>,
    contexts: Option<Contexts>,
    model: KneserNey,
    done: usize,
    /// `p(w | h)` of the level that was weighed last, by entry.
    p: Vec<f64>,
    /// `p(w | h′)` for the parent at hand, by token.
    lower: Vec<f64>,
}

impl<'a> Training<'a> {
    /// Begins to train on `documents`, whose tokens are below `vocab_size`.
    ///
    /// # Errors
    /// As [`KneserNey::train`].
    pub fn new(documents: &[&'a [u32]], vocab_size: usize, order: usize) -> Result<Self, LanguageModelError> {
        check(documents, vocab_size, order)?;
        let documents = documents.iter().map(|&document| Cow::Borrowed(document)).collect();
        Ok(Self::begin(documents, vocab_size as u32, order))
    }

    /// Begins to train on one document, which is given up when it is no longer needed.
    ///
    /// # Errors
    /// As [`KneserNey::train`].
    pub fn of(document: Vec<u32>, vocab_size: usize, order: usize) -> Result<Self, LanguageModelError> {
        check(&[&document], vocab_size, order)?;
        Ok(Self::begin(vec![Cow::Owned(document)], vocab_size as u32, order))
    }

    fn begin(documents: Vec<Cow<'a, [u32]>>, end: u32, order: usize) -> Self {
        let model = KneserNey {
            order,
            end,
            unigram: Vec::new(),
            levels: Vec::new(),
            ln_p: Vec::new(),
            ln_gamma: Vec::new(),
            discounts: Vec::new(),
        };
        Self { documents, contexts: None, model, done: 0, p: Vec::new(), lower: Vec::new() }
    }

    /// How many steps the training of this order takes.
    pub fn steps(order: usize) -> usize {
        order.saturating_mul(2).saturating_add(1)
    }

    /// The next step, if there is one.
    pub fn step(&mut self) -> Option<Progress> {
        let order = self.model.order;
        let wanted = Self::steps(order);
        match self.done {
            0 => self.sort(),
            done if done <= order => self.count(order - done),
            done if done < wanted => self.weigh(done - order - 1),
            _ => return None,
        }
        self.done += 1;
        Some(Progress { done: self.done, wanted })
    }

    /// The model; steps that are left are done first.
    pub fn finish(mut self) -> KneserNey {
        while self.step().is_some() {}
        self.model
    }

    /// Sorts the corpus, and finds all contexts.
    fn sort(&mut self) {
        let documents: Vec<Cow<'a, [u32]>> = std::mem::take(&mut self.documents);
        let borrowed: Vec<&[u32]> = documents.iter().map(|document| &**document).collect();
        self.contexts = Some(Contexts::of(&borrowed, self.model.end, self.model.order));
    }

    /// Counts what followed the contexts of `depth` tokens.
    fn count(&mut self, depth: usize) {
        let end = self.model.end;
        if let Some(contexts) = &mut self.contexts {
            contexts.count(depth, end);
        }
        if depth == 0 {
            self.model.levels = self.contexts.take().map(|contexts| contexts.levels).unwrap_or_default();
            self.model.discounts = self.model.levels.iter().map(Level::discounts).collect();
        }
    }

    /// Fills the tables of contexts of `depth` tokens from those of one token less.
    fn weigh(&mut self, depth: usize) {
        let (mut next_p, mut ln_gamma) = (Vec::new(), Vec::new());
        if depth == 0 {
            // Below the root all tokens are alike.
            let vocab_size = self.model.end as usize + 1;
            self.lower = vec![1.0 / vocab_size as f64; vocab_size];
            ln_gamma.push(fill(&self.model, 0, 0, &self.lower, &mut next_p));
            self.model.unigram = unigrams(&self.model, &next_p, ln_gamma[0], self.lower[0]);
        } else {
            // A child's tokens are among its parent's, so what an earlier parent left in `lower` is never
            // read.
            let parents = &self.model.levels[depth - 1];
            for parent in 0..parents.nodes() {
                for entry in parents.entries(parent) {
                    self.lower[parents.token[entry] as usize] = self.p[entry];
                }
                for node in parents.children(parent) {
                    ln_gamma.push(fill(&self.model, depth, node, &self.lower, &mut next_p));
                }
            }
        }
        self.model.ln_p.push(next_p.iter().map(|&p| libm::log(p) as f32).collect());
        self.model.ln_gamma.push(ln_gamma.iter().map(|&g: &f64| g as f32).collect());
        // From here on only logarithms are needed.
        self.model.levels[depth].count = Vec::new();
        self.p = next_p;
    }
}

impl KneserNey {
    /// Trains on `documents`, whose tokens are below `vocab_size`.
    ///
    /// # Errors
    /// [`LanguageModelError`] if the order is not from 1 to 8, the vocabulary is empty or above 2²⁴,
    /// a token is not below `vocab_size`, or the documents have no token or more than 2³¹.
    pub fn train(documents: &[&[u32]], vocab_size: usize, order: usize) -> Result<Self, LanguageModelError> {
        let mut training = Training::new(documents, vocab_size, order)?;
        while training.step().is_some() {}
        Ok(training.finish())
    }
}

/// Appends `p(w | h)` for the entries of a node and returns `ln γ(h)`.
fn fill(model: &KneserNey, depth: usize, node: usize, lower: &[f64], p: &mut Vec<f64>) -> f64 {
    let (level, discounts) = (&model.levels[depth], model.discounts[depth]);
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
fn unigrams(model: &KneserNey, p: &[f64], ln_gamma: f64, uniform: f64) -> Vec<f32> {
    let mut all = vec![(ln_gamma + libm::log(uniform)) as f32; model.end as usize + 1];
    for (&token, &p) in model.levels[0].token.iter().zip(p) {
        all[token as usize] = libm::log(p) as f32;
    }
    all
}
