//! The comparison as pictures.

use concepts::comparison::{Family, Measure, Recipe};
use concepts::evaluation::{Bootstrap, surprise_by_position};
use ndarray::Array2;

use super::assess::{Assessed, RESAMPLES, Row};
use super::cost::Speeds;
use super::recipes::{CUTS, HEATS, heated};
use super::tables::{percent, two};
use super::{label, matched::LOCAL};
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::{Figure, Series};
use crate::kit::number::short;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// Curves that are told apart in one picture.
const DRAWN: [Family; 7] = [
    Family::Temperature,
    Family::TopK,
    Family::TopP,
    Family::MinP,
    Family::Typical,
    Family::Beam,
    Family::Contrastive,
];
/// Beams that are followed along the text.
const BEAMS: f64 = 4.0;
/// Blocks of positions.
const BLOCKS: usize = 8;
/// Beyond so many times people's surprise texts are noise, and one such point would squeeze all others.
const NOISE: f64 = 1.7;

pub(super) fn figures(assessed: &Assessed) -> Vec<Option<Figure>> {
    vec![trade(assessed), strength(assessed), heat(assessed), position(assessed)]
}

/// A point of a curve with its interval upwards and downwards.
fn point(assessed: &Assessed, row: &Row, x: f64, measure: Measure) -> Option<(f64, f64, f64, f64)> {
    let y = assessed.interval(row, measure);
    (x.is_finite() && y.estimate.is_finite()).then_some((x, y.estimate, y.low, y.high))
}

fn curve(name: Text, mut points: Vec<(f64, f64, f64, f64)>) -> Option<Series> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    // One prompt has no interval.
    let known = points.iter().all(|point| point.2.is_finite() && point.3.is_finite());
    let spread = known.then(|| points.iter().map(|point| (point.2, point.3)).collect());
    let line = points.iter().map(|point| (point.0, point.1)).collect();
    (!points.is_empty()).then(|| Series { spread, ..Series::measured(name, line) })
}

/// Quality against diversity: a curve for each strategy, people as a point.
fn trade(assessed: &Assessed) -> Option<Figure> {
    let place = |row: &Row| assessed.interval(row, Measure::Judge).estimate;
    let end = assessed
        .human()
        .map(place)
        .filter(|nats| nats.is_finite())
        .map_or(f64::INFINITY, |nats| NOISE * nats);
    let of = |row: &&Row| {
        let near = place(row) <= end;
        point(assessed, row, place(row), Measure::SelfBleu).filter(|_| near)
    };
    let swept =
        |family: Family| curve(label::family(family), assessed.sweep(family).iter().filter_map(of).collect());
    let known = DRAWN.into_iter().filter_map(swept);
    let foreign = foreign(assessed)
        .into_iter()
        .filter_map(|(name, rows)| curve(Text::same(name), rows.iter().filter_map(of).collect()));
    let mut series: Vec<Series> = known.chain(foreign).collect();
    // Where few were compared the others can be told apart, too.
    let room = DRAWN.len().saturating_sub(series.len());
    let others = Family::all().filter(|family| !DRAWN.contains(family));
    series.extend(others.filter_map(swept).take(room));
    if series.is_empty() {
        return None;
    }
    let sketch = Sketch::lines("compared-trade", &WORDS, [Linear, Linear]);
    let sketch = series.into_iter().fold(sketch, Sketch::series);
    let human: Vec<_> = assessed.human().as_ref().and_then(of).into_iter().collect();
    let sketch = sketch.value("noise", NOISE);
    // Without a text that people wrote there is no point, and none is named.
    Some(if human.is_empty() {
        Figure { description: WORDS.get("compared-trade.alone"), ..sketch.figure() }
    } else {
        sketch.reference("human", human).figure()
    })
}

/// What the curves show: in how many of the cuts both happen that are expected of a stricter one, and what else there
/// is to know of those that are there.
pub(super) fn curves(assessed: &Assessed) -> [(&'static str, Option<Text>); 3] {
    // Without words nothing is drawn.
    let drawn = |row: &&Row| assessed.interval(row, Measure::SelfBleu).estimate.is_finite();
    let sweeps: Vec<(Family, Vec<&Row>)> = DRAWN
        .iter()
        .map(|family| (*family, assessed.sweep(*family).into_iter().filter(drawn).collect()))
        .filter(|(_, rows): &(Family, Vec<&Row>)| rows.len() > 1)
        .collect();
    let cuts = sweeps.iter().filter(|(family, _)| family.is_random() && *family != Family::Typical);
    let found: Vec<bool> =
        cuts.filter_map(|(family, rows)| less_and_alike(assessed, *family, rows)).collect();
    let (n, of) = (found.iter().filter(|both| **both).count(), found.len());
    let ends = match found[..] {
        [] => None,
        [true] => Some("curves.one"),
        [false] => Some("curves.one-not"),
        _ => Some("curves.ends"),
    };
    let typical = sweeps.iter().any(|(family, _)| *family == Family::Typical);
    [
        ("curve_ends", ends.map(|id| WORDS.with(id, &named![n, of]))),
        ("curve_typical", typical.then(|| WORDS.get("curves.typical"))),
        ("curve_overlap", (sweeps.len() > 1).then(|| WORDS.get("curves.overlap"))),
    ]
}

/// Are the texts of a sweep's strictest setting less surprising and more alike than those of its weakest?
fn less_and_alike(assessed: &Assessed, family: Family, rows: &[&Row]) -> Option<bool> {
    let by = |a: &&&Row, b: &&&Row| strictness(family, a.value()).total_cmp(&strictness(family, b.value()));
    let (weak, strict) = (rows.iter().min_by(by)?, rows.iter().max_by(by)?);
    let rise =
        |measure| assessed.interval(strict, measure).estimate - assessed.interval(weak, measure).estimate;
    let [surprise, likeness] = [rise(Measure::Judge), rise(Measure::SelfBleu)];
    (surprise.is_finite() && likeness.is_finite()).then_some(surprise < 0.0 && likeness > 0.0)
}

/// Rises with how much a setting cuts off.
fn strictness(family: Family, value: f64) -> f64 {
    match family {
        Family::MinP => value,
        Family::TopK if value < 1.0 => f64::NEG_INFINITY, // k = 0 cuts nothing
        _ => -value,
    }
}

/// Settings of strategies that this program does not know, at most as many as can be told apart.
fn foreign(assessed: &Assessed) -> Vec<(&str, Vec<&Row>)> {
    let mut all: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in assessed.written().filter(|row| row.family.is_none()) {
        match all.iter_mut().find(|(name, _)| *name == row.strategy) {
            Some((_, rows)) => rows.push(row),
            None => all.push((&row.strategy, vec![row])),
        }
    }
    all.truncate(DRAWN.len());
    all
}

/// How alike texts are, against the entropy that is left: where strategies are equally strong.
fn strength(assessed: &Assessed) -> Option<Figure> {
    let series: Vec<Series> = LOCAL
        .iter()
        .filter(|family| DRAWN.contains(family))
        .filter_map(|family| {
            let points = assessed
                .sweep(*family)
                .into_iter()
                .filter_map(|row| point(assessed, row, row.strength?.entropy, Measure::SelfBleu));
            curve(label::family(*family), points.collect())
        })
        .collect();
    if series.is_empty() {
        return None;
    }
    let sketch =
        series.into_iter().fold(Sketch::lines("compared-strength", &WORDS, [Linear, Linear]), Sketch::series);
    Some(match assessed.model_entropy {
        Some(entropy) => sketch.rule(entropy).figure(),
        None => sketch.figure(),
    })
}

/// The row of a recipe.
pub(super) fn row_of<'a>(assessed: &'a Assessed, recipe: &Recipe) -> Option<&'a Row> {
    let settings = recipe.settings();
    let same = |row: &&Row| {
        row.family == Some(recipe.family)
            && row.settings.len() == settings.len()
            && settings.iter().all(|(name, value)| row.setting(name) == Some(*value))
    };
    assessed.written().find(same)
}

/// Words that exist, by temperature and cut.
fn heat(assessed: &Assessed) -> Option<Figure> {
    let share = |cut, heat| {
        let row = row_of(assessed, &heated(cut, heat))?;
        Some(assessed.interval(row, Measure::Known).estimate).filter(|share| share.is_finite())
    };
    let mut data = Array2::zeros((CUTS.len(), HEATS.len()));
    for (i, cut) in CUTS.iter().enumerate() {
        for (j, heat) in HEATS.iter().enumerate() {
            data[[i, j]] = share(*cut, *heat)?;
        }
    }
    let rows = CUTS.iter().map(|cut| match cut {
        None => WORDS.get("families.uncut"),
        Some((family, value)) => label::recipe(&Recipe::new(*family, *value)),
    });
    let cols = HEATS.iter().map(|heat| Text::same(short(*heat)));
    Some(Sketch::heat("compared-heat", &WORDS, rows.collect(), cols.collect(), data).figure())
}

/// Holtzman's picture: surprise over the position in the text.
fn position(assessed: &Assessed) -> Option<Figure> {
    let longest = assessed.rows.iter().flat_map(|row| &row.log_probs).map(Vec::len).max()?;
    let width = (longest / BLOCKS).max(1);
    let options = Bootstrap { resamples: RESAMPLES, ..Bootstrap::default() };
    let line = |row: &Row| {
        let texts: Vec<&[f64]> = row.log_probs.iter().map(Vec::as_slice).collect();
        let blocks = surprise_by_position(&texts, width, &options).ok()?;
        let points = blocks.iter().filter(|block| block.surprise.estimate.is_finite()).map(|block| {
            let middle = block.position as f64 + width as f64 / 2.0;
            (middle, block.surprise.estimate, block.surprise.low, block.surprise.high)
        });
        curve(label::row(row), points.collect())
    };
    let chosen = [
        Recipe::new(Family::Greedy, 0.0),
        Recipe::new(Family::Beam, BEAMS),
        Recipe::new(Family::Temperature, 1.0),
        Recipe::new(Family::TopP, 0.9),
    ];
    let known: Vec<&Row> = chosen.iter().filter_map(|recipe| row_of(assessed, recipe)).collect();
    let others: Vec<&Row> = assessed.written().take(chosen.len()).collect();
    let rows = assessed.human().into_iter().chain(if known.is_empty() { others } else { known });
    let series: Vec<Series> = rows.filter_map(line).collect();
    let enough = series.iter().any(|line| line.points.len() > 1);
    enough.then(|| {
        let sketch = Sketch::lines("compared-position", &WORDS, [Linear, Linear]);
        series.into_iter().fold(sketch, Sketch::series).figure()
    })
}

/// Where surprise begins and where it ends: of what people wrote, of greedy and of a beam.
pub(super) fn along(assessed: &Assessed) -> Option<Text> {
    let [[a, b], [c, d], [e, g]] = along_ends(assessed)?.map(|ends| ends.map(two));
    Some(WORDS.with("along", &crate::named![a, b, c, d, e, g, beams = BEAMS as usize]))
}

/// Do greedy and beams write what is less surprising than people's text from the first tokens on, as is read?
pub(super) fn searches_begin_low(assessed: &Assessed) -> bool {
    let read = |ends: [f64; 2]| two(ends[0]).parse::<f64>().unwrap_or(f64::NAN);
    along_ends(assessed).is_some_and(|all| {
        let [people, greedy, beam] = all.map(read);
        greedy < people && beam < people
    })
}

/// Surprise at both ends of the texts of people, of greedy and of beams.
fn along_ends(assessed: &Assessed) -> Option<[[f64; 2]; 3]> {
    let ends = |row: &Row| {
        let texts: Vec<&[f64]> = row.log_probs.iter().map(Vec::as_slice).collect();
        let width = (texts.iter().map(|text| text.len()).max()? / BLOCKS).max(1);
        let options = Bootstrap { resamples: 1, ..Bootstrap::default() };
        let blocks = surprise_by_position(&texts, width, &options).ok()?;
        let [first, .., last] = blocks.as_slice() else { return None };
        let ends = [first.surprise.estimate, last.surprise.estimate];
        ends.iter().all(|end| end.is_finite()).then_some(ends)
    };
    let of = |recipe: Recipe| ends(row_of(assessed, &recipe)?);
    let people = ends(assessed.human()?)?;
    Some([people, of(Recipe::new(Family::Greedy, 0.0))?, of(Recipe::new(Family::Beam, BEAMS))?])
}

/// The speed of speculative decoding against acceptance: the formula as lines, runs as points on them.
pub(super) fn speculative(speeds: &Speeds, cost: f64) -> Figure {
    let sketch = Sketch::lines("compared-speculative", &WORDS, [Linear, Log]).value("cost", percent(cost));
    let named =
        |id: &str, gamma: usize| WORDS.with(&format!("compared-speculative.{id}"), &crate::named![gamma]);
    speeds
        .formula
        .iter()
        .fold(sketch, |sketch, (gamma, points)| {
            let runs = speeds.runs.iter().filter(|run| run.gamma as usize == *gamma);
            let runs = runs.map(|run| (run.measured_acceptance, run.measured_speedup)).collect();
            let formula = Series::formula(named("gamma", *gamma), points.clone());
            sketch.series(formula).series(Series::measured(named("run", *gamma), runs))
        })
        .figure()
}
