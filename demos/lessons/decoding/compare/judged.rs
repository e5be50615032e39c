//! A person's own generations: judged by a model of the text that they gave, or of the built-in one.

use std::collections::BTreeSet;
use std::path::Path;

use concepts::comparison::{Record, groups};

use super::source::{Source, text};
use super::{models, notes, records};
use crate::kit::knob::{Knob, Refusal};
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::lessons::decoding::{WORDS, knobs};
use crate::named;

/// Texts of people that are looked for in what the judge learned from.
const LOOKED_FOR: usize = 50;
/// Characters at one end of a text that stand nowhere else by chance.
const TELLING: usize = 40;

/// Reads and judges texts as they would be judged had they been written here.
pub(super) fn judged(path: &Path, setting: &Setting) -> Result<Source, Refusal> {
    let values = &setting.values;
    let flags: [&dyn Knob; 8] = [
        &knobs::MODEL,
        &knobs::STRATEGIES,
        &knobs::TEXTS,
        &knobs::WIDE,
        &knobs::BUDGET,
        &knobs::EXPORT,
        &knobs::TOKENS,
        &knobs::PROMPTS,
    ];
    if let Some(flag) = flags.into_iter().find(|flag| values.given(*flag)) {
        return Err(Refusal(WORDS.with("refused.judge-beside", &named![flag = flag.name()])));
    }
    let records::Read { records, lines, unused, unknown } = records::read(path)?;
    let file = path.display().to_string();
    if records.iter().all(|record| record.text.trim().is_empty()) {
        return Err(Refusal(WORDS.with("refused.judge-blank", &named![file])));
    }
    let grouped = groups(&records);
    if grouped.prompts.is_empty() {
        return Err(unpaired(&records, &lines));
    }
    let settings = grouped.groups.iter().filter(|group| !group.is_human()).count();
    let text = text(values)?;
    let judge = models::judging(&text)?;
    let mut notes = vec![WORDS.get("compared.no-strength")];
    if !unused.is_empty() {
        notes.push(
            WORDS.with("compared.unused", &named![fields = Text::new(unused.join(", "), unused.join("、"))]),
        );
    }
    if unknown > 0 {
        notes.push(WORDS.with("compared.unknown", &named![n = unknown]));
    }
    let learned = models::half(&text);
    notes.extend(notes::unjudged(&records, &learned));
    notes.extend(learned_from(&records, &learned));
    let people = records.iter().filter(|record| record.is_human()).count();
    let about = named![file, texts = records.len() - people, settings, people, judge = judge.name.clone()];
    let (intro, about) = (WORDS.get("intro.judged"), WORDS.with("compared.read", &about));
    Ok(Source { records, writer: None, judge, known: text.training, intro, about, notes })
}

/// Where no prompt is common to all settings: the one with the fewest, which may be a name that is spelt otherwise.
pub(super) fn unpaired(records: &[Record], lines: &[usize]) -> Refusal {
    let told = |(_, record): &(usize, &Record)| !record.text.trim().is_empty();
    let mut settings: Vec<(usize, String, BTreeSet<&str>)> = Vec::new();
    for (i, record) in records.iter().enumerate().filter(told) {
        let setting = record.setting();
        match settings.iter_mut().find(|(_, known, _)| *known == setting) {
            Some((.., prompts)) => _ = prompts.insert(&record.prompt),
            None => settings.push((i, setting, BTreeSet::from([record.prompt.as_str()]))),
        }
    }
    let n = settings.iter().flat_map(|(.., prompts)| prompts).collect::<BTreeSet<_>>().len();
    let fewest = settings.into_iter().min_by_key(|(.., prompts)| prompts.len());
    let (i, setting, prompts) = fewest.unwrap_or_default();
    let place = match lines.get(i) {
        Some(line) => Text::new(format!(", first on line {line}"), format!("，首见于第 {line} 行")),
        None => Text::same(""),
    };
    let values = named![n, setting, prompts = prompts.len(), place];
    Refusal(WORDS.with("refused.judge-unpaired", &values))
}

/// A remark if the judge has read what people wrote.
fn learned_from(records: &[Record], learned: &str) -> Option<Text> {
    let people: Vec<&str> =
        records.iter().filter(|record| record.is_human()).map(|record| record.text.trim()).collect();
    let looked_for = people.iter().step_by(people.len().div_ceil(LOOKED_FOR).max(1));
    let known = |text: &&&str| ends(text).is_some_and(|ends| ends.iter().any(|end| learned.contains(end)));
    let n = looked_for.filter(known).count();
    (n > 0).then(|| WORDS.get("compared.learned"))
}

/// The first and the last characters of a text, if it is long enough for them to tell.
fn ends(text: &str) -> Option<[&str; 2]> {
    let (first, _) = text.char_indices().nth(TELLING)?;
    let (last, _) = text.char_indices().nth_back(TELLING - 1)?;
    Some([&text[..first], &text[last..]])
}
