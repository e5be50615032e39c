//! What to say in the interview, on one screen.
//!
//! It stands in `answer.<lang>.md` beside the lesson: sections of fixed names, whose numbers and pointers to
//! claims are the lesson's own. Questions that may follow are kept apart by what the interview is for.

use std::collections::BTreeMap;

use super::claim::short_id;
use super::findings::Findings;
use super::lesson::{Lesson, LessonError, apart};
use super::page::{Block, Page, Setting};
use super::prose;
use super::text::{Lang, Text, text};

/// What the interview is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Both kinds.
    Both,
    /// Algorithms and research.
    Algorithm,
    /// Engineering and systems.
    Engineering,
}

/// The sections, in the order in which they stand in the file: name, heading, and for whom.
static PARTS: [(&str, Text, Role); 6] = [
    ("opening", text("In thirty seconds", "30 秒版"), Role::Both),
    ("answer", text("In two minutes", "两分钟版"), Role::Both),
    ("algorithm", text("They may ask (algorithm)", "追问（算法岗）"), Role::Algorithm),
    ("engineering", text("They may ask (engineering)", "追问（工程岗）"), Role::Engineering),
    ("extra", text("Extra credit", "加分点"), Role::Both),
    ("trap", text("The trap", "容易踩的坑"), Role::Both),
];

/// The section in which a claim that is wrong may be named.
pub const TRAP: &str = "trap";

/// The answer to a lesson's questions, as a page of its own.
///
/// # Errors
/// [`LessonError`]
pub fn answer(
    lesson: &'static Lesson,
    setting: Setting,
    role: Role,
    lang: Lang,
) -> Result<Page, LessonError> {
    let findings = (lesson.walk)(&setting)?.visible();
    spoken(lesson, setting, &findings, role, lang)
}

/// [`answer`] around what a run found. Who wants both languages runs once.
///
/// # Errors
/// [`LessonError::Prose`]
pub fn spoken(
    lesson: &'static Lesson,
    setting: Setting,
    findings: &Findings,
    role: Role,
    lang: Lang,
) -> Result<Page, LessonError> {
    if findings.is_apart() {
        return Ok(apart(lesson, setting, lang, findings));
    }
    let mut blocks = Vec::new();
    for (name, body) in parts(lesson, lang) {
        let Some((_, heading, whom)) = PARTS.iter().find(|(known, ..)| *known == name) else { continue };
        if role == Role::Both || *whom == Role::Both || role == *whom {
            let body = format!("## {}\n\n{body}", heading.get(lang));
            blocks.extend(set(&body, findings, lesson, lang)?);
        }
    }
    let (title, files) = (lesson.title(), findings.files().to_vec());
    let (instead, next, results) = (None, Vec::new(), None);
    Ok(Page { card: &lesson.card, title, lang, setting, blocks, instead, next, files, results })
}

/// The sections of the file, by name, as they stand there.
pub fn parts(lesson: &Lesson, lang: Lang) -> Vec<(String, String)> {
    let file = lesson.words.folder.read("answer", lang);
    let sections = format!("\n{file}");
    let cut = sections.split("\n## ").skip(1);
    cut.filter_map(|section| section.split_once('\n'))
        .map(|(name, body)| (name.trim().to_string(), body.trim().to_string()))
        .collect()
}

fn set(body: &str, findings: &Findings, lesson: &Lesson, lang: Lang) -> Result<Vec<Block>, LessonError> {
    Ok(prose::part(body, &format!("answer.{}.md", lang.code()), findings, lesson.claims, lang)?)
}

/// What is wrong with the files of an answer: sections that are missing or strange, and claims that it leans on.
pub fn problems(lesson: &Lesson, wrong: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    for lang in Lang::ALL {
        let parts: BTreeMap<String, String> = parts(lesson, lang).into_iter().collect();
        let mut say = |what: String| problems.push(format!("answer.{}.md: {what}", lang.code()));
        for (name, ..) in &PARTS {
            if parts.get(*name).is_none_or(String::is_empty) {
                say(format!("## {name} is missing"));
            }
        }
        for (name, body) in &parts {
            if PARTS.iter().all(|(known, ..)| known != name) {
                say(format!("## {name} is no section of an answer"));
            }
            let cited = prose::placeholders(body);
            let leans =
                |id: &&str| wrong.iter().any(|wrong| wrong.rsplit('-').next().unwrap_or(wrong) == *id);
            if let Some(id) = cited.iter().find(|id| name != TRAP && leans(id)) {
                say(format!("## {name} leans on {id}, which is wrong"));
            }
            let claims =
                cited.iter().filter(|id| lesson.claims.iter().any(|claim| short_id(claim.id) == **id));
            if ["opening", "answer"].contains(&name.as_str()) && claims.count() == 0 {
                say(format!("## {name} points to no claim"));
            }
        }
    }
    problems
}
