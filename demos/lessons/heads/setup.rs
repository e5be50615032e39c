//! From knobs to a model and the models to compare.

use std::fs;
use std::path::Path;

use concepts::budget::{
    Accelerator, BudgetError, Dtype, ModelConfig, Published, accelerator, find, from_huggingface, parse_bytes,
};

use crate::errors::At;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::reading::{NOT_TEXT, reason, unreadable};
use crate::kit::text::{Text, text};

/// A configuration file is not read beyond this.
const MOST_BYTES: u64 = 10_000_000;
/// Numbers that share a scale in `int4`.
pub(super) const GROUP: u64 = 64;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    /// The model looked at.
    pub model: ModelConfig,
    /// Does it come from the person's own file?
    pub own: bool,
    /// What no source confirms of it; empty if all is confirmed.
    pub unverified: &'static str,
    /// The models compared.
    pub compared: Vec<&'static Published>,
    pub context: u64,
    pub batch: u64,
    pub dtype: Dtype,
    /// The name of the dtype.
    pub dtype_name: String,
    /// What it runs on.
    pub accelerator: &'static Accelerator,
    /// Memory of one device, in bytes.
    pub memory: u64,
    /// Was the memory given, or is it that of the accelerator?
    pub memory_given: bool,
    /// Devices that training is split over.
    pub devices: u64,
    pub seed: u64,
}

impl Setup {
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let own = knobs.file("config").map(read).transpose()?;
        let named = find(knobs.words("model").unwrap_or_default()).at("--model");
        let (model, unverified) = match &own {
            Some(model) => (model.clone(), ""),
            None => named.map(|row| (row.config.clone(), row.unverified.as_str()))?,
        };
        let names = knobs
            .words("compare")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let compared: Result<Vec<&Published>, BudgetError> = names.map(find).collect();
        let compared = compared.at("--compare")?;
        if compared.is_empty() {
            return Err(Refusal::new(
                "--compare: name at least one model, for example llama-2-70b",
                "--compare：至少写一个模型，例如 llama-2-70b",
            ));
        }
        let whole = |name: &str| knobs.integer(name).unwrap_or(1) as u64;
        let on = accelerator(knobs.words("accelerator").unwrap_or("H100 SXM")).at("--accelerator")?;
        let memory = knobs.words("memory").map(parse_bytes).transpose().at("--memory")?;
        let dtype_name = knobs.words("dtype").unwrap_or("bf16").to_string();
        Ok(Setup {
            own: own.is_some(),
            model,
            unverified,
            compared,
            context: whole("context"),
            batch: whole("batch"),
            dtype: match dtype_name.as_str() {
                "fp32" => Dtype::F32,
                "fp16" => Dtype::F16,
                "fp8" => Dtype::Fp8,
                "int4" => Dtype::Int4 { group: GROUP },
                _ => Dtype::Bf16,
            },
            dtype_name,
            accelerator: on,
            memory: memory.unwrap_or(on.memory),
            memory_given: memory.is_some(),
            devices: whole("devices"),
            seed: setting.seed,
        })
    }
}

/// The person's own configuration file.
fn read(path: &Path) -> Result<ModelConfig, Refusal> {
    let shown = path.display();
    let refused_for = |why: &Text| unreadable("config", path, why, &text("a config.json", " config.json "));
    let size = fs::metadata(path).map_err(|error| refused_for(&reason(&error)))?.len();
    if size > MOST_BYTES {
        return Err(Refusal::new(
            format!("--config {shown}: {size} bytes is no configuration; a config.json has a few thousand"),
            format!("--config {shown}：{size} 字节不像配置文件，config.json 一般只有几 KB"),
        ));
    }
    let bytes = fs::read(path).map_err(|error| refused_for(&reason(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| refused_for(&NOT_TEXT))?;
    from_huggingface(&text, &shown.to_string()).map_err(Refusal::from)
}
