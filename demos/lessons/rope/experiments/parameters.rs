//! What training has to fill: a learned table, a sinusoidal one, RoPE.

use concepts::numerics::rng;
use concepts::position::rope::{Layout, Rope};
use concepts::position::{LearnedTable, PositionError, sinusoidal_table};
use ndarray::{Array2, Array3};

/// Places and width of the tables that are compared.
pub(crate) const LEN: usize = 512;
pub(crate) const WIDTH: usize = 64;

/// A learned table as a model of this seed starts with.
pub(crate) fn learned(seed: u64) -> Result<LearnedTable, PositionError> {
    LearnedTable::random(LEN, WIDTH, 0.02, &mut rng(seed, "Q3 tables"))
}

/// Numbers that are not the same in two models drawn independently: what is computed from the position
/// alone does not differ, so only what training has to fill is counted.
fn drawn_apart(one: &Array2<f64>, two: &Array2<f64>) -> f64 {
    one.iter().zip(two).filter(|(a, b)| a != b).count() as f64
}

/// The numbers of a learned table that training fills.
pub(crate) fn in_a_learned_table(seed: u64) -> Result<f64, PositionError> {
    Ok(drawn_apart(learned(seed)?.table(), learned(seed + 1)?.table()))
}

/// The same for a sinusoidal table.
pub(crate) fn in_a_sinusoidal_table() -> Result<f64, PositionError> {
    let table = || sinusoidal_table(LEN, WIDTH, 10_000.0);
    Ok(drawn_apart(&table()?, &table()?))
}

/// The same for what RoPE makes of a tensor of ones, at every place.
pub(crate) fn in_rope() -> Result<f64, PositionError> {
    let turned = || -> Result<Array2<f64>, PositionError> {
        // (1 head, LEN, WIDTH)
        let mut x = Array3::<f32>::ones((1, LEN, WIDTH));
        Rope::new(WIDTH, WIDTH, 10_000.0, Layout::Halves, LEN)?.apply(&mut x.view_mut(), 0)?;
        Ok(Array2::from_shape_fn((LEN, WIDTH), |(m, j)| f64::from(x[[0, m, j]])))
    };
    Ok(drawn_apart(&turned()?, &turned()?))
}
