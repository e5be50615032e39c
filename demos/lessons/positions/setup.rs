//! From knobs to checked values, and the scheme that was chosen.

use concepts::attention::{NoPositions, Positions};
use concepts::numerics::rng;
use concepts::position::rope::{Layout, rope_frequencies};
use concepts::position::{Alibi, LearnedTable, PositionError, Rotary, T5Bias, sinusoidal_table};
use ndarray::Array2;

use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::tokens::{embed, split};

/// Heads of the layer that reads the sentence.
pub(super) const HEADS: usize = 2;
/// Buckets and farthest distance of T5 as published.
const T5: (usize, usize) = (32, 128);
/// Places of the learned table.
const LEARNED: usize = 512;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    /// The person's sentence.
    pub tokens: Vec<String>,
    /// Vectors of the tokens, `(n, d_model)`, without positions.
    pub x: Array2<f64>,
    /// Name of the scheme.
    pub name: String,
    /// What the scheme adds to the tokens, `(n, d_model)`.
    pub add: Array2<f64>,
    /// What the scheme does inside attention.
    pub inside: Box<dyn Positions>,
    pub seq: usize,
    pub d_model: usize,
    pub base: f64,
    pub seed: u64,
}

impl Setup {
    /// Checks what concerns several knobs at once and makes the scheme.
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let tokens = split(knobs.words("text").unwrap_or_default());
        let d_model = knobs.integer("d-model").unwrap_or(2);
        let base = knobs.number("base").unwrap_or(10_000.0);
        let seq = knobs.integer("seq").unwrap_or(2);
        let seed = setting.seed;
        if d_model % 2 == 1 || (d_model / HEADS) % 2 == 1 {
            return Err(Refusal::new(
                format!(
                    "--d-model {d_model}: features are taken in pairs in each of {HEADS} heads; give a multiple of 4"
                ),
                format!("--d-model {d_model}：{HEADS} 个头，每个头的各维都要两两配对，请给 4 的倍数"),
            ));
        }
        if seq * seq * d_model > 1 << 31 {
            return Err(Refusal::new(
                format!(
                    "--seq {seq} with --d-model {d_model} would take {} million multiply-adds; give a smaller one of the two",
                    seq * seq * d_model / 1_000_000
                ),
                format!(
                    "--seq {seq} 与 --d-model {d_model} 约需 {} 百万次乘加，请调小其中一个",
                    seq * seq * d_model / 1_000_000
                ),
            ));
        }
        let name = knobs.words("scheme").unwrap_or("none").to_string();
        let n = tokens.len();
        let add = additive(&name, n, d_model, base, seed)?;
        let inside = inside(&name, d_model, base, seed)?;
        let x = embed(&tokens, d_model, seed);
        Ok(Setup { tokens, x, name, add, inside, seq, d_model, base, seed })
    }
}

/// What a scheme adds to the tokens.
pub(super) fn additive(
    name: &str,
    n: usize,
    d_model: usize,
    base: f64,
    seed: u64,
) -> Result<Array2<f64>, PositionError> {
    match name {
        "sinusoidal" => sinusoidal_table(n, d_model, base),
        "learned" => {
            let table = LearnedTable::random(LEARNED, d_model, 0.5, &mut rng(seed, "learned positions"))?;
            table.rows(n).map(|rows| rows.to_owned())
        }
        _ => Ok(Array2::zeros((n, d_model))),
    }
}

/// What a scheme does inside attention.
pub(super) fn inside(
    name: &str,
    d_model: usize,
    base: f64,
    seed: u64,
) -> Result<Box<dyn Positions>, PositionError> {
    Ok(match name {
        "alibi" => Box::new(Alibi::new(HEADS)?),
        "t5" => {
            let (buckets, farthest) = T5;
            let mut rng = rng(seed, "t5 bias");
            Box::new(T5Bias::random(buckets, HEADS, true, farthest, 1.0, &mut rng)?)
        }
        "rope" => Box::new(Rotary::new(rope_frequencies(d_model / HEADS, base)?, Layout::Halves)),
        _ => Box::new(NoPositions),
    })
}
