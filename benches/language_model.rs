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

/// What `work` gives, seconds, and the most memory above what was in use before, in MiB.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begin = Instant::now();
    let done = work();
    let seconds = begin.elapsed().as_secs_f64();
    (done, seconds, MEMORY.peak_usage().saturating_sub(before) as f64 / (1 << 20) as f64)
}

fn measure(name: &str, text: &str) {
    let (training, held_out) = parts(text);
    println!("{name}: {} bytes, {} characters to learn from", training.len(), training.chars().count());
    for unit in Unit::ALL {
        learn(training, held_out, unit);
    }
    let (half, seconds, memory) = timed(|| Ppm::train(halves(training).1, 5).expect("a text"));
    let (judged, judging, _) = timed(|| half.judge("", held_out).expect("a text"));
    println!(
        "  Ppm on a half   {seconds:7.2} s {memory:6.0} MiB at most | {:.3} bits a byte held out, {judging:.2} s",
        judged.bits_per_byte()
    );
}

fn learn(training: &str, held_out: &str, unit: Unit) {
    let mut steps = Vec::new();
    let begin = Instant::now();
    let (model, seconds, memory) = timed(|| {
        let mut under_way = TextTraining::new(training, unit, unit.order());
        while under_way.step().expect("a text").is_some() {
            steps.push(begin.elapsed().as_secs_f64());
        }
        under_way.finish().expect("a text")
    });
    let kept = MEMORY.current_usage();
    let again = model.clone();
    let kept = (MEMORY.current_usage() - kept) as f64 / (1 << 20) as f64;
    drop(again);
    let (judged, judging, _) = timed(|| model.judge("", held_out).expect("a text"));
    println!(
        "  {:<15} {seconds:7.2} s {memory:6.0} MiB at most, {kept:.0} kept | {:.3} bits a byte held out, \
         {judging:.2} s | {} tokens, order {}",
        format!("{unit:?}"),
        judged.bits_per_byte(),
        model.model().vocab_size(),
        unit.order()
    );
    let gaps: Vec<String> = steps
        .iter()
        .scan(0.0, |before, &at| Some(at - std::mem::replace(before, at)))
        .map(|gap| format!("{gap:.2}"))
        .collect();
    println!("    steps in seconds: {}", gaps.join(" "));
    write(&model, held_out);
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
    let (texts, all, _) = timed(go);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let (_, alone, _) = timed(|| one.install(go));
    let tokens = texts.iter().map(Vec::len).sum::<usize>() as f64;
    println!(
        "    {TEXTS} × {TOKENS} tokens by top-p 0.9: {:.0} tokens/s, on one core {:.0}; {:?}",
        tokens / all,
        tokens / alone,
        model.codec().decode(&texts[0]).chars().take(60).collect::<String>()
    );
}
