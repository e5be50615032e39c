//! Published models and a person's run against the optimum, and 6ND against the count.

use concepts::budget::find;
use concepts::scaling::{Law, TrainedModel, counted_flops, trained_models, training_flops};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::number::{plain, three_digits, unrounded};
use crate::kit::text::Text;
use crate::lessons::scaling::setup::{Own, Setup, best_sizes};
use crate::lessons::scaling::{WORDS, knobs};
use crate::{named, row};

/// The table of trained models, where it was asked for in the place of a page.
pub(crate) fn listed(setting: &Setting) -> Option<Findings> {
    knobs::MODEL.of(&setting.values)?.trim().eq_ignore_ascii_case("list").then(|| {
        let rows = trained_models().iter().map(|m| row![m.id, m.n, m.d, m.source]);
        let mut f = Findings::default();
        f.table("list", Grid::new("list", &WORDS).rows(rows).table());
        f
    })
}

pub(crate) fn models(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    f.table("models", table(setup)?);
    let bounds: Vec<&str> = trained_models().iter().filter(|m| m.at_most).map(|m| m.title).collect();
    f.words("at_most", Text::new(bounds.join(", "), bounds.join("、")));
    f.note("own", setup.own.map(|own| asked(&own, setup)).transpose()?);
    f.table("counts", counts()?);
    Ok(f)
}

/// How many times the best tokens a parameter a model has, each at its own budget.
pub(crate) fn against_optimum(model: &TrainedModel, law: &Law) -> Result<f64, Refusal> {
    Ok(model.d / model.n / law.optimum(training_flops(model.n, model.d))?.ratio())
}

fn table(setup: &Setup) -> Result<Table, Refusal> {
    let own = setup.own.filter(|own| own.title.is_none());
    // Rounded, it would be another run than the one that was asked for.
    let own = own.map(|own| {
        let name = WORDS.get("own.name").map(|name| format!("{name} ←"));
        let mut row = against(name, own.n, own.d, setup)?;
        for (cell, said) in row[1..].iter_mut().zip(own.said) {
            *cell = unrounded(said);
        }
        Ok(row)
    });
    let mark =
        |m: &TrainedModel| if setup.own.is_some_and(|own| own.title == Some(m.title)) { " ←" } else { "" };
    let rows: Vec<Vec<Cell>> = trained_models()
        .iter()
        .map(|m| against(Text::same(format!("{}{}", m.title, mark(m))), m.n, m.d, setup))
        .chain(own)
        .collect::<Result<_, _>>()?;
    Ok(Grid::new("models", &WORDS).rows(rows).table())
}

fn against(name: Text, n: f64, d: f64, setup: &Setup) -> Result<Vec<Cell>, Refusal> {
    let run = setup.law.overtraining(n, d)?;
    Ok(row![name, n, d, d / n, run.best.ratio(), run.gap, run.factor])
}

/// What is to say of a run: too small for its budget, too large, or about right; or that the published sets of constants
/// do not agree on which.
fn asked(own: &Own, setup: &Setup) -> Result<Text, Refusal> {
    // Close to the optimum by the constants chosen.
    const NEAR: f64 = 1.25;
    // A vocabulary of the usual size.
    const WORDS_GUESSED: usize = 50_000;
    let guess = (WORDS_GUESSED as f64).ln();
    let (n, d, c) = (own.n, own.d, training_flops(own.n, own.d));
    let run = setup.law.overtraining(n, d)?;
    // The budget of the page, unless a model was asked for beside another one.
    let same = (c / setup.compute - 1.0).abs() < 1e-9;
    let c_said = if same { setup.compute_said } else { three_digits(c) };
    let share = n / run.best.n;
    let (least, most) = best_sizes(c)?;
    let id = if run.loss > guess {
        "own.guessing"
    } else if (1.0 / NEAR..=NEAR).contains(&share) {
        "own.near"
    } else if (least..=most).contains(&n) {
        "own.between"
    } else if share > 1.0 {
        "own.large"
    } else {
        "own.small"
    };
    let name = own.title.map_or_else(|| WORDS.get("own.name"), Text::same);
    let said = named![
        name,
        n = own.said[0],
        d = own.said[1],
        c = c_said,
        ratio = d / n,
        best_n = run.best.n,
        best_d = run.best.d,
        loss = run.loss,
        gap = run.gap,
        factor = run.factor,
        least,
        most,
        share,
        guess,
        words = WORDS_GUESSED
    ];
    Ok(WORDS.with(id, &said))
}

/// 6ND beside the count from the configuration, where there is one; 6ND with the exact number of parameters.
fn counts() -> Result<Table, Refusal> {
    let known = [
        "gpt-3-175b",
        "llama-1-7b",
        "llama-2-7b",
        "llama-2-70b",
        "llama-3.1-405b",
        "qwen2.5-7b",
        "gemma-2-9b",
    ];
    let mut grid = Grid::new("counts", &WORDS);
    for model in trained_models().iter().filter(|model| known.contains(&model.id)) {
        let config = &find(model.id)?.config;
        let (rule, counted) =
            (training_flops(model.n, model.d), counted_flops(config, model.d, model.context)?);
        let context = plain(model.context as f64);
        grid = grid.row(row![model.title, context, rule, counted, counted / rule]);
    }
    Ok(grid.table())
}
