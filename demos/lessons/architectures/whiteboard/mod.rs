//! The code of the whiteboard, held to the library and to cases by hand.

#[allow(unreachable_pub)] // as one writes it
mod masks;
#[allow(unreachable_pub)]
mod objectives;

use concepts::architecture::{Architecture, clm_targets, span_corruption};
use concepts::numerics::rng;
use serde_json::json;

use super::LESSON;
use crate::kit::whiteboard::python;

fn source(topic: &str) -> &'static str {
    LESSON.whiteboard.iter().find(|board| board.topic == topic).unwrap().python
}

#[test]
fn masks_are_the_librarys() {
    for (n, prefix) in [(1, 1), (5, 2), (8, 7)] {
        let reach = |kind: Architecture| -> Vec<Vec<bool>> {
            kind.reach(n).unwrap().outer_iter().map(|row| row.to_vec()).collect()
        };
        let right = [reach(Architecture::DecoderOnly), reach(Architecture::PrefixLm { prefix })];
        assert_eq!([masks::causal(n), masks::prefix_lm(n, prefix)], right);
        let said = python(source("masks"), "[causal(args[0]), prefix_lm(*args)]", &json!([n, prefix]));
        assert!(said.is_none_or(|said| said == json!(right)));
    }
    let (scores, seen) = (vec![vec![1.0, 2.0], vec![3.0, 4.0]], masks::causal(2));
    let right = vec![vec![1.0, f64::NEG_INFINITY], vec![3.0, 4.0]];
    assert_eq!(masks::masked(&scores, &seen), right);
    let said = python(source("masks"), "masked(*args)", &json!([scores, seen]));
    assert!(said.is_none_or(|said| said == json!([[1.0, "-inf"], [3.0, 4.0]])));
}

#[test]
fn targets_are_the_librarys() {
    let tokens: Vec<usize> = (10..40).collect();
    let example = clm_targets(&tokens).unwrap();
    let targets: Vec<usize> = example.targets.iter().flatten().copied().collect();
    let (inputs, next) = objectives::next_token(&tokens);
    assert_eq!(next, targets);
    let said = python(source("objectives"), "next_token(*args)", &json!([tokens]));
    assert!(said.is_none_or(|said| said == json!([inputs, next])));
}

#[test]
fn masked_tokens_by_hand() {
    let args = ([5, 6, 7, 8], [true, true, true, false], [0.79, 0.85, 0.95, 0.0], [1, 2, 3, 4], 99);
    let right = (vec![99, 2, 7, 8], vec![Some(5), Some(6), Some(7), None]);
    assert_eq!(objectives::masked_tokens(&args.0, &args.1, &args.2, &args.3, args.4), right);
    let said = python(source("objectives"), "masked_tokens(*args)", &json!(args));
    assert!(said.is_none_or(|said| said == json!(right)));
}

#[test]
fn spans_are_the_librarys() {
    let tokens: Vec<usize> = (0..64).collect();
    let (first, end) = (1000, 1);
    let corruption = span_corruption(64, 0.15, 3.0).unwrap();
    let mut rng = rng(7, "whiteboard spans");
    let (encoder, decoder) = corruption.apply(&tokens, |k| first - k, end, &mut rng).unwrap();
    // Which spans were taken out: between two sentinels of what the decoder says.
    let spans: Vec<(usize, usize)> = decoder
        .split(|token| *token > 900)
        .skip(1)
        .map(|span| span.iter().copied().filter(|token| *token != end || span.len() > 1).collect::<Vec<_>>())
        .map(|span| (span[0], span.iter().take_while(|t| **t != end).last().unwrap() + 1))
        .collect();
    assert_eq!(objectives::corrupt_spans(&tokens, &spans, first, end), (encoder.clone(), decoder.clone()));
    let said = python(source("objectives"), "corrupt_spans(*args)", &json!([tokens, spans, first, end]));
    assert!(said.is_none_or(|said| said == json!([encoder, decoder])));
}
