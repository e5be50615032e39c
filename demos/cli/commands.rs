//! The subcommands and their help, in one language, made from the lessons and the knobs.

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, Command};

use demos::LESSONS;
use demos::inspect;
use demos::kit::knob::{Kind, Knob, Value, kind};
use demos::kit::lesson::{Card, Lesson};
use demos::kit::text::{Lang, Text};
use demos::kit::words::Words;
use demos::render::screen::Screen;
use demos::render::wrap;

use super::options::{self, CHECK, DRILL, EVIDENCE_COMMAND, FIND, GRADE, MODEL, PLOTS, PROGRESS};

/// What stands without a flag: lessons, claims, words to look for.
pub(crate) const NAMES: &str = "names";

/// Columns that the help keeps for the flags themselves.
const FLAG_COLUMNS: usize = 34;

/// The whole command line.
pub(crate) fn program(screen: &Screen) -> Command {
    let about = screen.pick(
        "Lessons on the theory of large language models: every claim of a written answer, run.\n\
         Without a lesson, demo lists them all.",
        "大语言模型面试题讲义：参考答案里的每句话都用程序检验。\n不指定课程时，列出全部课程。",
    );
    let usage = screen.pick(
        "demo [FLAGS]\n       demo <LESSON> [CLAIM ...] [FLAGS]\n       demo check [LESSON [CLAIM ...] ...]\n       demo plots [LESSON ...]\n       demo find <WORDS>\n       demo model <FILE>\n       demo evidence\n       demo grade [EXERCISE]\n       demo drill\n       demo progress",
        "demo [选项]\n      demo <课程> [论断 ...] [选项]\n      demo check [课程 [论断 ...] ...]\n      demo plots [课程 ...]\n      demo find <词语>\n      demo model <文件>\n      demo evidence\n      demo grade [练习]\n      demo drill\n      demo progress",
    );
    let lessons = LESSONS.iter().enumerate().map(|(i, lesson)| taught(lesson, screen).display_order(i));
    command("demo", about, usage, screen)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_help_heading(screen.pick("Lessons and commands", "课程与命令"))
        .args(general("", screen))
        .arg(help(screen))
        .arg(version(screen))
        .subcommands(lessons)
        .subcommand(check(screen).display_order(LESSONS.len()))
        .subcommand(plots(screen).display_order(LESSONS.len() + 1))
        .subcommand(find(screen).display_order(LESSONS.len() + 2))
        .subcommand(model(screen).display_order(LESSONS.len() + 3))
        .subcommand(evidence(screen).display_order(LESSONS.len() + 4))
        .subcommand(grade(screen).display_order(LESSONS.len() + 5))
        .subcommand(drill(screen).display_order(LESSONS.len() + 6))
        .subcommand(progress(screen).display_order(LESSONS.len() + 7))
}

fn taught(lesson: &'static Lesson, screen: &Screen) -> Command {
    let card = &lesson.card;
    let usage = format!("demo {} {}", card.name, screen.pick("[CLAIM ...] [FLAGS]", "[论断 ...] [选项]"));
    let knobs = screen.pick("Knobs of the lesson", "课程参数");
    command(card.name, screen.say(&lesson.title()), &usage, screen)
        .aliases(spellings(card))
        .arg(names(screen.pick("CLAIM", "论断")))
        .args(flags(lesson.knobs, lesson.words, screen).into_iter().map(|flag| flag.help_heading(knobs)))
        .args(general(card.name, screen))
        .arg(help(screen))
}

fn check(screen: &Screen) -> Command {
    let about = screen.pick(
        "Run every claim of the lessons (all if none is named); exit 1 if a verdict moved",
        "检验课程的论断（默认全部）；结论与记录不符时退出码为 1",
    );
    let usage =
        screen.pick("demo check [LESSON [CLAIM ...] ...] [FLAGS]", "demo check [课程 [论断 ...] ...] [选项]");
    of_names(CHECK, about, usage, screen)
}

fn plots(screen: &Screen) -> Command {
    let about = screen.pick(
        "Draw the figures of the lessons (all if none is named) in both languages",
        "绘制课程的插图（默认全部），中英文各一份",
    );
    of_names(
        PLOTS,
        about,
        screen.pick("demo plots [LESSON ...] [FLAGS]", "demo plots [课程 ...] [选项]"),
        screen,
    )
}

fn find(screen: &Screen) -> Command {
    let about = screen.pick(
        "Where something stands in the lessons, claims and answers, best first",
        "在课程、论断和应答里查找，最相关的在前",
    );
    of_names(FIND, about, screen.pick("demo find <WORDS> [FLAGS]", "demo find <词语> [选项]"), screen)
}

fn model(screen: &Screen) -> Command {
    let about = screen.pick(
        "A real model out of its file: contents, memory, how well it predicts",
        "打开一个真实模型：文件内容、内存、预测得怎样、会说什么",
    );
    let usage = screen.pick("demo model <FILE> [FLAGS]", "demo model <文件> [选项]");
    let own = flags(inspect::knobs::KNOBS, &inspect::WORDS, screen);
    command(MODEL, about, usage, screen)
        .arg(names(screen.pick("FILE", "文件")))
        .args(own)
        .args(general(MODEL, screen))
        .arg(help(screen))
}

fn evidence(screen: &Screen) -> Command {
    let about = screen.pick(
        "What real models say about the claims: on record, or yours (--model FILE)",
        "真实模型怎么看这些论断：已有的记录，或在你的模型上重新测量",
    );
    let usage = screen.pick(
        "demo evidence [--model FILE [--check]] [FLAGS]",
        "demo evidence [--model 文件 [--check]] [选项]",
    );
    command(EVIDENCE_COMMAND, about, usage, screen).args(general(EVIDENCE_COMMAND, screen)).arg(help(screen))
}

fn grade(screen: &Screen) -> Command {
    let about = screen.pick(
        "Write it yourself: your program against cases that find mistakes",
        "自己动手写：用能查错的用例判你的程序",
    );
    let usage = screen.pick(
        "demo grade [EXERCISE] [--cmd COMMAND | --starter | --prove] [FLAGS]",
        "demo grade [练习] [--cmd 命令 | --starter | --prove] [选项]",
    );
    of_names(GRADE, about, usage, screen)
}

fn drill(screen: &Screen) -> Command {
    let about = screen.pick(
        "Ten minutes of cards: judge claims, compute sizes, predict, say it aloud",
        "每天十分钟卡片：判断论断、估算、预测结果、口头作答",
    );
    command(DRILL, about, screen.pick("demo drill [FLAGS]", "demo drill [选项]"), screen)
        .args(general(DRILL, screen))
        .arg(help(screen))
}

fn progress(screen: &Screen) -> Command {
    let about = screen.pick("How you stand with each question", "每道题的掌握情况");
    command(PROGRESS, about, screen.pick("demo progress [FLAGS]", "demo progress [选项]"), screen)
        .args(general(PROGRESS, screen))
        .arg(help(screen))
}

/// The other names of a lesson as a person may type them: `q3`, `Q3`, `llm-q3`, `LLM-Q3`. clap compares letter by
/// letter.
fn spellings(card: &Card) -> BTreeSet<String> {
    card.other_names().flat_map(|name| [name.to_uppercase(), name]).collect()
}

/// Words without a flag: lessons, claims, or what to look for.
fn names(value: &'static str) -> Arg {
    Arg::new(NAMES).num_args(0..).value_name(value).hide(true) // the usage line says it
}

/// A command that takes names.
fn of_names(name: &'static str, about: &str, usage: &str, screen: &Screen) -> Command {
    let names = names(screen.pick("NAME", "名称"));
    command(name, about, usage, screen).arg(names).args(general(name, screen)).arg(help(screen))
}

fn command(name: &'static str, about: &str, usage: &str, screen: &Screen) -> Command {
    Command::new(name)
        .about(about.to_string())
        .override_usage(usage.to_string())
        .help_template(
            screen.pick("{about}\n\nUsage: {usage}\n\n{all-args}", "{about}\n\n用法：{usage}\n\n{all-args}"),
        )
        .next_help_heading(screen.pick("Flags", "选项"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
}

fn help(screen: &Screen) -> Arg {
    let help = screen.pick("show this help", "显示帮助");
    Arg::new("help").long("help").short('h').action(ArgAction::Help).help(help.to_string())
}

fn version(screen: &Screen) -> Arg {
    let help = screen.pick("show the version", "显示版本");
    Arg::new("version").long("version").short('V').action(ArgAction::Version).help(help.to_string())
}

/// The flags of a command that are no lesson's own.
fn general(command: &str, screen: &Screen) -> Vec<Arg> {
    let words = &options::WORDS;
    // A command may have a meaning of its own for a flag.
    let help = |knob: &dyn Knob| {
        let own = format!("{command}.{}", knob.name());
        if words.has(&own) { words.get(&own) } else { words.get(&format!("knobs.{}", knob.name())) }
    };
    // The drill draws anew each time: the default of its seed is none, as its help says.
    let default = |knob: &dyn Knob| {
        let anew = command == DRILL && knob.name() == options::SEED.name();
        if anew { None } else { default(knob, screen) }
    };
    let knobs = options::of(command).into_iter();
    knobs.map(|knob| flag(knob, &help(knob), default(knob), screen)).collect()
}

fn flags(knobs: &[&dyn Knob], words: &Words, screen: &Screen) -> Vec<Arg> {
    let help = |knob: &dyn Knob| words.get(&format!("knobs.{}", knob.name()));
    knobs.iter().map(|knob| flag(*knob, &help(*knob), default(*knob, screen), screen)).collect()
}

fn flag(knob: &dyn Knob, help: &Text, default: Option<String>, screen: &Screen) -> Arg {
    let explained = explain(knob, help, default, screen);
    let flag = Arg::new(knob.name()).long(knob.name());
    let value = match knob.kind() {
        // Given twice, a switch is as on as given once.
        Kind::Switch => {
            return flag.action(ArgAction::SetTrue).overrides_with(knob.name()).help(explained);
        }
        Kind::Integer { .. } => "N",
        Kind::Number { .. } => "X",
        Kind::Choice { .. } => "WORD",
        Kind::Text { .. } => "TEXT",
        Kind::Folder => "DIR",
        Kind::File => "FILE",
    };
    // a negative number is a value out of range, not an unknown flag
    let flag = flag.value_name(value).allow_negative_numbers(true).help(explained);
    match knob.bare() {
        Some(word) => flag.num_args(0..=1).default_missing_value(word),
        None => flag,
    }
}

/// What a flag does, its range and its default, wrapped to what the flag leaves of the width.
fn explain(knob: &dyn Knob, help: &Text, default: Option<String>, screen: &Screen) -> String {
    let help = screen.say(help);
    let details: Vec<_> = [range(knob, screen), default].into_iter().flatten().collect();
    let explained = match (&details[..], screen.lang) {
        ([], _) => help.to_string(),
        (details, Lang::En) => format!("{help} ({})", details.join("; ")),
        (details, Lang::Zh) => format!("{help}（{}）", details.join("；")),
    };
    wrap::lines(&explained, screen.width - FLAG_COLUMNS, "", "").join("\n")
}

fn range(knob: &dyn Knob, screen: &Screen) -> Option<String> {
    match knob.kind() {
        Kind::Switch | Kind::File | Kind::Folder => None,
        Kind::Choice { options, .. } => Some(options.join(screen.pick(", ", "、"))),
        kind => Some(screen.say(&kind.range()).trim().to_string()),
    }
}

fn default(knob: &dyn Knob, screen: &Screen) -> Option<String> {
    let value = match kind::default(knob) {
        Value::Integer(n) => n.to_string(),
        Value::Number(x) => x.to_string(),
        Value::Words(words) if !words.is_empty() => words,
        _ => return None,
    };
    Some(format!("{} {value}", screen.pick("default", "默认")))
}

#[cfg(test)]
mod tests {
    use demos::render::screen::columns;

    use super::*;
    use crate::cli::terminal;

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in Lang::ALL {
            program(&terminal::plain(lang)).debug_assert();
        }
    }

    #[test]
    fn help_fits_the_width() {
        for lang in Lang::ALL {
            let screen = Screen { width: 80, ..terminal::plain(lang) };
            let mut program = program(&screen);
            program.build();
            for command in program.get_subcommands_mut() {
                let help = command.render_help().to_string();
                assert!(help.lines().all(|line| columns(line) <= screen.width), "{help}");
            }
        }
    }
}
