//! Whether the logits are taken with the embedding, as the weights decide it.

use super::Naming;
use super::names::{Part, Within, within};
use crate::decoder::{Config, Tensors};

impl Config {
    /// The configuration as the weights have it: where a file has a head that differs from its embedding, the head is
    /// used, whatever the configuration says. Models that were fine-tuned or merged are so.
    ///
    /// # Examples
    /// ```
    /// use std::collections::BTreeMap;
    /// use concepts::decoder::{Config, Naming, Stored};
    /// let one = |value| Stored { shape: vec![1, 1], values: vec![value] };
    /// let config = Config::small();
    /// assert!(config.tied);
    /// let file = BTreeMap::from([
    ///     ("model.embed_tokens.weight".to_string(), one(1.0)),
    ///     ("lm_head.weight".to_string(), one(2.0)),
    /// ]);
    /// assert!(!config.as_stored(Naming::HuggingFace, &file).tied);
    /// ```
    ///
    /// # Reference
    /// `tie_weights` of transformers 5.
    #[must_use]
    pub fn as_stored(self, naming: Naming, tensors: &dyn Tensors) -> Config {
        let tied = self.tied && !has_own_head(&self, naming, tensors);
        Config { tied, ..self }
    }
}

fn has_own_head(config: &Config, naming: Naming, tensors: &dyn Tensors) -> bool {
    let names = tensors.names();
    let name = |part| format!("{}.weight", naming.stem(config.family, part, 0));
    let find = |wanted: &str| {
        names.iter().find(|name| matches!(within(name), Within::Language(inner) if inner == wanted))
    };
    let embedding = name(Part::Embedding);
    // Some files leave out the first part of every name but the head's.
    let bare = embedding.strip_prefix(naming.prefix(config.family)).unwrap_or_default();
    let embedding = find(&embedding).or_else(|| find(bare));
    let (Some(head), Some(embedding)) = (find(&name(Part::Head)), embedding) else { return false };
    tensors.shape(head) != tensors.shape(embedding) || tensors.values(head) != tensors.values(embedding)
}
