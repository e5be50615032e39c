//! Beam search over a language whose next token depends on the last one alone.

use concepts::decoding::{BeamSearch, LanguageModel, LengthPenalty};
use concepts::numerics::rng;
use ndarray::Array2;
use serde_json::json;

use super::{WORDS, draw};
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "beam-search",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("first", Form::Numbers, "V"),
        Field::new("follows", Form::Matrix, "V × V"),
        Field::new("end", Form::Whole, ""),
        Field::new("beams", Form::Whole, ""),
        Field::new("most", Form::Whole, ""),
        Field::new("alpha", Form::Number, ""),
    ],
    gives: &[Field::new("tokens", Form::Wholes, "L"), Field::new("score", Form::Number, "")],
    solve,
    right,
    flaws: &[
        Flaw::of("no-penalty", "C10"),
        Flaw::of("per-beam", "C6"),
        Flaw::new("first-finished"),
        Flaw::new("finished-stay"),
        Flaw::of("end-not-counted", "C10"),
        Flaw::of("sums-probs", "C6"),
        Flaw::of("alpha-ignored", "C10"),
        Flaw::new("unfinished-lost"),
    ],
    cases,
    twin: Twin::Whiteboard("greedy_and_beam"),
    follow_ups: ["greedy", "top-p"],
};

/// A language in which the next token depends on the last one.
struct Markov {
    first: Vec<f64>,
    next: Array2<f64>,
    end: usize,
}

impl LanguageModel for Markov {
    type State = Option<usize>;

    fn vocab_size(&self) -> usize {
        self.first.len()
    }

    fn start(&self) -> Option<usize> {
        None
    }

    fn advance(&self, last: &mut Option<usize>, token: u32) {
        *last = Some(token as usize);
    }

    fn logits(&self, last: &Option<usize>, logits: &mut [f32]) {
        for (token, logit) in logits.iter_mut().enumerate() {
            *logit = self.prob(*last, token).ln() as f32;
        }
    }

    fn end(&self) -> Option<u32> {
        Some(self.end as u32)
    }
}

impl Markov {
    fn of(given: &Given) -> Markov {
        Markov { first: given.numbers("first"), next: given.matrix("follows"), end: given.whole("end") }
    }

    fn prob(&self, last: Option<usize>, token: usize) -> f64 {
        last.map_or(self.first[token], |last| self.next[[last, token]])
    }
}

fn answer(tokens: Value, score: f64) -> Value {
    value::named([("tokens", tokens), ("score", value::number(score))])
}

fn right(given: &Given) -> Value {
    let mut search = BeamSearch::new(given.whole("beams"), given.whole("most"));
    search.length = LengthPenalty::Power(given.number("alpha"));
    let found = search.run(&Markov::of(given), &[]).expect("the cases fit");
    let best = found.best().expect("a text at the largest length at the latest");
    answer(json!(best.tokens), best.score)
}

/// A text, and the sum of the logarithms of its probabilities.
#[derive(Clone)]
struct Text {
    tokens: Vec<usize>,
    log_prob: f64,
    finished: bool,
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (model, beams, most) = (Markov::of(given), given.whole("beams"), given.whole("most"));
    let mut live = vec![Text { tokens: Vec::new(), log_prob: 0.0, finished: false }];
    let mut finished: Vec<Text> = Vec::new();
    for length in 1..=most {
        let all = continuations(&model, &live, beams, flaws);
        if flaws.has("finished-stay") {
            live = all.into_iter().take(beams).collect();
            continue;
        }
        live.clear();
        for (rank, text) in all.into_iter().take(2 * beams).enumerate() {
            let cut_off = length == most && !flaws.has("unfinished-lost");
            if text.finished || cut_off {
                finished.extend((rank < beams).then_some(text));
            } else if live.len() < beams {
                live.push(text);
            }
        }
        if flaws.has("first-finished") && !finished.is_empty() {
            break;
        }
    }
    if flaws.has("finished-stay") {
        finished = live;
    }
    let score = |text: &Text| score(text, given.number("alpha"), flaws);
    let by = |text: &Text| if flaws.has("no-penalty") { text.log_prob } else { score(text) };
    let best = finished.iter().reduce(|best, text| if by(text) > by(best) { text } else { best });
    let mut out = best
        .map_or_else(|| answer(json!([]), f64::NEG_INFINITY), |best| answer(json!(best.tokens), score(best)));
    if flaws.has("no-penalty") && !finished.is_empty() && given.number("alpha") != 0.0 {
        // Who forgets the penalty may do so in the score, too.
        out["score"] = json!(value::ANY_NUMBER);
    }
    let by_zero = |text: &Text| text.finished && text.tokens.len() == 1 && given.number("alpha") != 0.0;
    let refused = flaws.has("end-not-counted") && finished.iter().any(by_zero);
    let found: Vec<&Vec<usize>> = finished.iter().map(|text| &text.tokens).collect();
    Solution::new(out).step("finished", json!(found)).refused(refused)
}

/// All continuations of all texts, the best first.
fn continuations(model: &Markov, live: &[Text], beams: usize, flaws: &Flaws) -> Vec<Text> {
    let mut all = Vec::new();
    for text in live {
        if text.finished {
            all.push(text.clone());
            continue;
        }
        let mut own: Vec<Text> = (0..model.vocab_size())
            .map(|token| (token, model.prob(text.tokens.last().copied(), token)))
            .filter(|(_, p)| *p > 0.0)
            .map(|(token, p)| Text {
                tokens: text.tokens.iter().copied().chain([token]).collect(),
                log_prob: text.log_prob + if flaws.has("sums-probs") { p } else { p.ln() },
                finished: token == model.end,
            })
            .collect();
        own.sort_by(|a, b| b.log_prob.total_cmp(&a.log_prob));
        // One continuation of each; at the start, where there is one text, as many as there are beams.
        let share = if live.len() == 1 { beams } else { 1 };
        all.extend(own.into_iter().take(if flaws.has("per-beam") { share } else { usize::MAX }));
    }
    all.sort_by(|a, b| b.log_prob.total_cmp(&a.log_prob));
    all
}

fn score(text: &Text, alpha: f64, flaws: &Flaws) -> f64 {
    let uncounted = usize::from(flaws.has("end-not-counted") && text.finished);
    let length = (text.tokens.len() - uncounted) as f64;
    text.log_prob / length.powf(if flaws.has("alpha-ignored") { 1.0 } else { alpha })
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise beam search");
    // 0 ends the text. B, then a sure continuation, is better than A.
    let trap = |beams: usize, most: usize, alpha: f64| {
        json!({
            "first": [0.0, 0.5, 0.4, 0.1],
            "follows": [[1.0, 0.0, 0.0, 0.0], [0.4, 0.2, 0.1, 0.3], [0.05, 0.05, 0.0, 0.9], [0.8, 0.1, 0.1, 0.0]],
            "end": 0, "beams": beams, "most": most, "alpha": alpha,
        })
    };
    let mut drawn = |v: usize, beams: usize, most: usize, alpha: f64, shut: f64| {
        // The end is made less likely, so that texts of several lengths compete.
        let mut row = |least: f64| -> Vec<f64> {
            let mut p = draw::probs(v, 1.5, &mut rng);
            p[v - 1] = least;
            let sum: f64 = p.iter().sum();
            p.into_iter().map(|p| p / sum).collect()
        };
        let first = row(0.02);
        let next: Vec<Vec<f64>> = (0..v).map(|_| row(shut)).collect();
        json!({ "first": first, "follows": next, "end": v - 1, "beams": beams, "most": most, "alpha": alpha })
    };
    vec![
        Case::hand(trap(2, 3, 0.0)),
        Case::hand(trap(2, 4, 1.0)),
        Case::drawn(drawn(4, 2, 4, 0.0, 0.4)),
        Case::drawn(drawn(5, 3, 5, 1.0, 0.3)),
        Case::drawn(drawn(5, 3, 5, 0.6, 0.5)),
        Case::drawn(drawn(6, 4, 6, 2.0, 0.4)),
        Case::edge("length-decides", length_decides()),
        Case::edge("one-beam", drawn(4, 1, 4, 0.7, 0.4)),
        Case::edge("one-step", drawn(4, 2, 1, 1.0, 0.4)),
        Case::edge("never-ends", drawn(4, 2, 4, 1.0, 0.0)),
        Case::edge("many-beams", drawn(3, 30, 3, 0.6, 0.4)),
    ]
}

/// The best text is long, and every shortcut ends earlier.
fn length_decides() -> Value {
    json!({
        "first": [0.25, 0.35, 0.4],
        "follows": [[1.0, 0.0, 0.0], [0.1, 0.3, 0.6], [0.45, 0.25, 0.3]],
        "end": 0, "beams": 2, "most": 4, "alpha": 2.0,
    })
}
