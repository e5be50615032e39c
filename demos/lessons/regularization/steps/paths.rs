//! Both paths on the data, and the solutions beside each other.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::regularization::{Design, Event, RegularizationError, Scaling, zeros};
use ndarray::Array1;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::setup::{Setup, rounded_up};
use crate::lessons::regularization::steps::directions::is_alone;
use crate::lessons::regularization::steps::geometry::Two;
use crate::{named, row};

/// Knots and columns that a page has room for.
const KNOTS: usize = 14;
pub(crate) const COLUMNS: usize = 12;

pub(crate) fn paths(setup: &Setup) -> Result<Findings, RegularizationError> {
    let mut f = Findings::default();
    let design = &setup.design;
    f.words("target", setup.data.target.clone());
    f.number("rows", design.rows() as f64);
    f.number("columns", design.width() as f64);
    f.words("lambda_max", Text::same(rounded_up(design.lambda_max())));
    f.words("lambda", Text::same(setup.lambda_said()));
    f.words("ridge_lambda", Text::same(setup.ridge_said()));
    f.number("alpha", setup.alpha);
    // The last one is the end.
    f.number("knots", (setup.path.knots.len() - 1) as f64);
    let left = setup.path.knots.iter().filter(|knot| matches!(knot.event, Event::Leaves(_))).count();
    f.words(
        "left_said",
        match left {
            0 => WORDS.get("left_said.none"),
            _ => WORDS.with("left_said", &named![left]),
        },
    );
    f.table("steps", steps(setup));
    let (lasso, net) = (setup.lasso(), setup.elastic_net()?);
    let ridge = setup.ridge.coefficients(setup.ridge_lambda);
    let least = setup.ridge.coefficients(0.0);
    f.number("lasso_zeros", varying_zeros(setup, &lasso));
    f.number("ridge_zeros", varying_zeros(setup, &ridge));
    f.number("net_zeros", varying_zeros(setup, &net));
    f.table("solutions", solutions(setup, &[least, ridge, lasso, net]));
    notes(setup, &mut f);
    units(setup, &mut f)?;
    Ok(f)
}

/// Zeros among the columns that vary.
fn varying_zeros(setup: &Setup, w: &Array1<f64>) -> f64 {
    (zeros(w.view()) - setup.design.constant().len()) as f64
}

fn steps(setup: &Setup) -> Table {
    let grid = Grid::new("steps", &WORDS);
    let rows = setup.path.knots.iter().take(KNOTS).enumerate().map(|(i, knot)| {
        let event = match knot.event {
            Event::Enters(j) => grid_word("steps.enters", setup.name(j)),
            Event::Leaves(j) => grid_word("steps.leaves", setup.name(j)),
            Event::Ends if setup.ends_at_least_squares() => WORDS.get("steps.ends"),
            Event::Ends if setup.unique() => WORDS.get("steps.ends-without"),
            Event::Ends => WORDS.get("steps.ends-many"),
        };
        let r = setup.design.residual(knot.coefficients.view());
        let explained = 1.0 - r.dot(&r) / setup.design.response().dot(&setup.design.response());
        let absolute: f64 = knot.coefficients.iter().map(|w| w.abs()).sum();
        row![i, knot.lambda, event, absolute, explained.max(0.0)]
    });
    let rows: Vec<_> = rows.collect();
    grid.rows(rows).table()
}

fn grid_word(id: &str, name: &str) -> Text {
    WORDS.with(id, &named![name])
}

fn solutions(setup: &Setup, all: &[Array1<f64>; 4]) -> Table {
    let order = setup.shown(COLUMNS);
    let rows = order.iter().map(|&j| {
        let [least, ridge, lasso, net] = all.each_ref().map(|w| w[j]);
        row![setup.name(j), least, ridge, lasso, net]
    });
    let grid = Grid::new("solutions", &WORDS);
    let grid = grid.value("lambda", setup.lambda_said()).value("ridge", setup.ridge_said());
    // Divided by the largest before squaring: the square of a tiny coefficient is 0.
    let norm = |w: &Array1<f64>| match w.iter().fold(0.0, |most: f64, w| most.max(w.abs())) {
        0.0 => 0.0,
        most => most * w.iter().map(|w| (w / most).powi(2)).sum::<f64>().sqrt(),
    };
    let absolute = |w: &Array1<f64>| w.iter().map(|w| w.abs()).sum::<f64>();
    let of = |of: &dyn Fn(&Array1<f64>) -> f64| all.iter().map(|w| of(w).into()).collect::<Vec<_>>();
    grid.rows(rows).said("norm", of(&norm)).said("absolute", of(&absolute)).table()
}

/// What of the data is not used, or cannot be told apart.
fn notes(setup: &Setup, f: &mut Findings) {
    let list = |names: Vec<&str>| {
        let more = (names.len() > COLUMNS).then_some("…");
        let shown: Vec<&str> = names.into_iter().take(COLUMNS).chain(more).collect();
        Text::new(shown.join(", "), shown.join("、"))
    };
    let of = |columns: &[usize]| columns.iter().map(|&j| setup.name(j)).collect::<Vec<_>>();
    let note = |id: &str, names: Vec<&str>| {
        (!names.is_empty()).then(|| WORDS.with(id, &named![count = names.len(), names = list(names)]))
    };
    let words = &setup.data.words;
    let names = || {
        let more = (words.len() > COLUMNS).then(|| Text::same("…"));
        Text::list(&words.iter().take(COLUMNS).cloned().chain(more).collect::<Vec<_>>())
    };
    let some = (!words.is_empty()).then(names);
    f.note("note_words", some.map(|names| WORDS.with("note_words", &named![count = words.len(), names])));
    f.note("note_counted", setup.data.counted.clone());
    f.note("note_constant", note("note_constant", of(setup.design.constant())));
    // With more columns than rows others can replace any column, and which ones stay out says nothing.
    let copies =
        if setup.design.width() < setup.data.problem.y.len() { of(&setup.path.spanned) } else { vec![] };
    f.note("note_spanned", note("note_spanned", copies));
    let hidden = setup.design.width().saturating_sub(COLUMNS);
    f.note("note_hidden", (hidden > 0).then(|| WORDS.with("note_hidden", &named![hidden, shown = COLUMNS])));
    let more = setup.path.knots.len().saturating_sub(KNOTS);
    f.note("note_knots", (more > 0).then(|| WORDS.with("note_knots", &named![more, shown = KNOTS])));
    let none = Two::of(&setup.data.problem).is_none();
    f.note("note_two", none.then(|| WORDS.get("note_two")));
    let above = setup.lambda >= setup.design.lambda_max();
    f.note("note_nothing", above.then(|| WORDS.get("note_nothing")));
    let directions = setup.ridge.singular_values().len();
    let columns = setup.design.width() - setup.design.constant().len();
    let many = || WORDS.with("note_many", &named![columns, directions]);
    f.note("note_many", (!setup.unique()).then(many));
}

/// The same data with its columns in their own units: what is chosen first then depends on the units.
fn units(setup: &Setup, f: &mut Findings) -> Result<(), RegularizationError> {
    let problem = &setup.data.problem;
    let plain = Design::new(problem.x.view(), problem.y.view(), Scaling::Centred)?;
    let first = |design: &Design| {
        let c = design.correlations(design.response());
        (0..c.len()).fold(0, |best, j| if c[j].abs() > c[best].abs() { j } else { best })
    };
    let firsts = [first(&setup.design), first(&plain)];
    let [at_once, own_at_once] = [tied(&setup.design, firsts[0]), tied(&plain, firsts[1])];
    let [scaled, own] = firsts.map(|j| setup.name(j).to_string());
    f.words(
        "units_said",
        match () {
            () if is_alone(setup) => WORDS.get("units_said.one"),
            () if at_once => WORDS.get("units_said.tied"),
            () if own_at_once => WORDS.with("units_said.own-tied", &named![scaled]),
            () if scaled == own => WORDS.with("units_said.same", &named![scaled]),
            () => WORDS.with("units_said", &named![scaled, own]),
        },
    );
    Ok(())
}

/// Does another column enter at the same λ as the first one, as far as rounding tells? A copy does not: once the first
/// is in, nothing is left for it.
fn tied(design: &Design, first: usize) -> bool {
    let c = design.correlations(design.response());
    let x = design.column(first);
    (0..c.len()).filter(|&j| j != first && c[j].abs() >= (1.0 - EXACT_F64) * c[first].abs()).any(|j| {
        let other = design.column(j);
        let along = x.dot(&other) * c[j].signum() * c[first].signum();
        along < (1.0 - EXACT_F64) * x.dot(&x).min(other.dot(&other))
    })
}
