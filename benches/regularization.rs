//! How long does a path of a hundred penalties take, and how long the exact one?
//!
//! `cargo bench --bench regularization` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::regularization::{
    Design, Kind, Scaling, Sparse, Stop, diabetes, exact_path, lambda_grid, lasso_path, sparse_problem,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// The patients, and a made-up problem of a size at which products of columns dominate.
fn designs() -> [(&'static str, Design); 2] {
    let like = Sparse { rows: 2000, columns: 500, relevant: 50, correlation: 0.5, noise: 5.0 };
    [("442 x 10", diabetes()), ("2000 x 500", sparse_problem(like, 3))].map(|(name, data)| {
        (name, Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm).expect("numbers that vary"))
    })
}

fn paths(criterion: &mut Criterion) {
    for (name, design) in designs() {
        let mut group = criterion.benchmark_group(format!("regularization/{name}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(2));
        let grid = lambda_grid(design.lambda_max(), 1e-3, 100);
        let stop = Stop { gap: 2e-8, passes: 100_000 };
        group
            .bench_function("100 penalties", |b| b.iter(|| lasso_path(black_box(&design), &grid, 1.0, stop)));
        group.bench_function("exact lasso", |b| {
            b.iter(|| exact_path(black_box(&design), Kind::Lasso).unwrap());
        });
        group.bench_function("exact lasso, read at 100 penalties", |b| {
            b.iter(|| {
                let path = exact_path(black_box(&design), Kind::Lasso).unwrap();
                grid.iter().map(|&lambda| path.at(lambda)).collect::<Vec<_>>()
            });
        });
    }
}

criterion_group!(benches, paths);
criterion_main!(benches);
