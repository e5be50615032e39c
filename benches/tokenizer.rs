//! How fast are splitting, counting, training and encoding, and how far are the readable twins?
//! WordPiece under each criterion: its merges are other ones, and so is their cost.
//!
//! `cargo bench --bench tokenizer` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::numerics::rng;
use concepts::tokenizer::bpe::{
    Base, Bpe, BpeOptions, ByteOrder, Encoder, WordCount, count_text, train, train_readable,
};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::wordpiece::{self, Ties, Until, trace_training};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::Rng;

const MEGABYTE: usize = 1_000_000;

/// Words of random syllables, frequent ones first; `alphabet` says of what.
fn text(alphabet: &[&str], space: &str) -> String {
    let mut random = rng(5, "text");
    let mut text = String::with_capacity(MEGABYTE + 100);
    while text.len() < MEGABYTE {
        // Zipf's law: the rank is the exponential of something uniform.
        let mut rank = 40_000f64.powf(random.random::<f64>()) as usize;
        while rank > 0 {
            text.push_str(alphabet[rank % alphabet.len()]);
            rank /= alphabet.len();
        }
        text.push_str(if random.random_range(0..12) == 0 { ".\n" } else { space });
    }
    text
}

fn english() -> String {
    text(&["ba", "con", "di", "er", "fo", "ge", "in", "li", "ma", "no", "st", "re"], " ")
}

fn chinese() -> String {
    text(&["我", "的", "一", "是", "人", "在", "有", "这", "上", "们", "来", "到", "时", "大", "地"], "，")
}

fn options(vocabulary: usize) -> BpeOptions {
    BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), vocabulary, ..BpeOptions::default() }
}

fn trained(words: &[WordCount<Vec<u8>>], vocabulary: usize) -> Bpe {
    train(words, &options(vocabulary), &mut |_| {}).expect("the text is fine").bpe
}

fn splitting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("split");
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (language, text) in [("english", english()), ("chinese", chinese())] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        for how in [Pretokenizer::Gpt2, Pretokenizer::Cl100k, Pretokenizer::Whitespace, Pretokenizer::Bert] {
            group.bench_function(BenchmarkId::new(format!("{how:?}"), language), |b| {
                b.iter(|| how.split(black_box(&text)).count());
            });
        }
    }
    group.finish();
}

fn training(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("train");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let text = english();
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("count", |b| b.iter(|| count_text(Pretokenizer::Gpt2, black_box(&text))));
    let words = count_text(Pretokenizer::Gpt2, &text);
    for vocabulary in [1_000, 8_000] {
        group.bench_function(BenchmarkId::new("merges", vocabulary), |b| {
            b.iter(|| trained(black_box(&words), vocabulary));
        });
    }
    // The readable twin on a hundredth of it: its cost is merges times length.
    let words = count_text(Pretokenizer::Gpt2, &text[..Pretokenizer::Gpt2.safe_cut(&text, MEGABYTE / 100)]);
    group.throughput(Throughput::Bytes(MEGABYTE as u64 / 100));
    group.bench_function("readable, a hundredth, 300", |b| {
        b.iter(|| train_readable(black_box(&words), &options(300)));
    });
    group.finish();
}

/// The words of BERT, in lower case already.
fn bert_words(text: &str) -> Vec<(String, u64)> {
    let words = count_text(Pretokenizer::Bert, text).into_iter();
    words.map(|(word, count)| (String::from_utf8(word).expect("cut out of text"), count)).collect()
}

fn wordpiece_training(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("train wordpiece");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let (text, ties) = (english(), Ties::SmallestIds);
    group.throughput(Throughput::Bytes(text.len() as u64));
    let words = bert_words(&text);
    let criteria = [
        wordpiece::Criterion::Frequency,
        wordpiece::Criterion::Likelihood,
        wordpiece::Criterion::Ratio,
        wordpiece::Criterion::Perplexity,
    ];
    for by in criteria {
        for pieces in [1_000, 8_000] {
            group.bench_function(BenchmarkId::new(format!("{by:?}"), pieces), |b| {
                b.iter(|| wordpiece::train(black_box(&words), by, ties, Until::Pieces(pieces)));
            });
        }
    }
    // The readable twin on a thousandth of it: it cuts the corpus anew for every pair before every merge.
    let words = bert_words(&text[..Pretokenizer::Bert.safe_cut(&text, MEGABYTE / 1000)]);
    group.throughput(Throughput::Bytes(MEGABYTE as u64 / 1000));
    group.bench_function("readable, a thousandth, 20 merges", |b| {
        b.iter(|| {
            trace_training(black_box(&words), wordpiece::Criterion::Likelihood, ties, Until::Merges(20))
        });
    });
    group.finish();
}

fn encoding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (language, text) in [("english", english()), ("chinese", chinese())] {
        let bpe = trained(&count_text(Pretokenizer::Gpt2, &text), 8_000);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("first pass", language), |b| {
            b.iter(|| {
                let mut ids = Vec::with_capacity(text.len() / 3);
                let encoded = Encoder::new(&bpe).encode(Pretokenizer::Gpt2, &text, None, &mut ids);
                encoded.expect("bytes are never unknown");
                ids
            });
        });
        // No word is repeated: nothing to remember.
        group.bench_function(BenchmarkId::new("one word", language), |b| {
            b.iter(|| bpe.encode_word(black_box(text.as_bytes())));
        });
    }
    group.finish();
}

criterion_group!(benches, splitting, training, wordpiece_training, encoding);
criterion_main!(benches);
