//! `tests/fixtures/regularization/make.py` says where the numbers come from.

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::regularization::{
    Design, Event, Kind, Penalty, Rates, Ridge, Rule, Scaling, Stop, Weight, coordinate_descent,
    cross_validate, diabetes, exact_path, lasso_path, ridge_closed_form,
};
use ndarray::{Array1, Axis};
use serde_json::Value;

use super::{matrix, off};

const TIGHT: Stop = Stop { gap: 1e-15, passes: 200_000 };
/// What a gap of [`TIGHT`] leaves of a coefficient: the objective is quadratic around its minimum.
const OF_A_GAP: f64 = 1e-6;

fn sklearn() -> Value {
    serde_json::from_str(include_str!("../../fixtures/regularization/sklearn.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(value.clone()).unwrap()
}

fn design(case: &Value) -> Design {
    if case["x"].is_null() {
        let data = diabetes();
        return Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm).unwrap();
    }
    let y = Array1::from_vec(numbers(&case["y"]));
    Design::as_given(matrix(&rows(&case["x"])).view(), y.view()).unwrap()
}

fn cases() -> Vec<(String, Value, Design)> {
    let of = |case: &Value| (case["name"].as_str().unwrap().to_string(), case.clone(), design(case));
    sklearn()["cases"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn lasso_elastic_net_and_ridge_agree() {
    for (name, case, design) in cases() {
        let lambdas = numbers(&case["lambdas"]);
        for (field, alpha) in [("lasso", 1.0), ("elastic_net", 0.5)] {
            let path = lasso_path(&design, &lambdas, alpha, TIGHT).unwrap();
            for ((fit, expected), &lambda) in path.iter().zip(rows(&case[field])).zip(&lambdas) {
                let expected = Array1::from_vec(expected);
                assert!(
                    off(&fit.coefficients, &expected) < OF_A_GAP,
                    "{name} {field} {lambda}: {fit:?} {expected}"
                );
                let zeros = |w: &Array1<f64>| w.mapv(|w| w == 0.0);
                assert_eq!(zeros(&fit.coefficients), zeros(&expected), "{name} {field} {lambda}");
                let penalty = Penalty::new(lambda, alpha).unwrap();
                let start = Array1::zeros(design.width());
                let slow = coordinate_descent(&design, penalty, start.view(), TIGHT).unwrap();
                assert!(off(&slow.coefficients, &expected) < OF_A_GAP, "{name} {field} {lambda}");
            }
        }
        let ridge = Ridge::new(&design);
        for (expected, &lambda) in rows(&case["ridge"]).into_iter().zip(&lambdas) {
            let expected = Array1::from_vec(expected);
            assert!(off(&ridge.coefficients(lambda), &expected) < ORACLE_F64, "{name} {lambda}");
            assert!(
                off(&ridge_closed_form(&design, lambda).unwrap(), &expected) < ORACLE_F64,
                "{name} {lambda}"
            );
        }
    }
}

#[test]
fn the_exact_paths_agree_knot_by_knot() {
    for (name, case, design) in cases() {
        for (field, kind) in [("lar_path", Kind::Lars), ("lasso_path", Kind::Lasso)] {
            let (path, case) = (exact_path(&design, kind).unwrap(), &case[field]);
            let place = format!("{name}, {field}");
            assert!((path.spanned.is_empty() || design.width() > design.rows()), "{place}");
            let lambdas = numbers(&case["lambdas"]);
            assert_eq!(path.knots.len(), lambdas.len(), "{place}");
            for ((knot, lambda), expected) in path.knots.iter().zip(&lambdas).zip(rows(&case["coefficients"]))
            {
                assert!(
                    (knot.lambda - lambda).abs() < ORACLE_F64 * lambdas[0],
                    "{place}: {} {lambda}",
                    knot.lambda
                );
                assert!(
                    off(&knot.coefficients, &Array1::from_vec(expected)) < ORACLE_F64,
                    "{place} {lambda}"
                );
            }
        }
        let entered: Vec<usize> = exact_path(&design, Kind::Lars)
            .unwrap()
            .knots
            .iter()
            .filter_map(|knot| if let Event::Enters(j) = knot.event { Some(j) } else { None })
            .collect();
        let active: Vec<usize> = serde_json::from_value(case["lar_path"]["active"].clone()).unwrap();
        assert_eq!(entered, active, "{name}");
    }
}

/// The numbers that the lesson quotes, to the digits given.
#[test]
fn least_angle_regression_on_the_diabetes_data() {
    const LAMBDAS: [&str; 11] = [
        "949.435", "889.314", "452.896", "316.073", "130.130", "88.784", "68.965", "19.981", "5.478",
        "5.088", "0.000",
    ];
    const ORDER: [&str; 10] = ["bmi", "s5", "bp", "s3", "sex", "s6", "s1", "s4", "s2", "age"];
    const LEAST_SQUARES: [&str; 10] =
        ["-10.01", "-239.82", "519.85", "324.38", "-792.18", "476.74", "101.04", "177.06", "751.27", "67.63"];
    let data = diabetes();
    let design = Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm).unwrap();
    let path = exact_path(&design, Kind::Lars).unwrap();
    let said: Vec<String> = path.knots.iter().map(|knot| format!("{:.3}", knot.lambda)).collect();
    assert_eq!(said, LAMBDAS);
    let entered = path.knots.iter().filter_map(|knot| match knot.event {
        Event::Enters(j) => Some(data.names[j].as_str()),
        _ => None,
    });
    assert_eq!(entered.collect::<Vec<_>>(), ORDER);
    let third: Vec<String> =
        [2, 3, 8].iter().map(|&j| format!("{:.2}", path.knots[3].coefficients[j])).collect();
    assert_eq!(third, ["434.76", "79.23", "374.92"]);
    let last = &path.knots[10].coefficients;
    assert_eq!(last.iter().map(|w| format!("{w:.2}")).collect::<Vec<_>>(), LEAST_SQUARES);
    assert_eq!(format!("{:.2}", last.mapv(f64::abs).sum()), "3459.98");
    let (r, y) = (design.residual(last.view()), design.response());
    assert_eq!(format!("{:.5}", 1.0 - r.dot(&r) / y.dot(&y)), "0.51775");
    let lasso = exact_path(&design, Kind::Lasso).unwrap();
    let steps = lasso.knots.len() - 1;
    let left: Vec<(usize, String)> = lasso
        .knots
        .iter()
        .filter(|knot| matches!(knot.event, Event::Leaves(_)))
        .map(|knot| {
            if let Event::Leaves(j) = knot.event {
                (j, format!("{:.3}", knot.lambda))
            } else {
                (0, String::new())
            }
        })
        .collect();
    assert_eq!((steps, left), (12, vec![(6, "2.182".to_string())]));
    let back = lasso.knots.iter().filter(|knot| knot.event == Event::Enters(6)).nth(1).unwrap();
    assert_eq!(format!("{:.3}", back.lambda), "1.310");
    assert!(lasso.at(5.0)[6] < 0.0 && lasso.at(0.5)[6] > 0.0);
}

#[test]
fn cross_validation_agrees() {
    let (all, data) = (sklearn(), diabetes());
    let case = &all["cross_validation"];
    let design = Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm).unwrap();
    let fold: Vec<usize> = serde_json::from_value(case["fold"].clone()).unwrap();
    let found = cross_validate(&design, &numbers(&case["lambdas"]), 1.0, &fold, TIGHT).unwrap();
    let expected = matrix(&rows(&case["errors"]));
    for (found, expected) in found.errors.axis_iter(Axis(0)).zip(expected.axis_iter(Axis(0))) {
        assert!(off(&found.to_owned(), &expected.to_owned()) < OF_A_GAP);
    }
    assert_eq!(found.lambdas[found.best], case["chosen"].as_f64().unwrap());
}

#[test]
fn optimisers_agree() {
    let all: Value = serde_json::from_str(include_str!("../../fixtures/regularization/torch.json")).unwrap();
    let rates = Rates::new(all["lr"].as_f64().unwrap(), all["decay"].as_f64().unwrap());
    let rules = [
        ("sgd_l2", Rule::SgdL2),
        ("momentum_l2", Rule::MomentumL2),
        ("adam", Rule::Adam),
        ("adam_l2", Rule::AdamL2),
        ("adamw", Rule::AdamW),
    ];
    for (name, rule) in rules {
        let runs = all["runs"].as_array().unwrap();
        let expected = rows(&runs.iter().find(|run| run["name"] == name).unwrap()["weights"]);
        let mut weights: Vec<Weight> = numbers(&all["start"]).into_iter().map(Weight::new).collect();
        for (g, expected) in rows(&all["gradients"]).iter().zip(expected) {
            weights.iter_mut().zip(g).for_each(|(weight, &g)| weight.step(rule, &rates, g));
            for (weight, expected) in weights.iter().zip(expected) {
                assert!((weight.w - expected).abs() < EXACT_F64, "{name}: {} {expected}", weight.w);
            }
        }
    }
}
