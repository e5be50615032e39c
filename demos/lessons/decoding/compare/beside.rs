//! Texts beside each other: numbers say how much, texts say what.

use std::collections::BTreeSet;

use concepts::comparison::Record;

use super::label;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// Characters of a text that are shown.
const SHOWN: usize = 160;

/// What follows the first prompt: the first text of the middle setting of each strategy.
pub(super) fn texts(records: &[Record]) -> Vec<Text> {
    let Some(first) = records.first() else { return Vec::new() };
    let here: Vec<&Record> = records.iter().filter(|record| record.prompt == first.prompt).collect();
    let mut strategies: Vec<&str> = Vec::new();
    for record in &here {
        if !strategies.contains(&record.strategy.as_str()) {
            strategies.push(&record.strategy);
        }
    }
    let lines = strategies.into_iter().filter_map(|strategy| middle(&here, strategy)).map(line);
    let start = WORDS.with("beside.prompt", &named![prompt = shown(&first.prompt)]);
    std::iter::once(start).chain(lines).collect()
}

/// The first text of the setting in the middle of the sweep.
fn middle<'r>(here: &[&'r Record], strategy: &str) -> Option<&'r Record> {
    let mut seen = BTreeSet::new();
    let of = here.iter().filter(|record| record.strategy == strategy);
    let each: Vec<&&Record> = of.filter(|record| seen.insert(record.setting())).collect();
    each.get(each.len() / 2).map(|record| **record)
}

fn line(record: &Record) -> Text {
    WORDS.with("beside.line", &named![setting = label::record(record), text = shown(&record.text)])
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
        let long = "word ".repeat(100);
        let records = [
            record("top-p", 0.3, "a", "low"),
            record("top-p", 0.9, "a", "middle\n of three"),
            record("top-p", 0.9, "a", "another"),
            record("top-p", 1.0, "a", "high"),
            record("mine", 1.0, "a", &long),
            record("top-p", 0.9, "b", "elsewhere"),
        ];
        let said: Vec<String> = texts(&records).iter().map(|text| text.get(Lang::En).to_string()).collect();
        assert_eq!(said.len(), 3);
        assert!(said[1].contains("top-p 0.9") && said[1].contains("middle of three"), "{said:?}");
        assert!(said[2].contains("mine") && said[2].ends_with("…”"), "{said:?}");
        assert!(texts(&[]).is_empty());
    }
}
