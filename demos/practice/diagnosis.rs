//! Which mistake explains all the answers.

use std::collections::BTreeSet;

use super::judge::{Answer, Judgement};
use crate::kit::exercise::{Case, Difference, Exercise, Flaw, Flaws, Value, value};

/// What is wrong with a program.
#[derive(Debug)]
pub enum Diagnosis {
    /// Its answers are those of a program of ours that makes these mistakes, at most three, in every case.
    Mistakes(Vec<&'static Flaw>),
    /// The first of the steps that it told which differs.
    Step {
        /// The step.
        name: &'static str,
        /// The case, counted from 0: the smallest that is wrong and has a step that differs.
        case: usize,
        /// Where it differs.
        difference: Difference,
    },
    /// None of ours.
    Unknown,
}

/// The steps that a program told.
#[derive(Debug)]
pub struct Told {
    /// Those that the exercise knows, in the order of the computation.
    pub known: Vec<&'static str>,
    /// Names that it does not know.
    pub unknown: Vec<String>,
}

/// What is wrong with a program that did not pass.
pub fn diagnose(judgement: &Judgement) -> Diagnosis {
    let telling =
        || judgement.cases.iter().zip(&judgement.answers).filter(|(_, answer)| answer.says_something());
    if telling().all(|(_, answer)| answer.is_right()) {
        return Diagnosis::Unknown;
    }
    let explains = |flaws: &[&'static Flaw]| {
        telling().all(|(case, answer)| same(judgement.exercise, flaws, case, answer))
    };
    let mistakes = sets(judgement.exercise).find(|flaws| explains(flaws));
    match mistakes {
        Some(flaws) => Diagnosis::Mistakes(flaws),
        None => first_step(judgement).unwrap_or(Diagnosis::Unknown),
    }
}

/// Each mistake, then each two, then each three.
fn sets(exercise: &'static Exercise) -> impl Iterator<Item = Vec<&'static Flaw>> {
    let flaws = exercise.flaws;
    let after = move |i: usize| i + 1..flaws.len();
    let one = move || 0..flaws.len();
    let two = move || one().flat_map(move |i| after(i).map(move |j| [i, j]));
    let three = two().flat_map(move |[i, j]| after(j).map(move |k| vec![i, j, k]));
    let indices = one().map(|i| vec![i]).chain(two().map(Vec::from)).chain(three);
    indices.map(move |set| set.into_iter().map(|i| &flaws[i]).collect())
}

fn same(exercise: &Exercise, flaws: &[&'static Flaw], case: &Case, answer: &Answer) -> bool {
    let ids: Vec<&str> = flaws.iter().map(|flaw| flaw.id).collect();
    let ours = (exercise.solve)(&case.given, &Flaws(&ids));
    match &answer.output {
        Ok(theirs) => value::difference(&ours.out, theirs).is_none(),
        // Python refuses where numbers in f64 give ∞ or NaN.
        Err(_) => answer.is_out_of_range() && (ours.refused || !value::is_finite(&ours.out)),
    }
}

/// The first step in which the program's values differ from ours, in the smallest case that is wrong and has one.
fn first_step(judgement: &Judgement) -> Option<Diagnosis> {
    judgement.wrong().into_iter().find_map(|case| {
        let told = &judgement.answers[case].steps;
        steps(judgement, case).into_iter().find_map(|(name, right)| {
            let difference = value::difference(&right, told.get(name)?)?;
            Some(Diagnosis::Step { name, case, difference })
        })
    })
}

/// Our steps on the way to the answer of a case.
fn steps(judgement: &Judgement, case: usize) -> Vec<(&'static str, Value)> {
    (judgement.exercise.solve)(&judgement.cases[case].given, &Flaws::NONE).steps
}

/// The steps that a program told in the cases that are wrong.
pub fn told(judgement: &Judgement) -> Told {
    let wrong = judgement.wrong();
    let names: BTreeSet<&String> =
        wrong.iter().flat_map(|&case| judgement.answers[case].steps.keys()).collect();
    let ours: Vec<&'static str> = wrong
        .first()
        .map_or(Vec::new(), |&case| steps(judgement, case).into_iter().map(|(name, _)| name).collect());
    let unknown = names.iter().filter(|name| !ours.contains(&name.as_str())).map(ToString::to_string);
    Told {
        unknown: unknown.collect(),
        known: ours.into_iter().filter(|name| names.iter().any(|n| n == name)).collect(),
    }
}
