//! What may be changed of a trained model before it is run.

use super::words::Place;
use super::{Config, DecoderError, Keeping};
use crate::activation::Activation;
use crate::budget::RopeMethod;
use crate::position::rope::Scaling;

/// One change. Several are made in their order.
///
/// A change that changes nothing, such as heads pooled to as many as there are, gives the same bits.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Queries and keys are not turned: every token stands at position 0.
    RopeOff,
    /// Other frequencies in every layer that turns.
    RopeScaled(Scaling),
    /// Tokens from place `from` of a text on stand `by` positions further than they do: what lies between is
    /// not there, and what is far apart can be looked at without the text that would fill it.
    Gap {
        /// The first place that is moved.
        from: usize,
        /// By how many positions.
        by: usize,
    },
    /// Scores are not multiplied with `1/√head_dim`, or what stands in its place.
    NoScale,
    /// These heads, `(layer, head)`, say nothing: their output is 0.
    DropHeads(Vec<(usize, usize)>),
    /// Key/value heads are pooled to so many, each the mean of neighbours, as grouped-query attention is
    /// begun from a trained model (Ainslie et al. 2023, *GQA*).
    PoolKvHeads(usize),
    /// The cache keeps numbers of so many bits: 64, 32, 16, 8 or 4.
    CacheBits(u32),
    /// Another function in the feed-forward networks.
    Activation(Activation),
}

/// A configuration with changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    pub(super) config: Config,
    /// Key/value heads after pooling.
    pub(super) kv_heads: usize,
    pub(super) dropped: Vec<(usize, usize)>,
    pub(super) keeping: Keeping,
    /// From which place on, and by how much, positions are moved.
    pub(super) gap: Option<(usize, usize)>,
}

impl Settings {
    /// Nothing is different.
    pub(super) fn plain(config: &Config) -> Settings {
        let (kv_heads, dropped) = (config.kv_heads, Vec::new());
        Settings { config: config.clone(), kv_heads, dropped, keeping: Keeping::F64, gap: None }
    }

    pub(super) fn new(config: &Config, changes: &[Change]) -> Result<Settings, DecoderError> {
        let mut settings = Settings::plain(config);
        for change in changes {
            settings.make(change)?;
        }
        Ok(settings)
    }

    fn make(&mut self, change: &Change) -> Result<(), DecoderError> {
        let config = &mut self.config;
        match change {
            Change::RopeOff => {
                rotates(config)?;
                config.layers.iter_mut().for_each(|layer| layer.rope = None);
            }
            Change::RopeScaled(scaling) => {
                rotates(config)?;
                for rope in &mut config.ropes {
                    rope.method = RopeMethod::Scaled(*scaling);
                    rope.attention_factor = scaling.attention_factor();
                    rope.frequencies(1)?;
                }
            }
            &Change::Gap { from, by } => {
                rotates(config)?;
                self.gap = Some((from, by));
            }
            Change::NoScale => config.score_scale = 1.0,
            Change::DropHeads(heads) => {
                for &(layer, head) in heads {
                    check(Place::Layer, layer, config.layers.len())?;
                    check(Place::Head, head, config.heads)?;
                }
                self.dropped.extend(heads);
            }
            &Change::PoolKvHeads(asked) => {
                let kv_heads = config.kv_heads;
                if asked == 0 || !kv_heads.is_multiple_of(asked) {
                    return Err(DecoderError::Pool { kv_heads, asked });
                }
                self.kv_heads = asked;
            }
            &Change::CacheBits(bits) => self.keeping = Keeping::of_bits(bits)?,
            &Change::Activation(activation) => config.activation = activation,
        }
        Ok(())
    }
}

impl Settings {
    /// Where a token of a text stands.
    pub(super) fn position(&self, place: usize) -> usize {
        match self.gap {
            Some((from, by)) if place >= from => place.saturating_add(by),
            _ => place,
        }
    }
}

fn rotates(config: &Config) -> Result<(), DecoderError> {
    if config.layers.iter().any(|layer| layer.rope.is_some()) {
        Ok(())
    } else {
        Err(DecoderError::NoRotation)
    }
}

/// Is there a layer or head of this number?
pub(super) fn check(place: Place, number: usize, count: usize) -> Result<(), DecoderError> {
    if number < count { Ok(()) } else { Err(DecoderError::NoSuch { place, number, count }) }
}
