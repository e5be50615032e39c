//! InfoNCE in both directions, forward and backward, in `f32` on one thread; and its readable twin in `f64`.
//!
//! `cargo bench --bench contrastive` measures; with `-- --test` everything runs once. Three products of `N² d`
//! multiply-adds are nearly all of the work: `6 N² d` operations over the time give those a second.

use std::hint::black_box;
use std::time::Duration;

use concepts::contrastive::{Objective, Sharpness, Side, contrast, fast_contrast, unit_rows};
use concepts::numerics::{normal, rng};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array2;

const WIDTH: usize = 512;
const TEMPERATURE: f64 = 0.07;

fn unit(n: usize, name: &str) -> Array2<f64> {
    unit_rows(normal((n, WIDTH), 1.0, &mut rng(3, name)).view(), Side::Images).expect("directions")
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("contrastive");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for n in [256, 1024, 4096] {
        let (images, texts) = (unit(n, "images"), unit(n, "texts"));
        let (x, y) = (images.mapv(|x| x as f32), texts.mapv(|y| y as f32));
        group.throughput(Throughput::Elements((6 * n * n * WIDTH) as u64));
        group.bench_function(BenchmarkId::new("fast", n), |bencher| {
            bencher.iter(|| fast_contrast(black_box(x.view()), y.view(), 1.0 / TEMPERATURE as f32));
        });
        if n <= 1024 {
            let sharp = Sharpness::temperature(TEMPERATURE).expect("above 0");
            group.bench_function(BenchmarkId::new("readable", n), |bencher| {
                bencher.iter(|| contrast(black_box(images.view()), texts.view(), Objective::CLIP, sharp));
            });
        }
    }
    group.finish();
}

criterion_group!(contrastive, benches);
criterion_main!(contrastive);
