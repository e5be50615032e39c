//! The rotary embedding that a file describes.

use serde_json::Value;

use super::reader::Reader;
use crate::budget::words::Wanted;
use crate::budget::{BudgetError, OtherLayers, RopeConfig, RopeMethod};
use crate::position::rope::{Scaling, YarnRamp, longrope_attention_factor, yarn_mscale};

/// Types without a rotary embedding.
const WITHOUT: [&str; 16] = [
    "gpt_bigcode",
    "gpt2",
    "bert",
    "roberta",
    "t5",
    "mt5",
    "umt5",
    "opt",
    "bloom",
    "jamba",
    "mamba",
    "mamba2",
    "falcon_mamba",
    "nemotron_h",
    "kimi_linear",
    "granitemoehybrid",
];
/// DeepSeek's models multiply their scores once more.
const SHARPENED: [&str; 3] = ["deepseek_v2", "deepseek_v3", "deepseek_v32"];
/// What is read, and what older files call it.
const KINDS: [(&str, &str); 8] = [
    ("default", "default"),
    ("mrope", "default"),
    ("linear", "linear"),
    ("dynamic", "dynamic"),
    ("yarn", "yarn"),
    ("longrope", "longrope"),
    ("su", "longrope"),
    ("llama3", "llama3"),
];
/// Kinds that say by how much they stretch.
const NEED_FACTOR: [&str; 3] = ["linear", "dynamic", "llama3"];
/// No number of an embedding is larger: its square and its products with lengths stay finite.
const MOST: f64 = 1e15;
/// No factor of a pair is smaller.
const LEAST: f64 = 1e-6;
/// Types some of whose layers turn otherwise, or not at all.
const MIXED: [&str; 5] = ["smollm3", "llama4_text", "cohere2", "exaone4", "gemma3_text"];
/// The base where a file names none.
pub(super) const USUAL_BASE: f64 = 10_000.0;
/// Layers with a window, where a file has an embedding for each kind of layer.
const LOCAL: &str = "sliding_attention";

impl Reader<'_> {
    /// The rotary embedding of the layers that see everything; `None` if the type has none.
    pub(super) fn rope(&self) -> Result<Option<RopeConfig>, BudgetError> {
        let nope = self.is(&["granitemoehybrid"]) && self.word("position_embedding_type") != Some("rope");
        if self.is(&WITHOUT) && (nope || !self.is(&["granitemoehybrid"])) || self.is_on("alibi")? {
            return Ok(None);
        }
        let (fields, mut unused) = self.rope_fields()?;
        let kind = ["rope_type", "type"].iter().find_map(|name| fields.given(name)?.as_str());
        let kind = kind.unwrap_or("default").to_string();
        let Some((_, known)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            let known = KINDS.map(|(name, _)| name).join(", ");
            return Err(BudgetError::UnknownRope { file: self.file().into(), kind, known });
        };
        let context = self.context()?;
        let given = ["original_max_position_embeddings"].iter().find_map(|name| self.given(name));
        let train_len = match given {
            Some(value) => value.as_u64(),
            None => fields.maybe("original_max_position_embeddings")?,
        };
        let train_len = train_len.unwrap_or(context);
        let (head_dim, rotary_dim) = self.rotary(&fields, known, &mut unused)?;
        let theta = self.older("rope_theta", "rotary_emb_base");
        let base = self.real_of(&fields, theta)?.unwrap_or_else(|| self.taken("rope_theta", USUAL_BASE));
        unused.extend(self.displaced(&fields));
        let said = fields.has(theta) || self.has(theta);
        let displaced_base = if said { None } else { self.displaced_base(&fields) };
        let (method, attention_factor) = fields.method(known, train_len, context, rotary_dim)?;
        let score_factor = match &method {
            RopeMethod::Scaled(Scaling::Yarn { factor, .. }) if self.is(&SHARPENED) => {
                let all_dim = fields.real("mscale_all_dim")?.filter(|all| *all != 0.0);
                all_dim.map_or(1.0, |all| yarn_mscale(*factor, all).powi(2))
            }
            _ => 1.0,
        };
        let others = self.other_layers()?;
        unused.extend(fields.unread().into_iter().map(|(field, _)| field));
        let assumed = self.assumed().into_iter().chain(fields.assumed()).collect();
        Ok(Some(RopeConfig {
            kind,
            head_dim,
            rotary_dim,
            base,
            method,
            attention_factor,
            score_factor,
            displaced_base,
            train_len,
            context,
            others,
            assumed,
            unused,
        }))
    }

    /// The layers that turn otherwise than those that see everything, or not at all.
    fn other_layers(&self) -> Result<OtherLayers, BudgetError> {
        if !self.is(&MIXED) {
            return Ok(OtherLayers::default());
        }
        let of = self.whole(&["num_hidden_layers"])?;
        let windowed = self.window(of)?.map_or(0, |window| window.layers);
        let plain = match self.model_type.as_str() {
            "smollm3" | "llama4_text" => of.saturating_sub(self.rotating(of)?),
            // Where some layers have a window, only those rotate.
            "cohere2" | "exaone4" if windowed > 0 => of.saturating_sub(windowed),
            _ => 0,
        };
        // A newer file has a part for each kind of layer; the other one is named among what is not used.
        let apart = self.given("rope_parameters").is_some_and(|parts| parts.get(LOCAL).is_some());
        let local = match self.is(&["gemma3_text"]) && windowed > 0 && !apart {
            true => Some((windowed, self.local_base()?)),
            false => None,
        };
        Ok(OtherLayers { of, plain, local })
    }

    fn local_base(&self) -> Result<f64, BudgetError> {
        Ok(self
            .real("rope_local_base_freq")?
            .unwrap_or_else(|| self.taken("rope_local_base_freq", USUAL_BASE)))
    }

    /// What is usual, noted as assumed.
    fn taken(&self, field: &str, usual: f64) -> f64 {
        self.assume(field, usual);
        usual
    }

    /// The method of this kind, and what cosine and sine are multiplied with. Each looks at the fields that it uses: the
    /// others are named as not used.
    fn method(
        &self,
        kind: &str,
        train_len: u64,
        context: u64,
        rotary_dim: u64,
    ) -> Result<(RopeMethod, f64), BudgetError> {
        let given = || self.real("attention_factor");
        let stretch = || -> Result<f64, BudgetError> {
            Ok(self.real("factor")?.unwrap_or(context as f64 / train_len.max(1) as f64))
        };
        let length = usize::try_from(train_len).unwrap_or(usize::MAX);
        // Of the others transformers takes the ratio of the lengths.
        let by_ratio = kind == "dynamic" && self.has("alpha") || !NEED_FACTOR.contains(&kind);
        if !by_ratio {
            self.needed("factor")?;
        }
        Ok(match kind {
            "linear" => (RopeMethod::Scaled(Scaling::Interpolation { factor: stretch()? }), 1.0),
            // Hunyuan writes by how much the slowest pair is stretched, whatever the length.
            "dynamic" => match self.real("alpha")? {
                Some(factor) => (RopeMethod::Scaled(Scaling::NtkAware { factor }), 1.0),
                None => (RopeMethod::Dynamic { factor: stretch()? }, 1.0),
            },
            "llama3" => {
                let low_freq_factor = self.needed("low_freq_factor")?;
                let high_freq_factor = self.needed("high_freq_factor")?;
                let (factor, train_len) = (stretch()?, length);
                let scaling = Scaling::Llama3 { factor, low_freq_factor, high_freq_factor, train_len };
                (RopeMethod::Scaled(scaling), 1.0)
            }
            "longrope" => {
                let [short, long] =
                    ["short_factor", "long_factor"].map(|field| self.factors(field, rotary_dim / 2));
                let usual = longrope_attention_factor(stretch()?, length);
                (RopeMethod::Long { short: short?, long: long? }, given()?.unwrap_or(usual))
            }
            "yarn" => {
                let factor = stretch()?;
                (RopeMethod::Scaled(self.yarn(factor, length)?), self.yarn_attention(given()?, factor)?)
            }
            _ => (RopeMethod::Scaled(Scaling::None), 1.0),
        })
    }

    /// YaRN with the ramp of Hugging Face, rounded to whole pairs or not.
    fn yarn(&self, factor: f64, train_len: usize) -> Result<Scaling, BudgetError> {
        let truncate = match self.given("truncate") {
            None => true,
            Some(_) => self.is_on("truncate")?,
        };
        let ramp = if truncate { YarnRamp::ByIndex } else { YarnRamp::ByIndexUnrounded };
        // 0 is as good as nothing, as it is in Python.
        let end = |field, usual| Ok(self.real(field)?.filter(|turns| *turns != 0.0).unwrap_or(usual));
        Ok(Scaling::Yarn {
            factor,
            train_len,
            alpha: end("beta_slow", 1.0)?,
            beta: end("beta_fast", 32.0)?,
            ramp,
        })
    }

    /// With two strengths their temperatures are divided; DeepSeek's are the same, so that nothing is left.
    fn yarn_attention(&self, given: Option<f64>, factor: f64) -> Result<f64, BudgetError> {
        let strength = |field| Ok(self.real(field)?.filter(|mscale| *mscale != 0.0));
        let usual = match (strength("mscale")?, strength("mscale_all_dim")?) {
            (Some(one), Some(all)) => yarn_mscale(factor, one) / yarn_mscale(factor, all),
            _ => yarn_mscale(factor, 1.0),
        };
        match given.unwrap_or(usual) {
            found if found.abs() <= MOST => Ok(found),
            // A strength below 0 can divide by 0.
            _ => Err(self.wrong(
                "mscale_all_dim",
                self.value("mscale_all_dim").unwrap_or(&Value::Null),
                Wanted::Number,
            )),
        }
    }

    pub(super) fn real(&self, field: &str) -> Result<Option<f64>, BudgetError> {
        let Some(value) = self.value(field) else { return Ok(None) };
        let number = value.as_f64().filter(|number| number.abs() <= MOST);
        number.map(Some).ok_or_else(|| self.wrong(field, value, Wanted::Number))
    }

    fn needed(&self, field: &str) -> Result<f64, BudgetError> {
        self.real(field)?.ok_or_else(|| self.missing(field))
    }

    /// A list with a number for each pair.
    fn factors(&self, field: &str, pairs: u64) -> Result<Vec<f64>, BudgetError> {
        let value = self.value(field).ok_or_else(|| self.missing(field))?;
        let refused = || self.wrong(field, value, Wanted::NumberPerPair);
        let list = value.as_array().filter(|list| list.len() as u64 == pairs).ok_or_else(refused)?;
        let factor = |number: &Value| number.as_f64().filter(|number| (LEAST..=MOST).contains(number));
        list.iter().map(|number| factor(number).ok_or_else(refused)).collect()
    }
}
