//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`greedy_and_beam`] | greedy, and beam search with a length penalty |
//! | [`top_k`] | top-k with ids kept, and a draw |
//! | [`top_p`] | the nucleus |
//! | [`temperature`] | softmax at a temperature, min-p |
//! | [`speculative`] | the acceptance rule |

// The files are shown as they stand; whoever takes one along makes its functions public.
#![allow(unreachable_pub)]

mod greedy_and_beam;
mod speculative;
mod temperature;
mod top_k;
mod top_p;

use concepts::decoding::{self, BeamSearch, Candidates, Greedy, LanguageModel, LengthPenalty, generate};
use concepts::language_model::TreeModel;
use concepts::numerics::rng;
use concepts::numerics::softmax::softmax;
use concepts::numerics::tolerance::EXACT_F64;
use serde_json::{Value, json};

use super::experiments::distributions::random_softmax;
use super::experiments::trees;
use crate::kit::whiteboard::python;

const LOGITS: [f64; 6] = [1.5, -0.3, 2.5, 2.5, f64::NEG_INFINITY, 0.0];
const MOST: usize = 8;

fn all() -> Candidates {
    Candidates::from_logits(&LOGITS).unwrap()
}

/// Logits with the infinity as the text that JSON can carry.
fn logits() -> Value {
    LOGITS.iter().map(|z| if z.is_finite() { json!(z) } else { json!("-inf") }).collect()
}

fn close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < EXACT_F64), "{a:?} {b:?}");
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn top_k_keeps_ids_and_sums_to_one() {
    for k in 1..=7 {
        let expected = decoding::top_k(&all(), k).unwrap().dense(LOGITS.len());
        close(&top_k::top_k(&LOGITS, k), &expected);
        if let Some(q) = python(include_str!("top_k.py"), "top_k(*args)", &json!([logits(), k])) {
            close(&numbers(&q), &expected);
        }
    }
    let p = top_k::softmax(&[0.0, 0.0]);
    assert_eq!([0.0, 0.49, 0.5, 1.0].map(|u| top_k::sample(&p, u)), [0, 0, 1, 1]);
    let call = "[sample(softmax([0, 0]), u) for u in args]";
    let drawn = python(include_str!("top_k.py"), call, &json!([0.0, 0.49, 0.5, 1.0]));
    assert!(drawn.is_none_or(|drawn| drawn == json!([0, 0, 1, 1])));
}

#[test]
fn top_p_is_the_nucleus() {
    let p = all().dense(LOGITS.len());
    for mass in [0.0, 0.3, 0.6, 0.95, 1.0] {
        let expected = decoding::top_p(&all(), mass).unwrap().dense(LOGITS.len());
        close(&top_p::top_p(&p, mass), &expected);
        if let Some(q) = python(include_str!("top_p.py"), "top_p(*args)", &json!([p, mass])) {
            close(&numbers(&q), &expected);
        }
    }
}

#[test]
fn temperature_and_min_p_are_the_library_s() {
    for t in [0.0, 0.001, 0.7, 2.0] {
        let expected = decoding::temperature(&all(), t).unwrap().dense(LOGITS.len());
        close(&temperature::with_temperature(&LOGITS, t), &expected);
        let call = "with_temperature(*args)";
        if let Some(q) = python(include_str!("temperature.py"), call, &json!([logits(), t])) {
            close(&numbers(&q), &expected);
        }
    }
    let p = all().dense(LOGITS.len());
    for share in [0.0, 0.2, 1.0] {
        let expected = decoding::min_p(&all(), share).unwrap().dense(LOGITS.len());
        close(&temperature::min_p(&p, share), &expected);
        if let Some(q) = python(include_str!("temperature.py"), "min_p(*args)", &json!([p, share])) {
            close(&numbers(&q), &expected);
        }
    }
}

#[test]
fn accepted_and_redrawn_tokens_together_have_the_target_s_distribution() {
    let [p, q] = ["p", "q"].map(|name| random_softmax(6, 1.0, 7, &format!("whiteboard {name}")));
    let accepted: Vec<f64> = (0..6).map(|x| q[x] * speculative::acceptance(&p, &q, x)).collect();
    let rate: f64 = accepted.iter().sum();
    let residual = speculative::residual(&p, &q);
    let together: Vec<f64> = accepted.iter().zip(&residual).map(|(a, r)| a + (1.0 - rate) * r).collect();
    close(&together, &p);
    let [of_p, of_q] = [&p, &q].map(|p| Candidates::from_probabilities(p).unwrap());
    close(&[rate], &[decoding::acceptance_probability(&of_p, &of_q)]);
    if let Some(other) = python(include_str!("speculative.py"), "residual(*args)", &json!([p, q])) {
        close(&numbers(&other), &residual);
    }
}

#[test]
fn a_round_ends_at_the_first_token_that_is_rejected() {
    let (p, q) = (vec![vec![0.5, 0.5], vec![0.1, 0.9], vec![1.0, 0.0]], vec![vec![0.5, 0.5], vec![0.9, 0.1]]);
    for (draws, tokens) in [([0.9, 0.05, 0.3], vec![0, 0, 0]), ([0.9, 0.2, 0.3], vec![0, 1])] {
        let mut uniforms = draws.into_iter();
        assert_eq!(speculative::speculative_round(&p, &q, &[0, 0], || uniforms.next().unwrap()), tokens);
        let call = "speculative_round(*args[:3], lambda it=iter(args[3]): next(it))";
        let other = python(include_str!("speculative.py"), call, &json!([p, q, [0, 0], draws]));
        assert!(other.is_none_or(|other| other == json!(tokens)));
    }
}

/// `ln p` of every next token after a prefix.
fn log_probs(tree: &TreeModel, prefix: &[usize]) -> Vec<f64> {
    let mut state = tree.start();
    prefix.iter().for_each(|&token| tree.advance(&mut state, token as u32));
    let mut logits = vec![0.0f32; tree.vocab_size()];
    tree.logits(&state, &mut logits);
    let logits: Vec<f64> = logits.into_iter().map(f64::from).collect();
    softmax(ndarray::aview1(&logits)).iter().map(|p| p.ln()).collect()
}

/// All prefixes of a tree with their next tokens, as a table that JSON can carry.
fn table(tree: &TreeModel, prefix: &[usize], rows: &mut Vec<Value>) {
    let log_p = log_probs(tree, prefix);
    let shown: Vec<Value> =
        log_p.iter().map(|z| if z.is_finite() { json!(z) } else { json!("-inf") }).collect();
    rows.push(json!([prefix, shown]));
    let open = |&(token, log_p): &(usize, &f64)| log_p.is_finite() && Some(token as u32) != tree.end();
    for (token, _) in log_p.iter().enumerate().filter(open) {
        table(tree, &[prefix, &[token]].concat(), rows);
    }
}

#[test]
fn greedy_and_beam_search_find_what_the_library_finds() {
    let random = (0..3).filter_map(|i| trees::random(7, i));
    for tree in [TreeModel::greedy_trap(), TreeModel::beam_trap()].into_iter().chain(random) {
        let end = tree.end().unwrap() as usize;
        let mut rows = Vec::new();
        table(&tree, &[], &mut rows);
        let called = |function: &str, args: Value| {
            let look_up = "lambda text, rows=dict((tuple(k), v) for k, v in args[0]): rows[tuple(text)]";
            let call = format!("{function}({look_up}, *args[1])");
            python(include_str!("greedy_and_beam.py"), &call, &json!([rows, args]))
        };
        let model = |prefix: &[usize]| log_probs(&tree, prefix);
        let mut unused = rng(0, "greedy draws nothing");
        let expected = generate(&tree, &[], &mut Greedy, MOST, &mut unused).unwrap().tokens();
        let found = greedy_and_beam::greedy(model, end, MOST);
        assert!(expected.iter().map(|token| *token as usize).eq(found.iter().copied()));
        assert!(called("greedy", json!([end, MOST])).is_none_or(|other| other == json!(found)));
        for (beams, alpha) in [(1, 0.0), (2, 0.0), (4, 1.0), (8, 0.6)] {
            let length = LengthPenalty::Power(alpha);
            let search = BeamSearch { length, ..BeamSearch::new(beams, MOST) };
            let expected = search.run(&tree, &[]).unwrap().best().unwrap().tokens.clone();
            let found = greedy_and_beam::beam_search(model, end, beams, alpha, MOST);
            assert!(
                expected.iter().map(|token| *token as usize).eq(found.iter().copied()),
                "{beams} {alpha}"
            );
            let other = called("beam_search", json!([end, beams, alpha, MOST]));
            assert!(other.is_none_or(|other| other == json!(found)), "{beams} {alpha}");
        }
    }
}
