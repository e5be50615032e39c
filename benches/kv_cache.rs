//! What a KV cache saves: one more token with the cache, against computing the whole prefix again.
//!
//! `cargo bench --bench kv_cache` measures; with `-- --test` everything runs once.

use std::hint::black_box;

use concepts::attention::{KvCache, Mask, MultiHead};
use concepts::numerics::{normal, rng};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use ndarray::{Array2, Axis};

const D_MODEL: usize = 128;
const HEADS: usize = 4;

/// A cache that has seen every token but the last.
fn filled(layer: &MultiHead, x: &Array2<f64>) -> KvCache {
    let mut cache = layer.new_cache();
    for token in x.axis_iter(Axis(0)).take(x.nrows() - 1) {
        layer.step(token, &mut cache).expect("the token fits the layer");
    }
    cache
}

fn one_more_token(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one more token");
    let layer = MultiHead::random(D_MODEL, HEADS, HEADS, &mut rng(3, "layer")).expect("the heads divide");
    for n in [64, 256, 1024] {
        let x = normal((n, D_MODEL), 1.0, &mut rng(3, "tokens"));
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("recomputed", n), |bencher| {
            bencher.iter(|| layer.forward(black_box(x.view()), &Mask::Causal));
        });
        let cache = filled(&layer, &x);
        group.bench_function(BenchmarkId::new("cached", n), |bencher| {
            bencher.iter_batched_ref(
                || cache.clone(),
                |cache| layer.step(black_box(x.row(n - 1)), cache),
                criterion::BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, one_more_token);
criterion_main!(benches);
