//! Texts in a file: one JSON object a line, in both directions.

use std::collections::BTreeSet;
use std::path::Path;

use concepts::comparison::{Family, HUMAN, Record};
use serde_json::{Map, Value, json};

use super::pieces::pieces;
use super::twice::twice;
use crate::kit::files::{Wanted, read_text};
use crate::kit::knob::Refusal;
use crate::lessons::decoding::WORDS;
use crate::named;

/// A file of generated texts is not read beyond this.
const MOST_BYTES: u64 = 200_000_000;
/// So much of a wrong value is shown.
const SHOWN: usize = 40;

/// The records as lines. JSON has no −∞: a setting that wrote what has no probability goes without log-probabilities,
/// all its texts alike, so that its surprise is unknown there as it is infinite here.
pub(crate) fn lines(records: &[Record]) -> String {
    let impossible = |record: &&Record| record.log_probs.iter().flatten().any(|ln| !ln.is_finite());
    let without: BTreeSet<String> = records.iter().filter(impossible).map(Record::setting).collect();
    records.iter().map(|record| format!("{}\n", line(record, !without.contains(&record.setting())))).collect()
}

fn line(record: &Record, with_log_probs: bool) -> Value {
    let settings: Map<String, Value> =
        record.settings.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let mut line = json!({
        "strategy": record.strategy,
        "settings": settings,
        "prompt": record.prompt,
        "text": record.text,
    });
    let optional = [
        ("log_probs", record.log_probs.as_ref().filter(|_| with_log_probs).map(|all| json!(all))),
        ("model_calls", record.model_calls.map(|calls| json!(calls))),
        ("candidates", record.candidates.map(|mean| json!(mean))),
    ];
    for (name, value) in optional {
        if let (Some(value), Some(fields)) = (value, line.as_object_mut()) {
            fields.insert(name.into(), value);
        }
    }
    line
}

/// What was read, and what of it was not used.
pub(crate) struct Read {
    pub records: Vec<Record>,
    /// The line that each begins on.
    pub lines: Vec<usize>,
    /// Fields that no measure uses, each once.
    pub unused: Vec<String>,
    /// Texts with a log-probability that is not known: `null`.
    pub unknown: usize,
}

/// Reads a person's own texts.
///
/// # Errors
/// What cannot be read, a line that is no object, a field that is missing or of another kind, log-probabilities above
/// 0 or that are no number, no texts.
pub(crate) fn read(path: &Path) -> Result<Read, Refusal> {
    let (what, because) = (WORDS.get("files.judge"), WORDS.get("files.judge-most"));
    let text = read_text(path, &Wanted { flag: "judge", what, most: MOST_BYTES, because })?;
    let file = path.display().to_string();
    let mut read = Read { records: Vec::new(), lines: Vec::new(), unused: Vec::new(), unknown: 0 };
    let pieces = pieces(&text)
        .map_err(|error| Place { file: &file, line: error.line() }.no_json(&text, error.column().max(1)))?;
    for (place, line) in pieces {
        let at = Place { file: &file, line: place };
        let value: Value = serde_json::from_str(line).map_err(|error| at.no_json(line, error.column()))?;
        let Value::Object(fields) = value else { return Err(at.refuse("object", line)) };
        if let Some(name) = twice(line) {
            return Err(at.refuse("twice", &name));
        }
        read.records.push(record(&fields, &at)?);
        read.lines.push(place);
        read.unknown += usize::from(has_null(fields.get("log_probs")));
        for name in fields.keys().filter(|name| !FIELDS.contains(&name.as_str())) {
            if !read.unused.contains(name) {
                read.unused.push(name.clone());
            }
        }
    }
    if read.records.is_empty() {
        return Err(Refusal(WORDS.with("refused.judge-empty", &named![file])));
    }
    Ok(read)
}

const FIELDS: [&str; 7] =
    ["strategy", "settings", "prompt", "text", "log_probs", "model_calls", "candidates"];

/// A line of a file, for messages.
struct Place<'a> {
    file: &'a str,
    line: usize,
}

impl Place<'_> {
    fn refuse(&self, id: &str, found: &str) -> Refusal {
        let found: String = found.chars().take(SHOWN).collect();
        let (file, line) = (self.file, self.line);
        Refusal(WORDS.with(&format!("refused.judge-{id}"), &named![file, line, found]))
    }

    /// Of what is no JSON: where that shows. Python writes NaN and Infinity all the same.
    fn no_json(&self, text: &str, column: usize) -> Refusal {
        let (file, line) = (self.file, self.line);
        let no_number = text.contains("NaN") || text.contains("Infinity");
        let id = if no_number { "refused.judge-infinite" } else { "refused.judge-json" };
        Refusal(WORDS.with(id, &named![file, line, column]))
    }
}

/// Is a number of this list not known?
fn has_null(value: Option<&Value>) -> bool {
    value.and_then(Value::as_array).is_some_and(|list| list.iter().any(Value::is_null))
}

fn record(fields: &Map<String, Value>, at: &Place) -> Result<Record, Refusal> {
    let words = |name: &str| match fields.get(name) {
        Some(Value::String(words)) => Ok(words.clone()),
        Some(other) => Err(at.refuse("words", &format!("{name}: {other}"))),
        None => Err(at.refuse("missing", name)),
    };
    let number = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_f64() {
            Some(number) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
            _ => Err(at.refuse("number", &format!("{name}: {value}"))),
        },
    };
    let calls = number("model_calls")?;
    if let (Some(found), Some(_)) = (fields.get("model_calls"), calls.filter(|calls| calls.fract() != 0.0)) {
        return Err(at.refuse("calls", &found.to_string()));
    }
    let strategy = words("strategy")?;
    if strategy.trim().is_empty() {
        return Err(at.refuse("nameless", &strategy));
    }
    // Names of strategies that are known may be written in capitals; those of one's own are told apart as they are.
    let small = strategy.to_lowercase();
    let known = small == HUMAN || Family::named(&small).is_some();
    let prompt = if fields.contains_key("prompt") { words("prompt")? } else { String::new() };
    Ok(Record {
        settings: settings(fields.get("settings"), at)?,
        strategy: if known { small } else { strategy },
        prompt,
        text: words("text")?,
        log_probs: log_probs(fields.get("log_probs"), at)?,
        model_calls: calls.map(|calls| calls as u64),
        candidates: number("candidates")?,
    })
}

/// Numbers by name. A switch counts as 1 or 0; `null`, as Python's None is written, is a number that was not set.
fn settings(value: Option<&Value>, at: &Place) -> Result<Vec<(String, f64)>, Refusal> {
    let fields = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(fields)) => fields,
        Some(other) => return Err(at.refuse("settings", &other.to_string())),
    };
    let number = |(name, value): (&String, &Value)| match value {
        Value::Bool(on) => Ok((name.clone(), f64::from(u8::from(*on)))),
        _ => match value.as_f64() {
            Some(number) => Ok((name.clone(), number)),
            None => Err(at.refuse("setting", &format!("{name}: {value}"))),
        },
    };
    let mut all: Vec<(String, f64)> =
        fields.iter().filter(|(_, value)| !value.is_null()).map(number).collect::<Result<_, _>>()?;
    all.sort_by(|a, b| a.0.cmp(&b.0)); // one order, whatever the program that wrote it
    Ok(all)
}

/// None where one of them is not known: a mean over the others would flatter the text.
fn log_probs(value: Option<&Value>, at: &Place) -> Result<Option<Vec<f64>>, Refusal> {
    let list = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(at.refuse("log-probs", &other.to_string())),
    };
    let number = |value: &Value| match value.as_f64() {
        Some(number) if number <= 0.0 => Ok(number),
        Some(_) => Err(at.refuse("log-prob-above", &value.to_string())),
        None => Err(at.refuse("log-prob", &value.to_string())),
    };
    let known: Vec<f64> =
        list.iter().filter(|value| !value.is_null()).map(number).collect::<Result<_, _>>()?;
    Ok((known.len() == list.len()).then_some(known))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::kit::text::Lang;

    fn from(text: &str) -> Result<Read, Refusal> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(file.path())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let record = Record {
            strategy: "top-p".into(),
            settings: vec![("p".into(), 0.9)],
            prompt: "Say \"hello\"\n".into(),
            text: "你好 🙂".into(),
            log_probs: Some(vec![-0.1, -2.5e-17]),
            model_calls: Some(2),
            candidates: Some(1.5),
        };
        let all =
            vec![record.clone(), Record { log_probs: None, model_calls: None, candidates: None, ..record }];
        assert_eq!(from(&lines(&all)).unwrap().records, all);
    }

    #[test]
    fn what_has_no_probability_is_unknown_in_a_file() {
        let record = |strategy: &str, log_probs: Vec<f64>| Record {
            strategy: strategy.into(),
            settings: Vec::new(),
            prompt: "p".into(),
            text: "t".into(),
            log_probs: Some(log_probs),
            model_calls: None,
            candidates: None,
        };
        let all = [
            record(HUMAN, vec![-1.0, f64::NEG_INFINITY]),
            record(HUMAN, vec![-1.0]),
            record("greedy", vec![-2.0]),
        ];
        let read = from(&lines(&all)).unwrap();
        let known: Vec<bool> = read.records.iter().map(|record| record.log_probs.is_some()).collect();
        assert_eq!((known, read.unknown), (vec![false, false, true], 0));
        let null = r#"{"strategy": "a", "text": "t", "log_probs": [-1, null, -2]}"#;
        let read = from(null).unwrap();
        assert_eq!((read.records[0].log_probs.as_ref(), read.unknown), (None, 1));
        let nan = r#"{"strategy": "a", "text": "t", "log_probs": [-Infinity]}"#;
        let said = from(nan).err().unwrap();
        assert!(said.0.get(Lang::En).contains("null"), "{said:?}");
    }

    #[test]
    fn a_setting_that_is_null_was_not_set() {
        let line = r#"{"strategy": "a", "text": "t", "settings": {"k": null, "p": 0.9}, "model_calls": 3.0}"#;
        let record = from(line).unwrap().records.remove(0);
        assert_eq!((record.settings, record.model_calls), (vec![("p".to_string(), 0.9)], Some(3)));
    }

    #[test]
    fn a_name_that_is_known_may_have_capitals() {
        let of = |strategy: &str| {
            from(&format!(r#"{{"strategy": "{strategy}", "text": "t"}}"#)).unwrap().records[0]
                .strategy
                .clone()
        };
        assert_eq!(["Top-P", "Human", "Mine"].map(of), ["top-p", "human", "Mine"]);
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        let good = r#"{"strategy": "a", "prompt": "p", "text": "t"}"#;
        let bad = [
            ("{", "line 2"),
            ("[1]", "[1]"),
            (r#"{"prompt": "p", "text": "t"}"#, "strategy"),
            (r#"{"strategy": "a", "prompt": "p"}"#, "text"),
            (r#"{"strategy": 3, "text": "t"}"#, "strategy: 3"),
            (r#"{"strategy": "a", "text": "t", "settings": 3}"#, "3"),
            (r#"{"strategy": "a", "text": "t", "settings": {"p": "x"}}"#, "p: "),
            (r#"{"strategy": "a", "text": "t", "log_probs": [0.5]}"#, "0.5"),
            (r#"{"strategy": "a", "text": "t", "log_probs": ["x"]}"#, "x"),
            (r#"{"strategy": "a", "text": "t", "log_probs": 1}"#, "1"),
            (r#"{"strategy": "a", "text": "t", "model_calls": -1}"#, "-1"),
            (r#"{"strategy": "a", "text": "t", "model_calls": 1.5}"#, "1.5"),
            (r#"{"strategy": " ", "text": "t"}"#, "no name"),
            (r#"{"strategy": "a", "text": "t", "text": "u"}"#, "“text” stands there twice"),
            (r#"{"strategy": "a", "text": "t", "settings": {"p": 1, "p": 2}}"#, "“p” stands there twice"),
            (r#"{"strategy": "a", "text": "t", "settings": {"p": Infinity}}"#, "leave the name out"),
        ];
        for (line, named) in bad {
            let refused = from(&format!("{good}\n{line}\n")).err().unwrap();
            let said = refused.0.get(Lang::En);
            assert!(said.contains("line 2") && said.contains(named), "{line}: {said}");
        }
        assert!(from("\n\n").is_err());
    }
}
