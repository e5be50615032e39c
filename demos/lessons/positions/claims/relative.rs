//! C14: relative schemes.

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::position::alibi_slopes;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::positions::experiments::relative::{
    D, HEADS, N, PLACES, alibi, for_eight, off_by_one, rope,
};

/// C14: RoPE and ALiBi are relative
pub(crate) fn rope_and_alibi(c: &mut Case) -> Checked {
    let seed = c.seed;
    let [near, far] = PLACES;
    let (bias, forwards) = (alibi(alibi_slopes)?, rope(1, seed)?);
    c.as_written(|t| {
        t.at_most("encoded-alike", forwards.vector, ORACLE_F64).over(D).drawn();
    });
    c.value("near", near).value("far", far).value("on", far - near);
    c.value("heads", HEADS).value("moved", forwards.vector);
    c.corrected(Qualified, (bias, forwards), |t, (bias, rotated)| {
        t.exactly("diagonals", bias.toeplitz, 0.0).over(N * N);
        t.at_most("first-head", bias.first, EXACT_F64).over(N * N);
        t.at_most("slopes", bias.slopes, EXACT_F64).over(HEADS);
        t.at_most("other-heads", bias.others, EXACT_F64).over(4);
        t.at_least("vector", rotated.vector, 0.01).over(D).drawn();
        t.at_most("score", rotated.score, ORACLE_F64).drawn();
    })
    .control("off-by-one", (alibi(off_by_one)?, forwards))
    .control("for-eight", (alibi(for_eight)?, forwards))
    .control("backwards", (bias, rope(-1, seed)?));
    Ok(())
}
