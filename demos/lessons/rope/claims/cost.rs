//! C8, C11: parameters and operations.

use concepts::numerics::tolerance::ORACLE_F64;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::rope::experiments::counting::{Rotation, block_operations, no_rotation, rotation};
use crate::lessons::rope::experiments::parameters::{
    LEN, WIDTH, in_a_learned_table, in_a_sinusoidal_table, in_rope, learned,
};

/// C8: cheap, no extra parameters
pub(crate) fn efficient(c: &mut Case) -> Checked {
    const D_MODEL: usize = 4096;
    const CONTEXT: usize = 2048;
    let seed = c.seed;
    let turned = rotation(D_MODEL, seed)?;
    // R(m) as a full matrix, for query and key: 2 d² products and sums each.
    let as_matrix = Rotation { operations: (2 * 2 * D_MODEL * D_MODEL) as f64, ..turned };
    let in_its_place = in_a_learned_table(c.seed)?;
    let rope = in_rope()?;
    c.value("width", D_MODEL).value("context", CONTEXT);
    c.holds((rope, turned), |t, (parameters, Rotation { operations, error })| {
        t.exactly("trained", parameters, 0.0);
        t.at_most("turned", error, ORACLE_F64).over(2 * D_MODEL).drawn();
        t.exactly("operations", operations / D_MODEL as f64, 6.0);
        t.at_most("share", operations / block_operations(D_MODEL, CONTEXT) as f64, 1e-3);
    })
    .control("matrix", (rope, as_matrix))
    .control("unturned", (rope, no_rotation(D_MODEL, seed)?))
    .control("table", (in_its_place, turned));
    Ok(())
}

/// C11: absolute encodings need parameters
pub(crate) fn parameters(c: &mut Case) -> Checked {
    let table = learned(c.seed)?.parameters();
    let in_its_place = in_a_learned_table(c.seed)?;
    let (sinusoidal, rope) = (in_a_sinusoidal_table()?, in_rope()?);
    c.value("rows", LEN).value("width", WIDTH).value("sinusoidal", sinusoidal).value("learned", table);
    c.as_written(|t| {
        t.at_least("every-absolute", sinusoidal, 1.0);
    });
    c.corrected(Qualified, [sinusoidal, rope], |t, [absolute, rotated]| {
        t.exactly("learned", table as f64, (LEN * WIDTH) as f64);
        t.exactly("sines", absolute, 0.0);
        t.exactly("rope", rotated, 0.0);
    })
    .control("as-sinusoidal", [in_its_place, rope])
    .control("as-rope", [sinusoidal, in_its_place]);
    Ok(())
}
