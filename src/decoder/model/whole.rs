//! The parts together.

use super::load::Loader;
use super::names::Part;
use super::{Gains, Linear, Naming};
use crate::decoder::{Config, DecoderError, Tensors};

/// The weights of one layer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layer {
    pub(crate) attention_norm: Gains,
    pub(crate) queries: Linear,
    pub(crate) keys: Linear,
    pub(crate) values: Linear,
    pub(crate) output: Linear,
    pub(crate) query_norm: Option<Gains>,
    pub(crate) key_norm: Option<Gains>,
    pub(crate) after_attention: Option<Gains>,
    pub(crate) network_norm: Gains,
    pub(crate) gate: Option<Linear>,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) after_network: Option<Gains>,
}

/// A decoder's configuration and weights.
///
/// # Examples
/// ```
/// use concepts::decoder::{Config, Model};
/// let model = Model::random(Config::small(), 7)?;
/// let logits = model.decoder().pass(&[3, 1, 4])?;
/// assert_eq!(logits.dim(), (3, 32));
/// # Ok::<(), concepts::decoder::DecoderError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(crate) config: Config,
    pub(crate) embedding: Linear,
    pub(crate) positions: Option<Linear>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) last_norm: Gains,
    pub(crate) head: Option<Linear>,
    unused: Vec<String>,
}

impl Model {
    /// A model from its configuration and the tensors of a file.
    ///
    /// Each tensor must be there, in its shape, and no other: what a configuration has no place for would
    /// change the result. A head that differs from the embedding is used ([`Config::as_stored`]). Tables that are computed anyway are let be ([`Model::unused`]).
    ///
    /// # Errors
    /// [`DecoderError::MissingTensor`], [`DecoderError::SurplusTensor`], [`DecoderError::Shape`].
    pub fn new(config: Config, naming: Naming, tensors: &dyn Tensors) -> Result<Model, DecoderError> {
        let config = config.as_stored(naming, tensors);
        let loader = Loader::new(&config, naming, tensors);
        Model::built(&config, loader)
    }

    /// A model with weights drawn at random: it says nothing, but it says it as a trained one would.
    ///
    /// # Errors
    /// None for a configuration whose sizes are above 0; the type is that of [`Model::new`].
    pub fn random(config: Config, seed: u64) -> Result<Model, DecoderError> {
        Model::built(&config, Loader::drawn(&config, seed))
    }

    fn built(config: &Config, mut loader: Loader) -> Result<Model, DecoderError> {
        let embedding = loader.table(Part::Embedding, config.vocab, config.d_model)?;
        let positions = match config.learned_positions {
            true => Some(loader.table(Part::Positions, config.context, config.d_model)?),
            false => None,
        };
        let layers =
            (0..config.layers.len()).map(|i| layer(&mut loader, config, i)).collect::<Result<_, _>>()?;
        let last_norm = loader.norm(Part::LastNorm, 0, config.d_model)?;
        let head = match config.tied {
            true => None,
            false => Some(loader.table(Part::Head, config.vocab, config.d_model)?),
        };
        let unused = loader.left_over()?;
        Ok(Model { config: config.clone(), embedding, positions, layers, last_norm, head, unused })
    }

    /// What it is built of.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Tensors of the file that nothing needs.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// Number of weights; a tied head counts once.
    ///
    /// # Examples
    /// ```
    /// use concepts::decoder::{Config, Model};
    /// let model = Model::random(Config::small(), 7)?;
    /// // Embedding; of each layer two norms, four projections, a network of three matrices; a last norm.
    /// let layer = 2 * 16 + (16 + 8 + 8 + 16) * 16 + 3 * 24 * 16;
    /// assert_eq!(model.parameters(), 32 * 16 + 2 * layer + 16);
    /// # Ok::<(), concepts::decoder::DecoderError>(())
    /// ```
    pub fn parameters(&self) -> usize {
        let outer = [Some(&self.embedding), self.positions.as_ref(), self.head.as_ref()];
        let outer: usize = outer.into_iter().flatten().map(Linear::parameters).sum();
        outer + self.last_norm.parameters() + self.layers.iter().map(Layer::parameters).sum::<usize>()
    }
}

impl Layer {
    fn parameters(&self) -> usize {
        let linear = [&self.queries, &self.keys, &self.values, &self.output, &self.up, &self.down];
        let linear = linear.into_iter().chain(&self.gate).map(Linear::parameters);
        let extra = [&self.query_norm, &self.key_norm, &self.after_attention, &self.after_network];
        let norms = [&self.attention_norm, &self.network_norm].into_iter().chain(extra.into_iter().flatten());
        linear.sum::<usize>() + norms.map(Gains::parameters).sum::<usize>()
    }
}

fn layer(loader: &mut Loader, config: &Config, i: usize) -> Result<Layer, DecoderError> {
    let (d, d_ff, head_dim) = (config.d_model, config.d_ff, config.head_dim);
    let [queries, keys, values] = loader.queries_keys_values(i)?;
    let mut norm = |there: bool, part, width| match there {
        true => loader.norm(part, i, width).map(Some),
        false => Ok(None),
    };
    Ok(Layer {
        query_norm: norm(config.qk_norm, Part::QueryNorm, head_dim)?,
        key_norm: norm(config.qk_norm, Part::KeyNorm, head_dim)?,
        after_attention: norm(config.norms_after, Part::AfterAttention, d)?,
        after_network: norm(config.norms_after, Part::AfterNetwork, d)?,
        attention_norm: loader.norm(Part::AttentionNorm, i, d)?,
        network_norm: loader.norm(Part::NetworkNorm, i, d)?,
        queries,
        keys,
        values,
        output: loader.linear(Part::Output, i, (d, config.heads * head_dim), config.bias.output)?,
        gate: match config.gated {
            true => Some(loader.linear(Part::Gate, i, (d_ff, d), config.bias.feed_forward)?),
            false => None,
        },
        up: loader.linear(Part::Up, i, (d_ff, d), config.bias.feed_forward)?,
        down: loader.linear(Part::Down, i, (d, d_ff), config.bias.feed_forward)?,
    })
}
