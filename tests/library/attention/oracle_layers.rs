//! Gradients, heads and the tiled kernel against a reference implementation.
//!
//! `tests/fixtures/attention/make.py` says where the numbers come from.

use concepts::attention::{
    Gradients, Mask, MultiHead, attention_backward, tiled_attention, tiled_attention_reference,
};
use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use ndarray::{Array2, Axis};

use crate::support::assert_close;
use crate::support::attention::{MultiHeadCase, SdpaCase, multi_head_cases, sdpa_cases};

#[test]
fn gradients_agree() {
    for case in sdpa_cases() {
        let SdpaCase { q, k, v, g, mask, .. } = &case;
        let Gradients { dq, dk, dv, .. } = attention_backward(q.view(), k.view(), v.view(), mask, g.view())
            .unwrap_or_else(|error| panic!("{}: {error}", case.place));
        assert_close(&format!("{}, dq", case.place), &dq, &case.dq, ORACLE_F64);
        assert_close(&format!("{}, dk", case.place), &dk, &case.dk, ORACLE_F64);
        assert_close(&format!("{}, dv", case.place), &dv, &case.dv, ORACLE_F64);
    }
}

#[test]
fn attention_in_blocks_agrees() {
    for case in sdpa_cases() {
        for block in [1, 2, 3, 100] {
            let SdpaCase { q, k, v, mask, .. } = &case;
            let output = tiled_attention_reference(q.view(), k.view(), v.view(), mask, block).unwrap();
            assert_close(&format!("{}, blocks of {block}", case.place), &output, &case.output, ORACLE_F64);
        }
    }
}

#[test]
fn the_tiled_kernel_agrees() {
    let single = |x: &Array2<f64>| x.mapv(|x| x as f32).insert_axis(Axis(0));
    for case in sdpa_cases() {
        let (q, k, v) = (single(&case.q), single(&case.k), single(&case.v));
        let output = tiled_attention(q.view(), k.view(), v.view(), &case.mask).unwrap();
        let output = output.remove_axis(Axis(0)).mapv(f64::from);
        assert_close(&case.place, &output, &case.output_f32, ORACLE_F32);
    }
}

#[test]
fn heads_agree() {
    let mut seen = 0;
    for case in multi_head_cases() {
        // The layer here has no biases, as in the paper.
        if case.bias.is_some() {
            continue;
        }
        seen += 1;
        let MultiHeadCase { heads, w_q, w_k, w_v, w_o, .. } = &case;
        let layer =
            MultiHead::from_weights(*heads, *heads, w_q.clone(), w_k.clone(), w_v.clone(), w_o.clone())
                .unwrap_or_else(|error| panic!("{}: {error}", case.place));
        let trace = layer.trace(case.x.view(), case.context.view(), &case.mask).unwrap();
        assert_close(&case.place, &trace.output, &case.output, ORACLE_F64);
        for (head, wanted) in trace.heads.iter().zip(case.weights.outer_iter()) {
            assert_close(&format!("{}, weights", case.place), &head.weights, &wanted.to_owned(), ORACLE_F64);
        }
        if case.is_self_attention && case.mask == Mask::Causal {
            one_token_at_a_time(&layer, &case);
        }
    }
    assert!(seen > 0, "every case has biases");
}

/// The KV cache against the reference, not against our own forward pass.
fn one_token_at_a_time(layer: &MultiHead, case: &MultiHeadCase) {
    let mut cache = layer.new_cache();
    for (token, wanted) in case.x.rows().into_iter().zip(case.output.rows()) {
        let output = layer.step(token, &mut cache).unwrap();
        assert_close(&format!("{}, cached", case.place), &output, &wanted.to_owned(), ORACLE_F64);
    }
}
