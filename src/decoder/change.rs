//! What may be changed of a trained model before it is run.

use std::ops::Range;

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
    /// Nothing says where a token stands: queries and keys are not turned, and no row of a learned table is
    /// added. What is left of the order is what the causal mask gives away.
    NoPositions,
    /// Other frequencies, as a factor in the model's own file gives them: in every layer that turns, of a model with a
    /// second rotary embedding for layers with a window not in those.
    RopeScaled(Scaling),
    /// Tokens from place `from` of a text on stand `by` positions further than they do: what lies between is
    /// not there, and what is far apart can be looked at without the text that would fill it. A learned table
    /// gives the row of the moved position; a layer with a window does not see farther than that.
    Gap {
        /// The first place that is moved.
        from: usize,
        /// By how many positions.
        by: usize,
    },
    /// From a token to the next it is so many positions in the place of one: with 2 all tokens stand twice as
    /// far apart, with a negative number positions run backwards from 0. A gap is added to that.
    Step(i64),
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
    /// Positions from a token to the next.
    step: i64,
    /// From which place on, and by how much, positions are moved.
    gap: Option<(usize, usize)>,
}

impl Settings {
    /// Nothing is different.
    pub(super) fn plain(config: &Config) -> Settings {
        let (kv_heads, dropped) = (config.kv_heads, Vec::new());
        Settings { config: config.clone(), kv_heads, dropped, keeping: Keeping::F64, step: 1, gap: None }
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
            Change::NoPositions => {
                config.layers.iter_mut().for_each(|layer| layer.rope = None);
                config.learned_positions = false;
            }
            Change::RopeScaled(scaling) => {
                rotates(config)?;
                if let Some(rope) = config.ropes.first_mut() {
                    rope.method = RopeMethod::Scaled(*scaling);
                    rope.attention_factor = scaling.attention_factor();
                    rope.frequencies(1)?;
                }
            }
            &Change::Gap { from, by } => {
                counts(config)?;
                self.gap = Some((from, by));
            }
            &Change::Step(step) => {
                counts(config)?;
                self.step = step;
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
    pub(super) fn position(&self, place: usize) -> i64 {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let counted = whole(place).saturating_mul(self.step);
        match self.gap {
            Some((from, by)) if place >= from => counted.saturating_add(whole(by)),
            _ => counted,
        }
    }

    /// The first place that a token sees in a layer with such a window: what stands at another position so far away is
    /// hidden, and what lies behind it.
    pub(super) fn first_seen(&self, place: usize, window: usize) -> usize {
        if self.step == 1 && self.gap.is_none() {
            return (place + 1).saturating_sub(window);
        }
        let (here, window) = (self.position(place), window as u64);
        let is_near = |other: &usize| here.abs_diff(self.position(*other)) < window;
        (0..place).rev().take_while(is_near).last().unwrap_or(place)
    }

    /// Which row of the table of positions a token gets that stands at a place of a text; none where there is no table.
    pub(super) fn row(&self, place: usize) -> Option<usize> {
        usize::try_from(self.position(place)).ok().filter(|_| self.config.learned_positions)
    }

    /// Has the table of positions, which has so many rows, one for every token at these places?
    pub(super) fn check_rows(&self, places: Range<usize>, rows: usize) -> Result<(), DecoderError> {
        let tokens = places.end;
        if !self.config.learned_positions {
            return Ok(());
        }
        let is_as_counted = self.step == 1 && self.gap.is_none();
        let is_row = |position: &i64| usize::try_from(*position).is_ok_and(|row| row < rows);
        match places.map(|place| self.position(place)).find(|position| !is_row(position)) {
            Some(_) if is_as_counted => Err(DecoderError::TooLong { tokens, context: rows }),
            Some(position) => Err(DecoderError::NoRow { position, rows }),
            None => Ok(()),
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

/// Do positions mean anything to the model?
fn counts(config: &Config) -> Result<(), DecoderError> {
    if config.learned_positions { Ok(()) } else { rotates(config) }
}

/// Is there a layer or head of this number?
pub(super) fn check(place: Place, number: usize, count: usize) -> Result<(), DecoderError> {
    if number < count { Ok(()) } else { Err(DecoderError::NoSuch { place, number, count }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_hides_what_stands_farther_away() {
        let seen = |changes: &[Change], places: &[usize]| {
            let settings = Settings::new(&Config::small(), changes).unwrap();
            places.iter().map(|place| settings.first_seen(*place, 4)).collect::<Vec<_>>()
        };
        assert_eq!(seen(&[], &[0, 3, 4, 9]), [0, 0, 1, 6]);
        // Across a gap of two, one token less far back is seen; across a large one, none.
        assert_eq!(seen(&[Change::Gap { from: 5, by: 2 }], &[4, 5, 6, 9]), [1, 4, 5, 6]);
        assert_eq!(seen(&[Change::Gap { from: 5, by: 90 }], &[4, 5, 6, 9]), [1, 5, 5, 6]);
        assert_eq!(seen(&[Change::Gap { from: 0, by: 90 }], &[0, 3, 9]), [0, 0, 6]);
        assert_eq!(seen(&[Change::Step(2)], &[0, 1, 9]), [0, 0, 8]);
        assert_eq!(seen(&[Change::Step(-1), Change::Gap { from: 0, by: 9 }], &[3, 9]), [0, 6]);
    }

    #[test]
    fn a_factor_is_that_of_the_first_embedding() {
        let mut config = Config::small();
        config.ropes.push(config.ropes[0].clone());
        let scaling = Scaling::Interpolation { factor: 2.0 };
        let changed = Settings::new(&config, &[Change::RopeScaled(scaling)]).unwrap().config;
        assert_eq!(changed.ropes[0].method, RopeMethod::Scaled(scaling));
        assert_eq!(changed.ropes[1], config.ropes[1]);
    }
}
