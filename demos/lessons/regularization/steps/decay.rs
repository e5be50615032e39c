//! Weight decay in optimisers.

use concepts::regularization::{Rates, Rule};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::without_zero_sign;
use crate::kit::text::Text;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::experiments::noise::{after, as_written};
use crate::lessons::regularization::setup::Setup;
use crate::named;

const RULES: [(&str, Rule); 9] = [
    ("sgd", Rule::Sgd),
    ("sgd-l2", Rule::SgdL2),
    ("sgd-decoupled", Rule::SgdDecoupled),
    ("momentum-l2", Rule::MomentumL2),
    ("momentum-decoupled", Rule::MomentumDecoupled),
    ("adam", Rule::Adam),
    ("adam-l2", Rule::AdamL2),
    ("adamw", Rule::AdamW),
    ("adamw-paper", Rule::AdamWPaper),
];

pub(crate) fn decay(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.number("lr", setup.lr);
    f.number("decay", setup.decay);
    f.number("g", setup.gradient_scale);
    f.formula(
        "f_l2",
        r"\tilde g = g + \lambda w,\quad m \leftarrow \beta_1 m + (1-\beta_1)\tilde g,\quad v \leftarrow \beta_2 v + (1-\beta_2)\tilde g^2,\quad w \leftarrow w - \eta \frac{\hat m}{\sqrt{\hat v} + \varepsilon}",
        "g̃ = g + λw    m ← β₁m + (1−β₁)g̃    v ← β₂v + (1−β₂)g̃²    w ← w − η·m̂/(√v̂ + ε)",
    );
    f.formula(
        "f_adamw",
        r"w \leftarrow w - \eta \frac{\hat m}{\sqrt{\hat v} + \varepsilon} - \eta\lambda w",
        "w ← w − η·m̂/(√v̂ + ε) − η·λ·w",
    );
    f.table("optimisers", optimisers(setup));
    f.words("written_said", written(setup));
    f
}

fn optimisers(setup: &Setup) -> Table {
    let rates = Rates::new(setup.lr, setup.decay);
    let gradients = [setup.gradient_scale; 3];
    let cells = |w: &[f64]| w.iter().map(|w| fixed(*w, 6).into()).collect();
    let mut grid = Grid::new("optimisers", &WORDS);
    for (id, rule) in RULES {
        grid = grid.said(id, cells(&after(rule, &rates, &gradients)));
    }
    grid.said("written", cells(&as_written(&rates, &gradients))).table()
}

/// So many decimals.
fn fixed(value: f64, decimals: usize) -> String {
    without_zero_sign(format!("{value:.decimals$}"))
}

/// How far the written code is from AdamW after one step.
fn written(setup: &Setup) -> Text {
    let rates = Rates::new(setup.lr, setup.decay);
    let gradients = [setup.gradient_scale];
    let (code, adamw) = (as_written(&rates, &gradients)[0], after(Rule::AdamW, &rates, &gradients)[0]);
    let ratio = setup.gradient_scale;
    // As in the table above, so many decimals also where next to nothing is left.
    let [code, adamw] = [code, adamw].map(|w| Text::same(fixed(w, 7)));
    match code == adamw {
        true => WORDS.get("written_said.same"),
        false => WORDS.with("written_said", &named![code, adamw, ratio]),
    }
}
