//! Numbers in a spelling that is not read, and how they are to be written.

use concepts::scaling::parse_count;

use super::number::half_width;

/// A number as it is to be written, of one in another spelling: with the digits of another script, with a power of ten, a
/// decimal comma, or other signs between groups of three digits. `None` where nobody could say which number is meant.
///
/// ```
/// use demos::kit::spelling::as_count;
/// let right = |typed| as_count(typed).unwrap_or_default();
/// assert_eq!(["٣B", "1,5m", "5.76×10^23", "2 * 10⁹"].map(right), ["3B", "1.5m", "5.76e23", "2e9"]);
/// assert_eq!(["10^12", "70 000 000", "1.500.000", "7B"].map(right), ["1e12", "70000000", "1500000", "7B"]);
/// assert_eq!(["much", "1.2.3", "×10^", "7 8B", "", "5x10"].map(as_count), [const { None }; 6]);
/// ```
pub fn as_count(typed: &str) -> Option<String> {
    let plain = our_digits(typed);
    let plain = with_power(&plain).unwrap_or(plain);
    let grouped = [' ', '\'', '’', '.', ','].into_iter().filter_map(|sign| ungrouped(&plain, sign));
    let spellings = std::iter::once(plain.clone()).chain(grouped).chain([plain.replacen(',', ".", 1)]);
    let mut read = spellings.filter(|number| parse_count(number).is_ok());
    read.next().map(|number| number.split_whitespace().collect())
}

/// In the usual width, and with our digits in the place of those of other scripts.
pub(crate) fn our_digits(typed: &str) -> String {
    half_width(typed).trim().chars().map(|c| ten_digits(c).unwrap_or(c)).collect()
}

/// The digit that a digit of another script stands for. Each script has its ten in a row.
fn ten_digits(c: char) -> Option<char> {
    const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '༠'];
    let place = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|place| *place < 10);
    ZEROS.iter().find_map(place).and_then(|place| char::from_digit(place, 10))
}

/// `5.76e23` for `5.76×10^23`, and `1e9` for `10⁹`.
fn with_power(typed: &str) -> Option<String> {
    const TIMES: [&str; 5] = ["×10", "x10", "X10", "*10", "·10"];
    let tight: String = typed.split_whitespace().collect();
    let product = TIMES.iter().find_map(|times| tight.split_once(times));
    let (factor, power) = product.or_else(|| Some(("1", tight.strip_prefix("10")?)))?;
    let raised = power.strip_prefix("**").or_else(|| power.strip_prefix('^'));
    let power: String = match raised {
        Some(power) => power.trim_start_matches(['{', '(']).trim_end_matches(['}', ')']).to_string(),
        None => power.chars().map(lowered).collect::<Option<_>>()?,
    };
    let digits = power.trim_start_matches(['+', '-']);
    let whole = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    whole.then(|| format!("{factor}e{power}"))
}

/// What a raised sign is on the line.
fn lowered(c: char) -> Option<char> {
    const RAISED: [char; 12] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁻', '⁺'];
    RAISED.iter().position(|raised| *raised == c).and_then(|place| "0123456789-+".chars().nth(place))
}

/// Without the sign that parts groups of three digits; a point that parts only two may be that of a fraction.
fn ungrouped(number: &str, sign: char) -> Option<String> {
    let groups: Vec<&str> = number.split(sign).collect();
    let digits = |group: &&str| group.chars().take_while(char::is_ascii_digit).count();
    let threes = groups[1..].iter().all(|group| digits(group) == 3);
    let enough = groups.len() > if sign == '.' { 2 } else { 1 };
    let begun = (1..=3).contains(&groups[0].len()) && groups[0].len() == digits(&groups[0]);
    (enough && threes && begun && !groups[0].starts_with('0')).then(|| groups.concat())
}
