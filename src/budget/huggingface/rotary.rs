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
/// The share of a head that turns, and what older files of GPT-NeoX call it.
const SHARE: &str = "partial_rotary_factor";
const OLDER_SHARE: &str = "rotary_pct";
/// The number of features that turn.
const TURNING: &str = "rotary_dim";
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

/// How much of a head turns, and under which name it stands.
#[derive(Debug, Clone, Copy)]
struct Share {
    name: &'static str,
    /// As a share of the head.
    value: f64,
}

impl Share {
    /// Features of a head that turn.
    fn turning(self, head_dim: u64) -> u64 {
        let turns = head_dim as f64 * self.value;
        // transformers cuts a share of features off; a number of them is whole, but for rounding.
        (if self.name == TURNING { turns.round() } else { turns }) as u64
    }
}

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
        let widths = ["hidden_size", "n_embd", "d_model"];
        let d_model = self.whole(&widths)?;
        if let Some(latent) = self.latent()? {
            if !latent.rope.is_multiple_of(2) {
                return Err(self.wrong("qk_rope_head_dim", &latent.rope.into(), Wanted::EvenWidth));
            }
            unused.extend(self.idle_shares(fields, latent.rope, None));
            return Ok((latent.rope, latent.rope));
        }
        let head_dim = self.head_dim(d_model, self.heads()?, false)?;
        let named = self.share(fields, head_dim)?;
        let used = named.filter(|_| kind != "default" || self.is(&SHARED));
        let turns = used.map_or(head_dim, |share| share.turning(head_dim));
        if turns > 0 && turns.is_multiple_of(2) {
            unused.extend(self.idle_shares(fields, turns, used));
            return Ok((head_dim, turns));
        }
        // To blame is what the file says itself, and not what its type has anyway.
        if let Some(Share { name, .. }) = used
            && let Some((of, value)) = self.beside(fields, name)
        {
            let wanted = if name == TURNING { Wanted::EvenOfHead } else { Wanted::EvenShare };
            return Err(of.wrong(name, value, wanted));
        }
        let width = widths.into_iter().find(|name| self.peek(name).is_some()).unwrap_or(widths[0]);
        Err(match self.has("head_dim") {
            true => self.wrong("head_dim", &head_dim.into(), Wanted::EvenWidth),
            false => self.wrong(width, &d_model.into(), Wanted::EvenWidth),
        })
    }

    /// How much of a head turns, if the file or its type says so.
    fn share(&self, fields: &Reader, head_dim: u64) -> Result<Option<Share>, BudgetError> {
        let name = self.older(SHARE, OLDER_SHARE);
        let (name, value) = match self.real_of(fields, name)? {
            None if self.is(&["minimax_m2"]) => {
                (TURNING, self.maybe(TURNING)?.map(|turns| turns as f64 / head_dim as f64))
            }
            share => (name, share),
        };
        match value {
            Some(value) if !(value > 0.0 && value <= 1.0) => {
                let wanted = if name == TURNING { Wanted::EvenOfHead } else { Wanted::Share };
                let (of, found) = self.beside(fields, name).unwrap_or((self, &Value::Null));
                Err(of.wrong(name, found, wanted))
            }
            value => Ok(value.map(|value| Share { name, value })),
        }
    }

    /// A field of the part, or else of the file itself, and where it stands.
    fn beside<'r>(&'r self, fields: &'r Reader<'r>, name: &str) -> Option<(&'r Reader<'r>, &'r Value)> {
        [fields, self].into_iter().find_map(|of| Some((of, of.peek(name)?)))
    }

    /// Where a file says another thing of how much of a head turns than what was used: under another name, or in the
    /// file itself beside the part.
    fn idle_shares(&self, fields: &Reader, turns: u64, used: Option<Share>) -> Vec<String> {
        let share = used.map_or(1.0, |share| share.value);
        let mut idle = Vec::new();
        for of in [fields, self] {
            for name in [SHARE, OLDER_SHARE, TURNING] {
                let same = |value: &Value| match name {
                    TURNING => value.as_f64() == Some(turns as f64),
                    _ => value.as_f64() == Some(share),
                };
                let differs = of.given(name).is_some_and(|value| !same(value));
                idle.extend(differs.then(|| format!("{}{name}", of.within())));
            }
        }
        idle
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
        let theta = self.older("rope_theta", "rotary_emb_base");
        Some(theta).filter(differs).map(String::from).into_iter().collect()
    }

    /// A number of the part, or of the file itself, or else transformers' default.
    pub(super) fn real_of(&self, fields: &Reader, field: &str) -> Result<Option<f64>, BudgetError> {
        match fields.real(field)? {
            Some(number) => Ok(Some(number)),
            None => self.real(field),
        }
    }
}
