//! Learning merges from counted words.

use concepts::numerics::rng;
use concepts::tokenizer::bpe::{BpeOptions, TieRule, train_readable};
use rand::Rng;
use serde_json::json;

use super::{WORDS, characters, merge};
use crate::kit::exercise::value::Value;
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "bpe-train",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("words", Form::Texts, "n"),
        Field::new("counts", Form::Wholes, "n"),
        Field::new("steps", Form::Whole, ""),
    ],
    gives: &[Field::new("merges", Form::Texts, "≤ steps")],
    solve,
    right,
    flaws: &[
        Flaw::of("counts-ignored", "C6"),
        Flaw::of("tie-smallest", "C8"),
        Flaw::of("tie-last", "C8"),
        Flaw::of("across-words", "C6"),
        Flaw::new("overlap-once"),
        Flaw::new("first-place-only"),
        Flaw::new("plain-replace"),
        Flaw::of("counted-once", "C6"),
        Flaw::of("stops-at-one", "C6"),
    ],
    cases,
    twin: Twin::Whiteboard("bpe_train"),
    follow_ups: ["bpe-encode", "wordpiece"],
};

fn right(given: &Given) -> Value {
    let counts = given.wholes("counts");
    let words: Vec<(String, u64)> =
        given.texts("words").into_iter().zip(counts.into_iter().map(|count| count as u64)).collect();
    let options = BpeOptions { merges: given.whole("steps"), tie: TieRule::First, ..BpeOptions::default() };
    let (steps, _) = train_readable(&words, &options).expect("the cases fit");
    steps.iter().map(|step| json!(format!("{} {}", step.merged.0, step.merged.1))).collect()
}

type Pair = (String, String);

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let mut counts: Vec<usize> = given.wholes("counts");
    let mut cut: Vec<Vec<String>> = given.texts("words").iter().map(|word| characters(word)).collect();
    if flaws.has("across-words") {
        // One long text, in which every word stands as often as it was counted.
        let text = cut.iter().zip(&counts).flat_map(|(word, &count)| vec![word.concat(); count]);
        cut = vec![characters(&text.collect::<String>())];
        counts = vec![1];
    }
    let at_first = pairs(&cut, &counts, flaws);
    let (mut merges, mut known) = (Vec::new(), at_first.clone());
    for _ in 0..given.whole("steps") {
        if !flaws.has("counted-once") {
            known = pairs(&cut, &counts, flaws);
        }
        let Some((pair, count)) = best(&known, flaws) else { break };
        if count < 2 && flaws.has("stops-at-one") {
            break;
        }
        known.retain(|(other, _)| *other != pair);
        cut = cut.iter().map(|word| merge(word, &pair, flaws)).collect();
        merges.push(format!("{} {}", pair.0, pair.1));
    }
    let most: Vec<usize> = at_first.iter().map(|(_, count)| *count).collect();
    Solution::new(json!(merges)).step("first_counts", json!(most))
}

/// The pairs in order of first appearance, with their counts.
fn pairs(cut: &[Vec<String>], counts: &[usize], flaws: &Flaws) -> Vec<(Pair, usize)> {
    let mut pairs: Vec<(Pair, usize)> = Vec::new();
    for (word, &count) in cut.iter().zip(counts) {
        let count = if flaws.has("counts-ignored") { 1 } else { count };
        let mut last: Option<usize> = None;
        for i in 0..word.len().saturating_sub(1) {
            let pair = (word[i].clone(), word[i + 1].clone());
            let overlaps = last.is_some_and(|j| j + 1 == i && (&word[j], &word[i]) == (&pair.0, &pair.1));
            if overlaps && flaws.has("overlap-once") {
                continue;
            }
            last = Some(i);
            match pairs.iter_mut().find(|(known, _)| *known == pair) {
                Some((_, sum)) => *sum += count,
                None => pairs.push((pair, count)),
            }
        }
    }
    pairs
}

fn best(pairs: &[(Pair, usize)], flaws: &Flaws) -> Option<(Pair, usize)> {
    let most = pairs.iter().map(|(_, count)| *count).max()?;
    let mut tied = pairs.iter().filter(|(_, count)| *count == most);
    let chosen = if flaws.has("tie-smallest") {
        tied.min()
    } else if flaws.has("tie-last") {
        tied.next_back()
    } else {
        tied.next()
    };
    chosen.cloned()
}

fn cases(seed: u64) -> Vec<Case> {
    let mut rng = rng(seed, "exercise bpe-train");
    let of = |words: &[&str], counts: &[usize], steps: usize| json!({ "words": words, "counts": counts, "steps": steps });
    let mut drawn = |letters: &str, n: usize, longest: usize, steps: usize| {
        let letters: Vec<char> = letters.chars().collect();
        let mut words: Vec<String> = Vec::new();
        while words.len() < n {
            let length = rng.random_range(2..=longest);
            let word: String = (0..length).map(|_| letters[rng.random_range(0..letters.len())]).collect();
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let counts: Vec<usize> = (0..n).map(|_| rng.random_range(1..5)).collect();
        json!({ "words": words, "counts": counts, "steps": steps })
    };
    vec![
        Case::hand(of(&["low", "lower", "newest"], &[3, 2, 4], 2)),
        Case::hand(of(&["hug", "pug", "pun", "bun", "hugs"], &[10, 5, 12, 4, 5], 3)),
        Case::drawn(drawn("abcd", 6, 6, 5)),
        Case::drawn(drawn("est", 8, 7, 6)),
        Case::drawn(drawn("xyzwv", 10, 5, 8)),
        Case::edge("ties", of(&["ba", "dc", "ab"], &[1, 1, 1], 3)),
        Case::edge("same-letters", of(&["aaaa", "bcb"], &[2, 5], 3)),
        Case::edge("inside-symbol", of(&["aba", "cab", "cababb"], &[1, 3, 1], 4)),
        Case::edge("four-bytes", of(&["😀😀", "😀𝒳", "𝒳好"], &[3, 4, 1], 3)),
        Case::edge("empty-text", of(&["", "a", "ab"], &[4, 9, 1], 3)),
    ]
}
