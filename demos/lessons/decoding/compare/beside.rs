//! Texts beside each other: numbers say how much, texts say what.

use std::collections::BTreeSet;

use concepts::comparison::{Family, Record};

use super::assess::{Row, swept};
use super::label;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// Characters of a text that are shown.
const SHOWN: usize = 160;

/// What follows the first prompt: the first text of each chosen setting. Of a strategy without one, for there is no
/// text of people to be near to, that of the middle of its sweep.
pub(super) fn texts(records: &[Record], chosen: &[&Row], read: bool) -> Vec<Text> {
    let Some(first) = records.first() else { return Vec::new() };
    let here: Vec<&Record> = records.iter().filter(|record| record.prompt == first.prompt).collect();
    let mut strategies: Vec<&str> = Vec::new();
    for record in &here {
        if !strategies.contains(&record.strategy.as_str()) {
            strategies.push(&record.strategy);
        }
    }
    let of = |strategy| {
        let row = chosen.iter().find(|row| row.strategy == strategy);
        row.map_or_else(|| middle(&here, strategy), |row| text_of(&here, row))
    };
    let lines = strategies.into_iter().filter_map(of).map(|record| line(record, read));
    let which = WORDS.get(if chosen.is_empty() { "beside.middle" } else { "beside.nearest" });
    let start = WORDS.with("beside.prompt", &named![prompt = shown(&first.prompt)]);
    [which, start].into_iter().chain(lines).collect()
}

fn text_of<'r>(here: &[&'r Record], row: &Row) -> Option<&'r Record> {
    here.iter().find(|record| record.strategy == row.strategy && record.settings == row.settings).copied()
}

/// The first text of the setting in the middle of the sweep; a temperature before a cut is no part of it, unless a
/// strategy has nothing else.
fn middle<'r>(here: &[&'r Record], strategy: &str) -> Option<&'r Record> {
    let mut seen = BTreeSet::new();
    let of = here.iter().filter(|record| record.strategy == strategy);
    let each: Vec<&Record> = of.filter(|record| seen.insert(record.setting())).copied().collect();
    let fewest = each.iter().map(|record| record.settings.len()).min()?;
    let mut all: Vec<&Record> = each.into_iter().filter(|record| record.settings.len() == fewest).collect();
    // A person's file may have them in any order.
    let value = |record: &Record| swept(Family::named(strategy), &record.settings);
    all.sort_by(|a, b| value(a).total_cmp(&value(b)));
    all.get(all.len() / 2).copied()
}

fn line(record: &Record, read: bool) -> Text {
    WORDS.with("beside.line", &named![setting = label::record(record, read), text = shown(&record.text)])
}

/// On one line, cut where it is long.
fn shown(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::text::Lang;

    #[test]
    fn the_middle_setting_of_each_strategy_is_shown_once() {
        let record = |strategy: &str, p: f64, prompt: &str, text: &str| Record {
            strategy: strategy.into(),
            settings: vec![("p".into(), p)],
            prompt: prompt.into(),
            text: text.into(),
            log_probs: None,
            model_calls: None,
            candidates: None,
        };
        let heated = |p: f64| Record {
            settings: vec![("p".into(), p), ("temperature".into(), 2.5)],
            ..record("top-p", p, "a", "hot")
        };
        let long = "word ".repeat(100);
        let records = [
            record("top-p", 0.3, "a", "low"),
            record("top-p", 0.9, "a", "middle\n of three"),
            record("top-p", 0.9, "a", "another"),
            record("top-p", 1.0, "a", "high"),
            heated(0.3),
            heated(0.9),
            heated(1.0),
            record("mine", 1.0, "a", &long),
            record("top-p", 0.9, "b", "elsewhere"),
        ];
        let said: Vec<String> =
            texts(&records, &[], false).iter().map(|text| text.get(Lang::En).to_string()).collect();
        assert_eq!(said.len(), 4);
        assert!(said[2].contains("top-p 0.9") && said[2].contains("middle of three"), "{said:?}");
        assert!(said[3].contains("mine") && said[3].ends_with("…”"), "{said:?}");
        assert!(texts(&[], &[], false).is_empty());
    }
}
