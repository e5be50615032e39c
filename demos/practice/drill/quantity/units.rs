//! The units that are understood.

use super::{Unit, Unread};

const BYTES: [(&str, f64); 18] = [
    ("b", 1.0),
    ("k", 1e3),
    ("m", 1e6),
    ("g", 1e9),
    ("t", 1e12),
    ("byte", 1.0),
    ("bytes", 1.0),
    ("字节", 1.0),
    ("kb", 1e3),
    ("mb", 1e6),
    ("gb", 1e9),
    ("tb", 1e12),
    ("pb", 1e15),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
    ("tib", 1_099_511_627_776.0),
    ("pib", 1_125_899_906_842_624.0),
];

/// What may stand before "bytes" or 字节, in words.
const PREFIXES: [(&str, f64); 12] = [
    ("kilo", 1e3),
    ("mega", 1e6),
    ("giga", 1e9),
    ("tera", 1e12),
    ("kibi", 1024.0),
    ("mebi", 1_048_576.0),
    ("gibi", 1_073_741_824.0),
    ("tebi", 1_099_511_627_776.0),
    ("千", 1e3),
    ("兆", 1e6),
    ("吉", 1e9),
    ("太", 1e12),
];

const COUNTS: [(&str, f64); 31] = [
    ("", 1.0),
    ("百", 1e2),
    ("k", 1e3),
    ("thousand", 1e3),
    ("千", 1e3),
    ("w", 1e4),
    ("万", 1e4),
    ("十万", 1e5),
    ("m", 1e6),
    ("million", 1e6),
    ("百万", 1e6),
    ("千万", 1e7),
    ("亿", 1e8),
    ("b", 1e9),
    ("g", 1e9),
    ("bn", 1e9),
    ("billion", 1e9),
    ("十亿", 1e9),
    ("百亿", 1e10),
    ("千亿", 1e11),
    ("t", 1e12),
    ("trillion", 1e12),
    ("万亿", 1e12),
    ("p", 1e15),
    ("e", 1e18),
    ("z", 1e21),
    ("mflop", 1e6),
    ("gflop", 1e9),
    ("tflop", 1e12),
    ("pflop", 1e15),
    ("eflop", 1e18),
];

/// What may stand behind a count, and says what is counted.
const COUNTED: [&str; 25] = [
    "pairs",
    "pair",
    "对",
    "per second",
    "tokens/sec",
    "operations",
    "/s",
    "/秒",
    "浮点运算",
    "运算",
    "词元",
    "flops",
    "flop",
    "tokens/s",
    "token/s",
    "tok/s",
    "t/s",
    "tokens",
    "token",
    "parameters",
    "params",
    "个",
    "次",
    "参数",
    "每秒",
];

/// What may stand behind an angle.
const ANGLES: [&str; 4] = ["rad", "radian", "radians", "弧度"];

/// Without the words that say what is counted: `亿` of `亿个参数`.
fn uncounted(unit: &str) -> &str {
    let mut unit = unit;
    while let Some(rest) = COUNTED.iter().find_map(|what| unit.strip_suffix(what)) {
        unit = rest.trim_end();
    }
    unit
}

fn known(table: &[(&str, f64)], unit: &str) -> Option<f64> {
    table.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
}

/// What a unit multiplies by.
pub(super) fn factor(unit: &str, kind: Unit) -> Result<f64, Unread> {
    let factor = match kind {
        Unit::Bytes if unit.is_empty() => return Err(Unread::NoUnit),
        Unit::Bytes => known(&BYTES, unit).or_else(|| bytes_in_words(unit)),
        Unit::Count => known(&COUNTS, unit).or_else(|| known(&COUNTS, uncounted(unit))),
        Unit::Plain | Unit::Cut => match unit {
            "%" | "percent" | "per cent" | "pct" => Some(0.01),
            "‰" => Some(0.001),
            "x" | "×" | "times" | "倍" => Some(1.0),
            unit => in_words(uncounted(unit)),
        },
        Unit::Angle => (unit.is_empty() || ANGLES.contains(&unit)).then_some(1.0),
    };
    factor.ok_or(Unread::UnknownUnit)
}

/// A multiple in words or Chinese: where no unit is expected, a letter may mean anything, but for `k`.
fn in_words(unit: &str) -> Option<f64> {
    let is_letter = unit.len() == 1 && unit != "k";
    known(&COUNTS, unit).filter(|_| !is_letter && !unit.ends_with("flop"))
}

/// `gigabytes`, `吉字节`, `亿字节`, `billion bytes`.
fn bytes_in_words(unit: &str) -> Option<f64> {
    let before = ["bytes", "byte", "字节"].iter().find_map(|bytes| unit.strip_suffix(bytes))?.trim_end();
    known(&PREFIXES, before).or_else(|| known(&BYTES, before)).or_else(|| in_words(before))
}
