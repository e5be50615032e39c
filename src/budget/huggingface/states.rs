//! A layer with a state: its parameters, and what it keeps of a sequence.

use serde_json::Value;

use super::reader::Reader;
use crate::budget::words::{Field, Wanted};
use crate::budget::{BudgetError, Recurrent};

/// No width of a state is larger, as none of a model is: products of three stay within 128 bits.
const MOST: u64 = 1 << 24;

/// Sizes of one layer, in numbers wide enough for any product.
struct Sizes {
    parameters: u128,
    norms: u128,
    matrix: u128,
    last_inputs: u128,
}

impl Sizes {
    /// What does not fit is the largest number, which no sum that follows survives.
    fn layer(self) -> Recurrent {
        let [parameters, norms, matrix, last_inputs] =
            [self.parameters, self.norms, self.matrix, self.last_inputs]
                .map(|size| u64::try_from(size).unwrap_or(u64::MAX));
        Recurrent { layers: 0, beside: false, parameters, norms, matrix, last_inputs }
    }
}

/// A matrix, with or without a bias for what it leads to.
fn matrix(from: u128, to: u128, bias: bool) -> u128 {
    from * to + if bias { to } else { 0 }
}

/// What Mamba 2 is built of, under whatever names a file has them.
struct Mamba2 {
    heads: u128,
    width: u128,
    groups: u128,
    state: u128,
    kernel: u128,
    conv_bias: bool,
    biases: [bool; 2],
    norm: bool,
}

impl Reader<'_> {
    /// One layer with a state, if the type has some.
    pub(super) fn state(&self, d_model: u64) -> Result<Option<Recurrent>, BudgetError> {
        let d = u128::from(d_model.min(MOST));
        let sizes = match self.model_type.as_str() {
            "qwen3_next" | "qwen3_5_text" | "qwen3_5_moe_text" => self.delta_net(d)?,
            "kimi_linear" => self.kimi_delta(d)?,
            "mamba" | "falcon_mamba" => self.mamba(d)?,
            "jamba" => self.jamba(d)?,
            "mamba2" | "bamba" | "granitemoehybrid" | "falcon_h1" | "nemotron_h" => self.mamba2(d)?,
            "minimax" => self.lightning(d, d_model)?,
            "lfm2" | "lfm2_moe" => self.short_convolution(d)?,
            _ => return Ok(None),
        };
        Ok(Some(sizes.layer()))
    }

    /// Yang, Kautz & Hatamizadeh 2024, *Gated Delta Networks*, as Qwen3-Next has it: queries and keys of H_k
    /// heads, values and a gate of H_v, two numbers a head for decay and step, one convolution over all.
    fn delta_net(&self, d: u128) -> Result<Sizes, BudgetError> {
        let key_heads = self.bounded(&["linear_num_key_heads"])?;
        let value_heads = self.bounded(&["linear_num_value_heads"])?;
        let d_k = self.bounded(&["linear_key_head_dim"])?;
        let d_v = self.bounded(&["linear_value_head_dim"])?;
        let kernel = self.bounded(&["linear_conv_kernel_dim"])?;
        let (keys, values) = (key_heads * d_k, value_heads * d_v);
        let convolved = 2 * keys + values;
        let projections = d * (convolved + values + 2 * value_heads) + values * d;
        Ok(Sizes {
            parameters: projections + convolved * kernel + 2 * value_heads,
            norms: d_v,
            matrix: values * d_k,
            last_inputs: convolved * kernel,
        })
    }

    /// Kimi Team 2025, *Kimi Linear*: as Gated DeltaNet, with a decay for each feature of a head. Decay and
    /// gate go through a narrow layer of the width of a head. Published files have the sizes in a part.
    fn kimi_delta(&self, d: u128) -> Result<Sizes, BudgetError> {
        let part = "linear_attn_config";
        let heads = self.bounded_within(part, "num_heads", "linear_num_heads")?;
        let width = self.bounded_within(part, "head_dim", "linear_head_dim")?;
        let kernel = self.bounded_within(part, "short_conv_kernel_size", "linear_conv_kernel_dim")?;
        let all = heads * width;
        let narrow = d * width + width * all;
        Ok(Sizes {
            parameters: 4 * d * all + 3 * all * kernel + 2 * narrow + all + heads + d * heads,
            norms: width,
            matrix: all * width,
            last_inputs: 3 * all * kernel,
        })
    }

    /// Gu & Dao 2023, *Mamba*: a state of `n` numbers for each feature; step, input and output of the state
    /// depend on the token.
    fn mamba(&self, d: u128) -> Result<Sizes, BudgetError> {
        let wide = match self.first(&["intermediate_size", "d_inner"])? {
            Some(_) => self.bounded(&["intermediate_size", "d_inner"])?,
            None => self.bounded(&["expand"])? * d,
        };
        self.look_at(&["expand", "num_attention_heads", "num_key_value_heads", "head_dim"]);
        let (biases, conv_bias) = (self.is_on("use_bias")?, self.is_on("use_conv_bias")?);
        let names = ["state_size", "conv_kernel", "time_step_rank"];
        self.selective(d, wide, names, biases, conv_bias)
    }

    /// As Mamba, with norms of step, input and output.
    fn jamba(&self, d: u128) -> Result<Sizes, BudgetError> {
        let wide = self.bounded(&["mamba_expand"])? * d;
        let (biases, conv_bias) = (self.is_on("mamba_proj_bias")?, self.is_on("mamba_conv_bias")?);
        let names = ["mamba_d_state", "mamba_d_conv", "mamba_dt_rank"];
        let sizes = self.selective(d, wide, names, biases, conv_bias)?;
        let norms = self.rank(names[2], d)? + 2 * self.bounded(&[names[0]])?;
        Ok(Sizes { norms, ..sizes })
    }

    fn selective(
        &self,
        d: u128,
        wide: u128,
        [state, kernel, rank]: [&str; 3],
        biases: bool,
        conv_bias: bool,
    ) -> Result<Sizes, BudgetError> {
        let (n, kernel, rank) = (self.bounded(&[state])?, self.bounded(&[kernel])?, self.rank(rank, d)?);
        let convolution = wide * kernel + if conv_bias { wide } else { 0 };
        let steps = matrix(wide, rank + 2 * n, false) + matrix(rank, wide, true);
        let ends = matrix(d, 2 * wide, biases) + matrix(wide, d, biases);
        Ok(Sizes {
            // Besides, the decay of each number of the state, and what passes by it.
            parameters: ends + convolution + steps + wide * n + wide,
            norms: 0,
            matrix: wide * n,
            last_inputs: wide * kernel,
        })
    }

    /// The rank of the step: a sixteenth of the width, unless the file says otherwise.
    fn rank(&self, field: &str, d: u128) -> Result<u128, BudgetError> {
        match self.word(field) {
            Some("auto") => Ok(d.div_ceil(16)),
            _ => self.bounded(&[field]),
        }
    }

    /// Dao & Gu 2024, *Transformers are SSMs*: heads with one decay each, which share input and output of
    /// the state in groups.
    fn mamba2(&self, d: u128) -> Result<Sizes, BudgetError> {
        let Mamba2 { heads, width, groups, state, kernel, conv_bias, biases, norm } =
            match self.is(&["mamba2", "nemotron_h"]) {
                true => self.own_names()?,
                false => self.prefixed_names(d)?,
            };
        let wide = heads * width;
        let convolved = wide + 2 * groups * state;
        let ends = matrix(d, wide + convolved + heads, biases[0]) + matrix(wide, d, biases[1]);
        Ok(Sizes {
            // A head has a step, a decay and what passes by the state.
            parameters: ends + convolved * kernel + if conv_bias { convolved } else { 0 } + 3 * heads,
            norms: if norm { wide } else { 0 },
            matrix: wide * state,
            last_inputs: convolved * kernel,
        })
    }

    /// Mamba 2 and Nemotron-H.
    fn own_names(&self) -> Result<Mamba2, BudgetError> {
        let (heads, width, state) = match self.is(&["mamba2"]) {
            true => ("num_heads", "head_dim", "state_size"),
            false => ("mamba_num_heads", "mamba_head_dim", "ssm_state_size"),
        };
        self.look_at(&["expand", "mamba_expand", "chunk_size", "mamba_chunk_size", "intermediate_size"]);
        self.look_at(&["time_step_rank"]);
        Ok(Mamba2 {
            heads: self.bounded(&[heads])?,
            width: self.bounded(&[width])?,
            groups: self.bounded(&["n_groups", "mamba_n_groups"])?,
            state: self.bounded(&[state])?,
            kernel: self.bounded(&["conv_kernel", "mamba_d_conv"])?,
            conv_bias: self.is_on("use_conv_bias")?,
            biases: [self.is_on("use_bias")?; 2],
            norm: true,
        })
    }

    /// Bamba, Granite and Falcon-H1.
    fn prefixed_names(&self, d: u128) -> Result<Mamba2, BudgetError> {
        let heads = self.bounded(&["mamba_n_heads"])?;
        let falcon = self.is(&["falcon_h1"]);
        let wide = match falcon {
            true => self.first(&["mamba_d_ssm"])?.map(u128::from),
            false => None,
        };
        let width = match self.word("mamba_d_head") {
            Some("auto") => wide.map_or_else(|| Ok(self.bounded(&["mamba_expand"])? * d), Ok)? / heads,
            _ => self.bounded(&["mamba_d_head"])?,
        };
        self.look_at(&["mamba_expand"]);
        let projections = self.is_on("mamba_proj_bias")?;
        Ok(Mamba2 {
            heads,
            width,
            groups: self.bounded(&["mamba_n_groups"])?,
            state: self.bounded(&["mamba_d_state"])?,
            kernel: self.bounded(&["mamba_d_conv"])?,
            conv_bias: self.is_on("mamba_conv_bias")?,
            biases: [projections, if falcon { self.is_on("projectors_bias")? } else { projections }],
            norm: !falcon || self.is_on("mamba_rms_norm")?,
        })
    }

    /// Qin et al. 2024, *Lightning Attention-2*, as MiniMax-01 has it: one square matrix a head.
    fn lightning(&self, d: u128, d_model: u64) -> Result<Sizes, BudgetError> {
        let heads = self.bounded(&["num_attention_heads"])?;
        let width =
            u128::from(self.head_dim(d_model, self.whole(&["num_attention_heads"])?, false)?.min(MOST));
        let all = heads * width;
        Ok(Sizes { parameters: 5 * d * all, norms: all, matrix: all * width, last_inputs: 0 })
    }

    /// Liquid AI 2025, *LFM2*: two gates around a short convolution, which keeps its last inputs.
    fn short_convolution(&self, d: u128) -> Result<Sizes, BudgetError> {
        let kernel = self.bounded(&["conv_L_cache"])?;
        let bias = self.is_on("conv_bias")?;
        let convolution = d * kernel + if bias { d } else { 0 };
        let parameters = matrix(d, 3 * d, bias) + convolution + matrix(d, d, bias);
        Ok(Sizes { parameters, norms: 0, matrix: 0, last_inputs: d * kernel })
    }

    /// A field of a part of the file.
    pub(super) fn inner(&self, part: &str, field: &str) -> Option<&Value> {
        self.given(part)?.as_object()?.get(field).filter(|value| !value.is_null())
    }

    fn bounded_within(&self, part: &str, field: &str, elsewhere: &str) -> Result<u128, BudgetError> {
        let Some(value) = self.inner(part, field) else { return self.bounded(&[elsewhere]) };
        let path = format!("{part}.{field}");
        let size = value.as_u64().ok_or_else(|| self.wrong(&path, value, Wanted::Whole))?;
        self.in_bounds(size)
    }

    fn bounded(&self, names: &[&str]) -> Result<u128, BudgetError> {
        self.in_bounds(self.whole(names)?)
    }

    fn in_bounds(&self, size: u64) -> Result<u128, BudgetError> {
        if (1..=MOST).contains(&size) {
            return Ok(size.into());
        }
        let name = self.file().into();
        Err(BudgetError::BadField { name, field: Field::StateWidth, size, least: 1, most: MOST })
    }
}
