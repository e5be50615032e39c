//! The number at the beginning of an answer.

use super::{Unread, chinese_number};

/// The number at the beginning: digits, in threes with commas or blanks between them, a fraction, a power, `a/b`,
/// `a×10^b`, `b分之a`, or Chinese characters.
pub(super) fn number(text: &str) -> Result<(f64, &str), Unread> {
    if let Some(rest) = ["-", "minus ", "负"].iter().find_map(|sign| text.strip_prefix(sign)) {
        let (value, after) = number(rest.trim_start())?;
        return Ok((-value, after));
    }
    let (value, rest) = match chinese_number(text) {
        Some(read) => read,
        None => in_digits(text)?,
    };
    if let Some((power, after)) = ten_to_the(rest) {
        return Ok((value * 10f64.powi(power), after));
    }
    if let Some((power, after)) = raised(rest) {
        return finite(value.powi(power), after);
    }
    if let Some(above) = rest.trim_start().strip_prefix("分之") {
        let (above, after) = number(above.trim_start())?;
        return finite(above / value, after);
    }
    let below = rest.trim_start().strip_prefix('/').map(str::trim_start);
    let divided = below.and_then(|below| {
        let (below, after) = below.split_at(text_end(below, |c| c.is_ascii_digit() || c == '.'));
        Some((value / below.parse::<f64>().ok()?, after))
    });
    let (value, rest) = divided.unwrap_or((value, rest));
    finite(value, rest)
}

fn finite(value: f64, rest: &str) -> Result<(f64, &str), Unread> {
    if value.is_finite() { Ok((value, rest)) } else { Err(Unread::NoNumber) }
}

/// Digits, with what "e12" behind them makes of them.
fn in_digits(text: &str) -> Result<(f64, &str), Unread> {
    let sign = usize::from(text.starts_with('+'));
    let mut digits = sign + text_end(&text[sign..], |c| c.is_ascii_digit() || matches!(c, '.' | ',' | '_'));
    if text[sign..digits].contains(',') && !in_threes(&text[sign..digits]) {
        return Err(Unread::Comma);
    }
    digits += more_threes(&text[sign..digits], &text[digits..]);
    with_power(text, digits).filter(|(x, _)| x.is_finite()).ok_or(Unread::NoNumber)
}

fn text_end(text: &str, allowed: fn(char) -> bool) -> usize {
    text.find(|c| !allowed(c)).unwrap_or(text.len())
}

/// `14,000` and `1,400.5`: one to three digits that do not begin with 0, and three behind each comma.
fn in_threes(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits);
    let mut parts = whole.split(',');
    let first = parts.next().unwrap_or("");
    let fraction = &digits[whole.len()..];
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && parts.all(|part| part.len() == 3)
        && !fraction.contains(',')
}

/// How many bytes further a number goes whose threes are set apart by blanks or as the Swiss do: `1 610 612 736`,
/// `1'000`.
fn more_threes(digits: &str, rest: &str) -> usize {
    if digits.is_empty() || digits.len() > 3 || digits.starts_with('0') || digits.contains(['.', ',', '_']) {
        return 0;
    }
    let mut end = 0;
    while let Some(group) = rest[end..].strip_prefix([' ', '\'']) {
        if text_end(group, |c| c.is_ascii_digit()) != 3 {
            break;
        }
        end += 4;
    }
    // A fraction may follow.
    let fraction = rest[end..].strip_prefix('.').filter(|_| end > 0);
    end + fraction.map_or(0, |digits| 1 + text_end(digits, |c| c.is_ascii_digit()))
}

/// The number whose digits end here, with what "e12" behind them makes of it.
fn with_power(text: &str, digits: usize) -> Option<(f64, &str)> {
    let mut end = digits;
    let rest = &text[digits..];
    // "1e12" is a power; "1 e" would be a unit.
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let sign = usize::from(power.starts_with(['-', '+']));
        let power = text_end(&power[sign..], |c| c.is_ascii_digit());
        if power > 0 {
            end = digits + 1 + sign + power;
        }
    }
    let value = text[..end].replace([',', '_', ' ', '\''], "").parse().ok()?;
    Some((value, &text[end..]))
}

/// `×10^12`, `*10^-12`, `x 10^12`, `·10¹²`, `×10⁻³`.
fn ten_to_the(text: &str) -> Option<(i32, &str)> {
    let after = text.trim_start().strip_prefix(['×', '*', 'x', '·', '⋅'])?.trim_start().strip_prefix("10")?;
    raised(after)
}

/// `^12`, `^-12`, `**12`, `¹²`, `⁻³`.
fn raised(text: &str) -> Option<(i32, &str)> {
    if let Some(power) = text.strip_prefix('^').or_else(|| text.strip_prefix("**")) {
        let sign = usize::from(power.starts_with(['-', '+']));
        let end = sign + text_end(&power[sign..], |c| c.is_ascii_digit());
        return Some((power[..end].parse().ok()?, &power[end..]));
    }
    let superscript = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c);
    let (sign, raised) = text.strip_prefix('⁻').map_or((1, text), |raised| (-1, raised));
    let end = raised.find(|c| superscript(c).is_none()).unwrap_or(raised.len());
    let digits = raised[..end].chars().filter_map(superscript);
    let power = digits.fold(0i32, |power, digit| power.saturating_mul(10).saturating_add(digit as i32));
    (end > 0).then(|| (sign * power, &raised[end..]))
}
