//! How fast are GELU and SwiGLU in `f32`, beside a pass that only reads and writes the same arrays?
//!
//! `cargo bench --bench activation` measures; with `-- --test` everything runs once. Divide a time by the number of
//! elements for nanoseconds an element.

use std::hint::black_box;
use std::time::Duration;

use concepts::activation::{Activation, fast_geglu, fast_gelu, fast_gelu_tanh, fast_silu, fast_swiglu};
use concepts::numerics::rng;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand::Rng;

const ELEMENTS: usize = 1 << 24;

fn numbers(name: &str) -> Vec<f32> {
    let mut random = rng(3, name);
    (0..ELEMENTS).map(|_| random.random_range(-4.0..4.0)).collect()
}

fn activations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("activation");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    group.throughput(Throughput::Elements(ELEMENTS as u64));
    let (a, b) = (numbers("a"), numbers("b"));
    let mut y = a.clone();
    group.bench_function("read one, write one", |bencher| {
        bencher.iter(|| black_box(&mut y).copy_from_slice(black_box(&a)));
    });
    group.bench_function("gelu", |bencher| bencher.iter(|| fast_gelu(black_box(&a), black_box(&mut y))));
    group.bench_function("gelu, tanh", |bencher| {
        bencher.iter(|| fast_gelu_tanh(black_box(&a), black_box(&mut y)));
    });
    group.bench_function("silu", |bencher| bencher.iter(|| fast_silu(black_box(&a), black_box(&mut y))));
    group.bench_function("read two, write one", |bencher| {
        bencher.iter(|| {
            let pairs = black_box(&a).iter().zip(black_box(&b));
            black_box(&mut y).iter_mut().zip(pairs).for_each(|(y, (a, b))| *y = a * b);
        });
    });
    group.bench_function("geglu", |bencher| {
        bencher.iter(|| fast_geglu(black_box(&a), black_box(&b), black_box(&mut y)));
    });
    group.bench_function("swiglu", |bencher| {
        bencher.iter(|| fast_swiglu(black_box(&a), black_box(&b), black_box(&mut y)));
    });
    group.finish();
}

/// The readable twin, in `f64`, on a sixteenth of the numbers.
fn readable(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("activation, readable");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    let x: Vec<f64> = numbers("a").into_iter().take(ELEMENTS / 16).map(f64::from).collect();
    group.throughput(Throughput::Elements(x.len() as u64));
    for (name, f) in
        [("gelu", Activation::Gelu), ("gelu, tanh", Activation::GeluTanh), ("silu", Activation::SILU)]
    {
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&x).iter().map(|x| f.of(*x)).sum::<f64>());
        });
    }
    group.finish();
}

criterion_group!(benches, activations, readable);
criterion_main!(benches);
