//! Training a unigram language model beside SentencePiece: the time, and how well a text that was held out is cut.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces};
use concepts::tokenizer::unigram::{Training, UnigramOptions, train};
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::Report;
use crate::text::{self, Language};
use crate::timing::{Local, Peer, take_turns};

/// Control symbols of SentencePiece, which count as pieces and stand for no text.
const CONTROL: usize = 3;
/// By how much more tokens or bits a text may have than with theirs.
const MORE: f64 = 1.01;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Megabytes of text that is made for the purpose.
    #[arg(long, value_delimiter = ',', default_value = "1")]
    mb: Vec<usize>,
    /// The language of that text.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "english,chinese")]
    language: Vec<Language>,
    /// Take this text instead.
    #[arg(long, conflicts_with_all = ["mb", "language"])]
    file: Option<std::path::PathBuf>,
    /// Sizes of the vocabulary.
    #[arg(long, value_delimiter = ',', default_value = "4000")]
    vocabulary: Vec<usize>,
}

/// Every text, every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    threads: u32,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for (size, text) in text::of(options.file.as_deref(), &options.language, &options.mb)? {
        for &vocabulary in &options.vocabulary {
            let learned = || train_on(&text, vocabulary);
            let ours = learned()?;
            let ours_held = measure(&ours, &text)?;
            say("concepts", &ours_held);
            let size_of = |made: Training| Ok(vec![made.pieces.len() as f32]);
            let local = Local::new("concepts unigram", "this".into(), learned, size_of);
            let mut peers: Vec<Box<dyn Peer + '_>> = vec![Box::new(local)];
            if let Some((remote, held)) = remote(&text, vocabulary, python, threads)? {
                say(&remote.offer.name, &held);
                let near = ours_held.tokens <= MORE * held.tokens && ours_held.bits <= MORE * held.bits;
                ensure!(near, "a text that was held out is cut worse than by theirs");
                peers.push(Box::new(remote));
            }
            let times = take_turns(&mut peers, seconds)?;
            report.case(&format!("unigram training, {size}"), vocabulary, None, &times)?;
        }
    }
    Ok(())
}

/// How a text that was held out is cut, for each of its characters.
struct Held {
    tokens: f64,
    bits: f64,
}

fn say(name: &str, Held { tokens, bits }: &Held) {
    println!("  {name}: {tokens:.4} tokens and {bits:.4} bits a character of the tenth that was held out");
}

/// Nine lines in ten are learned from, the tenth is measured on.
fn tenths(text: &str, held_out: bool) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.is_empty()).enumerate();
    lines.filter(move |(n, _)| (n % 10 == 0) == held_out).map(|(_, line)| line)
}

/// The words of lines, with `▁` for the space, as SentencePiece reads them.
fn words<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, u64)> {
    let mut words = BTreeMap::new();
    for line in lines {
        for word in Pretokenizer::Metaspace.split(&escape_spaces(line)) {
            *words.entry(word.to_owned()).or_insert(0) += 1;
        }
    }
    words.into_iter().collect()
}

fn train_on(text: &str, vocabulary: usize) -> Result<Training> {
    let options = UnigramOptions { pieces: vocabulary - CONTROL, ..UnigramOptions::default() };
    Ok(train(&words(tenths(text, false)), &options)?)
}

fn measure(training: &Training, text: &str) -> Result<Held> {
    let model = training.model("<unk>")?;
    let known = |c: &char| *c == ' ' || model.id(&c.to_string()).is_some();
    let lines: Vec<String> = tenths(text, true).map(|line| line.chars().filter(known).collect()).collect();
    let (mut tokens, mut bits, mut characters) = (0.0, 0.0, 0.0);
    for (word, count) in words(lines.iter().map(String::as_str)) {
        let cut = model.best(&word);
        tokens += count as f64 * cut.spans.len() as f64;
        bits -= count as f64 * cut.log_probability / std::f64::consts::LN_2;
        characters += count as f64 * word.chars().count() as f64;
    }
    Ok(Held { tokens: tokens / characters, bits: bits / characters })
}

/// SentencePiece, and what it makes of the lines that were held out.
fn remote(
    text: &str,
    vocabulary: usize,
    python: Option<&(Python, Vec<Offer>)>,
    threads: u32,
) -> Result<Option<(Remote, Held)>> {
    let Some((python, offers)) = python else { return Ok(None) };
    let Some(offer) = offers.iter().find(|offer| offer.name == "sentencepiece") else { return Ok(None) };
    let name = "sentencepiece unigram".to_owned();
    let request = json!({
        "ask": "prepare", "what": "unigram", "name": name, "file": 0, "vocabulary": vocabulary, "threads": threads,
    });
    python.ask(&request, text.as_bytes()).context("Python does not take the text")?;
    let mut remote = Remote { python: python.clone(), offer: Offer { name, version: offer.version.clone() } };
    let [tokens, bits] = remote.output()?[..] else { anyhow::bail!("SentencePiece gives no two numbers") };
    Ok(Some((remote, Held { tokens: tokens.into(), bits: bits.into() })))
}
