//! Shared and latent heads against the numbers of a reference implementation.
//!
//! `tests/fixtures/heads/make.py` says where the numbers come from.

use concepts::attention::{Mask, Trace};
use concepts::numerics::max_difference;
use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use concepts::position::Rotary;
use concepts::position::rope::{Layout, rope_frequencies};
use ndarray::{Array2, Array3, Axis};

use crate::support::assert_close;
use crate::support::heads::{GroupedCase, LatentCase, grouped_cases, latent_cases};

fn rotary(rotary_dim: usize, base: f64, layout: Layout) -> Rotary {
    Rotary::new(rope_frequencies(rotary_dim, base).unwrap(), layout)
}

/// The rotation of LLaMA.
fn halves(case: &GroupedCase) -> Rotary {
    rotary(case.layer.d_head(), case.base, Layout::Halves)
}

/// The rotation of DeepSeek.
fn interleaved(case: &LatentCase) -> Rotary {
    rotary(case.layer.sizes().d_rope, case.base, Layout::Interleaved)
}

/// The weights of all heads, `(heads, n, n)`.
fn weights(heads: &[Trace]) -> Array3<f64> {
    let views: Vec<_> = heads.iter().map(|head| head.weights.view()).collect();
    ndarray::stack(Axis(0), &views).unwrap()
}

#[test]
fn shared_heads_agree() {
    for case in grouped_cases() {
        let (x, place) = (case.x.view(), &case.place);
        for layer in [case.layer.clone(), case.layer.expanded()] {
            let trace = layer.trace_with(x, x, &case.mask, &halves(&case)).unwrap();
            assert_close(place, &trace.output, &case.output, ORACLE_F64);
            assert_close(place, &trace.output, &case.output_f32, ORACLE_F32);
            assert_close(place, &weights(&trace.heads), &case.weights, ORACLE_F64);
        }
    }
}

#[test]
fn shared_heads_agree_step_by_step() {
    for case in grouped_cases().into_iter().filter(|case| case.mask == Mask::Causal) {
        let mut cache = case.layer.new_cache();
        let mut steps = Array2::zeros((0, case.layer.d_model()));
        for token in case.x.outer_iter() {
            let step = case.layer.step_with(token, &mut cache, &halves(&case)).unwrap();
            steps.push_row(step.view()).unwrap();
        }
        assert_close(&case.place, &steps, &case.output, ORACLE_F64);
    }
}

#[test]
fn latent_attention_agrees_in_both_forms() {
    for case in latent_cases() {
        let (x, place, rotary) = (case.x.view(), &case.place, interleaved(&case));
        let trace = case.layer.trace(x, &case.mask, &rotary).unwrap();
        assert_close(place, &weights(&trace.heads), &case.weights, ORACLE_F64);
        let absorbed = case.layer.forward_absorbed(x, &case.mask, &rotary).unwrap();
        for output in [trace.output, absorbed] {
            assert_close(place, &output, &case.output, ORACLE_F64);
            assert_close(place, &output, &case.output_f32, ORACLE_F32);
            assert_close(place, &output, &case.output_v2_f32, ORACLE_F32);
        }
    }
}

#[test]
fn latent_attention_agrees_step_by_step() {
    for case in latent_cases().into_iter().filter(|case| case.mask == Mask::Causal) {
        let mut cache = case.layer.new_cache();
        let mut steps = Array2::zeros((0, case.layer.sizes().d_model));
        for token in case.x.outer_iter() {
            let step = case.layer.step(token, &mut cache, &interleaved(&case)).unwrap();
            steps.push_row(step.view()).unwrap();
        }
        assert_close(&case.place, &steps, &case.output, ORACLE_F64);
    }
}

/// The control: these checks notice the other layout of the pairs.
#[test]
fn what_is_wrong_would_not_agree() {
    for case in grouped_cases().into_iter().filter(|case| case.mask == Mask::Causal) {
        let wrong = rotary(case.layer.d_head(), case.base, Layout::Interleaved);
        let trace = case.layer.trace_with(case.x.view(), case.x.view(), &case.mask, &wrong).unwrap();
        assert!(max_difference(&trace.output, &case.output) > 1e-2, "{}", case.place);
    }
    for case in latent_cases().into_iter().filter(|case| case.mask == Mask::Causal) {
        let wrong = rotary(case.layer.sizes().d_rope, case.base, Layout::Halves);
        let output = case.layer.forward(case.x.view(), &case.mask, &wrong).unwrap();
        assert!(max_difference(&output, &case.output) > 1e-2, "{}", case.place);
    }
}

/// Both precisions are of the same layers, and the layers are of the kinds that they are said to be.
#[test]
fn every_fixture_is_whole() {
    let mut shared = Vec::new();
    for case in grouped_cases() {
        assert_close(&case.place, &case.output_f32, &case.output, ORACLE_F32);
        shared.push((case.layer.heads(), case.layer.kv_heads()));
    }
    shared.dedup();
    assert_eq!(shared, [(4, 2), (4, 1), (2, 2)]);
    let mut ranks = Vec::new();
    for case in latent_cases() {
        assert_close(&case.place, &case.output_f32, &case.output, ORACLE_F32);
        assert_close(&case.place, &case.output_v2_f32, &case.output, ORACLE_F32);
        ranks.push(case.layer.sizes().q_lora);
    }
    ranks.dedup();
    assert_eq!(ranks, [Some(8), None]);
}
