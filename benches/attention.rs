//! How fast is attention, and how much memory does it need? Naive against tiled.
//!
//! `cargo bench --bench attention` measures; with `-- --test` everything runs once. The naive forms are
//! the readable twin in `f64` and the same three steps in `f32`, both one head at a time.

use std::hint::black_box;
use std::time::Duration;

use concepts::attention::{Mask, attention, tiled_attention, tiled_attention_parallel};
use concepts::numerics::rng;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use ndarray::{Array2, Array3, ArrayView2, Axis};
use peak_alloc::PeakAlloc;
use rand::Rng;

/// Counts what is allocated, for the table of memory at the end.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const HEADS: usize = 8;
const HEAD_DIM: usize = 64;
/// Beyond this many tokens one iteration of a naive form takes seconds.
const NAIVE_UP_TO: usize = 2048;

/// Queries, keys and values.
type Inputs = [Array3<f32>; 3];

fn inputs(n: usize) -> Inputs {
    ["q", "k", "v"].map(|name| {
        let mut random = rng(3, name);
        Array3::from_shape_simple_fn((HEADS, n, HEAD_DIM), || random.random_range(-1.0..1.0))
    })
}

/// The readable twin, head by head.
fn readable([q, k, v]: &Inputs, mask: &Mask) -> Array3<f64> {
    let mut out = Array3::zeros(v.dim());
    for (head, mut out) in out.axis_iter_mut(Axis(0)).enumerate() {
        let [q, k, v] = [q, k, v].map(|x| x.index_axis(Axis(0), head).mapv(f64::from));
        out.assign(&attention(q.view(), k.view(), v.view(), mask).expect("the shapes fit"));
    }
    out
}

/// The same in `f32`, head by head.
fn naive([q, k, v]: &Inputs, mask: &Mask) -> Array3<f32> {
    let mut out = Array3::zeros(v.dim());
    for (head, mut out) in out.axis_iter_mut(Axis(0)).enumerate() {
        let [q, k, v] = [q, k, v].map(|x| x.index_axis(Axis(0), head));
        out.assign(&weights(q, k, mask).dot(&v));
    }
    out
}

/// `softmax(Q Kᵀ / √d_k)` in `f32`.
fn weights(q: ArrayView2<f32>, k: ArrayView2<f32>, mask: &Mask) -> Array2<f32> {
    let (n_q, n_k) = (q.nrows(), k.nrows());
    let mut scores = q.dot(&k.t()) / (q.ncols() as f32).sqrt();
    if *mask != Mask::None {
        scores.indexed_iter_mut().filter(|&((i, j), _)| !mask.allows(i, j, n_q, n_k)).for_each(
            |(_, score)| {
                *score = f32::NEG_INFINITY;
            },
        );
    }
    for mut row in scores.rows_mut() {
        let max = row.fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        row.mapv_inplace(|score| (score - max).exp());
        row /= row.sum();
    }
    scores
}

fn speed(criterion: &mut Criterion) {
    for (name, mask) in [("full", Mask::None), ("causal", Mask::Causal)] {
        let mut group = criterion.benchmark_group(format!("attention/{name}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(1));
        for n in [128, 256, 512, 1024, 2048, 4096] {
            let inputs = inputs(n);
            let [q, k, v] = &inputs;
            // Two matrix products of n · n · d multiplications and additions: an "element" of the report
            // is one of these operations, counted as if nothing was hidden.
            group.throughput(Throughput::Elements((4 * HEADS * n * n * HEAD_DIM) as u64));
            if n <= NAIVE_UP_TO {
                group.bench_function(BenchmarkId::new("readable f64", n), |b| {
                    b.iter(|| black_box(readable(&inputs, &mask)));
                });
                group.bench_function(BenchmarkId::new("naive f32", n), |b| {
                    b.iter(|| black_box(naive(&inputs, &mask)));
                });
            }
            group.bench_function(BenchmarkId::new("tiled, one thread", n), |b| {
                b.iter(|| black_box(tiled_attention(q.view(), k.view(), v.view(), &mask)));
            });
            group.bench_function(BenchmarkId::new("tiled, all threads", n), |b| {
                b.iter(|| black_box(tiled_attention_parallel(q.view(), k.view(), v.view(), &mask)));
            });
        }
        group.finish();
    }
}

/// Peak of what a forward pass allocates, without its output.
fn extra_bytes(run: impl Fn() -> Array3<f32>) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let out = run();
    MEMORY.peak_usage().saturating_sub(before + out.len() * size_of::<f32>())
}

/// The table of memory.
fn memory() {
    println!("\nExtra memory of a causal forward pass, {HEADS} heads of width {HEAD_DIM}, f32, in KiB");
    println!("{:>6} {:>12} {:>18} {:>18}", "n", "naive f32", "tiled, one thread", "tiled, all threads");
    for n in [1024, 2048, 4096] {
        let inputs = inputs(n);
        let [q, k, v] = &inputs;
        let fits = "the shapes fit";
        let [naive, one, all] = [
            extra_bytes(|| naive(&inputs, &Mask::Causal)),
            extra_bytes(|| tiled_attention(q.view(), k.view(), v.view(), &Mask::Causal).expect(fits)),
            extra_bytes(|| {
                tiled_attention_parallel(q.view(), k.view(), v.view(), &Mask::Causal).expect(fits)
            }),
        ]
        .map(|bytes| bytes / 1024);
        println!("{n:>6} {naive:>12} {one:>18} {all:>18}");
    }
}

criterion_group!(benches, speed);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    memory();
}
