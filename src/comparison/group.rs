//! The texts of one setting, by prompt.

use super::Record;

/// All texts of one setting.
#[derive(Debug, Clone)]
pub struct Group<'r> {
    /// The strategy's name.
    pub strategy: &'r str,
    /// Its numbers.
    pub settings: &'r [(String, f64)],
    /// Its texts by prompt, in the order of [`Grouped::prompts`]; at least one of each.
    pub texts: Vec<Vec<&'r Record>>,
}

impl Group<'_> {
    /// Did people write it?
    pub fn is_human(&self) -> bool {
        self.texts.iter().flatten().any(|record| record.is_human())
    }

    /// Strategy and numbers as one line.
    pub fn setting(&self) -> String {
        self.texts.iter().flatten().next().map_or_else(String::new, |record| record.setting())
    }
}

/// Texts by setting and prompt, paired: every group has the same prompts.
#[derive(Debug, Clone)]
pub struct Grouped<'r> {
    /// The settings in the order in which they came; text that people wrote is one of them.
    pub groups: Vec<Group<'r>>,
    /// The prompts that all settings have, in the order in which they came.
    pub prompts: Vec<&'r str>,
    /// Prompts that some setting lacks: their texts are not compared.
    pub unpaired: Vec<&'r str>,
    /// Texts that hold nothing but white space: of them nothing can be measured, and they are not compared.
    pub empty: usize,
}

/// Sorts records by setting and prompt, and keeps the prompts that every setting has.
///
/// # Examples
/// ```
/// use concepts::comparison::{Record, groups};
/// let record = |strategy: &str, prompt: &str, text: &str| Record {
///     strategy: strategy.into(),
///     settings: Vec::new(),
///     prompt: prompt.into(),
///     text: text.into(),
///     log_probs: None,
///     model_calls: None,
///     candidates: None,
/// };
/// let all = [
///     record("greedy", "One", " two"),
///     record("greedy", "Red", " blue"),
///     record("sampling", "One", " dog"),
///     record("sampling", "One", " cat"),
/// ];
/// let grouped = groups(&all);
/// assert_eq!(grouped.prompts, ["One"]);
/// assert_eq!(grouped.unpaired, ["Red"]);
/// assert_eq!(grouped.groups[1].texts[0].len(), 2);
/// ```
pub fn groups(records: &[Record]) -> Grouped<'_> {
    let told = |record: &&Record| !record.text.trim().is_empty();
    let empty = records.iter().filter(|record| !told(record)).count();
    let mut groups: Vec<Group> = Vec::new();
    let mut prompts: Vec<&str> = Vec::new();
    let mut cells: Vec<Vec<(usize, &Record)>> = Vec::new();
    for record in records.iter().filter(told) {
        let prompt = place(&mut prompts, record.prompt.as_str());
        let same = |group: &Group| group.strategy == record.strategy && group.settings == record.settings;
        let group = groups.iter().position(same).unwrap_or_else(|| {
            groups.push(Group { strategy: &record.strategy, settings: &record.settings, texts: Vec::new() });
            cells.push(Vec::new());
            groups.len() - 1
        });
        cells[group].push((prompt, record));
    }
    let has = |cell: &Vec<(usize, &Record)>, prompt: usize| cell.iter().any(|(of, _)| *of == prompt);
    let (paired, unpaired): (Vec<usize>, Vec<usize>) =
        (0..prompts.len()).partition(|&prompt| cells.iter().all(|cell| has(cell, prompt)));
    for (group, cell) in groups.iter_mut().zip(&cells) {
        let texts =
            |prompt: &usize| cell.iter().filter(|(of, _)| of == prompt).map(|(_, text)| *text).collect();
        group.texts = paired.iter().map(texts).collect();
    }
    let named = |list: &[usize]| list.iter().map(|&prompt| prompts[prompt]).collect();
    Grouped { groups, prompts: named(&paired), unpaired: named(&unpaired), empty }
}

/// The place of a prompt in the list, where it is put if it is new.
fn place<'r>(prompts: &mut Vec<&'r str>, prompt: &'r str) -> usize {
    prompts.iter().position(|known| *known == prompt).unwrap_or_else(|| {
        prompts.push(prompt);
        prompts.len() - 1
    })
}
