//! Every mistake against every case: none may pass, and no two may look alike.

use crate::kit::exercise::{Case, Exercise, Flaw, Flaws, Value, value};

/// Which case catches which mistake.
#[derive(Debug)]
pub struct Proof {
    /// The cases.
    pub cases: Vec<Case>,
    /// For each mistake, whether each case catches it.
    pub rows: Vec<(&'static Flaw, Vec<bool>)>,
}

/// Runs every mistake of an exercise on every case.
pub fn prove(exercise: &'static Exercise, seed: u64) -> Proof {
    let cases = (exercise.cases)(seed);
    let right: Vec<Value> = cases.iter().map(|case| (exercise.right)(&case.given)).collect();
    let caught = |flaw: &'static Flaw| {
        let answers = answers(exercise, &[flaw.id], &cases);
        let is_caught = |(right, got)| got != value::UNTOLD && value::difference(right, got).is_some();
        right.iter().zip(&answers).map(is_caught).collect()
    };
    let rows = exercise.flaws.iter().map(|flaw| (flaw, caught(flaw))).collect();
    Proof { cases, rows }
}

impl Proof {
    /// Mistakes that no case catches.
    pub fn survivors(&self) -> Vec<&'static Flaw> {
        self.rows.iter().filter(|(_, caught)| !caught.contains(&true)).map(|(flaw, _)| *flaw).collect()
    }
}

/// What our program answers to the cases when it makes these mistakes.
pub fn answers(exercise: &Exercise, flaws: &[&str], cases: &[Case]) -> Vec<Value> {
    cases.iter().map(|case| (exercise.solve)(&case.given, &Flaws(flaws)).out).collect()
}

/// Pairs of mistakes whose answers are the same in every case, so that a diagnosis could name the wrong one.
pub fn twins(exercise: &'static Exercise, seed: u64) -> Vec<[&'static str; 2]> {
    let cases = (exercise.cases)(seed);
    let all: Vec<_> =
        exercise.flaws.iter().map(|flaw| (flaw.id, answers(exercise, &[flaw.id], &cases))).collect();
    let mut twins = Vec::new();
    for (i, (one, of_one)) in all.iter().enumerate() {
        for (other, of_other) in &all[i + 1..] {
            let alike = |(a, b)| b == value::UNTOLD || value::difference(a, b).is_none();
            if of_one.iter().zip(of_other).all(alike) {
                twins.push([*one, *other]);
            }
        }
    }
    twins
}
