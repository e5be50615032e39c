//! What a model takes at a length of text.

use concepts::decoder::{Config, Keeping};

use super::WORDS;
use super::asked::Asked;
use super::contents::{MIB, stored};
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::real::Real;
use crate::{named, row};

/// The tokens of a long chat, beside which the length asked for is set.
const CHAT: usize = 2048;
/// Bytes of a scale of whole numbers.
const SCALE: u64 = 4;

pub(super) fn findings(real: &Real, asked: &Asked) -> Findings {
    let config = real.config();
    let weights = stored(&real.tensors());
    let meant = config.context;
    let mut lengths = vec![CHAT.min(meant).min(asked.context), meant.min(asked.context), asked.context];
    lengths.dedup();
    let mut grid = Grid::new("memory", &WORDS);
    let mib = |bytes: u64| bytes as f64 / MIB;
    for tokens in lengths {
        let [half, eight] = [Keeping::F16, Keeping::Int8].map(|keeping| cache_bytes(config, tokens, keeping));
        let rolling = rolling_bytes(config, tokens);
        let total = mib(weights + half);
        grid = grid.row(row![tokens, mib(weights), mib(half), mib(rolling), mib(eight), total]);
    }
    let mut findings = Findings::default();
    findings.table("memory", grid.table());
    let beyond = (asked.context > meant).then(|| WORDS.with("beyond", &named![meant]));
    findings.note("memory_note", beyond);
    findings.number("kv_token", cache_bytes(config, 1, Keeping::F16) as f64 / 1024.0);
    for (id, size) in [
        ("kv_layers", config.layers.len()),
        ("kv_heads", config.kv_heads),
        ("kv_width", config.head_dim),
        ("kv_shared", config.group()),
    ] {
        findings.number(id, size as f64);
    }
    let plain = |bits: u64| (real.parameters() * bits / 8) as f64 / MIB;
    findings.number("in_32", plain(32));
    findings.number("in_16", plain(16));
    findings.number("as_stored", mib(weights));
    findings
}

/// Bytes of a cache that keeps every token in every layer.
///
/// # Formula
/// `layers · 2 · kv_heads · (head_dim · bits/8 + scale) · tokens`
pub(super) fn cache_bytes(config: &Config, tokens: usize, keeping: Keeping) -> u64 {
    let scale = if keeping.bits() < 16 { SCALE } else { 0 };
    let head = config.head_dim as u64 * u64::from(keeping.bits()) / 8 + scale;
    (config.layers.len() as u64 * 2 * config.kv_heads as u64 * head).saturating_mul(tokens as u64)
}

/// Bytes in 16 bits where a layer that sees a window keeps no more than that.
fn rolling_bytes(config: &Config, tokens: usize) -> u64 {
    let row = (config.kv_heads * config.head_dim) as u64 * 2 * 2;
    let kept = |window: Option<usize>| window.map_or(tokens, |window| window.min(tokens)) as u64;
    config.layers.iter().map(|layer| row.saturating_mul(kept(layer.window))).fold(0, u64::saturating_add)
}
