//! The pages of the practice as data. The form is stable: `"schema": 1`.

use serde_json::{Map, Value, json};

use concepts::numerics::tolerance::GRADED;

use super::pretty;
use crate::kit::exercise::{Case, Difference, Exercise, Field, Flaw, Flaws, Kind};
use crate::kit::text::Lang;
use crate::practice::attempts::{Attempt, Attempts};
use crate::practice::catalogue::{self, Entry};
use crate::practice::diagnosis::{Diagnosis, diagnose};
use crate::practice::drill::calibration::Calibration;
use crate::practice::drill::progress::{Progress, Standing};
use crate::practice::journal::Kept;
use crate::practice::judge::{Answer, Judgement};
use crate::practice::prove::Proof;
use crate::practice::signs::signs;
use crate::practice::starter;
use crate::render::form::PracticeForm;
use crate::render::screen::Screen;
use crate::render::text::practice::{differs, said, seen};

/// The practice as data.
pub(super) const FORM: PracticeForm = PracticeForm {
    list: |attempts, kept, screen| pretty(&list(attempts, kept, screen.lang)),
    task: |entry, seed, screen| pretty(&task(entry, seed, screen.lang)),
    judgement: |entry, judgement, memory, screen| pretty(&self::judgement(entry, judgement, memory, screen)),
    proofs: |proofs, screen| pretty(&self::proofs(proofs, screen.lang)),
    progress: |progress, kept, screen| pretty(&self::progress(progress, kept, screen.lang)),
};

fn list(attempts: &Attempts, kept: &Kept, lang: Lang) -> Value {
    let rows: Vec<Value> = catalogue::all()
        .map(|entry| {
            let exercise = entry.exercise;
            json!({
                "exercise": exercise.name,
                "title": exercise.title().get(lang),
                "lesson": entry.lesson.card.name,
                "questions": entry.lesson.card.questions,
                "best": attempts.get(exercise.name).map(attempt),
            })
        })
        .collect();
    json!({ "schema": 1, "exercises": rows, "journal": journal(kept) })
}

fn attempt(attempt: &Attempt) -> Value {
    json!({ "date": attempt.date, "right": attempt.right, "cases": attempt.cases, "passed": attempt.passed() })
}

/// Where the results are kept, and the lines of it that cannot be read.
fn journal(kept: &Kept) -> Value {
    json!({ "file": kept.path.display().to_string(), "damaged_lines": kept.damaged, "newer_lines": kept.newer })
}

fn task(entry: Entry, seed: u64, lang: Lang) -> Value {
    let exercise = entry.exercise;
    let mut out = head(entry, lang);
    let fields =
        |fields: &[Field]| fields.iter().map(|field| of_field(exercise, field, lang)).collect::<Value>();
    out.insert("task".into(), json!(exercise.text("task").get(lang)));
    out.insert("takes".into(), fields(exercise.takes));
    out.insert("gives".into(), fields(exercise.gives));
    out.insert("tolerance".into(), json!(GRADED));
    let cases = (exercise.cases)(seed);
    if let Some(case) = cases.iter().find(|case| case.kind == Kind::Hand) {
        let solution = (exercise.solve)(&case.given, &Flaws::NONE);
        let steps: Map<String, Value> =
            solution.steps.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        let example = json!({ "input": case.given.fields(), "steps": steps, "output": solution.out });
        out.insert("example".into(), example);
    }
    Value::Object(out)
}

fn head(entry: Entry, lang: Lang) -> Map<String, Value> {
    let head = json!({
        "schema": 1,
        "exercise": entry.exercise.name,
        "title": entry.exercise.title().get(lang),
        "lesson": entry.lesson.card.name,
        "questions": entry.lesson.card.questions,
        "lang": lang.code(),
    });
    head.as_object().cloned().unwrap_or_default()
}

fn of_field(exercise: &Exercise, field: &Field, lang: Lang) -> Value {
    json!({
        "name": field.name,
        "form": starter::word(field.form),
        "shape": field.shape,
        "what": exercise.text(field.name).get(lang),
    })
}

/// A program that was judged.
fn judgement(entry: Entry, judged: &Judgement, memory: usize, screen: &Screen) -> Value {
    let lang = screen.lang;
    let mut out = head(entry, lang);
    let trouble = judged.trouble.as_ref().map(
        |trouble| json!({ "kind": judged.word_of(trouble), "said": said(trouble, judged, memory).get(lang) }),
    );
    let errors: Vec<Value> = judged
        .answers
        .iter()
        .enumerate()
        .filter_map(|(i, answer)| Some(json!({ "case": i + 1, "error": answer.output.as_ref().err()? })))
        .collect();
    out.insert("passed".into(), json!(judged.passed()));
    out.insert("right".into(), json!(judged.right()));
    out.insert("answered".into(), json!(judged.answers.len()));
    out.insert(
        "cases".into(),
        judged.cases.iter().enumerate().map(|(i, case)| of_case(i, case, judged)).collect(),
    );
    out.insert("trouble".into(), json!(trouble));
    out.insert("errors".into(), json!(errors));
    let signs = signs(judged).into_iter().map(|found| {
        let cases: Vec<usize> = found.cases.iter().map(|case| case + 1).collect();
        json!({ "kind": found.sign.word(), "cases": cases, "said": seen(&found, judged).get(lang) })
    });
    out.insert("signs".into(), signs.collect());
    out.insert("diagnosis".into(), diagnosis(entry, judged, lang));
    out.insert("smallest_wrong".into(), json!(judged.smallest_wrong().map(|i| smallest(i, judged, lang))));
    let asked = |i: usize| json!({ "case": i + 1, "input": judged.cases[i].given.fields() });
    out.insert("unanswered".into(), json!(judged.unanswered().map(asked)));
    out.insert("stderr".into(), json!(judged.stderr));
    Value::Object(out)
}

fn of_case(i: usize, case: &Case, judged: &Judgement) -> Value {
    let answer = judged.answers.get(i);
    json!({ "case": i + 1, "kind": case.kind.word(), "right": answer.map(Answer::is_right) })
}

fn diagnosis(entry: Entry, judged: &Judgement, lang: Lang) -> Value {
    match diagnose(judged) {
        Diagnosis::Mistakes(flaws) => {
            let mistakes: Vec<Value> = flaws.iter().map(|flaw| mistake(entry, flaw, lang)).collect();
            json!({ "kind": "mistakes", "mistakes": mistakes })
        }
        Diagnosis::Step { name, case, difference: found } => {
            json!({ "kind": "step", "step": name, "case": case + 1, "difference": difference(&found, lang) })
        }
        Diagnosis::Unknown if judged.answers.iter().all(|answer| answer.difference.is_none()) => Value::Null,
        Diagnosis::Unknown => json!({ "kind": "unknown" }),
    }
}

fn mistake(entry: Entry, flaw: &Flaw, lang: Lang) -> Value {
    let [name, why] = entry.exercise.flaw(flaw);
    json!({
        "id": flaw.id,
        "name": name.get(lang),
        "why": why.get(lang),
        "claim": flaw.claim.map(|claim| entry.claim(claim)),
        "section": entry.section(flaw).map(|section| format!("{} {}", section.lesson, section.number)),
    })
}

fn smallest(i: usize, judged: &Judgement, lang: Lang) -> Value {
    let answer = &judged.answers[i];
    json!({
        "case": i + 1,
        "input": judged.cases[i].given.fields(),
        "yours": answer.output.as_ref().ok(),
        "right": answer.right,
        "difference": answer.difference.as_ref().map(|found| difference(found, lang)),
    })
}

fn difference(difference: &Difference, lang: Lang) -> Value {
    json!({ "place": difference.place, "said": differs(difference).get(lang) })
}

fn proofs(proofs: &[(Entry, Proof)], lang: Lang) -> Value {
    let rows: Vec<Value> = proofs
        .iter()
        .map(|(entry, proof)| {
            let mistakes: Vec<Value> = proof
                .rows
                .iter()
                .map(|(flaw, caught)| {
                    json!({ "id": flaw.id, "name": entry.exercise.flaw(flaw)[0].get(lang), "caught": caught })
                })
                .collect();
            let cases: Vec<&str> = proof.cases.iter().map(|case| case.kind.word()).collect();
            let survivors: Vec<&str> = proof.survivors().iter().map(|flaw| flaw.id).collect();
            json!({ "exercise": entry.exercise.name, "cases": cases, "mistakes": mistakes, "survivors": survivors })
        })
        .collect();
    json!({ "schema": 1, "proofs": rows })
}

fn progress(progress: &Progress, kept: &Kept, lang: Lang) -> Value {
    json!({
        "schema": 1,
        "lang": lang.code(),
        "date": progress.today.to_string(),
        "interview": progress.interview.map(|day| day.to_string()),
        "lessons": progress.standings.iter().map(standing).collect::<Vec<_>>(),
        "calibration": calibration(&progress.calibration),
        "journal": journal(kept),
    })
}

fn standing(standing: &Standing) -> Value {
    json!({
        "lesson": standing.lesson.card.name,
        "questions": standing.lesson.card.questions,
        "strength": standing.strength,
        "cards": standing.cards,
        "seen": standing.seen,
        "due": standing.due,
        "at_risk": standing.at_risk,
        "weakest": standing.weakest,
    })
}

fn calibration(calibration: &Calibration) -> Value {
    let (low, high) = calibration.interval;
    json!({
        "given": calibration.given,
        "held": calibration.held,
        "interval": [low, high],
        "width": calibration.width.map(|width| width.ratio),
        "width_of": calibration.width.map(|width| width.of),
        "factor": calibration.factor.map(|factor| factor.ratio),
        "factor_of": calibration.factor.map(|factor| factor.of),
        "finding": calibration.finding().word(),
    })
}
