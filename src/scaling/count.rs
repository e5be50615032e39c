use super::ScalingError;

/// Reads a number as people write it: `7B`, `70b`, `1.4T`, `300 M`, `5.76e23`, `1_000_000`, `2,000,000`.
///
/// `k`, `M`, `B` and `T` are 10³, 10⁶, 10⁹ and 10¹²; capitals do not matter, and `G` is `B`. The words are read too:
/// `7 billion`, `7bn`. In Chinese `万` is 10⁴ and `亿` 10⁸, also behind `十`, `百` and `千`: `7千万`. The sign and the
/// range are not checked here.
///
/// # Errors
/// [`ScalingError::NotANumber`] for a text, for NaN and for what overflows.
///
/// # Examples
/// ```
/// use concepts::scaling::parse_count;
/// assert_eq!(parse_count("7B")?, 7e9);
/// assert_eq!(parse_count(" 1.4 t ")?, 1.4e12);
/// assert_eq!(parse_count("5.76e23")?, 5.76e23);
/// assert_eq!(parse_count("700亿")?, 7e10);
/// assert_eq!(parse_count("7 billion")?, 7e9);
/// assert!(parse_count("1e400").is_err());
/// # Ok::<(), concepts::scaling::ScalingError>(())
/// ```
pub fn parse_count(text: &str) -> Result<f64, ScalingError> {
    let wrong = || ScalingError::NotANumber { text: text.chars().take(40).collect() };
    let lower = text.trim().to_lowercase();
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((lower.strip_suffix(unit)?, *factor)))
        .ok_or_else(wrong)?;
    let number: String = number.trim().chars().filter(|&c| c != '_').collect();
    let number = if grouped(&number) { number.replace(',', "") } else { number };
    // Read with its power of ten, 1.4T is exactly 1.4e12.
    let exponent = factor.log10().round() as i32;
    let value: f64 = match (number.contains('e'), factor == 1.0) {
        (_, true) => number.parse(),
        (true, false) => number.parse().map(|number: f64| number * factor),
        (false, false) => format!("{number}e{exponent}").parse(),
    }
    .map_err(|_| wrong())?;
    let digits = number.chars().any(|c| c.is_ascii_digit());
    if value.is_finite() && digits { Ok(value) } else { Err(wrong()) }
}

/// What may stand behind the digits; of two that end alike the longer one first.
const UNITS: [(&str, f64); 22] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("bn", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("b", 1e9),
    ("g", 1e9),
    ("t", 1e12),
    ("万亿", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("十亿", 1e9),
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("万", 1e4),
    ("千", 1e3),
    ("百", 1e2),
    ("", 1.0),
];

/// Are commas where they part thousands?
fn grouped(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or(number);
    let mut parts = whole.trim_start_matches(['-', '+']).split(',');
    let first = parts.next().unwrap_or("");
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("70b", 70e9),
            ("0.5B", 0.5e9),
            ("1.5e3M", 1.5e9),
            ("2,000,000", 2e6),
            ("1_000", 1e3),
            ("1.4万亿", 1.4e12),
            ("7千万", 7e7),
            ("1.3千亿", 1.3e11),
            ("7bn", 7e9),
            ("1.5 Trillion", 1.5e12),
            ("-3k", -3e3),
            ("0", 0.0),
            ("15t", 15e12),
        ] {
            assert_eq!(parse_count(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "B", "seven", "NaN", "inf", "-inf", "infinity", "1e400", "1e300T", "7 BB", "1,5", "12,34",
            "7x", "１２",
        ] {
            assert!(matches!(parse_count(text), Err(ScalingError::NotANumber { .. })), "{text}");
        }
    }
}
