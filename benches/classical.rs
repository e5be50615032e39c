//! Viterbi by its readable twin and by the chain's buffers, cosines one by one and through lists, and one point of a
//! learning curve in its three parts.

use std::hint::black_box;

use concepts::classical::{
    Bag, HiddenMarkov, Language, Logistic, NaiveBayes, Nearest, Units, Vocabulary, remarks, units,
};
use concepts::numerics::{normal, rng};
use criterion::{Criterion, criterion_group, criterion_main};

/// Tags, symbols and words of the chain: a tag set as large as that of the Penn Treebank, a long sentence.
const SIZES: (usize, usize, usize) = (45, 1000, 60);

fn benches(c: &mut Criterion) {
    let (tags, symbols, words) = SIZES;
    let mut rng = rng(7, "bench");
    let mut table = |rows: usize, width: usize| {
        let mut table = normal((rows, width), 1.0, &mut rng).mapv(f64::exp);
        for mut row in table.rows_mut() {
            row /= row.sum();
        }
        table
    };
    let start = table(1, tags).row(0).to_owned();
    let model = HiddenMarkov::new(start, table(tags, tags), table(tags, symbols)).expect("a model");
    let sentence: Vec<usize> = (0..words).map(|i| i * 37 % symbols).collect();
    let chain = model.chain(&sentence).expect("scores");

    let mut vocabulary = Vocabulary::default();
    let rows = remarks(Language::English);
    let bags: Vec<Bag> = rows.iter().map(|row| vocabulary.learn(&units(row.text, Units::Single))).collect();
    let labels: Vec<usize> = rows.iter().map(|row| usize::from(row.label == "negative")).collect();
    let width = vocabulary.len();
    let nearest = Nearest::new(&bags, &labels, 2, width).expect("examples");

    let mut group = c.benchmark_group("classical");
    group.bench_function("viterbi, readable", |b| b.iter(|| model.viterbi(black_box(&sentence))));
    group.bench_function("viterbi, chain", |b| b.iter(|| black_box(&chain).best()));
    group.bench_function("cosines, readable", |b| b.iter(|| nearest.cosines(black_box(&bags[0]))));
    group.bench_function("cosines, lists", |b| b.iter(|| nearest.similarities(black_box(&bags[0]))));
    group.bench_function("naive Bayes", |b| {
        b.iter(|| NaiveBayes::fit(black_box(&bags), &labels, 2, width, 1.0));
    });
    group.bench_function("logistic regression", |b| {
        b.iter(|| Logistic::fit(black_box(&bags), &labels, 2, width, 1.0));
    });
    group.finish();
}

criterion_group!(classical, benches);
criterion_main!(classical);
