//! What a configuration says about a model.

use super::ModelError;

/// What a model is built like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sees its whole input; keeps no cache.
    Encoder,
    /// Sees the past; keeps a cache.
    Decoder,
    /// An encoder and a decoder of as many layers, tied by cross-attention.
    EncoderDecoder,
}

/// Which projections have a bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bias {
    /// None.
    None,
    /// Queries, keys and values.
    Qkv,
    /// All of attention and the feed-forward network.
    All,
}

/// How a model normalises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// Norms in a layer (of a decoder with cross-attention one more).
    pub per_layer: u64,
    /// Numbers a feature: 1 for RMSNorm, 2 for LayerNorm.
    pub numbers: u64,
    /// A norm after the last layer, or after the embedding: one of the two.
    pub whole: bool,
    /// Norms of queries and keys, of the width of a head.
    pub query_key: bool,
}

/// Feed-forward networks of which a token uses only some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Experts {
    /// How many there are to choose from.
    pub count: u64,
    /// How many a token uses.
    pub active: u64,
    /// How many every token uses besides.
    pub shared: u64,
    /// Width of one.
    pub d_ff: u64,
    /// First layers that have an ordinary network in their place.
    pub dense_layers: u64,
}

/// Layers that see only the last tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many tokens.
    pub size: u64,
    /// Every how manieth layer sees everything all the same; 0 if none does.
    pub full_every: u64,
}

/// Latent attention (MLA): keys and values are rebuilt from one compressed vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latent {
    /// Width of the compressed query; 0 if queries are not compressed.
    pub q_rank: u64,
    /// Width of the compressed vector that is cached.
    pub kv_rank: u64,
    /// Width of a head without position.
    pub nope: u64,
    /// Width of the rotary key that all heads share, cached as well.
    pub rope: u64,
    /// Width of a value head.
    pub value: u64,
}

/// A model, as far as its size is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelConfig {
    /// What it is called.
    pub name: String,
    /// What it is built like.
    pub kind: Kind,
    /// Layers; of an encoder–decoder, of each of the two.
    pub layers: u64,
    /// Width.
    pub d_model: u64,
    /// Query heads.
    pub heads: u64,
    /// Key/value heads.
    pub kv_heads: u64,
    /// Width of a head. Not always `d_model / heads`.
    pub head_dim: u64,
    /// Width of the feed-forward network.
    pub d_ff: u64,
    /// Has the feed-forward network a gate, a third matrix?
    pub gated: bool,
    /// Experts in the place of one feed-forward network.
    pub experts: Option<Experts>,
    /// Size of the vocabulary.
    pub vocab: u64,
    /// Does the output use the embedding matrix?
    pub tied: bool,
    /// Longest context.
    pub context: u64,
    /// Rows of a learned table of positions.
    pub learned_positions: u64,
    /// Token types that have an embedding, as in BERT.
    pub token_types: u64,
    /// A dense layer on top, as in BERT.
    pub pooler: bool,
    /// Buckets of a learned relative bias, one table for encoder and decoder each, as in T5.
    pub relative_buckets: u64,
    /// Biases.
    pub bias: Bias,
    /// Norms.
    pub norm: Norm,
    /// Sliding window.
    pub window: Option<Window>,
    /// Latent attention.
    pub latent: Option<Latent>,
}

impl ModelConfig {
    /// Do the query heads share the key/value heads evenly?
    ///
    /// # Errors
    /// [`ModelError::HeadsDoNotDivide`].
    pub fn check(&self) -> Result<(), ModelError> {
        if self.kv_heads > 0 && self.heads.is_multiple_of(self.kv_heads) {
            return Ok(());
        }
        let (name, heads, kv_heads) = (self.name.clone(), self.heads, self.kv_heads);
        Err(ModelError::HeadsDoNotDivide { name, heads, kv_heads })
    }

    /// How many of the layers see everything, and how many only a window.
    ///
    /// # Examples
    /// ```
    /// use concepts::model::find;
    /// assert_eq!(find("gemma-3-12b")?.config.full_and_windowed_layers(), (8, 40));
    /// # Ok::<(), concepts::model::ModelError>(())
    /// ```
    pub fn full_and_windowed_layers(&self) -> (u64, u64) {
        let full = match self.window {
            None => self.layers,
            Some(Window { full_every: 0, .. }) => 0,
            Some(Window { full_every, .. }) => self.layers / full_every,
        };
        (full, self.layers - full)
    }
}
