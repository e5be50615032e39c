//! How fast is one decoding step, beside the two limits of the machine?
//!
//! `cargo bench --bench decode` measures; with `-- --test` everything runs once, with short contexts. A step
//! reads every key and value, and so does a copy, which writes them too: both are given in bytes *read* a
//! second. The other limit is arithmetic: multiply-adds on numbers that stay in registers. A step can be
//! near only one of the two, and which one depends on how many query heads share a key/value head. Each
//! time is the shortest of several, taken in turns, so that what else the machine does disturbs all alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

use concepts::attention::{Bf16, CacheElement, decode_step, decode_step_parallel};
use concepts::numerics::rng;
use ndarray::{Array2, Array3};
use pulp::{Arch, Simd, WithSimd};
use rand::Rng;

const HEADS: usize = 32;
const HEAD_DIM: usize = 128;
const KV_HEADS: [usize; 3] = [32, 8, 1];

/// How long to measure one row.
#[derive(Debug, Clone, Copy)]
struct Effort {
    at_least: usize,
    time: Duration,
}

/// Numbers of order one: one random head, over and over, since the numbers do not change the time.
fn cache<T: CacheElement>(name: &str, kv_heads: usize, n: usize, store: impl Fn(f32) -> T) -> Array3<T> {
    let mut random = rng(3, name);
    let row: Vec<T> = (0..8191).map(|_| store(random.random_range(-1.0..1.0))).collect();
    let mut numbers = row.iter().cycle().copied();
    Array3::from_shape_simple_fn((kv_heads, n, HEAD_DIM), || numbers.next().expect("it never ends"))
}

/// The shortest time of each piece of work, in seconds, taken in turns.
fn shortest(effort: Effort, work: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; work.len()];
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < effort.at_least || start.elapsed() < effort.time {
        for (best, work) in best.iter_mut().zip(work.iter_mut()) {
            let start = Instant::now();
            work();
            *best = best.min(start.elapsed().as_secs_f64());
        }
        rounds += 1;
    }
    best
}

/// Multiply-adds on numbers that stay in registers: as many sums as it takes to keep every unit busy.
struct InRegisters {
    rounds: usize,
}

const SUMS: usize = 16;

impl WithSimd for InRegisters {
    type Output = (f32, usize);

    /// What came out, so that it is computed, and how many operations it took.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> (f32, usize) {
        let factors = black_box([0.5, 0.25]).map(|x| simd.splat_f32s(x));
        let mut sums = [simd.splat_f32s(0.0); SUMS];
        for _ in 0..self.rounds {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f32s(factors[0], factors[1], *sum);
            }
        }
        let total = sums.into_iter().reduce(|a, b| simd.add_f32s(a, b)).map(|sum| simd.reduce_sum_f32s(sum));
        (total.unwrap_or_default(), 2 * SUMS * S::F32_LANES * self.rounds)
    }
}

/// Operations a second of one thread, at best.
fn ceiling(effort: Effort) -> f64 {
    let rounds = 100_000;
    let operations = Arch::new().dispatch(InRegisters { rounds }).1;
    let times = shortest(
        effort,
        &mut [&mut || {
            black_box(Arch::new().dispatch(InRegisters { rounds }));
        }],
    );
    operations as f64 / times[0]
}

/// One row of the table; the time of a step is returned.
fn row<T: CacheElement>(
    (name, store): (&str, fn(f32) -> T),
    (kv_heads, n): (usize, usize),
    ceiling: f64,
    effort: Effort,
) -> f64 {
    let mut random = rng(3, "queries");
    let q = Array2::from_shape_simple_fn((HEADS, HEAD_DIM), || random.random_range(-1.0..1.0));
    let (k, v) = (cache("keys", kv_heads, n, store), cache("values", kv_heads, n, store));
    let mut copies = [&k, &v].map(|x| x.as_slice().expect("in standard layout").to_vec());
    let fits = "the shapes fit";
    let times = shortest(
        effort,
        &mut [
            &mut || {
                for (copy, x) in copies.iter_mut().zip([&k, &v]) {
                    black_box(copy).copy_from_slice(black_box(x).as_slice().expect("in standard layout"));
                }
            },
            &mut || {
                black_box(decode_step(q.view(), black_box(k.view()), v.view()).expect(fits));
            },
            &mut || {
                black_box(decode_step_parallel(q.view(), black_box(k.view()), v.view()).expect(fits));
            },
        ],
    );
    let bytes = 2 * k.len() * size_of::<T>();
    let [copy, one, all] = [0, 1, 2].map(|i| bytes as f64 / times[i] / 1e9);
    // Every query head is multiplied with every key and every value: a product and a sum each.
    let flops = (4 * HEADS * n * HEAD_DIM) as f64 / times[1];
    println!(
        "{name:>5} {kv_heads:>8} {n:>7} {:>7.1} {:>8.3} {copy:>7.1} {one:>7.1} {all:>7.1} {:>9.2} {:>9.1} {:>9.2}",
        bytes as f64 / 1e6,
        1e3 * times[1],
        one / copy,
        flops / 1e9,
        flops / ceiling
    );
    times[1]
}

fn main() {
    let test = std::env::args().any(|argument| argument == "--test");
    let contexts: &[usize] = if test { &[64, 200] } else { &[1024, 8192, 32768] };
    let time = if test { Duration::ZERO } else { Duration::from_millis(600) };
    let effort = Effort { at_least: if test { 1 } else { 5 }, time };
    let ceiling = ceiling(effort);
    println!(
        "One decoding step, {HEADS} query heads of width {HEAD_DIM}: GB read a second by a copy of the cache,"
    );
    println!(
        "by a step on one thread, by a step on all; one thread over copy; its GFLOP a second, and that over"
    );
    println!(
        "what one thread does in registers, {:.0} GFLOP a second. The larger share is the limit.\n",
        ceiling / 1e9
    );
    println!(
        "{:>5} {:>8} {:>7} {:>7} {:>8} {:>7} {:>7} {:>7} {:>9} {:>9} {:>9}",
        "cache", "kv heads", "context", "MB", "ms", "copy", "one", "all", "one/copy", "GFLOP/s", "of peak"
    );
    let mut shares = Vec::new();
    for &n in contexts {
        let f32s = KV_HEADS.map(|kv_heads| row(("f32", |x| x), (kv_heads, n), ceiling, effort));
        let bf16s = KV_HEADS.map(|kv_heads| row(("bf16", Bf16::from), (kv_heads, n), ceiling, effort));
        shares.extend([("f32", n, f32s), ("bf16", n, bf16s)]);
    }
    println!("\nTime of a step over that with 32 key/value heads; the bytes are 1/4 and 1/32 of theirs");
    for (name, n, [all, grouped, one]) in shares {
        println!("{name:>5} {n:>7}   8 kv heads: 1/{:<6.1} 1 kv head: 1/{:.1}", all / grouped, all / one);
    }
}
