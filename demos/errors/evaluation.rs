//! `EvaluationError`.

use concepts::evaluation::EvaluationError;

use super::Chinese;

impl Chinese for EvaluationError {
    fn chinese(&self) -> String {
        match self {
            Self::Empty => "没有数据可供重采样，至少要给一个值".into(),
            Self::Unpaired { first, second } => {
                format!("{first} 个值与 {second} 个值配不成对；同一批 prompt 两边要各有一个值")
            }
            Self::Level { level } => format!("置信水平 {level} 不在 0 到 1 之间，通常取 0.95"),
            Self::Resamples { resamples, max } => {
                format!("重采样 {resamples} 次：请给 1 到 {max}，通常取 2000")
            }
        }
    }
}
