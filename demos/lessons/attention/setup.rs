//! From knobs to tokens, vectors, weights and a mask.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::rng;
use ndarray::Array2;

use super::example;
use super::knobs::SENTENCE;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::tokens::{embed, numbered, split};

/// The name of a padding token.
pub(super) const PAD: &str = "<pad>";
/// Width of the model when none is given.
const D_MODEL: usize = 8;
/// Number of heads when none is given.
const HEADS: usize = 2;
/// More bytes than this are not asked of a laptop for one lesson.
const MOST_BYTES: usize = 1 << 29;
/// More multiply-adds than this would keep a person waiting for several seconds.
const MOST_MULTIPLY_ADDS: usize = 10_000_000_000;

/// Everything that one run of the lesson computes with.
#[derive(Debug)]
pub(super) struct Setup {
    /// The tokens that ask.
    pub tokens: Vec<String>,
    /// The tokens that are looked at; the same unless it is cross-attention.
    pub sources: Vec<String>,
    /// Names of the features, where they have a meaning.
    pub features: Vec<String>,
    /// Vectors of `tokens`, `(n_q, d_model)`.
    pub x: Array2<f64>,
    /// Vectors of `sources`, `(n_k, d_model)`.
    pub x_kv: Array2<f64>,
    /// The weights.
    pub layer: MultiHead,
    /// What is hidden.
    pub mask: Mask,
    /// Are the hidden pairs in the future?
    pub causal: bool,
    /// How many keys are padding.
    pub pad: usize,
    /// Do queries and keys come from two sequences?
    pub cross: bool,
    /// Are the weights set by hand?
    pub example: bool,
}

impl Setup {
    /// Checks what concerns several knobs at once, then draws or sets the weights.
    pub(super) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let knobs = &setting.values;
        let cross = knobs.integer("cross");
        let causal = knobs.is_on("causal");
        let example = knobs.is_on("example");
        let pad = knobs.integer("pad").unwrap_or(0);
        check_together(setting)?;

        let mut tokens = tokens(knobs.words("text"), knobs.integer("seq"));
        let mut sources = cross.map_or_else(|| tokens.clone(), |m| numbered("y", m));
        pad_end(&mut sources, pad)?;
        if cross.is_none() {
            tokens.clone_from(&sources);
        }

        let d_model = knobs.integer("d-model").unwrap_or(D_MODEL);
        let heads = knobs.integer("heads").unwrap_or(HEADS);
        let mask = mask(causal, pad, sources.len());
        let (layer, x, x_kv, features) = if example {
            let example = example::Example::new(&tokens)?;
            (example.layer, example.x.clone(), example.x, example.features)
        } else {
            check_size(tokens.len(), sources.len(), d_model, heads)?;
            let layer = MultiHead::random(d_model, heads, heads, &mut rng(setting.seed, "attention weights"))
                .map_err(|_| heads_do_not_divide(d_model, heads))?;
            (layer, embed(&tokens, d_model, setting.seed), embed(&sources, d_model, setting.seed), Vec::new())
        };
        let cross = cross.is_some();
        Ok(Setup { tokens, sources, features, x, x_kv, layer, mask, causal, pad, cross, example })
    }
}

/// The combinations that mean nothing.
fn check_together(setting: &Setting) -> Result<(), Refusal> {
    let knobs = &setting.values;
    let given = |name: &str| knobs.integer(name).is_some();
    if knobs.words("text").is_some() && given("seq") {
        return Err(Refusal::new(
            "--text with --seq: the text decides how many tokens there are; give one of the two",
            "--text 与 --seq 冲突：token 个数由句子决定，两者只能给一个",
        ));
    }
    if knobs.is_on("causal") && given("cross") {
        return Err(Refusal::new(
            "--causal with --cross: a causal mask orders one sequence; drop one of the two",
            "--causal 与 --cross 冲突：因果 mask 只用于同一个序列内部，请去掉其中一个",
        ));
    }
    if knobs.is_on("example") {
        for name in ["d-model", "heads", "cross"] {
            if given(name) {
                return Err(Refusal::new(
                    format!("--example with --{name}: the weights set by hand fix it; drop --{name}"),
                    format!("--example 与 --{name} 冲突：手工权重已经把它定死，请去掉 --{name}"),
                ));
            }
        }
    }
    Ok(())
}

fn heads_do_not_divide(d_model: usize, heads: usize) -> Refusal {
    let fits: Vec<String> =
        (1..=d_model.min(256)).filter(|h| d_model.is_multiple_of(*h)).map(|h| h.to_string()).collect();
    Refusal::new(
        format!(
            "--heads {heads} does not divide --d-model {d_model}: each head gets d_model / heads features; heads that fit: {}",
            fits.join(", ")
        ),
        format!(
            "--heads {heads} 不能整除 --d-model {d_model}：每个头分到 d_model / heads 维；可用的头数：{}",
            fits.join("、")
        ),
    )
}

/// Refuses before it starts what would take too much memory or time.
fn check_size(n_q: usize, n_k: usize, d_model: usize, heads: usize) -> Result<(), Refusal> {
    // Per head: dots, scores and weights in f64, and the copies that the page shows.
    let bytes = heads * n_q * n_k * 8 * 4 + (n_q + n_k) * d_model * 8 * 6;
    let multiply_adds = (2 * n_q + 2 * n_k) * d_model * d_model + 2 * n_q * n_k * d_model;
    if bytes <= MOST_BYTES && multiply_adds <= MOST_MULTIPLY_ADDS {
        return Ok(());
    }
    let (mib, giga) = (bytes >> 20, multiply_adds as f64 / 1e9);
    Err(Refusal::new(
        format!(
            "{n_q} queries × {n_k} keys at d_model {d_model} with {heads} heads would take about {mib} MiB and {giga:.1} G multiply-adds; give a smaller --seq, --cross or --d-model"
        ),
        format!(
            "{n_q} 个 query × {n_k} 个 key，d_model {d_model}，{heads} 个头，约需 {mib} MiB 内存和 {giga:.1} G 次乘加；请调小 --seq、--cross 或 --d-model"
        ),
    ))
}

/// The person's words, the built-in sentence, or as many numbered tokens as asked for.
fn tokens(own: Option<&str>, seq: Option<usize>) -> Vec<String> {
    match (own, seq) {
        (Some(own), _) => split(own),
        (None, Some(n)) => numbered("x", n),
        (None, None) => split(SENTENCE),
    }
}

fn pad_end(sources: &mut [String], pad: usize) -> Result<(), Refusal> {
    let n = sources.len();
    if pad > n {
        return Err(Refusal::new(
            format!("--pad {pad}: the sequence has only {n} tokens; give 0 to {n}"),
            format!("--pad {pad}：序列只有 {n} 个 token，请给出 0 到 {n} 之间的整数"),
        ));
    }
    sources[n - pad..].iter_mut().for_each(|token| *token = PAD.into());
    Ok(())
}

fn mask(causal: bool, pad: usize, n_k: usize) -> Mask {
    let base = if causal { Mask::Causal } else { Mask::None };
    if pad == 0 {
        return base;
    }
    base.and(Mask::Padding((0..n_k).map(|j| j < n_k - pad).collect()))
}
