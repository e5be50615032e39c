//! How a token is chosen, from outside: against HF transformers, against exhaustive search, against exact
//! distributions, and on input that is hostile.

mod by_hand;
mod edges;
mod exactness;
mod fast;
mod fast_rules;
mod oracle;
mod properties;
mod search;

use concepts::decoding::LanguageModel;

/// So many tokens, all alike, and no end.
struct Flat(usize);

impl LanguageModel for Flat {
    type State = ();
    fn vocab_size(&self) -> usize {
        self.0
    }
    fn start(&self) {}
    fn advance(&self, (): &mut (), _: u32) {}
    fn logits(&self, (): &(), logits: &mut [f32]) {
        logits.fill(0.0);
    }
}
