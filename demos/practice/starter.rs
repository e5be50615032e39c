//! A program to begin with: signature, shapes, and the protocol done.

use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthStr;

use crate::kit::exercise::{Exercise, Field, Flaws, Form};
use crate::kit::lesson::DEFAULT_SEED;
use crate::kit::text::Lang;
use crate::kit::whiteboard::Language;

use super::WORDS;

/// Columns of a comment, without its mark.
const COLUMNS: usize = 84;

const PYTHON: &str = include_str!("starter/starter.py");
const RUST: &str = include_str!("starter/starter.rs");

/// The program, with its comments in one language.
pub fn starter(exercise: &Exercise, language: Language, lang: Lang) -> String {
    let (template, mark, begin) = match language {
        Language::Python => (PYTHON, "    ", ""),
        Language::Rust => (RUST, "/// ", "//! "),
    };
    let typed = |field: &Field| match language {
        Language::Python => field.name.to_string(),
        Language::Rust => format!("{}: {}", field.name, rust(field.form, true)),
    };
    let arguments: Vec<String> = exercise.takes.iter().map(typed).collect();
    let passed: Vec<String> = exercise.takes.iter().map(|field| taken(field, language)).collect();
    let gives = match exercise.gives {
        [one] => rust(one.form, false),
        _ => "Value",
    };
    template
        .replace("HOW_TO_RUN", &how_to_run(exercise, language, lang).join(&format!("\n{begin}")))
        .replace("YOUR_TURN", WORDS.get("starter.yours").get(lang))
        .replace("PROTOCOL_BELOW", WORDS.get("starter.below").get(lang))
        .replace("FUNCTION", &function(exercise))
        .replace("TITLE", exercise.title().get(lang))
        .replace("TASK", &wrapped(exercise.text("task").get(lang), COLUMNS).join(&format!("\n{mark}")))
        .replace("STEPS_TOLD", &steps(exercise, lang))
        .replace("ARGUMENTS", &arguments.join(", "))
        .replace("PASSED", &passed.join(", "))
        .replace("GIVES", gives)
        .replace("SHAPES", shapes(exercise, lang, mark).trim_start_matches(mark))
}

/// The function's name: that of the exercise.
pub fn function(exercise: &Exercise) -> String {
    exercise.name.replace('-', "_")
}

/// The file's name.
pub fn file(exercise: &Exercise, language: Language) -> String {
    let ending = match language {
        Language::Python => "py",
        Language::Rust => "rs",
    };
    format!("{}.{ending}", function(exercise))
}

/// The commands that run the program, one a line.
pub fn how_to_run(exercise: &Exercise, language: Language, lang: Lang) -> Vec<String> {
    let (name, function) = (exercise.name, function(exercise));
    match language {
        Language::Python => vec![format!("demo grade {name} --cmd \"python3 {}\"", file(exercise, language))],
        Language::Rust => vec![
            WORDS.get("starter.rust").get(lang).to_string(),
            format!("  cargo new {function} && cd {function} && cargo add serde_json"),
            format!("  demo grade {name} --starter rust --out src/main.rs"),
            format!("  cargo build --release && demo grade {name} --cmd target/release/{function}"),
        ],
    }
}

fn taken(field: &Field, language: Language) -> String {
    match language {
        Language::Python
            if matches!(field.form, Form::Number | Form::Numbers | Form::Matrix | Form::Matrices) =>
        {
            format!("numbers(given[\"{}\"])", field.name)
        }
        Language::Python => format!("given[\"{}\"]", field.name),
        Language::Rust if field.form == Form::Other => format!("&given[\"{}\"]", field.name),
        Language::Rust => {
            let borrow = if rust(field.form, true).starts_with('&') { "&" } else { "" };
            format!("{borrow}read::<{}>(&given[\"{}\"])", rust(field.form, false), field.name)
        }
    }
}

/// Each argument and answer with its shape and what it is, one a line.
fn shapes(exercise: &Exercise, lang: Lang, mark: &str) -> String {
    let all = || exercise.takes.iter().chain(exercise.gives);
    let widest = all().map(|field| field.name.len()).max().unwrap_or(0);
    let lines = all().map(|field| {
        let name = format!("{:widest$}", field.name);
        let form = form(field, lang);
        let what = exercise.text(field.name);
        let hanging = format!("\n{mark}{}", " ".repeat(widest + 2));
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        let what = format!("{form}{colon}{}", what.get(lang));
        let what = wrapped(&what, COLUMNS - widest - 2).join(&hanging);
        format!("{mark}{name}  {what}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The values on the way that a program in Python may tell, each with what it is.
fn steps(exercise: &Exercise, lang: Lang) -> String {
    let cases = (exercise.cases)(DEFAULT_SEED);
    let steps =
        cases.first().map(|case| (exercise.solve)(&case.given, &Flaws::NONE).steps).unwrap_or_default();
    if steps.is_empty() {
        return String::new();
    }
    let mut out = format!("    # {}\n", WORDS.get("starter.steps").get(lang));
    for (name, _) in steps {
        out.push_str(&format!("    #   steps[\"{name}\"] = …  {}\n", exercise.text(name).get(lang)));
    }
    out
}

/// The lines of a text, at most so many columns each where it can be broken.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let (mut lines, mut from) = (vec![String::new()], 0);
    for (to, _) in linebreaks(text) {
        let piece = &text[from..to];
        from = to;
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.width() + piece.trim_end().width() <= most => {
                line.push_str(piece);
            }
            _ => lines.push(piece.into()),
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_string()).collect()
}

/// The form of an argument or an answer in words.
pub fn form(field: &Field, lang: Lang) -> String {
    let name = WORDS.get(&format!("form.{}", word(field.form)));
    let name = name.get(lang);
    match (field.shape, lang) {
        ("", _) => name.to_string(),
        (shape, Lang::En) => format!("{shape}, {name}"),
        (shape, Lang::Zh) => format!("{shape}，{name}"),
    }
}

/// The id of a form in the words.
pub fn word(form: Form) -> &'static str {
    match form {
        Form::Number => "number",
        Form::Whole => "whole",
        Form::Truth => "truth",
        Form::Text => "text",
        Form::Numbers => "numbers",
        Form::Wholes => "wholes",
        Form::Texts => "texts",
        Form::Matrix => "matrix",
        Form::Truths => "truths",
        Form::Matrices => "matrices",
        Form::Other => "other",
    }
}

/// The type in Rust, as an argument or as what is returned.
fn rust(form: Form, argument: bool) -> &'static str {
    match (form, argument) {
        (Form::Number, _) => "f64",
        (Form::Whole, _) => "usize",
        (Form::Truth, _) => "bool",
        (Form::Text, true) => "&str",
        (Form::Text, false) => "String",
        (Form::Numbers, true) => "&[f64]",
        (Form::Numbers, false) => "Vec<f64>",
        (Form::Wholes, true) => "&[usize]",
        (Form::Wholes, false) => "Vec<usize>",
        (Form::Texts, true) => "&[String]",
        (Form::Texts, false) => "Vec<String>",
        (Form::Matrix, true) => "&[Vec<f64>]",
        (Form::Matrix, false) => "Vec<Vec<f64>>",
        (Form::Truths, true) => "&[Vec<bool>]",
        (Form::Truths, false) => "Vec<Vec<bool>>",
        (Form::Matrices, true) => "&[Vec<Vec<f64>>]",
        (Form::Matrices, false) => "Vec<Vec<Vec<f64>>>",
        (Form::Other, true) => "&Value",
        (Form::Other, false) => "Value",
    }
}
