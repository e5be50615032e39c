//! What verdicts look like.

use crate::kit::claim::{Claim, Criterion, Verdict};
use crate::kit::measure::Measure;
use crate::kit::number::{plain, short};
use crate::render::screen::{Role, Screen};

/// The sign of a verdict, in its colour. Each has a shape of its own, to be read without colour.
pub fn sign(verdict: Verdict, screen: &Screen) -> String {
    let (sign, _) = look(verdict);
    screen.paint(role(verdict), &sign.to_string())
}

/// A verdict in words.
pub fn word(verdict: Verdict, screen: &Screen) -> &'static str {
    let (_, [en, zh]) = look(verdict);
    screen.pick(en, zh)
}

/// A verdict in words, and whether it was looked up instead of measured.
pub fn words(claim: &Claim, screen: &Screen) -> String {
    let word = word(claim.verdict(), screen);
    if !claim.looked_up() {
        return word.to_string();
    }
    format!("{word}{}", screen.pick(" (looked up, not measured)", "（依据文献，非实测）"))
}

/// The colour in which a verdict is written.
pub fn role(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Holds => Role::Good,
        Verdict::Qualified => Role::Caution,
        Verdict::Wrong | Verdict::Inconclusive | Verdict::Broken => Role::Bad,
        Verdict::Data | Verdict::Opinion => Role::Quiet,
    }
}

/// Sign, and name in English and Chinese.
pub fn look(verdict: Verdict) -> (char, [&'static str; 2]) {
    match verdict {
        Verdict::Holds => ('✓', ["holds", "成立"]),
        Verdict::Qualified => ('◐', ["qualified", "有条件成立"]),
        Verdict::Wrong => ('✗', ["wrong", "不成立"]),
        Verdict::Data => ('≡', ["data", "文献数据"]),
        Verdict::Opinion => ('○', ["opinion", "观点"]),
        Verdict::Inconclusive => ('?', ["inconclusive", "未能判定"]),
        Verdict::Broken => ('!', ["broken", "检验失效"]),
    }
}

/// `16 claims · 6 holds · 9 qualified · 1 opinion`: every verdict that occurs.
pub fn tally<'a>(claims: impl Iterator<Item = &'a Claim> + Clone, screen: &Screen) -> String {
    let count = claims.clone().count();
    let noun = if count == 1 { "claim" } else { "claims" };
    let mut parts = vec![format!("{count} {}", screen.pick(noun, "条论断"))];
    for verdict in Verdict::ALL {
        let count = claims.clone().filter(|claim| claim.verdict() == verdict).count();
        if count > 0 {
            parts.push(format!("{count} {}", word(verdict, screen)));
        }
    }
    parts.join(" · ")
}

/// What a measured value should be: `= 2`, `1 ± 1e-12`, `≤ 0.5`.
pub fn predicted(criterion: Criterion) -> String {
    written(criterion, short)
}

fn written(criterion: Criterion, number: fn(f64) -> String) -> String {
    match criterion {
        Criterion::Near { target, tolerance: 0.0 } => format!("= {}", number(target)),
        Criterion::Near { target, tolerance } => format!("{} ± {}", number(target), short(tolerance)),
        Criterion::AtMost(bound) => format!("≤ {}", number(bound)),
        Criterion::AtLeast(bound) => format!("≥ {}", number(bound)),
    }
}

/// A value that is not what it should be, and what it should be: in full where they would look alike.
pub fn missed(measure: &Measure) -> [String; 2] {
    let bound = match measure.criterion {
        Criterion::Near { target, .. } => target,
        Criterion::AtMost(bound) | Criterion::AtLeast(bound) => bound,
    };
    if short(measure.value) == short(bound) {
        let full = |x: f64| x.to_string();
        return [full(measure.value), written(measure.criterion, full)];
    }
    [plain(measure.value), predicted(measure.criterion)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::measure::COUNTED;
    use crate::kit::text::text;

    #[test]
    fn a_value_that_misses_does_not_look_like_its_prediction() {
        let missed = |value, criterion| {
            let (what, basis) = (text("parameters", "参数量"), COUNTED);
            let (looked_up, interval, n, seed) = (false, None, None, None);
            missed(&Measure { what, criterion, basis, looked_up, value, interval, n, seed })
        };
        let exactly = Criterion::Near { target: 109_482_240.0, tolerance: 0.0 };
        assert_eq!(missed(109_089_024.0, exactly), ["109089024", "= 109482240"]);
        assert_eq!(missed(1.0, Criterion::AtLeast(1.000_001)), ["1", "≥ 1.000001"]);
        assert_eq!(missed(0.25, Criterion::AtLeast(0.5)), ["0.250", "≥ 0.5"]);
    }
}
