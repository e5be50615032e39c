//! The pictures of what is measured.

use concepts::attention::AttentionError;
use concepts::attention::traffic::naive_traffic;
use concepts::recurrent::Activation::Linear;

use super::WORDS;
use super::experiments::distance::{MATCH, direct_gradient, matched_gradient, rnn_gradient};
use super::experiments::growth::{Layer, count, generate};
use super::experiments::saturation::{KEYS, Row, Spread, sweep};
use super::experiments::tiling::{FAST_ELEMENTS, HEAD, tiled};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::Log;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;

pub(crate) fn figures(seed: u64) -> Result<Vec<Figure>, Refusal> {
    let (saturation, (distance, traffic)) =
        rayon::join(|| saturation(seed), || rayon::join(|| distance(seed), traffic));
    Ok(vec![saturation, distance?, operations(seed), traffic?, decoding(seed)])
}

fn lines(id: &'static str) -> Sketch<'static> {
    Sketch::lines(id, &WORDS, [Log, Log])
}

fn saturation(seed: u64) -> Figure {
    let rows = sweep(seed);
    let line = |pick: fn(&Row) -> Spread| {
        let point = move |row: &Row| {
            let (low, high) = pick(row).quartiles;
            (row.d_k as f64, pick(row).median, low, high)
        };
        rows.iter().map(point).collect::<Vec<_>>()
    };
    lines("saturation")
        .value("keys", KEYS)
        .spread("scaled", line(|row| row.scaled))
        .spread("unscaled", line(|row| row.unscaled))
        .figure()
}

/// Both kinds of attention at their lengths, both kinds of RNN at the same number of steps.
fn distance(seed: u64) -> Result<Figure, Refusal> {
    const WIDTH: usize = 32;
    const DRAWS: usize = 8;
    const LENGTHS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
    let [shrinking, growing] = [0.9, 1.1];
    let rnn = |gain: f64| {
        let norms = rnn_gradient(gain, Linear, &LENGTHS, WIDTH, seed)?;
        Ok::<_, Refusal>(LENGTHS.iter().map(|&t| t as f64).zip(norms))
    };
    let of = |gradient: &dyn Fn(usize) -> Result<f64, AttentionError>| {
        let points = LENGTHS.iter().map(|&n| Ok((n as f64, gradient(n)?)));
        points.collect::<Result<Vec<_>, AttentionError>>()
    };
    Ok(lines("distance")
        .value("shrinks", shrinking)
        .value("grows", growing)
        .value("score", MATCH)
        .measured("growing", rnn(growing)?)
        .measured("matched", of(&|n| matched_gradient(n, seed))?)
        .measured("even", of(&|n| direct_gradient(n, DRAWS, seed))?)
        .measured("shrinking", rnn(shrinking)?)
        .formula("share", LENGTHS.map(|n| (n as f64, 1.0 / n as f64)))
        .figure())
}

/// Work, counted at each length.
fn counted<const N: usize>(lengths: [usize; N], work: impl Fn(usize) -> u64) -> [(f64, f64); N] {
    lengths.map(|n| (n as f64, work(n) as f64))
}

fn operations(seed: u64) -> Figure {
    const WIDTH: usize = 32;
    let of = |layer| {
        let work = move |n| count(layer, n, WIDTH, seed).multiply_adds();
        counted([2, 4, 8, 16, 32, 64, 128, 256], work)
    };
    lines("operations")
        .value("width", WIDTH)
        .measured("core", of(Layer::AttentionCore))
        .measured("rnn", of(Layer::Rnn))
        .measured("layer", of(Layer::Attention))
        .rule(WIDTH as f64)
        .figure()
}

fn traffic() -> Result<Figure, Refusal> {
    let lengths = [256_u64, 512, 1024, 2048, 4096, 8192, 16384];
    let in_blocks = lengths.iter().map(|&n| Ok((n as f64, tiled(n, FAST_ELEMENTS)?.total() as f64)));
    let in_blocks = in_blocks.collect::<Result<Vec<_>, AttentionError>>()?;
    Ok(lines("traffic")
        .value("head", HEAD)
        .value("fast", FAST_ELEMENTS)
        .measured("naive", lengths.map(|n| (n as f64, naive_traffic(n, HEAD).total() as f64)))
        .measured("tiled", in_blocks)
        .figure())
}

fn decoding(seed: u64) -> Figure {
    const WIDTH: usize = 16;
    let of = |cached| {
        let work = move |n| generate(n, WIDTH, cached, seed).multiply_adds();
        counted([1, 2, 4, 8, 16, 32, 64], work)
    };
    lines("decoding")
        .value("width", WIDTH)
        .measured("recomputed", of(false))
        .measured("cached", of(true))
        .figure()
}
