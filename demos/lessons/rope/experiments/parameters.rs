//! What training has to fill: a learned table, a sinusoidal one, RoPE.

use concepts::numerics::rng;
use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use concepts::position::rope::{Layout, Rope};
use concepts::position::{LearnedTable, PositionError, sinusoidal_table};
use ndarray::{Array2, Array3, Axis};

/// Places and width of the tables that are compared.
pub(crate) const LEN: usize = 512;
pub(crate) const WIDTH: usize = 64;

/// A learned table as a model of this seed starts with.
pub(crate) fn learned(seed: u64) -> Result<LearnedTable, PositionError> {
    LearnedTable::random(LEN, WIDTH, 0.02, &mut rng(seed, "Q3 tables"))
}

/// Numbers that no formula of the position gives: those that training has to fill.
fn not_computed(table: &Array2<f64>, formula: &Array2<f64>, tolerance: f64) -> f64 {
    table.iter().zip(formula).filter(|(a, b)| (*a - *b).abs() > tolerance).count() as f64
}

/// `sin(m / 10000^(2i/d))` and the cosine beside it, written out.
fn sines() -> Array2<f64> {
    Array2::from_shape_fn((LEN, WIDTH), |(m, j)| {
        let angle = m as f64 / 10_000f64.powf((j / 2 * 2) as f64 / WIDTH as f64);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    })
}

/// The numbers of a learned table that training fills.
pub(crate) fn in_a_learned_table(seed: u64) -> Result<f64, PositionError> {
    Ok(not_computed(learned(seed)?.table(), &sines(), ORACLE_F64))
}

/// The same for a sinusoidal table.
pub(crate) fn in_a_sinusoidal_table() -> Result<f64, PositionError> {
    Ok(not_computed(&sinusoidal_table(LEN, WIDTH, 10_000.0)?, &sines(), ORACLE_F64))
}

/// The same for what the kernel of RoPE makes of a tensor of ones, at every place: `cos − sin` and `sin + cos`.
pub(crate) fn in_rope() -> Result<f64, PositionError> {
    // (1 head, LEN, WIDTH)
    let mut x = Array3::<f32>::ones((1, LEN, WIDTH));
    Rope::new(WIDTH, WIDTH, 10_000.0, Layout::Interleaved, LEN)?.apply(&mut x.view_mut(), 0)?;
    let turned = x.index_axis(Axis(0), 0).mapv(f64::from);
    let sines = sines();
    let formula = Array2::from_shape_fn((LEN, WIDTH), |(m, j)| {
        let (sin, cos) = (sines[[m, j / 2 * 2]], sines[[m, j / 2 * 2 + 1]]);
        if j % 2 == 0 { cos - sin } else { sin + cos }
    });
    Ok(not_computed(&turned, &formula, ORACLE_F32))
}
