//! Times the kernels of this project beside other people's implementations, all in one run.

mod activation;
mod attention;
mod contrastive;
mod decoder;
mod loaded;
mod memory;
mod python;
mod regularization;
mod report;
mod rope;
mod sampling;
mod text;
mod timing;
mod tokenizer;
mod unigram;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::report::Report;

/// Times the kernels of this project beside other people's implementations.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    subject: Subject,
    /// How many threads every implementation gets.
    #[arg(long, global = true, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=64))]
    threads: u32,
    /// Seconds to spend on each case; every implementation runs at least 5 times.
    #[arg(long, global = true, default_value_t = 10.0)]
    seconds: f64,
    /// The Python that has torch and numpy.
    #[arg(long, global = true, default_value = "python3")]
    python: PathBuf,
    /// Append the rows to this CSV file.
    #[arg(long, global = true)]
    csv: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Subject {
    /// GELU, its approximation by tanh, and SwiGLU in f32.
    Activation(activation::Options),
    /// Attention forward in f32, 8 heads of 64.
    Attention(attention::Options),
    /// InfoNCE in both directions with its gradients, in f32, width 512.
    Contrastive(contrastive::Options),
    /// A language model in a GGUF file: reading a prompt, writing one text and sixteen.
    Decoder(decoder::Options),
    /// Rotary embedding in f32, 32 heads of 128.
    Rope(rope::Options),
    /// Lasso paths in f64, beside scikit-learn and linfa.
    Regularization(regularization::Options),
    /// One token from f32 logits.
    Sampling(sampling::Options),
    /// Byte-level BPE with GPT-2's pattern: training and encoding.
    Tokenizer(tokenizer::Options),
    /// A unigram language model: training.
    Unigram(unigram::Options),
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    if let Some(code) = restart_with_threads(options.threads)? {
        return Ok(code);
    }
    let report = Report::new(options.threads, options.csv.as_deref())?;
    match &options.subject {
        Subject::Activation(subject) => {
            let python = python::start("activation.py", &options.python, options.threads);
            activation::run(subject, python.as_ref(), options.seconds, &report)?;
        }
        Subject::Attention(subject) => {
            let python = python::start("attention.py", &options.python, options.threads);
            attention::run(subject, python.as_ref(), options.threads, options.seconds, &report)?;
        }
        Subject::Contrastive(subject) => {
            let python = python::start("contrastive.py", &options.python, options.threads);
            contrastive::run(subject, python.as_ref(), options.seconds, &report)?;
        }
        Subject::Decoder(subject) => {
            let python = python::start("decoder.py", &options.python, options.threads);
            decoder::run(subject, python.as_ref(), options.seconds, &report)?;
        }
        Subject::Rope(subject) => {
            let python = python::start("rope.py", &options.python, options.threads);
            rope::run(subject, python.as_ref(), options.threads, options.seconds, &report)?;
        }
        Subject::Regularization(_) => {
            let python = python::start("regularization.py", &options.python, options.threads);
            regularization::run(python.as_ref(), options.seconds, &report)?;
        }
        Subject::Sampling(subject) => {
            let python = python::start("sampling.py", &options.python, options.threads);
            sampling::run(subject, python.as_ref(), options.seconds, &report)?;
        }
        Subject::Tokenizer(subject) => {
            let python = python::start(subject.script(), &options.python, options.threads);
            tokenizer::run(subject, python.as_ref(), options.seconds, &report)?;
        }
        Subject::Unigram(subject) => {
            let python = python::start("loaded.py", &options.python, options.threads);
            unigram::run(subject, python.as_ref(), options.threads, options.seconds, &report)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Thread pools read their size from the environment, and may do so before `main`. So the program
/// starts itself once more, with the environment set. `None`: this already is that second start.
fn restart_with_threads(threads: u32) -> Result<Option<ExitCode>> {
    const STARTED: &str = "PEERS_THREADS";
    let threads = threads.to_string();
    if std::env::var(STARTED).is_ok_and(|set| set == threads) {
        return Ok(None);
    }
    let mut again = Command::new(std::env::current_exe().context("where is this program?")?);
    again.args(std::env::args_os().skip(1)).env(STARTED, &threads);
    for name in ["RAYON_NUM_THREADS", "CANDLE_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"] {
        again.env(name, &threads);
    }
    let status = again.status().context("this program does not start a second time")?;
    Ok(Some(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))))
}
