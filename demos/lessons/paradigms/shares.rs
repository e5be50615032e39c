//! Shares and differences of shares, short enough for a column and never rounded to what they are not.

use crate::kit::number::{decimals_until, without_rounding};

/// Digits behind the point at most.
const MOST: usize = 9;

/// A share in percent: one decimal, none where it is all or nothing, and as many as keep it from looking like that.
pub(crate) fn percent(share: f64) -> String {
    // A mean of ones is 1 but for rounding.
    let share = without_rounding(share);
    let percent = 100.0 * share;
    if share == 0.0 || share == 1.0 {
        return format!("{percent:.0}%");
    }
    let within = |read: f64| read != 0.0 && read != 100.0;
    format!("{}%", decimals_until(percent, 1..=MOST, within).unwrap_or_else(|| format!("{percent:.1}")))
}

/// A difference of shares in percentage points, with its sign: one decimal, more where one would make it 0, and 0 only
/// where there is none.
pub(crate) fn points(share: f64) -> String {
    let points = 100.0 * share;
    let shown = |decimals: usize| format!("{points:+.decimals$}").replace('-', "−");
    let is_some = |shown: &String| shown.contains(|digit: char| ('1'..='9').contains(&digit));
    (1..=MOST).map(shown).find(is_some).unwrap_or_else(|| "0".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_nothing_are_told_from_nearly() {
        let shown = [0.0, 0.0004, 0.5, 0.849, 0.9996, 1.0 - 1e-16].map(percent).join(" ");
        assert_eq!(shown, "0% 0.04% 50.0% 84.9% 99.96% 100%");
        let shown = [-0.137, -0.0, 0.0, 1e-17, 0.0003, -0.0004, 0.024].map(points).join(" ");
        assert_eq!(shown, "−13.7 0 0 0 +0.03 −0.04 +2.4");
    }
}
