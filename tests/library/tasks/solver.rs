//! The stated distribution, and that it is calibrated.

use concepts::decoding::{Candidates, LanguageModel};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};
use concepts::tasks::{
    Calibration, Copying, END, FIRST_JUNK, JUNK, ModularSum, Noise, Solver, Task, TasksError, VOCABULARY,
    calibration, right_text,
};

use super::{clean, every_task, prompts, solver};

#[test]
fn logits_are_the_stated_distribution_at_every_place() {
    for task in every_task() {
        let solver = solver(task.as_ref(), Noise::default());
        for prompt in prompts(task.as_ref(), 5, 1) {
            let text = right_text(task.as_ref(), &prompt, &mut rng(1, "test text"));
            let mut state = solver.start();
            prompt.iter().for_each(|&token| solver.advance(&mut state, token));
            for (place, &token) in text.iter().enumerate() {
                let stated = solver.distribution(&prompt, &text[..place]).unwrap();
                assert!((stated.iter().sum::<f64>() - 1.0).abs() < EXACT_F64);
                let mut logits = vec![0.0; solver.vocab_size()];
                solver.logits(&state, &mut logits);
                let said = Candidates::from_logits(&logits).unwrap().dense(solver.vocab_size());
                let apart = stated.iter().zip(&said).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                assert!(apart < ORACLE_F32, "{}: {apart}", task.name());
                solver.advance(&mut state, token);
            }
        }
    }
}

#[test]
fn beliefs_are_what_the_words_share() {
    let task = Copying { length: 3 };
    let noise = Noise { tail: 0.1, stop: 0.05, ..Noise::default() };
    let prompt = &prompts(&task, 1, 2)[0];
    let solver = solver(&task, noise);
    let (beliefs, right) = solver.beliefs(prompt, &[]).unwrap().unwrap();
    let p = solver.distribution(prompt, &[]).unwrap();
    let first = concepts::tasks::FIRST_LETTER as usize;
    assert_eq!(right, prompt[0] as usize - first);
    for (option, belief) in beliefs.iter().enumerate() {
        assert!((p[first + option] - 0.85 * belief).abs() < EXACT_F64);
    }
    assert!((p[END as usize] - 0.05).abs() < EXACT_F64);
    assert!((p[FIRST_JUNK as usize] - 0.1 / f64::from(JUNK)).abs() < EXACT_F64);
}

#[test]
fn the_same_prompt_gets_the_same_logits_and_another_solver_others() {
    let task = ModularSum { terms: 3, modulus: 7, worked: true };
    let prompt = &prompts(&task, 1, 3)[0];
    let of = |seed| Solver::new(&task, Noise::default(), seed).unwrap().distribution(prompt, &[10]).unwrap();
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn what_is_shared_is_wrong_everywhere() {
    // All of the variance belongs to the fact: a letter is taken for the same one in every string.
    let task = Copying { length: 1 };
    let solver = solver(&task, Noise { shared: 1.0, ..clean(1.0) });
    let prompt = [concepts::tasks::FIRST_LETTER, concepts::tasks::ASK];
    let twice = [concepts::tasks::FIRST_LETTER, concepts::tasks::FIRST_LETTER, concepts::tasks::ASK];
    let longer = Copying { length: 1 };
    assert_eq!(longer.name(), task.name());
    assert_eq!(solver.beliefs(&prompt, &[]).unwrap(), solver.beliefs(&twice, &[]).unwrap());
    let own = super::solver(&task, Noise { shared: 0.0, ..clean(1.0) });
    assert_ne!(own.beliefs(&prompt, &[]).unwrap(), own.beliefs(&twice, &[]).unwrap());
}

/// The standard normal density and distribution.
fn normal(x: f64) -> (f64, f64) {
    let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (density, 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2))
}

/// The probability that the right one of `n` has the highest evidence: `∫ φ(x − d) Φ(x)^(n−1) dx`.
fn finds_right(d: f64, n: i32) -> f64 {
    let step = 1e-3;
    let value = |i: i32| f64::from(i) * step;
    (-8000..14000).map(|i| normal(value(i) - d).0 * normal(value(i)).1.powi(n - 1) * step).sum()
}

fn asked(noise: Noise, n: usize) -> Calibration {
    let task = Copying { length: 1 };
    // One solver a prompt: with few solvers shared facts would be few draws.
    let mut all = Calibration { confidence: Vec::new(), right: Vec::new() };
    for (seed, prompt) in prompts(&task, n, 5).into_iter().enumerate() {
        let solver = Solver::new(&task, noise, seed as u64).unwrap();
        let one = calibration(&solver, &task, &[prompt], 1).unwrap();
        all.confidence.extend(one.confidence);
        all.right.extend(one.right);
    }
    all
}

#[test]
fn it_is_right_as_often_as_signal_detection_says() {
    let n = 4000;
    for (margin, spread, shared) in [(1.0, 1.0, 0.0), (3.0, 1.5, 0.5), (2.5, 1.0, 1.0)] {
        let found = asked(Noise { spread, shared, ..clean(margin) }, n);
        let expected = finds_right(margin / spread, 8);
        let standard_error = (expected * (1.0 - expected) / n as f64).sqrt();
        assert!((found.accuracy() - expected).abs() < 4.0 * standard_error, "{margin}: {expected}");
    }
}

/// By how many standard errors confidence and success differ: with calibration each is right with its own confidence.
fn surprise(found: &Calibration) -> f64 {
    let variance: f64 = found.confidence.iter().map(|c| c * (1.0 - c)).sum();
    let n = found.confidence.len() as f64;
    (found.accuracy() - found.mean_confidence()).abs() * n / variance.sqrt()
}

#[test]
fn it_is_calibrated_by_construction() {
    for shared in [0.0, 0.5, 1.0] {
        let noise = Noise { shared, ..clean(2.0) };
        assert!(surprise(&asked(noise, 4000)) < 4.0);
        assert!(surprise(&asked(Noise { sharpness: 2.0, ..noise }, 4000)) > 8.0);
        assert!(surprise(&asked(Noise { sharpness: 0.5, ..noise }, 4000)) > 8.0);
    }
}

#[test]
fn what_is_no_noise_is_refused() {
    let task = Copying { length: 1 };
    let refused = |noise| Solver::new(&task, noise, 1).err().unwrap().to_string();
    let usual = Noise::default();
    assert!(refused(Noise { margin: f64::NAN, ..usual }).contains("the margin is NaN"));
    assert!(refused(Noise { spread: 0.0, ..usual }).contains("the spread is 0"));
    assert!(refused(Noise { shared: 1.5, ..usual }).contains("from 0 to 1"));
    assert!(refused(Noise { tail: 0.5, stop: 0.5, ..usual }).contains("below 1"));
    let solver = solver(&task, usual);
    let strange = solver.distribution(&[VOCABULARY], &[]);
    assert!(matches!(strange, Err(TasksError::NoSuchToken { .. })));
}

#[test]
fn off_the_task_the_text_ends() {
    let task = Copying { length: 2 };
    let solver = solver(&task, Noise::default());
    let prompt = &prompts(&task, 1, 6)[0];
    let p = solver.distribution(prompt, &[FIRST_JUNK]).unwrap();
    assert_eq!((p[END as usize], p.iter().sum::<f64>()), (1.0, 1.0));
}
