//! How fast is a rotation, beside a copy of the same tensor? And how fast is a sinusoidal table?
//!
//! `cargo bench --bench rope` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::numerics::rng;
use concepts::position::rope::{Layout, Rope, rope_frequencies, rotate_by_complex};
use concepts::position::sinusoidal_table;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::{Array2, Array3, Axis};
use rand::Rng;

const HEADS: usize = 32;
const N: usize = 4096;
const HEAD_DIM: usize = 128;
const BASE: f64 = 10_000.0;

/// Queries of all heads, `(heads, n, head_dim)`.
fn queries() -> Array3<f32> {
    let mut random = rng(3, "queries");
    Array3::from_shape_simple_fn((HEADS, N, HEAD_DIM), || random.random_range(-1.0..1.0))
}

/// A rotation reads and writes the tensor once, and so does a copy: no rotation can be faster.
fn rotation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rope");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    let x = queries();
    // Read and written.
    group.throughput(Throughput::Bytes((2 * x.len() * size_of::<f32>()) as u64));
    let mut y = x.clone();
    group.bench_function("copy", |b| b.iter(|| black_box(&mut y).assign(black_box(&x))));
    for (name, layout) in [("halves", Layout::Halves), ("interleaved", Layout::Interleaved)] {
        let rope = Rope::new(HEAD_DIM, HEAD_DIM, BASE, layout, N).expect("128 is even");
        group.bench_function(BenchmarkId::new("one thread", name), |b| {
            b.iter(|| rope.apply(&mut black_box(&mut y).view_mut(), 0).expect("the shape fits"));
        });
        group.bench_function(BenchmarkId::new("all threads", name), |b| {
            b.iter(|| rope.apply_parallel(&mut black_box(&mut y).view_mut(), 0).expect("the shape fits"));
        });
    }
    group.finish();
}

/// One of the heads, in `f64`.
fn readable(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rope, readable, one head");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    // (n, head_dim)
    let x: Array2<f64> = queries().index_axis(Axis(0), 0).mapv(f64::from);
    let theta = rope_frequencies(HEAD_DIM, BASE).expect("128 is even");
    let positions: Vec<i64> = (0..N as i64).collect();
    for (name, layout) in [("halves", Layout::Halves), ("interleaved", Layout::Interleaved)] {
        group.bench_function(BenchmarkId::new("complex", name), |b| {
            b.iter(|| rotate_by_complex(black_box(x.view()), &positions, &theta, layout));
        });
    }
    group.finish();
}

/// Encodings a second against the width of the model.
fn tables(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sinusoidal table");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let n = 256;
    group.throughput(Throughput::Elements(n as u64));
    for d_model in [64, 128, 256, 512, 1024, 2048, 4096] {
        group.bench_function(BenchmarkId::from_parameter(d_model), |b| {
            b.iter(|| sinusoidal_table(black_box(n), d_model, BASE));
        });
    }
    group.finish();
}

criterion_group!(benches, rotation, readable, tables);
criterion_main!(benches);
