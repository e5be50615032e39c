//! Encoding with a published `tokenizer.json`, on a first pass.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use concepts::tokenizer::files::from_json;
use concepts::tokenizer::{Allowed, Tokenizer};

use crate::memory;
use crate::report::Report;
use crate::timing::{Peer, Sample, check_agreement, take_turns};
use crate::tokenizer::{Theirs, timed};

/// Every text with every file.
pub(crate) fn run(
    files: &[PathBuf],
    texts: &[(String, String)],
    seconds: f64,
    report: &Report,
) -> Result<()> {
    for file in files {
        let json = std::fs::read_to_string(file).with_context(|| format!("{} is no text", file.display()))?;
        let theirs = tokenizers::canonicalize_str(&json).map_err(|error| anyhow!("{error}"))?;
        let model = file.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let tokenizer = from_json(&json)?;
        for (size, text) in texts {
            let mut peers: Vec<Box<dyn Peer + '_>> = vec![
                Box::new(Loaded { name: format!("concepts {model}, {size}"), text, json: &json }),
                Box::new(Theirs { name: format!("tokenizers {model}, {size}"), text, json: &theirs }),
            ];
            check_agreement(&mut peers, 0.0).with_context(|| format!("encoding with {}", file.display()))?;
            let times = take_turns(&mut peers, seconds)?;
            report.case(&format!("encoding with {model}, {size}"), tokenizer.len(), None, &times)?;
        }
    }
    Ok(())
}

/// This project, with the file just read: a tokenizer that has seen nothing.
struct Loaded<'a> {
    name: String,
    text: &'a str,
    json: &'a str,
}

impl Loaded<'_> {
    fn ids(&self, tokenizer: &Tokenizer) -> Result<Vec<u32>> {
        Ok(tokenizer.ids(self.text, Allowed::None)?)
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
        let tokenizer = from_json(self.json)?;
        let (ids, more) = memory::peak_of(|| self.ids(&tokenizer));
        memory::say(&self.name, more);
        Ok(ids?.into_iter().map(|id| id as f32).collect())
    }

    fn time(&mut self, calls: usize) -> Result<Sample> {
        timed(calls, || Ok(from_json(self.json)?), |tokenizer| self.ids(tokenizer))
    }
}
