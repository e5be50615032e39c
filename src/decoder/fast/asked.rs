//! Which tokens go through a layer.

use super::attend::Span;
use super::turn::Turns;
use crate::decoder::change::Settings;
use crate::numerics::Scratch;

/// Tokens: where they lie among the rows at hand, and the tables of every rotary embedding for them.
pub(super) struct Asked {
    pub(super) spans: Vec<Span>,
    pub(super) turns: Vec<Turns>,
}

impl Asked {
    pub(super) fn new(settings: &Settings, frequencies: &[Vec<f64>], spans: Vec<Span>) -> Self {
        let config = &settings.config;
        let ropes = config.ropes.iter().zip(frequencies);
        let table = |(rope, frequencies): (&crate::budget::RopeConfig, &Vec<f64>)| {
            let positions = spans.iter().flat_map(|span| span.first..span.first + span.rows.len());
            let positions = positions.map(|place| settings.position(place));
            Turns::new(frequencies, rope.attention_factor, config.layout, positions)
        };
        let turns = ropes.map(table).collect();
        Self { spans, turns }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.spans.last().map_or(0, |span| span.rows.end)
    }

    /// The last token of each text alone, if there are others.
    pub(super) fn last(&self, settings: &Settings, frequencies: &[Vec<f64>]) -> Option<Self> {
        if self.len() == self.spans.len() {
            return None;
        }
        let last =
            |(i, span): (usize, &Span)| Span { rows: i..i + 1, first: span.first + span.rows.len() - 1 };
        Some(Self::new(settings, frequencies, self.spans.iter().enumerate().map(last).collect()))
    }

    /// The last row of each text.
    ///
    /// # Shapes
    /// `x (rows, d)` → `(texts, d)`
    pub(super) fn last_rows(&self, x: &[f32], d: usize) -> Scratch {
        let mut rows = Scratch::new(self.spans.len() * d);
        for (row, span) in rows.chunks_exact_mut(d).zip(&self.spans) {
            row.copy_from_slice(&x[(span.rows.end - 1) * d..][..d]);
        }
        rows
    }
}
