//! The pictures.

use concepts::position::{T5Bias, alibi_bias, alibi_slopes, sinusoidal_table};
use ndarray::Array2;

use super::WORDS;
use super::experiments::sinusoid::by_offset;
use super::setup::{Setup, refused};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::Linear;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

/// More rows or columns than this are left out of a picture.
const SHOWN: usize = 64;
/// Places in the pictures of biases.
const PLACES: usize = 12;

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, Refusal> {
    let whole = sinusoidal_table(setup.seq, setup.d_model, setup.base).map_err(refused)?;
    Ok(vec![table(&whole), offset(&whole), alibi()?, t5()?])
}

/// A matrix whose rows and columns are counted from 0.
fn heat(id: &'static str, data: Array2<f64>) -> Figure {
    let [rows, cols] = [data.nrows(), data.ncols()].map(|n| Text::each(0..n));
    Sketch::heat(id, &WORDS, rows, cols, data).figure()
}

fn table(whole: &Array2<f64>) -> Figure {
    let (n, d) = whole.dim();
    heat("table", Array2::from_shape_fn((n.min(SHOWN), d.min(SHOWN)), |(p, j)| whole[[p, j]]))
}

fn offset(whole: &Array2<f64>) -> Figure {
    let points = by_offset(whole).into_iter().enumerate().map(|(k, dot)| (k as f64, dot));
    Sketch::lines("offset", &WORDS, [Linear, Linear]).measured("dots", points).figure()
}

fn alibi() -> Result<Figure, Refusal> {
    let slopes = alibi_slopes(8).map_err(refused)?;
    Ok(heat("alibi", alibi_bias(PLACES, PLACES, slopes[0]).map_err(refused)?))
}

fn t5() -> Result<Figure, Refusal> {
    const BUCKETS: usize = 8;
    const FARTHEST: usize = 20;
    // Each bucket's own number in place of a learned value, so that the buckets can be seen.
    let numbered = Array2::from_shape_fn((BUCKETS, 1), |(bucket, _)| bucket as f64);
    let bias = T5Bias::from_table(numbered, true, FARTHEST).map_err(refused)?;
    Ok(heat("t5", bias.bias(0, PLACES, PLACES).map_err(refused)?))
}
