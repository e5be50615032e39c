//! What does a token cost, beside a pass that only looks for the largest logit? And what a wider beam?
//!
//! `cargo bench --bench decoding` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::comparison::{Family, Recipe};
use concepts::decoding::{
    BeamSearch, Candidates, Cut, DiverseBeamSearch, Filter, HiddenStates, LanguageModel, Mirostat, Pipeline,
    Sampler, Settings, contrastive_search, fast_contrastive_search, gumbel_max, speculative_sampling,
};
use concepts::numerics::rng;
use concepts::tasks::Costly;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand_distr::{Distribution, StandardNormal};

const VOCABULARIES: [usize; 4] = [1_000, 32_000, 128_000, 152_000];

/// As a language model gives them: about one token in a thousand is likely.
fn logits(vocab_size: usize) -> Vec<f32> {
    let mut random = rng(3, "logits");
    (0..vocab_size).map(|_| 2.5 * Distribution::<f32>::sample(&StandardNormal, &mut random)).collect()
}

fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    group
}

/// Time a token of the fast sampler. A plain loop stands beside it: what anybody would write for greedy.
fn fast(criterion: &mut Criterion) {
    let all = Settings::default();
    let strategies = [
        ("greedy", Settings { temperature: 0.0, ..all }),
        ("pure", all),
        ("temperature", Settings { temperature: 0.7, ..all }),
        ("top-k 50", Settings { top_k: Some(50), ..all }),
        ("top-p 0.9", Settings { top_p: Some(0.9), ..all }),
        ("min-p 0.05", Settings { min_p: Some(0.05), ..all }),
        ("typical 0.9", Settings { cut: Some(Cut::Typical(0.9)), ..all }),
        ("epsilon 0.0003", Settings { cut: Some(Cut::Epsilon(0.0003)), ..all }),
        ("eta 0.0003", Settings { cut: Some(Cut::Eta(0.0003)), ..all }),
        ("top-k 50, top-p 0.9", Settings { temperature: 0.8, top_k: Some(50), top_p: Some(0.9), ..all }),
        ("top-p 0.9, flat", Settings { temperature: 100.0, top_p: Some(0.9), ..all }),
    ];
    let mut group = group(criterion, "fast");
    for vocab_size in VOCABULARIES {
        let logits = logits(vocab_size);
        group.bench_function(BenchmarkId::new("argmax, plain loop", vocab_size), |b| {
            b.iter(|| {
                let start = (0, f32::NEG_INFINITY);
                let logits = black_box(&logits).iter().enumerate();
                logits.fold(start, |best, (i, &x)| if x > best.1 { (i, x) } else { best }).0
            });
        });
        for (name, settings) in strategies {
            let mut sampler = Sampler::new(settings).expect("settings in range");
            let mut random = rng(1, "bench");
            group.bench_function(BenchmarkId::new(name, vocab_size), |b| {
                b.iter(|| sampler.sample(black_box(&logits), &mut random).expect("finite logits"));
            });
        }
    }
    group.finish();
}

/// The readable twins, which sort.
fn readable(criterion: &mut Criterion) {
    let filters: [(&str, &[Filter]); 8] = [
        ("pure", &[]),
        ("temperature", &[Filter::Temperature(0.7)]),
        ("top-k 50", &[Filter::TopK(50)]),
        ("top-p 0.9", &[Filter::TopP(0.9)]),
        ("min-p 0.05", &[Filter::MinP(0.05)]),
        ("typical 0.9", &[Filter::Typical(0.9)]),
        ("epsilon 0.0003", &[Filter::Epsilon(0.0003)]),
        ("eta 0.0003", &[Filter::Eta(0.0003)]),
    ];
    let mut group = group(criterion, "readable");
    group.sample_size(10);
    for vocab_size in VOCABULARIES {
        let logits = logits(vocab_size);
        for (name, filters) in filters {
            let pipeline = Pipeline::filters(filters);
            let mut random = rng(1, "bench");
            group.bench_function(BenchmarkId::new(name, vocab_size), |b| {
                b.iter(|| pipeline.sample(black_box(&logits), &[], &mut random).expect("finite logits"));
            });
        }
        let mut random = rng(1, "bench");
        group.bench_function(BenchmarkId::new("Gumbel-max", vocab_size), |b| {
            b.iter(|| {
                let candidates = Candidates::from_logits(black_box(&logits)).expect("finite logits");
                gumbel_max(&candidates, &mut random)
            });
        });
    }
    group.finish();
}

/// Gives ready logits, so that only the search is timed.
struct Ready {
    logits: Vec<f32>,
}

impl LanguageModel for Ready {
    type State = usize;

    fn vocab_size(&self) -> usize {
        self.logits.len()
    }

    fn start(&self) -> usize {
        0
    }

    fn advance(&self, state: &mut usize, token: u32) {
        *state = (*state * 31 + token as usize) % self.logits.len();
    }

    fn logits(&self, state: &usize, logits: &mut [f32]) {
        // Another order of the same numbers after each prefix.
        let (right, left) = logits.split_at_mut(self.logits.len() - state);
        right.copy_from_slice(&self.logits[*state..]);
        left.copy_from_slice(&self.logits[..*state]);
    }
}

impl HiddenStates for Ready {
    fn hidden(&self, state: &usize) -> Vec<f32> {
        (0..WIDTH).map(|i| self.logits[(state + i) % self.logits.len()]).collect()
    }
}

/// Features of a hidden state, as GPT-2 has them.
const WIDTH: usize = 768;
/// The vocabularies of LLaMA 2, GPT-2, LLaMA 3 and Qwen.
const STRATEGIES: [usize; 4] = [32_000, 50_257, 128_256, 151_936];
/// Tokens that were said before, for what looks back.
const SAID: usize = 200;
/// Tokens of a search.
const SEARCHED: usize = 8;

/// Tokens a second of every strategy, without a model: as the comparison runs it. Of those that look back the twins,
/// which sort, stand beside.
fn strategies(criterion: &mut Criterion) {
    let draws = [
        (Family::Greedy, 0.0),
        (Family::NoRepeat, 4.0),
        (Family::Temperature, 0.7),
        (Family::TopK, 50.0),
        (Family::TopP, 0.9),
        (Family::MinP, 0.05),
        (Family::Typical, 0.9),
        (Family::Epsilon, 0.0003),
        (Family::Eta, 0.0003),
        (Family::Mirostat, 4.0),
        (Family::Repetition, 1.2),
    ];
    let mut group = group(criterion, "strategies");
    group.sample_size(10);
    for vocab_size in STRATEGIES {
        let model = Ready { logits: logits(vocab_size) };
        let said: Vec<u32> = (0..SAID as u32).map(|i| i * i % 997).collect();
        group.throughput(Throughput::Elements(1));
        for (family, value) in draws {
            let recipe = Recipe::new(family, value);
            let chooser = recipe.chooser(vocab_size).expect("settings in range");
            let mut choosers = vec![("", chooser.expect("it chooses token after token"))];
            if matches!(family, Family::NoRepeat | Family::Repetition) {
                choosers.push((", sorted", Box::new(recipe.pipeline().expect("it has one"))));
            }
            if family == Family::Mirostat {
                choosers.push((", sorted", Box::new(Mirostat::new(value, 0.1).expect("in range"))));
            }
            for (how, mut chooser) in choosers {
                let mut random = rng(1, "bench");
                let name = format!("{}{how}", family.word());
                group.bench_function(BenchmarkId::new(name, vocab_size), |b| {
                    b.iter(|| {
                        chooser.choose(black_box(&model.logits), &said, &mut random).expect("finite logits")
                    });
                });
            }
        }
        group.throughput(Throughput::Elements(SEARCHED as u64));
        group.bench_function(BenchmarkId::new("beam, 4", vocab_size), |b| {
            b.iter(|| BeamSearch::new(4, SEARCHED).run(black_box(&model), &[]).expect("finite logits"));
        });
        group.bench_function(BenchmarkId::new("contrastive, 5 candidates", vocab_size), |b| {
            b.iter(|| {
                fast_contrastive_search(black_box(&model), &said, 5, 0.6, SEARCHED).expect("finite logits")
            });
        });
        group.bench_function(BenchmarkId::new("contrastive, 5 candidates, sorted", vocab_size), |b| {
            b.iter(|| contrastive_search(black_box(&model), &said, 5, 0.6, SEARCHED).expect("finite logits"));
        });
    }
    group.finish();
}

/// Eight tokens against the number of beams.
fn beams(criterion: &mut Criterion) {
    let model = Ready { logits: logits(32_000) };
    let mut group = group(criterion, "beam search, 8 tokens");
    group.sample_size(10);
    for beams in [1, 2, 4, 8, 16] {
        let search = BeamSearch::new(beams, 8);
        group.bench_function(BenchmarkId::new("plain", beams), |b| {
            b.iter(|| search.run(black_box(&model), &[]).expect("finite logits"));
        });
    }
    let search = DiverseBeamSearch { search: BeamSearch::new(8, 8), groups: 4, strength: 0.5 };
    group.bench_function(BenchmarkId::new("diverse, 4 groups", 8), |b| {
        b.iter(|| search.run(black_box(&model), &[]).expect("finite logits"));
    });
    group.finish();
}

/// A target's weights: 16 MiB, which have to be read for every call. The draft has a twentieth.
const WEIGHTS: (usize, usize) = (1024, 4096);
const DRAFT: f64 = 0.05;
/// Tokens of a text.
const SPECULATED: usize = 32;

/// Speculative decoding against acceptance, token by token beside it: the formula says
/// `(1 − α^(γ+1)) / (1 − α) / (1 + γ/20)` times as fast, if a call of γ + 1 rows takes as long as one of a row.
fn speculative(criterion: &mut Criterion) {
    let mut group = group(criterion, "speculative");
    group.sample_size(10).throughput(Throughput::Elements(SPECULATED as u64));
    let (_, alone) = Costly::pair(1.0, WEIGHTS, DRAFT).expect("sizes in range");
    let mut logits = vec![0.0; alone.vocab_size()];
    group.bench_function("token by token", |b| {
        b.iter(|| (0..SPECULATED).for_each(|_| black_box(&alone).logits(&(), &mut logits)));
    });
    for alpha in [0.5, 0.7, 0.8, 0.9, 1.0] {
        let (draft, target) = Costly::pair(alpha, WEIGHTS, DRAFT).expect("sizes in range");
        for gamma in [2, 4, 8] {
            let mut random = rng(1, "bench");
            group.bench_function(BenchmarkId::new(format!("acceptance {alpha}"), gamma), |b| {
                b.iter(|| {
                    let text =
                        speculative_sampling(&draft, &target, &[], gamma, &[], SPECULATED, &mut random);
                    text.expect("finite logits")
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, fast, readable, strategies, beams, speculative);
criterion_main!(benches);
