//! Filters, penalties and beams of HF transformers, see `tests/fixtures/decoding/make.py`.

use std::collections::BTreeMap;

use concepts::decoding::{BeamSearch, Candidates, Filter, LanguageModel, LengthPenalty, Penalty, Pipeline};
use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use serde_json::Value;

const FILTERS: &str = include_str!("../../fixtures/decoding/filters.json");
const PENALTIES: &str = include_str!("../../fixtures/decoding/penalties.json");
const BEAMS: &str = include_str!("../../fixtures/decoding/beams.json");

fn cases(text: &str) -> Vec<Value> {
    let root: Value = serde_json::from_str(text).expect("the fixture is JSON");
    let cases = root["cases"].as_array().expect("the fixture has cases").clone();
    assert!(!cases.is_empty());
    cases
}

/// A number; `null` is −∞.
fn number(value: &Value) -> f64 {
    if value.is_null() { f64::NEG_INFINITY } else { value.as_f64().expect("a number") }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

fn tokens(value: &Value) -> Vec<u32> {
    numbers(value).iter().map(|&token| token as u32).collect()
}

fn filter(step: &Value) -> Filter {
    let value = number(&step[1]);
    match step[0].as_str().expect("a name") {
        "temperature" => Filter::Temperature(value),
        "top_k" => Filter::TopK(value as usize),
        "top_p" => Filter::TopP(value),
        "min_p" => Filter::MinP(value),
        "typical" => Filter::Typical(value),
        "epsilon" => Filter::Epsilon(value),
        "eta" => Filter::Eta(value),
        other => panic!("no filter {other}"),
    }
}

#[test]
fn filters_leave_what_transformers_leaves() {
    for case in cases(FILTERS) {
        let steps = case["steps"].as_array().expect("steps").iter().map(filter).collect::<Vec<_>>();
        let logits = numbers(&case["logits"]);
        let ours = Pipeline::filters(steps.clone()).candidates(&logits, &[]).unwrap().dense(logits.len());
        for (id, (ours, theirs)) in ours.iter().zip(numbers(&case["probabilities"])).enumerate() {
            assert_eq!(*ours > 0.0, theirs > 0.0, "{steps:?}: token {id}");
            assert!((ours - theirs).abs() < ORACLE_F64, "{steps:?}: token {id}: {ours} not {theirs}");
        }
    }
}

#[test]
fn penalties_change_logits_as_those_of_transformers() {
    for case in cases(PENALTIES) {
        let value = number(&case["step"][1]);
        let penalty = match case["step"][0].as_str() {
            Some("repetition") => Penalty::Repetition(value),
            _ => Penalty::NoRepeatNGram(value as usize),
        };
        let mut logits = numbers(&case["logits"]);
        penalty.apply(&mut logits, &tokens(&case["history"])).unwrap();
        for (ours, theirs) in logits.iter().zip(numbers(&case["after"])) {
            let near = *ours == theirs || (ours - theirs).abs() < ORACLE_F64;
            assert!(near, "{penalty:?}: {ours} not {theirs}");
        }
    }
}

/// A model whose logits after each prefix are written down.
struct Table {
    vocab_size: usize,
    end: u32,
    logits: BTreeMap<Vec<u32>, Vec<f32>>,
}

impl Table {
    fn of(case: &Value) -> Self {
        let row = |row: &Value| {
            (tokens(&row[0]), numbers(&row[1]).iter().map(|&logit| logit as f32).collect::<Vec<f32>>())
        };
        Self {
            vocab_size: number(&case["vocabulary"]) as usize,
            end: number(&case["end"]) as u32,
            logits: case["logits"].as_array().expect("a table").iter().map(row).collect(),
        }
    }
}

impl LanguageModel for Table {
    type State = Vec<u32>;

    fn vocab_size(&self) -> usize {
        self.vocab_size
    }

    fn start(&self) -> Vec<u32> {
        Vec::new()
    }

    fn advance(&self, prefix: &mut Vec<u32>, token: u32) {
        prefix.push(token);
    }

    fn logits(&self, prefix: &Vec<u32>, logits: &mut [f32]) {
        logits.copy_from_slice(&self.logits[prefix]);
    }

    fn end(&self) -> Option<u32> {
        Some(self.end)
    }
}

#[test]
fn beams_find_what_the_beams_of_transformers_find() {
    let mut cut_off = 0;
    let mut ended = 0;
    for case in cases(BEAMS) {
        let model = Table::of(&case);
        for search in case["searches"].as_array().expect("searches") {
            let beams = number(&search["beams"]) as usize;
            let length = LengthPenalty::Power(number(&search["length_penalty"]));
            let max_tokens = number(&case["max_tokens"]) as usize;
            let ours = BeamSearch { beams, max_tokens, length, n_best: beams }.run(&model, &[]).unwrap();
            let theirs = search["texts"].as_array().expect("texts");
            assert_eq!(ours.hypotheses.len(), theirs.len());
            for (ours, theirs) in ours.hypotheses.iter().zip(theirs) {
                assert_eq!(ours.tokens, tokens(&theirs["tokens"]), "{beams} beams, {length:?}");
                let score = number(&theirs["score"]);
                assert!((ours.score - score).abs() < ORACLE_F32 * score.abs().max(1.0), "{ours:?} {score}");
                ended += usize::from(ours.ended);
                cut_off += usize::from(!ours.ended);
            }
        }
    }
    // Both ways to end are in the fixture.
    assert!(ended > 20 && cut_off > 20, "{ended} ended, {cut_off} cut off");
}

#[test]
fn top_k_differs_from_transformers_in_ties_only_and_on_purpose() {
    // HF keeps every token that ties with the k-th; here the lowest ids stay.
    let tied = Candidates::from_logits(&[1.0, 2.0, 1.0, 1.0]).unwrap();
    assert_eq!(concepts::decoding::top_k(&tied, 2).unwrap().ids(), [1, 0]);
}
