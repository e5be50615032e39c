//! The pages of the practice.
//!
//! | file | what it shows |
//! |---|---|
//! | `list` | all exercises, and how the person stands |
//! | `task` | one exercise |
//! | `judgement` | what a person's program made of it |
//! | `proof` | every mistake against every case |
//! | `progress` | how a person stands; the back of a card |
//! | `values` | numbers and matrices, short enough to compare by eye |

mod judgement;
mod list;
mod progress;
mod proof;
mod task;
mod values;

pub use judgement::judgement;
pub use list::{Standing, list};
pub use progress::{back_of_claim, damaged, numbered, paragraph, progress};
pub use proof::proof;
pub use task::task;

use crate::kit::exercise::{Case, Exercise, Kind};
use crate::practice::WORDS;
use crate::render::screen::{Role, Screen};

/// Why a case is asked.
fn kind(case: &Case, screen: &Screen) -> String {
    let text = match case.kind {
        Kind::Hand => WORDS.get("case.hand"),
        Kind::Drawn => WORDS.get("case.drawn"),
        Kind::Edge(name) => WORDS.get(&format!("edge.{name}")),
    };
    screen.say(&text).to_string()
}

fn heading(exercise: &Exercise, screen: &Screen) -> String {
    let title = format!("{} · {}", exercise.name, screen.say(&exercise.title()));
    screen.paint(Role::Heading, &title)
}

/// A command on a line of its own.
fn command(line: &str, screen: &Screen) -> String {
    format!("  {}\n", screen.paint(Role::Code, line))
}
