//! The prompts, and what the model thinks of the right answers.

use concepts::decoder::{Answered, Keeping, answers};
use concepts::tokenizer::Allowed;

use super::super::WORDS;
use super::pairs::Task;
use crate::kit::knob::Refusal;
use crate::named;
use crate::real::Real;
use crate::real::changes::sound;

/// Examples in the context.
const COUNTS: [usize; 5] = [0, 1, 2, 4, 8];
/// Prompts that are read together: more take memory and save no time.
const TOGETHER: usize = 12;

/// What happened in one task.
pub(super) struct Measured {
    pub name: String,
    /// Questions, each asked with every number of examples.
    pub trials: usize,
    /// Pairs whose answer the next pair has as well: exchanged, it stays as it was.
    pub same: usize,
    pub counts: Vec<Counted>,
}

/// With one number of examples: what the model thinks of each question's right answer.
pub(super) struct Counted {
    pub examples: usize,
    /// The examples are right.
    pub right: Vec<Answered>,
    /// Each example has the answer of another one: the form is there, the rule is not.
    pub exchanged: Option<Vec<Answered>>,
}

/// Asks every question of every task.
pub(super) fn measured(real: &Real, tasks: Vec<Task>) -> Result<Vec<Measured>, Refusal> {
    let model = real.fast()?;
    let decoder = model.decoder(Keeping::F16)?;
    let ask = |prompts: &[String], wanted: &[String]| -> Result<Vec<Answered>, Refusal> {
        let ids = |text: &String| real.ids(text);
        let bare = |text: &String| Ok(real.tokenizer.ids(&format!(" {text}"), Allowed::None)?);
        let prompts = prompts.iter().map(ids).collect::<Result<Vec<_>, _>>()?;
        let wanted = wanted.iter().map(bare).collect::<Result<Vec<_>, Refusal>>()?;
        within_table(real, &prompts, &wanted)?;
        let mut all = Vec::new();
        for (prompts, wanted) in prompts.chunks(TOGETHER).zip(wanted.chunks(TOGETHER)) {
            let [prompts, wanted] =
                [prompts, wanted].map(|ids| ids.iter().map(Vec::as_slice).collect::<Vec<_>>());
            all.extend(answers(&decoder, &prompts, &wanted)?);
        }
        sound(real, all.iter().map(|answer: &Answered| answer.log_prob))?;
        Ok(all)
    };
    tasks.into_iter().map(|task| of_task(task, &ask)).collect()
}

/// Refuses prompts that, with their answers, are longer than a table of positions.
fn within_table(real: &Real, prompts: &[Vec<u32>], wanted: &[Vec<u32>]) -> Result<(), Refusal> {
    let (context, learned) = (real.config().context, real.config().learned_positions);
    let longest = prompts.iter().zip(wanted).map(|(prompt, answer)| prompt.len() + answer.len()).max();
    match longest {
        Some(longest) if learned && longest > context => {
            let said = named![place = real.place(), longest, context];
            Err(Refusal(WORDS.with("measured.too-long", &said)))
        }
        _ => Ok(()),
    }
}

/// Prompts and answers in, what the model thinks of them out.
type Ask<'a> = &'a dyn Fn(&[String], &[String]) -> Result<Vec<Answered>, Refusal>;

fn of_task(task: Task, ask: Ask) -> Result<Measured, Refusal> {
    let n = task.pairs.len();
    let wanted: Vec<String> = task.pairs.iter().map(|(_, answer)| answer.clone()).collect();
    // One pair is the question, and one more lends its answer when answers are exchanged.
    let counts = COUNTS.into_iter().filter(|&examples| examples + 2 <= n);
    let counted = |examples: usize| {
        let prompts = |apart| (0..n).map(|i| prompt(&task.pairs, i, examples, apart)).collect::<Vec<_>>();
        let right = ask(&prompts(0), &wanted)?;
        let exchanged = (examples > 0).then(|| ask(&prompts(1), &wanted)).transpose()?;
        Ok(Counted { examples, right, exchanged })
    };
    let counts = counts.map(counted).collect::<Result<_, Refusal>>()?;
    let same = (0..n).filter(|&i| wanted[i] == wanted[(i + 1) % n]).count();
    Ok(Measured { name: task.name, trials: n, same, counts })
}

/// One line an example, then the question. Question `i` is pair `i`, its examples are the pairs behind it, around the
/// end of the list; the answer of an example is that of the pair `apart` places behind its own.
fn prompt(pairs: &[(String, String)], i: usize, examples: usize, apart: usize) -> String {
    let pair = |place: usize| &pairs[(i + place) % pairs.len()];
    let line = |place: usize| format!("{} -> {}\n", pair(place).0, pair(place + apart).1);
    let shown: String = (1..=examples).map(line).collect();
    format!("{shown}{} ->", pair(0).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_never_hold_the_answer_of_the_question() {
        let pairs: Vec<_> = "abcde".chars().map(|c| (c.to_string(), c.to_uppercase().to_string())).collect();
        assert_eq!(prompt(&pairs, 3, 2, 0), "e -> E\na -> A\nd ->");
        assert_eq!(prompt(&pairs, 3, 2, 1), "e -> A\na -> B\nd ->");
        for i in 0..5 {
            for apart in [0, 1] {
                let asked = prompt(&pairs, i, 3, apart);
                assert!(!asked.contains(&pairs[i].1), "{asked}");
                assert_eq!(asked.lines().count(), 4);
            }
        }
    }
}
