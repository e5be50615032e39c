//! C4, C6, C8, C9, C10: the thresholds, against those that were published.

use concepts::emergence::{Threshold, WEI_2022};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::emergence::experiments::table::{LINE, below, called};

/// Rows of so many parameters.
fn of_size(rows: &[Threshold], size: f64) -> Vec<Threshold> {
    rows.iter().filter(|row| row.parameters == size).copied().collect()
}

/// Rows that mention a word.
fn about(rows: &[Threshold], word: &str) -> f64 {
    rows.iter().filter(|row| row.ability.contains(word)).count() as f64
}

/// C4: learning in context from about 10 billion on, GPT-3 13B
pub(crate) fn in_context(c: &mut Case) -> Checked {
    const THIRTEEN: f64 = 13e9;
    let rows = of_size(&WEI_2022, THIRTEEN);
    c.value("size", THIRTEEN);
    c.as_written(|t| {
        t.at_least("learning-row", about(&rows, "in-context learning"), 1.0).over(WEI_2022.len());
    });
    c.corrected(Qualified, &rows[..], |t, rows: &[Threshold]| {
        t.exactly("rows", rows.len() as f64, 1.0).over(WEI_2022.len());
        t.exactly("addition", about(rows, "3 digits"), 1.0);
        let next = called("4-5 digits").first().map_or(f64::NAN, |row| row.parameters);
        t.at_least("next", next / THIRTEEN, 10.0);
    })
    .control("other-size", &of_size(&WEI_2022, 70e9)[..]);
    Ok(())
}

/// C6: chain of thought from 100 billion on
pub(crate) fn chain_of_thought(c: &mut Case) -> Checked {
    const CLAIMED: f64 = 1e11;
    let rows = called("chain of thought");
    let (least, most) = (rows[0].parameters, rows[rows.len() - 1].parameters);
    c.value("rows", rows.len()).value("least", least).value("most", most);
    c.as_written(|t| {
        t.at_least("first", least, CLAIMED).over(rows.len());
    });
    let zero_shot = called("zero-shot");
    c.corrected(Qualified, &rows[..], |t, rows: &[Threshold]| {
        t.exactly("below", below(rows, CLAIMED) as f64, 3.0).over(rows.len());
        t.at_least("spread", rows[rows.len() - 1].parameters / rows[0].parameters, 2.0).over(rows.len());
    })
    .control("zero-shot-alone", &zero_shot[..]);
    Ok(())
}

/// C8: following instructions comes with size
pub(crate) fn instructions(c: &mut Case) -> Checked {
    /// Ouyang et al. 2022: the small model after fine-tuning, the large one before, of which labelers prefer the small.
    const INSTRUCT: f64 = 1.3e9;
    const GPT_3: f64 = 175e9;
    let row = called("instruction")[0];
    c.value("small", INSTRUCT).value("large", GPT_3).value("threshold", row.parameters);
    c.as_written(|t| {
        t.at_least("preferred", INSTRUCT, row.parameters);
    });
    c.corrected(Qualified, (row, INSTRUCT), |t, (row, preferred): (Threshold, f64)| {
        t.exactly("tuned", f64::from(u8::from(row.fine_tuned)), 1.0);
        t.at_least("smaller", GPT_3 / preferred, 100.0);
    })
    .control("the-large-one", (row, GPT_3))
    .control("not-tuned", (called("zero-shot")[0], INSTRUCT));
    Ok(())
}

/// C9: reasoning and planning from about 500 billion on
pub(crate) fn planning(c: &mut Case) -> Checked {
    const ABOUT: (f64, f64) = (300e9, 1e12);
    let about_that = |rows: &[Threshold]| -> Vec<Threshold> {
        rows.iter().filter(|row| (ABOUT.0..ABOUT.1).contains(&row.parameters)).copied().collect()
    };
    let reasons = |rows: &[Threshold]| about(rows, "chain of thought") + about(rows, "planning");
    let largest = called("chain of thought").last().map_or(f64::NAN, |row| row.parameters);
    c.value("low", ABOUT.0).value("high", ABOUT.1).value("largest", largest);
    c.as_written(|t| {
        t.at_least("reasoning", reasons(&about_that(&WEI_2022)), 1.0).over(WEI_2022.len());
    });
    // A table in which every threshold is three times as large.
    let grown: Vec<Threshold> =
        WEI_2022.iter().map(|row| Threshold { parameters: 3.0 * row.parameters, ..*row }).collect();
    c.corrected(Wrong, &WEI_2022[..], |t, rows: &[Threshold]| {
        let there = about_that(rows);
        t.exactly("rows", there.len() as f64, 1.0).over(rows.len());
        t.exactly("words", about(&there, "word in context"), 1.0);
        t.exactly("none", reasons(&there), 0.0);
    })
    .control("grown", &grown[..]);
    Ok(())
}

/// C10: hardly any emergence below 10 billion
pub(crate) fn below_ten_billion(c: &mut Case) -> Checked {
    let share = |rows: &[Threshold]| below(rows, LINE) as f64 / rows.len() as f64;
    let smallest = |rows: &[Threshold]| rows.iter().map(|row| row.parameters).fold(f64::INFINITY, f64::min);
    let found = below(&WEI_2022, LINE);
    c.value("found", found).value("rows", WEI_2022.len()).value("smallest", smallest(&WEI_2022));
    c.as_written(|t| {
        t.at_most("hardly-any", share(&WEI_2022), 0.05).over(WEI_2022.len());
    });
    let without: Vec<Threshold> = WEI_2022.iter().filter(|row| row.parameters > LINE).copied().collect();
    c.corrected(Qualified, &WEI_2022[..], |t, rows: &[Threshold]| {
        t.exactly("below", below(rows, LINE) as f64, 4.0).over(rows.len());
        t.at_most("smallest", smallest(rows), 1e8);
        t.at_least("most-above", 1.0 - share(rows), 0.75).over(rows.len());
    })
    .control("cut-off", &without[..]);
    Ok(())
}
