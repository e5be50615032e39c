//! What one writes on the whiteboard: a topic's code, whole, in Rust and in Python.
//!
//! Both files stand in the lesson's folder `whiteboard`. They are shown as they are and run by tests, against
//! the library's numbers. Their comments are English; `comments.zh.md` beside them has each of them in Chinese,
//! below the English, so that there is one code for both languages:
//!
//! ```markdown
//! ## kv_cache
//! - computed once, never again
//!   只算这一次
//! ```

use std::borrow::Cow;

use super::text::Lang;

/// The code of one topic.
#[derive(Debug)]
pub struct Whiteboard {
    /// Name of the files, without their ending. The lesson's words say what it is, under `code`.
    pub topic: &'static str,
    /// In Rust.
    pub rust: &'static str,
    /// In Python.
    pub python: &'static str,
    /// The comments of all topics of the lesson in Chinese.
    pub comments: &'static str,
}

/// A language in which code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust
    Rust,
    /// Python
    Python,
}

/// What a comment of Rust or Python begins with.
const MARKS: [&str; 4] = ["// ", "/// ", "# ", "\"\"\""];

impl Whiteboard {
    /// The code in one language, with comments in a language of the project.
    pub fn code(&self, language: Language, lang: Lang) -> Cow<'static, str> {
        let code = match language {
            Language::Rust => self.rust,
            Language::Python => self.python,
        };
        match lang {
            Lang::En => Cow::Borrowed(code),
            Lang::Zh => Cow::Owned(code.lines().map(|line| self.in_chinese(line) + "\n").collect()),
        }
    }

    /// The comments of this topic, each with its Chinese.
    pub fn comments(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let mut sections = self.comments.split("\n## ");
        let section = sections.find(|section| section.lines().next() == Some(self.topic));
        let lines = section.unwrap_or("").lines().skip(1);
        let chinese = lines.clone().skip(1);
        lines.zip(chinese).filter_map(|(en, zh)| Some((en.strip_prefix("- ")?, zh.strip_prefix("  ")?)))
    }

    /// A line with its comment in Chinese, if it ends with one.
    fn in_chinese(&self, line: &str) -> String {
        let (line, end) = line.strip_suffix("\"\"\"").map_or((line, ""), |line| (line, "\"\"\""));
        let translated = self.comments().find_map(|(english, chinese)| {
            let code = line.strip_suffix(english)?;
            // A line of a docstring has no mark of its own.
            let is_comment = code.trim().is_empty() || MARKS.iter().any(|mark| code.ends_with(mark));
            is_comment.then(|| format!("{code}{chinese}{end}"))
        });
        translated.unwrap_or_else(|| format!("{line}{end}"))
    }
}

/// The code of a topic out of the folder `whiteboard` beside this source file: `whiteboard!("attention")`.
#[macro_export]
macro_rules! whiteboard {
    ($topic:literal) => {
        $crate::kit::whiteboard::Whiteboard {
            topic: $topic,
            rust: include_str!(concat!("whiteboard/", $topic, ".rs")),
            python: include_str!(concat!("whiteboard/", $topic, ".py")),
            comments: include_str!("whiteboard/comments.zh.md"),
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
    use std::sync::OnceLock;

    /// Without and with numpy. Asked once: a start takes longer than most of the code.
    static THERE: [OnceLock<bool>; 2] = [OnceLock::new(), OnceLock::new()];

    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let required = std::env::var_os("DEMO_PYTHON").is_some();
    let numpy = source.contains("import numpy");
    let imports = if numpy { "import numpy" } else { "pass" };
    let runs =
        || Command::new(&interpreter).args(["-c", imports]).output().is_ok_and(|it| it.status.success());
    if !THERE[usize::from(numpy)].get_or_init(runs) {
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
