//! What verdicts look like.

use crate::kit::claim::{Claim, Criterion, Verdict};
use crate::kit::number::short;
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
    match criterion {
        Criterion::Near { target, tolerance: 0.0 } => format!("= {}", short(target)),
        Criterion::Near { target, tolerance } => format!("{} ± {}", short(target), short(tolerance)),
        Criterion::AtMost(bound) => format!("≤ {}", short(bound)),
        Criterion::AtLeast(bound) => format!("≥ {}", short(bound)),
    }
}
