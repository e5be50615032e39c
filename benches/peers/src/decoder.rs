//! A language model in a GGUF file: a prompt is read, one text goes on, sixteen texts go on together.

use std::cell::RefCell;
use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use candle_core::quantized::gguf_file::Content;
use candle_core::{D, Device, Tensor};
use candle_transformers::models::quantized_llama::ModelWeights;
use concepts::decoder::fast::{FastCache, FastDecoder, FastModel, Rows};
use concepts::decoder::{Config, Keeping, Naming};
use concepts::weights::Gguf;
use serde_json::json;

use crate::python::{Offer, Python, Remote};
use crate::report::{Report, version_of};
use crate::timing::{Local, Peer, take_turns};

/// Tokens that all must choose alike.
const SHOWN: usize = 4;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A GGUF file of SmolLM2, whose tokens the texts are made of.
    #[arg(long)]
    model: PathBuf,
    /// Tokens of the prompt that is read.
    #[arg(long, default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..=4096))]
    prompt: u32,
    /// Tokens that are written in one measurement.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(8..=512))]
    steps: u32,
    /// Leave out candle, which takes a minute for a call of a long prompt or of many texts.
    #[arg(long)]
    without_candle: bool,
}

/// Texts with the same number of tokens, and how many go on from there.
struct Work {
    name: String,
    texts: Vec<Vec<u32>>,
    steps: usize,
}

/// English as SmolLM2 has it in tokens, beside what transformers says of it.
const ENGLISH: &str = include_str!("../../../tests/fixtures/decoder/smollm2.json");

/// Tokens of the piece that a text repeats.
const PIECE: usize = 16;

impl Work {
    /// Each text is a piece of English that comes again and again, so that the next token is beyond doubt:
    /// implementations that round activations to eight bits must choose it too.
    fn new(name: &str, count: usize, length: usize, steps: usize) -> Result<Self> {
        let english: serde_json::Value = serde_json::from_str(ENGLISH)?;
        let english: Vec<u32> = serde_json::from_value(english["surprise"]["tokens"].clone())?;
        let text = |piece: &[u32]| piece.iter().copied().cycle().take(length).collect();
        let texts = english.chunks_exact(PIECE).take(count).map(text).collect();
        Ok(Self { name: name.into(), texts, steps })
    }

    fn shown(&self) -> usize {
        self.steps.min(SHOWN)
    }
}

/// Reading and writing, one text and sixteen.
pub(crate) fn run(
    options: &Options,
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    let path = options.model.canonicalize().with_context(|| options.model.display().to_string())?;
    let bytes = std::fs::read(&path)?;
    let file = Gguf::parse(&bytes)?;
    let config = Config::from_gguf(&file, &file)?.config;
    let model = FastModel::new(config, Naming::Gguf, file.tensors().cloned())?;
    let (prompt, steps) = (options.prompt as usize, options.steps as usize);
    let works = [
        Work::new(&format!("prefill, {prompt} tokens"), 1, prompt, 1)?,
        Work::new("decode, 1 text", 1, 64, steps)?,
        Work::new("decode, 16 texts", 16, 64, steps)?,
    ];
    for work in &works {
        let ours = model.decoder(Keeping::F32)?;
        let mut peers = vec![concepts(&ours, work)?];
        if !options.without_candle {
            peers.push(candle(&path, work)?);
        }
        if let Some((python, offers)) = python {
            peers.extend(remote(python, offers, &path, work)?);
        }
        check_choices(&mut peers).with_context(|| work.name.clone())?;
        let tokens = if work.steps == 1 { prompt } else { work.steps * work.texts.len() };
        report.case(&work.name, tokens, None, &take_turns(&mut peers, seconds)?)?;
    }
    Ok(())
}

/// The share of the first tokens that all must choose as ours does: activations of eight bits turn a close race in one
/// text of sixteen.
const ALIKE: f64 = 0.9;

/// Fails, naming the implementation, if one chooses other tokens than ours.
fn check_choices(peers: &mut [Box<dyn Peer + '_>]) -> Result<()> {
    let mut wanted: Vec<f32> = Vec::new();
    for (i, peer) in peers.iter_mut().enumerate() {
        let chosen = peer.output().with_context(|| format!("{} failed", peer.name()))?;
        let name = peer.name();
        if i == 0 {
            wanted = chosen;
            continue;
        }
        ensure!(chosen.len() == wanted.len(), "{name} chooses {} tokens, not {}", chosen.len(), wanted.len());
        let same = chosen.iter().zip(&wanted).filter(|(a, b)| a == b).count();
        let enough = same as f64 >= ALIKE * wanted.len() as f64;
        ensure!(enough, "{name} chooses {same} tokens of {} as ours", wanted.len());
    }
    Ok(())
}

/// The first of the chosen tokens, text after text.
fn flat(chosen: Vec<Vec<u32>>, shown: usize) -> Vec<f32> {
    chosen.iter().flat_map(|text| &text[..shown]).map(|&token| token as f32).collect()
}

/// Ours, with the prompts but their last tokens in the caches.
fn concepts<'a>(decoder: &'a FastDecoder<'a, 'a>, work: &'a Work) -> Result<Box<dyn Peer + 'a>> {
    let mut read: Vec<FastCache> = Vec::new();
    for text in &work.texts {
        let mut cache = decoder.start_cache();
        if work.steps > 1 {
            decoder.extend(&mut [&mut cache], &[&text[..text.len() - 1]], Rows::Last)?;
        }
        read.push(cache);
    }
    let run = move || {
        let mut caches = read.clone();
        let mut chosen = vec![Vec::new(); work.texts.len()];
        let whole = work.steps == 1;
        let mut next: Vec<Vec<u32>> =
            work.texts.iter().map(|text| text[if whole { 0 } else { text.len() - 1 }..].to_vec()).collect();
        for _ in 0..work.steps {
            let texts: Vec<&[u32]> = next.iter().map(Vec::as_slice).collect();
            let logits = decoder.extend(&mut caches.iter_mut().collect::<Vec<_>>(), &texts, Rows::Last)?;
            for ((row, chosen), next) in logits.rows().into_iter().zip(&mut chosen).zip(&mut next) {
                let best = (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).context("no logits")?;
                chosen.push(best as u32);
                *next = vec![best as u32];
            }
        }
        Ok(chosen)
    };
    let shown = work.shown();
    let version = version_of("concepts");
    Ok(Box::new(Local::new("concepts", version, run, move |chosen| Ok(flat(chosen, shown)))))
}

/// candle with the weights as they are stored; its cache is inside the model, so a clone of it is written to.
fn candle<'a>(path: &std::path::Path, work: &'a Work) -> Result<Box<dyn Peer + 'a>> {
    let mut file = File::open(path)?;
    let content = Content::read(&mut file)?;
    let mut model = ModelWeights::from_gguf(content, &mut file, &Device::Cpu)?;
    let (count, length) = (work.texts.len(), work.texts[0].len());
    let all: Vec<u32> = work.texts.iter().flatten().copied().collect();
    let all = Tensor::from_vec(all, (count, length), &Device::Cpu)?;
    if work.steps > 1 {
        read(&mut model, &all.narrow(1, 0, length - 1)?)?;
    }
    let model = RefCell::new(model);
    let run = move || {
        let mut model = model.borrow().clone();
        let (mut next, mut place) = match work.steps {
            1 => (all.clone(), 0),
            _ => (all.narrow(1, length - 1, 1)?.contiguous()?, length - 1),
        };
        let mut chosen = vec![Vec::new(); count];
        for _ in 0..work.steps {
            let best = model.forward(&next, place)?.argmax(D::Minus1)?;
            place += next.dim(1)?;
            next = best.reshape((count, 1))?;
            for (chosen, token) in chosen.iter_mut().zip(best.to_vec1::<u32>()?) {
                chosen.push(token);
            }
        }
        Ok(chosen)
    };
    let shown = work.shown();
    let version = version_of("candle-transformers");
    Ok(Box::new(Local::new("candle", version, run, move |chosen| Ok(flat(chosen, shown)))))
}

/// Tokens go into candle's cache: at once those of one text, step by step those of several, which it refuses at once.
fn read(model: &mut ModelWeights, tokens: &Tensor) -> Result<()> {
    let (texts, length) = tokens.dims2()?;
    let each = if texts == 1 { length } else { 1 };
    for place in (0..length).step_by(each) {
        model.forward(&tokens.narrow(1, place, each)?.contiguous()?, place)?;
    }
    Ok(())
}

/// Those in Python, with the prompts.
fn remote(
    python: &Python,
    offers: &[Offer],
    path: &std::path::Path,
    work: &Work,
) -> Result<Vec<Box<dyn Peer + 'static>>> {
    // Token ids are whole numbers below 2²⁴: f32 holds them.
    let prompts: Vec<u8> =
        work.texts.iter().flatten().flat_map(|&token| (token as f32).to_le_bytes()).collect();
    let path = path.to_str().context("a path that is no text")?;
    let request = json!({
        "ask": "prepare", "model": path, "texts": work.texts.len(), "steps": work.steps, "shown": work.shown(),
    });
    python.ask(&request, &prompts).context("Python does not take the prompts")?;
    ensure!(work.texts.iter().flatten().all(|&token| token < 1 << 24), "a token id that f32 does not hold");
    let remote = |offer: &Offer| -> Box<dyn Peer> {
        Box::new(Remote { python: python.clone(), offer: offer.clone() })
    };
    Ok(offers.iter().map(remote).collect())
}
