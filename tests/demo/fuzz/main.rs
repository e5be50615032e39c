//! Random command lines and broken files, with a fixed seed: nothing that a person brings breaks the program.
//!
//! | file | what it does |
//! |---|---|
//! | [`case`] | a random command line from a lesson's own knobs, with a broken file where one is read |
//! | [`mutate`] | small files of every reader, and what is done to them |
//! | [`judge`] | what must hold of a page and of a refusal |
//!
//! Without settings it takes a few seconds. `DEMO_FUZZ_SECONDS=3600` goes on for an hour, with large values too;
//! `DEMO_FUZZ_SEED=2` draws other cases; `DEMO_FUZZ_CASE=17` runs one case again and says what it is.

mod case;
mod judge;
mod mutate;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::{Duration, Instant};

use case::Case;
use concepts::numerics::rng;
use mutate::Broken;
use rand_chacha::ChaCha8Rng as Stream;

/// Where nothing is asked for.
const SECONDS: u64 = 6;
/// So many kinds of failure are told of.
const TOLD: usize = 20;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|value| value.parse().unwrap_or_else(|_| panic!("{name}={value} is no number")))
}

/// Runs cases until the time is over, and tells of everything that fell short.
fn fuzz<C: Display>(stream: &str, draw: fn(&mut Stream, bool) -> C, run: impl Fn(&C) -> Result<(), String>) {
    let (seed, large) = (setting("DEMO_FUZZ_SEED").unwrap_or(1), setting("DEMO_FUZZ_SECONDS").is_some());
    let time = Duration::from_secs(setting("DEMO_FUZZ_SECONDS").unwrap_or(SECONDS) / 3);
    let only = setting("DEMO_FUZZ_CASE");
    let (begin, mut failures, mut count) = (Instant::now(), BTreeMap::new(), 0_u64);
    let mut slowest = (Duration::ZERO, String::new());
    while begin.elapsed() < time && failures.len() < TOLD {
        let number = only.unwrap_or(count);
        let case = draw(&mut rng(seed, &format!("{stream} {number}")), large);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&case)));
        let failed = match outcome {
            Ok(outcome) => outcome.err(),
            Err(panic) => Some(format!("panic: {}", judge::said(panic.as_ref()))),
        };
        if let Some(what) = failed {
            let kind: String = what.chars().filter(|c| !c.is_ascii_digit()).take(60).collect();
            failures.entry(kind).or_insert(format!("case {number} of seed {seed}: {what}\n  {case}"));
        }
        if start.elapsed() > slowest.0 {
            slowest = (start.elapsed(), case.to_string());
        }
        count += 1;
        if only.is_some() {
            eprintln!("{case}");
            break;
        }
    }
    eprintln!("{stream}: {count} cases; the slowest took {:.1} s: {}", slowest.0.as_secs_f64(), slowest.1);
    let told: Vec<String> = failures.into_values().collect();
    assert!(told.is_empty(), "{} kinds of failure\n{}", told.len(), told.join("\n"));
    assert!(count > 0);
}

/// The readers alone: many broken files a second.
#[test]
fn broken_files() {
    fuzz("files", Broken::draw, judge::of_file);
}

/// Inside this program, where many cases can be run: page, refusal, pictures.
#[test]
fn pages_and_refusals() {
    fuzz("in process", Case::draw, judge::in_process);
}

/// As a person runs it: exit status, standard output, standard error.
#[test]
fn command_lines() {
    fuzz("command line", Case::draw, |case| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_demo"));
        program
            .env("LC_ALL", "C")
            .env_remove("CLICOLOR_FORCE")
            .args(case.command_line())
            .current_dir(case.folder());
        let output = program.output().map_err(|error| error.to_string())?;
        judge::of_program(case, &output)
    });
}
