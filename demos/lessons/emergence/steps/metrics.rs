//! Five metrics on the same models.

use concepts::emergence::{Items, Metric, simulate};
use concepts::numerics::rng;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::metric::{METRICS, name};
use crate::lessons::emergence::setup::Setup;
use crate::lessons::emergence::sizes::{among, share};
use crate::{named, row};

/// Draws of tokens or options that a page has time for.
const DRAWS: usize = 1_000_000;
/// Answers that are drawn for a size.
const ANSWERS: (usize, usize) = (20, 2000);

pub(crate) fn metrics(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.number("options", setup.test.options as f64);
    f.number("waver", setup.test.waver);
    f.number("guess", 1.0 / setup.test.options as f64);
    f.formula(
        "f_scores",
        r"a_{\text{choice}} = p + \frac{1-p}{k},\quad \mathrm{Brier} = (1-p)^2\,\frac{k-1}{k}",
        "a_choice = p + (1 − p)/k    Brier = (1 − p)²·(k − 1)/k",
    );
    f.table("metrics", table(setup));
    let values = named![length = setup.test.tokens, options = setup.test.options];
    f.words("metric", WORDS.with(&format!("metrics.{}", name(setup.metric)), &values));
    f.table("simulated", simulated(setup));
    f.number("answers", answers(setup) as f64);
    f.note("note_certain", certain(setup).then(|| WORDS.get("note_certain")));
    f
}

fn table(setup: &Setup) -> Table {
    let (small, large) = (setup.sizes[0], setup.sizes[setup.sizes.len() - 1]);
    let shown = [small, (small * large).sqrt(), large];
    let grid = Grid::new("metrics", &WORDS).value("length", setup.test.tokens);
    let grid = grid.value("options", setup.test.options);
    METRICS
        .iter()
        .fold(grid, |grid, (id, metric)| {
            let of = |size: f64| setup.test.expected(*metric, &setup.law, size);
            let cells = shown.map(|size| score(*metric, of(size))).to_vec();
            grid.said(id, cells)
        })
        .value("small", among(shown[0], &shown))
        .value("middle", among(shown[1], &shown))
        .value("large", among(shown[2], &shown))
        .table()
}

/// A score by formula. Exact match is never zero, only too small for a number.
fn score(metric: Metric, value: f64) -> Cell {
    if metric == Metric::ExactMatch { share(value) } else { Cell::Number(value) }
}

/// How many answers of a size are drawn: fewer where they are long.
fn answers(setup: &Setup) -> usize {
    let of_an_answer = match setup.metric {
        Metric::ExactMatch | Metric::TokenErrors => setup.test.tokens,
        Metric::MultipleChoice => setup.test.options,
        Metric::LogLikelihood | Metric::Brier => 1,
    };
    (DRAWS / (of_an_answer * setup.sizes.len())).clamp(ANSWERS.0, ANSWERS.1)
}

/// Does every answer score the same, whatever is drawn? These metrics read the probabilities themselves.
fn certain(setup: &Setup) -> bool {
    let of_probabilities = matches!(setup.metric, Metric::LogLikelihood | Metric::Brier);
    of_probabilities && setup.test.items == Items::Alike
}

fn simulated(setup: &Setup) -> Table {
    let answers = answers(setup);
    let rows = setup.sizes.iter().map(|&size| {
        let mut rng = rng(setup.seed, &format!("Q11 drawn answers {size}"));
        let drawn = simulate(setup.metric, &setup.test, &setup.law, size, answers, &mut rng);
        // What is left of alike numbers is rounding; where chance has a part, alike draws tell no error.
        let error = match () {
            () if certain(setup) => Cell::Number(0.0),
            () if drawn.error == 0.0 => Cell::Words(Text::same("—")),
            () => Cell::Number(drawn.error),
        };
        let formula = score(setup.metric, setup.test.expected(setup.metric, &setup.law, size));
        row![among(size, &setup.sizes), formula, drawn.mean, error]
    });
    Grid::new("simulated", &WORDS).rows(rows).table()
}
