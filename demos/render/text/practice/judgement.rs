//! What a person's program made of an exercise.

use super::said::{differs, said, seen};
use super::task::steps_told;
use super::values::{given, labelled, room};
use super::{heading, kind};
use crate::kit::exercise::{Exercise, Flaw, Flaws, Twin, Value};
use crate::kit::text::Text;
use crate::kit::visible::visible;
use crate::named;
use crate::practice::WORDS;
use crate::practice::catalogue::{Entry, Section};
use crate::practice::diagnosis::{Diagnosis, diagnose, told};
use crate::practice::judge::{Answer, Judgement, ran_out_of_memory};
use crate::practice::signs::signs;
use crate::render::screen::{Role, Screen, pad_right, shorten};
use crate::render::text::prose::wrap;

/// Lines of the program's standard error that are shown.
const STDERR_LINES: usize = 12;

/// What a program made of an exercise, and what is wrong with it.
pub(super) fn judgement(entry: Entry, judgement: &Judgement, memory_mib: usize, screen: &Screen) -> String {
    let mut out = format!("{}\n\n", heading(entry.exercise, screen));
    let (right, cases) = (judgement.right(), judgement.cases.len());
    let count = if right == cases {
        WORDS.with("judged.all", &named![cases])
    } else {
        WORDS.with("judged.some", &named![right, cases])
    };
    let mark = if judgement.passed() {
        screen.paint(Role::Good, &format!("✓ {}", screen.say(&WORDS.get("judged.passed"))))
    } else {
        screen.paint(Role::Bad, "✗")
    };
    out.push_str(&format!("{mark} {}\n", screen.say(&count)));
    if judgement.passed() {
        out.push_str(&after(entry, screen));
        return out;
    }
    if let Some(trouble) = &judgement.trouble {
        out.push_str(&wrap(screen.say(&said(trouble, judgement, memory_mib)), "", "", screen));
    }
    out.push_str(&errors(judgement, memory_mib, screen));
    signs(judgement)
        .iter()
        .for_each(|signs| out.push_str(&wrap(screen.say(&seen(signs, judgement)), "", "", screen)));
    let differs = judgement.answers.iter().any(|answer| answer.difference.is_some());
    let diagnosis = diagnose(judgement);
    if differs || matches!(diagnosis, Diagnosis::Mistakes(_)) {
        out.push_str(&diagnosed(entry, judgement, diagnosis, screen));
    }
    out.push_str(&smallest(judgement, screen));
    out.push_str(&unanswered(judgement, screen));
    out.push_str(&stderr(judgement, screen));
    out
}

/// Errors that the program reported of itself.
fn errors(judgement: &Judgement, memory: usize, screen: &Screen) -> String {
    let answers = judgement.answers.iter().enumerate();
    let errors = answers.filter_map(|(i, answer)| Some((i, answer.output.as_ref().err()?)));
    let (full, others): (Vec<_>, Vec<_>) = errors.partition(|(_, error)| ran_out_of_memory(error));
    let mut out = String::new();
    if !full.is_empty() {
        let line = WORDS.with("judged.memory", &named![count = full.len(), memory]);
        out.push_str(&wrap(screen.say(&line), "", "", screen));
    }
    if let Some((i, first)) = others.first() {
        let error = Text::same(shorten(&visible(first), 160));
        let line = WORDS.with("judged.error", &named![count = others.len(), case = i + 1, error]);
        out.push_str(&wrap(screen.say(&line), "", "", screen));
    }
    out
}

/// The mistake, or the first step that differs.
fn diagnosed(entry: Entry, judgement: &Judgement, diagnosis: Diagnosis, screen: &Screen) -> String {
    let exercise = entry.exercise;
    let mut out = String::from("\n");
    match diagnosis {
        Diagnosis::Mistakes(flaws) => {
            out.push_str(&mistakes(exercise, &flaws, screen));
            let answered = judgement.answers.iter().filter(|answer| answer.output.is_ok()).count();
            out.push_str(&wrap(screen.say(&WORDS.with("judged.fits", &named![answered])), "", "", screen));
            if judgement.answers.iter().any(Answer::is_out_of_range) {
                out.push_str(&wrap(screen.say(&WORDS.get("judged.fits-errors")), "", "", screen));
            }
            flaws.iter().for_each(|flaw| out.push_str(&why(entry, flaw, screen)));
        }
        Diagnosis::Step { name, case, difference } => {
            let what = differs(&difference);
            let step = WORDS.with("judged.step", &named![name = Text::same(name), case = case + 1, what]);
            out.push_str(&wrap(&screen.paint(Role::Strong, screen.say(&step)), "", "", screen));
            out.push_str(&steps_told(exercise, std::iter::once(name), screen));
        }
        Diagnosis::Unknown => {
            out.push_str(&wrap(screen.say(&WORDS.get("judged.unknown")), "", "", screen));
            out.push_str(&about_steps(judgement, screen));
        }
    }
    out.push_str(&unknown_steps(judgement, screen));
    out
}

/// The mistakes by name: one in a sentence, several in a list.
fn mistakes(exercise: &Exercise, flaws: &[&'static Flaw], screen: &Screen) -> String {
    let strong = |text: &str| screen.paint(Role::Strong, text);
    let names: Vec<Text> = flaws.iter().map(|flaw| exercise.flaw(flaw)[0].clone()).collect();
    if let [name] = &names[..] {
        let what = WORDS.with("judged.mistake", &named![name = name.clone()]);
        return wrap(&strong(screen.say(&what)), "", "", screen);
    }
    let mut out = wrap(
        &strong(screen.say(&WORDS.with("judged.mistakes", &named![count = names.len()]))),
        "",
        "",
        screen,
    );
    names.iter().for_each(|name| out.push_str(&wrap(&strong(screen.say(name)), "  · ", "    ", screen)));
    out
}

/// Why a mistake is one, the claim that measures it and the section that explains it.
fn why(entry: Entry, flaw: &Flaw, screen: &Screen) -> String {
    let [_, why] = entry.exercise.flaw(flaw);
    let mut out = wrap(screen.say(&why), "  ", "  ", screen);
    if let Some(claim) = flaw.claim {
        let line = WORDS.with("judged.claim", &named![claim = Text::same(entry.claim(claim))]);
        out.push_str(&wrap(screen.say(&line), "  ", "  ", screen));
    }
    if let Some(Section { lesson, number, title }) = entry.section(flaw) {
        let line = WORDS.with("judged.section", &named![lesson = Text::same(lesson), number, title]);
        out.push_str(&wrap(screen.say(&line), "  ", "  ", screen));
    }
    out
}

/// Steps that were told and are right, or those that could be told.
fn about_steps(judgement: &Judgement, screen: &Screen) -> String {
    match told(judgement).known.last() {
        Some(last) => {
            let line = WORDS.with("judged.steps-right", &named![last = Text::same(*last)]);
            wrap(screen.say(&line), "", "", screen)
        }
        None => ask_for_steps(judgement, screen),
    }
}

/// Names of steps that are none.
fn unknown_steps(judgement: &Judgement, screen: &Screen) -> String {
    let unknown = told(judgement).unknown;
    if unknown.is_empty() {
        return String::new();
    }
    let quoted = |name: &String| Text::new(format!("\"{name}\""), format!("“{name}”"));
    let names: Vec<Text> = unknown.iter().map(quoted).collect();
    let names = Text::joined(&names, [", ", ""]).map(|names| shorten(&visible(names), 120));
    wrap(screen.say(&WORDS.with("judged.steps-unknown", &named![names])), "", "", screen)
}

fn ask_for_steps(judgement: &Judgement, screen: &Screen) -> String {
    let exercise = judgement.exercise;
    let Some(case) = judgement.cases.first() else { return String::new() };
    let steps = (exercise.solve)(&case.given, &Flaws::NONE).steps;
    if steps.is_empty() {
        return String::new();
    }
    let mut out = wrap(screen.say(&WORDS.get("judged.tell-steps")), "", "", screen);
    out.push_str(&steps_told(exercise, steps.iter().map(|(name, _)| *name), screen));
    out
}

/// The smallest case that is wrong, the person's numbers beside the right ones.
fn smallest(judgement: &Judgement, screen: &Screen) -> String {
    let Some(i) = judgement.smallest_wrong() else { return String::new() };
    let (case, answer) = (&judgement.cases[i], &judgement.answers[i]);
    let kind = Text::same(kind(case, screen));
    // One that ended in an error may be smaller: it is no answer.
    let others = answer.output.is_ok() && judgement.answers.iter().any(|answer| answer.output.is_err());
    let id = if others { "judged.smallest-answer" } else { "judged.smallest" };
    let title = WORDS.with(id, &named![number = i + 1, kind]);
    let mut out = format!("\n{}\n", screen.paint(Role::Strong, screen.say(&title)));
    let word = |id: &str| screen.say(&WORDS.get(id)).to_string();
    let [yours, right, place] = ["judged.yours", "judged.right", "judged.where"].map(word);
    let names = judgement.exercise.takes.iter().map(|field| field.name);
    let room = room(names.chain([yours.as_str(), right.as_str(), place.as_str()]));
    out.push_str(&given(judgement.exercise.takes, &case.given, room, screen));
    let output = answer.output.as_ref().map_or_else(|error| Value::String(error.clone()), Value::clone);
    out.push_str(&labelled(&yours, &output, room, screen));
    out.push_str(&labelled(&right, &answer.right, room, screen));
    if let Some(difference) = &answer.difference {
        let first = format!("  {}  ", screen.paint(Role::Quiet, &pad_right(&place, room)));
        out.push_str(&wrap(screen.say(&differs(difference)), &first, &" ".repeat(room + 4), screen));
    }
    out
}

/// What was asked when the program ended or fell silent.
fn unanswered(judgement: &Judgement, screen: &Screen) -> String {
    let Some(i) = judgement.unanswered() else { return String::new() };
    let (takes, case) = (judgement.exercise.takes, &judgement.cases[i]);
    let kind = Text::same(kind(case, screen));
    let title = WORDS.with("judged.asked", &named![number = i + 1, kind]);
    let room = room(takes.iter().map(|field| field.name));
    format!("\n{}\n", screen.paint(Role::Strong, screen.say(&title)))
        + &given(takes, &case.given, room, screen)
}

/// After a pass: what to read, what comes next.
fn after(entry: Entry, screen: &Screen) -> String {
    let exercise = entry.exercise;
    let say = |id: &str| screen.say(&WORDS.get(id)).to_string();
    let mut out = String::new();
    for (id, text) in [("passed.cost", "cost"), ("passed.next", "next")] {
        out.push_str(&format!("\n{}\n", screen.paint(Role::Strong, &say(id))));
        out.push_str(&wrap(screen.say(&exercise.text(text)), "  ", "  ", screen));
    }
    let twin = match exercise.twin {
        Twin::Whiteboard(_) => {
            WORDS.with("passed.twin", &named![lesson = Text::same(entry.lesson.card.name)])
        }
        Twin::Library(item) => WORDS.with("passed.twin-library", &named![item = Text::same(item)]),
    };
    let [one, other] = exercise.follow_ups.map(Text::same);
    out.push('\n');
    out.push_str(&wrap(screen.say(&twin), "", "", screen));
    out.push_str(&wrap(screen.say(&WORDS.with("passed.follow-ups", &named![one, other])), "", "", screen));
    out
}

/// The end of what the program wrote to its standard error.
fn stderr(judgement: &Judgement, screen: &Screen) -> String {
    let lines: Vec<&str> = judgement.stderr.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", screen.paint(Role::Quiet, screen.say(&WORDS.get("judged.stderr"))));
    let mut shown = lines[lines.len().saturating_sub(STDERR_LINES)..].to_vec();
    // A panic of Rust says what happened in front of its backtrace, not behind it.
    let panicked = lines.iter().rposition(|line| line.contains("panicked at"));
    if let Some(at) = panicked.filter(|at| at + STDERR_LINES < lines.len()) {
        shown = lines[at..].iter().take(2).copied().chain(["…"]).chain(shown[3..].iter().copied()).collect();
    }
    for line in shown {
        out.push_str(&format!("  {}\n", shorten(&visible(line), screen.width.saturating_sub(2))));
    }
    out
}
