//! What verdicts look like.

use crate::kit::claim::{Claim, Verdict};
use crate::kit::text::{Text, text};
use crate::render::screen::{Role, Screen};

/// What a verdict looks like in one line of text: symbol, role and name. Each symbol has a shape of its
/// own, to be read without colour.
pub fn look(verdict: Verdict) -> (char, Role, Text) {
    match verdict {
        Verdict::Holds => ('✓', Role::Good, text("holds", "成立")),
        Verdict::Qualified => ('◐', Role::Caution, text("qualified", "有条件成立")),
        Verdict::Wrong => ('✗', Role::Bad, text("wrong", "不成立")),
        Verdict::Data => ('≡', Role::Quiet, text("data", "文献数据")),
        Verdict::Opinion => ('○', Role::Quiet, text("opinion", "观点")),
        Verdict::Inconclusive => ('?', Role::Bad, text("inconclusive", "未能判定")),
        Verdict::Broken => ('!', Role::Bad, text("broken", "检验失效")),
    }
}

/// `16 claims · 6 holds · 9 qualified · 1 opinion`: every verdict that occurs.
pub fn tally<'a>(claims: impl Iterator<Item = &'a Claim> + Clone, screen: &Screen) -> String {
    let mut parts = vec![format!("{} {}", claims.clone().count(), screen.pick("claims", "条论断"))];
    for verdict in Verdict::ALL {
        let count = claims.clone().filter(|claim| claim.verdict() == verdict).count();
        if count > 0 {
            parts.push(format!("{count} {}", screen.say(&look(verdict).2)));
        }
    }
    parts.join(" · ")
}
