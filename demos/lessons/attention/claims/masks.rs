//! C10, C15: what is hidden, and where queries and keys come from.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;
use ndarray::Array2;

use crate::kit::case::{Case, Checked};
use crate::lessons::attention::experiments::masking::{Applied, CUT, D, Hidden, N, hidden};
use crate::lessons::attention::experiments::sequences::{ASKED, ASKING, Moves, WIDTH, draw, moves};

/// C10: a causal mask hides the future, a padding mask the filling
pub(crate) fn masks_hide(c: &mut Case) -> Checked {
    let seed = c.seed;
    c.value("cut", CUT).value("next", CUT + 1).value("n", N);
    c.holds(hidden(Applied::Before, seed)?, |t, hidden: Hidden| {
        t.exactly("past", hidden.past, 0.0).over(CUT * D).drawn();
        t.at_least("future", hidden.future, 0.1).over((N - CUT) * D).drawn();
        t.exactly("on-padding", hidden.on_padding, 0.0).over(N * (N - CUT)).drawn();
        t.at_most("rows", hidden.row_sums, EXACT_F64).over(N).drawn();
        t.at_least("seen", hidden.least_seen, f64::MIN_POSITIVE).over(N * (N + 1) / 2 + N * CUT).drawn();
        t.exactly("blind", hidden.blind, 0.0).over(N * N).drawn();
    })
    .control("as-zero", hidden(Applied::AsZero, seed)?)
    .control("after", hidden(Applied::After, seed)?)
    .control("one-too-many", hidden(Applied::OneTooMany, seed)?)
    .control("one-too-few", hidden(Applied::OneTooFew, seed)?)
    .control("inverted", hidden(Applied::Inverted, seed)?);
    Ok(())
}

/// C15: self-attention and cross-attention
pub(crate) fn self_and_cross(c: &mut Case) -> Checked {
    let mut rng = rng(c.seed, "C15");
    let layer = MultiHead::random(WIDTH, 1, 1, &mut rng)?;
    let sequences = draw(&mut rng);
    let on = |x: &Array2<f64>, y: &Array2<f64>, mask| layer.trace(x.view(), y.view(), &mask);
    c.value("asking", ASKING).value("asked", ASKED);
    c.holds(moves(&|x, y| on(x, y, Mask::None), &sequences)?, |t, moves: Moves| {
        let all = ASKING * WIDTH;
        t.exactly("shape", moves.shape, 1.0);
        t.at_most("keys", moves.keys, EXACT_F64).over(all).drawn();
        t.at_most("queries", moves.queries, EXACT_F64).over(all).drawn();
        t.at_least("other", moves.other, 1e-3).over(all).drawn();
        t.at_most("itself", moves.itself, EXACT_F64).over(all).drawn();
    })
    .control("exchanged", moves(&|x, y| on(y, x, Mask::None), &sequences)?)
    .control("self", moves(&|x, _| on(x, x, Mask::None), &sequences)?)
    .control("causal", moves(&|x, y| on(x, y, Mask::Causal), &sequences)?);
    Ok(())
}
