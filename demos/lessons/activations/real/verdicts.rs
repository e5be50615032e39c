//! What a trained model says about claims of the written answer. The verdict of a claim does not rest on it.

use concepts::activation::Activation;
use concepts::numerics::statistics::mean;

use super::exchanged::Exchanged;
use super::layers::Layers;
use crate::kit::findings::Witness;
use crate::kit::text::Text;
use crate::lessons::activations::WORDS;
use crate::named;
use crate::real::changes::{Bench, range, signed, size};

/// Shares are shown in tenths of a percent.
const SHOWN: f64 = 5e-4;

pub(super) fn verdicts(bench: &Bench, exchanged: &[Exchanged], layers: &Layers) -> Vec<Witness> {
    let of = |function| exchanged.iter().find(|other| other.function == function);
    let mut all: Vec<Witness> = Vec::new();
    // Whichever of the two near relatives the model has not; both forms of GELU are one of them.
    let has_gelu = [Activation::Gelu, Activation::GeluTanh].contains(&bench.model.config().activation);
    if let Some(near) = of(if has_gelu { Activation::SILU } else { Activation::Gelu }) {
        let said = of(Activation::Relu).map_or_else(|| kin_of_relu(near), |relu| kin(near, relu));
        all.push((&["C8", "C14"][..], said));
    }
    let said = match (of(Activation::GeluTanh), of(Activation::Gelu)) {
        (Some(tanh), Some(exact)) => Some(forms(tanh, exact)),
        // The model has one of the two itself.
        (Some(other), None) | (None, Some(other)) => Some(form(other)),
        (None, None) => None,
    };
    all.extend(said.map(|said| (&["C3"][..], said)));
    all.push((&[], sparse(bench, layers)));
    all
}

/// C8, C14: not better or worse as such, but what a model was trained with.
fn kin(near: &Exchanged, relu: &Exchanged) -> Text {
    let id = if near.cost.is_shown() { "verdicts.kin-shown" } else { "verdicts.kin-same" };
    let values = named![
        near = near.name,
        more = signed(near.cost.more.estimate),
        size = size(near.cost.more.estimate),
        range = range(&near.cost.more),
        relu = signed(relu.cost.more.estimate),
        relu_range = range(&relu.cost.more)
    ];
    WORDS.with(id, &values)
}

/// The same of a model that was trained with ReLU, which has no other in its place.
fn kin_of_relu(near: &Exchanged) -> Text {
    let (more, range) = (signed(near.cost.more.estimate), range(&near.cost.more));
    WORDS.with("verdicts.kin-relu", &named![near = near.name, more, range])
}

/// C3: the two forms of GELU.
fn forms(tanh: &Exchanged, exact: &Exchanged) -> Text {
    let apart = (tanh.cost.mean - exact.cost.mean).abs();
    WORDS.with("verdicts.forms", &named![apart, exact = signed(exact.cost.more.estimate)])
}

/// C3: one form of GELU in the place of the other.
fn form(other: &Exchanged) -> Text {
    let more = other.cost.more.estimate;
    let id = if more < 0.0 { "verdicts.forms-own-less" } else { "verdicts.forms-own" };
    WORDS.with(id, &named![apart = more.abs()])
}

/// How much work could be left out.
fn sparse(bench: &Bench, layers: &Layers) -> Text {
    let (idle, zeros, exact) = (mean(&layers.idle), mean(&layers.zeros), layers.exact);
    let id = match bench.model.config().activation {
        Activation::Relu => "verdicts.sparse-own",
        // What is nearly 0 includes what is exactly 0, which counts where the shares show any.
        _ if exact >= SHOWN => "verdicts.sparse-both",
        _ => "verdicts.sparse",
    };
    WORDS.with(id, &named![idle, zeros, exact])
}
