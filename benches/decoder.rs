//! How fast does a language model read and write, with its weights as they are stored?
//!
//! `DEMO_MODEL=model.gguf cargo bench --bench decoder` measures a GGUF file; without one a small random model stands in,
//! whose times say nothing about real ones. With `-- --test` everything runs once. `RAYON_NUM_THREADS=1` gives one
//! thread. "Elements" are tokens.

use std::env;
use std::fs;
use std::hint::black_box;
use std::time::Duration;

use concepts::decoder::fast::{FastCache, FastDecoder, FastModel, Rows};
use concepts::decoder::{Config, Keeping, Naming};
use concepts::numerics::rng;
use concepts::weights::{Encoding, Gguf, Tensor};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use rand::Rng;

/// Tokens of a prompt, and of what is there before a text is continued.
const PROMPT: usize = 512;
const BEFORE: usize = 32;

const TEXTS: usize = 16;

/// Tokens that are written in one measurement, so that caches are not copied for each.
const STEPS: usize = 16;

/// The file that the variable names, if it does.
fn file() -> Option<Vec<u8>> {
    let path = env::var("DEMO_MODEL").ok()?;
    Some(fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
}

fn load(bytes: &[u8]) -> FastModel<'_> {
    let file = Gguf::parse(bytes).expect("a GGUF file");
    let config = Config::from_gguf(&file, &file).expect("a model of a known family").config;
    FastModel::new(config, Naming::Gguf, file.tensors().cloned()).expect("its weights")
}

/// A tensor with bytes of its own.
struct Stored {
    name: String,
    shape: Vec<usize>,
    encoding: Encoding,
    bytes: Vec<u8>,
}

impl Stored {
    fn tensor(&self) -> Tensor<'_> {
        Tensor { name: &self.name, shape: self.shape.clone(), encoding: self.encoding, bytes: &self.bytes }
    }
}

/// A model of the kind of LLaMA with random weights in 8 bits.
fn random() -> (Config, Vec<Stored>) {
    let small = Config::small();
    let config = Config { d_model: 64, head_dim: 16, d_ff: 96, vocab: 256, context: 1024, ..small };
    let mut ropes = config.ropes.clone();
    (ropes[0].head_dim, ropes[0].rotary_dim) = (16, 16);
    let config = Config { ropes, ..config };
    let (d, d_ff, keys) = (config.d_model, config.d_ff, config.kv_heads * config.head_dim);
    let matrix = |name: &str, rows: usize, columns: usize| {
        let mut random = rng(1, name);
        let block = |_| [0, 0x10].into_iter().chain((0..32).map(|_| random.random())).collect::<Vec<u8>>();
        let bytes = (0..rows * columns / 32).flat_map(block).collect();
        Stored { name: name.into(), shape: vec![rows, columns], encoding: Encoding::Q8_0, bytes }
    };
    let gain = |name: &str| {
        let bytes = 1f32.to_le_bytes().repeat(d);
        Stored { name: name.into(), shape: vec![d], encoding: Encoding::F32, bytes }
    };
    let mut tensors = vec![matrix("token_embd.weight", config.vocab, d), gain("output_norm.weight")];
    for i in 0..config.layers.len() {
        let name = |part: &str| format!("blk.{i}.{part}.weight");
        tensors.extend(["attn_norm", "ffn_norm"].map(|part| gain(&name(part))));
        let shapes = [("attn_q", d, d), ("attn_k", keys, d), ("attn_v", keys, d), ("attn_output", d, d)];
        let network = [("ffn_gate", d_ff, d), ("ffn_up", d_ff, d), ("ffn_down", d, d_ff)];
        let all = shapes.into_iter().chain(network);
        tensors.extend(all.map(|(part, rows, columns)| matrix(&name(part), rows, columns)));
    }
    (config, tensors)
}

fn group<'c>(criterion: &'c mut Criterion, name: &str, tokens: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
    group.throughput(Throughput::Elements(tokens as u64));
    group
}

fn tokens(count: usize, vocab: usize, start: usize) -> Vec<u32> {
    (0..count).map(|i| (((start + i) * 7919 + 13) % vocab) as u32).collect()
}

/// Reads the same tokens into a new cache.
fn read(decoder: &FastDecoder, text: &[u32]) -> FastCache {
    let mut cache = decoder.start_cache();
    decoder.extend(&mut [&mut cache], &[text], Rows::Last).expect("tokens of the vocabulary");
    cache
}

/// The most probable token of each text, again and again.
fn write(decoder: &FastDecoder, caches: &mut [FastCache], steps: usize) -> Vec<u32> {
    let mut chosen: Vec<u32> = (0..caches.len() as u32).collect();
    for _ in 0..steps {
        let mut caches: Vec<&mut FastCache> = caches.iter_mut().collect();
        let texts: Vec<&[u32]> = chosen.iter().map(std::slice::from_ref).collect();
        let logits = decoder.extend(&mut caches, &texts, Rows::Last).expect("tokens of the vocabulary");
        let best = |row: ndarray::ArrayView1<f32>| {
            row.iter()
                .enumerate()
                .fold((0, f32::MIN), |best, (i, &z)| if z > best.1 { (i, z) } else { best })
                .0
        };
        chosen = logits.rows().into_iter().map(|row| best(row) as u32).collect();
    }
    chosen
}

fn all(criterion: &mut Criterion) {
    let bytes = file();
    match &bytes {
        Some(bytes) => {
            group(criterion, "load", 1)
                .bench_function("parse and find", |b| b.iter(|| load(black_box(bytes))));
            run(criterion, &load(bytes));
        }
        None => {
            println!("DEMO_MODEL names no file: a small random model stands in");
            let (config, tensors) = random();
            let tensors = tensors.iter().map(Stored::tensor);
            run(criterion, &FastModel::new(config, Naming::Gguf, tensors).expect("its weights"));
        }
    }
}

fn run(criterion: &mut Criterion, model: &FastModel<'_>) {
    let vocab = model.config().vocab;
    let decoder = model.decoder(Keeping::F32).expect("32 bits");
    let prompt = tokens(PROMPT, vocab, 0);
    group(criterion, "prefill", PROMPT).bench_function("512 tokens", |b| {
        b.iter(|| read(&decoder, black_box(&prompt)));
    });
    for (name, keeping) in [("f32", Keeping::F32), ("f16", Keeping::F16), ("int8", Keeping::Int8)] {
        let decoder = model.decoder(keeping).expect("32, 16 or 8 bits");
        for (what, texts, before) in
            [("1 text", 1, BEFORE), ("1 text after 512", 1, PROMPT), ("16 texts", TEXTS, BEFORE)]
        {
            let caches: Vec<FastCache> =
                (0..texts).map(|i| read(&decoder, &tokens(before, vocab, i))).collect();
            group(criterion, "decode", texts * STEPS).bench_function(format!("{what}, cache {name}"), |b| {
                b.iter_batched(
                    || caches.clone(),
                    |mut caches| write(&decoder, &mut caches, STEPS),
                    criterion::BatchSize::LargeInput,
                );
            });
        }
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
