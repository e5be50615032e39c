//! A model that counts what is asked of it.

use std::cell::Cell;

use super::LanguageModel;

/// A [`LanguageModel`] that counts how many rows of logits it computed and how many tokens it read.
///
/// Cost in work, not in time: a count is the same on every machine.
///
/// # Examples
/// ```
/// use concepts::decoding::{Counted, Greedy, generate};
/// use concepts::{language_model::TreeModel, numerics::rng};
/// let tree = TreeModel::greedy_trap();
/// let model = Counted::new(&tree);
/// let text = generate(&model, &[], &mut Greedy, 10, &mut rng(1, "doc"))?;
/// assert_eq!(model.rows(), text.steps.len() as u64); // one row a token
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug)]
pub struct Counted<'m, M> {
    model: &'m M,
    rows: Cell<u64>,
    advances: Cell<u64>,
}

impl<'m, M> Counted<'m, M> {
    /// Nothing counted yet.
    pub fn new(model: &'m M) -> Self {
        Self { model, rows: Cell::new(0), advances: Cell::new(0) }
    }

    /// How often logits were computed.
    pub fn rows(&self) -> u64 {
        self.rows.get()
    }

    /// How often a token was appended to a prefix.
    pub fn advances(&self) -> u64 {
        self.advances.get()
    }
}

impl<M: LanguageModel> LanguageModel for Counted<'_, M> {
    type State = M::State;

    fn vocab_size(&self) -> usize {
        self.model.vocab_size()
    }

    fn start(&self) -> M::State {
        self.model.start()
    }

    fn advance(&self, state: &mut M::State, token: u32) {
        self.advances.set(self.advances.get() + 1);
        self.model.advance(state, token);
    }

    fn logits(&self, state: &M::State, logits: &mut [f32]) {
        self.rows.set(self.rows.get() + 1);
        self.model.logits(state, logits);
    }

    fn end(&self) -> Option<u32> {
        self.model.end()
    }
}
