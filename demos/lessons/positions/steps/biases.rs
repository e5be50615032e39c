//! ALiBi's formula and slopes.

use std::f64::consts::LN_2;

use concepts::position::alibi_slopes;

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::experiments::relative::HEADS;
use crate::row;

/// The slopes of a power of two of heads, and of another number.
pub(crate) fn biases(f: &mut Findings) -> Result<(), Refusal> {
    f.formula(
        "f_alibi",
        r"S_{ij} = \frac{q_i \cdot k_j}{\sqrt{d_k}} - m_h\,|i - j|, \quad m_h = 2^{-8h/H}",
        "Sᵢⱼ = qᵢ·kⱼ/√dₖ − m_h·|i − j|    m_h = 2^(−8h/H)",
    );
    let slopes = alibi_slopes(HEADS)?;
    f.number("alibi_heads", HEADS as f64);
    f.number("reach_near", LN_2 / slopes[0]);
    f.number("reach_far", LN_2 / slopes[HEADS - 1]);
    let row = |heads: usize| -> Result<Vec<Cell>, Refusal> {
        let slopes = alibi_slopes(heads)?;
        Ok(row![heads, slopes.into_iter().map(plain).collect::<Vec<_>>().join("  ")])
    };
    f.table("slopes", Grid::new("slopes", &WORDS).row(row(HEADS)?).row(row(12)?).table());
    Ok(())
}
