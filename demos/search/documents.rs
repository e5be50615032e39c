//! The pieces of text that are searched.

use crate::LESSONS;
use crate::kit::answer;
use crate::kit::claim::short_id;
use crate::kit::lesson::Lesson;
use crate::kit::question::question;
use crate::kit::text::{Lang, Text};
use crate::kit::words::fill::without;

/// What kind of piece it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A question of the bank and its lesson.
    Question,
    /// A section of a lesson.
    Section,
    /// A claim of the written answer.
    Claim,
    /// What to say in the interview.
    Answer,
    /// A knob of a lesson.
    Knob,
}

/// A piece of text.
#[derive(Debug)]
pub struct Document {
    /// What kind of piece it is.
    pub place: Place,
    /// What it is called.
    pub title: Text,
    /// All its words, in both languages.
    pub body: String,
    /// What to type to see it.
    pub command: String,
}

impl Document {
    /// The title in both languages, and the name of a claim, `C9`: whoever knows it looks for that.
    pub fn titles(&self) -> String {
        let [en, zh] = Lang::ALL.map(|lang| self.title.get(lang));
        let name = self.command.rsplit(' ').next().filter(|_| self.place == Place::Claim);
        [en, zh].into_iter().chain(name).collect::<Vec<_>>().join(" ")
    }
}

/// Every piece of every lesson.
pub fn all() -> Vec<Document> {
    LESSONS.iter().flat_map(|lesson| of_lesson(lesson)).collect()
}

fn of_lesson(lesson: &Lesson) -> Vec<Document> {
    let mut all = vec![itself(lesson)];
    all.extend(sections(lesson));
    all.extend(lesson.claims.iter().map(|claim| of_claim(lesson, short_id(claim.id))));
    all.extend(answers(lesson));
    all.extend(lesson.knobs.iter().map(|knob| of_knob(lesson, knob.name())));
    all
}

fn itself(lesson: &Lesson) -> Document {
    let asks = lesson.card.questions.iter().filter_map(|id| question(id));
    let asks: Vec<String> = asks.flat_map(|q| Lang::ALL.map(|lang| q.asks.get(lang).to_string())).collect();
    Document {
        place: Place::Question,
        title: lesson.title(),
        body: format!("{} {} {}", lesson.card.name, lesson.card.aliases.join(" "), asks.join(" ")),
        command: format!("demo {}", lesson.card.name),
    }
}

fn sections(lesson: &Lesson) -> Vec<Document> {
    let [en, zh] = Lang::ALL.map(|lang| cut(&lesson.prose(lang)));
    en.into_iter()
        .zip(zh)
        .enumerate()
        .map(|(i, ((title, english), (titel, chinese)))| Document {
            place: Place::Section,
            title: Text::new(title, titel),
            body: format!("{english} {chinese}"),
            command: format!("demo {} --section {}", lesson.card.name, i + 1),
        })
        .collect()
}

/// Heading without its number, and text, of each section.
fn cut(prose: &str) -> Vec<(String, String)> {
    let sections = prose.split("\n## ").skip(1);
    sections
        .map(|section| {
            let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
            let title = heading.trim_start_matches(|c: char| c.is_ascii_digit()).trim();
            (title.to_string(), without(body))
        })
        .collect()
}

fn of_claim(lesson: &Lesson, claim: &str) -> Document {
    Document {
        place: Place::Claim,
        title: lesson.words.plain(claim),
        body: format!("{claim} {}", lesson.words.section(claim)),
        command: format!("demo {} {claim}", lesson.card.name),
    }
}

fn answers(lesson: &Lesson) -> Option<Document> {
    let said = Lang::ALL.map(|lang| {
        let parts = answer::parts(lesson, lang).into_iter();
        parts.map(|(_, body)| without(&body)).collect::<Vec<_>>().join(" ")
    });
    (!said[0].is_empty()).then(|| Document {
        place: Place::Answer,
        title: lesson.title(),
        body: said.join(" "),
        command: format!("demo {} --answer", lesson.card.name),
    })
}

fn of_knob(lesson: &Lesson, knob: &str) -> Document {
    let help = lesson.words.plain(&format!("knobs.{knob}"));
    Document {
        place: Place::Knob,
        body: format!("{knob} {} {}", help.get(Lang::En), help.get(Lang::Zh)),
        title: Text::new(
            format!("--{knob}: {}", help.get(Lang::En)),
            format!("--{knob}：{}", help.get(Lang::Zh)),
        ),
        command: format!("demo {} --help", lesson.card.name),
    }
}
