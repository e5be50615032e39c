//! The flags that are not a lesson's own.
//!
//! They are knobs too: what reads, checks and explains a lesson's knob does the same for them.

use demos::kit::knob::{Kind, Knob};
use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::text::text;

/// The command that runs claims.
pub(crate) const CHECK: &str = "check";
/// The command that draws figures.
pub(crate) const PLOTS: &str = "plots";

/// The flags of a command, besides the knobs of a lesson. The empty name is the program itself: its
/// flags may stand before any command that has them.
pub(crate) fn of(command: &str) -> Vec<Knob> {
    match command {
        CHECK => vec![lang(), format(&["text", "json"]), seed(), out(), color()],
        PLOTS => vec![compare(), lang(), out_folder()],
        "" => general(),
        _ => [vec![figures()], general()].concat(),
    }
}

fn general() -> Vec<Knob> {
    vec![lang(), format(&["text", "json", "markdown"]), seed(), out(), color(), code(), no_claims()]
}

fn lang() -> Knob {
    // No default of its own: the system's language is found out at run time.
    let kind = Kind::Choice { default: "", options: &["en", "zh"] };
    let help = text("language; by default the system's", "语言，默认跟随系统");
    Knob { name: "lang", help, kind }
}

fn format(options: &'static [&'static str]) -> Knob {
    let help = text("form of the output", "输出格式");
    Knob { name: "format", help, kind: Kind::Choice { default: "text", options } }
}

fn seed() -> Knob {
    // no larger, so that every reader of JSON gets it back exactly
    let kind = Kind::Integer { default: Some(DEFAULT_SEED), min: 0, max: u32::MAX as u64 };
    Knob { name: "seed", help: text("seed of everything that is drawn", "随机种子"), kind }
}

fn out() -> Knob {
    let help = text("write to this file, whole or not at all", "写入该文件；要么完整写入，要么不动原文件");
    Knob { name: "out", help, kind: Kind::File }
}

fn out_folder() -> Knob {
    let help = text("another folder than plots", "图片目录，默认为 plots");
    Knob { name: "out", help, kind: Kind::File }
}

fn color() -> Knob {
    let kind = Kind::Choice { default: "auto", options: &["auto", "always", "never"] };
    Knob { name: "color", help: text("when to use colours", "何时使用颜色"), kind }
}

fn code() -> Knob {
    let help = text("show the source of the readable implementation instead", "改为显示可读版实现的源码");
    Knob { name: "code", help, kind: Kind::Switch }
}

fn no_claims() -> Knob {
    let help = text("leave out the claims of the written answer", "不检验参考答案中的论断");
    Knob { name: "no-claims", help, kind: Kind::Switch }
}

fn figures() -> Knob {
    let help =
        text("save the figures of this run in this folder, as SVG", "把本次运行的图存入该目录，格式为 SVG");
    Knob { name: "figures", help, kind: Kind::File }
}

fn compare() -> Knob {
    let help = text("compare with the files that are there, write nothing", "只与已有文件逐字节比较，不写入");
    Knob { name: "check", help, kind: Kind::Switch }
}

#[cfg(test)]
mod tests {
    use demos::LESSONS;

    use super::*;

    #[test]
    fn no_knob_has_the_name_of_a_general_flag() {
        for lesson in LESSONS {
            let name = lesson.card.name;
            for knob in lesson.knobs {
                let taken = of(name).iter().any(|option| option.name == knob.name);
                assert!(!taken && !["help", "version"].contains(&knob.name), "{name} --{}", knob.name);
            }
        }
    }

    #[test]
    fn every_general_flag_means_something_to_a_lesson() {
        let of_a_lesson = of(LESSONS[0].card.name);
        assert!(of("").iter().all(|option| of_a_lesson.iter().any(|other| other.name == option.name)));
    }
}
