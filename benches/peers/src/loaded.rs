//! Encoding with a published file, on a first pass.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use concepts::tokenizer::files::{Kind, from_bytes};
use concepts::tokenizer::{Allowed, Tokenizer};
use serde_json::json;

use crate::memory;
use crate::python::{Offer, Python, Remote};
use crate::report::Report;
use crate::timing::{Peer, Sample, check_agreement, take_turns};
use crate::tokenizer::{Theirs, timed};

/// Every text with every file.
pub(crate) fn run(
    files: &[PathBuf],
    texts: &[(String, String)],
    python: Option<&(Python, Vec<Offer>)>,
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let model = file.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let loaded = from_bytes(&bytes, None).with_context(|| format!("{}", file.display()))?;
        let theirs = theirs(file, &bytes, loaded.kind)?;
        for (size, text) in texts {
            let name = |whose: &str| format!("{whose} {model}, {size}");
            let mut peers: Vec<Box<dyn Peer + '_>> =
                vec![Box::new(Loaded { name: name("concepts"), text, file: &bytes })];
            if let Some(json) = &theirs {
                peers.push(Box::new(Theirs { name: name("tokenizers"), text, json }));
            }
            peers.extend(remote(&bytes, &loaded, text, python, name)?);
            check_agreement(&mut peers, 0.0).with_context(|| format!("encoding with {}", file.display()))?;
            let times = take_turns(&mut peers, seconds)?;
            report.case(&format!("encoding with {model}, {size}"), loaded.tokenizer.len(), None, &times)?;
        }
    }
    Ok(())
}

/// The file as the crate `tokenizers` wants it, if it is one of its own and it takes it.
fn theirs(file: &Path, bytes: &[u8], kind: Kind) -> Result<Option<String>> {
    if kind != Kind::HuggingFace {
        return Ok(None);
    }
    let json = std::str::from_utf8(bytes)?;
    let taken = tokenizers::canonicalize_str(json).map_err(|error| anyhow!("{error}")).and_then(|json| {
        tokenizers::from_json(&json).map_err(|error| anyhow!("{error}"))?;
        Ok(json)
    });
    match taken {
        Ok(json) => Ok(Some(json)),
        Err(error) => {
            eprintln!("left out: tokenizers does not take {}: {error}", file.display());
            Ok(None)
        }
    }
}

/// What Python has for files of this kind.
fn remote<'a>(
    bytes: &[u8],
    loaded: &concepts::tokenizer::files::Loaded,
    text: &str,
    python: Option<&(Python, Vec<Offer>)>,
    name: impl Fn(&str) -> String,
) -> Result<Option<Box<dyn Peer + 'a>>> {
    let package = match loaded.kind {
        Kind::SentencePiece => "sentencepiece",
        Kind::Ranks(_) => "tiktoken",
        _ => return Ok(None),
    };
    let Some((python, offers)) = python else { return Ok(None) };
    let Some(offer) = offers.iter().find(|offer| offer.name == package) else { return Ok(None) };
    let named = Offer { name: name(package), version: offer.version.clone() };
    let request = json!({
        "ask": "prepare", "what": package, "name": named.name, "file": bytes.len(),
        "pattern": loaded.tokenizer.pretokenizer().regex(),
    });
    python.ask(&request, &[bytes, text.as_bytes()].concat()).context("Python does not take the file")?;
    Ok(Some(Box::new(Remote { python: python.clone(), offer: named })))
}

/// This project, with the file just read: a tokenizer that has seen nothing.
struct Loaded<'a> {
    name: String,
    text: &'a str,
    file: &'a [u8],
}

impl Loaded<'_> {
    fn load(&self) -> Result<Tokenizer> {
        let tokenizer = from_bytes(self.file, None)?.tokenizer;
        // The first long text prepares what belongs to the model; the others do that when they load. No word of it
        // is remembered beyond the call.
        tokenizer.ids(self.text, Allowed::None)?;
        Ok(tokenizer)
    }
}

impl Peer for Loaded<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> &'static str {
        "this"
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let tokenizer = self.load()?;
        let (ids, more) = memory::peak_of(|| tokenizer.ids(self.text, Allowed::None));
        memory::say(&self.name, more);
        Ok(ids?.into_iter().map(|id| id as f32).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        timed(calls, || self.load(), |tokenizer| Ok(tokenizer.ids(self.text, Allowed::None)?))
    }
}
