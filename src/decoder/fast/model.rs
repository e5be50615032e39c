//! The weights, each at its place.

use super::FastError;
use super::norm::FastNorm;
use super::parts::{Parts, Projection};
use crate::budget::{RopeConfig, RopeMethod};
use crate::decoder::model::Part;
use crate::decoder::{Config, DecoderError, Naming};
use crate::linear::Linear;
use crate::weights::Tensor;

/// The weights of one layer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FastLayer<'b> {
    pub(super) attention_norm: FastNorm,
    /// Queries, keys, values.
    pub(super) inputs: [Projection<'b>; 3],
    pub(super) output: Projection<'b>,
    pub(super) query_norm: Option<FastNorm>,
    pub(super) key_norm: Option<FastNorm>,
    pub(super) after_attention: Option<FastNorm>,
    pub(super) network_norm: FastNorm,
    pub(super) gate: Option<Projection<'b>>,
    pub(super) up: Projection<'b>,
    pub(super) down: Projection<'b>,
    pub(super) after_network: Option<FastNorm>,
}

/// A decoder's configuration and weights; the matrices are those bytes of the file. Only those of GPT-2 as Hugging Face
/// stores them are copied, because they lie the other way.
///
/// # Examples
/// ```
/// use concepts::decoder::fast::{FastError, FastModel};
/// use concepts::decoder::{Config, DecoderError, Naming};
/// // A file without tensors.
/// let refused = FastModel::new(Config::small(), Naming::Gguf, []).unwrap_err();
/// assert!(matches!(refused, FastError::Decoder(DecoderError::MissingTensor { .. })));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FastModel<'b> {
    pub(super) config: Config,
    pub(super) embedding: Linear<'b>,
    pub(super) positions: Option<Linear<'b>>,
    pub(super) layers: Vec<FastLayer<'b>>,
    pub(super) last_norm: FastNorm,
    pub(super) head: Option<Linear<'b>>,
    /// The frequencies of each rotary embedding.
    pub(super) frequencies: Vec<Vec<f64>>,
    unused: Vec<String>,
}

impl<'b> FastModel<'b> {
    /// A model from its configuration and the tensors of a file. Only vectors are decoded.
    ///
    /// # Errors
    /// As [`Model::new`](crate::decoder::Model::new); [`FastError::Linear`].
    pub fn new(
        config: Config,
        naming: Naming,
        tensors: impl IntoIterator<Item = Tensor<'b>>,
    ) -> Result<FastModel<'b>, FastError> {
        let tensors: Vec<Tensor<'b>> = tensors.into_iter().collect();
        let config = config.as_stored(naming, &tensors);
        let mut parts = Parts::new(&config, naming, tensors);
        let (d, vocab) = (config.d_model, config.vocab);
        let embedding = parts.table(Part::Embedding, [vocab, d])?;
        let positions = match config.learned_positions {
            true => Some(parts.table(Part::Positions, [config.context, d])?),
            false => None,
        };
        let layers =
            (0..config.layers.len()).map(|i| layer(&mut parts, &config, i)).collect::<Result<_, _>>()?;
        let last_norm = parts.norm(Part::LastNorm, 0, d)?;
        let head = if config.tied { None } else { Some(parts.table(Part::Head, [vocab, d])?) };
        let unused = parts.left_over()?;
        let frequencies = frequencies(&config)?;
        Ok(FastModel { config, embedding, positions, layers, last_norm, head, frequencies, unused })
    }

    /// What it is built of.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Tensors of the file that nothing needs.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }
}

/// The frequencies of each rotary embedding, as they are up to the length of training.
pub(super) fn frequencies(config: &Config) -> Result<Vec<Vec<f64>>, FastError> {
    let of_rope = |rope: &RopeConfig| rope.frequencies(1).map_err(DecoderError::from);
    Ok(config.ropes.iter().map(of_rope).collect::<Result<_, _>>()?)
}

/// Beyond so many tokens the frequencies are others: keys that are kept would have to be turned anew.
pub(super) fn check_rotation(config: &Config, tokens: usize) -> Result<(), FastError> {
    let moves = |rope: &&RopeConfig| match &rope.method {
        RopeMethod::Dynamic { .. } => true,
        RopeMethod::Long { short, long } => short != long,
        RopeMethod::Scaled(_) => false,
    };
    let moving = config.ropes.iter().filter(moves);
    match moving.min_by_key(|rope| rope.train_len).filter(|rope| rope.train_len < tokens as u64) {
        Some(RopeConfig { kind, train_len, .. }) => {
            Err(FastError::MovingRotation { kind: kind.clone(), most: *train_len as usize })
        }
        None => Ok(()),
    }
}

fn layer<'b>(parts: &mut Parts<'_, 'b>, config: &Config, i: usize) -> Result<FastLayer<'b>, FastError> {
    let (d, d_ff, width) = (config.d_model, config.d_ff, config.heads * config.head_dim);
    let inputs = parts.queries_keys_values(i)?;
    let mut norm = |there: bool, part, width| match there {
        true => parts.norm(part, i, width).map(Some),
        false => Ok(None),
    };
    Ok(FastLayer {
        query_norm: norm(config.qk_norm, Part::QueryNorm, config.head_dim)?,
        key_norm: norm(config.qk_norm, Part::KeyNorm, config.head_dim)?,
        after_attention: norm(config.norms_after, Part::AfterAttention, d)?,
        after_network: norm(config.norms_after, Part::AfterNetwork, d)?,
        attention_norm: parts.norm(Part::AttentionNorm, i, d)?,
        network_norm: parts.norm(Part::NetworkNorm, i, d)?,
        inputs,
        output: parts.projection(Part::Output, i, [d, width], config.bias.output)?,
        gate: match config.gated {
            true => Some(parts.projection(Part::Gate, i, [d_ff, d], config.bias.feed_forward)?),
            false => None,
        },
        up: parts.projection(Part::Up, i, [d_ff, d], config.bias.feed_forward)?,
        down: parts.projection(Part::Down, i, [d, d_ff], config.bias.feed_forward)?,
    })
}
