//! The buckets of relative distances in T5.

use concepts::numerics::rng;
use concepts::position::t5_bucket;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "t5-buckets",
    words: &WORDS,
    section: "6",
    takes: &[
        Field::new("query", Form::Wholes, "n"),
        Field::new("key", Form::Wholes, "n"),
        Field::new("bidirectional", Form::Truth, ""),
        Field::new("buckets", Form::Whole, ""),
        Field::new("max_distance", Form::Whole, ""),
    ],
    gives: &[Field::new("bucket", Form::Wholes, "n")],
    solve,
    right,
    flaws: &[
        Flaw::new("sign"),
        Flaw::new("no-upper-half"),
        Flaw::new("not-halved"),
        Flaw::new("no-cap"),
        Flaw::new("rounded"),
        Flaw::new("exact-by-all"),
        Flaw::new("logarithm-unscaled"),
        Flaw::new("exact-not-added"),
        Flaw::new("future-as-past"),
    ],
    cases,
    twin: Twin::Whiteboard("t5_buckets"),
    follow_ups: ["alibi-bias", "sinusoidal-table"],
};

fn relative(given: &Given) -> Vec<i64> {
    let (query, key) = (given.wholes("query"), given.wholes("key"));
    query.iter().zip(&key).map(|(query, key)| *key as i64 - *query as i64).collect()
}

fn right(given: &Given) -> Value {
    let (buckets, farthest) = (given.whole("buckets"), given.whole("max_distance"));
    let of = |relative| t5_bucket(relative, given.truth("bidirectional"), buckets, farthest);
    let found: Vec<usize> = relative(given).into_iter().map(|r| of(r).expect("the cases fit")).collect();
    json!(found)
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let both = given.truth("bidirectional");
    let (buckets, farthest) = (given.whole("buckets"), given.whole("max_distance"));
    let each = if both && !flaws.has("not-halved") { buckets / 2 } else { buckets };
    let of = |relative: i64| {
        let relative = if flaws.has("sign") { -relative } else { relative };
        let start = if both && relative > 0 && !flaws.has("no-upper-half") { buckets / 2 } else { 0 };
        let distance = if both || flaws.has("future-as-past") { relative.abs() } else { (-relative).max(0) };
        start + of_distance(distance as usize, each, farthest, flaws)
    };
    let found: Vec<usize> = relative(given).into_iter().map(of).collect();
    Solution::new(json!(found))
}

fn of_distance(distance: usize, each: usize, farthest: usize, flaws: &Flaws) -> usize {
    let exact = if flaws.has("exact-by-all") { (each / 4).max(1) } else { each / 2 };
    if distance < exact {
        return distance;
    }
    let (r, e) = (distance as f64, exact as f64);
    let share = if flaws.has("logarithm-unscaled") {
        r.ln() / (farthest as f64).ln()
    } else {
        (r / e).ln() / (farthest as f64 / e).ln()
    };
    let beyond = share * (each - exact) as f64;
    let beyond = if flaws.has("rounded") { beyond.round() } else { beyond.trunc() } as usize;
    let bucket = if flaws.has("exact-not-added") { beyond } else { exact + beyond };
    if flaws.has("no-cap") { bucket } else { bucket.min(each - 1) }
}

/// No distance near the end of a bucket: there the rounding of a logarithm would decide.
fn is_clear(distance: usize, each: usize, farthest: usize) -> bool {
    let exact = (each / 2) as f64;
    let beyond = (distance as f64 / exact).ln() / (farthest as f64 / exact).ln() * (each as f64 - exact);
    distance < each / 2 || (beyond - beyond.round()).abs() > 1e-3
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |query: Vec<usize>, key: Vec<usize>, bidirectional: bool, buckets: usize, farthest: usize| {
        json!({
            "query": query, "key": key, "bidirectional": bidirectional, "buckets": buckets, "max_distance": farthest,
        })
    };
    let mut rng = rng(seed, "exercise t5 buckets");
    let mut drawn = |n: usize, span: usize, bidirectional: bool, buckets: usize, farthest: usize| {
        let each = if bidirectional { buckets / 2 } else { buckets };
        let (mut query, mut key) = (Vec::new(), Vec::new());
        while query.len() < n {
            let [q, k]: [usize; 2] = [(); 2].map(|()| rng.random_range(0..span));
            if is_clear(q.abs_diff(k), each, farthest) {
                query.push(q);
                key.push(k);
            }
        }
        of(query, key, bidirectional, buckets, farthest)
    };
    vec![
        Case::hand(of(vec![5, 5, 5], vec![5, 3, 6], true, 32, 128)),
        Case::hand(of(vec![9, 9, 9], vec![9, 4, 12], false, 32, 128)),
        Case::drawn(drawn(8, 60, true, 32, 128)),
        Case::drawn(drawn(8, 100, false, 32, 128)),
        Case::drawn(drawn(10, 40, true, 8, 20)),
        Case::drawn(drawn(12, 300, false, 16, 100)),
        Case::edge("far-apart", of(vec![1000, 0, 500], vec![0, 1000, 7], true, 32, 128)),
        Case::edge("far-apart", of(vec![1000, 0], vec![0, 1000], false, 32, 128)),
        Case::edge("same-place", of(vec![0, 7], vec![0, 7], true, 32, 128)),
    ]
}
