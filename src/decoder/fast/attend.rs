//! Attention of one layer, shared out among threads.

use std::ops::Range;

use pulp::Arch;
use rayon::prelude::*;

use super::cache::FastCache;
use super::tile::{Rule, Tile};
use crate::decoder::Config;
use crate::decoder::change::Settings;

/// New tokens of a text: where they lie among the rows of all texts, and where the first stands in its own.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) rows: Range<usize>,
    pub(super) first: usize,
}

/// Tokens of a task: with the heads that share a key/value head they make enough queries for a tile of keys.
const TOKENS: usize = 32;

/// Multiplications below which threads are not worth waking.
const SMALL: usize = 1 << 17;

/// Tokens and key/value head of a task.
struct Task {
    text: usize,
    rows: Range<usize>,
    first: usize,
    head: usize,
}

/// What each new token takes from those that it sees.
///
/// # Shapes
/// `q (rows, heads · head_dim)` → `out` the same
pub(super) fn attend(
    settings: &Settings,
    layer: usize,
    q: &[f32],
    caches: &[&mut FastCache],
    spans: &[Span],
    out: &mut [f32],
) {
    let config = &settings.config;
    let (group, d) = (config.group(), config.head_dim);
    let width = config.heads * d;
    let rule = Rule { scale: config.score_scale, cap: config.score_cap };
    let window = config.layers[layer].window.unwrap_or(usize::MAX);
    let compute = |task: &Task| {
        let positions = task.first..task.first + task.rows.len();
        let seen: Vec<usize> = positions.clone().map(|place| settings.first_seen(place, window)).collect();
        let tile = Tile {
            q: &q[task.rows.start * width..task.rows.end * width],
            cache: caches[task.text],
            layer,
            head: task.head,
            group,
            head_dim: d,
            positions,
            seen: &seen,
            rule,
        };
        Arch::new().dispatch(tile)
    };
    let (tasks, work) = tasks(config, spans);
    let results: Vec<Vec<f32>> = if work < SMALL {
        tasks.iter().map(compute).collect()
    } else {
        tasks.par_iter().map(compute).collect()
    };
    for (task, result) in tasks.iter().zip(&results) {
        let place = task.head * group * d..(task.head + 1) * group * d;
        for (row, from) in task.rows.clone().zip(result.chunks_exact(group * d)) {
            out[row * width..][place.clone()].copy_from_slice(from);
        }
    }
}

/// The tasks, those that see most first, and their multiplications.
fn tasks(config: &Config, spans: &[Span]) -> (Vec<Task>, usize) {
    let mut tasks = Vec::new();
    let mut work = 0;
    for (text, span) in spans.iter().enumerate() {
        for start in span.rows.clone().step_by(TOKENS).rev() {
            let rows = start..(start + TOKENS).min(span.rows.end);
            let first = span.first + start - span.rows.start;
            work += 2 * rows.len() * (first + rows.len()) * config.heads * config.head_dim;
            for head in 0..config.kv_heads {
                tasks.push(Task { text, rows: rows.clone(), first, head });
            }
        }
    }
    (tasks, work)
}
