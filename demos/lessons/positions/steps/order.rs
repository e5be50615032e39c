//! What attention notices of the order, and what a causal mask gives away.

use concepts::attention::{AttentionError, Mask, NoPositions, Positions};
use ndarray::{Array2, Axis};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::experiments::order::{
    counting_error, last_token_moves, reversed, shuffled, tokens, two_layers,
};
use crate::lessons::positions::setup::Setup;
use crate::row;

/// Rows of the table where there are more than one in addition.
const SHOWN: usize = 20;

/// How far each token's output moves when the sentence is reversed.
pub(crate) fn moves(
    setup: &Setup,
    add: &Array2<f64>,
    positions: &dyn Positions,
) -> Result<Vec<f64>, AttentionError> {
    let out = |x: &Array2<f64>| setup.layer.run(&(x + add), &Mask::None, positions).map(|y| y - add);
    let change = reversed(&out(&reversed(&setup.x))?) - out(&setup.x)?;
    Ok(change.map_axis(Axis(1), |row| row.fold(0.0_f64, |most, x| most.max(x.abs()))).to_vec())
}

/// The person's sentence and its mirror image.
pub(crate) fn sentence(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let tokens = &setup.tokens;
    let none = moves(setup, &Array2::zeros(setup.x.dim()), &NoPositions)?;
    let with = moves(setup, &setup.add, setup.inside.as_ref())?;
    let joined = |words: Vec<&str>| Text::same(words.join(" "));
    f.words("sentence", joined(tokens.iter().map(String::as_str).collect()));
    f.words("shuffled", joined(tokens.iter().rev().map(String::as_str).collect()));
    f.words("scheme", Text::same(setup.name));
    f.number("order_none", none.iter().copied().fold(0.0, f64::max));
    f.number("order_scheme", with.iter().copied().fold(0.0, f64::max));
    f.table("order", each_token(setup, &none, &with));
    Ok(())
}

/// A row a token; of a long sentence the last ones together.
fn each_token(setup: &Setup, none: &[f64], with: &[f64]) -> Table {
    let n = setup.tokens.len();
    let shown = if n == SHOWN + 1 { n } else { n.min(SHOWN) };
    let row = |i: usize| row![setup.tokens[i].as_str(), i + 1, n - i, none[i], with[i]];
    let grid = Grid::new("order", &WORDS).value("scheme", setup.name).rows((0..shown).map(row));
    if shown == n {
        return grid.table();
    }
    let largest = |moves: &[f64]| moves[shown..].iter().copied().fold(0.0, f64::max);
    let grid = grid.value("n", n - shown);
    let more = grid.word("more");
    grid.row(row![more, "", "", largest(none), largest(with)]).table()
}

/// Equivariance without a mask, and what is left of it under a causal one.
pub(crate) fn symmetry(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let seed = setup.seed;
    f.formula(
        "f_equivariance",
        r"f(PX) = P f(X), \qquad f(PX) \neq f(X)",
        "f(P·X) = P·f(X)        f(P·X) ≠ f(X)",
    );
    let s = shuffled(&tokens(6, seed), |x| two_layers(x, &Mask::None, seed))?;
    f.number("equivariance", s.equivariance);
    f.number("invariance", s.invariance);
    f.number("pooled", s.pooled);
    let mut depth = Grid::new("depth", &WORDS);
    for layers in 1..=3_usize {
        let moved = |mask| last_token_moves(layers, mask, seed);
        depth = depth.row(row![layers, moved(&Mask::None)?, moved(&Mask::Causal)?]);
    }
    f.table("depth", depth.table());
    f.number("count_error", counting_error(16, &Mask::Causal)?);
    Ok(())
}
