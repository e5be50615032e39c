//! The lasso: a hundred penalties to one duality gap, and the exact path.

use anyhow::{Context, Result};
use concepts::regularization::{
    Design, Kind, Scaling, Sparse, Stop, diabetes, exact_path, lambda_grid, lasso_path, sparse_problem,
};
use linfa::traits::Fit as _;
use ndarray::{Array1, Array2};
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, check_agreement, take_turns};

/// Penalties, from the largest down to a thousandth of it.
const POINTS: usize = 100;
/// Duality gap at which all stop, as a share of `‖y‖²`.
const GAP: f64 = 1e-8;
/// `‖y‖ = 1`, so coefficients are of order one. A gap of 1e-8 leaves about its root of a coefficient, and more
/// where columns are nearly alike.
const AGREEMENT: f32 = 1e-2;

/// Both problems, always.
#[derive(clap::Args)]
pub(crate) struct Options {}

struct Inputs {
    design: Design,
    lambdas: Vec<f64>,
}

impl Inputs {
    /// All numbers are those that Python gets: `f32`, widened.
    fn new(x: &Array2<f64>, y: &Array1<f64>) -> Result<Inputs> {
        let narrow = |x: f64| f64::from(x as f32);
        let made = Design::new(x.view(), y.view(), Scaling::UnitNorm)?;
        let x = made.columns().t().mapv(narrow);
        let length = made.response().dot(&made.response()).sqrt();
        let y = made.response().mapv(|y| narrow(y / length));
        let design = Design::as_given(x.view(), y.view())?;
        let lambdas = lambda_grid(design.lambda_max(), 1e-3, POINTS).into_iter().map(narrow).collect();
        Ok(Inputs { design, lambdas })
    }
}

/// The patients and a larger problem.
pub(crate) fn run(python: Option<&(Python, Vec<Offer>)>, seconds: f64, report: &Report) -> Result<()> {
    let like = Sparse { rows: 2000, columns: 500, relevant: 50, correlation: 0.5, noise: 5.0 };
    for problem in [diabetes(), sparse_problem(like, 3)] {
        let inputs = Inputs::new(&problem.x, &problem.y)?;
        let (n, p) = (inputs.design.rows(), inputs.design.width());
        for (work, name) in
            [("lasso, 100 penalties", "sklearn lasso_path"), ("lasso, exact path", "sklearn lars_path")]
        {
            // Ours comes first: the others are compared with it.
            let mut peers = if name == "sklearn lars_path" { exact(&inputs) } else { grid(&inputs) };
            // It starts each penalty from 0, which takes minutes on the larger problem.
            if name == "sklearn lasso_path" && p < 100 {
                peers.push(linfa(&inputs)?);
            }
            if let Some((python, offers)) = python {
                peers.extend(remote(&inputs, python, offers, name)?);
            }
            check_agreement(&mut peers, AGREEMENT).with_context(|| format!("{work}, {n} x {p}"))?;
            report.case(&format!("{work}, {n} x {p}"), n, None, &take_turns(&mut peers, seconds)?)?;
        }
    }
    Ok(())
}

fn flat<'a>(all: impl IntoIterator<Item = &'a Array1<f64>>) -> Result<Vec<f32>> {
    Ok(all.into_iter().flatten().map(|&w| w as f32).collect())
}

/// By penalty after penalty, and by reading the exact path, which has no gap at all.
fn grid(inputs: &Inputs) -> Vec<Box<dyn Peer + '_>> {
    let version = version_of("concepts");
    let stop = Stop { gap: 2.0 * GAP, passes: 100_000 }; // as a share of half of it
    let path = move || Ok(lasso_path(&inputs.design, &inputs.lambdas, 1.0, stop)?);
    let exact = move || {
        let path = exact_path(&inputs.design, Kind::Lasso).unwrap();
        Ok(inputs.lambdas.iter().map(|&lambda| path.at(lambda)).collect::<Vec<_>>())
    };
    vec![
        Box::new(Local::new("concepts path", version.clone(), path, |fits: Vec<_>| {
            flat(fits.iter().map(|fit: &concepts::regularization::Fit| &fit.coefficients))
        })),
        Box::new(Local::new("concepts exact, read", version, exact, |all: Vec<_>| flat(&all))),
    ]
}

/// It has no path: each penalty is a fit of its own, from 0.
fn linfa(inputs: &Inputs) -> Result<Box<dyn Peer + '_>> {
    use linfa_elasticnet::ElasticNet;
    use ndarray_016 as nd;
    let (design, n) = (&inputs.design, inputs.design.rows());
    // In the order of memory that it works in: one column after the other.
    let columns: Vec<f64> = design.columns().iter().copied().collect();
    let x = nd::Array2::from_shape_vec((design.width(), n), columns)?.reversed_axes();
    let table = linfa::Dataset::new(x, nd::Array1::from(design.response().to_vec()));
    let run = move || {
        let fit = |&lambda: &f64| {
            let params = ElasticNet::<f64>::params().l1_ratio(1.0).with_intercept(false);
            let params = params.penalty(lambda / n as f64).tolerance(GAP).max_iterations(100_000);
            Ok(params.fit(&table)?.hyperplane().to_vec())
        };
        inputs.lambdas.iter().map(fit).collect::<Result<Vec<Vec<f64>>>>()
    };
    let flat = |all: Vec<Vec<f64>>| Ok(all.into_iter().flatten().map(|w| w as f32).collect());
    Ok(Box::new(Local::new("linfa, each from 0", version_of("linfa-elasticnet"), run, flat)))
}

fn exact(inputs: &Inputs) -> Vec<Box<dyn Peer + '_>> {
    let run = move || Ok(exact_path(&inputs.design, Kind::Lasso).unwrap());
    let last =
        |path: concepts::regularization::ExactPath| flat(path.knots.last().map(|knot| &knot.coefficients));
    vec![Box::new(Local::new("concepts exact", version_of("concepts"), run, last))]
}

/// Hands the inputs to the child; the one of this name then runs on them.
fn remote(inputs: &Inputs, python: &Python, offers: &[Offer], name: &str) -> Result<Vec<Box<dyn Peer>>> {
    let (design, lambdas) = (&inputs.design, &inputs.lambdas);
    let rows = design.columns().t().iter().copied().collect::<Vec<f64>>();
    let numbers = rows.iter().chain(design.response().to_slice().unwrap_or(&[])).chain(lambdas);
    let bytes: Vec<u8> = numbers.flat_map(|&x| (x as f32).to_le_bytes()).collect();
    let request = json!({ "ask": "prepare", "shape": [design.rows(), design.width(), POINTS], "gap": GAP });
    python.ask(&request, &bytes).context("Python does not take the inputs")?;
    let offers = offers.iter().filter(|offer| offer.name == name);
    let remote = |offer: &Offer| Remote { python: python.clone(), offer: offer.clone() };
    Ok(offers.map(|offer| Box::new(remote(offer)) as Box<dyn Peer>).collect())
}
