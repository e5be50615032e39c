//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`viterbi`] | the best path of tags |
//! | [`bayes`] | naive Bayes by counting |

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod bayes;
mod viterbi;

use concepts::classical::{Language, NaiveBayes, Units, Vocabulary, remarks, tagged, units};
use concepts::numerics::tolerance::ORACLE_F64;
use serde_json::json;

use super::LESSON;
use super::setup::tagger;
use crate::kit::whiteboard::python;

#[test]
fn the_best_path_is_the_librarys() {
    let tagger = tagger(Language::English, 0.1).unwrap();
    let model = tagger.model();
    let rows = |table: &ndarray::Array2<f64>| -> Vec<Vec<f64>> {
        table.rows().into_iter().map(|row| row.iter().map(|p| p.ln()).collect()).collect()
    };
    let (a, b) = (rows(model.transition()), rows(model.emission()));
    let s = vec![-(model.tags() as f64).ln(); model.tags()];
    let start = ndarray::Array1::from_elem(model.tags(), 1.0 / model.tags() as f64);
    let even =
        concepts::classical::HiddenMarkov::new(start, model.transition().clone(), model.emission().clone());
    for sentence in tagged(Language::English).iter().take(5) {
        let words = tagger.symbols(&sentence.words);
        let expected = even.clone().unwrap().viterbi(&words).unwrap().tags;
        assert_eq!(viterbi::viterbi(&s, &a, &b, &words), expected);
        let said = python(LESSON.whiteboard[0].python, "viterbi(*args)", &json!([s, a, b, words]));
        assert!(said.is_none_or(|said| said == json!(expected)));
    }
}

#[test]
fn the_scores_are_the_librarys() {
    let mut vocabulary = Vocabulary::default();
    let mut numbers = |text: &str| {
        let all = units(text, Units::Single);
        let bag = vocabulary.learn(&all);
        (bag.0.iter().flat_map(|&(unit, count)| vec![unit; count as usize]).collect::<Vec<_>>(), bag)
    };
    let (texts, bags): (Vec<_>, Vec<_>) =
        remarks(Language::English).iter().map(|remark| numbers(remark.text)).unzip();
    let labels: Vec<usize> = (0..texts.len()).map(|i| usize::from(i >= 60)).collect();
    let words = vocabulary.len();
    let model = NaiveBayes::fit(&bags, &labels, 2, words, 1.0).unwrap();
    for place in [0, 50, 100] {
        let expected = model.ln_joint(&bags[place]);
        let close =
            |a: &[f64]| a.iter().zip(&expected).all(|(a, b)| (a - b).abs() < ORACLE_F64) && a.len() == 2;
        assert!(close(&bayes::scores(&texts, &labels, 2, words, &texts[place])));
        let args = json!([texts, labels, 2, words, texts[place]]);
        let said = python(LESSON.whiteboard[1].python, "scores(*args)", &args);
        assert!(said.is_none_or(|said| close(&serde_json::from_value::<Vec<f64>>(said).unwrap())));
    }
}
