//! `ScalingError`.

use concepts::scaling::ScalingError;
use concepts::scaling::words::Size;

use super::Chinese;
use super::spacing::inside;

impl Chinese for ScalingError {
    fn chinese(&self) -> String {
        match self {
            Self::NotANumber { text } => {
                format!(
                    "“{text}”不是数字，请写成 70000000000、7e10、70B 或 700亿（k、M、B、T 分别是 10^3、10^6、10^9、10^12）"
                )
            }
            Self::NotPositive { size, value } => {
                format!("{} {value:e}：请给出大于 0 的有限数", size.chinese())
            }
            Self::UnknownModel { name, nearest } => {
                format!("没有收录模型“{name}”的训练数据量，最接近的有 {}", nearest.join("、"))
            }
            Self::BadRun { run, size, value } => {
                format!("第 {run} 次训练的{}是 {value}，应是大于 0 的有限数", inside(size))
            }
            Self::TooFewRuns { runs, least } => {
                format!("只有 {runs} 次训练：公式有 5 个常数，至少要 {least} 次")
            }
            Self::TooFewSizes { size, distinct, least } => format!(
                "这些训练里{}只有 {distinct} 种取值；要定出常数项、系数和指数，至少要 {least} 种",
                inside(size)
            ),
            Self::OneLine => {
                "所有训练的数据量都由参数量按同一个幂律决定，N、D 两项分不开；请固定一个、改变另一个".into()
            }
            Self::BelowFloor { loss, floor } => {
                format!("loss 到不了 {loss}：必须大于 E = {floor}")
            }
        }
    }
}

impl Chinese for Size {
    fn chinese(&self) -> String {
        match self {
            Self::Parameters => "参数量",
            Self::Tokens => "数据量",
            Self::Compute => "算力",
            Self::Loss => "loss",
        }
        .into()
    }
}
