//! A sentence follows the numbers of its own run: rules over knobs that are drawn, and a look at every
//! sentence for what no run may say.

use demos::kit::findings::{Cell, Findings, Item, Table};
use demos::kit::knob::Values;
use demos::kit::lesson::{DEFAULT_SEED, Lesson, Setting, run};
use demos::kit::text::Lang;
use demos::render::screen::{Colour, Screen};
use demos::render::text;
use rand::Rng;
use rand::seq::IndexedRandom;

use super::lesson;

mod clip;
mod emergence;
mod heads;
mod paradigms;
mod regularization;
mod rlhf;

/// A setting: some of these knobs, each at one of these values.
type Knobs = &'static [(&'static str, &'static [&'static str])];

const HEADS: Knobs = &[
    (
        "model",
        &["llama-2-70b", "gpt-3-175b", "bert-base", "deepseek-v3", "falcon-7b", "t5-large", "qwen2.5-7b"],
    ),
    ("context", &["1", "8", "100", "4096", "131072", "10000000"]),
    ("batch", &["1", "2", "64", "1024", "1000000"]),
    ("dtype", &["bf16", "fp8"]),
    ("accelerator", &["h100-sxm", "rtx-4090", "m2-ultra", "a100"]),
    ("memory", &["24GiB", "1TiB", "1GiB"]),
    ("devices", &["1", "2", "64"]),
];
const ROPE: Knobs = &[
    ("head-dim", &["2", "4", "8", "64", "128"]),
    ("base", &["1.5", "10", "10000", "500000", "1e12"]),
    ("train-len", &["2", "100", "2048"]),
    ("len", &["2048", "2049", "16384", "1000000"]),
    ("factor", &["1", "2", "8", "40"]),
    ("scaling", &["none", "pi", "ntk", "dynamic-ntk", "yarn", "llama3"]),
    ("layout", &["interleaved", "halves"]),
    ("m", &["0", "1", "100"]),
    ("n", &["0", "1", "100"]),
];
const POSITIONS: Knobs = &[
    ("seq", &["2", "3", "40", "128"]),
    ("base", &["1.000001", "2", "10", "10000", "1000000"]),
    ("d-model", &["2", "8", "64"]),
    ("text", &["dog", "a a", "我爱你", "the cat sat on the mat"]),
];
const ATTENTION: Knobs = &[
    ("text", &["hi", "a a", "我爱你", "the cat sat on the mat"]),
    ("heads", &["1", "2", "4"]),
    ("pad", &["1"]),
    ("causal", &[""]),
    ("cross", &["1", "3"]),
];
const DECODING: Knobs = &[
    ("strategy", &["greedy", "beam", "top-k", "top-p", "min-p", "temperature", "mirostat"]),
    ("order", &["1", "2", "5"]),
    ("tokens", &["8", "30"]),
    ("beams", &["1", "4"]),
    ("k", &["0", "1", "10"]),
    ("p", &["0", "0.5", "1"]),
    ("temperature", &["0", "0.5", "3"]),
    ("text", &["english", "chinese"]),
];
const ARCHITECTURES: Knobs = &[("seq", &["2", "3", "9"]), ("layers", &["1", "3"]), ("d-model", &["8", "16"])];
/// The lessons with how many settings are drawn for each. Those that train take longest.
const LESSONS: [(&str, Knobs, usize); 11] = [
    ("heads", HEADS, 40),
    ("rope", ROPE, 40),
    ("positions", POSITIONS, 20),
    ("attention", ATTENTION, 20),
    ("decoding", DECODING, 6),
    ("architectures", ARCHITECTURES, 4),
    ("emergence", emergence::KNOBS, 30),
    ("clip", clip::KNOBS, 6),
    ("paradigms", paradigms::KNOBS, 16),
    ("regularization", regularization::KNOBS, 16),
    ("rlhf", rlhf::KNOBS, 8),
];

/// Draws a setting that the lesson accepts, with the command that has it.
fn draw(lesson: &'static Lesson, knobs: Knobs, rng: &mut impl Rng) -> Option<(String, Setting)> {
    let known = |name: &str| lesson.knobs.iter().any(|knob| knob.name() == name);
    let mut given = Vec::new();
    for (knob, values) in knobs.iter().filter(|(knob, _)| known(knob)) {
        if rng.random_bool(0.4) {
            given.extend(values.choose(rng).map(|value| (*knob, *value)));
        }
    }
    let value = |name: &str| given.iter().find(|(knob, _)| *knob == name).map(|(_, value)| *value);
    let flags: String = given.iter().map(|(knob, value)| format!(" --{knob} {value}")).collect();
    let values = Values::read(lesson.knobs, value).ok()?;
    let setting = Setting { values, seed: DEFAULT_SEED };
    Some((format!("demo {}{flags}", lesson.card.name), setting))
}

/// With `DEMO_CASES=1` all settings, without it every third.
#[test]
fn sentences_follow_the_numbers_of_their_run() {
    let every = std::env::var_os("DEMO_CASES").is_some();
    let mut faults = Vec::new();
    for (name, knobs, draws) in LESSONS {
        let draws = if every { draws } else { draws.div_ceil(3) };
        let lesson = lesson(name);
        let mut rng = concepts::numerics::rng(1, name);
        let mut seen = 0;
        while seen < draws {
            let Some((command, setting)) = draw(lesson, knobs, &mut rng) else { continue };
            let Ok(findings) = (lesson.walk)(&setting) else { continue };
            seen += 1;
            let page = run(lesson, setting, Lang::En).unwrap();
            let screen = Screen { lang: Lang::En, colour: Colour::None, width: 100_000 };
            // Lines are broken at a width that can be read, whatever the screen: phrases must not be.
            let said = text::page(&page, false, &screen);
            let joined = said.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = rules(name, &findings, &joined).into_iter().chain(slips(&said));
            faults.extend(found.map(|fault| format!("{command}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What no sentence may say, whatever the knobs: a number that is none, one of several, minus nothing.
fn slips(said: &str) -> Vec<String> {
    const NOUNS: [&str; 14] = [
        "tokens",
        "pairs",
        "heads",
        "layers",
        "beams",
        "merges",
        "characters",
        "sentences",
        "queries",
        "keys",
        "devices",
        "cards",
        "positions",
        "rows",
    ];
    let mut slips = Vec::new();
    for line in said.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let words: Vec<&str> = std::iter::once("")
            .chain(line.split(|c: char| c.is_whitespace() || "(),;:".contains(c)))
            .collect();
        // Not of a product or an equation: "2 × 1 pairs".
        let of_one = |three: &[&str]| {
            three[1] == "1"
                && NOUNS.contains(&three[2].trim_end_matches('.'))
                && !["×", "="].contains(&three[0])
        };
        let no_number =
            |word: &&str| matches!(word.trim_end_matches('.'), "NaN" | "inf" | "-inf" | "-0" | "−0");
        // A table's header may stand beside a 1.
        if !line.starts_with("  ") && words.windows(3).any(of_one) || words.iter().any(no_number) {
            slips.push(line.trim().to_string());
        }
    }
    slips
}

fn rules(name: &str, findings: &Findings, said: &str) -> Vec<String> {
    match name {
        "heads" => heads::rules(findings, said),
        "rope" => rope(findings, said),
        "positions" => positions(findings, said),
        "decoding" => decoding(findings, said),
        "emergence" => emergence::rules(findings, said),
        "clip" => clip::rules(findings, said),
        "paradigms" => paradigms::rules(findings, said),
        "regularization" => regularization::rules(findings, said),
        "rlhf" => rlhf::rules(findings, said),
        _ => Vec::new(),
    }
}

/// Plain RoPE fails to extrapolate where pairs leave their range, and no method has more pairs outside than
/// there are slow ones.
fn rope(findings: &Findings, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let slow = number(findings, "incomplete").unwrap_or(0.0);
    for table in tables(findings, "methods") {
        let Some(outside) = column(table, "pairs outside") else { return vec!["no such column".into()] };
        let outside: Vec<f64> = table.rows.iter().filter_map(|row| as_number(&row[outside])).collect();
        if outside.iter().any(|outside| *outside > slow) {
            faults.push(format!("{outside:?} pairs outside of {slow} slow ones"));
        }
        if said.contains("plain RoPE does not extrapolate (") != (outside[0] > 0.0) {
            faults.push(format!("extrapolation with {} pairs outside", outside[0]));
        }
    }
    faults
}

/// No more pairs are unseen than there are, and pairs turn alike only where their turns are about equally long.
fn positions(findings: &Findings, said: &str) -> Vec<String> {
    let of = |id: &str| number(findings, id).unwrap_or(f64::NAN);
    let mut faults = Vec::new();
    let (unseen, pairs) = (of("unseen"), of("pairs"));
    if unseen > pairs {
        faults.push(format!("{unseen} of {pairs} pairs"));
    }
    let (first, last) = (of("wavelength_first"), of("wavelength_last"));
    if said.contains("about the same speed") != (last < 1.1 * first) {
        faults.push(format!("turns of {first} to {last} positions"));
    }
    faults
}

/// The lowest perplexity is the lowest of the table.
fn decoding(findings: &Findings, said: &str) -> Vec<String> {
    let lowest = number(findings, "lowest_perplexity");
    let mut faults = Vec::new();
    for table in tables(findings, "quality") {
        let Some(column) = column(table, "perplexity") else { continue };
        let all = table.rows.iter().filter_map(|row| as_number(&row[column]));
        let least = all.fold(f64::INFINITY, f64::min);
        if lowest.is_some_and(|lowest| least < lowest) {
            faults.push(format!("a perplexity of {least} is below {lowest:?}"));
        }
    }
    if said.contains("cuts nothing") && said.contains("top-k cuts the tail") {
        faults.push("top-k cuts and cuts nothing".into());
    }
    faults
}

fn number(findings: &Findings, id: &str) -> Option<f64> {
    match findings.get(id) {
        Some(Item::Number(number)) => Some(*number),
        _ => None,
    }
}

fn tables<'f>(findings: &'f Findings, id: &str) -> &'f [Table] {
    match findings.get(id) {
        Some(Item::Tables(tables)) => tables,
        _ => &[],
    }
}

fn column(table: &Table, name: &str) -> Option<usize> {
    table.head.iter().position(|head| head.get(Lang::En) == name)
}

fn as_number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Words(_) => None,
    }
}

/// The numbers of a column of a table.
fn numbers(findings: &Findings, id: &str, name: &str) -> Vec<f64> {
    let table = &tables(findings, id)[0];
    let at = column(table, name).unwrap_or_else(|| panic!("{id}: no column {name}"));
    table.rows.iter().filter_map(|row| as_number(&row[at])).collect()
}

/// The numbers that stand behind these words.
fn after(said: &str, words: &str) -> Vec<f64> {
    let number = |rest: &str| {
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_digit() || ".-−e".contains(c))).unwrap_or(rest.len());
        rest[..end].trim_end_matches('.').replace('−', "-").parse().ok()
    };
    said.split(words).skip(1).filter_map(number).collect()
}
