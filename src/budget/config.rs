//! What a configuration says about a model.

use super::BudgetError;
use crate::budget::words::Field;

/// No size of a model is larger: 16 million. Products of five of them stay within 128 bits.
const MOST: u64 = 1 << 24;

/// What a model is built like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sees its whole input; keeps no cache.
    Encoder,
    /// Sees the past; keeps a cache.
    Decoder,
    /// An encoder and a decoder, tied by cross-attention.
    EncoderDecoder,
}

/// Which projections have a bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bias {
    /// Those of queries, keys and values.
    pub qkv: bool,
    /// The output of attention.
    pub output: bool,
    /// Those of the feed-forward network.
    pub feed_forward: bool,
}

impl Bias {
    /// None.
    pub const NONE: Bias = Bias { qkv: false, output: false, feed_forward: false };
    /// Queries, keys and values, as in Qwen2.
    pub const QKV: Bias = Bias { qkv: true, ..Bias::NONE };
    /// All, as in GPT-2.
    pub const ALL: Bias = Bias { qkv: true, output: true, feed_forward: true };
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
    /// One after the embedding besides, as in BLOOM.
    pub embedding: bool,
    /// Norms of queries and keys.
    pub query_key: HeadNorm,
}

/// Norms of queries and keys in each layer with attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadNorm {
    /// There are none.
    None,
    /// One that all heads share, of the width of a head.
    Each,
    /// One over all heads side by side, of their width together.
    Together,
}

/// Feed-forward networks of which a token uses only some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Experts {
    /// How many there are to choose from.
    pub count: u64,
    /// How many a token uses.
    pub active: u64,
    /// Width of the network that every token uses besides; several side by side are one wide one. 0: none.
    pub shared_d_ff: u64,
    /// Width of one.
    pub d_ff: u64,
    /// Have the experts and the router biases?
    pub bias: bool,
    /// Has the router, without a bias of its own, a learned number for each expert?
    pub router_bias: bool,
    /// Width of what the experts see where the input is projected down for them; 0: they see all of it.
    pub inner: u64,
    /// Does every token weigh the shared ones with a gate of its own, a vector of `d_model`?
    pub shared_gate: bool,
    /// Layers that have an ordinary network in their place.
    pub dense_layers: u64,
}

/// Layers that see only the last tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many tokens, the newest included.
    pub size: u64,
    /// How many layers; the others see everything.
    pub layers: u64,
    /// Does it move on by whole chunks? A token then sees those of its own chunk.
    pub chunked: bool,
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

/// What picks out the keys that latent attention looks at (DeepSeek-AI 2025, *DeepSeek-V3.2*): small heads
/// score every key, attention sees the best. Their key is cached as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indexer {
    /// Heads that score.
    pub heads: u64,
    /// Width of one, and of the one key that they share.
    pub width: u64,
    /// How many keys a token looks at.
    pub top: u64,
}

/// Layers that keep a state of fixed size in the place of keys and values, as Gated DeltaNet and Mamba do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurrent {
    /// How many layers.
    pub layers: u64,
    /// Has each of them attention beside the state, with keys and values of its own?
    pub beside: bool,
    /// Parameters of one, without its norms.
    pub parameters: u64,
    /// Parameters of the norms inside one.
    pub norms: u64,
    /// Numbers of its state: one matrix a head, or a vector for each feature.
    pub matrix: u64,
    /// Numbers of its convolution's state, the last inputs.
    pub last_inputs: u64,
}

impl Recurrent {
    /// Numbers that one layer keeps of a sequence, however long it is.
    pub fn state(&self) -> u64 {
        self.matrix.saturating_add(self.last_inputs)
    }
}

/// A model, as far as its size is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelConfig {
    /// What it is called.
    pub name: String,
    /// What it is built like.
    pub kind: Kind,
    /// Layers; of an encoder–decoder, those of the decoder.
    pub layers: u64,
    /// Layers of the encoder beside the decoder; 0 if there is none.
    pub encoder_layers: u64,
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
    /// Layers without a feed-forward network.
    pub without_network: u64,
    /// Layers that are a feed-forward network alone, without attention and without a state.
    pub network_alone: u64,
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
    /// Has each layer relative biases of its own, as in umT5? Otherwise a stack has them once.
    pub relative_each: bool,
    /// Has each layer a second attention, over the output of an encoder?
    pub cross_attention: bool,
    /// Biases.
    pub bias: Bias,
    /// Has the output over the vocabulary a bias?
    pub output_bias: bool,
    /// Is attention's output gated by a second projection like that of the queries?
    pub query_gate: bool,
    /// Has each query head a learned score for "no key", as in gpt-oss?
    pub sinks: bool,
    /// Norms.
    pub norm: Norm,
    /// Sliding window.
    pub window: Option<Window>,
    /// Latent attention.
    pub latent: Option<Latent>,
    /// What picks out keys for it.
    pub indexer: Option<Indexer>,
    /// Layers with a state in the place of attention.
    pub recurrent: Option<Recurrent>,
    /// Parameters that read images and lead to the width of the model; text does not use them.
    pub images: u64,
}

impl ModelConfig {
    /// Can there be such a model? No size that is needed is 0, none is beyond what any product of a few
    /// can count, no token uses more experts than there are, and the query heads share the key/value
    /// heads evenly.
    ///
    /// # Errors
    /// [`BudgetError::BadField`], [`BudgetError::HeadsDoNotDivide`].
    pub fn check(&self) -> Result<(), BudgetError> {
        for (field, size) in [
            (Field::Layers, self.layers),
            (Field::DModel, self.d_model),
            (Field::Heads, self.heads),
            (Field::HeadDim, self.head_dim),
            (Field::Vocabulary, self.vocab),
        ] {
            self.between(field, size, 1, MOST)?;
        }
        for (field, size) in [
            (Field::EncoderLayers, self.encoder_layers),
            (Field::DFf, self.d_ff),
            (Field::LearnedPositions, self.learned_positions),
            (Field::TokenTypes, self.token_types),
            (Field::RelativeBuckets, self.relative_buckets),
            (Field::NormsPerLayer, self.norm.per_layer),
            (Field::NumbersOfNorm, self.norm.numbers),
        ] {
            self.between(field, size, 0, MOST)?;
        }
        if let Some(window) = self.window {
            self.between(Field::Window, window.size, 1, u64::MAX)?;
            self.between(Field::WindowedLayers, window.layers, 0, self.attention_layers())?;
        }
        self.between(Field::NetworksAlone, self.network_alone, 0, self.layers)?;
        if let Some(recurrent) = self.recurrent {
            self.between(Field::RecurrentLayers, recurrent.layers, 0, self.layers - self.network_alone)?;
        }
        self.between(Field::WithoutNetwork, self.without_network, 0, self.layers - self.network_alone)?;
        self.check_experts()?;
        self.check_latent()?;
        self.check_heads()
    }

    fn between(&self, field: Field, size: u64, least: u64, most: u64) -> Result<(), BudgetError> {
        if (least..=most).contains(&size) {
            return Ok(());
        }
        Err(BudgetError::BadField { name: self.name.clone(), field, size, least, most })
    }

    fn check_experts(&self) -> Result<(), BudgetError> {
        let Some(experts) = self.experts else { return Ok(()) };
        self.between(Field::Experts, experts.count, 1, MOST)?;
        self.between(Field::ActiveExperts, experts.active, 1, experts.count)?;
        self.between(Field::SharedWidth, experts.shared_d_ff, 0, MOST * MOST)?;
        self.between(Field::ExpertWidth, experts.d_ff, 1, MOST)?;
        self.between(Field::InnerWidth, experts.inner, 0, MOST)?;
        self.between(Field::DenseLayers, experts.dense_layers, 0, self.layers - self.without_network)
    }

    fn check_latent(&self) -> Result<(), BudgetError> {
        let Some(latent) = self.latent else { return Ok(()) };
        self.between(Field::QRank, latent.q_rank, 0, MOST)?;
        self.between(Field::KvRank, latent.kv_rank, 1, MOST)?;
        self.between(Field::Nope, latent.nope, 1, MOST)?;
        self.between(Field::Rope, latent.rope, 0, MOST)?;
        self.between(Field::ValueWidth, latent.value, 1, MOST)?;
        let Some(indexer) = self.indexer else { return Ok(()) };
        self.between(Field::IndexHeads, indexer.heads, 1, MOST)?;
        self.between(Field::IndexWidth, indexer.width, 1, MOST)?;
        self.between(Field::IndexedKeys, indexer.top, 1, u64::MAX)
    }

    fn check_heads(&self) -> Result<(), BudgetError> {
        if self.kv_heads > 0 && self.heads.is_multiple_of(self.kv_heads) {
            return Ok(());
        }
        let (name, heads, kv_heads) = (self.name.clone(), self.heads, self.kv_heads);
        Err(BudgetError::HeadsDoNotDivide { name, heads, kv_heads })
    }

    /// How many of the layers see everything, and how many only a window.
    ///
    /// # Examples
    /// ```
    /// use concepts::budget::find;
    /// assert_eq!(find("gemma-3-12b")?.config.full_and_windowed_layers(), (8, 40));
    /// # Ok::<(), concepts::budget::BudgetError>(())
    /// ```
    pub fn full_and_windowed_layers(&self) -> (u64, u64) {
        let layers = self.attention_layers();
        let windowed = self.window.map_or(0, |window| window.layers.min(layers));
        (layers - windowed, windowed)
    }

    /// Layers with attention; the others keep a state in its place, or are a network alone.
    pub fn attention_layers(&self) -> u64 {
        let state = self.recurrent.filter(|state| !state.beside).map_or(0, |state| state.layers);
        self.layers.saturating_sub(self.network_alone).saturating_sub(state)
    }
}
