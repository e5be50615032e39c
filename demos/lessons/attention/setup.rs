//! From knobs to tokens, vectors, weights and a mask.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::rng;
use ndarray::Array2;

use super::example::Example;
use super::{WORDS, estimate, knobs};
use crate::kit::knob::{Knob, Refusal, Values};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::kit::tokens::{embed, numbered, split};
use crate::named;

/// The name of a padding token.
pub(crate) const PAD: &str = "<pad>";
/// Everything that one run of the lesson computes with.
#[derive(Debug)]
pub(crate) struct Setup {
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
    pub(crate) fn new(setting: &Setting) -> Result<Setup, Refusal> {
        let values = &setting.values;
        check_together(values)?;
        let (cross, pad) = (knobs::CROSS.of(values), knobs::PAD.of(values));
        let (causal, example) = (knobs::CAUSAL.of(values), knobs::EXAMPLE.of(values));

        let own = knobs::TEXT.of(values);
        let mut tokens = tokens(own, knobs::SEQ.of(values));
        let mut sources = cross.map_or_else(|| tokens.clone(), |m| numbered("y", m));
        if own.is_some() && cross.is_none() {
            // A person's own words all stay.
            sources.extend(std::iter::repeat_n(PAD.to_string(), pad));
        } else {
            pad_end(&mut sources, pad)?;
        }
        if cross.is_none() {
            tokens.clone_from(&sources);
        }

        let mask = mask(causal, pad, sources.len());
        let (layer, x, x_kv, features) = if example {
            let example = Example::new(&tokens)?;
            (example.layer, example.x.clone(), example.x, example.features)
        } else {
            let (d_model, layer) = drawn(setting, tokens.len(), sources.len())?;
            let of = |tokens: &[String]| embed(tokens, d_model, setting.seed);
            (layer, of(&tokens), of(&sources), Vec::new())
        };
        let cross = cross.is_some();
        Ok(Setup { tokens, sources, features, x, x_kv, layer, mask, causal, pad, cross, example })
    }
}

/// The combinations that mean nothing.
fn check_together(values: &Values) -> Result<(), Refusal> {
    let given = |knob: &dyn Knob| values.given(knob);
    let clash = |id| Err(Refusal(WORDS.get(id)));
    if given(&knobs::TEXT) && given(&knobs::SEQ) {
        return clash("refused.text-seq");
    }
    if given(&knobs::CAUSAL) && given(&knobs::CROSS) {
        return clash("refused.causal-cross");
    }
    let fixed: [&dyn Knob; 3] = [&knobs::D_MODEL, &knobs::HEADS, &knobs::CROSS];
    let clashing = fixed.into_iter().find(|knob| knobs::EXAMPLE.of(values) && given(*knob));
    clashing.map_or(Ok(()), |knob| Err(Refusal(WORDS.with("refused.example", &named![name = knob.name()]))))
}

/// The width of the model, and weights drawn for it.
fn drawn(setting: &Setting, n_q: usize, n_k: usize) -> Result<(usize, MultiHead), Refusal> {
    let (d_model, heads) = (knobs::D_MODEL.of(&setting.values), knobs::HEADS.of(&setting.values));
    let masked = knobs::CAUSAL.of(&setting.values) || knobs::PAD.of(&setting.values) > 0;
    check_size(&setting.values, Extent { pairs: [n_q, n_k], d_model, heads, masked })?;
    if !d_model.is_multiple_of(heads) {
        return Err(heads_do_not_divide(d_model, heads));
    }
    let layer = MultiHead::random(d_model, heads, heads, &mut rng(setting.seed, "attention weights"));
    Ok((d_model, layer?))
}

fn heads_do_not_divide(d_model: usize, heads: usize) -> Refusal {
    let fits: Vec<String> =
        (1..=d_model.min(256)).filter(|h| d_model.is_multiple_of(*h)).map(|h| h.to_string()).collect();
    let fits = Text::new(fits.join(", "), fits.join("、"));
    Refusal(WORDS.with("refused.heads", &named![heads, d_model, fits]))
}

/// What a run is made of: queries and keys, width, heads, and whether something is hidden.
#[derive(Clone, Copy)]
struct Extent {
    pairs: [usize; 2],
    d_model: usize,
    heads: usize,
    masked: bool,
}

impl Extent {
    fn bytes(self) -> usize {
        estimate::memory(self.pairs, self.d_model, self.heads, self.masked)
    }

    fn multiply_adds(self) -> usize {
        estimate::multiply_adds(self.pairs, self.d_model)
    }

    fn fits(self) -> bool {
        self.bytes() <= estimate::MOST_BYTES && self.multiply_adds() <= estimate::MOST_MULTIPLY_ADDS
    }
}

/// Refuses before it starts what would take too much memory or time.
fn check_size(values: &Values, run: Extent) -> Result<(), Refusal> {
    if run.fits() {
        return Ok(());
    }
    let (mib, giga) = (run.bytes() >> 20, run.multiply_adds() as f64 / 1e9);
    let Extent { pairs: [n_q, n_k], d_model, heads, .. } = run;
    let flags = reducible(values, run);
    Err(Refusal(WORDS.with("refused.size", &named![n_q, n_k, d_model, heads, mib, giga, flags])))
}

/// The flags of which a smaller value, alone, makes a run that fits; if there is none, all that play a part.
fn reducible(values: &Values, run: Extent) -> Text {
    let tokens: &dyn Knob = if values.given(&knobs::TEXT) { &knobs::TEXT } else { &knobs::SEQ };
    let cross = values.given(&knobs::CROSS);
    let [n_q, n_k] = run.pairs;
    let mut least: Vec<(&dyn Knob, Extent)> =
        vec![(tokens, Extent { pairs: [1, if cross { n_k } else { 1 }], ..run })];
    if cross {
        least.push((&knobs::CROSS, Extent { pairs: [n_q, 1], ..run }));
    }
    least.push((&knobs::HEADS, Extent { heads: 1, ..run }));
    // Each head needs a feature.
    least.push((&knobs::D_MODEL, Extent { d_model: run.heads, ..run }));
    let enough = least.iter().any(|(_, run)| run.fits());
    let helps = least.iter().filter(|(_, run)| !enough || run.fits());
    let flags: Vec<String> = helps.map(|(knob, _)| format!("--{}", knob.name())).collect();
    match flags.split_last() {
        Some((last, first)) if !first.is_empty() => {
            Text::new(format!("{} or {last}", first.join(", ")), format!("{} 或 {last}", first.join("、")))
        }
        _ => Text::same(flags.concat()),
    }
}

/// The person's words, the built-in sentence, or as many numbered tokens as asked for.
fn tokens(own: Option<&str>, seq: Option<usize>) -> Vec<String> {
    match (own, seq) {
        (Some(own), _) => split(own),
        (None, Some(n)) => numbered("x", n),
        (None, None) => split(knobs::SENTENCE),
    }
}

/// Of a number of tokens that was asked for, and of the built-in sentence, the last ones become padding.
fn pad_end(sources: &mut [String], pad: usize) -> Result<(), Refusal> {
    let n = sources.len();
    if pad > n {
        return Err(Refusal(WORDS.with("refused.pad", &named![pad, n])));
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
