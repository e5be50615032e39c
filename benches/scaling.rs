//! Fitting a scaling law: the objective by its readable twin and by the fast one with its gradient, one fit from
//! all starts, and a bootstrap of 100 on top of it.

use std::hint::black_box;

use concepts::scaling::fit::{HUBER_DELTA, bootstrap, fit, objective, objective_with_gradient};
use concepts::scaling::{BESIROGLU, HOFFMANN};
use criterion::{Criterion, criterion_group, criterion_main};

/// As many runs as Besiroglu et al. read off Chinchilla's figure.
const RUNS: usize = 245;

fn benches(c: &mut Criterion) {
    let runs = BESIROGLU.draw_runs(RUNS, 0.005, 7, "bench");
    let fitted = fit(&runs).expect("runs that can be fitted").law;
    let mut group = c.benchmark_group("scaling");
    group.sample_size(10);
    group.bench_function("objective", |b| {
        b.iter(|| objective(black_box(&HOFFMANN), &runs, HUBER_DELTA));
    });
    group.bench_function("objective and gradient", |b| {
        b.iter(|| objective_with_gradient(black_box(&HOFFMANN), &runs, HUBER_DELTA));
    });
    group.bench_function("fit", |b| b.iter(|| fit(black_box(&runs))));
    group.bench_function("bootstrap of 100", |b| b.iter(|| bootstrap(black_box(&runs), &fitted, 100, 7)));
    group.finish();
}

criterion_group!(scaling, benches);
criterion_main!(scaling);
