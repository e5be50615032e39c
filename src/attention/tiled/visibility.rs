//! What a mask means for a tile: hidden altogether, visible altogether, or mixed.

use std::ops::Range;

use ndarray::{Array2, ArrayView1, Axis};

use crate::attention::Mask;

/// A mask taken apart into its rules; a pair is visible if all of them allow it.
pub(super) struct Visibility<'a> {
    n_q: usize,
    n_k: usize,
    causal: bool,
    /// How many keys a query reaches back, its own included; `n_k` or more is no limit.
    window: usize,
    paddings: Vec<&'a [bool]>,
    tables: Vec<&'a Array2<bool>>,
}

/// How much of a tile is visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nothing: the tile is skipped.
    Nothing,
    /// Everything: the tile pays nothing for the mask.
    All,
    /// Some pairs: hidden scores have to be overwritten.
    Some,
}

impl<'a> Visibility<'a> {
    /// Takes the mask apart.
    pub(super) fn new(mask: &'a Mask, n_q: usize, n_k: usize) -> Self {
        let (paddings, tables) = (Vec::new(), Vec::new());
        let mut all = Self { n_q, n_k, causal: false, window: usize::MAX, paddings, tables };
        all.add(mask);
        all
    }

    fn add(&mut self, mask: &'a Mask) {
        match mask {
            Mask::None => {}
            Mask::Causal => self.causal = true,
            Mask::Window(w) => {
                self.causal = true;
                self.window = self.window.min(*w);
            }
            Mask::Padding(real) => self.paddings.push(real),
            Mask::Pairs(table) => self.tables.push(table),
            Mask::Both(a, b) => {
                self.add(a);
                self.add(b);
            }
        }
    }

    /// One past the last key that a query may see under the causal rule.
    fn causal_end(&self, query: usize) -> usize {
        if self.causal { query + 1 + self.n_k - self.n_q } else { self.n_k }
    }

    /// The first key that a query may see under the window.
    fn window_start(&self, query: usize) -> usize {
        if self.window >= self.n_k { 0 } else { self.causal_end(query).saturating_sub(self.window) }
    }

    /// The first key that any of the queries may see: no tile is computed before it.
    pub(super) fn keys_start(&self, queries: &Range<usize>) -> usize {
        self.window_start(queries.start)
    }

    /// One past the last key that any of the queries may see: no tile is computed beyond it.
    pub(super) fn keys_end(&self, queries: &Range<usize>) -> usize {
        self.causal_end(queries.end - 1)
    }

    /// How much of this tile is visible?
    pub(super) fn of_tile(&self, queries: &Range<usize>, keys: &Range<usize>) -> Seen {
        let paddings = self.paddings.iter().map(|real| seen(&real[keys.clone()]));
        let tables = self.tables.iter().map(|table| {
            let rows = queries.clone().map(|i| seen(part(table, i, keys)));
            rows.reduce(Seen::beside).unwrap_or(Seen::Nothing)
        });
        let before_all_ends = keys.end <= self.causal_end(queries.start);
        let after_all_starts = keys.start >= self.window_start(queries.end - 1);
        let band = if before_all_ends && after_all_starts { Seen::All } else { Seen::Some };
        paddings.chain(tables).fold(band, Seen::and)
    }

    /// Overwrites the hidden scores of a tile with −∞, which gives them the weight 0.
    ///
    /// # Shapes
    /// `scores (keys, block)`, of which the first `queries.len()` columns are in use
    pub(super) fn hide(&self, queries: &Range<usize>, keys: &Range<usize>, block: usize, scores: &mut [f32]) {
        for (j, row) in keys.clone().zip(scores.chunks_exact_mut(block)) {
            if self.causal {
                // Hidden from the queries before the one lined up with this key: a prefix of the row.
                let first = (j + self.n_q).saturating_sub(self.n_k);
                row[..first.clamp(queries.start, queries.end) - queries.start].fill(f32::NEG_INFINITY);
                // Out of the window of the queries that come too long after it: a suffix of the row.
                let last = (j + self.n_q).saturating_add(self.window).saturating_sub(self.n_k);
                let in_use = &mut row[..queries.len()];
                in_use[last.clamp(queries.start, queries.end) - queries.start..].fill(f32::NEG_INFINITY);
            }
            if self.paddings.iter().any(|real| !real[j]) {
                row.fill(f32::NEG_INFINITY);
            }
        }
        for table in &self.tables {
            for (column, i) in queries.clone().enumerate() {
                for (row, allowed) in scores.chunks_exact_mut(block).zip(part(table, i, keys)) {
                    if !allowed {
                        row[column] = f32::NEG_INFINITY;
                    }
                }
            }
        }
    }
}

/// Row `i` of the table, for some of the keys.
fn part<'b>(table: &'b Array2<bool>, i: usize, keys: &Range<usize>) -> ArrayView1<'b, bool> {
    table.row(i).slice_axis_move(Axis(0), keys.clone().into())
}

/// Are all, some or none of the flags set?
fn seen<'b>(flags: impl IntoIterator<Item = &'b bool>) -> Seen {
    let (count, set) = flags.into_iter().fold((0, 0), |(n, set), &flag| (n + 1, set + usize::from(flag)));
    match set {
        0 => Seen::Nothing,
        _ if set == count => Seen::All,
        _ => Seen::Some,
    }
}

impl Seen {
    /// Of a tile under two rules.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Seen::Nothing, _) | (_, Seen::Nothing) => Seen::Nothing,
            (Seen::All, Seen::All) => Seen::All,
            _ => Seen::Some,
        }
    }

    /// Of two parts of a tile together.
    fn beside(self, other: Self) -> Self {
        if self == other { self } else { Seen::Some }
    }
}
