//! `PreferenceError`.

use concepts::preference::PreferenceError;

use super::Chinese;

impl Chinese for PreferenceError {
    fn chinese(&self) -> String {
        match self {
            Self::NoComparisons => "一条比较都没有，至少要有一条“谁胜谁”".into(),
            Self::Themself { comparison, player } => {
                format!("第 {comparison} 条比较是“{player}”对自己；一条比较要有两个不同的对象")
            }
            Self::Apart { group, others } => format!(
                "{} 这一组从没和 {} 比过；没碰过面的两组无法放到同一把尺子上，请补上跨组的比较",
                group.join("、"),
                others.join("、")
            ),
            Self::NeverLoses { group, others, never_won } => {
                let (group, others) = (group.join("、"), others.join("、"));
                let also = match never_won.join("、") {
                    none if none.is_empty() => none,
                    names => format!("，{names} 对其他对象一次也没赢过"),
                };
                format!(
                    "{group} 对 {others} 一次也没输过{also}；实力值越大似然就越高，没有尽头，所以拟合不出来：请补上结果相反的比较，或者去掉它们"
                )
            }
            Self::Unsettled { steps } => {
                format!("走了 {steps} 步还没收敛：有的对象几乎总赢。请补上它们输的比较，或者去掉它们")
            }
            Self::Beta { beta } => {
                format!("β 为 {beta}：请给大于 0 的数（为 0 时只剩奖励最高的回答，没有什么再把策略拉住）")
            }
            Self::Reward { answer, reward } => {
                format!("第 {answer} 个回答的奖励是 {reward}；奖励必须是有限的数")
            }
            Self::Reference { answer, probability } => {
                format!("参考策略给第 {answer} 个回答的概率是 {probability}；每个都要大于 0")
            }
            Self::Unpaired { rewards, answers } => {
                format!("{answers} 个回答配 {rewards} 个奖励，每个回答要有一个")
            }
        }
    }
}
