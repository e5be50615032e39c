//! C1, C2: what emergence is. C5: the example of few-shot learning.

use concepts::emergence::{Metric, Test, Threshold, WEI_2022, reads_zero};

use super::{ALIKE, ITEMS, TOKENS, law};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::emergence::experiments::prompt::{BARE, FRUIT, Prompt, TOLD};

/// C1: absent in small models, present in large ones
pub(crate) fn absent_then_present(c: &mut Case) -> Checked {
    const SMALL: f64 = 1e8;
    const LARGE: f64 = 1e12;
    let law = law()?;
    let test = Test::new(TOKENS, 4, 0.25, ALIKE)?;
    c.value("small", SMALL).value("large", LARGE).value("items", ITEMS).value("tokens", TOKENS);
    // The probability that the test reads zero; for a score that never is zero, none.
    let exact = |size: f64| reads_zero(test.expected(Metric::ExactMatch, &law, size), ITEMS);
    let token = |size: f64| reads_zero(law.token_accuracy(size), ITEMS);
    c.holds([exact(SMALL), exact(LARGE)], |t, [small, large]| {
        t.at_least("absent", small, 0.95);
        t.at_most("present", large, 0.05);
    })
    .control("same-size", [exact(SMALL), exact(SMALL)])
    .control("tokens-alone", [token(SMALL), token(LARGE)]);
    Ok(())
}

/// C2: not trained for, it appears by itself
pub(crate) fn not_trained(c: &mut Case) -> Checked {
    let tuned = |rows: &[Threshold]| rows.iter().filter(|row| row.fine_tuned).count() as f64;
    let found = tuned(&WEI_2022);
    c.value("rows", WEI_2022.len()).value("tuned", found);
    c.as_written(|t| {
        t.exactly("none-tuned", found, 0.0).over(WEI_2022.len());
    });
    let prompted: Vec<Threshold> =
        WEI_2022.iter().filter(|row| !row.ability.contains("instruction")).copied().collect();
    c.corrected(Qualified, &WEI_2022[..], |t, rows: &[Threshold]| {
        t.exactly("tuned", tuned(rows), 2.0).over(rows.len());
        let own = rows.iter().find(|row| row.ability.contains("instruction"));
        t.exactly("third-example", f64::from(u8::from(own.is_some_and(|row| row.fine_tuned))), 1.0);
    })
    .control("without-it", &prompted[..]);
    Ok(())
}

/// C5: the example is few-shot learning in context
pub(crate) fn few_shot(c: &mut Case) -> Checked {
    c.holds(FRUIT, |t, prompt: Prompt| {
        t.at_least("examples", prompt.examples() as f64, 2.0);
        t.exactly("questions", prompt.questions() as f64, 1.0);
        t.exactly("copies", prompt.copies() as f64, 0.0);
    })
    .control("no-examples", BARE)
    .control("told", TOLD);
    Ok(())
}
