//! A random command line from a lesson's own knobs.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use demos::LESSONS;
use demos::kit::knob::{Kind, Knob};
use demos::kit::lesson::Lesson;
use demos::kit::text::Lang;
use rand::Rng;
use rand::seq::IndexedRandom;
use tempfile::TempDir;

use super::mutate;

/// Texts of all sorts; none has English words, so that English on a Chinese page is the program's own.
pub(crate) const TEXTS: [&str; 16] = [
    "a",
    "我爱北京天安门",
    "a\u{1b}[31mb",
    "\u{202e}x\u{2066}y",
    "\u{9b}31m\u{85}",
    "\u{fffe}\u{ffff}\u{fdd0}",
    "👩\u{200d}👩\u{200d}👧 👍🏽",
    "e\u{301}\u{323} \u{344}",
    "<script>|`*_[x](y)~\\",
    "0 1 2 3 -5 1e308",
    "\t\r\n",
    "﷽ﷺ",
    "$(x) ${y} %s {0} [[z]]",
    "\u{0}\u{7f}\u{feff}",
    "ffi ﬃ ǅ ß İ",
    "..//\u{2028}\u{2029}",
];
const NUMBERS: [&str; 22] = [
    "0",
    "-1",
    "1",
    "2",
    "3",
    "7",
    "8",
    "16",
    "1e308",
    "-1e308",
    "1e-308",
    "NaN",
    "inf",
    "-inf",
    "0.5",
    "1.0",
    "1e9",
    "18446744073709551615",
    "18446744073709551616",
    "0x10",
    "",
    "１２",
];
const FORMS: [&str; 3] = ["text", "markdown", "json"];

/// One command line.
pub(crate) struct Case {
    pub lesson: &'static Lesson,
    /// The knobs that are given; a switch has no value.
    pub given: Vec<(&'static str, String)>,
    pub form: &'static str,
    pub lang: Lang,
    /// What is on the command line besides.
    more: Vec<String>,
    /// Its files live as long as the case.
    folder: TempDir,
}

impl Case {
    /// A case. Large values take long, and are for long runs.
    pub(crate) fn draw(rng: &mut impl Rng, large: bool) -> Case {
        let folder = tempfile::tempdir().unwrap();
        let lesson = LESSONS.choose(rng).unwrap();
        let given = lesson.knobs.iter().filter(|_| rng.random_bool(0.35)).collect::<Vec<_>>();
        let given =
            given.into_iter().map(|knob| (knob.name(), value(*knob, lesson, &folder, large, rng))).collect();
        let form = FORMS.choose(rng).unwrap();
        let lang = *Lang::ALL.choose(rng).unwrap();
        Case { lesson, given, form, lang, more: more(rng), folder }
    }

    /// Where the program is run: what it saves under a name that was drawn goes with the case.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn command_line(&self) -> Vec<String> {
        let switch = |name: &str| {
            self.lesson.knobs.iter().any(|knob| knob.name() == name && knob.kind() == Kind::Switch)
        };
        let mut words = vec![self.lesson.card.name.to_string()];
        for (name, value) in &self.given {
            words.push(if switch(name) { format!("--{name}") } else { format!("--{name}={value}") });
        }
        words.extend(["--no-claims".into(), format!("--format={}", self.form)]);
        words.push(format!("--lang={}", self.lang.code()));
        words.extend(self.more.clone());
        // The system takes no NUL in an argument.
        words.iter().map(|word| word.replace('\0', "\u{1}")).collect()
    }
}

impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let shown: Vec<String> =
            self.command_line().iter().map(|word| short(&word.escape_debug().to_string())).collect();
        write!(f, "demo {}", shown.join(" "))
    }
}

fn short(word: &str) -> String {
    word.chars().take(80).collect()
}

/// A flag now and then that has nothing to do with the lesson.
fn more(rng: &mut impl Rng) -> Vec<String> {
    let text = |rng: &mut _| (*TEXTS.choose(rng).unwrap()).to_string();
    match rng.random_range(0..12) {
        0 => vec![format!("--{}", text(rng))],
        1 => vec![text(rng)],
        2 => vec!["--section".into(), NUMBERS.choose(rng).unwrap().to_string()],
        3 => vec![format!("--out=/nope/{}", text(rng))],
        4 => vec![format!("--color={}", text(rng))],
        5 => vec![format!("--seed={}", NUMBERS.choose(rng).unwrap())],
        _ => Vec::new(),
    }
}

fn value(knob: &dyn Knob, lesson: &Lesson, folder: &TempDir, large: bool, rng: &mut impl Rng) -> String {
    if rng.random_bool(0.06) {
        return if rng.random_bool(0.5) { TEXTS.choose(rng) } else { NUMBERS.choose(rng) }
            .unwrap()
            .to_string();
    }
    match knob.kind() {
        Kind::Integer { default, min, max } => {
            let most = if large && rng.random_bool(0.15) { max } else { max.min(min + 40) };
            let drawn = rng.random_range(min..=most);
            [min, most, drawn, drawn, default.unwrap_or(drawn)].choose(rng).unwrap().to_string()
        }
        Kind::Number { min, max, .. } => {
            let drawn = min + (max - min) * rng.random::<f64>().powi(3);
            [min, max, drawn, drawn].choose(rng).unwrap().to_string()
        }
        Kind::Choice { options, .. } => options.choose(rng).unwrap().to_string(),
        Kind::Text { max_chars, .. } => {
            let parts = rng.random_range(1..4);
            let text: String = (0..parts).map(|_| *TEXTS.choose(rng).unwrap()).collect();
            let times =
                if large && rng.random_bool(0.1) { max_chars / text.chars().count().max(1) } else { 1 };
            text.repeat(times.max(1))
        }
        Kind::File | Kind::Folder if knob.writes() => {
            let name = if rng.random_bool(0.3) { "no/such/x\u{1b}.json" } else { "saved.json" };
            folder.path().join(name).display().to_string()
        }
        Kind::File | Kind::Folder => mutate::file(lesson, knob.name(), folder.path(), rng),
        Kind::Switch => String::new(),
    }
}
