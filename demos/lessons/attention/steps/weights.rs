//! From scores to weights to the output.

use concepts::attention::Trace;
use ndarray::Axis;

use crate::kit::figure::Figure;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::Setup;
use crate::{named, row};

pub(crate) fn weights(setup: &Setup, head: &Trace, f: &mut Findings) {
    f.formula(
        "f_softmax",
        r"A_{ij} = \frac{e^{S_{ij}}}{\sum_{j'} e^{S_{ij'}}}",
        "Aᵢⱼ = exp(Sᵢⱼ) / Σⱼ' exp(Sᵢⱼ')",
    );
    f.table("hand", by_hand(setup, head));
    // A row that sees no key has no weights: it is left out here, and has a note of its own.
    let sums = head.weights.sum_axis(Axis(1));
    let worst = sums.iter().filter(|sum| **sum != 0.0).map(|sum| (sum - 1.0).abs()).reduce(f64::max);
    f.words(
        "row_sums",
        match worst {
            Some(worst) => WORDS.with("row_sums", &named![worst]),
            None => WORDS.get("row_sums.none"),
        },
    );
    f.formula("f_output", r"O = A V", "O = A·V");
    f.matrix("output_1", setup.by_token("O₁ = A·V₁", WORDS.get("output_1"), &head.output));
    f.figure(heat_map(setup, head));
}

/// Keys shown one by one where there are more than one in addition, and letters of a token in a table.
const ROWS: usize = 12;
const LETTERS: usize = 12;

/// One query worked out number by number.
fn by_hand(setup: &Setup, head: &Trace) -> Table {
    let i = 1.min(setup.tokens.len() - 1);
    let scores = head.scores.row(i);
    let max = scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b));
    let above = |j: usize| if max.is_finite() { (scores[j] - max).exp() } else { 0.0 };
    let n_keys = setup.sources.len();
    let shown = if n_keys == ROWS + 1 { n_keys } else { n_keys.min(ROWS) };
    let rows = (0..shown).map(|j| {
        let key = shortened(&setup.sources[j]);
        row![key, head.dots[[i, j]], score(scores[j]), above(j), head.weights[[i, j]]]
    });
    let rest = (n_keys > shown).then(|| {
        let more = WORDS.with("hand.more", &named![n = n_keys - shown]);
        let (exps, weights): (f64, f64) =
            ((shown..n_keys).map(above).sum(), (shown..n_keys).map(|j| head.weights[[i, j]]).sum());
        row![more, "", "", exps, weights]
    });
    let asking = shortened(&setup.tokens[i]);
    Grid::new("hand", &WORDS).value("i", i + 1).value("asking", asking).rows(rows.chain(rest)).table()
}

/// A token as it fits into a column.
fn shortened(token: &str) -> String {
    match token.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &token[..end]),
        None => token.to_string(),
    }
}

/// A score, in the sign of the formula where it is hidden.
fn score(score: f64) -> Cell {
    if score == f64::NEG_INFINITY { Cell::from("−∞") } else { Cell::Number(score) }
}

fn heat_map(setup: &Setup, head: &Trace) -> Figure {
    let [rows, cols] = [&setup.tokens, &setup.sources].map(Text::each);
    Sketch::heat("weights", &WORDS, rows, cols, head.weights.clone()).figure()
}
