//! The parts of a file: one model, or what reads text and what reads images side by side.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::beside::{TYPE, type_of};
use super::defaults::defaults;
use super::reader::Reader;
use super::towers::{images, is_tower};
use super::types::{SEEING, TYPES, readable, types};
use super::unused::{matters, other_parts};
use crate::budget::published::{alike, of_family, plain};
use crate::budget::words::{Unread, Wanted};
use crate::budget::{BudgetError, ModelConfig, RopeConfig};

/// The field that says whether the output uses the embedding.
const TIED: &str = "tie_word_embeddings";
/// Of the models that see images, those either half of which says whether the output uses the embedding.
const EITHER_TIES: [&str; 4] = ["llava", "llava_onevision", "qwen2_vl", "qwen2_5_vl"];
/// Of the models that see images, those whose language model decides it, whatever the whole says.
const TEXT_TIES: [&str; 1] = ["llama4"];
/// Types that people have and that are not read, and why.
const REFUSED: [(&[&str], Unread); 5] = [
    (&["zamba", "zamba2"], Unread::SharedLayers),
    (&["recurrent_gemma", "rwkv", "xlstm"], Unread::StateSpace),
    (&["mllama", "mllama_text_model"], Unread::ImageLayers),
    (&["gemma3n", "gemma3n_text", "gemma4", "gemma4_text", "openelm", "nemotron-nas"], Unread::UnlikeLayers),
    (&["internlm", "internlm2", "qwen", "hunyuan", "minimax_text_01"], Unread::OwnCode),
];

/// Types with code of their own, of which the table has models.
const TABLED: [&str; 2] = ["chatglm", "baichuan"];

/// The parts of a file.
pub(super) struct Parts<'a> {
    /// The file itself, if text is only a part of the model.
    whole: Option<Reader<'a>>,
    text: Reader<'a>,
    tower: Option<Reader<'a>>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(mut fields: Map<String, Value>, file: &'a str) -> Result<Parts<'a>, BudgetError> {
        let model_type = type_of(&fields, file)?;
        let seeing = SEEING.contains(&model_type.as_str());
        if !seeing && !fields.contains_key("text_config") {
            known(&model_type, file)?;
            let text = Reader::new(fields, file, "", readable(&model_type));
            let text = text.with_defaults(defaults(&model_type));
            if !text.has(TYPE) {
                text.assume(TYPE, &model_type);
            }
            return Ok(Parts { whole: None, text, tower: None });
        }
        let tower = if seeing { tower(&mut fields, &model_type, file)? } else { None };
        let flat = !fields.contains_key("text_config") && fields.contains_key("hidden_size");
        if flat {
            // Older files keep the language model's fields beside all others.
            let kind = readable(&model_type).to_string();
            known(&kind, file)?;
            let text = Reader::new(fields.clone(), file, "", &kind);
            let whole = Reader::new(fields, file, "", &model_type);
            return Ok(Parts { whole: Some(whole), text, tower });
        }
        let half = half(&mut fields, "text_config", &model_type, file)?;
        known(&half.kind, file)?;
        let text = Reader::new(half.fields, file, "text_config.", readable(&half.kind));
        let text = text.with_defaults(half.defaults);
        let whole = Reader::new(fields, file, "", &model_type);
        Ok(Parts { whole: Some(whole), text, tower })
    }

    pub(super) fn model(&self) -> Result<ModelConfig, BudgetError> {
        let text = self.text.model()?;
        let Some(whole) = &self.whole else { return Ok(text) };
        let images = self.tower.as_ref().map_or(Ok(0), |tower| images(whole, tower, &text))?;
        let tied = self.tied(whole, text.tied)?;
        let name = whole.given("_name_or_path").and_then(Value::as_str).filter(|name| !name.is_empty());
        let name = name.map_or_else(|| whole.model_type.clone(), String::from);
        Ok(ModelConfig { name, tied, images, ..text })
    }

    pub(super) fn rope(&self) -> Result<Option<RopeConfig>, BudgetError> {
        self.text.rope()
    }

    /// Does the output use the embedding? The whole says so; for some types either half may, or the text alone.
    fn tied(&self, whole: &Reader, inner: bool) -> Result<bool, BudgetError> {
        if whole.is(&TEXT_TIES) {
            if whole.peek(TIED).and_then(Value::as_bool).is_some_and(|outer| outer == inner) {
                whole.look_at(&[TIED]);
            }
            return Ok(inner);
        }
        if whole.is(&SEEING) || whole.has(TIED) {
            let outer = whole.is_on(TIED)?;
            return Ok(outer || inner && whole.is(&EITHER_TIES));
        }
        Ok(inner)
    }

    fn all(&self) -> impl Iterator<Item = &Reader<'a>> {
        self.whole.iter().chain([&self.text]).chain(&self.tower)
    }

    /// What was taken for fields that are not there, each once.
    pub(super) fn assumed(&self) -> Vec<(String, String)> {
        self.all().flat_map(Reader::assumed).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Fields that were not used and may matter. Of an older file, two readers share the fields.
    pub(super) fn unused(&self) -> Vec<String> {
        let shared = self.whole.as_ref().filter(|_| self.text.within().is_empty());
        let mut unused = Vec::new();
        for reader in self.all() {
            let other = [shared, Some(&self.text)].into_iter().flatten().filter(|_| shared.is_some());
            let others: Vec<&Reader> = other.filter(|other| other.within() == reader.within()).collect();
            let unread = reader.unread().into_iter().filter(|(field, value)| matters(field, value));
            let unread = unread.map(|(field, _)| field);
            unused.extend(unread.filter(|field| !others.iter().any(|other| other.has_asked(field))));
        }
        unused.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Parts of the model that are not counted.
    pub(super) fn not_counted(&self) -> Vec<String> {
        let whole = self.whole.as_ref().unwrap_or(&self.text);
        let unknown = (whole.is(&SEEING) && self.tower.is_none()).then(|| "vision_config".to_string());
        unknown.into_iter().chain(other_parts(whole)).collect()
    }
}

/// What reads the images, if it is of a type that can be counted.
fn tower<'a>(
    fields: &mut Map<String, Value>,
    whole: &str,
    file: &'a str,
) -> Result<Option<Reader<'a>>, BudgetError> {
    let Half { fields, kind, defaults } = half(fields, "vision_config", whole, file)?;
    // Older files of Qwen write the type of the whole.
    let kind = if kind == whole { format!("{kind}_vision") } else { kind };
    let reader = Reader::new(fields, file, "vision_config.", &kind).with_defaults(defaults);
    Ok(is_tower(&kind).then_some(reader))
}

/// One half of a model that sees images.
struct Half {
    fields: Map<String, Value>,
    kind: String,
    /// If the half is missing, what transformers takes for it: not always what it takes for a missing field.
    defaults: Option<&'static Map<String, Value>>,
}

fn half(fields: &mut Map<String, Value>, name: &str, whole: &str, file: &str) -> Result<Half, BudgetError> {
    let default = defaults(whole).and_then(|defaults| defaults.get(name)).and_then(Value::as_object);
    let of = |half: &Map<String, Value>| half.get("model_type").and_then(Value::as_str).map(String::from);
    let usual = default.and_then(of).unwrap_or_else(|| readable(whole).to_string());
    match fields.remove(name) {
        Some(Value::Object(half)) => {
            let kind = of(&half).unwrap_or(usual);
            Ok(Half { fields: half, kind, defaults: None })
        }
        None | Some(Value::Null) => Ok(Half { fields: Map::new(), kind: usual, defaults: default }),
        Some(other) => Err(BudgetError::WrongType {
            file: file.into(),
            field: name.into(),
            found: other.to_string().chars().take(40).collect(),
            wanted: Wanted::Object,
        }),
    }
}

/// A type that is not read is refused, with the reason where there is one.
fn known(model_type: &str, file: &str) -> Result<(), BudgetError> {
    if TYPES.iter().any(|(name, _)| *name == readable(model_type)) {
        return Ok(());
    }
    let (file, model_type) = (file.to_string(), model_type.to_string());
    if TABLED.contains(&model_type.as_str()) {
        return Err(BudgetError::InTable { file, models: of_family(&model_type), model_type });
    }
    if let Some((_, reason)) = REFUSED.iter().find(|(types, _)| types.contains(&model_type.as_str())) {
        return Err(BudgetError::NotRead { file, model_type, reason: *reason });
    }
    let known = types().into_iter().map(|name| (name, vec![plain(name)]));
    let nearest = alike(known, &plain(&model_type));
    Err(BudgetError::UnknownType { file, model_type, nearest })
}
