//! Sizes, norms, positions, windows.

use super::Family;
use crate::activation::Activation;
use crate::budget::{Bias, OtherLayers, RopeConfig, RopeMethod};
use crate::position::rope::{Layout, Scaling};

/// How a token's features are brought to one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Norm {
    /// `x / √(mean(x²) + ε) ⊙ (offset + g)`
    Rms {
        /// What is added to the stored gain: 1 in Gemma's own files, 0 elsewhere.
        offset: f64,
    },
    /// `(x − mean(x)) / √(var(x) + ε) ⊙ g + b`
    Layer,
}

/// What one layer has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerConfig {
    /// How many tokens it sees, the newest included; `None`: all.
    pub window: Option<usize>,
    /// Which of [`Config::ropes`] turns its queries and keys; `None`: they are not turned.
    pub rope: Option<usize>,
}

/// A decoder-only transformer, as far as its arithmetic is concerned.
///
/// # Formula
/// With `N` a norm, `x` one row a token:
///
/// ```text
/// x = E[tokens] · embedding_scale (+ P[positions])
/// for each layer:   x = x + N'(Attention(N(x)))      N' only with norms_after
///                   x = x + N'(FeedForward(N(x)))
/// logits = cap(N(x) Headᵀ),   cap(z) = c tanh(z/c)
/// ```
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Family};
/// let text = r#"{"model_type": "llama", "hidden_size": 576, "num_hidden_layers": 30,
///     "num_attention_heads": 9, "num_key_value_heads": 3, "intermediate_size": 1536,
///     "vocab_size": 49152, "rope_theta": 100000.0, "tie_word_embeddings": true}"#;
/// let read = Config::from_huggingface(text, "config.json")?;
/// assert_eq!(read.config.family, Family::Llama);
/// assert_eq!((read.config.layers.len(), read.config.head_dim), (30, 64));
/// // What the file leaves out, and what transformers takes for it.
/// assert!(read.assumed.contains(&("rms_norm_eps".into(), "0.000001".into())));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The architecture.
    pub family: Family,
    /// Width of the stream.
    pub d_model: usize,
    /// Query heads.
    pub heads: usize,
    /// Key/value heads; query head `h` reads the one numbered `h · kv_heads / heads`.
    pub kv_heads: usize,
    /// Width of a head.
    pub head_dim: usize,
    /// Width of the feed-forward network.
    pub d_ff: usize,
    /// Size of the vocabulary.
    pub vocab: usize,
    /// Longest text that the model is meant for.
    pub context: usize,
    /// The layers, first to last.
    pub layers: Vec<LayerConfig>,
    /// The kind of all norms.
    pub norm: Norm,
    /// `ε` of all norms.
    pub eps: f64,
    /// Is there a norm after attention and after the feed-forward network, too?
    pub norms_after: bool,
    /// Are queries and keys normed, head by head, before they are turned?
    pub qk_norm: bool,
    /// Which projections have a bias.
    pub bias: Bias,
    /// Has the feed-forward network a gate: `(f(x G) ⊙ x U) D` in the place of `f(x U) D`?
    pub gated: bool,
    /// `f`.
    pub activation: Activation,
    /// Is a learned vector added for each position?
    pub learned_positions: bool,
    /// The rotary embeddings that layers use.
    pub ropes: Vec<RopeConfig>,
    /// Which features are turned together.
    pub layout: Layout,
    /// What scores are multiplied with; mostly `1/√head_dim`.
    pub score_scale: f64,
    /// Soft cap of scores.
    pub score_cap: Option<f64>,
    /// Soft cap of logits.
    pub logit_cap: Option<f64>,
    /// What embeddings are multiplied with.
    pub embedding_scale: f64,
    /// Are the logits taken with the embedding matrix?
    pub tied: bool,
}

/// A configuration, and what was done with the file.
#[derive(Debug, Clone, PartialEq)]
pub struct FromFile {
    /// The model.
    pub config: Config,
    /// Fields that the file has not, and what was taken for them.
    pub assumed: Vec<(String, String)>,
    /// Fields of the file that may matter and were not used.
    pub unused: Vec<String>,
}

impl Config {
    /// A small model of LLaMA's kind, for examples and tests: two layers of width 16, four heads over two,
    /// 32 tokens. [`Model::random`](crate::decoder::Model::random) gives it weights.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::Config;
    /// assert_eq!(Config::small().layers.len(), 2);
    /// ```
    pub fn small() -> Config {
        let rope = RopeConfig {
            kind: "default".into(),
            head_dim: 4,
            rotary_dim: 4,
            base: 10_000.0,
            method: RopeMethod::Scaled(Scaling::None),
            attention_factor: 1.0,
            score_factor: 1.0,
            displaced_base: None,
            train_len: 64,
            context: 64,
            others: OtherLayers::default(),
            assumed: Vec::new(),
            unused: Vec::new(),
        };
        Config {
            family: Family::Llama,
            d_model: 16,
            heads: 4,
            kv_heads: 2,
            head_dim: 4,
            d_ff: 24,
            vocab: 32,
            context: 64,
            layers: vec![LayerConfig { window: None, rope: Some(0) }; 2],
            norm: Norm::Rms { offset: 0.0 },
            eps: 1e-5,
            norms_after: false,
            qk_norm: false,
            bias: Bias::NONE,
            gated: true,
            activation: Activation::SILU,
            learned_positions: false,
            ropes: vec![rope],
            layout: Layout::Halves,
            score_scale: 0.5,
            score_cap: None,
            logit_cap: None,
            embedding_scale: 1.0,
            tied: true,
        }
    }

    /// Query heads that read one key/value head.
    pub fn group(&self) -> usize {
        self.heads / self.kv_heads
    }
}
