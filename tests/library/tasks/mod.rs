//! Tasks, their solvers, and what strategies make of them: against products, sums and draws.

mod answers;
mod language;
mod learnt;
mod solver;
mod strategies;
mod task;

use concepts::numerics::rng;
use concepts::tasks::{
    Addition, Copying, ModularSum, Noise, Retrieval, Reversing, Solver, Sorting, Task, Translation,
};

/// One of each, small.
fn every_task() -> Vec<Box<dyn Task>> {
    vec![
        Box::new(Copying { length: 4 }),
        Box::new(Reversing { length: 4 }),
        Box::new(Sorting { length: 3 }),
        Box::new(Addition { digits: 2, worked: false }),
        Box::new(Addition { digits: 2, worked: true }),
        Box::new(ModularSum { terms: 3, modulus: 5, worked: false }),
        Box::new(ModularSum { terms: 3, modulus: 5, worked: true }),
        Box::new(Retrieval { pairs: 4 }),
        Box::new(Translation { concepts: 2, free: 0.6 }),
    ]
}

fn prompts(task: &dyn Task, n: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut draws = rng(seed, "test prompts");
    (0..n).map(|_| task.prompt(&mut draws)).collect()
}

fn solver(task: &dyn Task, noise: Noise) -> Solver<'_> {
    Solver::new(task, noise, 7).unwrap()
}

/// Without a tail and without an end that comes too early.
fn clean(margin: f64) -> Noise {
    Noise { margin, tail: 0.0, stop: 0.0, ..Noise::default() }
}
