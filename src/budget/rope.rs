//! The rotary embedding of a configuration.

use crate::position::PositionError;
use crate::position::rope::{Scaling, longrope_frequencies, rope_frequencies};

/// How a configuration changes the frequencies for longer texts.
#[derive(Debug, Clone, PartialEq)]
pub enum RopeMethod {
    /// The same for every length.
    Scaled(Scaling),
    /// [`Scaling::DynamicNtk`], with the length at hand.
    Dynamic {
        /// How much faster than the length the stretch grows.
        factor: f64,
    },
    /// LongRoPE: a factor for each pair.
    Long {
        /// For texts no longer than those of training.
        short: Vec<f64>,
        /// For longer ones.
        long: Vec<f64>,
    },
}

/// The rotary embedding of a configuration, as transformers computes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RopeConfig {
    /// What the file calls it: `default`, `linear`, `dynamic`, `yarn`, `longrope`, `llama3`.
    pub kind: String,
    /// Width of a head; of latent attention that of the rotary key.
    pub head_dim: u64,
    /// How many features of a head turn.
    pub rotary_dim: u64,
    /// Base of the frequencies.
    pub base: f64,
    /// What becomes of the frequencies.
    pub method: RopeMethod,
    /// What cosine and sine are multiplied with, and so queries and keys each.
    pub attention_factor: f64,
    /// What scores are multiplied with besides, as in DeepSeek's models.
    pub score_factor: f64,
    /// The base in `rope_parameters` that does not count, since `rope_scaling` stands in the place of that part as a
    /// whole and names none: then [`base`](Self::base) is the usual one.
    pub displaced_base: Option<f64>,
    /// Length of training before the context was extended.
    pub train_len: u64,
    /// Longest context.
    pub context: u64,
    /// Layers without an embedding, or with another one.
    pub others: OtherLayers,
    /// Fields that the file does not have, and what was taken for them.
    pub assumed: Vec<(String, String)>,
    /// Fields of this part of the file that were not used.
    pub unused: Vec<String>,
}

/// Layers that do not turn as the embedding says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct OtherLayers {
    /// All layers of the model; 0 if all of them turn alike.
    pub of: u64,
    /// Layers without any rotation, as every fourth of SmolLM3 and Llama 4.
    pub plain: u64,
    /// Layers with a window that turn with a base of their own and are not scaled, as those of Gemma 3: how many,
    /// and the base.
    pub local: Option<(u64, f64)>,
}

impl RopeConfig {
    /// The frequencies for a text of this length.
    ///
    /// # Shapes
    /// → `(rotary_dim/2)`
    ///
    /// # Errors
    /// As [`Scaling::frequencies`] and [`longrope_frequencies`].
    ///
    /// # Examples
    /// ```
    /// use concepts::budget::rope_of_huggingface;
    /// let text = r#"{"model_type": "qwen2", "rope_theta": 1000000.0, "max_position_embeddings": 32768,
    ///     "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}"#;
    /// let rope = rope_of_huggingface(text, "config.json")?.unwrap();
    /// assert_eq!(rope.frequencies(131_072).unwrap()[0], 1.0);
    /// # Ok::<(), concepts::budget::BudgetError>(())
    /// ```
    pub fn frequencies(&self, len: usize) -> Result<Vec<f64>, PositionError> {
        let [rotary_dim, train_len] =
            [self.rotary_dim, self.train_len].map(|size| usize::try_from(size).unwrap_or(usize::MAX));
        match &self.method {
            RopeMethod::Scaled(scaling) => scaling.frequencies(rotary_dim, self.base),
            &RopeMethod::Dynamic { factor } => {
                Scaling::DynamicNtk { factor, train_len, len }.frequencies(rotary_dim, self.base)
            }
            RopeMethod::Long { short, long } => {
                let factors = if len > train_len { long } else { short };
                longrope_frequencies(rotary_dim, self.base, factors)
            }
        }
    }

    /// The frequencies before any change.
    ///
    /// # Errors
    /// As [`rope_frequencies`].
    pub fn trained(&self) -> Result<Vec<f64>, PositionError> {
        rope_frequencies(usize::try_from(self.rotary_dim).unwrap_or(usize::MAX), self.base)
    }

    /// What scores are multiplied with, all in all.
    ///
    /// # Formula
    /// `attention_factor² · score_factor`
    pub fn sharpened(&self) -> f64 {
        self.attention_factor * self.attention_factor * self.score_factor
    }
}
