//! Where measurements of real models are kept.

use std::sync::LazyLock;

/// What a real model did with examples in its context: one row of `recorded.csv`.
///
/// The file is the place for measurements that a run cannot repeat, because they need the weights of a model or a
/// training of hours. A row names the model, the hash of the file that was run and the program that ran it; the
/// script `tests/fixtures/emergence/recorded.py` writes the file and says how. Another model, or checkpoints of a
/// training run under a name each, are further rows of the same shape.
///
/// # Shapes
/// Columns: model, parameters, hash of the file (SHA-256), program, task, examples in the context, trials, trials
/// answered right, mean of `ln p` of the right first token
///
/// # Examples
/// ```
/// use concepts::emergence::Recorded;
/// let all = Recorded::all();
/// assert!(all.iter().all(|row| row.correct <= row.trials && row.mean_ln_p < 0.0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Name of the model, with its format.
    pub model: &'static str,
    /// Parameters.
    pub parameters: f64,
    /// SHA-256 of the file that was run.
    pub file_sha256: &'static str,
    /// The program that ran it, with its version.
    pub tool: &'static str,
    /// What was asked.
    pub task: &'static str,
    /// Examples in the context.
    pub examples: usize,
    /// Questions.
    pub trials: usize,
    /// Of these answered right, by the first token.
    pub correct: usize,
    /// Mean log-probability of the right first token, in nats.
    pub mean_ln_p: f64,
}

const FILE: &str = include_str!("recorded.csv");

impl Recorded {
    /// All rows, in the order of the file.
    pub fn all() -> &'static [Recorded] {
        static ROWS: LazyLock<Vec<Recorded>> =
            LazyLock::new(|| FILE.lines().skip(1).filter_map(Recorded::read).collect());
        &ROWS
    }

    /// A line of the file; `None` if it is not of the shape, which a test rules out.
    fn read(line: &'static str) -> Option<Recorded> {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [model, parameters, file_sha256, tool, task, examples, trials, correct, mean_ln_p] = cells[..]
        else {
            return None;
        };
        Some(Recorded {
            model,
            parameters: parameters.parse().ok()?,
            file_sha256,
            tool,
            task,
            examples: examples.parse().ok()?,
            trials: trials.parse().ok()?,
            correct: correct.parse().ok()?,
            mean_ln_p: mean_ln_p.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        assert_eq!(Recorded::all().len(), FILE.lines().count() - 1);
    }
}
