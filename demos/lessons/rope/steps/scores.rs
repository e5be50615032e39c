//! One score three ways, and what the conjugate does.

use concepts::position::PositionError;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::experiments::score::{
    Content, Product, content, product, score, score_by_matrix, shift_error, turned_by_kernel,
};
use crate::lessons::rope::setup::Setup;
use crate::{named, row};

/// Random places at which the relative property is tried.
const TRIALS: usize = 200;
/// Places up to which it is tried.
const FARTHEST: i64 = 4096;

pub(crate) fn scores(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let c = content(setup.head_dim, setup.seed, "walk content");
    let (m, n) = (setup.m, setup.n);
    let at = |m, n| score(&c, m, n, &setup.used, setup.layout);
    f.number("m", m as f64);
    f.number("n", n as f64);
    f.formula(
        "f_score",
        r"s(m, n) = (R_m q)^\top (R_n k) = \mathrm{Re} \sum_j q_j \bar k_j\, e^{i(m-n)\theta_j}",
        "s(m, n) = (R_m·q)ᵀ(R_n·k) = Re Σⱼ qⱼ·k̄ⱼ·e^(i(m−n)θⱼ)",
    );
    f.table("forms", forms(setup, &c)?);
    f.table("conjugate", conjugate(setup, &c));
    f.number("trials", TRIALS as f64);
    f.number("shift_error", shift_error(TRIALS, FARTHEST, setup.seed, at));
    let offset = (m - n).abs().max(1);
    f.words("sign_said", sign(offset, at(offset, 0), at(0, offset)));
    Ok(f)
}

/// The scores at an offset and at its opposite: where both read alike, that says nothing of a difference.
fn sign(offset: i64, plus: f64, minus: f64) -> Text {
    let id = if plain(plus) == plain(minus) { "sign_said.alike" } else { "sign_said" };
    WORDS.with(id, &named![offset = offset.to_string(), plus, minus])
}

fn forms(setup: &Setup, c: &Content) -> Result<Table, PositionError> {
    let (m, n) = (setup.m, setup.n);
    let matrices = score_by_matrix(c, m, n, &setup.used, setup.layout);
    let complex = product(c, (m, n), &setup.used, setup.layout, Product::Conjugate).0;
    let digits = |s: f64| row![format!("{s:.6}")];
    let grid = Grid::new("forms", &WORDS).value("m", m.to_string()).value("n", n.to_string());
    let grid = grid.said("matrices", digits(matrices)).said("complex", digits(complex));
    Ok(grid.said("kernel", digits(by_kernel(setup, c)?)).table())
}

/// The score through the kernel that a model would use.
fn by_kernel(setup: &Setup, c: &Content) -> Result<f64, PositionError> {
    let turned = |x, at| turned_by_kernel(x, at, &setup.used, setup.layout);
    Ok(f64::from((turned(&c.q, setup.m)? * turned(&c.k, setup.n)?).sum()))
}

/// With and without the conjugate, at places that share a difference or a sum.
fn conjugate(setup: &Setup, c: &Content) -> Table {
    let (m, n) = (setup.m, setup.n);
    let cells = |at: (i64, i64)| {
        let of = |how| complex(product(c, at, &setup.used, setup.layout, how));
        row![format!("({}, {})", at.0, at.1), of(Product::Conjugate), of(Product::Plain)]
    };
    let grid = Grid::new("conjugate", &WORDS).said("as-given", cells((m, n)));
    let grid = grid.said("same-difference", cells((m + 5, n + 5)));
    // Positions are not negative: what moves comes from the one that has it. From (0, 0) nothing can.
    match if n > 0 { n.min(2) } else { -m.min(2) } {
        0 => grid.table(),
        moved => {
            let label = WORDS.with("conjugate.same-sum", &named![moved = moved.unsigned_abs()]);
            grid.row([row![label], cells((m + moved, n - moved))].concat()).table()
        }
    }
}

fn complex((re, im): (f64, f64)) -> Cell {
    format!("{re:.3} {} {:.3}i", if im < 0.0 { '−' } else { '+' }, im.abs()).into()
}
