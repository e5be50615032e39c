//! What one writes on the whiteboard: a topic's code, whole, in Rust and in Python.
//!
//! The files stand in the lesson's folder `whiteboard` and are shown as they are. `attention.rs` and
//! `attention.py` have English comments and are run by tests, against the library's numbers; `attention.zh.rs`
//! and `attention.zh.py` are the same code, which a test holds them to, with comments in Chinese.

use super::text::{Lang, Text};

/// The code of one topic.
#[derive(Debug)]
pub struct Whiteboard {
    /// Name of the files, without their endings. The lesson's words say what it is, under `code`.
    pub topic: &'static str,
    /// In Rust.
    pub rust: Text,
    /// In Python.
    pub python: Text,
}

/// A language in which code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust
    Rust,
    /// Python
    Python,
}

impl Whiteboard {
    /// The code in one language, with comments in a language of the project.
    pub fn code(&self, language: Language, lang: Lang) -> &str {
        match language {
            Language::Rust => self.rust.get(lang),
            Language::Python => self.python.get(lang),
        }
    }
}

/// The code of a topic out of the folder `whiteboard` beside this source file: `whiteboard!("attention")`.
#[macro_export]
macro_rules! whiteboard {
    ($topic:literal) => {
        $crate::kit::whiteboard::Whiteboard {
            topic: $topic,
            rust: $crate::kit::text::text(
                include_str!(concat!("whiteboard/", $topic, ".rs")),
                include_str!(concat!("whiteboard/", $topic, ".zh.rs")),
            ),
            python: $crate::kit::text::text(
                include_str!(concat!("whiteboard/", $topic, ".py")),
                include_str!(concat!("whiteboard/", $topic, ".zh.py")),
            ),
        }
    };
}

/// Calls a function of a Python file: `python(source, "attention(*args)", json!([q, k, v]))` runs the file, binds
/// `args` to the value and returns what the call gives, through JSON. An infinity is the text `-inf` or `inf`.
///
/// `None` where this machine has no Python, unless `DEMO_PYTHON` is set: then that is an error. numpy counts as
/// part of it for files that import it.
///
/// # Panics
/// If the file cannot be run.
#[cfg(test)]
pub(crate) fn python(source: &str, call: &str, args: &serde_json::Value) -> Option<serde_json::Value> {
    use std::process::Command;

    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let required = std::env::var_os("DEMO_PYTHON").is_some();
    let imports = if source.contains("import numpy") { "import numpy" } else { "pass" };
    let there = Command::new(&interpreter).args(["-c", imports]).output();
    if !there.is_ok_and(|tried| tried.status.success()) {
        assert!(!required, "DEMO_PYTHON is set, but `{interpreter} -c '{imports}'` does not run");
        return None;
    }
    let program = format!(
        "{source}\n{THROUGH_JSON}\nargs = taken(json.loads(sys.argv[1]))\nprint(json.dumps(given({call})))\n"
    );
    let ran = Command::new(&interpreter).args(["-c", &program, &args.to_string()]).output().ok()?;
    assert!(ran.status.success(), "{call}: {}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    Some(serde_json::from_str(&said).unwrap_or_else(|error| panic!("{call}: {error}: {said}")))
}

/// JSON has no infinities: they travel as texts.
#[cfg(test)]
const THROUGH_JSON: &str = r#"
import json, math, sys
def taken(x):
    if isinstance(x, list): return [taken(y) for y in x]
    return float(x) if x in ("inf", "-inf") else x
def given(x):
    if hasattr(x, "tolist"): x = x.tolist()
    if isinstance(x, (list, tuple)): return [given(y) for y in x]
    if isinstance(x, dict): return {str(k): given(v) for k, v in x.items()}
    return str(x) if isinstance(x, float) and math.isinf(x) else x
"#;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::python;

    #[test]
    fn python_is_called_and_infinities_come_back() {
        let source = "def negated(xs):\n    return [-x for x in xs]";
        if let Some(result) = python(source, "negated(*args)", &json!([[1.5, "inf"]])) {
            assert_eq!(result, json!([-1.5, "-inf"]));
        }
    }
}
