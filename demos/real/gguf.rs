//! One file of llama.cpp, which has everything in it.

use std::path::Path;

use concepts::decoder::Config;
use concepts::tokenizer::files::Kind;
use concepts::weights::{Gguf, Value};

use super::WORDS;
use super::bytes::WeightFile;
use super::opened::{Format, Real};
use super::other::refuse_other;
use super::places::Place;
use super::vocabulary::{id, kind_of_gguf, tokenizer_of_gguf};
use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::reading::place;
use crate::named;

/// Tokens that end a text or a turn.
const ENDS: [&str; 3] = ["eos_token_id", "eot_token_id", "eom_token_id"];

pub(super) fn open(path: &Path, flag: &'static str) -> Result<Real, Refusal> {
    let file = WeightFile::read(path, flag)?;
    refuse_other(path, flag, &file.bytes)?;
    let place = place(flag, path);
    let files = vec![file];
    let gguf = Gguf::parse(&files[0].bytes).at(&place)?;
    whole(&gguf, &place)?;
    let mut read = Config::from_gguf(&gguf, &gguf).at(&place)?;
    let tokenizer = tokenizer_of_gguf(&gguf).at(&place)?;
    if let Kind::Gguf { cut: false, .. } = kind_of_gguf(&gguf) {
        read.assumed.push(("tokenizer.ggml.pre".into(), "default".into()));
    }
    let word = |name: &str| gguf.get(name).and_then(Value::as_str).map(str::to_owned);
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let name = word("general.name").or_else(|| word("general.basename")).unwrap_or(stem);
    let template = word("tokenizer.chat_template");
    let mut ends: Vec<_> = ENDS.iter().filter_map(|name| id(&gguf, name)).collect();
    ends.dedup();
    let begin = id(&gguf, "bos_token_id");
    let places = gguf.tensors().filter_map(|tensor| Place::of(tensor, &files)).collect();
    drop(gguf);
    Ok(Real {
        name,
        format: Format::Gguf,
        tokenizer,
        ends,
        place,
        files,
        places,
        read,
        begin,
        template,
        unused: Vec::new(),
    })
}

/// One of several files that are a model together has not all tensors.
fn whole(gguf: &Gguf<'_>, place: &str) -> Result<(), Refusal> {
    match gguf.get("split.count").and_then(Value::as_u64) {
        Some(parts) if parts > 1 => Err(Refusal(WORDS.with("refused.split", &named![place, parts]))),
        _ => Ok(()),
    }
}
