//! The library against the numbers of a reference implementation.
//!
//! `tests/fixtures/attention/make.py` says where the numbers come from.

use concepts::attention::{Mask, attention, attention_trace};
use concepts::numerics::softmax::{log_softmax, softmax, softmax_jacobian};
use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use ndarray::Array2;

use crate::support::assert_close;
use crate::support::attention::{
    SdpaCase, multi_head_cases, sdpa_cases, softmax_cases, softmax_jacobian as jacobian_case,
};

fn run(case: &SdpaCase, mask: &Mask) -> Array2<f64> {
    attention(case.q.view(), case.k.view(), case.v.view(), mask)
        .unwrap_or_else(|error| panic!("{}: {error}", case.place))
}

#[test]
fn attention_agrees_in_f64() {
    for case in sdpa_cases() {
        assert_close(&case.place, &run(&case, &case.mask), &case.output, ORACLE_F64);
    }
}

#[test]
fn attention_agrees_with_the_reference_in_f32() {
    for case in sdpa_cases() {
        assert_close(&case.place, &run(&case, &case.mask), &case.output_f32, ORACLE_F32);
    }
}

#[test]
fn a_mask_given_as_a_table_is_the_same_mask() {
    for case in sdpa_cases() {
        let Some(table) = &case.table else { continue };
        let (n_q, n_k) = table.dim();
        assert_eq!(&case.mask.table(n_q, n_k), table, "{}: another table", case.place);
        let by_table = run(&case, &Mask::Pairs(table.clone()));
        assert_close(&case.place, &by_table, &case.output, ORACLE_F64);
    }
}

#[test]
fn a_query_that_sees_no_key_reads_zero_as_in_the_reference() {
    let mut seen = 0;
    for case in sdpa_cases() {
        let Some(table) = &case.table else { continue };
        let output = run(&case, &case.mask);
        for (i, row) in table.rows().into_iter().enumerate() {
            if row.iter().any(|&visible| visible) {
                continue;
            }
            seen += 1;
            for wanted in [case.output.row(i), case.output_f32.row(i), output.row(i)] {
                assert!(wanted.iter().all(|&x| x == 0.0), "{}, query {i}: {wanted}", case.place);
            }
        }
    }
    assert!(seen > 0, "no case has a query that sees no key");
}

#[test]
fn hidden_pairs_have_no_weight() {
    for case in sdpa_cases() {
        let Some(table) = &case.table else { continue };
        let trace = attention_trace(case.q.view(), case.k.view(), case.v.view(), &case.mask)
            .unwrap_or_else(|error| panic!("{}: {error}", case.place));
        for (pair, &visible) in table.indexed_iter() {
            assert!(visible || trace.weights[pair] == 0.0, "{}, hidden pair {pair:?}", case.place);
        }
    }
}

#[test]
fn softmax_agrees() {
    for case in softmax_cases() {
        let got = softmax(case.scores.view());
        if case.scores.iter().all(|&s| s == f64::NEG_INFINITY) {
            // Here the two differ on purpose: the reference divides 0 by 0.
            assert!(case.softmax.iter().all(|p| p.is_nan()), "{}", case.place);
            assert!(got.iter().all(|&p| p == 0.0), "{}: {got}", case.place);
            continue;
        }
        assert_close(&case.place, &got, &case.softmax, ORACLE_F64);
        for (p, s) in got.iter().zip(&case.scores) {
            assert!(*s != f64::NEG_INFINITY || *p == 0.0, "{}: a hidden score has weight {p}", case.place);
        }
    }
}

#[test]
fn log_softmax_agrees() {
    for case in softmax_cases() {
        if case.scores.iter().all(|&s| s == f64::NEG_INFINITY) {
            continue; // the logarithm of a weighting that does not exist
        }
        let got = log_softmax(case.scores.view());
        assert_close(&case.place, &got, &case.log_softmax, ORACLE_F64);
    }
}

#[test]
fn the_jacobian_of_softmax_agrees() {
    let case = jacobian_case();
    let got = softmax_jacobian(softmax(case.scores.view()).view());
    assert_close(&case.place, &got, &case.jacobian, ORACLE_F64);
}

/// The cases that other tests build on are read here once, so that a broken file is named as such.
#[test]
fn every_fixture_is_whole() {
    for case in sdpa_cases() {
        let ((n_q, d_k), (n_k, d_v)) = (case.q.dim(), case.v.dim());
        let shapes = [case.k.dim(), case.g.dim(), case.output.dim(), case.output_f32.dim()];
        assert_eq!(shapes, [(n_k, d_k), (n_q, d_v), (n_q, d_v), (n_q, d_v)], "{}", case.place);
        let gradients = [case.dq.dim(), case.dk.dim(), case.dv.dim()];
        assert_eq!(gradients, [(n_q, d_k), (n_k, d_k), (n_k, d_v)], "{}", case.place);
        let all = [&case.output, &case.output_f32, &case.dq, &case.dk, &case.dv];
        assert!(all.iter().all(|a| a.iter().all(|x| x.is_finite())), "{}", case.place);
    }
    for case in multi_head_cases() {
        let d = case.d_model;
        let (n_q, n_k) = (case.x.nrows(), case.context.nrows());
        let square = [case.w_q.dim(), case.w_k.dim(), case.w_v.dim(), case.w_o.dim()];
        assert_eq!(square, [(d, d); 4], "{}", case.place);
        assert!(case.bias.iter().flatten().all(|b| b.len() == d), "{}", case.place);
        assert_eq!(case.is_self_attention, case.x == case.context, "{}", case.place);
        assert_eq!([case.x.dim(), case.output.dim()], [(n_q, d); 2], "{}", case.place);
        assert_eq!(case.weights.dim(), (case.heads, n_q, n_k), "{}", case.place);
        if let Some(table) = &case.table {
            assert_eq!(&case.mask.table(n_q, n_k), table, "{}", case.place);
        }
    }
}
