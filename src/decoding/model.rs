//! What a decoding strategy needs of a language model, and nothing more.

/// A model that says, for a prefix of tokens, how likely each token is to come next.
///
/// A strategy never looks inside the model. It keeps a [`State`](LanguageModel::State) per prefix,
/// appends tokens to it and asks for logits. Beam search clones the state where two continuations
/// part; for a transformer that is the KV cache, for an n-gram model the last few tokens.
///
/// # Formula
///
/// `p(token | prefix) = softmax(logits)[token]`. A logit of `−∞` is a token that cannot follow. A
/// model that knows probabilities returns their logarithms: softmax leaves those as they are.
///
/// # Examples
///
/// ```
/// use concepts::decoding::LanguageModel;
///
/// /// Says the token that is one higher, three times in four.
/// struct Counting;
///
/// impl LanguageModel for Counting {
///     type State = u32;
///     fn vocab_size(&self) -> usize {
///         3
///     }
///     fn start(&self) -> u32 {
///         2
///     }
///     fn advance(&self, last: &mut u32, token: u32) {
///         *last = token;
///     }
///     fn logits(&self, last: &u32, logits: &mut [f32]) {
///         logits.fill(0.125f32.ln());
///         logits[(*last as usize + 1) % 3] = 0.75f32.ln();
///     }
/// }
///
/// let model = Counting;
/// let mut state = model.start();
/// model.advance(&mut state, 1);
/// let mut logits = vec![0.0; model.vocab_size()];
/// model.logits(&state, &mut logits);
/// assert!(logits[2] > logits[0]);
/// ```
pub trait LanguageModel {
    /// All that the model remembers of a prefix.
    type State: Clone;

    /// Number of tokens, the length of the logits.
    fn vocab_size(&self) -> usize;

    /// The state before any token.
    fn start(&self) -> Self::State;

    /// Appends `token`, which is below [`vocab_size`](LanguageModel::vocab_size), to the prefix.
    fn advance(&self, state: &mut Self::State, token: u32);

    /// Writes the logits of the next token; `logits` has
    /// [`vocab_size`](LanguageModel::vocab_size) elements.
    fn logits(&self, state: &Self::State, logits: &mut [f32]);

    /// Appends one token to each of several prefixes, `tokens[i]` to `states[i]`.
    ///
    /// A model whose weights take long to read reads them once for all of them.
    fn advance_all(&self, states: &mut [&mut Self::State], tokens: &[u32]) {
        states.iter_mut().zip(tokens).for_each(|(state, &token)| self.advance(state, token));
    }

    /// Writes the logits after several prefixes, one row of
    /// [`vocab_size`](LanguageModel::vocab_size) after the other.
    fn logits_all(&self, states: &[&Self::State], logits: &mut [f32]) {
        let rows = logits.chunks_exact_mut(self.vocab_size().max(1));
        states.iter().zip(rows).for_each(|(state, row)| self.logits(state, row));
    }

    /// The token that ends a text, if the model has one.
    fn end(&self) -> Option<u32> {
        None
    }
}
