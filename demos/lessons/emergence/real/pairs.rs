//! Questions with their answers, by task.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::WORDS;
use crate::kit::csv::Csv;
use crate::kit::files::Wanted;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::named;

/// Antonyms and capitals, in the form of a person's own file.
const BUILT_IN: &str = include_str!("pairs.csv");
/// A file of pairs has less.
const MOST_BYTES: u64 = 1 << 20;
/// Pairs of a task at most: each is asked several times.
const MOST_PAIRS: usize = 200;
/// With fewer there are no two examples beside the question.
const FEWEST: usize = 4;
/// The names that a column may have.
const INPUT: [&str; 4] = ["input", "question", "输入", "问题"];
const ANSWER: [&str; 4] = ["answer", "output", "答案", "输出"];
const TASK: [&str; 2] = ["task", "任务"];

/// Pairs that follow one rule.
pub(super) struct Task {
    pub name: String,
    /// Question and answer.
    pub pairs: Vec<(String, String)>,
}

/// The person's tasks, or the built-in ones.
pub(super) fn tasks(path: Option<&Path>) -> Result<Vec<Task>, Refusal> {
    match path {
        Some(path) => own(path),
        None => Ok(built_in()),
    }
}

fn built_in() -> Vec<Task> {
    let mut tasks = Vec::new();
    for line in BUILT_IN.lines().skip(1) {
        if let [task, input, answer] = line.split(',').collect::<Vec<_>>()[..] {
            add(&mut tasks, task, input, answer);
        }
    }
    tasks
}

fn own(path: &Path) -> Result<Vec<Task>, Refusal> {
    let (what, because) = (WORDS.get("pairs.what"), WORDS.get("pairs.because"));
    let csv = Csv::read(path, &Wanted { flag: "pairs", what, most: MOST_BYTES, because })?;
    let [input, answer] = [csv.column_of(&INPUT)?, csv.column_of(&ANSWER)?];
    let task = csv.header().iter().position(|name| TASK.contains(&name.to_lowercase().as_str()));
    let spare = csv.spare(&[input, answer].into_iter().chain(task).collect::<Vec<_>>());
    if !spare.is_empty() {
        return Err(csv.refused(&WORDS.with("pairs.spare", &named![columns = Text::list(&spare)])));
    }
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let tasks = gathered(&csv, [input, answer], task, &name)?;
    for task in &tasks {
        usable(&csv, task)?;
    }
    Ok(tasks)
}

/// The rows by task; without a column of tasks all are of one, that is called like the file.
fn gathered(
    csv: &Csv,
    [input, answer]: [usize; 2],
    task: Option<usize>,
    file: &str,
) -> Result<Vec<Task>, Refusal> {
    let names = task.map(|column| (column, csv.texts(column)));
    let mut tasks: Vec<Task> = Vec::new();
    let mut seen = BTreeMap::new();
    for (row, ((line, asked), (_, said))) in csv.cells(input).zip(csv.cells(answer)).enumerate() {
        for (column, cell) in [(input, asked), (answer, said)] {
            if cell.is_empty() {
                return Err(csv.refused_at(line, column, &WORDS.get("pairs.empty")));
            }
        }
        let name = names.as_ref().map_or(file, |(_, names)| names[row]);
        if let Some((column, _)) = names.as_ref().filter(|_| name.is_empty()) {
            return Err(csv.refused_at(line, *column, &WORDS.get("pairs.no-task")));
        }
        // Among the examples of a question its own pair would hold the answer.
        if let Some(first) = seen.insert((name, asked, said), line) {
            return Err(csv.refused_at(line, input, &WORDS.with("pairs.repeated", &named![first])));
        }
        add(&mut tasks, name, asked, said);
    }
    Ok(tasks)
}

/// Refuses a task with too few or too many pairs, and one in which no answer can be exchanged for another.
fn usable(csv: &Csv, task: &Task) -> Result<(), Refusal> {
    let (name, pairs) = (task.name.clone(), task.pairs.len());
    if !(FEWEST..=MOST_PAIRS).contains(&pairs) {
        let why = named![name, pairs, fewest = FEWEST, most = MOST_PAIRS];
        return Err(csv.refused(&WORDS.with("pairs.count", &why)));
    }
    if task.pairs.iter().all(|(_, answer)| *answer == task.pairs[0].1) {
        return Err(csv.refused(&WORDS.with("pairs.alike", &named![name])));
    }
    Ok(())
}

fn add(tasks: &mut Vec<Task>, name: &str, input: &str, answer: &str) {
    let pair = (input.to_string(), answer.to_string());
    match tasks.iter_mut().find(|task| task.name == name) {
        Some(task) => task.pairs.push(pair),
        None => tasks.push(Task { name: name.to_string(), pairs: vec![pair] }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pairs_are_those_of_the_record() {
        let tasks = built_in();
        assert_eq!(tasks.iter().map(|task| task.pairs.len()).collect::<Vec<_>>(), [24, 24]);
        assert_eq!(tasks[1].pairs[0], ("France".to_string(), "Paris".to_string()));
    }
}
