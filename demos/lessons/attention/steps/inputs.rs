//! Tokens, and the three views of each.

use concepts::attention::MultiHeadTrace;

use crate::kit::findings::{Findings, Matrix};
use crate::lessons::attention::WORDS;
use crate::lessons::attention::setup::Setup;

pub(crate) fn sizes(setup: &Setup, f: &mut Findings) {
    f.number("n", setup.tokens.len() as f64);
    f.number("n_keys", setup.sources.len() as f64);
    f.number("d_model", setup.layer.d_model() as f64);
    f.number("heads", setup.layer.heads() as f64);
    f.number("d_k", setup.layer.d_head() as f64);
    f.number("sqrt_dk", (setup.layer.d_head() as f64).sqrt());
    f.number("parameters", setup.layer.parameters() as f64);
    // What decides a row of the input.
    f.words("x_rule", WORDS.get(if setup.example { "x_rule.example" } else { "x_rule.drawn" }));
    let x = setup.by_token("X", WORDS.get("x"), &setup.x);
    f.matrix("x", Matrix { cols: setup.features.clone(), ..x });
    let second = setup.cross.then(|| setup.by_source("Y", WORDS.get("y"), &setup.x_kv));
    f.matrices("y", second.into_iter().collect());
}

pub(crate) fn projections(setup: &Setup, trace: &MultiHeadTrace, f: &mut Findings) {
    let (source, tex, plain) = if setup.cross {
        ("Y", r"Q = X W_Q, \quad K = Y W_K, \quad V = Y W_V", "Q = X·W_Q    K = Y·W_K    V = Y·W_V")
    } else {
        ("X", r"Q = X W_Q, \quad K = X W_K, \quad V = X W_V", "Q = X·W_Q    K = X·W_K    V = X·W_V")
    };
    f.formula("f_qkv", tex, plain);
    f.words("cross_said", WORDS.get(cross_said(setup)));
    f.matrix("q", setup.by_token("Q = X·W_Q", WORDS.get("q"), &trace.q));
    f.matrix("k", setup.by_source(&format!("K = {source}·W_K"), WORDS.get("k"), &trace.k));
    f.matrix("v", setup.by_source(&format!("V = {source}·W_V"), WORDS.get("v"), &trace.v));
}

/// What to try. The sequence that is proposed has three tokens, and not every other flag goes with it.
fn cross_said(setup: &Setup) -> &'static str {
    if setup.cross {
        "cross_said.here"
    } else if setup.causal || setup.example || setup.pad >= 3 {
        "cross_said.alone"
    } else {
        "cross_said"
    }
}
