//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`lasso`] | soft threshold, coordinate descent, ridge in two columns |
//! | [`adamw`] | AdamW, and Adam with L2, one step |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod adamw;
mod lasso;

use concepts::numerics::tolerance::ORACLE_F64;
use concepts::regularization::{Design, Kind, Rule, Scaling, exact_path, soft_threshold};
use concepts::regularization::{Penalty, Rates, Sparse, Weight, sparse_problem};
use serde_json::json;

use super::LESSON;
use crate::kit::whiteboard::python;

#[test]
fn the_lasso_is_the_librarys() {
    let made = sparse_problem(Sparse { rows: 40, columns: 6, relevant: 2, correlation: 0.3, noise: 0.5 }, 7);
    let design = Design::new(made.x.view(), made.y.view(), Scaling::UnitNorm).unwrap();
    let lambda = 0.2 * design.lambda_max();
    let expected = exact_path(&design, Kind::Lasso).unwrap().at(lambda).to_vec();
    let x: Vec<Vec<f64>> = design.columns().outer_iter().map(|column| column.to_vec()).collect();
    let y = design.response().to_vec();
    let close = |a: &[f64]| a.iter().zip(&expected).all(|(a, b)| (a - b).abs() < ORACLE_F64) && a.len() == 6;
    assert!(close(&lasso::lasso(&x, &y, lambda, 500)));
    let said = python(LESSON.whiteboard[0].python, "lasso(*args)", &json!([x, y, lambda, 500]));
    assert!(said.is_none_or(|said| close(&serde_json::from_value::<Vec<f64>>(said).unwrap())));
    for b in [-2.0, -0.3, 0.0, 0.7, 4.0] {
        assert_eq!(lasso::soft(b, 0.5), soft_threshold(b, Penalty::lasso(0.5)));
    }
}

#[test]
fn adamw_is_the_librarys() {
    let gradients = [0.3, -2.0, 0.05, 7.0];
    let rates = Rates::new(0.1, 0.2);
    for (decoupled, rule) in [(true, Rule::AdamW), (false, Rule::AdamL2)] {
        let mut weight = Weight::new(1.0);
        let expected: Vec<f64> = gradients
            .iter()
            .map(|&g| {
                weight.step(rule, &rates, g);
                weight.w
            })
            .collect();
        let close =
            |a: &[f64]| a.iter().zip(&expected).all(|(a, b)| (a - b).abs() < ORACLE_F64) && a.len() == 4;
        assert!(close(&adamw::adam(1.0, &gradients, 0.1, 0.2, decoupled)));
        let args = json!([1.0, gradients, 0.1, 0.2, decoupled]);
        let said = python(LESSON.whiteboard[1].python, "adam(*args)", &args);
        assert!(said.is_none_or(|said| close(&serde_json::from_value::<Vec<f64>>(said).unwrap())));
    }
}
