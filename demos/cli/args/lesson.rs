//! The flags of a lesson: what to show of it, and which of them go together.

use std::path::PathBuf;

use demos::kit::knob::{Knob, Values};
use demos::kit::lesson::{Lesson, Setting};
use demos::kit::number::half_width;
use demos::kit::text::Lang;
use demos::render::form::{Depth, Form};

use super::selection;
use super::{Common, LessonRequest, What};
use crate::cli::options::{self, ANSWER, BRIEF, CLAIM, CODE, EVIDENCE, NO_CLAIMS, ROLE, SECTION};
use crate::cli::{Failure, refusal};

/// A lesson with its flags and the claims that were named.
pub(super) fn request(
    lesson: &'static Lesson,
    knobs: Values,
    flags: &Values,
    claims: &[&str],
    common: Common,
) -> Result<LessonRequest, Failure> {
    let what = what(lesson, flags, claims, common.lang)?;
    let depth = match what {
        What::Claims(_) => Depth::Evidence,
        What::Brief => Depth::Brief,
        _ if EVIDENCE.of(flags) => Depth::Evidence,
        _ => Depth::Folded,
    };
    let request = LessonRequest {
        lesson,
        setting: Setting { values: knobs, seed: common.seed },
        what,
        depth,
        claims: !NO_CLAIMS.of(flags),
        figures: options::FIGURES.of(flags).map(PathBuf::from),
        common,
    };
    refuse_without_effect(&request, flags)?;
    Ok(request)
}

/// What to show: at most one of the flags that say so.
fn what(lesson: &'static Lesson, flags: &Values, claims: &[&str], lang: Lang) -> Result<What, Failure> {
    let lists = claims.iter().copied().chain(CLAIM.of(flags));
    let lists: Vec<String> = lists.map(half_width).collect();
    let named: Vec<&str> = lists.iter().flat_map(|list| list.split([',', '、'])).map(str::trim).collect();
    let asked = [
        (ANSWER.of(flags), "--answer", What::Answer(ROLE.of(flags))),
        (flags.given(&CODE), "--code", What::Code(CODE.of(flags))),
        (BRIEF.of(flags), "--brief", What::Brief),
        (flags.given(&SECTION), "--section", What::Section(SECTION.of(flags).unwrap_or(1))),
        (!named.is_empty(), "--claim", What::Claims(Vec::new())),
    ];
    let mut asked = asked.into_iter().filter(|(there, ..)| *there);
    let (first, second) = (asked.next(), asked.next());
    match (first, second) {
        (Some((_, one, _)), Some((_, other, _))) => Err(refusal::one_of_two(one, other, lang)),
        (Some((.., What::Claims(_))), None) => Ok(What::Claims(selection::claims(lesson, &named, lang)?)),
        (Some((.., what)), None) => Ok(what),
        (None, _) => Ok(What::Page),
    }
}

/// A flag that has no effect beside the others is refused, not ignored in silence.
fn refuse_without_effect(request: &LessonRequest, flags: &Values) -> Result<(), Failure> {
    let (lang, form) = (request.common.lang, request.common.form);
    let only = |flag: &str, with: &str| Err(refusal::only_with(flag, with, lang));
    let shows_claims = !matches!(request.what, What::Answer(_) | What::Code(_));
    match &request.what {
        // What is known to have none is refused before anything runs.
        What::Code(_) | What::Answer(_) | What::Brief | What::Claims(_) if request.figures.is_some() => {
            return Err(refusal::no_figures(lang));
        }
        What::Code(_) if !form.folds => return Err(refusal::code_is_text(form.word, lang)),
        What::Answer(_) => {}
        _ if flags.given(&ROLE) => return only("--role", "--answer"),
        _ => {}
    }
    if EVIDENCE.of(flags) && (!shows_claims || !request.claims) {
        return Err(refusal::no_claims_shown("--evidence", lang));
    }
    if matches!(request.what, What::Claims(_)) && !request.claims {
        return Err(refusal::one_of_two("--claim", "--no-claims", lang));
    }
    let folding = [(BRIEF.of(flags), "--brief"), (EVIDENCE.of(flags), "--evidence")];
    match folding.into_iter().find(|(there, _)| *there && !form.folds) {
        Some((_, flag)) => Err(refusal::form_keeps_all(flag, form.word, lang)),
        None => Ok(()),
    }
}

/// The syllabus has no claims, and is no page of Markdown.
pub(super) fn refuse_without_one(values: &Values, form: &Form, lang: Lang) -> Result<(), Failure> {
    let flag = match form.word {
        _ if NO_CLAIMS.of(values) => "--no-claims",
        "markdown" => "--format markdown",
        _ => return Ok(()),
    };
    Err(refusal::needs_lesson(flag, lang))
}

/// Is this a flag that goes with a lesson only?
pub(crate) fn is_of_lessons(name: &str) -> bool {
    let of_one = options::of("lesson");
    of_one.iter().any(|flag: &&dyn Knob| flag.name() == name)
}
