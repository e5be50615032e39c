//! What is said when a request cannot be met: one line, with what was wrong and what to do.
//!
//! Nothing of clap's own messages is printed: its errors are read for their kind and for the words
//! that they are about.

mod told;

use std::path::Path;

use clap::error::{ContextKind, ErrorKind};

use demos::LESSONS;
use demos::kit::claim::short_id;
use demos::kit::knob::{Knob, Refusal};
use demos::kit::lesson::{Lesson, Page};
use demos::kit::text::{Lang, Text};
use demos::kit::visible::visible;
use demos::render::screen::shorten;

use super::Failure;
use super::args::is_of_lessons;
use told::{context, flag_name, knob, nearest};

/// A value out of its range, or values that do not go together.
pub(crate) fn of_knob(refused: &Refusal, command: &str, lang: Lang) -> Failure {
    Failure::usage(format!("{}{}", refused.0.get(lang), see_help(command, lang)))
}

/// Words that make no command line. `command` is the one being read, empty for the program itself.
pub(crate) fn of_clap(error: &clap::Error, command: &str, lang: Lang) -> Failure {
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            unknown_lesson(&name, nearest(error, ContextKind::SuggestedSubcommand), lang)
        }
        ErrorKind::UnknownArgument => {
            let flag = context(error, ContextKind::InvalidArg);
            if command.is_empty() && is_of_lessons(flag.trim_start_matches('-')) {
                return needs_lesson(&flag, lang);
            }
            unknown_flag(&flag, nearest(error, ContextKind::SuggestedArg), command, lang)
        }
        ErrorKind::InvalidValue => match knob(&flag_name(error), command) {
            // clap checks no value of a flag, so that there can only be none
            Some(knob) => missing_value(knob, command, lang),
            None => {
                let name = context(error, ContextKind::InvalidValue);
                unknown_lesson(&name, nearest(error, ContextKind::SuggestedValue), lang)
            }
        },
        // Of two values one would be dropped in silence.
        ErrorKind::ArgumentConflict => given_twice(&flag_name(error), command, lang),
        ErrorKind::TooManyValues => switch_with_value(&flag_name(error), command, lang),
        ErrorKind::InvalidUtf8 => not_utf8(lang),
        _ => unreadable(command, lang),
    }
}

/// A flag that the command does not have.
pub(crate) fn unknown_flag(flag: &str, near: Option<&str>, command: &str, lang: Lang) -> Failure {
    if !flag.starts_with('-') {
        return unknown_word(flag, command, lang);
    }
    let (flag, help) = (quotable(flag), see_help(command, lang));
    Failure::usage(match lang {
        Lang::En => {
            let who = if command.is_empty() { "there is".into() } else { format!("{command} has") };
            let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
            format!("{who} no flag {flag}{near}{help}")
        }
        Lang::Zh => {
            let who = if command.is_empty() { String::new() } else { format!("{command} ") };
            let near = near.map_or(String::new(), |near| format!("，是不是想用 {near}？"));
            format!("{who}没有选项 {flag}{near}{help}")
        }
    })
}

/// A flag that says something about a lesson, without one.
pub(crate) fn needs_lesson(flag: &str, lang: Lang) -> Failure {
    let lesson = LESSONS.first().map_or("", |lesson| lesson.card.name);
    Failure::usage(match lang {
        Lang::En => {
            format!("{flag} goes with a lesson; for instance demo {lesson} {flag} (demo lists them all)")
        }
        Lang::Zh => {
            format!("{flag} 要和课程一起用，例如 demo {lesson} {flag}（运行 demo 可列出全部课程）")
        }
    })
}

/// Source has no other form than its text.
pub(crate) fn code_is_text(format: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => format!("--code shows source as it stands; leave out --format {format}"),
        Lang::Zh => format!("--code 原样显示源码，请去掉 --format {format}"),
    })
}

/// A text for another program has no other form, and nothing beside it.
pub(crate) fn text_alone(flag: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => format!("this prints a text for another program and nothing else; leave out {flag}"),
        Lang::Zh => format!("这里只输出给别的程序用的文本，请去掉 {flag}"),
    })
}

/// Two flags that each say what to show.
pub(crate) fn one_of_two(one: &str, other: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => format!("{one} and {other} each say what to show; give one of them"),
        Lang::Zh => format!("{one} 和 {other} 只能选一个：它们都决定显示什么"),
    })
}

/// A flag that means something beside another one only.
pub(crate) fn only_with(flag: &str, with: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => format!("{flag} belongs to {with}; give both or neither"),
        Lang::Zh => format!("{flag} 要和 {with} 一起用"),
    })
}

/// A flag about claims where none are shown.
pub(crate) fn no_claims_shown(flag: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => {
            format!("{flag} says how much of each claim to show, and no claims are shown here; leave it out")
        }
        Lang::Zh => format!("这里不显示论断，{flag} 不起作用，请去掉"),
    })
}

/// A folder for figures where none is shown.
pub(crate) fn no_figures(lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => "no figure belongs to what is shown; leave out --figures, or what picks a part".into(),
        Lang::Zh => "要显示的内容里没有图，--figures 用不到；请去掉它，或者不要只选一部分".into(),
    })
}

/// A flag that folds what the form keeps whole.
pub(crate) fn form_keeps_all(flag: &str, form: &str, lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => {
            format!("{flag} is for reading at a terminal; --format {form} keeps everything, leave {flag} out")
        }
        Lang::Zh => format!("{flag} 只用于终端阅读；--format {form} 本来就保留全部内容，请去掉 {flag}"),
    })
}

/// A file that would be written over, and what stands against it.
pub(crate) fn overwritten(flag: &str, path: &Path, why: &Text, lang: Lang) -> Failure {
    let (shown, why) = (path.display(), why.get(lang));
    Failure::usage(match lang {
        Lang::En => format!("--{flag} {shown}: {why}; give another"),
        Lang::Zh => format!("--{flag} {shown}：{why}，请换一个"),
    })
}

/// A section that the page does not have.
pub(crate) fn no_section(number: usize, page: &Page) -> Failure {
    let last = page.sections().1.len();
    Failure::usage(match page.lang {
        Lang::En => format!("--section {number}: the lesson has sections 1 to {last}"),
        Lang::Zh => format!("--section {number}：这一课只有第 1 到 {last} 节"),
    })
}

/// A claim that the lesson does not have.
pub(crate) fn unknown_claim(name: &str, lesson: &Lesson, lang: Lang) -> Failure {
    let (name, command) = (quotable(name), lesson.card.name);
    let [first, last] = [lesson.claims.first(), lesson.claims.last()]
        .map(|claim| claim.map_or("", |claim| short_id(claim.id)));
    let help = see_help(command, lang);
    Failure::usage(match lang {
        Lang::En => format!("{command} has no claim \"{name}\"; its claims are {first} to {last}{help}"),
        Lang::Zh => format!("{command} 没有论断“{name}”，只有 {first} 到 {last}{help}"),
    })
}

/// No model, or several.
pub(crate) fn one_model(count: usize, lang: Lang) -> Failure {
    let help = see_help("model", lang);
    Failure::usage(match (lang, count) {
        (Lang::En, 0) => format!("which model? give one GGUF file or folder: demo model model.gguf{help}"),
        (Lang::En, _) => format!("one model at a time, not {count}: demo model model.gguf{help}"),
        (Lang::Zh, 0) => format!("要打开哪个模型？请给出一个 GGUF 文件或目录：demo model model.gguf{help}"),
        (Lang::Zh, _) => format!("一次只能打开一个模型，不能是 {count} 个：demo model model.gguf{help}"),
    })
}

/// Nothing to look for.
pub(crate) fn nothing_to_find(lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => "find what? for instance demo find \"kv cache\"".into(),
        Lang::Zh => "要找什么？例如 demo find 温度".into(),
    })
}

pub(crate) fn unknown_lesson(name: &str, near: Option<&str>, lang: Lang) -> Failure {
    let name = quotable(name);
    Failure::usage(match lang {
        Lang::En => {
            let near = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            format!("no lesson \"{name}\"{near} (demo lists them all)")
        }
        Lang::Zh => {
            let near = near.map_or(String::new(), |near| format!("，是不是想找“{near}”？"));
            format!("没有名为“{name}”的课程{near}（运行 demo 可列出全部课程）")
        }
    })
}

fn unknown_word(word: &str, command: &str, lang: Lang) -> Failure {
    let (word, help) = (quotable(word), see_help(command, lang));
    Failure::usage(match lang {
        Lang::En => format!("{command} takes flags only, not \"{word}\"{help}"),
        Lang::Zh => format!("{command} 只接受选项，不接受“{word}”{help}"),
    })
}

fn missing_value(knob: &dyn Knob, command: &str, lang: Lang) -> Failure {
    let (name, range, help) = (knob.name(), knob.kind().range(), see_help(command, lang));
    let range = range.get(lang);
    Failure::usage(match lang {
        Lang::En => format!("--{name} needs a value: give {range}{help}"),
        Lang::Zh => format!("--{name} 后面缺少值：请给出{range}{help}"),
    })
}

fn given_twice(flag: &str, command: &str, lang: Lang) -> Failure {
    let help = see_help(command, lang);
    Failure::usage(match lang {
        Lang::En => format!("--{flag} is given twice, and only one can count; leave the other out{help}"),
        Lang::Zh => format!("--{flag} 给了两次，只能有一个算数，请去掉另一个{help}"),
    })
}

fn switch_with_value(flag: &str, command: &str, lang: Lang) -> Failure {
    let help = see_help(command, lang);
    Failure::usage(match lang {
        Lang::En => format!("--{flag} is a switch and takes no value{help}"),
        Lang::Zh => format!("--{flag} 是开关，不带值{help}"),
    })
}

fn not_utf8(lang: Lang) -> Failure {
    Failure::usage(match lang {
        Lang::En => "an argument is not UTF-8; write it in UTF-8".into(),
        Lang::Zh => "有参数不是 UTF-8 编码，请改用 UTF-8".into(),
    })
}

/// The flags that exist lead to no other kind of error; a flag added later may.
fn unreadable(command: &str, lang: Lang) -> Failure {
    let help = see_help(command, lang);
    Failure::usage(match lang {
        Lang::En => format!("these arguments do not go together{help}"),
        Lang::Zh => format!("这些参数不能这样组合{help}"),
    })
}

fn see_help(command: &str, lang: Lang) -> String {
    let help = if command.is_empty() { "demo --help".into() } else { format!("demo {command} --help") };
    match lang {
        Lang::En => format!(" ({help} lists all flags)"),
        Lang::Zh => format!("（所有选项见 {help}）"),
    }
}

/// Somebody's words inside a message: not so long that the message is no longer read.
fn quotable(words: &str) -> String {
    shorten(&visible(words), 40)
}
