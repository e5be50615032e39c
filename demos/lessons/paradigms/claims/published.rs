//! C2 sizes, C4 understanding and writing.

use concepts::classical::{Milestone, timeline};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::paradigms::experiments::sizes::{COUNTED, Sized, for_each_task, language_models};
use crate::lessons::paradigms::steps::history::{BERT, before};

/// C2: 1M to 100M, 1B to 1000B
pub(crate) fn model_sizes(c: &mut Case) -> Checked {
    let classical = for_each_task()?;
    let large = language_models()?;
    let of = |id: &str| classical.iter().find(|model| model.id == id).map_or(0, |model| model.parameters);
    let outside = |of: &[u64], low: f64, high: f64| {
        of.iter().filter(|&&size| !(low..=high).contains(&(size as f64))).count() as f64
    };
    let numbers = |of: &[Sized]| of.iter().map(|model| model.parameters).collect::<Vec<_>>();
    let smallest = large.iter().copied().min().unwrap_or(0);
    c.value("models", classical.len()).value("large", large.len());
    c.value("bert", of("bert-large") as f64).value("t5", of("t5-11b") as f64);
    c.value("tags", COUNTED.0).value("words", COUNTED.1).value("counted", of("counted") as f64);
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
    let encoders = |rows: &[Milestone]| {
        rows.iter().filter(|row| row.transformer && !row.writes).count() as f64 // transformers that only read
    };
    let (n, reading) = (rows.len(), rows.len() - writing(&rows) as usize);
    c.value("year", BERT.to_string())
        .value("rows", n)
        .value("writing", n - reading)
        .value("reading", reading);
    c.as_written(|t| {
        // Mainly: more than half of them.
        t.at_least("reads-only", reading as f64 / n as f64, 0.5).over(n);
        t.at_least("mainly-encoders", encoders(&rows) / n as f64, 0.5).over(n);
    });
    c.corrected(Qualified, rows.clone(), |t, rows| {
        t.at_least("writes", writing(&rows), 1.0).over(rows.len());
        t.exactly("encoders", encoders(&rows), 0.0).over(rows.len());
    })
    .control("since", since)
    .control("understanding", rows.into_iter().filter(|row| !row.writes).collect());
    Ok(())
}
