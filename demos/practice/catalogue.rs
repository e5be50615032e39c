//! All exercises.

use crate::LESSONS;
use crate::kit::exercise::Exercise;
use crate::kit::lesson::Lesson;

/// An exercise, and the lesson that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The exercise.
    pub exercise: &'static Exercise,
}

impl Entry {
    /// A claim that an exercise names in short, as one types it: `attention C3`.
    pub fn claim(&self, claim: &str) -> String {
        if claim.contains(' ') { claim.into() } else { format!("{} {claim}", self.lesson.card.name) }
    }
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
