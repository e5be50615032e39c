//! All exercises.

use crate::LESSONS;
use crate::kit::exercise::{Exercise, Flaw};
use crate::kit::lesson::Lesson;
use crate::kit::text::{Lang, Text};

/// An exercise, and the lesson that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The exercise.
    pub exercise: &'static Exercise,
}

/// A section of a lesson's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The lesson's name.
    pub lesson: &'static str,
    /// Its number.
    pub number: usize,
    /// Its heading, without the number.
    pub title: Text,
}

impl Entry {
    /// A claim that an exercise names in short, as one types it: `attention C3`.
    pub fn claim(&self, claim: &str) -> String {
        let (lesson, claim) = self.split(claim);
        format!("{lesson} {claim}")
    }

    /// The section that explains a mistake: its own, the one that cites its claim, or that of the exercise. Nothing
    /// where a page has no such section; a test looks for that.
    pub fn section(&self, flaw: &Flaw) -> Option<Section> {
        let of_claim = || {
            let (lesson, claim) = self.split(flaw.claim?);
            citing(named_lesson(lesson)?, claim)
        };
        let named = |section: &str| {
            let (lesson, number) = self.split(section);
            headed(named_lesson(lesson)?, number.parse().ok()?)
        };
        match flaw.section {
            Some(section) => named(section),
            None => of_claim().or_else(|| named(self.exercise.section)),
        }
    }

    /// `C3` is of the exercise's lesson, `rope C3` of another.
    fn split<'t>(&self, short: &'t str) -> (&'t str, &'t str) {
        short.split_once(' ').unwrap_or((self.lesson.card.name, short))
    }
}

fn named_lesson(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| lesson.card.name == name)
}

/// The section of a number.
fn headed(lesson: &'static Lesson, number: usize) -> Option<Section> {
    let [en, zh] = Lang::ALL.map(|lang| {
        let prose = lesson.words.folder.read("lesson", lang);
        prose.lines().find_map(|line| line.strip_prefix(&format!("## {number} ")).map(plain))
    });
    Some(Section { lesson: lesson.card.name, number, title: Text::new(en?, zh?) })
}

/// A heading without the marks of code.
fn plain(heading: &str) -> String {
    heading.replace('`', "")
}

/// The first section that cites a claim.
fn citing(lesson: &'static Lesson, claim: &str) -> Option<Section> {
    let prose = lesson.words.folder.read("lesson", Lang::En);
    let mark = format!("[[{claim}]]");
    let before = &prose[..prose.find(&mark)?];
    let heading = before.lines().rev().find_map(|line| line.strip_prefix("## "))?;
    headed(lesson, heading.split(' ').next()?.parse().ok()?)
}

/// All exercises in the order of the lessons.
pub fn all() -> impl Iterator<Item = Entry> {
    LESSONS.iter().flat_map(|lesson| lesson.exercises.iter().map(move |exercise| Entry { lesson, exercise }))
}

/// The exercise of a name; an underscore is as good as a hyphen.
pub fn named(name: &str) -> Option<Entry> {
    let name = name.to_lowercase().replace('_', "-");
    all().find(|entry| entry.exercise.name == name)
}

/// The name that comes nearest, if one is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let distance = |other: &str| strsim::damerau_levenshtein(name, other);
    let names = all().map(|entry| entry.exercise.name);
    let nearest = names.min_by_key(|other| distance(other))?;
    (distance(nearest) <= nearest.len() / 2).then_some(nearest)
}
