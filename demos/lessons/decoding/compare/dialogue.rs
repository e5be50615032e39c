//! Dialogue and stories: open-ended text in several languages whose statistics are known. How near strategies come to
//! how people write, and how varied they are where they are equally good.

use concepts::comparison::Family;
use concepts::decoding::{Filter, Pipeline};
use concepts::evaluation::{CurvePoint, matched_values};
use concepts::tasks::{Style, TasksError, Writer, style};
use rayon::prelude::*;

use super::open::{LENGTH, filters, language, styled};

/// Languages, each of a seed of its own.
pub(super) const LANGUAGES: u64 = 12;
/// The share of tokens that are no words at which strategies count as equally good: a tenth of the model's tail.
pub(super) const JUNK: f64 = 0.005;

/// What is set to that share, each over numbers that reach from below it to above.
const SWEPT: [(Family, &[f64]); 4] = [
    (Family::Temperature, &[0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]),
    (Family::TopK, &[2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 40.0, 80.0]),
    (Family::TopP, &[0.5, 0.8, 0.9, 0.94, 0.96, 0.98, 1.0]),
    (Family::MinP, &[0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.0]),
];

/// What strategies reach, a number for each language.
pub(super) struct Dialogue {
    /// How far from people, by strategy.
    pub(super) distance: Vec<(&'static str, Vec<f64>)>,
    /// Pairs of words in effect, beside those of people, where [`JUNK`] of the tokens are no words.
    pub(super) variety: Vec<(Family, Vec<f64>)>,
}

/// All languages, side by side.
pub(super) fn dialogue(seed: u64) -> Result<Dialogue, TasksError> {
    let seeds: Vec<u64> = (0..LANGUAGES).map(|i| seed.wrapping_add(i)).collect();
    let one = |&seed: &u64| -> Result<_, TasksError> { Ok((distances(seed)?, varieties(seed)?)) };
    let all: Vec<(Vec<f64>, Vec<f64>)> =
        seeds.par_iter().with_max_len(1).map(one).collect::<Result<_, TasksError>>()?;
    let distance = |(i, (id, _)): (usize, (&'static str, _))| (id, all.iter().map(|of| of.0[i]).collect());
    let variety = |(i, (family, _)): (usize, (Family, _))| (family, all.iter().map(|of| of.1[i]).collect());
    Ok(Dialogue {
        distance: filters().into_iter().enumerate().map(distance).collect(),
        variety: SWEPT.into_iter().enumerate().map(variety).collect(),
    })
}

/// Of each strategy, in the language of a seed.
fn distances(seed: u64) -> Result<Vec<f64>, TasksError> {
    filters().into_iter().map(|(_, filters)| Ok(styled(filters, seed)?.total_variation)).collect()
}

/// Of each family, in the language of a seed.
fn varieties(seed: u64) -> Result<Vec<f64>, TasksError> {
    let chain = language(seed)?;
    let people = style(&Writer::new(&chain, 0.0, 1)?, &Pipeline::default(), LENGTH)?.pairs;
    let of = |(family, numbers): (Family, &[f64])| {
        let each = numbers.iter().map(|&number| styled(vec![filter(family, number)], seed));
        Ok(equally_good(&each.collect::<Result<Vec<Style>, TasksError>>()?) / people)
    };
    SWEPT.into_iter().map(of).collect()
}

fn filter(family: Family, number: f64) -> Filter {
    match family {
        Family::TopK => Filter::TopK(number as usize),
        Family::TopP => Filter::TopP(number),
        Family::MinP => Filter::MinP(number),
        _ => Filter::Temperature(number),
    }
}

/// Pairs in effect at [`JUNK`], between the settings; NaN if they do not reach it. Of settings that let through equally
/// much the most varied counts.
fn equally_good(settings: &[Style]) -> f64 {
    let mut curve: Vec<CurvePoint> = Vec::new();
    for of in settings {
        match curve.iter_mut().find(|point| point.x == of.junk) {
            Some(point) => point.y[0] = point.y[0].max(of.pairs),
            None => curve.push(CurvePoint { x: of.junk, y: vec![of.pairs] }),
        }
    }
    matched_values(&curve, JUNK).map_or(f64::NAN, |values| values[0])
}
