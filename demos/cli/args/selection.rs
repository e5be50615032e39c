//! Lessons and claims by their names: `rope`, `q3`, `C14`, `LLM-Q3-C14`.

use demos::LESSONS;
use demos::kit::claim::short_id;
use demos::kit::lesson::Lesson;
use demos::kit::number::half_width;
use demos::kit::text::Lang;

use crate::cli::{Failure, refusal};

/// A lesson and those of its claims that are wanted.
pub(crate) struct Chosen {
    pub(crate) lesson: &'static Lesson,
    pub(crate) claims: Vec<&'static str>,
}

/// Lessons, each with the claims that follow it or with all: `rope C14 C3 attention`, `rope C14,C3`. All lessons if nothing
/// is named.
pub(super) fn chosen(names: &[&str], lang: Lang) -> Result<Vec<Chosen>, Failure> {
    let mut chosen: Vec<Chosen> = Vec::new();
    let lists: Vec<String> = names.iter().map(|list| half_width(list)).collect();
    for name in lists.iter().flat_map(|list| list.split([',', '、'])).map(str::trim) {
        if let Some(lesson) = lesson(name) {
            chosen.push(Chosen { lesson, claims: Vec::new() });
        } else if let Some((lesson, claim)) = whole_id(name) {
            chosen.push(Chosen { lesson, claims: vec![claim] });
        } else {
            let last = chosen.last_mut().ok_or_else(|| refusal::unknown_lesson(name, nearest(name), lang))?;
            let looks_like_one =
                name.starts_with(['c', 'C']) && name[1..].chars().all(|c| c.is_ascii_digit());
            if !looks_like_one {
                return Err(refusal::unknown_lesson(name, nearest(name), lang));
            }
            last.claims.extend(claims(last.lesson, &[name], lang)?);
        }
    }
    if names.is_empty() {
        chosen = LESSONS.iter().map(|lesson| Chosen { lesson, claims: Vec::new() }).collect();
    }
    Ok(merged(chosen))
}

/// Each lesson once, in the order of the syllabus; a lesson named alone means all of its claims.
fn merged(chosen: Vec<Chosen>) -> Vec<Chosen> {
    let of = |lesson: &&'static Lesson| {
        let parts: Vec<&Chosen> = chosen.iter().filter(|part| std::ptr::eq(part.lesson, *lesson)).collect();
        let all = parts.iter().any(|part| part.claims.is_empty());
        let wanted = |id: &&str| all || parts.iter().any(|part| part.claims.contains(id));
        let claims = lesson.claims.iter().map(|claim| claim.id).filter(wanted).collect();
        (!parts.is_empty()).then_some(Chosen { lesson, claims })
    };
    LESSONS.iter().filter_map(of).collect()
}

/// Lessons, each once, in the order of the syllabus; all if none is named.
pub(super) fn lessons(names: &[&str], lang: Lang) -> Result<Vec<&'static Lesson>, Failure> {
    let known = |name: &&str| lesson(name).ok_or_else(|| refusal::unknown_lesson(name, nearest(name), lang));
    let named = names.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    let wanted =
        |lesson: &&'static Lesson| names.is_empty() || named.iter().any(|n| std::ptr::eq(*n, *lesson));
    Ok(LESSONS.iter().copied().filter(wanted).collect())
}

/// The claims of a lesson that are named, in the order of the lesson.
pub(super) fn claims(
    lesson: &'static Lesson,
    names: &[&str],
    lang: Lang,
) -> Result<Vec<&'static str>, Failure> {
    let is = |id: &'static str, name: &str| {
        short_id(id).eq_ignore_ascii_case(name) || id.eq_ignore_ascii_case(name)
    };
    let ids = || lesson.claims.iter().map(|claim| claim.id);
    if let Some(name) = names.iter().find(|name| ids().all(|id| !is(id, name))) {
        return Err(refusal::unknown_claim(name, lesson, lang));
    }
    Ok(ids().filter(|id| names.iter().any(|name| is(id, name))).collect())
}

/// The lesson of a name, an alias or a question of the bank.
fn lesson(name: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|lesson| {
        let card = &lesson.card;
        name == card.name || card.other_names().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

fn whole_id(name: &str) -> Option<(&'static Lesson, &'static str)> {
    let of = |lesson: &'static Lesson| {
        let claim = lesson.claims.iter().find(|claim| claim.id.eq_ignore_ascii_case(name))?;
        Some((lesson, claim.id))
    };
    LESSONS.iter().copied().find_map(of)
}

/// The lesson whose name is nearest to a word, if one is near.
pub(crate) fn nearest(word: &str) -> Option<&'static str> {
    let names = LESSONS.iter().map(|lesson| lesson.card.name);
    let near = names.map(|name| (strsim::jaro_winkler(word, name), name));
    near.filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}
