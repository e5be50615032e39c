//! Numbers in Chinese characters: `一百二十九`, `一点二`, `两千`.

/// The number at the beginning, and what stands behind it; nothing if none begins the text.
///
/// A digit that ends a number is worth a tenth of the unit before it, as people say it: `一百二` is 120, `一百零二` 102.
/// Units behind a decimal part are left to the reader of units: `一点二万`.
///
/// # Examples
/// ```
/// use demos::practice::drill::quantity::chinese_number;
/// assert_eq!(chinese_number("一百二十九个"), Some((129.0, "个")));
/// assert_eq!(chinese_number("一点二万"), Some((1.2, "万")));
/// assert_eq!(chinese_number("个"), None);
/// ```
pub fn chinese_number(text: &str) -> Option<(f64, &str)> {
    if let Some(rest) = text.strip_prefix('半') {
        return Some((0.5, rest));
    }
    let end = text.find(|c| digit(c).is_none() && unit(c).is_none()).unwrap_or(text.len());
    if end == 0 {
        return None;
    }
    let whole = whole(&text[..end]);
    let Some(decimals) = text[end..].strip_prefix('点') else { return Some((whole, &text[end..])) };
    let places = decimals.find(|c| digit(c).is_none()).unwrap_or(decimals.len());
    let digits = decimals[..places].chars().filter_map(digit).rev();
    let fraction = digits.fold(0.0, |fraction, digit| (fraction + digit) / 10.0);
    // Rounded, so that 零点三 is 0.3 to the last bit.
    let value: f64 = format!("{:.12}", whole + fraction).parse().ok()?;
    (places > 0).then_some((value, &decimals[places..]))
}

fn digit(c: char) -> Option<f64> {
    if c == '两' {
        return Some(2.0);
    }
    let place = "零一二三四五六七八九".chars().position(|digit| digit == c || (c == '〇' && digit == '零'));
    place.map(|place| place as f64)
}

fn unit(c: char) -> Option<f64> {
    [('十', 1e1), ('百', 1e2), ('千', 1e3), ('万', 1e4), ('亿', 1e8)]
        .iter()
        .find(|of| of.0 == c)
        .map(|of| of.1)
}

/// A whole number of digits and units.
fn whole(text: &str) -> f64 {
    // What is below the last 万 or 亿, and what is above.
    let (mut below, mut above) = (0.0, 0.0);
    let (mut pending, mut last, mut zero) = (None, 1.0, false);
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            zero |= digit == 0.0;
            pending = Some(pending.unwrap_or(0.0) * 10.0 + digit);
            continue;
        }
        let Some(unit) = unit(c) else { continue };
        match unit {
            1e8 => {
                let sum = above + below + pending.unwrap_or(0.0);
                (above, below) = (if sum == 0.0 { unit } else { sum * unit }, 0.0);
            }
            1e4 => {
                let sum = below + pending.unwrap_or(0.0);
                (above, below) = (above + if sum == 0.0 { unit } else { sum * unit }, 0.0);
            }
            _ => below += pending.unwrap_or(1.0) * unit,
        }
        (pending, last, zero) = (None, unit, false);
    }
    let end = pending.unwrap_or(0.0);
    above + below + if zero || last == 1.0 || end >= 10.0 { end } else { end * last / 10.0 }
}

#[cfg(test)]
mod tests {
    use super::chinese_number;

    #[test]
    fn numbers_as_they_are_said() {
        for (text, value) in [
            ("十", 10.0),
            ("十二", 12.0),
            ("一二九", 129.0),
            ("一百二十九", 129.0),
            ("一百二", 120.0),
            ("一百零二", 102.0),
            ("两千", 2000.0),
            ("一万二千", 12_000.0),
            ("一万二", 12_000.0),
            ("三亿", 3e8),
            ("一亿二千万", 1.2e8),
            ("十四万亿", 1.4e13),
            ("零点三", 0.3),
            ("一点二五", 1.25),
            ("半", 0.5),
        ] {
            assert_eq!(chinese_number(text), Some((value, "")), "{text}");
        }
        assert_eq!(chinese_number("12"), None);
        assert_eq!(chinese_number("一点"), None);
    }
}
