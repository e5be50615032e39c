//! How long does it take to rank players, to fit a reward, to train towards the optimum?
//!
//! `cargo bench --bench preference` measures; with `-- --test` everything runs once.

use std::hint::black_box;
use std::time::Duration;

use concepts::numerics::sigmoid;
use concepts::numerics::{normal, rng};
use concepts::preference::language::{Language, Ppo, PpoRun, TokenPolicy};
use concepts::preference::training::{Charge, Method, Run, Task, train};
use concepts::preference::{Comparisons, Judged, Spread, fit_bradley_terry, fit_by_iteration, fit_reward};
use criterion::{Criterion, criterion_group, criterion_main};
use rand::Rng;

/// Random pairs of players whose strengths are normal.
fn comparisons(players: usize, count: usize) -> Comparisons {
    let mut rng = rng(1, "bench");
    let strengths = normal((1, players), 1.0, &mut rng);
    let names: Vec<String> = (0..players).map(|i| i.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut pairs = Vec::with_capacity(count);
    while pairs.len() < count {
        let (i, j) = (rng.random_range(0..players), rng.random_range(0..players));
        if i != j {
            let first = rng.random::<f64>() < sigmoid(strengths[[0, i]] - strengths[[0, j]]);
            pairs.push(if first { (i, j) } else { (j, i) });
        }
    }
    Comparisons::from_places(&names, &pairs).expect("two players a pair")
}

fn fits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("preference/fit");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for (players, count) in [(20, 2000), (200, 20_000)] {
        let made = comparisons(players, count);
        group.bench_function(format!("{players} players, {count} comparisons, Newton"), |b| {
            b.iter(|| fit_bradley_terry(black_box(&made)).unwrap());
        });
        group.bench_function(format!("{players} players, {count} comparisons, 100 iterations"), |b| {
            b.iter(|| fit_by_iteration(black_box(&made), 100).unwrap());
        });
    }
    let mut rng = rng(2, "bench");
    let features = normal((500, 8), 1.0, &mut rng);
    let judged: Vec<Judged> = (0..5000)
        .map(|i| Judged {
            first: i % 500,
            second: (i * 7 + 1 + i / 500) % 500,
            preferred: f64::from(i as u8 % 2),
        })
        .collect();
    group.bench_function("reward of 8 features, 5000 comparisons", |b| {
        b.iter(|| fit_reward(black_box(&features), &judged, 1e-3).unwrap());
    });
}

fn runs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("preference/train");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    let task = Task { reference: &[0.5, 0.3, 0.2], rewards: &[0.0, 0.5, 1.0], beta: 0.3 };
    let run = Run { steps: 1000, group: 16, epsilon: 0.2, epochs: 4, rate: 1.0 };
    for (name, method) in
        [("PPO", Method::Ppo), ("GRPO", Method::Grpo(Spread::One, Charge::InReward)), ("DPO", Method::Dpo)]
    {
        group.bench_function(format!("{name}, 1000 steps"), |b| {
            b.iter(|| train(method, task, run, &mut rng(3, "bench")).unwrap());
        });
    }
    let language = Language::new(&["a", "b", "c"], 4);
    let reference = TokenPolicy::uniform(&language);
    let rewards: Vec<f64> = (0..language.answers()).map(|y| language.words_of(y).len() as f64).collect();
    let run = PpoRun { batch: 64, epochs: 4, epsilon: 0.2, beta: 0.2, lambda: 0.95, rate: 2.0, critic: 0.3 };
    group.bench_function("PPO by tokens, 100 batches of 64", |b| {
        b.iter(|| {
            let mut ppo = Ppo::new(&language, &reference, &rewards, run);
            let mut rng = rng(4, "bench");
            (0..100).for_each(|_| ppo.step(&mut rng));
            ppo.values[0]
        });
    });
}

criterion_group!(benches, fits, runs);
criterion_main!(benches);
