//! The pictures.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::regularization::{
    Event, Knot, Penalty, Rates, RegularizationError, Rule, Step, Stop, coordinate_descent, diabetes,
    lambda_grid, lasso_path,
};
use ndarray::Array1;

use super::WORDS;
use super::estimate::by_residuals;
use super::experiments::noise::left;
use super::setup::{STOP, Setup};
use super::steps::directions::{is_alone, is_uniform};
use super::steps::geometry::Two;
use super::steps::solving::trail;
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::figure::Series;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::named;

/// Lines that can be told apart.
const LINES: usize = 7;
/// The elastic net's last penalty, as a share of what it acts on.
const NEGLIGIBLE: f64 = 1e-3;
/// Beyond so many powers of ten between its first penalty and its last, the elastic net is a ridge.
const DECADES: f64 = 14.0;
/// Columns that have all entered by this share of the path leave 0 together.
const TOGETHER: f64 = 0.05;
/// A line that is off by less, as a share of the largest coefficient, is drawn in the same place.
const STRAIGHT: f64 = 0.005;
/// Close enough for a line without kinks of its own.
const NEAR: Stop = Stop { gap: 1e-9, ..STOP };

pub(crate) fn figures(setup: &Setup) -> Result<Vec<Figure>, RegularizationError> {
    let [lasso, ridge] = paths(setup);
    let mut all = vec![lasso, ridge, shrinkage(setup), validation(setup), zeros(setup), scales(setup)];
    all.extend(net_path(setup)?);
    all.extend(two(setup).map(|two| geometry(&two)));
    Ok(all)
}

/// Lines of the columns that are shown, each with its name.
fn named(setup: &Setup, shown: &[usize], points: Vec<Vec<(f64, f64)>>, sketch: Sketch<'static>) -> Figure {
    let all = points.into_iter().zip(shown);
    let line = |sketch: Sketch<'static>, (points, &j): (Vec<(f64, f64)>, &usize)| {
        sketch.series(Series::formula(Text::same(setup.name(j)), points))
    };
    all.fold(sketch, line).figure()
}

fn absolute(w: &Array1<f64>) -> f64 {
    w.iter().map(|w| w.abs()).sum()
}

/// The sum of absolute values at the end of the lasso's path, where nothing is penalised.
fn most(setup: &Setup) -> f64 {
    setup.path.knots.last().map_or(1.0, |knot| absolute(&knot.coefficients)).max(f64::MIN_POSITIVE)
}

/// So many of the coefficients.
fn largest_of(shown: usize) -> Text {
    match shown {
        1 => WORDS.get("largest.one"),
        _ => WORDS.with("largest", &named![shown]),
    }
}

/// Do two columns enter at one penalty, as far as rounding tells?
fn enter_at_once(two: &[Knot]) -> bool {
    two.iter().all(|knot| matches!(knot.event, Event::Enters(_)))
        && two[0].lambda - two[two.len() - 1].lambda <= EXACT_F64 * two[0].lambda
}

/// Coefficients by the share of their sum that is there, so that both start at nothing and end at least squares: at one
/// solution where there is one, else at the shortest (ridge) and at the one with the smallest sum (lasso).
fn paths(setup: &Setup) -> [Figure; 2] {
    let shown = setup.shown(LINES);
    let end = WORDS.get(if setup.ends_at_least_squares() { "path_end.least" } else { "path_end.own" });
    let sketch = |id| {
        let sketch = Sketch::lines(id, &WORDS, [Linear, Linear]);
        sketch.value("shown", shown.len()).value("end", end.clone()).value("largest", largest_of(shown.len()))
    };
    let most = most(setup);
    let of_lasso = |j: usize| {
        setup
            .path
            .knots
            .iter()
            .map(|knot| (absolute(&knot.coefficients) / most, knot.coefficients[j]))
            .collect()
    };
    let lasso = named(setup, &shown, shown.iter().map(|&j| of_lasso(j)).collect(), sketch("lasso_path"));
    let tied = setup.path.knots.windows(2).any(enter_at_once);
    let enters = setup.path.knots.iter().filter(|knot| matches!(knot.event, Event::Enters(_))).count();
    let lasso = titled(titled(lasso, "lasso_path.tied", tied), "lasso_path.single", enters == 1);
    let lasso = titled(lasso, "lasso_path.one", is_alone(setup));
    let largest = setup.ridge.singular_values()[0].powi(2);
    let lambdas: Vec<f64> = (0..=80).map(|i| largest * 10_f64.powf(3.0 - f64::from(i) * 0.125)).collect();
    let all: Vec<_> = lambdas.iter().map(|&lambda| setup.ridge.coefficients(lambda)).collect();
    let last = setup.ridge.coefficients(0.0);
    let full = absolute(&last).max(f64::MIN_POSITIVE);
    let of_ridge = |j: usize| all.iter().chain([&last]).map(|w| (absolute(w) / full, w[j])).collect();
    let ridge = named(setup, &shown, shown.iter().map(|&j| of_ridge(j)).collect(), sketch("ridge_path"));
    let left = moved(&all, setup.design.width());
    let stays = left + setup.design.constant().len() < setup.design.width();
    let ridge = titled(ridge, "ridge_path.some", stays);
    let ridge = titled(ridge, "ridge_path.single", left == 1);
    let ridge = titled(ridge, "ridge_path.one", setup.design.width() == 1);
    [lasso, ridge]
}

/// How many coefficients leave 0 on a path, as far as rounding tells: a column at right angles to the target and to
/// the others never does.
fn moved(path: &[Array1<f64>], width: usize) -> usize {
    let largest = |j: usize| path.iter().fold(0.0, |most: f64, w| most.max(w[j].abs()));
    let sizes: Vec<f64> = (0..width).map(largest).collect();
    let most = sizes.iter().copied().fold(0.0, f64::max);
    sizes.iter().filter(|size| **size > EXACT_F64 * most).count()
}

/// The figure that not every run has.
pub(crate) const NET_PATH: &str = "net_path";

/// The elastic net of the table, both its penalties made larger and smaller together, down to least squares; none where
/// it is a lasso or a ridge, or has one column to show.
fn net_path(setup: &Setup) -> Result<Option<Figure>, RegularizationError> {
    let Some((share, lambdas)) = net_grid(setup) else { return Ok(None) };
    let mut path = solved(setup, share, &lambdas)?;
    path.extend(setup.ends_at_least_squares().then(|| setup.ridge.coefficients(0.0)));
    let (most, shown) = (most(setup), setup.shown(LINES));
    let of = |j: usize| path.iter().map(|w| (absolute(w) / most, w[j])).collect();
    let enters = |j: &usize| path.iter().find(|w| w[*j] != 0.0).map_or(0.0, |w| absolute(w) / most);
    let together = shown.iter().map(enters).fold(0.0, f64::max) < TOGETHER;
    let straight = is_straight(setup, &path, &shown);
    let single = moved(&path, setup.design.width()) == 1;
    let lines = match (single, straight) {
        (true, _) => "net_lines.single",
        (false, true) => "net_lines.straight",
        (false, false) => "net_lines.curved",
    };
    let sketch = Sketch::lines(NET_PATH, &WORDS, [Linear, Linear]).value("lines", WORDS.get(lines));
    let end = WORDS.get(if setup.ends_at_least_squares() { "path_end.least" } else { "path_end.lasso" });
    let sketch = sketch.value("shown", shown.len()).value("alpha", setup.alpha).value("end", end);
    let figure = named(setup, &shown, shown.iter().map(|&j| of(j)).collect(), sketch);
    // Later ties of the lasso need not be its own.
    let tied = setup.path.knots.get(..2).is_some_and(enter_at_once);
    let figure = titled(figure, "net_path.together", together);
    let figure = titled(figure, "net_path.straight", straight);
    let figure = titled(figure, "net_path.tied", tied);
    Ok(Some(titled(figure, "net_path.single", single)))
}

/// Do these lines lie on those of the lasso, as far as a picture shows? Then they do not bend.
fn is_straight(setup: &Setup, path: &[Array1<f64>], shown: &[usize]) -> bool {
    let knots: Vec<(f64, &Array1<f64>)> =
        setup.path.knots.iter().map(|knot| (absolute(&knot.coefficients), &knot.coefficients)).collect();
    let largest = |of: &Array1<f64>| shown.iter().fold(0.0, |most: f64, &j| most.max(of[j].abs()));
    let most = knots.iter().fold(0.0, |most: f64, knot| most.max(largest(knot.1)));
    path.iter().all(|w| {
        let size = absolute(w);
        // Along the lasso's path the sum grows.
        let Some(end) = knots.iter().position(|knot| knot.0 >= size).filter(|end| *end > 0) else {
            // At nothing, or beyond the end by a rounding.
            let end = if size > 0.0 { knots.last() } else { knots.first() };
            return end.is_some_and(|end| largest(&(w - end.1)) <= STRAIGHT * most);
        };
        let [(from, a), (to, b)] = [knots[end - 1], knots[end]];
        let along = (size - from) / (to - from);
        largest(&(w - &(a + &((b - a) * along)))) <= STRAIGHT * most
    })
}

/// The elastic net at every penalty. With very few rows all columns may be active at once: products of that many
/// columns take minutes, and a residual is soon updated.
fn solved(setup: &Setup, share: f64, lambdas: &[f64]) -> Result<Vec<Array1<f64>>, RegularizationError> {
    let design = &setup.design;
    if !by_residuals(design.rows(), design.width()) {
        let fits = lasso_path(design, lambdas, share, NEAR)?;
        return Ok(fits.into_iter().map(|fit| fit.coefficients).collect());
    }
    let mut w = Array1::zeros(design.width());
    let mut solve = |&lambda: &f64| {
        w = coordinate_descent(design, Penalty::new(lambda, share)?, w.view(), NEAR)?.coefficients;
        Ok(w.clone())
    };
    lambdas.iter().map(&mut solve).collect()
}

/// The lasso's share of the elastic net's penalty, and the penalties, from the one that leaves nothing to one that the
/// least of the directions hardly feels.
fn net_grid(setup: &Setup) -> Option<(f64, Vec<f64>)> {
    let Penalty { l1, l2 } = setup.net_penalty();
    let share = l1 / (l1 + l2);
    let largest = setup.design.lambda_max() / share;
    if l1 <= 0.0 || l2 <= 0.0 || !largest.is_finite() || is_alone(setup) {
        return None;
    }
    let least = setup.ridge.singular_values().iter().copied().fold(f64::INFINITY, f64::min).powi(2);
    let ratio = (NEGLIGIBLE * least / (1.0 - share) / largest).min(NEGLIGIBLE);
    let decades = -ratio.log10();
    (decades < DECADES).then(|| (share, lambda_grid(largest, ratio, (12.0 * decades) as usize)))
}

fn shrinkage(setup: &Setup) -> Figure {
    let (s, factors) = (setup.ridge.singular_values(), setup.ridge.shrinkage(setup.ridge_lambda));
    let mut pairs: Vec<(f64, f64)> = s.iter().copied().zip(factors.iter().copied()).collect();
    pairs.reverse();
    let uniform = factors.sum() / factors.len() as f64;
    let ends = [pairs[0].0, pairs[pairs.len() - 1].0];
    let alike = is_uniform(setup);
    let figure = Sketch::lines("shrinkage", &WORDS, [Log, Linear])
        .measured("factor", pairs)
        .formula("uniform", ends.map(|s| (s, uniform)))
        .figure();
    titled(titled(figure, "shrinkage.alike", alike), "shrinkage.one", is_alone(setup))
}

fn validation(setup: &Setup) -> Figure {
    let of = &setup.of_lasso;
    let points = (0..of.lambdas.len()).rev().map(|i| {
        let (mean, error) = (of.mean[i], of.error[i]);
        (of.lambdas[i], mean, mean - error, mean + error)
    });
    Sketch::lines("validation", &WORDS, [Log, Linear])
        .spread("error", points)
        .rule(of.lambdas[of.one_standard_error])
        .figure()
}

fn zeros(setup: &Setup) -> Figure {
    // At equal factors: the first steps count most.
    let marks: Vec<usize> = (0..=24).map(|i| 10_f64.powf(f64::from(i) / 8.0).round() as usize).collect();
    let at = |step| {
        let seen = trail(setup, step);
        let mut points: Vec<(f64, f64)> =
            marks.iter().filter_map(|&m| seen.get(m - 1)).map(|&(m, zeros)| (m as f64, zeros)).collect();
        points.dedup();
        points
    };
    let (proximal, subgradient) = (at(Step::Proximal), at(Step::Subgradient));
    let end = |of: &[(f64, f64)]| of.last().map_or(0.0, |point| point.1);
    let (fewer, some) = (end(&proximal) <= end(&subgradient), end(&subgradient) > 0.0);
    let figure = Sketch::lines("zeros", &WORDS, [Log, Linear])
        .measured("proximal", proximal)
        .measured("subgradient", subgradient)
        .figure();
    titled(titled(figure, "zeros.more", some), "zeros.none", fewer)
}

/// Steps, and weights of which the mean is drawn.
const STEPS: usize = 1000;
const REPLICAS: usize = 24;

fn scales(setup: &Setup) -> Figure {
    let scales: Vec<f64> = (0..=8).map(|i| 10_f64.powf(f64::from(i) / 2.0 - 3.0)).collect();
    let rates = Rates::new(1e-3, 0.1);
    let of = |rule| {
        let means = left(rule, &rates, &scales, STEPS, REPLICAS, setup.seed);
        scales.iter().copied().zip(means).collect::<Vec<_>>()
    };
    Sketch::lines("scales", &WORDS, [Log, Linear])
        .value("steps", STEPS)
        .value("replicas", REPLICAS)
        .value("lr", rates.lr)
        .value("decay", rates.decay)
        .measured("adamw", of(Rule::AdamW))
        .measured("adam-l2", of(Rule::AdamL2))
        .figure()
}

/// Two columns of the data, or of the patients' where these data have none.
fn two(setup: &Setup) -> Option<Two> {
    Two::of(&setup.data.problem).or_else(|| Two::of(&diabetes()))
}

/// The loss of two columns of the data, and the diamond and the circle that its lowest contours touch.
fn geometry(two: &Two) -> Figure {
    let turn = |i: i32| f64::from(i) * std::f64::consts::TAU / 96.0;
    let corners = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
    let diamond = corners.map(|(x, y)| (two.size * x, two.size * y));
    let circle: Vec<_> = (0..=96).map(|i| (two.size * turn(i).cos(), two.size * turn(i).sin())).collect();
    let [first, second] = two.names.clone();
    let [l1, l2] = two.touching;
    let ellipse = |through: [f64; 2]| (0..=96).map(|i| two.contour(through, turn(i))).collect::<Vec<_>>();
    let sketch = Sketch::lines("geometry", &WORDS, [Linear, Linear])
        .equal()
        .value("first", first)
        .value("second", second)
        .formula("diamond", diamond)
        .formula("circle", circle)
        .formula("of-diamond", ellipse(l1))
        .formula("of-circle", ellipse(l2))
        .measured("touch-diamond", [(l1[0], l1[1])])
        .measured("touch-circle", [(l2[0], l2[1])])
        .measured("least", [(two.least[0], two.least[1])]);
    sketch.figure()
}

/// The figure with another title, where its own would not be true.
fn titled(mut figure: Figure, id: &str, instead: bool) -> Figure {
    if instead {
        figure.title = WORDS.get(id);
    }
    figure
}
