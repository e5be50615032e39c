//! What do the measures cost that are taken of every setting of every strategy? Each beside its readable twin.
//!
//! `cargo bench --bench evaluation` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::evaluation::{
    Bootstrap, LikenessOptions, Resampling, bleu, mean_interval, ngram_divergence, self_bleu, text_likeness,
};
use concepts::numerics::rng;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rand::Rng;

/// Texts whose tokens are as unequally frequent as words are.
fn texts(number: usize, tokens: usize) -> Vec<Vec<u32>> {
    let mut random = rng(7, "texts");
    let mut token = || (f64::exp(random.random::<f64>() * f64::ln(5_000.0)) - 1.0) as u32;
    (0..number).map(|_| (0..tokens).map(|_| token()).collect()).collect()
}

fn borrowed(texts: &[Vec<u32>]) -> Vec<&[u32]> {
    texts.iter().map(Vec::as_slice).collect()
}

fn likeness(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("self-BLEU");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (number, tokens) in [(40, 120), (200, 200)] {
        let texts = texts(number, tokens);
        let texts = borrowed(&texts);
        let size = format!("{number} texts of {tokens}");
        group.bench_function(BenchmarkId::new("all at once", &size), |b| {
            b.iter(|| self_bleu(black_box(&texts)));
        });
        group.bench_function(BenchmarkId::new("one against the others", &size), |b| {
            b.iter(|| {
                (0..number).map(|i| bleu(texts[i], &[&texts[..i], &texts[i + 1..]].concat())).sum::<f64>()
            });
        });
    }
    group.finish();
}

fn intervals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("interval of a mean");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let options = Bootstrap { resamples: 1_000, ..Bootstrap::default() };
    let values: Vec<f64> = (0..40).map(|i| f64::from(i * i % 17)).collect();
    let draws = Resampling::new(values.len(), &options).expect("sizes in range");
    group.bench_function("draws kept", |b| b.iter(|| draws.mean_interval(black_box(&values))));
    group.bench_function("drawn anew", |b| b.iter(|| mean_interval(black_box(&values), &options)));
    group.finish();
}

fn sets(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("against a reference");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let all = texts(80, 120);
    let all = borrowed(&all);
    let (texts, reference) = all.split_at(40);
    group.bench_function("n-grams, n = 3", |b| {
        b.iter(|| ngram_divergence(black_box(texts), reference, 3, 0.5));
    });
    group.bench_function("frontier over clusters", |b| {
        b.iter(|| text_likeness(black_box(texts), reference, &LikenessOptions::default()));
    });
    group.finish();
}

criterion_group!(benches, likeness, intervals, sets);
criterion_main!(benches);
