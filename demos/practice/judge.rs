//! Every case asked, every answer judged.

use serde_json::Map;

use super::child::{Child, Ending, Limits, NotStarted, Silence};
use super::protocol::{self, NoReply};
use crate::kit::exercise::{Case, Difference, Exercise, Value, value};

/// What a program made of an exercise.
#[derive(Debug)]
pub struct Judgement {
    /// The exercise.
    pub exercise: &'static Exercise,
    /// All cases.
    pub cases: Vec<Case>,
    /// What was answered, in the order of the cases; shorter if the program had to be given up.
    pub answers: Vec<Answer>,
    /// What ended it before the last case.
    pub trouble: Option<Trouble>,
    /// The end of what it wrote to its standard error.
    pub stderr: String,
}

/// What was answered to a case.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The answer, or the error that the program reported.
    pub output: Result<Value, String>,
    /// Its values on the way, where it tells them.
    pub steps: Map<String, Value>,
    /// The right answer.
    pub right: Value,
    /// Where it differs.
    pub difference: Option<Difference>,
}

/// Why no further case could be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// The program ended.
    Ended(Ending),
    /// It said nothing for too long.
    Silent {
        /// The limit in seconds.
        seconds: f64,
    },
    /// It wrote a line without end.
    Endless,
    /// It wrote a line that is no reply.
    NoReply(NoReply, String),
    /// It went on after it had answered.
    Twice(String),
}

impl Answer {
    /// Is it right?
    pub fn is_right(&self) -> bool {
        self.output.is_ok() && self.difference.is_none()
    }
}

impl Answer {
    /// An error of arithmetic, which other languages answer with ∞ or NaN.
    pub fn is_out_of_range(&self) -> bool {
        const SIGNS: [&str; 4] = ["overflow", "range error", "domain error", "division by zero"];
        self.output.as_ref().is_err_and(|error| {
            let error = error.to_lowercase();
            SIGNS.iter().any(|sign| error.contains(sign))
        })
    }

    /// Does it tell which mistake was made? Any other error does not.
    pub fn says_something(&self) -> bool {
        self.output.is_ok() || self.is_out_of_range()
    }
}

impl Judgement {
    /// How many cases were answered rightly.
    pub fn right(&self) -> usize {
        self.answers.iter().filter(|answer| answer.is_right()).count()
    }

    /// Is everything right?
    pub fn passed(&self) -> bool {
        self.trouble.is_none() && self.right() == self.cases.len()
    }

    /// The id of a trouble in the words.
    pub fn word_of(&self, trouble: &Trouble) -> &'static str {
        match trouble {
            Trouble::Ended(_) if ran_out_of_memory(&self.stderr) => "memory",
            Trouble::Ended(Ending::Status(_)) => "ended",
            Trouble::Ended(Ending::Signal(_)) => "signal",
            Trouble::Ended(Ending::OutputClosed) => "closed",
            Trouble::Silent { .. } => "silent",
            Trouble::Endless => "endless",
            Trouble::Twice(_) => "twice",
            Trouble::NoReply(NoReply::NoId, _) => "no-id",
            Trouble::NoReply(NoReply::Foreign(_), _) => "foreign",
            Trouble::NoReply(NoReply::NoOutput, _) => "no-output",
            Trouble::NoReply(NoReply::Noise | NoReply::Again(_), _) => "noise",
        }
    }

    /// Ended before it answered anything: it could not be run as a program that answers.
    pub fn never_answered(&self) -> bool {
        self.answers.is_empty() && matches!(self.trouble, Some(Trouble::Ended(_)))
    }

    /// The cases that were answered wrongly, the shortest first, and behind them those with an error for an answer.
    pub fn wrong(&self) -> Vec<usize> {
        let mut wrong: Vec<usize> =
            (0..self.answers.len()).filter(|&i| !self.answers[i].is_right()).collect();
        wrong.sort_by_key(|&i| (self.answers[i].output.is_err(), self.cases[i].size()));
        wrong
    }

    /// The shortest case that was answered wrongly.
    pub fn smallest_wrong(&self) -> Option<usize> {
        self.wrong().first().copied()
    }

    /// What was asked when the program ended or fell silent.
    pub fn unanswered(&self) -> Option<usize> {
        let asked = match self.trouble.as_ref()? {
            Trouble::Ended(_) | Trouble::Silent { .. } | Trouble::Endless => self.answers.len(),
            Trouble::NoReply(..) | Trouble::Twice(_) => return None,
        };
        (asked < self.cases.len() && !self.never_answered()).then_some(asked)
    }
}

/// What Python, Rust, C++ and the JVM say when they get no more memory.
pub fn ran_out_of_memory(said: &str) -> bool {
    ["MemoryError", "memory allocation of", "bad_alloc", "OutOfMemory", "out of memory", "memory exhausted"]
        .iter()
        .any(|sign| said.contains(sign))
}

/// Runs a program on all cases of an exercise.
///
/// # Errors
/// [`NotStarted`]
pub fn judge(
    exercise: &'static Exercise,
    command: &[String],
    limits: &Limits,
    seed: u64,
) -> Result<Judgement, NotStarted> {
    let cases = (exercise.cases)(seed);
    let mut child = Child::start(command, limits)?;
    let mut answers = Vec::new();
    let mut trouble = None;
    for (id, case) in cases.iter().enumerate() {
        match ask(exercise, &mut child, id, case) {
            Ok(answer) => answers.push(answer),
            Err(found) => {
                trouble = Some(found);
                break;
            }
        }
    }
    if trouble.is_none() {
        trouble = child.spoke_again().map(Trouble::Twice);
    }
    let stderr = child.end();
    Ok(Judgement { exercise, cases, answers, trouble, stderr })
}

fn ask(exercise: &Exercise, child: &mut Child, id: usize, case: &Case) -> Result<Answer, Trouble> {
    let line =
        child.ask(&protocol::request(id, exercise.name, &case.given)).map_err(|silence| match silence {
            Silence::Ended(ending) => Trouble::Ended(ending),
            Silence::TooLong { seconds } => Trouble::Silent { seconds },
            Silence::Endless => Trouble::Endless,
        })?;
    let reply = protocol::reply(&line, id).map_err(|why| match why {
        NoReply::Again(_) => Trouble::Twice(line.clone()),
        why => Trouble::NoReply(why, line.clone()),
    })?;
    let right = (exercise.right)(&case.given);
    let difference = reply.output.as_ref().ok().and_then(|output| value::difference(&right, output));
    Ok(Answer { output: reply.output, steps: reply.steps, right, difference })
}
