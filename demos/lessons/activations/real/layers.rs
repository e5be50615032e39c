//! What is nearly 0, and what is far too large, layer by layer.

use concepts::activation::Activation;
use concepts::decoder::{Ask, Change, Decoder, Layers as Which, Model};
use concepts::numerics::statistics::{mean, median};
use ndarray::{Array2, ArrayView1, Axis};

use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::knob::Refusal;
use crate::kit::number::formatted;
use crate::kit::sketch::Sketch;
use crate::kit::text::{Lang, Text};
use crate::lessons::activations::WORDS;
use crate::named;
use crate::real::changes::Bench;

/// A number is idle if it is below this share of the largest of its token.
const IDLE: f64 = 0.01;
/// A feature with more than this share of the squares of all is most of its token.
const HALF: f64 = 0.5;

/// Of whole numbers of 8 bits, with signs, half of the smallest step, as a share of the largest number.
const HALF_A_STEP: f64 = 0.5 / 127.0;

/// Layer by layer.
pub(super) struct Layers {
    /// Share of a token's numbers that are idle, behind the function, and behind gate and product where there are.
    pub(super) idle: Vec<f64>,
    /// Share of exact zeros, as trained.
    pub(super) exact: f64,
    /// Share of exact zeros with ReLU in place of the trained function.
    pub(super) zeros: Vec<f64>,
    /// Largest feature of the stream over its root mean square: of the first token, and of the typical one.
    pub(super) large: [Vec<f64>; 2],
    /// Share of the first token's features that 8 bits with one scale for all of them would make 0.
    lost: Vec<f64>,
    tokens: usize,
    width: usize,
    gated: bool,
}

impl Layers {
    pub(super) fn new(bench: &Bench, twin: &Model) -> Result<Layers, Refusal> {
        let tokens = bench.windows[0].as_slice();
        let ask = Ask { activations: Which::All, residual: Which::All, ..Ask::default() };
        let seen = twin.decoder().watch(tokens, &ask)?;
        let stream: Vec<_> = seen.residual.iter().map(|(_, x)| peaks(x)).collect();
        let first = stream.iter().map(|peaks| peaks[0]).collect();
        let typical = stream.iter().map(|peaks| median(&peaks[1..])).collect();
        let relu = twin.decoder_with(&[Change::Activation(Activation::Relu)])?;
        Ok(Layers {
            idle: seen.activations.iter().map(|(_, x)| share(x, |x, most| x < IDLE * most)).collect(),
            exact: mean(&zeros_of(&seen.activations)),
            zeros: zeros(&relu, tokens)?,
            large: [first, typical],
            lost: seen.residual.iter().map(|(_, x)| lost(x)).collect(),
            tokens: tokens.len(),
            width: twin.config().d_model,
            gated: bench.model.config().gated,
        })
    }

    pub(super) fn idle_figure(&self) -> Figure {
        let by_layer =
            |shares: &[f64]| shares.iter().enumerate().map(|(i, y)| (i as f64, *y)).collect::<Vec<_>>();
        Sketch::lines("real-idle", &WORDS, [Linear, Linear])
            .value("idle", IDLE)
            .measured("own", by_layer(&self.idle))
            .measured("relu", by_layer(&self.zeros))
            .figure()
    }

    pub(super) fn idle_note(&self) -> Text {
        let values = named![
            tokens = self.tokens,
            idle = IDLE,
            exact = self.exact,
            own = spread(&self.idle),
            relu = spread(&self.zeros)
        ];
        WORDS.with(if self.gated { "real-idle.range" } else { "real-idle.ungated" }, &values)
    }

    pub(super) fn large_figure(&self) -> Figure {
        let by_layer =
            |peaks: &[f64]| peaks.iter().enumerate().map(|(i, y)| (i as f64, *y)).collect::<Vec<_>>();
        let [first, typical] = &self.large;
        Sketch::lines("real-large", &WORDS, [Linear, Log])
            .measured("first", by_layer(first))
            .measured("typical", by_layer(typical))
            .figure()
    }

    pub(super) fn large_note(&self) -> Text {
        let [first, typical] = self.large.each_ref().map(|peaks| most(peaks));
        let layer = self.large[0].iter().position(|peak| *peak == first).unwrap_or(0);
        let lost = self.lost.get(layer).copied().unwrap_or(0.0);
        // Of a token that had no other feature.
        let whole = (self.width as f64).sqrt();
        let id = if first > 2.0 * typical {
            "real-large.massive"
        } else if typical * typical > HALF * whole * whole {
            "real-large.all"
        } else {
            "real-large.even"
        };
        // The last stream is read by no layer.
        let read = layer + 1 < self.large[0].len();
        let at = if read { "real-large.before" } else { "real-large.behind" };
        let at = WORDS.with(at, &named![layer]);
        WORDS.with(id, &named![first, typical, at, lost, whole])
    }
}

/// The largest feature of each token over the root mean square of all.
fn peaks(x: &Array2<f64>) -> Vec<f64> {
    let peak = |row: ArrayView1<f64>| {
        let square = row.dot(&row) / row.len() as f64;
        if square > 0.0 { row.fold(0.0, |most: f64, x| most.max(x.abs())) / square.sqrt() } else { 1.0 }
    };
    x.outer_iter().map(peak).collect()
}

/// The share of numbers whose size is small beside the largest of their token.
fn share(x: &Array2<f64>, small: impl Fn(f64, f64) -> bool) -> f64 {
    let row = |row: ArrayView1<f64>| {
        let most = row.fold(0.0, |most: f64, x| most.max(x.abs()));
        row.iter().filter(|x| small(x.abs(), most)).count()
    };
    x.outer_iter().map(row).sum::<usize>() as f64 / x.len().max(1) as f64
}

/// The share of the first token's numbers that whole numbers of 8 bits round to 0, with the scale of the largest.
fn lost(x: &Array2<f64>) -> f64 {
    share(&x.select(Axis(0), &[0]), |x, most| x < HALF_A_STEP * most)
}

fn zeros(decoder: &Decoder, tokens: &[u32]) -> Result<Vec<f64>, Refusal> {
    let seen = decoder.watch(tokens, &Ask { activations: Which::All, ..Ask::default() })?;
    Ok(zeros_of(&seen.activations))
}

fn zeros_of(activations: &[(usize, Array2<f64>)]) -> Vec<f64> {
    activations.iter().map(|(_, x)| share(x, |x, _| x == 0.0)).collect()
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MAX, f64::min)
}

fn most(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// From the least to the most, or one number where both read alike.
fn spread(shares: &[f64]) -> Text {
    let (least, most) = (least(shares), most(shares));
    let [low, high] = [least, most].map(|share| formatted(share, "%", Lang::En));
    WORDS.with(if low == high { "real-idle.alike" } else { "real-idle.between" }, &named![least, most])
}
