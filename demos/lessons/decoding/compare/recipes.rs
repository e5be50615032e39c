//! Which settings are compared.

use concepts::comparison::{Family, Recipe};

use super::models;
use crate::kit::knob::{Refusal, Values};
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// Temperatures of the grid.
pub(crate) const HEATS: [f64; 4] = [0.7, 1.0, 1.5, 2.5];

/// What the lesson calls temperature 1.
const SAMPLING: &str = "sampling";

/// A column of the grid: a cut, or none.
pub(crate) const CUTS: [Option<(Family, f64)>; 4] =
    [None, Some((Family::TopK, 10.0)), Some((Family::TopP, 0.9)), Some((Family::MinP, 0.1))];

/// Every family that was asked for, swept, with the person's own numbers among the values; then the grid of
/// temperature and cut. Each setting once.
pub(crate) fn recipes(values: &Values) -> Result<Vec<Recipe>, Refusal> {
    let families = families(values)?;
    let mut all: Vec<Recipe> = families.iter().flat_map(|family| sweep(*family, values)).collect();
    all.extend(grid(&families));
    let mut once: Vec<Recipe> = Vec::new();
    for recipe in all {
        if !once.contains(&recipe) {
            recipe.check()?;
            once.push(recipe);
        }
    }
    Ok(once)
}

/// The families named by `--strategies`, or by `--strategy`, or all.
pub(crate) fn families(values: &Values) -> Result<Vec<Family>, Refusal> {
    let Some(list) = knobs::STRATEGIES.of(values) else {
        let one = knobs::STRATEGY.of(values).and_then(|kind| family(kind.word()));
        return Ok(one.map_or_else(|| Family::all().collect(), |family| vec![family]));
    };
    let named = list.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty());
    let found: Vec<Family> =
        named.map(|name| family(name).ok_or_else(|| unknown(name))).collect::<Result<_, _>>()?;
    if found.is_empty() { Err(unknown(list)) } else { Ok(found) }
}

/// A family by its word. Pure sampling is temperature 1, and one of the settings of that family.
fn family(word: &str) -> Option<Family> {
    if word == SAMPLING { Some(Family::Temperature) } else { Family::named(word) }
}

fn unknown(name: &str) -> Refusal {
    let known = Family::all().map(Family::word).collect::<Vec<_>>().join(", ");
    Refusal(WORDS.with("refused.strategies", &named![name, known]))
}

/// The short sweep or the whole range, and what a person typed for this family. Of a real model, which takes its time,
/// every other number of the short one.
fn sweep(family: Family, values: &Values) -> Vec<Recipe> {
    let (short, long) = (family.short_sweep(), family.long_sweep());
    let mut numbers: Vec<f64> = match (knobs::WIDE.of(values), models::own_file(values)) {
        (true, _) => long.to_vec(),
        (false, Some(_)) => short.iter().copied().step_by(2).collect(),
        (false, None) => short.to_vec(),
    };
    numbers.extend(own(family, values));
    numbers.sort_by(f64::total_cmp);
    let penalty = (family == Family::Beam && values.given(&knobs::LENGTH_PENALTY))
        .then(|| knobs::LENGTH_PENALTY.of(values));
    let length = |recipe: Recipe| Recipe { length_penalty: penalty.unwrap_or(0.0), ..recipe };
    Recipe::sweep(family, &numbers).into_iter().map(length).collect()
}

/// The number that a person gave for a family.
fn own(family: Family, values: &Values) -> Option<f64> {
    let given = |knob: &dyn crate::kit::knob::Knob, value: f64| values.given(knob).then_some(value);
    match family {
        Family::Temperature => given(&knobs::TEMPERATURE, knobs::TEMPERATURE.of(values)),
        Family::TopK => given(&knobs::K, knobs::K.of(values) as f64).filter(|k| *k > 0.0),
        Family::TopP => given(&knobs::P, knobs::P.of(values)),
        Family::MinP => given(&knobs::MIN_P, knobs::MIN_P.of(values)),
        Family::Beam => given(&knobs::BEAMS, knobs::BEAMS.of(values) as f64),
        _ => None,
    }
}

/// Temperature before each cut, where both families take part.
fn grid(families: &[Family]) -> Vec<Recipe> {
    if !families.contains(&Family::Temperature) {
        return Vec::new();
    }
    let there = CUTS.iter().filter(|cut| cut.is_none_or(|(family, _)| families.contains(&family)));
    there.flat_map(|cut| HEATS.iter().map(|heat| heated(*cut, *heat))).collect()
}

/// A cut at a temperature; temperature alone where nothing is cut.
pub(crate) fn heated(cut: Option<(Family, f64)>, temperature: f64) -> Recipe {
    match cut {
        None => Recipe::new(Family::Temperature, temperature),
        Some((family, value)) => Recipe { temperature, ..Recipe::new(family, value) },
    }
}
