//! The units that are understood.

use super::{Unit, Unread};

const BYTES: [(&str, f64); 17] = [
    ("b", 1.0),
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

const COUNTS: [(&str, f64); 29] = [
    ("", 1.0),
    ("k", 1e3),
    ("thousand", 1e3),
    ("千", 1e3),
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
const COUNTED: [&str; 14] = [
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

/// Is it a letter alone, which may be the unit of anything?
fn is_letter(unit: &str) -> bool {
    unit.len() == 1 && unit != "k"
}

/// What a unit multiplies by.
pub(super) fn factor(unit: &str, kind: Unit) -> Result<f64, Unread> {
    let known =
        |table: &[(&str, f64)], unit: &str| table.iter().find(|(name, _)| *name == unit).map(|(_, f)| *f);
    match kind {
        Unit::Bytes if unit.is_empty() => Err(Unread::NoUnit),
        Unit::Bytes => known(&BYTES, unit).ok_or(Unread::UnknownUnit),
        Unit::Count => {
            known(&COUNTS, unit).or_else(|| known(&COUNTS, uncounted(unit))).ok_or(Unread::UnknownUnit)
        }
        Unit::Plain | Unit::Cut => match unit {
            "" => Ok(1.0),
            "%" => Ok(0.01),
            unit => known(&COUNTS, uncounted(unit)).filter(|_| !is_letter(unit)).ok_or(Unread::UnknownUnit),
        },
        Unit::Angle => (unit.is_empty() || ANGLES.contains(&unit)).then_some(1.0).ok_or(Unread::UnknownUnit),
    }
}
