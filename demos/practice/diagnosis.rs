//! Which mistake explains all the answers.

use super::judge::{Answer, Judgement};
use crate::kit::exercise::{Case, Difference, Exercise, Flaw, Flaws, value};

/// What is wrong with a program.
#[derive(Debug)]
pub enum Diagnosis {
    /// Its answers are those of a program of ours that makes these mistakes, at most three, in every case.
    Mistakes(Vec<&'static Flaw>),
    /// The first of the steps that it told which differs.
    Step {
        /// The step.
        name: &'static str,
        /// Where it differs.
        difference: Difference,
    },
    /// None of ours.
    Unknown,
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
    let ours = (exercise.solve)(&case.given, &Flaws(&ids)).out;
    match &answer.output {
        Ok(theirs) => value::difference(&ours, theirs).is_none(),
        // Python refuses where numbers in f64 give ∞ or NaN.
        Err(_) => answer.is_out_of_range() && !value::is_finite(&ours),
    }
}

/// The first step, in the smallest case that is wrong, in which the program's values differ from ours.
fn first_step(judgement: &Judgement) -> Option<Diagnosis> {
    let case = judgement.smallest_wrong()?;
    let ours = (judgement.exercise.solve)(&judgement.cases[case].given, &Flaws::NONE);
    let told = &judgement.answers[case].steps;
    ours.steps.into_iter().find_map(|(name, right)| {
        let difference = value::difference(&right, told.get(name)?)?;
        Some(Diagnosis::Step { name, difference })
    })
}
