//! From knobs to checked values.

use concepts::position::rope::{Layout, Scaling, rope_frequencies};

use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;

/// Everything that one run of the lesson computes with.
pub(super) struct Setup {
    pub head_dim: usize,
    pub base: f64,
    pub layout: Layout,
    /// Name of the scaling.
    pub scaling: String,
    /// Frequencies as trained.
    pub trained: Vec<f64>,
    /// Frequencies in use.
    pub used: Vec<f64>,
    pub train_len: usize,
    pub len: usize,
    pub m: i64,
    pub n: i64,
    pub seed: u64,
}

impl Setup {
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let whole = |name: &str| knobs.integer(name).unwrap_or_default();
        let (head_dim, train_len, len) = (whole("head-dim"), whole("train-len"), whole("len"));
        let base = knobs.number("base").unwrap_or(10_000.0);
        if head_dim % 2 == 1 {
            return Err(Refusal::new(
                format!("--head-dim {head_dim} is odd: features rotate in pairs; give an even number"),
                format!("--head-dim {head_dim} 是奇数：各维要两两配对旋转，请给偶数"),
            ));
        }
        if len < train_len {
            return Err(Refusal::new(
                format!(
                    "--len {len} is below --train-len {train_len}: an extension has a factor of at least 1; give a larger --len"
                ),
                format!("--len {len} 小于 --train-len {train_len}：扩展倍数不能小于 1，请调大 --len"),
            ));
        }
        let scaling = knobs.words("scaling").unwrap_or("none").to_string();
        let used = method(&scaling, train_len, len).frequencies(head_dim, base)?;
        Ok(Setup {
            head_dim,
            base,
            layout: if knobs.words("layout") == Some("interleaved") {
                Layout::Interleaved
            } else {
                Layout::Halves
            },
            scaling,
            trained: rope_frequencies(head_dim, base)?,
            used,
            train_len,
            len,
            m: whole("m") as i64,
            n: whole("n") as i64,
            seed: setting.seed,
        })
    }
}

/// The names of the methods, in the order of the tables.
pub(super) const METHODS: [&str; 6] = ["none", "pi", "ntk", "dynamic-ntk", "yarn", "llama3"];

/// The method of a name, for these lengths.
pub(super) fn method(name: &str, train_len: usize, len: usize) -> Scaling {
    let factor = len as f64 / train_len as f64;
    match name {
        "pi" => Scaling::Interpolation { factor },
        "ntk" => Scaling::NtkAware { factor },
        "dynamic-ntk" => Scaling::DynamicNtk { factor: 1.0, train_len, len },
        "yarn" => Scaling::yarn(factor, train_len),
        "llama3" => Scaling::Llama3 { factor, low_freq_factor: 1.0, high_freq_factor: 4.0, train_len },
        _ => Scaling::None,
    }
}
