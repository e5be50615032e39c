//! Which layers keep a state, and which are without attention or without a network.

use serde_json::Value;

use super::reader::Reader;
use crate::budget::words::Wanted;
use crate::budget::{BudgetError, Recurrent};

/// Types all of whose layers keep a state and do nothing else.
pub(super) const STATE_ONLY: [&str; 3] = ["mamba", "mamba2", "falcon_mamba"];
/// What files call a layer with a state, and one with attention.
const STATE: [&str; 3] = ["linear_attention", "mamba", "conv"];
const ATTENTION: [&str; 2] = ["full_attention", "attention"];
/// Layers of Nemotron-H in a word: state, experts, attention, network.
const LETTERS: [(char, &str); 4] = [('M', "mamba"), ('E', "moe"), ('*', "attention"), ('-', "mlp")];

/// Layers of Nemotron-H, each of which does one thing.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) layers: u64,
    pub(super) states: u64,
    pub(super) experts: u64,
    pub(super) networks: u64,
}

impl Reader<'_> {
    /// The layers with a state, and one of them.
    pub(super) fn recurrent(&self, layers: u64, d_model: u64) -> Result<Option<Recurrent>, BudgetError> {
        let Some(one) = self.state(d_model)? else { return Ok(None) };
        let layers = self.state_layers(layers)?;
        let beside = self.is(&["falcon_h1"]);
        Ok((layers > 0).then_some(Recurrent { layers, beside, ..one }))
    }

    fn state_layers(&self, layers: u64) -> Result<u64, BudgetError> {
        if self.is(&STATE_ONLY) || self.is(&["falcon_h1"]) {
            return Ok(layers);
        }
        match self.model_type.as_str() {
            "nemotron_h" => return self.blocks().map(|blocks| blocks.states),
            "jamba" => return Ok(layers - self.periodic("attn_layer_period", "attn_layer_offset", layers)?),
            "bamba" => {
                let listed = self.numbers("attn_layer_indices")?.unwrap_or_default();
                return Ok(layers - listed.into_iter().filter(|&layer| layer < layers).count() as u64);
            }
            _ => {}
        }
        self.look_at(&["full_attention_interval", "full_attn_idxs", "attn_type_list"]);
        let allowed = [&STATE[..], &ATTENTION].concat();
        for field in ["layer_types", "layers_block_type"] {
            if self.given(field).is_some() {
                let kinds = self.kinds(field, layers, &allowed)?.unwrap_or_default();
                return Ok(kinds.into_iter().filter(|kind| STATE.contains(kind)).count() as u64);
            }
        }
        self.unlisted(layers)
    }

    /// The layers with a state of a file that does not list them one by one.
    fn unlisted(&self, layers: u64) -> Result<u64, BudgetError> {
        let attention = match self.model_type.as_str() {
            // MiniMax writes 1 for attention; without a list it is every second layer, the first included.
            "minimax" => match self.given("attn_type_list").and_then(Value::as_array) {
                Some(list) => list.iter().filter(|kind| kind.as_u64() == Some(1)).count() as u64,
                None => layers.div_ceil(2),
            },
            "lfm2" => self.numbers("full_attn_idxs")?.map_or(layers, |listed| listed.len() as u64),
            "lfm2_moe" => layers,
            "granitemoehybrid" => 0,
            "kimi_linear" => match self.inner("linear_attn_config", "full_attn_layers") {
                Some(list) => list.as_array().map_or(0, Vec::len) as u64,
                // Every fourth, but not the very first.
                None => layers.saturating_sub(1) / 4,
            },
            _ if self.given("full_attention_interval").is_some() => {
                layers / self.at_least_one("full_attention_interval")?
            }
            _ => layers / 4,
        };
        Ok(layers - attention.min(layers))
    }

    /// How many of the layers leave `offset` when divided by the period.
    pub(super) fn periodic(&self, period: &str, offset: &str, layers: u64) -> Result<u64, BudgetError> {
        let (period, offset) = (self.at_least_one(period)?, self.whole(&[offset])?);
        if offset >= period || layers <= offset {
            return Ok(0);
        }
        Ok((layers - offset).div_ceil(period))
    }

    /// The layers of Nemotron-H: a list of words, or in older files a word of letters.
    pub(super) fn blocks(&self) -> Result<Blocks, BudgetError> {
        self.look_at(&["num_hidden_layers"]);
        let mut blocks = Blocks::default();
        for kind in self.block_names()? {
            blocks.layers += 1;
            match kind {
                "moe" => blocks.experts += 1,
                "mlp" => blocks.networks += 1,
                kind if STATE.contains(&kind) => blocks.states += 1,
                _ => {}
            }
        }
        Ok(blocks)
    }

    fn block_names(&self) -> Result<Vec<&str>, BudgetError> {
        let (older, field) = ("hybrid_override_pattern", "layers_block_type");
        let listed = ["layers_block_type", "layer_types"].into_iter().find_map(|name| self.given(name));
        if let (None, Some(pattern)) = (listed, self.given(older)) {
            let refused = || self.wrong(older, pattern, Wanted::BlockLetters);
            let named = |letter| LETTERS.iter().find(|(known, _)| *known == letter).map(|(_, name)| *name);
            let letters = pattern.as_str().ok_or_else(refused)?.chars();
            return letters.map(|letter| named(letter).ok_or_else(refused)).collect();
        }
        let Some(list) = listed else {
            self.assume(field, "mamba, moe, attention, mlp");
            return Ok(vec!["mamba", "moe", "attention", "mlp"]);
        };
        let kinds = list.as_array().ok_or_else(|| self.wrong(field, list, Wanted::Words))?;
        let known =
            |kind: &&str| STATE.contains(kind) || ATTENTION.contains(kind) || ["moe", "mlp"].contains(kind);
        let kinds = kinds.iter().map(|kind| kind.as_str().filter(known));
        kinds.map(|kind| kind.ok_or_else(|| self.wrong(field, list, Wanted::KindPerLayer))).collect()
    }
}
