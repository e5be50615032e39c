//! A classifier that counts words.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::LN_2;

use concepts::classical::{Bag, NaiveBayes};
use concepts::numerics::rng;
use concepts::numerics::softmax::log_softmax;
use rand::Rng;
use serde_json::json;

use super::WORDS;
use crate::kit::exercise::value::{self, Value};
use crate::kit::exercise::{Case, Exercise, Field, Flaw, Flaws, Form, Given, Solution, Twin};

/// The exercise.
pub(super) static EXERCISE: Exercise = Exercise {
    name: "naive-bayes",
    words: &WORDS,
    section: "3",
    takes: &[
        Field::new("texts", Form::Texts, "N"),
        Field::new("labels", Form::Wholes, "N"),
        Field::new("classes", Form::Whole, ""),
        Field::new("smoothing", Form::Number, ""),
        Field::new("new", Form::Text, ""),
    ],
    gives: &[Field::new("scores", Form::Numbers, "C")],
    solve,
    right,
    flaws: &[
        Flaw::new("no-prior"),
        Flaw::new("prior-by-words"),
        Flaw::new("prior-smoothed"),
        Flaw::new("unsmoothed"),
        Flaw::new("smoothed-above-only"),
        Flaw::new("lambda-once-below"),
        Flaw::new("words-of-the-class"),
        Flaw::new("one-for-lambda"),
        Flaw::new("unknown-counted"),
        Flaw::new("each-word-once"),
        Flaw::new("new-word-once"),
        Flaw::new("lower-case"),
        Flaw::new("each-blank"),
        Flaw::new("empty-skipped"),
        Flaw::new("one-word-more"),
        Flaw::new("out-of-all-words"),
        Flaw::new("class-of-word"),
        Flaw::new("not-in-logs"),
        Flaw::new("normalised"),
        Flaw::new("log-two"),
    ],
    cases,
    twin: Twin::Whiteboard("bayes"),
    follow_ups: ["viterbi", "cross-entropy"],
};

/// The words of a text.
fn split(text: &str, flaws: &Flaws) -> Vec<String> {
    let text = if flaws.has("lower-case") { text.to_lowercase() } else { text.to_string() };
    if flaws.has("each-blank") {
        text.split(' ').map(String::from).collect()
    } else {
        text.split_whitespace().map(String::from).collect()
    }
}

/// The words of the texts, each by its number: that of its first appearance in the texts learned from.
fn numbered(given: &Given, flaws: &Flaws) -> (Vec<Vec<usize>>, Vec<Option<usize>>, usize) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts = Vec::new();
    for text in given.texts("texts") {
        let numbers = split(&text, flaws).into_iter().map(|word| {
            let next = known.len();
            *known.entry(word).or_insert(next)
        });
        texts.push(numbers.collect());
    }
    let new = split(given.text("new"), flaws).iter().map(|word| known.get(word).copied()).collect();
    (texts, new, known.len())
}

fn right(given: &Given) -> Value {
    let (texts, new, width) = numbered(given, &Flaws::NONE);
    let bag = |words: &[usize]| {
        let mut counts: BTreeMap<usize, f64> = BTreeMap::new();
        words.iter().for_each(|&word| *counts.entry(word).or_default() += 1.0);
        Bag(counts.into_iter().collect())
    };
    let bags: Vec<Bag> = texts.iter().map(|text| bag(text)).collect();
    let (labels, classes) = (given.wholes("labels"), given.whole("classes"));
    let model = NaiveBayes::fit(&bags, &labels, classes, width, given.number("smoothing"));
    let seen: Vec<usize> = new.into_iter().flatten().collect();
    value::numbers(model.expect("the cases fit").ln_joint(&bag(&seen)))
}

/// What was counted: texts, and words, of each class.
struct Counted {
    texts: Vec<f64>,
    /// `C × V`
    words: Vec<Vec<f64>>,
    width: usize,
}

impl Counted {
    fn new(
        texts: &[Vec<usize>],
        labels: &[usize],
        (classes, width): (usize, usize),
        flaws: &Flaws,
    ) -> Counted {
        let mut counted =
            Counted { texts: vec![0.0; classes], words: vec![vec![0.0; width]; classes], width };
        for (text, &label) in texts.iter().zip(labels) {
            counted.texts[label] += f64::from(!(flaws.has("empty-skipped") && text.is_empty()));
            for (i, &word) in text.iter().enumerate() {
                if !(flaws.has("each-word-once") && text[..i].contains(&word)) {
                    counted.words[label][word] += 1.0;
                }
            }
        }
        counted
    }

    fn of_class(&self, class: usize) -> f64 {
        self.words[class].iter().sum()
    }

    fn all_words(&self) -> f64 {
        (0..self.words.len()).map(|class| self.of_class(class)).sum()
    }

    fn prior(&self, class: usize, lambda: f64, flaws: &Flaws) -> f64 {
        let (texts, classes) = (self.texts.iter().sum::<f64>(), self.texts.len() as f64);
        if flaws.has("no-prior") {
            1.0
        } else if flaws.has("prior-by-words") {
            self.of_class(class) / self.all_words()
        } else if flaws.has("prior-smoothed") {
            (self.texts[class] + lambda) / (texts + classes * lambda)
        } else {
            self.texts[class] / texts
        }
    }

    /// P(word | class); nothing for the word: one that was never seen.
    fn likelihood(&self, word: Option<usize>, class: usize, lambda: f64, flaws: &Flaws) -> f64 {
        let of = |class: usize| word.map_or(0.0, |word| self.words[class][word]);
        let width = if flaws.has("words-of-the-class") {
            self.words[class].iter().filter(|count| **count > 0.0).count() as f64
        } else {
            self.width as f64
        };
        let (below, all) = if flaws.has("class-of-word") {
            let classes = self.words.len();
            ((0..classes).map(of).sum(), classes as f64)
        } else if flaws.has("out-of-all-words") {
            (self.all_words(), width)
        } else {
            (self.of_class(class), width)
        };
        let more = if flaws.has("smoothed-above-only") {
            0.0
        } else if flaws.has("lambda-once-below") {
            lambda
        } else {
            all * lambda
        };
        (of(class) + lambda) / (below + more)
    }
}

fn solve(given: &Given, flaws: &Flaws) -> Solution {
    let (texts, mut new, width) = numbered(given, flaws);
    let width = width + usize::from(flaws.has("one-word-more"));
    let lambda = if flaws.has("unsmoothed") {
        0.0
    } else if flaws.has("one-for-lambda") {
        1.0
    } else {
        given.number("smoothing")
    };
    if !flaws.has("unknown-counted") {
        new.retain(Option::is_some);
    }
    if flaws.has("each-word-once") || flaws.has("new-word-once") {
        let mut once = BTreeSet::new();
        new.retain(|word| once.insert(*word));
    }
    let classes = given.whole("classes");
    let counted = Counted::new(&texts, &given.wholes("labels"), (classes, width), flaws);
    let priors: Vec<f64> = (0..classes).map(|class| counted.prior(class, lambda, flaws)).collect();
    let scores: Vec<f64> = (0..classes)
        .map(|class| {
            let each = new.iter().map(|&word| counted.likelihood(word, class, lambda, flaws));
            if flaws.has("not-in-logs") {
                (priors[class] * each.product::<f64>()).ln()
            } else {
                priors[class].ln() + each.map(f64::ln).sum::<f64>()
            }
        })
        .collect();
    let scores = if flaws.has("normalised") {
        log_softmax(scores.as_slice().into()).to_vec()
    } else if flaws.has("log-two") {
        scores.iter().map(|score| score / LN_2).collect()
    } else {
        scores
    };
    Solution::new(value::numbers(scores)).step("priors", value::numbers(priors))
}

fn cases(seed: u64) -> Vec<Case> {
    let of = |texts: &[&str], labels: &[usize], smoothing: f64, new: &str| {
        let classes = labels.iter().max().map_or(1, |last| last + 1);
        json!({ "texts": texts, "labels": labels, "classes": classes, "smoothing": smoothing, "new": new })
    };
    let films = ["good film", "good good plot", "dull film"];
    let mails = ["win money now", "meet now", "money money", "lunch at noon", "meet at noon"];
    let mut rng = rng(seed, "exercise naive bayes");
    let mut drawn = |texts: usize, classes: usize, smoothing: f64| {
        let vocabulary = ["a", "few", "words", "that", "stand", "for", "others"];
        let mut text = |length: usize| {
            let words = (0..length).map(|_| vocabulary[rng.random_range(0..vocabulary.len())]);
            words.collect::<Vec<_>>().join(" ")
        };
        let all: Vec<String> = (0..texts).map(|i| text(2 + i % 4)).collect();
        let labels: Vec<usize> = (0..texts).map(|i| (2 * i + i / 3) % classes).collect();
        let new = format!("{} few words words", text(3));
        json!({ "texts": all, "labels": labels, "classes": classes, "smoothing": smoothing, "new": new })
    };
    vec![
        Case::hand(of(&films, &[0, 0, 1], 1.0, "good plot")),
        Case::hand(of(&mails, &[0, 1, 0, 1, 1], 0.5, "money at noon")),
        Case::drawn(drawn(5, 2, 1.0)),
        Case::drawn(drawn(8, 3, 0.1)),
        Case::drawn(drawn(12, 3, 2.0)),
        Case::edge("unknown-word", of(&films, &[0, 0, 1], 0.5, "a good bad film")),
        Case::edge("empty-text", of(&films, &[0, 0, 1], 1.0, "")),
        Case::edge(
            "nothing-to-learn",
            of(&["good film", "", "dull film", "dull"], &[0, 0, 1, 1], 1.0, "dull film"),
        ),
        Case::edge("letter-case", of(&["Win money", "win at noon", "Noon"], &[0, 1, 1], 1.0, "win Noon win")),
        Case::edge(
            "blanks",
            of(&["good  film", "good plot ", "  dull"], &[0, 0, 1], 0.5, "good   dull film"),
        ),
        Case::edge("four-bytes", of(&["好 电影", "好 好 😀", "差 电影"], &[0, 0, 1], 1.0, "好 😀 😀")),
        Case::edge("long-text", of(&mails, &[0, 1, 0, 1, 1], 1.0, &"meet at noon money ".repeat(150))),
    ]
}
