//! Exact distributions of answers, against products and draws.

use std::collections::BTreeMap;

use concepts::decoding::{Candidates, Filter, Pipeline, generate};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{EXACT_F64, SAMPLING_F32};
use concepts::tasks::{
    Addition, Copying, END, ModularSum, Noise, Reading, Solver, Sorting, Task, Translation, answers, read,
};

use super::{clean, every_task, prompts, solver};

fn pipelines() -> Vec<Pipeline> {
    let all: [&[Filter]; 8] = [
        &[],
        &[Filter::Temperature(0.0)],
        &[Filter::Temperature(0.5)],
        &[Filter::Temperature(2.0)],
        &[Filter::TopK(3)],
        &[Filter::TopP(0.9)],
        &[Filter::MinP(0.1)],
        &[Filter::Temperature(1.5), Filter::MinP(0.1)],
    ];
    all.into_iter().map(Pipeline::filters).collect()
}

/// The probability of one text: what the pipeline leaves of the stated distribution, multiplied.
fn product(solver: &Solver, prompt: &[u32], text: &[u32], pipeline: &Pipeline) -> f64 {
    let each = (0..text.len()).map(|place| {
        let p = solver.distribution(prompt, &text[..place]).unwrap();
        let logits: Vec<f64> = p.iter().map(|p| p.ln()).collect();
        let kept: Candidates = pipeline.candidates(&logits, &[]).unwrap();
        kept.find(text[place]).map_or(0.0, |candidate| candidate.prob)
    });
    each.product()
}

/// What is right after a prompt.
type Right = fn(&[u32]) -> Vec<u32>;

#[test]
fn one_right_text_has_the_product_of_its_tokens() {
    for pipeline in pipelines() {
        let tasks: [(&dyn Task, Right); 2] = [
            (&Copying { length: 3 }, |prompt| prompt[..3].to_vec()),
            (&Sorting { length: 2 }, |prompt| vec![prompt[0].min(prompt[1]), prompt[0].max(prompt[1])]),
        ];
        for (task, right) in tasks {
            let solver = solver(task, Noise { margin: 2.0, ..Noise::default() });
            for prompt in prompts(task, 4, 1) {
                let found = answers(&solver, task, &prompt, &pipeline, 1e-9).unwrap();
                let text = [right(&prompt), vec![END]].concat();
                let expected = product(&solver, &prompt, &text, &pipeline);
                let exact = found.accuracy(task, &prompt);
                assert!((exact - expected).abs() < 10.0 * SAMPLING_F32, "{pipeline:?} {exact} {expected}");
            }
        }
    }
}

#[test]
fn everything_is_accounted_for() {
    for task in every_task() {
        let solver = solver(task.as_ref(), Noise::default());
        let prompt = &prompts(task.as_ref(), 1, 2)[0];
        for pipeline in pipelines() {
            let found = answers(&solver, task.as_ref(), prompt, &pipeline, 1e-4).unwrap();
            let sum: f64 = found.by_answer.iter().map(|(_, p)| p).sum();
            assert!((sum + found.nothing + found.unseen - 1.0).abs() < EXACT_F64);
        }
    }
}

#[test]
fn the_floor_is_a_bound() {
    let task = Addition { digits: 2, worked: true };
    let solver = solver(&task, Noise { margin: 2.0, ..Noise::default() });
    for prompt in prompts(&task, 3, 3) {
        let at = |floor| answers(&solver, &task, &prompt, &Pipeline::default(), floor).unwrap();
        let exact = at(0.0);
        assert_eq!(exact.unseen, 0.0);
        for floor in [1e-2, 1e-3, 1e-5] {
            let rough = at(floor);
            let gap = exact.accuracy(&task, &prompt) - rough.accuracy(&task, &prompt);
            assert!(gap > -EXACT_F64 && gap <= rough.unseen + EXACT_F64, "{floor}: {gap}");
        }
        assert!(at(1e-2).unseen > 0.0);
    }
}

/// Draws texts and compares how often each answer comes with its probability.
#[test]
fn draws_come_as_often_as_they_should() {
    let n = 3000;
    let tasks: [&dyn Task; 3] = [
        &ModularSum { terms: 3, modulus: 5, worked: true },
        &Addition { digits: 2, worked: true },
        &Translation { concepts: 2, free: 0.6 },
    ];
    for task in tasks {
        let solver = solver(task, Noise { margin: 2.0, stop: 0.05, ..Noise::default() });
        let prompt = &prompts(task, 1, 4)[0];
        for mut pipeline in
            [Pipeline::default(), Pipeline::filters([Filter::Temperature(0.7), Filter::TopP(0.9)])]
        {
            let exact = answers(&solver, task, prompt, &pipeline, 0.0).unwrap();
            let mut draws = rng(4, "test draws");
            let mut counts: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
            for _ in 0..n {
                let text = generate(&solver, prompt, &mut pipeline, task.longest(), &mut draws).unwrap();
                if let Reading::Answer(answer) = read(task, &text.tokens()) {
                    *counts.entry(answer).or_insert(0) += 1;
                }
            }
            for (answer, p) in &exact.by_answer {
                let count = counts.remove(answer).unwrap_or(0) as f64;
                // Five standard errors, and one count for what is rare: many answers are looked at.
                let allowed = 5.0 * (n as f64 * p * (1.0 - p)).max(0.0).sqrt() + 2.0;
                assert!((count - n as f64 * p).abs() < allowed, "{} {answer:?}: {count} {p}", task.name());
            }
            assert!(counts.is_empty(), "{counts:?}");
        }
    }
}

#[test]
fn calls_are_those_of_drawn_texts() {
    let task = Copying { length: 4 };
    let solver = solver(&task, Noise { stop: 0.2, ..clean(3.0) });
    let prompt = &prompts(&task, 1, 5)[0];
    let exact = answers(&solver, &task, prompt, &Pipeline::default(), 0.0).unwrap();
    // 1 + .8 + .8² + .8³ + .8⁴: it goes on with what is not the end.
    let expected: f64 = (0..5).map(|place| 0.8f64.powi(place)).sum();
    assert!((exact.calls - expected).abs() < 10.0 * SAMPLING_F32, "{}", exact.calls);
}
