//! What one wants to see inside a pass, and what was seen.

use ndarray::Array2;

use super::change::check;
use super::words::Place;
use super::{Config, DecoderError};

/// Which heads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Heads {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// These: `(layer, head)`.
    Of(Vec<(usize, usize)>),
}

/// Which layers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Layers {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// These.
    Of(Vec<usize>),
}

/// What to look at during a pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// Attention weights.
    pub attention: Heads,
    /// The stream before a layer; the number of layers asks for what leaves the last one, before its norm.
    pub residual: Layers,
    /// What enters the last matrix of a feed-forward network: `f(x G) ⊙ x U`.
    pub activations: Layers,
}

/// What was seen, in the order in which it was computed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// `(layer, head)` and its weights, `(new tokens, all tokens)`.
    pub attention: Vec<((usize, usize), Array2<f64>)>,
    /// The layer and the stream before it, `(new tokens, d_model)`.
    pub residual: Vec<(usize, Array2<f64>)>,
    /// The layer and its activations, `(new tokens, d_ff)`.
    pub activations: Vec<(usize, Array2<f64>)>,
}

impl Ask {
    /// All there is. It may be much: the attention of `n` tokens takes `layers · heads · n²` numbers.
    pub fn everything() -> Ask {
        Ask { attention: Heads::All, residual: Layers::All, activations: Layers::All }
    }

    /// The attention weights of every head.
    pub fn attention() -> Ask {
        Ask { attention: Heads::All, ..Ask::default() }
    }

    /// Are there such layers and heads?
    pub(super) fn check(&self, config: &Config) -> Result<(), DecoderError> {
        let layers = config.layers.len();
        if let Heads::Of(heads) = &self.attention {
            for &(layer, head) in heads {
                check(Place::Layer, layer, layers)?;
                check(Place::Head, head, config.heads)?;
            }
        }
        // One more stream than layers: the one that leaves the last.
        for (asked, count) in [(&self.residual, layers + 1), (&self.activations, layers)] {
            if let Layers::Of(asked) = asked {
                asked.iter().try_for_each(|&layer| check(Place::Layer, layer, count))?;
            }
        }
        Ok(())
    }
}

/// Who looks on: notes what was asked for.
pub(super) struct Witness<'a> {
    pub(super) ask: &'a Ask,
    pub(super) seen: Seen,
}

impl Witness<'_> {
    pub(super) fn attention(&mut self, layer: usize, head: usize, weights: &Array2<f64>) {
        let wanted = match &self.ask.attention {
            Heads::None => false,
            Heads::All => true,
            Heads::Of(heads) => heads.contains(&(layer, head)),
        };
        if wanted {
            self.seen.attention.push(((layer, head), weights.clone()));
        }
    }

    pub(super) fn residual(&mut self, layer: usize, x: &Array2<f64>) {
        if self.ask.residual.has(layer) {
            self.seen.residual.push((layer, x.clone()));
        }
    }

    pub(super) fn activations(&mut self, layer: usize, x: &Array2<f64>) {
        if self.ask.activations.has(layer) {
            self.seen.activations.push((layer, x.clone()));
        }
    }
}

impl Layers {
    fn has(&self, layer: usize) -> bool {
        match self {
            Layers::None => false,
            Layers::All => true,
            Layers::Of(layers) => layers.contains(&layer),
        }
    }
}
