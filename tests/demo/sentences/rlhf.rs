//! What `demo rlhf` says.

use demos::kit::findings::{Cell, Findings};
use demos::kit::text::Lang;

use super::{Knobs, after, numbers, tables};

pub(super) const KNOBS: Knobs = &[
    ("beta", &["0.01", "0.05", "1", "10"]),
    ("epsilon", &["0.01", "0.9"]),
    ("group", &["2", "64"]),
    ("steps", &["10", "40"]),
    ("noise", &["0", "0.5"]),
];

/// Half of the last digit that is shown.
const SHOWN: f64 = 0.005;

pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    [
        hacked(findings, said),
        closest(findings, said),
        highest(findings, said),
        scales(findings, said),
        raised(said),
        directly(findings, said),
        published(said),
        flattered(findings, said),
    ]
    .concat()
}

/// PPO raised what it is said to have raised.
fn hacked(findings: &Findings, said: &str) -> Vec<String> {
    let change = |name: &str| {
        let column = numbers(findings, "stages", name);
        column[2] - column[1]
    };
    let (gold, proxy) = (change("true reward"), change("fitted reward"));
    let raised = said.contains("PPO raised the fitted reward");
    let wrong = raised && proxy <= 0.0
        || said.contains("and the true one fell") && gold >= 0.0
        || raised && said.contains(", and the true one from") && gold <= 0.0;
    wrong.then(|| format!("PPO: fitted {proxy:+}, true {gold:+}")).into_iter().collect()
}

/// Those that end near the optimum are said to, and no others; where the start is near, those that come nearer.
fn closest(findings: &Findings, said: &str) -> Vec<String> {
    let table = &tables(findings, "left")[0];
    let column = |at: usize| -> Vec<f64> {
        let read = |row: usize| match &table.rows[row][at] {
            Cell::Words(words) => words.get(Lang::En).trim_start_matches("< ").parse().ok(),
            Cell::Number(number) => Some(*number),
        };
        (0..6).filter_map(read).collect()
    };
    let (first, left) = (column(1)[0], column(3));
    let starts_near = first < 0.01;
    let bound = if starts_near { first } else { 0.01 };
    let near: Vec<usize> = (0..left.len()).filter(|row| left[*row] < bound).collect();
    let phrase = if starts_near { "at the end than at first: " } else { "of the optimum at the end: " };
    let named = said.split(phrase).nth(1).and_then(|rest| rest.split(". ").next());
    let said = match named {
        None if starts_near => near.is_empty() && said.contains("and no method ends nearer"),
        None => near == [0, 1, 2, 4] && said.contains("DPO all end within"),
        Some(names) => names.split(", ").count() == near.len(),
    };
    (!said)
        .then(|| format!("{near:?} of {left:?} are near, and the page says otherwise"))
        .into_iter()
        .collect()
}

/// No price of the table has a higher true reward than the highest.
fn highest(findings: &Findings, said: &str) -> Vec<String> {
    let seen = numbers(findings, "overprice", "true reward").into_iter().fold(f64::NEG_INFINITY, f64::max);
    let (no_gain, tuned) = (
        said.contains("No price that was tried beats not training"),
        numbers(findings, "stages", "true reward")[1],
    );
    let free = said.split("does not mislead here").nth(1);
    let most = match free {
        Some(rest) => after(rest, "it is").into_iter().take(1).collect(),
        None if no_gain => vec![tuned],
        None => after(said, "Of these optima the true reward is highest,"),
    };
    let wrong = most.iter().any(|most| seen > most + SHOWN) || most.is_empty();
    wrong.then(|| format!("highest {most:?}, and the table has {seen}")).into_iter().collect()
}

/// Comparisons win where they are said to.
fn scales(findings: &Findings, said: &str) -> Vec<String> {
    let table = &tables(findings, "scales")[0];
    let of = |row: usize, column: usize| -> f64 {
        match &table.rows[row][column] {
            Cell::Words(words) => words.get(Lang::En).parse().unwrap_or(f64::NAN),
            Cell::Number(number) => *number,
        }
    };
    let last = table.rows.len() - 1;
    let usual = of(0, 1) >= of(0, 2) && of(last, 1) <= of(last, 2);
    let wrong = said.contains("comparisons win") && !usual
        || said.contains("scores order better here") && of(last, 1) <= of(last, 2);
    wrong.then(|| "scores and comparisons are the other way round".to_string()).into_iter().collect()
}

/// DPO moved the true reward as it is said to.
fn directly(findings: &Findings, said: &str) -> Vec<String> {
    let column = numbers(findings, "stages", "true reward");
    let change = column[column.len() - 1] - column[1];
    let wrong = said.contains("DPO raised the true reward") && change <= 0.0
        || said.contains("DPO took the true reward") && change >= 0.0
        || said.contains("DPO changed the true reward little") && change.abs() > 0.06;
    wrong.then(|| format!("DPO: true {change:+}")).into_iter().collect()
}

/// GRPO as published ends further off where it is said to.
fn published(said: &str) -> Vec<String> {
    let phrase = "It ends further from π* than it began: from";
    let to = said.split(phrase).nth(1).map(|rest| after(rest, " to ")).unwrap_or_default();
    let wrong = after(said, phrase).iter().zip(&to).any(|(from, to)| to <= from);
    wrong.then(|| format!("ends further off, to {to:?}")).into_iter().collect()
}

/// Truth falls, holds or stays as it is said to.
fn flattered(findings: &Findings, said: &str) -> Vec<String> {
    let truth = numbers(findings, "flattery", "true answers");
    let (held, same) =
        (said.contains("Here the price holds"), said.contains("answers are true as often as before"));
    let wrong = if same { (truth[1] - truth[0]).abs() > 1e-3 } else { held != (truth[1] >= truth[0]) };
    wrong.then(|| format!("true answers {truth:?}")).into_iter().collect()
}

/// What DPO is said to have raised has risen.
fn raised(said: &str) -> Vec<String> {
    let (from, to) =
        (after(said, "DPO raised their share from"), said.split("DPO raised their share from").nth(1));
    let to = to.map(|rest| after(rest, " to ")).unwrap_or_default();
    let fell = from.iter().zip(&to).any(|(from, to)| to < from);
    fell.then(|| format!("DPO raised a share from {from:?} to {to:?}")).into_iter().collect()
}
