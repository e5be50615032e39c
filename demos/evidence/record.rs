//! What is recorded.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::kit::text::Text;

/// The records of this program: a list of models.
const FILE: &str = include_str!("recorded.json");

/// What one model said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub model: String,
    /// Number of weights.
    pub parameters: u64,
    /// SHA-256 of its files of weights, one after the other.
    pub sha256: String,
    /// The command that measures it.
    pub command: String,
    /// The seed.
    pub seed: u64,
    /// Processor and number of cores.
    pub machine: String,
    /// The version of this program.
    pub version: String,
    /// What it said.
    pub said: Vec<Said>,
}

/// One sentence, with the claims that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Ids of claims: `LLM-Q2-C2`.
    pub claims: Vec<String>,
    /// The sentence.
    pub text: Text,
}

/// All records.
///
/// ```
/// use demos::LESSONS;
/// use demos::evidence::records;
///
/// // Each sentence is about claims that exist.
/// let known = |id: &String| LESSONS.iter().flat_map(|lesson| lesson.claims).any(|claim| claim.id == id);
/// assert!(records().iter().flat_map(|record| &record.said).all(|said| said.claims.iter().all(known)));
/// ```
pub fn records() -> &'static [Record] {
    static ALL: LazyLock<Vec<Record>> = LazyLock::new(|| Record::read_all(FILE).unwrap_or_default());
    &ALL
}

/// What real models say about a claim.
pub fn of(claim: &str) -> impl Iterator<Item = (&'static Record, &'static Said)> {
    let about = move |said: &&Said| said.claims.iter().any(|id| id == claim);
    records().iter().flat_map(move |record| record.said.iter().filter(about).map(move |said| (record, said)))
}

impl Record {
    /// A list of records; `None` if it is none.
    pub fn read_all(text: &str) -> Option<Vec<Record>> {
        let list: Value = serde_json::from_str(text).ok()?;
        list.as_array()?.iter().map(Record::read).collect()
    }

    /// A list of records as a file.
    pub fn write_all(records: &[Record]) -> String {
        let list: Vec<Value> = records.iter().map(Record::json).collect();
        serde_json::to_string_pretty(&list).unwrap_or_default() + "\n" // texts and numbers can always be written
    }

    fn read(value: &Value) -> Option<Record> {
        let text = |field: &str| value.get(field)?.as_str().map(str::to_owned);
        let said = value.get("said")?.as_array()?.iter().map(Said::read).collect::<Option<_>>()?;
        Some(Record {
            model: text("model")?,
            parameters: value.get("parameters")?.as_u64()?,
            sha256: text("sha256")?,
            command: text("command")?,
            seed: value.get("seed")?.as_u64()?,
            machine: text("machine")?,
            version: text("version")?,
            said,
        })
    }

    fn json(&self) -> Value {
        let Record { model, parameters, sha256, command, seed, machine, version, said } = self;
        let said: Vec<Value> = said.iter().map(Said::json).collect();
        json!({
            "model": model, "parameters": parameters, "sha256": sha256, "command": command, "seed": seed,
            "machine": machine, "version": version, "said": said,
        })
    }
}

impl Said {
    fn read(value: &Value) -> Option<Said> {
        let text = |field: &str| value.get(field)?.as_str();
        let claim = |id: &Value| id.as_str().map(str::to_owned);
        let claims = value.get("claims")?.as_array()?.iter().map(claim).collect::<Option<_>>()?;
        Some(Said { claims, text: Text::new(text("en")?.to_string(), text("zh")?.to_string()) })
    }

    fn json(&self) -> Value {
        use crate::kit::text::Lang::{En, Zh};
        json!({ "claims": self.claims, "en": self.text.get(En), "zh": self.text.get(Zh) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_of_the_program_is_one_and_comes_back_as_it_was() {
        let all = Record::read_all(FILE).unwrap();
        assert_eq!(Record::write_all(&all), FILE);
        assert!(all.iter().all(|record| record.sha256.len() == 64 && !record.said.is_empty()));
    }
}
