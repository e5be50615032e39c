//! The law, and the best split of a budget.

use concepts::scaling::find_trained;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::scaling::WORDS;
use crate::lessons::scaling::knobs::SETS;
use crate::lessons::scaling::setup::{CHINCHILLA, Setup, best_sizes};
use crate::{named, row};

pub(crate) fn budget(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.formula(
        "f_law",
        r"L(N, D) = E + \frac{A}{N^\alpha} + \frac{B}{D^\beta}",
        "L(N, D) = E + A/N^α + B/D^β",
    );
    f.formula("f_cost", r"C \approx 6ND", "C ≈ 6·N·D");
    f.formula(
        "f_optimum",
        r"N^* = G\,(C/6)^{\beta/(\alpha+\beta)},\quad D^* = G^{-1}(C/6)^{\alpha/(\alpha+\beta)},\quad G = \Big(\frac{\alpha A}{\beta B}\Big)^{1/(\alpha+\beta)}",
        "N* = G·(C/6)^(β/(α+β))    D* = (C/6)^(α/(α+β)) / G    G = (αA/βB)^(1/(α+β))",
    );
    let best = setup.law.optimum(setup.compute)?;
    f.words("set", WORDS.get(&format!("set.{}", setup.set)));
    f.number("compute", setup.compute_said);
    f.number("best_n", best.n);
    f.number("best_d", best.d);
    f.number("best_ratio", best.ratio());
    f.number("best_loss", setup.law.loss(best.n, best.d));
    let (a, b) = setup.law.exponents();
    f.number("exponent_n", a);
    f.number("exponent_d", b);
    growth(&mut f, a, b);
    f.note("outside", outside(best.n, best.d));
    f.note("own_outside", setup.own.and_then(|own| own_outside(own.n, own.d)));
    let found = setup.law.search(setup.compute)?;
    f.number("search_error", (found.n / best.n - 1.0).abs());
    f.table("sets", sets(setup)?);
    f.words("spread", spread(setup)?);
    f.table("off", off(setup)?);
    three_answers(&mut f)?;
    Ok(f)
}

/// In which proportion both sizes grow: some of the published constants have one grow faster.
fn growth(f: &mut Findings, a: f64, b: f64) {
    /// Exponents that are further apart are not called nearly equal.
    const EVEN: f64 = 0.05;
    let kind = if (a - b).abs() <= EVEN { "even" } else { "apart" };
    for (id, part) in [("growth", ""), ("growth_law", "-law"), ("growth_root", "-root")] {
        f.words(id, WORDS.with(&format!("growth.{kind}{part}"), &named![power = a / b]));
    }
}

/// A smaller factor is written as 1.00: nobody calls that outside.
pub(super) const ALIKE: f64 = 1.005;

/// Sizes of Chinchilla's runs, to which all three sets of constants were fitted: parameters, tokens.
const FITTED: [[f64; 2]; 2] = [[70e6, 16e9], [5e9, 500e9]];

/// Where a size lies outside of what was fitted: on which side, and by which factor.
fn beyond(size: f64, [low, high]: [f64; 2]) -> Option<(&'static str, f64)> {
    let (below, above) = (low / size, size / high);
    match () {
        () if below > ALIKE => Some(("below", below)),
        () if above > ALIKE => Some(("above", above)),
        () => None,
    }
}

/// Parameters and tokens against what was fitted: the words for each of the two that lies outside, with its side.
fn sides(n: f64, d: f64) -> Vec<(&'static str, Text)> {
    let [sizes, tokens] = FITTED;
    let of = |what: &str, found: Option<(&'static str, f64)>| {
        found.map(|(side, factor)| (side, WORDS.with(&format!("side.{what}-{side}"), &named![factor])))
    };
    [of("n", beyond(n, sizes)), of("d", beyond(d, tokens))].into_iter().flatten().collect()
}

fn fitted(id: &str, sides: Vec<(&'static str, Text)>) -> Text {
    let [sizes, tokens] = FITTED;
    let places: Vec<Text> = sides.into_iter().map(|(_, words)| words).collect();
    let values = named![
        n_from = sizes[0],
        n_to = sizes[1],
        d_from = tokens[0],
        d_to = tokens[1],
        sides = Text::joined(&places, [", ", "；"])
    ];
    WORDS.with(id, &values)
}

/// Where an optimum lies outside of what was fitted. Of a small budget no run was ever fitted.
fn outside(n: f64, d: f64) -> Option<Text> {
    let sides = sides(n, d);
    let below = sides.iter().any(|(side, _)| *side == "below");
    let id = if below { "outside.below" } else { "outside.above" };
    (!sides.is_empty()).then(|| fitted(id, sides))
}

/// The same of a run that was asked for. It may lie below in one size and above in the other.
fn own_outside(n: f64, d: f64) -> Option<Text> {
    let sides = sides(n, d);
    (!sides.is_empty()).then(|| fitted("own_outside", sides))
}

/// Every set of constants at this budget.
fn sets(setup: &Setup) -> Result<Table, Refusal> {
    let mut grid = Grid::new("sets", &WORDS).value("compute", setup.compute_said);
    for (name, law) in SETS {
        let best = law.optimum(setup.compute)?;
        let mark = if *name == setup.set { " ←" } else { "" };
        let loss = law.loss(best.n, best.d);
        let cells = row![best.n, best.d, best.ratio(), loss, law.exponents().0];
        let name: Text = grid.word(name);
        let cells = std::iter::once(name.map(|name| format!("{name}{mark}")).into()).chain(cells).collect();
        grid = grid.row(cells);
    }
    Ok(grid.table())
}

/// By how much the sets disagree at this budget.
fn spread(setup: &Setup) -> Result<Text, Refusal> {
    let (least, most) = best_sizes(setup.compute)?;
    Ok(WORDS.with("spread", &named![factor = most / least]))
}

/// What the wrong size costs, on both sides of the valley.
fn off(setup: &Setup) -> Result<Table, Refusal> {
    const FACTORS: [f64; 7] = [1.0 / 64.0, 1.0 / 16.0, 0.25, 1.0, 4.0, 16.0, 64.0];
    const NAMES: [&str; 7] = ["1/64", "1/16", "1/4", "1", "4", "16", "64"];
    let best = setup.law.optimum(setup.compute)?;
    let least = setup.law.loss(best.n, best.d);
    let rows = FACTORS.iter().zip(NAMES).map(|(f, name)| {
        let (n, d) = (best.n * f, best.d / f);
        let loss = setup.law.loss(n, d);
        row![name, n, d, loss, loss - least]
    });
    Ok(Grid::new("off", &WORDS).rows(rows).table())
}

/// Chinchilla's own budget, whatever the knobs.
fn three_answers(f: &mut Findings) -> Result<(), Refusal> {
    f.number("chinchilla_compute", CHINCHILLA);
    let (chinchilla, small) = (find_trained("chinchilla")?, find_trained("llama-3-8b")?);
    f.number("chinchilla_n", chinchilla.n);
    f.number("chinchilla_ratio", chinchilla.d / chinchilla.n);
    f.number("llama_tokens", small.d);
    for (id, (_, law)) in ["answer_besiroglu", "answer_tex", "answer_hoffmann"].into_iter().zip(SETS) {
        f.number(id, law.optimum(CHINCHILLA)?.n);
    }
    for (id, (_, law)) in ["ratio_besiroglu", "ratio_tex", "ratio_hoffmann"].into_iter().zip(SETS) {
        f.number(id, law.optimum(CHINCHILLA)?.ratio());
    }
    Ok(())
}
