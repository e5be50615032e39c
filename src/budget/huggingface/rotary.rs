//! Where a file describes its rotary embedding, and how much of a head it turns.

use serde_json::{Map, Value};

use super::reader::Reader;
use super::rope::USUAL_BASE;
use crate::budget::BudgetError;
use crate::budget::words::Wanted;

/// Layers that see everything, where a file has an embedding for each kind of layer.
const FULL: &str = "full_attention";
/// The newer part of a file that describes the embedding, and the older one.
const NEWER: &str = "rope_parameters";
const OLDER: &str = "rope_scaling";
/// The share of a head that turns.
const SHARE: &str = "partial_rotary_factor";
/// The field of MiniMax that counts the features of a head that turn.
const WIDTH: &str = "rotary_dim";
/// Types that have an embedding for each kind of layer, and take the older part into that of the layers that see
/// everything. In all others the older part stands in the place of the newer one.
const BY_KIND: [&str; 2] = ["gemma3_text", "olmo3"];
/// Types whose default embedding turns a share of each head. In all others it turns whole heads, and transformers
/// does not look at the share.
const SHARED: [&str; 12] = [
    "gpt_neox",
    "phi",
    "phi3",
    "nemotron",
    "glm",
    "glm4",
    "glm4_moe",
    "bamba",
    "minimax_m2",
    "qwen3_next",
    "qwen3_5_text",
    "qwen3_5_moe_text",
];

impl Reader<'_> {
    /// The part of the file with the embedding, and what of other parts like it is not used.
    ///
    /// A file may have two: transformers 5 writes `rope_parameters`, and model cards tell people to add
    /// `rope_scaling`. Then the one that people add counts, unless it is empty.
    pub(super) fn rope_fields(&self) -> Result<(Reader<'_>, Vec<String>), BudgetError> {
        let (newer, older) = (self.part(NEWER)?, self.part(OLDER)?.filter(|part| !part.is_empty()));
        let mut unused = Vec::new();
        let (within, fields) = match (newer, older) {
            (Some(newer), None) => ("rope_parameters.", self.of_full("rope_parameters.", newer, &mut unused)),
            (Some(newer), Some(older)) if self.is(&BY_KIND) => {
                let mut full = self.of_full("rope_parameters.", newer, &mut unused);
                full.extend(older);
                ("rope_scaling.", full)
            }
            (newer, Some(older)) => {
                let fields = self.of_full("rope_scaling.", older, &mut unused);
                let differs = |name: &str, value: &Value| {
                    !value.is_null() && fields.get(name).or_else(|| self.given(name)) != Some(value)
                };
                let beside = newer.into_iter().flatten().filter(|(name, value)| differs(name, value));
                unused.extend(beside.map(|(name, _)| format!("{NEWER}.{name}")));
                ("rope_scaling.", fields)
            }
            (None, None) => ("", Map::new()),
        };
        Ok((Reader::new(fields, self.file(), within, "").part_of(&self.model_type), unused))
    }

    /// The base of the part that the older one displaces, where it is another than the usual one.
    pub(super) fn displaced_base(&self, fields: &Reader) -> Option<f64> {
        (fields.within() == "rope_scaling.").then_some(())?;
        let base = self.given(NEWER)?.get("rope_theta")?.as_f64()?;
        (base != USUAL_BASE).then_some(base)
    }

    /// A part of the file.
    fn part(&self, name: &str) -> Result<Option<Map<String, Value>>, BudgetError> {
        let Some(value) = self.given(name) else { return Ok(None) };
        let part = value.as_object().ok_or_else(|| self.wrong(name, value, Wanted::Object))?;
        Ok(Some(part.clone()))
    }

    /// Where kinds of layers have one embedding each, that of the layers that see everything.
    fn of_full(
        &self,
        within: &str,
        fields: Map<String, Value>,
        unused: &mut Vec<String>,
    ) -> Map<String, Value> {
        let Some(Value::Object(full)) = fields.get(FULL).cloned() else { return fields };
        let others = fields.keys().filter(|name| *name != FULL);
        unused.extend(others.map(|name| format!("{within}{name}")));
        full
    }

    /// The width of a head, and of what turns of it.
    pub(super) fn rotary(
        &self,
        fields: &Reader,
        kind: &str,
        unused: &mut Vec<String>,
    ) -> Result<(u64, u64), BudgetError> {
        let d_model = self.whole(&["hidden_size", "n_embd", "d_model"])?;
        if let Some(latent) = self.latent()? {
            return match latent.rope.is_multiple_of(2) {
                true => Ok((latent.rope, latent.rope)),
                false => Err(self.wrong("qk_rope_head_dim", &latent.rope.into(), Wanted::EvenWidth)),
            };
        }
        let head_dim = self.head_dim(d_model, self.heads()?, false)?;
        let even = |turns: u64| match turns > 0 && turns.is_multiple_of(2) {
            true => Ok((head_dim, turns)),
            false if self.has("head_dim") => Err(self.wrong("head_dim", &head_dim.into(), Wanted::EvenWidth)),
            false => Err(self.wrong("hidden_size", &d_model.into(), Wanted::EvenWidth)),
        };
        let Some(share) = self.share(fields, head_dim)? else { return even(head_dim) };
        if kind == "default" && !self.is(&SHARED) {
            let within = if fields.given(SHARE).is_some() { fields.within() } else { "" };
            unused.extend((share < 1.0).then(|| format!("{within}{SHARE}")));
            return even(head_dim);
        }
        match (head_dim as f64 * share) as u64 {
            turns if turns == head_dim => even(turns),
            turns if turns > 0 && turns.is_multiple_of(2) => Ok((head_dim, turns)),
            _ => Err(self.wrong_share(fields, true)?),
        }
    }

    /// The share of a head that turns, if the file names one.
    fn share(&self, fields: &Reader, head_dim: u64) -> Result<Option<f64>, BudgetError> {
        let name = self.name_of_share(fields)?;
        let share = match name {
            WIDTH => self.maybe(name)?.map(|turns| turns as f64 / head_dim as f64),
            _ => self.real_of(fields, name)?,
        };
        let possible = |share: f64| share > 0.0 && share <= 1.0;
        if share.is_none_or(possible) { Ok(share) } else { Err(self.wrong_share(fields, false)?) }
    }

    /// The field that says how much of a head turns: its share, or the number of features.
    fn name_of_share(&self, fields: &Reader) -> Result<&'static str, BudgetError> {
        let name = self.older(SHARE, "rotary_pct");
        let counted = self.is(&["minimax_m2"]) && self.real_of(fields, name)?.is_none();
        Ok(if counted { WIDTH } else { name })
    }

    /// A share that cannot be, by the name that it has in the file; of an odd number of features, if it is one at all.
    fn wrong_share(&self, fields: &Reader, odd: bool) -> Result<BudgetError, BudgetError> {
        let name = self.name_of_share(fields)?;
        let of = if fields.given(name).is_some() { fields } else { self };
        let wanted = match name {
            WIDTH => Wanted::EvenPart,
            _ if odd => Wanted::EvenShare,
            _ => Wanted::Share,
        };
        Ok(of.wrong(name, of.value(name).unwrap_or(&Value::Null), wanted))
    }

    /// The name of a field in older files of GPT-NeoX, if this is one of them.
    pub(super) fn older<'n>(&self, field: &'n str, before: &'n str) -> &'n str {
        if self.is(&["gpt_neox"]) && self.has(before) { before } else { field }
    }

    /// The fields of the file itself in whose place others of the same name within the part count.
    pub(super) fn displaced(&self, fields: &Reader) -> Vec<String> {
        let differs = |name: &&str| match (self.peek(name), fields.peek(name)) {
            (Some(outer), Some(inner)) => outer.as_f64() != inner.as_f64(),
            _ => false,
        };
        [self.older("rope_theta", "rotary_emb_base"), self.older(SHARE, "rotary_pct")]
            .into_iter()
            .filter(differs)
            .map(String::from)
            .collect()
    }

    /// A number of the part, or of the file itself, or else transformers' default.
    pub(super) fn real_of(&self, fields: &Reader, field: &str) -> Result<Option<f64>, BudgetError> {
        match fields.real(field)? {
            Some(number) => Ok(Some(number)),
            None => self.real(field),
        }
    }
}
