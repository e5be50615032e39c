//! From next-token logits to text: the strategies that choose.

mod model;

pub use model::LanguageModel;
