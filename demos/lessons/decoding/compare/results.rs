//! All numbers of a run, for another program.

use concepts::comparison::Measure;
use concepts::evaluation::Interval;
use serde_json::{Map, Value, json};

use super::assess::{Assessed, Row};
use super::matched::Cell;
use crate::kit::findings::Results;

/// As JSON and as a table: a setting a row.
pub(crate) fn results(assessed: &Assessed, matched: &[Cell], about: &Value) -> Results {
    let rows: Vec<Value> = assessed.rows.iter().map(|row| of_row(assessed, row)).collect();
    let cells: Vec<Value> = matched.iter().map(of_cell).collect();
    let whole = json!({ "schema": 1, "about": about, "settings": rows, "matched": cells });
    Results { json: format!("{whole:#}\n"), csv: csv(assessed) }
}

fn number(value: f64) -> Value {
    if value.is_finite() { json!(value) } else { Value::Null }
}

fn of_row(assessed: &Assessed, row: &Row) -> Value {
    let settings: Map<String, Value> =
        row.settings.iter().map(|(name, value)| (name.clone(), number(*value))).collect();
    let measures: Map<String, Value> = row
        .measured
        .measures()
        .map(|measure| {
            let interval = assessed.interval(row, measure);
            let ends = [interval.estimate, interval.low, interval.high].map(number);
            (measure.word().to_string(), json!({ "mean": ends[0], "low": ends[1], "high": ends[2] }))
        })
        .collect();
    let strength = row
        .strength
        .map(|of| json!({ "entropy": of.entropy, "kept_mass": of.kept_mass, "candidates": of.candidates }));
    json!({
        "strategy": row.strategy,
        "settings": settings,
        "texts": row.texts,
        "measures": measures,
        "zipf": number(row.whole.zipf),
        "divergence": number(row.whole.divergence),
        "likeness": number(row.whole.likeness.estimate),
        "likeness_interval": [number(row.whole.likeness.low), number(row.whole.likeness.high)],
        "strength": strength,
    })
}

fn of_cell(cell: &Cell) -> Value {
    json!({
        "equal": cell.axis.word(),
        "level": cell.level,
        "family": cell.family.word(),
        "beside": cell.axis.base().word(),
        "measure": cell.measure.word(),
        "mean": number(cell.value.estimate),
        "difference": number(cell.beside.estimate),
        "low": number(cell.beside.low),
        "high": number(cell.beside.high),
        "p_holm": number(cell.p),
        "prompts_needed": cell.needed,
    })
}

/// A setting a row, a measure in three columns.
fn csv(assessed: &Assessed) -> String {
    let mut out = String::from("strategy,settings,texts");
    for measure in Measure::ALL {
        let word = measure.word();
        out.push_str(&format!(",{word},{word}_low,{word}_high"));
    }
    out.push_str(",zipf,divergence,likeness,likeness_low,likeness_high,entropy,kept_mass\n");
    for row in &assessed.rows {
        let settings: Vec<String> =
            row.settings.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut cells = vec![quoted(&row.strategy), quoted(&settings.join(" ")), row.texts.to_string()];
        for measure in Measure::ALL {
            let interval = assessed.interval(row, measure);
            cells.extend([interval.estimate, interval.low, interval.high].map(shown));
        }
        let Interval { estimate, low, high } = row.whole.likeness;
        cells.extend([row.whole.zipf, row.whole.divergence, estimate, low, high].map(shown));
        let strength = row.strength.map_or([f64::NAN; 2], |of| [of.entropy, of.kept_mass]);
        cells.extend(strength.map(shown));
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// Empty where there is no number.
fn shown(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}
