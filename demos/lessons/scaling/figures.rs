//! The pictures.

use concepts::scaling::{Kaplan, find_trained};

use super::WORDS;
use super::experiments::extrapolation::{self, Extrapolation, FAR, SEEN};
use super::experiments::recovery::Recovered;
use super::knobs::SETS;
use super::setup::Setup;
use super::steps::models::against_optimum;
use super::steps::serving::SMALLER;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;

pub(crate) fn figures(setup: &Setup, recovered: &[Recovered]) -> Result<Vec<Figure>, Refusal> {
    Ok(vec![
        valleys(setup)?,
        answers(setup)?,
        ratios(setup)?,
        costs(setup)?,
        extrapolated(setup),
        recovery(recovered),
    ])
}

/// Places at equal factors.
fn along(from: f64, to: f64, steps: i32) -> Vec<f64> {
    (0..=steps).map(|i| from * (to / from).powf(f64::from(i) / f64::from(steps))).collect()
}

fn valleys(setup: &Setup) -> Result<Figure, Refusal> {
    let mut sketch = Sketch::lines("valleys", &WORDS, [Log, Linear]);
    let mut floors = Vec::new();
    for (id, share) in [("small", 0.01), ("middle", 0.1), ("whole", 1.0)] {
        let c = share * setup.compute;
        let best = setup.law.optimum(c)?;
        sketch = sketch.formula(id, setup.law.iso_flop(c, &along(best.n / 30.0, best.n * 30.0, 60)));
        let found = setup.law.search(c)?;
        floors.push((found.n, setup.law.loss(found.n, found.d)));
    }
    Ok(sketch.measured("floors", floors).value("compute", setup.compute_said).figure())
}

fn answers(setup: &Setup) -> Result<Figure, Refusal> {
    let budgets = along(setup.compute / 1e4, setup.compute * 1e2, 24);
    let mut sketch = Sketch::lines("answers", &WORDS, [Log, Log]);
    for (name, law) in SETS {
        let sizes: Result<Vec<f64>, _> = budgets.iter().map(|&c| law.optimum(c).map(|best| best.n)).collect();
        sketch = sketch.formula(name, budgets.iter().copied().zip(sizes?));
    }
    let kaplan = budgets.iter().map(|&c| (c, Kaplan::PUBLISHED.optimum(c).n));
    Ok(sketch.formula("kaplan", kaplan).rule(setup.compute).figure())
}

/// Models that a terminal has room for, in the order of what they are.
const SHOWN: [&str; 11] = [
    "mt-nlg-530b",
    "gopher",
    "gpt-3-175b",
    "palm-540b",
    "chinchilla",
    "llama-1-65b",
    "llama-2-70b",
    "llama-3.1-405b",
    "llama-2-7b",
    "llama-3-8b",
    "qwen2.5-7b",
];

fn ratios(setup: &Setup) -> Result<Figure, Refusal> {
    let mut bars = Vec::new();
    for id in SHOWN {
        let model = find_trained(id)?;
        bars.push((Text::same(model.title), against_optimum(model, &setup.law)?));
    }
    bars.sort_by(|a, b| a.1.total_cmp(&b.1));
    Ok(Sketch::bars("ratios", &WORDS, Log, bars)
        .value("set", WORDS.get(&format!("set.{}", setup.set)))
        .figure())
}

fn costs(setup: &Setup) -> Result<Figure, Refusal> {
    let loss = setup.best_loss()?;
    let best = setup.law.optimum(setup.compute)?;
    let served = setup.law.serving_optimum(loss, setup.served)?;
    let sizes = along(served.best.n * 0.75, best.n * 4.0, 80);
    let cost = |tokens: f64| {
        let of = move |&n: &f64| Some((n, setup.law.serving_cost(loss, n, tokens)?));
        sizes.iter().filter_map(of).collect::<Vec<_>>()
    };
    let free = setup.law.serving_optimum(loss, 0.0)?;
    let floors = [(served.best.n, served.total()), (free.best.n, free.total())];
    let title = match () {
        () if setup.served == 0.0 => "costs.none",
        () if served.best.n < SMALLER * best.n => "costs.smaller",
        () => "costs.alike",
    };
    Ok(Sketch::lines("costs", &WORDS, [Log, Log])
        .value("served", setup.served)
        .value("title", WORDS.get(title))
        .formula("training", cost(0.0))
        .formula("both", cost(setup.served))
        .measured("cheapest", floors)
        .figure())
}

fn extrapolated(setup: &Setup) -> Figure {
    let found = Extrapolation::new(&setup.law, extrapolation::NOISE, setup.seed, "Q6 C16");
    let budgets = along(SEEN[0], 10.0 * FAR, 40);
    let truth = budgets.iter().map(|&c| (c, extrapolation::best_loss(&setup.law, c)));
    let floor = [(SEEN[0], setup.law.e), (10.0 * FAR, setup.law.e)];
    Sketch::lines("extrapolated", &WORDS, [Log, Linear])
        .measured("points", found.points.iter().copied().step_by(3))
        .formula("truth", truth)
        .formula("right", budgets.iter().map(|&c| (c, found.right.at(c))))
        .formula("pure", budgets.iter().map(|&c| (c, found.pure.at(c))))
        .formula("floor", floor)
        .figure()
}

fn recovery(recovered: &[Recovered]) -> Figure {
    let points = recovered.iter().filter(|r| r.n.iter().all(|n| n.is_finite() && *n > 0.0));
    let last = recovered.last().map_or(1.0, |r| r.runs as f64);
    let first = recovered.first().map_or(1.0, |r| r.runs as f64);
    // Nearer to the truth, and the bars shorter: one does not follow from the other.
    let bar = |r: &Recovered| r.n[2] / r.n[0];
    let nearer = recovered.windows(2).all(|pair| 1.05 * pair[1].misses() < pair[0].misses());
    let narrower = nearer && recovered.windows(2).all(|pair| bar(&pair[1]) < bar(&pair[0]));
    Sketch::lines("recovery", &WORDS, [Log, Log])
        .value("title", WORDS.get(if narrower { "recovery.narrower" } else { "recovery.exact" }))
        .spread("found", points.map(|r| (r.runs as f64, r.n[1], r.n[0], r.n[2])))
        .formula("true", [(first, 1.0), (last, 1.0)])
        .figure()
}
