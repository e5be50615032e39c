//! A lesson as data. The form is stable: `"schema": 1`.

mod practice;

use std::sync::Arc;

use ndarray::{Array2, ArrayView1};
use serde_json::{Map, Value, json};

use crate::LESSONS;
use crate::kit::claim::{Claim, Criterion, Evidence, Measure, Outcome, Test, Tested, Verdict};
use crate::kit::figure::{Axis, Figure, Picture, Plot, Scale};
use crate::kit::findings::{Cell, Table};
use crate::kit::knob;
use crate::kit::lesson::{Block, Page, joined};
use crate::kit::question::QUESTIONS;
use crate::kit::text::{Lang, Text};
use crate::kit::visible::is_hidden;
use crate::render::form::{CheckForm, Form};
use crate::verdicts::{self, CheckReport};

/// Data for other programs.
pub(super) const FORM: Form = Form {
    word: "json",
    walk: |_, _, _| String::new(),
    rest: |page, _, _, _| written(page),
    syllabus: |screen| pretty(&syllabus(screen.lang)),
    check: Some(CheckForm {
        line: |_, _| String::new(),
        summary: |report, _, screen| pretty(&check(report, screen.lang)),
    }),
    practice: Some(practice::FORM),
    folds: false,
    links: false,
};

/// JSON that a person can read too. The value of a knob stays as it was given, so that what a terminal obeys is
/// written as JSON's own escape; JSON itself asks for that below U+0020 only.
fn pretty(value: &Value) -> String {
    let mut out = String::new();
    for c in format!("{value:#}\n").chars() {
        if c != '\n' && is_hidden(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// A page as text. The numbers of its matrices, which may be millions, are written once and never held as values.
fn written(page: &Page) -> String {
    let mut matrices = Vec::new();
    let frame = pretty(&of_page(page, &mut |data| {
        matrices.push(Arc::clone(data));
        json!({})
    }));
    // A text that outgrows its room moves to one twice as large, which a long page has no memory for.
    let digits: usize = matrices.iter().map(|matrix| room(matrix)).sum();
    let mut out = String::with_capacity(frame.len() + digits);
    let mut parts = frame.split(HERE);
    out.push_str(parts.next().unwrap_or_default());
    for (matrix, part) in matrices.iter().zip(parts) {
        out.push_str("\"data\": ");
        numbers(matrix, &mut out);
        out.push_str(part);
    }
    out
}

/// Where the numbers of a matrix go. Nothing else looks so: inside a person's own text JSON writes `\"`.
const HERE: &str = "\"data\": {}";

/// All numbers of a matrix, a row of it on a line.
fn numbers(data: &Array2<f64>, out: &mut String) {
    if data.is_empty() {
        return out.push_str("[]");
    }
    for (i, numbers) in data.rows().into_iter().enumerate() {
        out.push_str(if i == 0 { "[\n" } else { ",\n" });
        out.push_str(row(numbers).trim_start_matches('[').trim_end_matches(']'));
    }
    out.push_str("\n]");
}

fn row(numbers: ArrayView1<f64>) -> String {
    serde_json::to_string(&numbers.to_vec()).unwrap_or_default() // numbers can always be written
}

/// Bytes that the numbers of a matrix take, about: as many a row as some rows in equal distances.
fn room(data: &Array2<f64>) -> usize {
    const ROWS: usize = 64;
    let every = data.nrows().div_ceil(ROWS).max(1);
    let some: Vec<usize> =
        data.rows().into_iter().step_by(every).map(|numbers| row(numbers).len() + 2).collect();
    let mean = some.iter().sum::<usize>() as f64 / some.len().max(1) as f64;
    (mean * data.nrows() as f64 * 1.03) as usize + 64
}

/// One run of a lesson.
pub fn page(page: &Page) -> Value {
    of_page(page, &mut |data| json!(data.iter().collect::<Vec<_>>()))
}

/// What becomes of the numbers of a matrix.
type Numbers<'a> = &'a mut dyn FnMut(&Arc<Array2<f64>>) -> Value;

fn of_page(page: &Page, numbers: Numbers) -> Value {
    let lang = page.lang;
    let blocks: Vec<Value> = page.blocks.iter().filter_map(|b| block(b, lang, numbers)).collect();
    let figures: Vec<Value> = page.figures().map(|f| figure(f, lang, numbers)).collect();
    let knobs: Map<String, Value> =
        page.setting.values.iter().map(|(name, value)| (name.to_string(), knob(value))).collect();
    json!({
        "schema": 1,
        "lesson": page.card.name,
        "questions": page.card.questions,
        "title": page.title.get(lang),
        "lang": lang.code(),
        "knobs": knobs,
        "seed": page.setting.seed,
        "blocks": blocks,
        "claims": page.claims().map(|c| claim(c, lang)).collect::<Vec<_>>(),
        "figures": figures,
        "next": page.next.iter().map(|n| json!({"command": n.command, "why": n.why.get(lang)})).collect::<Vec<_>>(),
    })
}

/// All questions and their lessons.
pub fn syllabus(lang: Lang) -> Value {
    let rows: Vec<Value> = QUESTIONS
        .iter()
        .map(|question| {
            let lesson = LESSONS.iter().find(|lesson| lesson.card.questions.contains(&question.id));
            json!({
                "question": question.id,
                "asks": question.asks.get(lang),
                "stars": question.stars,
                "lesson": lesson.map(|lesson| lesson.card.name),
            })
        })
        .collect();
    json!({ "schema": 1, "questions": rows })
}

/// The result of checking claims.
pub fn check(report: &CheckReport, lang: Lang) -> Value {
    let moved: Vec<Value> = report
        .moved
        .iter()
        .map(|moved| {
            json!({
                "id": moved.id,
                "expected_verdict": moved.expected.map(Verdict::word),
                "verdict": moved.found.word(),
            })
        })
        .collect();
    json!({
        "schema": 1,
        "claims": report.claims.iter().map(|c| claim(c, lang)).collect::<Vec<_>>(),
        "moved": moved,
    })
}

fn knob(value: &knob::Value) -> Value {
    match value {
        knob::Value::Integer(n) => json!(n),
        knob::Value::Number(x) => json!(x),
        knob::Value::Words(words) => json!(words),
        knob::Value::File(path) => json!(path.display().to_string()),
        knob::Value::Switch(on) => json!(on),
        knob::Value::Unset => Value::Null,
    }
}

fn block(block: &Block, lang: Lang, numbers: Numbers) -> Option<Value> {
    Some(match block {
        Block::Prose(spans) => json!({"kind": "prose", "markdown": joined(spans)}),
        Block::Formula(id, formula) => {
            json!({"kind": "formula", "id": id, "tex": formula.tex, "plain": formula.plain})
        }
        Block::Matrix(id, m) => json!({
            "kind": "matrix", "id": id, "symbol": m.symbol, "caption": m.caption.get(lang),
            "row_labels": m.rows, "column_labels": m.cols, "matrix": matrix(&m.data, numbers),
        }),
        Block::Table(id, t) => table(id, t, lang),
        Block::Figure(figure) => json!({"kind": "figure", "id": figure.id}),
        Block::Note(note) => json!({"kind": "note", "text": note.get(lang)}),
        // Claims have a list of their own.
        Block::Claim(_) => return None,
    })
}

/// `{rows, cols, data}`, row by row. JSON has no infinities: a hidden score is `null`.
fn matrix(data: &Arc<Array2<f64>>, numbers: Numbers) -> Value {
    json!({"rows": data.nrows(), "cols": data.ncols(), "data": numbers(data)})
}

fn table(id: &str, table: &Table, lang: Lang) -> Value {
    let rows: Vec<Vec<Value>> =
        table.rows.iter().map(|row| row.iter().map(|c| cell(c, lang)).collect()).collect();
    let head: Vec<&str> = table.head.iter().map(|name| name.get(lang)).collect();
    json!({"kind": "table", "id": id, "caption": table.caption.get(lang), "columns": head, "rows": rows})
}

fn cell(cell: &Cell, lang: Lang) -> Value {
    match cell {
        Cell::Number(value) => json!(value),
        Cell::Words(words) => json!(words.get(lang)),
    }
}

/// A claim: the deciding measurement in front, every measurement behind it.
fn claim(claim: &Claim, lang: Lang) -> Value {
    let mut out = Map::new();
    out.insert("id".into(), json!(claim.id));
    out.insert("statement".into(), json!(claim.statement.get(lang)));
    out.insert("verdict".into(), json!(claim.verdict().word()));
    out.insert("expected_verdict".into(), json!(verdicts::expected(claim.id).map(Verdict::word)));
    if let (Some(say), None) = (&claim.say, claim.correction()) {
        out.insert("say".into(), json!(say.get(lang)));
    }
    match &claim.evidence {
        Evidence::Tested(tested) => tested_fields(tested, lang, &mut out),
        Evidence::Data { source } => {
            out.insert("source".into(), json!(source.get(lang)));
        }
        Evidence::Opinion { remark } => {
            out.insert("remark".into(), json!(remark.get(lang)));
        }
        Evidence::Failed { reason } => {
            out.insert("failed".into(), json!(reason.get(lang)));
        }
    }
    let real: Vec<Value> = crate::evidence::of(claim.id)
        .map(|(record, said)| {
            json!({ "model": record.model, "sha256": record.sha256, "said": said.text.get(lang) })
        })
        .collect();
    if !real.is_empty() {
        out.insert("real_models".into(), json!(real));
    }
    Value::Object(out)
}

fn tested_fields(tested: &Tested, lang: Lang, out: &mut Map<String, Value>) {
    if let Some(first) = tested.deciding().0.first() {
        out.insert("measured".into(), json!(first.value));
        out.insert("predicted".into(), predicted(first.criterion));
        out.insert("tolerance".into(), tolerance(first.criterion));
        out.insert("n".into(), json!(first.n));
        out.insert("seed".into(), json!(first.seed));
    }
    out.insert("as_stated".into(), test(&tested.as_stated, lang));
    if let Some(correction) = &tested.correction {
        out.insert(
            "correction".into(),
            json!({
                "say": correction.say.get(lang),
                "counterexample": correction.counterexample.get(lang),
                "test": test(&correction.test, lang),
            }),
        );
    }
    let controls: Vec<Value> = tested
        .controls
        .iter()
        .map(|control| {
            json!({
                "broken": control.broken.get(lang),
                "caught": tested.caught(control),
                "test": test(&control.test, lang),
            })
        })
        .collect();
    out.insert("control".into(), json!(controls));
}

fn test(test: &Test, lang: Lang) -> Value {
    json!({
        "outcome": outcome(test.outcome()),
        "measures": test.0.iter().map(|m| measure(m, lang)).collect::<Vec<_>>(),
    })
}

fn measure(measure: &Measure, lang: Lang) -> Value {
    json!({
        "what": measure.what.get(lang),
        "predicted": predicted(measure.criterion),
        "tolerance": tolerance(measure.criterion),
        "basis": measure.basis.get(lang),
        "looked_up": measure.looked_up,
        "measured": measure.value,
        "interval": measure.interval.map(|(low, high)| [low, high]),
        "n": measure.n,
        "seed": measure.seed,
        "outcome": outcome(measure.outcome()),
    })
}

fn predicted(criterion: Criterion) -> Value {
    match criterion {
        Criterion::Near { target, .. } => json!(target),
        Criterion::AtMost(bound) => json!({"at_most": bound}),
        Criterion::AtLeast(bound) => json!({"at_least": bound}),
    }
}

fn tolerance(criterion: Criterion) -> Value {
    match criterion {
        Criterion::Near { tolerance, .. } => json!(tolerance),
        Criterion::AtMost(_) | Criterion::AtLeast(_) => Value::Null,
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::Undecided => "undecided",
    }
}

fn figure(figure: &Figure, lang: Lang, numbers: Numbers) -> Value {
    let say = |text: &Text| text.get(lang).to_string();
    let axis = |axis: &Axis| json!({"label": say(&axis.label), "log": axis.scale == Scale::Log});
    let mut out =
        json!({"id": figure.id, "title": say(&figure.title), "description": say(&figure.description)});
    let (key, drawn) = match &figure.plot {
        Plot::Lines { x, y, series, rule } => {
            out["x"] = axis(x);
            out["y"] = axis(y);
            out["rule"] = json!(rule.as_ref().map(|(at, label)| json!({"at": at, "label": say(label)})));
            let series: Vec<Value> = series
                .iter()
                .map(|s| json!({"label": say(&s.label), "points": s.points, "spread": s.spread, "measured": s.measured}))
                .collect();
            ("series", json!(series))
        }
        Plot::Bars { y, bars } => {
            out["y"] = axis(y);
            (
                "series",
                json!(
                    bars.iter()
                        .map(|(label, v)| json!({"label": say(label), "value": v}))
                        .collect::<Vec<_>>()
                ),
            )
        }
        Plot::Pictures(pictures) => {
            let hex = |[r, g, b]: &[u8; 3]| format!("{r:02x}{g:02x}{b:02x}");
            let rows = |picture: &Picture| -> Vec<Vec<String>> {
                picture.pixels.outer_iter().map(|row| row.iter().map(hex).collect()).collect()
            };
            let one = |picture: &Picture| json!({"label": say(&picture.label), "pixels": rows(picture)});
            ("series", pictures.iter().map(one).collect())
        }
        Plot::Heat(heat) => {
            let [rows, cols] = heat.labels(lang);
            (
                "series",
                json!([{"row_labels": rows, "column_labels": cols, "matrix": matrix(&heat.data, numbers)}]),
            )
        }
    };
    out[key] = drawn;
    out
}
