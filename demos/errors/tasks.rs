//! `TasksError`.

use concepts::tasks::TasksError;
use concepts::tasks::words::Quantity;

use super::Chinese;

impl Chinese for TasksError {
    fn chinese(&self) -> String {
        match self {
            Self::Parameter { what, actual, min, max } => {
                format!("{}是 {actual}，应在 {min} 到 {max} 之间", what.chinese())
            }
            Self::NothingLeft { tail, stop } => {
                format!("尾部 {tail} 与提前结束 {stop} 没给任务留下概率；两者之和要小于 1")
            }
            Self::Size { what, actual, max } => {
                format!("{}是 {actual}，应在 1 到 {max} 之间", what.chinese())
            }
            Self::NoSuchToken { token, vocab_size } => {
                format!("没有 token {token}：id 从 0 到 {}", vocab_size.saturating_sub(1))
            }
            Self::Decoding(error) => error.chinese(),
            Self::Evaluation(error) => error.chinese(),
        }
    }
}

impl Chinese for Quantity {
    fn chinese(&self) -> String {
        match self {
            Self::Margin => "把握",
            Self::Spread => "离散程度",
            Self::Shared => "共有的离散部分",
            Self::Sharpness => "锐度",
            Self::Tail => "尾部",
            Self::Stop => "提前结束的概率",
            Self::Floor => "概率下限",
            Self::Acceptance => "接受率",
            Self::Samples => "票数",
            Self::Probability => "答案的概率",
            Self::Answers => "答案的序号（从 1 数起）",
            Self::Instances => "题数",
            Self::Models => "模型个数",
            Self::Words => "词数",
            Self::Junk => "杂质 token 数",
            Self::Length => "长度",
            Self::Concentration => "集中度",
            Self::Window => "窗口",
            Self::Width => "宽度",
            Self::Steps => "步数",
            Self::Batch => "批大小",
            Self::Rate => "学习率",
            Self::Examples => "样例数",
            Self::Draws => "抽取次数",
            Self::Cost => "草稿的代价",
        }
        .into()
    }
}
