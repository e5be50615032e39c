//! C2 sizes, C4 understanding and writing.

use concepts::classical::{Language, Milestone, timeline};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::paradigms::data::built_in;
use crate::lessons::paradigms::experiments::sizes::{Sized, language_models, sizes};
use crate::lessons::paradigms::setup::{counted, tagger};
use crate::lessons::paradigms::steps::history::{BERT, before};

/// C2: 1M to 100M, 1B to 1000B
pub(crate) fn model_sizes(c: &mut Case) -> Checked {
    let tagger = tagger(Language::English, 0.1)?;
    let (vocabulary, _) = counted(&built_in(Language::English).texts, concepts::classical::Units::Single);
    let all =
        sizes((tagger.model().tags() as u64, tagger.model().symbols() as u64), (2, vocabulary.len() as u64))?;
    let classical: Vec<Sized> = all.into_iter().filter(|model| model.classical).collect();
    let large = language_models()?;
    let of = |id: &str| classical.iter().find(|model| model.id == id).map_or(0, |model| model.parameters);
    let outside = |of: &[u64], low: f64, high: f64| {
        of.iter().filter(|&&size| !(low..=high).contains(&(size as f64))).count() as f64
    };
    let numbers = |of: &[Sized]| of.iter().map(|model| model.parameters).collect::<Vec<_>>();
    let smallest = large.iter().copied().min().unwrap_or(0);
    c.value("models", classical.len()).value("large", large.len());
    c.value("crf", of("crf")).value("bert", of("bert-large") as f64).value("t5", of("t5-11b") as f64);
    c.value("smallest", smallest as f64);
    c.as_written(|t| {
        t.exactly("classical", outside(&numbers(&classical), 1e6, 1e8), 0.0).over(classical.len());
        t.exactly("prompted", outside(&large, 1e9, 1e12), 0.0).over(large.len());
    });
    let (tuned, before_bert): (Vec<Sized>, Vec<Sized>) =
        classical.iter().partition(|model| model.id.starts_with("t5") || model.id.starts_with("bert"));
    c.corrected(Qualified, classical.clone(), |t, classical| {
        let numbers = numbers(&classical);
        let most = numbers.iter().copied().max().unwrap_or(0);
        let least = numbers.iter().copied().min().unwrap_or(0);
        t.at_most("below", least as f64, 1e6).over(numbers.len());
        t.at_least("overlap", most as f64 / smallest as f64, 1.0).over(numbers.len());
    })
    .control("without-t5", before_bert)
    .control("only-tuned", tuned);
    Ok(())
}

/// C4: understanding, mainly encoders
pub(crate) fn understanding(c: &mut Case) -> Checked {
    let rows = before();
    let since: Vec<Milestone> = timeline().into_iter().filter(|row| row.year >= BERT).collect();
    let writing = |rows: &[Milestone]| rows.iter().filter(|row| row.writes).count() as f64;
    c.value("year", BERT.to_string()).value("rows", rows.len()).value("writing", writing(&rows) as usize);
    c.as_written(|t| {
        t.exactly("none-writes", writing(&rows), 0.0).over(rows.len());
    });
    c.corrected(Qualified, rows.clone(), |t, rows| {
        t.at_least("writes", writing(&rows), 1.0).over(rows.len());
        let encoders = rows.iter().filter(|row| row.transformer && !row.writes).count();
        t.exactly("encoders", encoders as f64, 0.0).over(rows.len());
    })
    .control("since", since)
    .control("understanding", rows.into_iter().filter(|row| !row.writes).collect());
    Ok(())
}
