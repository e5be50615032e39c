//! From knobs to a model and the models to compare.

use std::path::Path;

use concepts::budget::{
    Accelerator, BudgetError, Dtype, FromFile, ModelConfig, Published, RopeConfig, accelerator, find,
    parse_bytes, read_huggingface, rope_of_huggingface,
};

use super::{WORDS, knobs};
use crate::errors::{At, listed};
use crate::kit::files::{self, Wanted};
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::kit::visible::name;
use crate::named;

/// A configuration file is not read beyond this.
const MOST_BYTES: u64 = 10 << 20;

/// Everything that one run of the lesson computes with.
pub(crate) struct Setup {
    /// The model looked at.
    pub model: ModelConfig,
    /// What it is called: a file of which only a part is counted says so.
    pub title: Text,
    /// What was read of the person's own file.
    pub own: Option<FromFile>,
    /// Its rotary embedding, or why it is not read.
    pub rope: Option<Result<RopeConfig, Text>>,
    /// What no source confirms of it; empty if all is confirmed.
    pub unverified: &'static str,
    /// The models compared.
    pub compared: Vec<&'static Published>,
    pub context: u64,
    pub batch: u64,
    pub dtype: Dtype,
    /// The name of the dtype.
    pub dtype_name: &'static str,
    /// What it runs on.
    pub accelerator: &'static Accelerator,
    /// Memory of one device, in bytes.
    pub memory: u64,
    /// The memory as the person typed it; none if it is that of the accelerator.
    pub memory_typed: Option<String>,
    /// Devices that training is split over.
    pub devices: u64,
    pub seed: u64,
}

impl Setup {
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        if knobs::CONFIG.of(values).is_some() && values.given(&knobs::MODEL) {
            return Err(Refusal(WORDS.get("refused.model-config")));
        }
        let (own, rope) = knobs::CONFIG.of(values).map(read).transpose()?.unzip();
        let named = find(knobs::MODEL.of(values).unwrap_or_default()).map_err(listed).at("--model");
        let (model, unverified) = match &own {
            Some(own) => (own.config.clone(), ""),
            None => named.map(|row| (row.config.clone(), row.unverified.as_str()))?,
        };
        let card = knobs::ACCELERATOR.of(values).unwrap_or_default();
        let card = accelerator(card).map_err(listed).at("--accelerator")?;
        let memory_typed = knobs::MEMORY.of(values).map(|typed| typed.trim().to_string());
        let memory = memory_typed.as_deref().map(parse_bytes).transpose().at("--memory")?;
        Ok(Setup {
            title: title(&model.name, own.as_ref()),
            own,
            rope: rope.flatten(),
            model,
            unverified,
            compared: compared(knobs::COMPARE.of(values).unwrap_or_default())?,
            context: knobs::CONTEXT.of(values) as u64,
            batch: knobs::BATCH.of(values) as u64,
            dtype: knobs::DTYPE.of(values),
            dtype_name: knobs::DTYPE.word(values),
            accelerator: card,
            memory: memory.unwrap_or(card.memory()),
            memory_typed,
            devices: knobs::DEVICES.of(values) as u64,
            seed: setting.seed,
        })
    }
}

/// What the model is called on the page.
fn title(name: &str, own: Option<&FromFile>) -> Text {
    let name = name.to_string();
    match own.is_some_and(|own| !own.not_counted.is_empty()) {
        true => WORDS.with("text-part", &named![name]),
        false => Text::same(name),
    }
}

/// The models named between commas.
fn compared(names: &str) -> Result<Vec<&'static Published>, Refusal> {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    let models: Result<Vec<_>, BudgetError> = names.map(find).collect();
    let models = models.map_err(listed).at("--compare")?;
    if models.is_empty() { Err(Refusal(WORDS.get("refused.compare"))) } else { Ok(models) }
}

/// The person's own configuration file.
fn read(path: &Path) -> Result<(FromFile, Option<Result<RopeConfig, Text>>), Refusal> {
    let (what, because) = (WORDS.get("refused.file"), WORDS.get("refused.large"));
    let text = files::read_text(path, &Wanted { flag: "config", what, most: MOST_BYTES, because })?;
    let file = path.display().to_string();
    let read = read_huggingface(&text, &file).map_err(listed)?;
    let rope = rope_of_huggingface(&text, &file).map_err(|error| Refusal::from(error).0).transpose();
    let config = ModelConfig { name: name(&read.config.name), ..read.config };
    Ok((FromFile { config, ..read }, rope))
}
