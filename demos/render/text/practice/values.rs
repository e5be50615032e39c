//! Numbers and matrices, short enough to compare by eye.

use crate::kit::exercise::{Field, Given, Value, value};
use crate::kit::visible::visible;
use crate::render::screen::{Role, Screen, columns, pad_right, shorten};

/// A value on one line.
pub(super) fn short(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|(name, value)| format!("{name}: {}", short(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Number(number) if number.is_f64() => rounded(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) if value::as_number(value).is_some() => text.clone(),
        Value::String(text) => format!("\"{}\"", visible(text)),
        other => other.to_string(),
    }
}

/// Four decimals, or four digits of what is very small or very large.
fn rounded(x: f64) -> String {
    if x == 0.0 {
        "0".into()
    } else if (1e-3..1e6).contains(&x.abs()) {
        let text = format!("{x:.4}");
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        format!("{x:.3e}")
    }
}

/// A labelled value; the rows of a matrix stand below each other.
pub(super) fn labelled(label: &str, value: &Value, room: usize, screen: &Screen) -> String {
    let label_columns = room.max(columns(label));
    let width = screen.width.saturating_sub(label_columns + 4);
    let rows: Vec<String> = match value {
        Value::Array(rows) if rows.len() > 1 && rows.iter().all(Value::is_array) => {
            rows.iter().map(short).collect()
        }
        value => vec![short(value)],
    };
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate() {
        let label = if i == 0 { label } else { "" };
        let label = screen.paint(Role::Quiet, &pad_right(label, label_columns));
        out.push_str(&format!("  {label}  {}\n", shorten(row, width)));
    }
    out
}

/// The arguments of a case, in the order of the exercise.
pub(super) fn given(takes: &[Field], given: &Given, room: usize, screen: &Screen) -> String {
    takes.iter().map(|field| labelled(field.name, given.value(field.name), room, screen)).collect()
}

/// The columns that the names of some fields take.
pub(super) fn room<'a>(names: impl IntoIterator<Item = &'a str>) -> usize {
    names.into_iter().map(columns).max().unwrap_or(0)
}
