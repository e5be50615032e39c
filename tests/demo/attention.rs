//! The example that can be read off, the derivations under many seeds, and what is said under other knobs.

use concepts::numerics::tolerance::{EXACT_F64, GRADIENT};
use demos::kit::findings::{Findings, Item};
use demos::kit::knob::Values;
use demos::kit::lesson::{DEFAULT_SEED, Setting};
use demos::kit::text::Lang;

use super::{lesson, matrices, number, page};

#[test]
fn the_example_can_be_read_off() {
    let lesson = lesson("attention");
    let page = page(lesson, &[("example", ""), ("text", "a b a")], Lang::En);
    let other_heads: Vec<_> = matrices(&page)
        .filter(|matrix| matrix.symbol.starts_with('A'))
        .map(|matrix| matrix.data.mapv(|x| (x * 100.0).round() / 100.0))
        .collect();
    assert_eq!(
        other_heads[0],
        ndarray::array![[0.5, 0.0, 0.5], [0.0, 1.0, 0.0], [0.5, 0.0, 0.5]],
        "same token"
    );
    assert_eq!(other_heads[1], ndarray::Array2::<f64>::eye(3), "copy");
}

fn attention(given: &[(&str, &str)], seed: u64) -> Findings {
    let lesson = lesson("attention");
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    (lesson.walk)(&Setting { values: Values::read(lesson.knobs, value).unwrap(), seed }).unwrap()
}

#[test]
fn the_derivations_of_attention_check_out_whatever_the_seed() {
    for seed in 0..40 {
        let findings = attention(&[], seed);
        let number = |id| number(&findings, id);
        let exact = ["jacobian_row_sum", "jacobian_smallest", "ds_row_sum", "row_dot_error", "online_error"];
        assert!(exact.iter().all(|id| number(id) < EXACT_F64), "seed {seed}");
        let differences = ["jacobian_error", "dq_error", "dk_error", "dv_error"];
        assert!(differences.iter().all(|id| number(id) < GRADIENT), "seed {seed}");
        assert!((0.0..=0.5).contains(&number("jacobian_largest")));
        assert_eq!((number("sign_mean"), number("sign_variance")), (0.0, number("sign_width")));
        assert!((number("rnn_linear") / number("rnn_power") - 1.0).abs() < EXACT_F64 * number("rnn_steps"));
        assert!(number("rnn_tanh") < number("rnn_power"));
        // The prose says that this one overflows f32, and that forgetting to rescale shows.
        assert!(number("online_largest") > f64::from(f32::MAX).ln());
        assert!(number("online_forgetful") > 1e-3, "seed {seed}: {}", number("online_forgetful"));
        assert_eq!(number("traffic_walked"), number("traffic_closed"));
    }
}

#[test]
fn what_attention_says_of_its_rows_is_true_for_other_knobs() {
    let said = |case: &[(&str, &str)], id: &str| match attention(case, DEFAULT_SEED).get(id) {
        Some(Item::Words(words)) => words.get(Lang::En).to_string(),
        Some(Item::Formula(formula)) => formula.plain.to_string(),
        other => panic!("{id}: {other:?}"),
    };
    // Rows of the example carry places; keys and values of cross-attention come from Y.
    for case in [&[("pad", "6")][..], &[("causal", ""), ("pad", "6")], &[("cross", "3"), ("pad", "3")]] {
        // Rows that see nothing are no rounding error.
        assert!(said(case, "row_sums").contains("No row here sees a key"), "{case:?}");
    }
    assert!(said(&[("causal", ""), ("pad", "2")], "row_sums").contains("sums to 1"));
    assert_ne!(said(&[], "x_rule"), said(&[("example", "")], "x_rule"));
    assert!(said(&[("cross", "3")], "f_qkv").contains("Y·W_K"));
    assert!(!said(&[], "f_qkv").contains('Y'));
}
