//! The syllabus: every question of the bank and the command that runs it.

use crate::LESSONS;
use crate::kit::question::QUESTIONS;
use crate::render::screen::{Role, Screen, pad_right};

use super::prose::wrap;

/// Every question, with its command or "not yet".
pub fn syllabus(screen: &Screen) -> String {
    let title =
        screen.pick("LLM theory, executed: one command a question", "LLM 理论，跑给你看：一道题一条命令");
    let mut out = format!("{}\n\n", screen.paint(Role::Heading, title));
    for question in &QUESTIONS {
        let lesson = LESSONS.iter().find(|lesson| lesson.card.questions.contains(&question.id));
        let command = match lesson {
            Some(lesson) => screen.paint(Role::Code, &pad_right(&format!("demo {}", lesson.card.name), 18)),
            None => screen.paint(Role::Quiet, &pad_right(screen.pick("not yet", "尚未完成"), 18)),
        };
        let stars = screen.paint(Role::Caution, &pad_right(&"★".repeat(question.stars), 3));
        let first = format!("{}  {stars}  {command}  ", pad_right(question.id, 7));
        out.push_str(&wrap(screen.say(&question.asks), &first, &" ".repeat(34), screen));
    }
    let more = screen.pick(
        "demo <lesson> --help lists the knobs, demo check checks every claim, demo plots draws every figure.",
        "demo <课程> --help 列出参数；demo check 检验全部论断；demo plots 重画所有图。",
    );
    out.push('\n');
    out.push_str(&wrap(more, "", "", screen));
    out
}
