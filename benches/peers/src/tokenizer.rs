//! Byte-level BPE with GPT-2's pattern: training, and encoding on a first pass.

use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use concepts::tokenizer::bpe::{Base, Bpe, BpeOptions, ByteOrder, Encoder, Trained, count_text, train};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{Symbol, printable_from_bytes};
use cpu_time::ProcessTime;
use serde_json::json;
use tokenizers::pipeline::{EncodeOptions, PipelineTokenizer};

use crate::python::{Offer, Python, Remote};
use crate::report::Report;
use crate::text::{self, Language};
use crate::timing::{Peer, Sample, check_agreement, take_turns};
use crate::{loaded, memory};

/// The version in Cargo.toml; candle brings an older one.
const TOKENIZERS: &str = "1.0.0-rc.3";
const GPT2: Pretokenizer = Pretokenizer::Gpt2;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Megabytes of text that is made for the purpose.
    #[arg(long, value_delimiter = ',', default_value = "1,10")]
    mb: Vec<usize>,
    /// The language of that text.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "english")]
    language: Vec<Language>,
    /// Take this text instead.
    #[arg(long, conflicts_with_all = ["mb", "language"])]
    file: Option<std::path::PathBuf>,
    /// Only encode, with a model trained for it.
    #[arg(long)]
    encode: bool,
    /// Encode with these published files and train nothing: `tokenizer.json`, SentencePiece's models, tiktoken's
    /// ranks, under names that tell them apart.
    #[arg(long, value_delimiter = ',', conflicts_with_all = ["encode", "vocabulary"])]
    load: Vec<std::path::PathBuf>,
    /// Sizes of the vocabulary.
    #[arg(long, value_delimiter = ',', default_value = "1000,8000,32000")]
    vocabulary: Vec<usize>,
}

impl Options {
    /// The script with the others' implementations.
    pub(crate) fn script(&self) -> &'static str {
        if self.load.is_empty() { "tokenizer.py" } else { "loaded.py" }
    }
}

/// Every text, every size.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    let texts = text::of(options.file.as_deref(), &options.language, &options.mb)?;
    if !options.load.is_empty() {
        return loaded::run(&options.load, &texts, python, seconds, report);
    }
    for (size, text) in &texts {
        for &vocabulary in &options.vocabulary {
            // The first call: later ones use memory that this one has left.
            let (trained, more) = memory::peak_of(|| training(text, vocabulary, ByteOrder::Gpt2));
            let case = Case { size, text, vocabulary, bpe: &trained?.bpe, seconds };
            let json = tokenizer_json(case.bpe)?;
            let mut remote = remotes(&case, &json, python)?;
            println!();
            memory::say("concepts train", more);
            if !options.encode {
                case.train(&mut remote, report)?;
            }
            case.encode(&json, &mut remote, report)?;
        }
    }
    Ok(())
}

/// One text and one size.
struct Case<'a> {
    size: &'a str,
    text: &'a str,
    vocabulary: usize,
    /// What was trained on the text.
    bpe: &'a Bpe,
    seconds: f64,
}

impl Case<'_> {
    fn train(&self, remote: &mut Remotes, report: &Report) -> Result<()> {
        let Case { size, text, vocabulary, .. } = *self;
        let ours = |name: &str, order| Train { name: format!("{name}, {size}"), text, vocabulary, order };
        // Two ways of numbering the bytes break ties in two ways: each is compared with its own kind.
        let mut peers: Vec<Box<dyn Peer + '_>> = vec![Box::new(ours("concepts train", ByteOrder::Value))];
        peers.extend(remote.take("rustbpe train"));
        check_agreement(&mut peers, 0.0).context("training, bytes by value")?;
        let mut others: Vec<Box<dyn Peer + '_>> =
            vec![Box::new(ours("concepts train, GPT-2's bytes", ByteOrder::Gpt2))];
        others.extend(remote.take("tokenizers train"));
        check_agreement(&mut others, 0.0).context("training, bytes in GPT-2's order")?;
        peers.extend(others);
        let times = take_turns(&mut peers, self.seconds)?;
        report.case(&format!("training, {size}"), self.bpe.vocabulary().len(), None, &times)
    }

    fn encode(&self, json: &str, remote: &mut Remotes, report: &Report) -> Result<()> {
        let Case { size, text, bpe, .. } = *self;
        let mut peers: Vec<Box<dyn Peer + '_>> = vec![
            Box::new(Encode { name: format!("concepts encode, {size}"), text, bpe }),
            Box::new(Theirs { name: format!("tokenizers encode, {size}"), text, json }),
        ];
        peers.extend(remote.take("tiktoken encode"));
        check_agreement(&mut peers, 0.0).context("encoding")?;
        let times = take_turns(&mut peers, self.seconds)?;
        report.case(&format!("encoding, {size}"), bpe.vocabulary().len(), None, &times)
    }
}

fn training(text: &str, vocabulary: usize, order: ByteOrder) -> Result<Trained> {
    let options = BpeOptions { base: Base::Bytes(order), vocabulary, ..BpeOptions::default() };
    Ok(train(&count_text(GPT2, text), &options, &mut |_| {})?)
}

/// Training by this project, from the text to the model.
struct Train<'a> {
    name: String,
    text: &'a str,
    vocabulary: usize,
    order: ByteOrder,
}

impl Peer for Train<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &'static str {
        "this"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let trained = training(self.text, self.vocabulary, self.order)?;
        Ok(trained.bpe.vocabulary().tokens()[256..].iter().map(fingerprint).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        timed(calls, || Ok(()), |&()| training(self.text, self.vocabulary, self.order))
    }
}

/// Encoding by this project, with a model just made and an encoder that has seen nothing: the other
/// loads its model before each call too, and so finds it in the processor's cache.
struct Encode<'a> {
    name: String,
    text: &'a str,
    bpe: &'a Bpe,
}

impl Encode<'_> {
    fn load(&self) -> Result<Bpe> {
        let bpe = self.bpe;
        let (vocabulary, merges) = (bpe.vocabulary().clone(), bpe.merges().to_vec());
        let loaded = Bpe::new(bpe.base(), bpe.word_end(), vocabulary, merges)?;
        // The first encoder of a model prepares what belongs to the model.
        drop(Encoder::new(&loaded));
        Ok(loaded)
    }

    fn ids(&self, bpe: &Bpe) -> Result<Vec<u32>> {
        let mut ids = Vec::with_capacity(self.text.len() / 4);
        Encoder::new(bpe).encode(GPT2, self.text, None, &mut ids)?;
        Ok(ids)
    }
}

impl Peer for Encode<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &'static str {
        "this"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let bpe = self.load()?;
        let (ids, more) = memory::peak_of(|| self.ids(&bpe));
        memory::say(&self.name, more);
        Ok(ids?.into_iter().map(|id| id as f32).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        timed(calls, || self.load(), |bpe| self.ids(bpe))
    }
}

/// Encoding by the crate `tokenizers`, with a tokenizer that has seen nothing.
pub(crate) struct Theirs<'a> {
    pub(crate) name: String,
    pub(crate) text: &'a str,
    pub(crate) json: &'a str,
}

impl Theirs<'_> {
    fn load(&self) -> Result<PipelineTokenizer> {
        tokenizers::from_json(self.json).map_err(|error| anyhow!("{error}"))
    }

    fn ids(&self, tokenizer: &PipelineTokenizer) -> Result<Vec<tokenizers::pipeline::PipelineToken>> {
        let mut ids = Vec::with_capacity(self.text.len() / 4);
        let encoded = tokenizer.encode_into(self.text, &EncodeOptions::no_specials(), &mut ids);
        encoded.map_err(|error| anyhow!("{error}"))?;
        Ok(ids)
    }
}

impl Peer for Theirs<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &'static str {
        TOKENIZERS
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let tokenizer = self.load()?;
        let (ids, more) = memory::peak_of(|| self.ids(&tokenizer));
        memory::say(&self.name, more);
        Ok(ids?.into_iter().map(|id| id.id() as f32).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        timed(calls, || self.load(), |tokenizer| self.ids(tokenizer))
    }
}

/// Times `run` alone; `prepare` comes before each call, untimed, and so does throwing away what both made.
pub(crate) fn timed<P, T>(
    calls: usize,
    mut prepare: impl FnMut() -> Result<P>,
    mut run: impl FnMut(&P) -> Result<T>,
) -> Result<Sample> {
    let mut sample = Sample { wall: 0.0, cpu: 0.0 };
    for _ in 0..calls {
        let ready = prepare()?;
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        let result = run(&ready)?;
        sample.wall += wall.elapsed().as_secs_f64();
        sample.cpu += cpu.elapsed().as_secs_f64();
        drop(std::hint::black_box((result, ready)));
    }
    Ok(sample)
}

/// A token as a number that an `f32` holds exactly: FNV-1a of its bytes, folded to 24 bits.
fn fingerprint(token: &Symbol) -> f32 {
    let hash = token
        .as_bytes()
        .iter()
        .fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    ((hash >> 24) ^ (hash & 0xFF_FFFF)) as f32
}

/// The model as a file of the crate `tokenizers`.
fn tokenizer_json(bpe: &Bpe) -> Result<String> {
    let printable = |id: u32| bpe.vocabulary().token(id).map(|token| printable_from_bytes(token.as_bytes()));
    let tokens = bpe.vocabulary().tokens().iter().zip(0u32..);
    let vocabulary: serde_json::Map<_, _> =
        tokens.map(|(token, id)| (printable_from_bytes(token.as_bytes()), json!(id))).collect();
    let merges: Vec<_> =
        bpe.merges().iter().map(|merge| json!([printable(merge.left), printable(merge.right)])).collect();
    let file = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true },
        "post_processor": null,
        "decoder": { "type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true },
        "model": {
            "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
            "vocab": vocabulary, "merges": merges,
        },
    });
    tokenizers::canonicalize_str(&file.to_string()).map_err(|error| anyhow!("{error}"))
}

/// What the child offers, each under a name that says the size of the text.
struct Remotes(Vec<(String, Remote)>);

impl Remotes {
    fn take(&mut self, name: &str) -> Option<Box<dyn Peer>> {
        let place = self.0.iter().position(|(offered, _)| offered == name)?;
        Some(Box::new(self.0.swap_remove(place).1))
    }
}

fn remotes(case: &Case, json: &str, python: Option<&(Python, Vec<Offer>)>) -> Result<Remotes> {
    let Case { size, text, vocabulary, .. } = *case;
    let Some((python, offers)) = python else { return Ok(Remotes(Vec::new())) };
    // In parts, so that there is something to share between threads; no word is cut.
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, more) = rest.split_at(GPT2.safe_cut(rest, 1 << 16));
        parts.push(part.len());
        rest = more;
    }
    let request = json!({
        "ask": "prepare", "vocabulary": vocabulary, "pattern": GPT2.regex(), "parts": parts, "suffix": format!(", {size}"),
        "text": text.len(), "tokenizer": json.len(),
    });
    python
        .ask(&request, &[text.as_bytes(), json.as_bytes()].concat())
        .context("Python does not take the text")?;
    let remote = |offer: &Offer| {
        let named = Offer { name: format!("{}, {size}", offer.name), version: offer.version.clone() };
        (offer.name.clone(), Remote { python: python.clone(), offer: named })
    };
    Ok(Remotes(offers.iter().map(remote).collect()))
}
