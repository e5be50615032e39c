//! How long does it take to learn from a text, how much memory, and how fast is text then written?
//!
//! `cargo bench --bench language_model -- FILE …` measures texts of your own, without one those of the library;
//! with `-- --test` everything runs once. Nine tenths are learned from, the rest is scored.

use std::time::Instant;

use concepts::corpus::{CHINESE, ENGLISH};
use concepts::decoding::{LanguageModel, Settings, generate_batch};
use concepts::language_model::{
    Judge, KneserNey, Masked, Ppm, TextCodec, TextModel, TextTraining, Unit, halves, windows,
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What is written: as many texts of so many tokens, from prompts of so many.
const TEXTS: usize = 40;
const TOKENS: usize = 120;
const PROMPT: usize = 8;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    if given.is_empty() {
        measure("English", ENGLISH);
        measure("Chinese", CHINESE);
    }
    for path in given {
        let text = std::fs::read_to_string(&path).expect("a text in UTF-8");
        measure(&path, &text);
    }
}

/// Nine tenths and one tenth.
fn parts(text: &str) -> (&str, &str) {
    let at = (text.len() / 10 * 9..).find(|&at| text.is_char_boundary(at)).expect("the end is a boundary");
    text.split_at(at)
}

/// Seconds that the processors worked for this program, where the system tells (Linux): on a busy machine they
/// say more than the clock.
fn worked() -> f64 {
    /// Linux counts in hundredths of a second.
    const TICK: f64 = 0.01;
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name, which may have spaces, times are the 12th and 13th field.
    let fields = told.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * TICK
}

/// What some work gave, and took.
struct Took<T> {
    done: T,
    seconds: f64,
    worked: f64,
    /// The most memory above what was in use before, in MiB.
    memory: f64,
}

fn timed<T>(work: impl FnOnce() -> T) -> Took<T> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let (begin, cpu) = (Instant::now(), worked());
    let done = work();
    let memory = MEMORY.peak_usage().saturating_sub(before) as f64 / (1 << 20) as f64;
    Took { done, seconds: begin.elapsed().as_secs_f64(), worked: worked() - cpu, memory }
}

impl<T> std::fmt::Display for Took<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s (processors {:.2} s)", self.seconds, self.worked)
    }
}

fn measure(name: &str, text: &str) {
    let (training, held_out) = parts(text);
    println!("{name}: {} bytes, {} characters to learn from", training.len(), training.chars().count());
    for unit in Unit::ALL {
        learn(training, held_out, unit);
    }
    let half = timed(|| Ppm::train(halves(training).1, 5).expect("a text"));
    let judged = timed(|| half.done.judge("", held_out).expect("a text"));
    let bits = judged.done.bits_per_byte();
    println!(
        "  Ppm on a half: {half}, {:.0} MiB at most | {bits:.3} bits a byte held out, {judged}",
        half.memory
    );
}

fn learn(training: &str, held_out: &str, unit: Unit) {
    let mut steps = Vec::new();
    let begin = Instant::now();
    let learned = timed(|| {
        let mut under_way = TextTraining::new(training, unit, unit.order());
        while under_way.step().expect("a text").is_some() {
            steps.push(begin.elapsed().as_secs_f64());
        }
        under_way.finish().expect("a text")
    });
    let model = &learned.done;
    let before = MEMORY.current_usage();
    let again = model.clone();
    let kept = (MEMORY.current_usage() - before) as f64 / (1 << 20) as f64;
    drop(again);
    let judged = timed(|| model.judge("", held_out).expect("a text"));
    println!(
        "  {unit:?}: {learned}, {:.0} MiB at most, {kept:.0} kept | {:.3} bits a byte held out, {judged} | {} \
         tokens, order {}",
        learned.memory,
        judged.done.bits_per_byte(),
        model.model().vocab_size(),
        unit.order()
    );
    let gaps: Vec<String> = steps
        .iter()
        .scan(0.0, |before, &at| Some(at - std::mem::replace(before, at)))
        .map(|gap| format!("{gap:.2}"))
        .collect();
    println!("    steps in seconds: {}", gaps.join(" "));
    write(model, held_out);
}

/// Forty texts by top-p, with and without all cores.
fn write(model: &TextModel, held_out: &str) {
    let ids = model.codec().encode(held_out).expect("any text");
    let Ok(found) = windows(&ids, TEXTS, PROMPT, TOKENS).or_else(|_| windows(&ids, TEXTS, PROMPT, 1)) else {
        return println!("    too short to take prompts from");
    };
    let prompts: Vec<&[u32]> = found.iter().map(|window| window.prompt).collect();
    let settings = Settings { top_p: Some(0.9), ..Settings::default() };
    let generator: &Masked<KneserNey> = model.generator();
    let go = || generate_batch(generator, &prompts, settings, TOKENS, 1, "bench").expect("a distribution");
    let texts = timed(go);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let alone = timed(|| one.install(go));
    let tokens = texts.done.iter().map(Vec::len).sum::<usize>() as f64;
    println!(
        "    {TEXTS} × {TOKENS} tokens by top-p 0.9: {:.0} tokens/s, on one core {:.0}, {:.0} a second of a \
         processor; {:?}",
        tokens / texts.seconds,
        tokens / alone.seconds,
        tokens / alone.worked,
        model.codec().decode(&texts.done[0]).chars().take(60).collect::<String>()
    );
}
