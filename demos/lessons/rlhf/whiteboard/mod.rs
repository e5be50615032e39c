//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`losses`] | losses of PPO and DPO, advantages of GRPO and GAE |
//! | [`strengths`] | Bradley–Terry, the optimum in closed form |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod losses;
mod strengths;

use concepts::numerics::tolerance::ORACLE_F64;
use concepts::preference as library;
use concepts::preference::{Comparisons, PairLogs, Spread};
use serde_json::json;

use super::LESSON;
use crate::kit::whiteboard::python;

fn close(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < ORACLE_F64)
}

/// What the Python of a file says, where there is Python.
fn said(file: usize, expression: &str, args: &serde_json::Value) -> Option<Vec<f64>> {
    let answer = python(LESSON.whiteboard[file].python, expression, args)?;
    Some(match answer.as_f64() {
        Some(number) => vec![number],
        None => serde_json::from_value(answer).unwrap(),
    })
}

#[test]
fn losses_are_the_librarys() {
    for (new, old, advantage) in
        [(-1.0, -1.5, 0.7), (-1.0, -1.5, -0.7), (-2.0, -1.0, 0.3), (-2.0, -1.0, -0.3)]
    {
        let expected = -library::clipped(f64::exp(new - old), advantage, 0.2).value;
        assert!(close(&[losses::ppo(new, old, advantage, 0.2)], &[expected]));
        let said = said(0, "ppo(*args)", &json!([new, old, advantage, 0.2]));
        assert!(said.is_none_or(|said| close(&said, &[expected])));
    }
    let (policy, reference) = ([-3.0, -2.0], [-3.5, -1.0]);
    let logs = PairLogs {
        winner: policy[0],
        loser: policy[1],
        reference_winner: reference[0],
        reference_loser: reference[1],
    };
    let expected = library::dpo(logs, 0.3, 0.0).loss;
    assert!(close(&[losses::dpo(policy, reference, 0.3)], &[expected]));
    let found = said(0, "dpo(*args)", &json!([policy, reference, 0.3]));
    assert!(found.is_none_or(|found| close(&found, &[expected])));
    // A margin whose exponential overflows.
    let (policy, reference) = ([-3000.0, -1000.0], [-2000.0, -2000.0]);
    assert!(close(&[losses::dpo(policy, reference, 0.5)], &[1000.0]));
    let found = said(0, "dpo(*args)", &json!([policy, reference, 0.5]));
    assert!(found.is_none_or(|found| close(&found, &[1000.0])));
    // Tenths that are all alike: their mean is off by a rounding.
    for rewards in [vec![1.0, 0.0, 0.0, 1.0, 0.0], vec![0.5; 4], vec![0.1; 8], vec![0.7; 8], vec![0.1; 3]] {
        let expected = library::group_advantages(&rewards, Spread::Sample, 1e-4);
        assert!(close(&losses::grpo(&rewards), &expected));
        assert!(said(0, "grpo(args)", &json!(rewards)).is_none_or(|said| close(&said, &expected)));
    }
    let (rewards, values) = ([-0.1, 0.2, 1.0], [0.3, 0.5, 0.2, 0.1]);
    let expected = library::gae(&rewards, &values, 0.99, 0.9);
    assert!(close(&losses::gae(&rewards, &values, 0.99, 0.9), &expected));
    let found = said(0, "gae(*args)", &json!([rewards, values, 0.99, 0.9]));
    assert!(found.is_none_or(|found| close(&found, &expected)));
}

#[test]
fn strengths_are_the_librarys() {
    let pairs = [(0, 1), (1, 0), (0, 1), (1, 2), (2, 0), (0, 2)];
    let made = Comparisons::from_places(&["a", "b", "c"], &pairs).unwrap();
    let expected = library::fit_bradley_terry(&made).unwrap().strengths;
    let won: Vec<Vec<f64>> = (0..3).map(|i| (0..3).map(|j| made.won(i, j)).collect()).collect();
    assert!(close(&strengths::bradley_terry(&won, 500), &expected));
    let found = said(1, "bradley_terry(*args)", &json!([won, 500]));
    assert!(found.is_none_or(|found| close(&found, &expected)));
    let (reference, rewards) = ([0.5, 0.3, 0.2], [0.0, 1.0, -0.5]);
    let expected = library::optimum(&reference, &rewards, 0.4).unwrap().policy;
    assert!(close(&strengths::optimum(&reference, &rewards, 0.4), &expected));
    let found = said(1, "optimum(*args)", &json!([reference, rewards, 0.4]));
    assert!(found.is_none_or(|found| close(&found, &expected)));
}
