//! One exercise.

use concepts::numerics::tolerance::GRADED;

use super::values::{given, labelled, room};
use super::{command, heading};
use crate::kit::exercise::{Case, Exercise, Field, Flaws, Kind};
use crate::kit::whiteboard::Language;
use crate::named;
use crate::practice::{WORDS, starter};
use crate::render::screen::{Role, Screen, pad_right};
use crate::render::text::prose::wrap;

/// What is to be written, with a case to follow by hand, and how to begin.
pub(super) fn task(exercise: &'static Exercise, seed: u64, screen: &Screen) -> String {
    let say = |id: &str| screen.say(&WORDS.get(id)).to_string();
    let strong = |id: &str| format!("\n{}\n", screen.paint(Role::Strong, &say(id)));
    let mut out = format!("{}\n\n", heading(exercise, screen));
    out.push_str(&wrap(screen.say(&exercise.text("task")), "", "", screen));
    out.push_str(&strong("task.takes"));
    out.push_str(&fields(exercise, exercise.takes, screen));
    out.push_str(&strong("task.gives"));
    out.push_str(&fields(exercise, exercise.gives, screen));
    if let Some(case) = (exercise.cases)(seed).iter().find(|case| case.kind == Kind::Hand) {
        out.push_str(&example(exercise, case, screen));
    }
    let tolerance = WORDS.with("task.tolerance", &named![tolerance = GRADED]);
    out.push('\n');
    out.push_str(&wrap(screen.say(&tolerance), "", "", screen));
    out.push_str(&strong("task.begin"));
    let file = starter::file(exercise, Language::Python);
    out.push_str(&command(&format!("demo grade {} --starter python --out {file}", exercise.name), screen));
    for line in starter::how_to_run(exercise, Language::Python, screen.lang) {
        out.push_str(&command(&line, screen));
    }
    out.push_str(&wrap(&say("task.protocol"), "", "", screen));
    out
}

fn fields(exercise: &Exercise, fields: &[Field], screen: &Screen) -> String {
    let room = room(exercise.takes.iter().chain(exercise.gives).map(|field| field.name));
    let line = |field: &Field| {
        let first = format!("  {}  ", screen.paint(Role::Code, &pad_right(field.name, room)));
        let what = exercise.text(field.name);
        let form = starter::form(field, screen.lang);
        let text = format!("{form}{}{}", screen.pick(": ", "："), screen.say(&what));
        wrap(&text, &first, &" ".repeat(room + 4), screen)
    };
    fields.iter().map(line).collect()
}

/// The case with its steps and its answer.
fn example(exercise: &Exercise, case: &Case, screen: &Screen) -> String {
    let solution = (exercise.solve)(&case.given, &Flaws::NONE);
    let steps = || solution.steps.iter().map(|(name, _)| *name);
    let names = exercise.takes.iter().map(|field| field.name).chain(steps());
    let out_name = screen.say(&WORDS.get("judged.right")).to_string();
    let room = room(names.chain([out_name.as_str()]));
    let title = WORDS.get("task.example");
    let mut out = format!("\n{}\n", screen.paint(Role::Strong, screen.say(&title)));
    out.push_str(&given(exercise.takes, &case.given, room, screen));
    for (name, value) in &solution.steps {
        out.push_str(&labelled(name, value, room, screen));
    }
    out.push_str(&labelled(&out_name, &solution.out, room, screen));
    if solution.steps.is_empty() {
        return out;
    }
    out.push('\n');
    out.push_str(&wrap(screen.say(&WORDS.get("task.steps")), "", "", screen));
    out.push_str(&steps_told(exercise, steps(), screen));
    out
}

/// The names of steps, each with what it is.
pub(super) fn steps_told<'a>(
    exercise: &Exercise,
    steps: impl Iterator<Item = &'a str> + Clone,
    screen: &Screen,
) -> String {
    let room = room(steps.clone());
    steps
        .map(|name| {
            let first = format!("  {}  ", screen.paint(Role::Code, &pad_right(name, room)));
            wrap(screen.say(&exercise.text(name)), &first, &" ".repeat(room + 4), screen)
        })
        .collect()
}
