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

pub(super) fn verdicts(bench: &Bench, exchanged: &[Exchanged], layers: &Layers) -> Vec<Witness> {
    let of = |function| exchanged.iter().find(|other| other.function == function);
    let mut all: Vec<Witness> = Vec::new();
    // Whichever of the two near relatives the model has not; both forms of GELU are one of them.
    let has_gelu = [Activation::Gelu, Activation::GeluTanh].contains(&bench.model.config().activation);
    if let Some(near) = of(if has_gelu { Activation::SILU } else { Activation::Gelu }) {
        all.extend(of(Activation::Relu).map(|relu| (&["C8", "C14"][..], kin(near, relu))));
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

/// C3: the two forms of GELU.
fn forms(tanh: &Exchanged, exact: &Exchanged) -> Text {
    let apart = (tanh.cost.mean - exact.cost.mean).abs();
    WORDS.with("verdicts.forms", &named![apart, exact = signed(exact.cost.more.estimate)])
}

/// C3: one form of GELU in the place of the other.
fn form(other: &Exchanged) -> Text {
    WORDS.with("verdicts.forms-own", &named![apart = other.cost.more.estimate.abs()])
}

/// How much work could be left out.
fn sparse(bench: &Bench, layers: &Layers) -> Text {
    let (idle, zeros, exact) = (mean(&layers.idle), mean(&layers.zeros), layers.exact);
    let own = bench.model.config().activation == Activation::Relu;
    WORDS.with(if own { "verdicts.sparse-own" } else { "verdicts.sparse" }, &named![idle, zeros, exact])
}
